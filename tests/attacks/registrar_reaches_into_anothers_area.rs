//! A co-op's officer registers a plot of its own as a part of another co-op's growing area, whose code sells well.

use nguon_core::event::{
    Allotment, HarvestDrawn, Harvested, Inputs, Opened, PlotRegistered, PlotsAllotted, SeasonOpened,
};
use nguon_core::ids::{ChainId, Nonce};
use nguon_core::values::{Grams, List, SquareMetres, Time};
use nguon_core::verify::{At, Outcome};

use crate::support::{Insider, office, pen, refusal, season};

fn plot(area: &str, household: &str) -> PlotRegistered {
    let area_m2 = SquareMetres::new(4_000).unwrap();
    PlotRegistered::new(season().id(area), season().id(household), area_m2, "vải thiều".parse().unwrap())
}

fn register(registrar: &str, area: &str, household: &str) -> Result<(), &'static str> {
    let key = season().key(registrar);
    let mut ledger = season().ledger.clone();
    let admitted = ledger.begin(&pen(registrar, &key), plot(area, household), Nonce::from_bytes([1; 16]));
    admitted.map(|_| ()).map_err(|error| refusal::<()>(Err(error)).code())
}

#[test]
fn a_server_refuses_it() {
    assert_eq!(register("early-coop", "area/phuc-hoa", "lien"), Ok(()), "its own area");
    assert_eq!(register("early-coop", "area/chu", "lien"), Err("not_permitted"));
    assert_eq!(register("coop", "area/phuc-hoa", "hung"), Err("not_permitted"));
}

#[test]
fn so_does_a_reader() {
    let key = season().key("early-coop");
    let harvest = |area: &str| -> (ChainId, Outcome) {
        let mut insider = Insider::of("lien/0526").with_chain(area).with_chain("coop");
        let plot = insider.begin(&pen("early-coop", &key), plot(area, "lien"));
        let farmer = season().key("lien");
        let by_farmer = pen("lien", &farmer);
        let batch = insider.begin(&by_farmer, Opened::new(season().id("lien"), "Vải thiều tươi".parse().unwrap()));
        let (from, until) = (season().now(), Time::new(season().now().get() + 1).unwrap());
        let name = || "2027".parse().unwrap();
        let (officer, grams) = (season().key("office/1"), Grams::new(1_000).unwrap());
        let area = season().id(area);
        // The area's own season, and what its holder allots to the plot.
        insider.append(&office(&officer), area, SeasonOpened::new(name(), from, until, Some(grams)));
        let allotments = List::of_one(Allotment { plot, grams });
        insider.append(&office(&officer), area, PlotsAllotted { season: name(), allotments });
        insider.append(&pen("early-coop", &key), plot, SeasonOpened::new(name(), from, until, None));
        insider.append(&by_farmer, plot, HarvestDrawn::new(name(), batch, grams));
        let inputs = Inputs::one(plot, grams);
        insider.append(&by_farmer, batch, Harvested::new(inputs));
        (plot, insider.about(batch).outcome())
    };
    assert_eq!(harvest("area/phuc-hoa").1, Outcome::Unlogged);
    let (plot, outcome) = harvest("area/chu");
    let at = Some(At { chain: plot, sequence: 0 });
    assert_eq!(outcome, Outcome::Invalid { code: "not_permitted", at });
}
