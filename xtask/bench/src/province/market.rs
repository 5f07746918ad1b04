//! From weighed-in parcels to shops: lots, packed batches, consignments, and what is left over.

mod consign;
mod lot;
mod recall;

use nguon_core::event::{PlaceKind, PlaceRegistered};
use nguon_core::ids::ChainId;

use super::Size;
use super::cast::{Actor, Cast};
use super::dice::Dice;
use super::land::{HARVEST, Land};
use super::scribe::{Chain, Scribe, start_of};
use super::weighing::weigh;

/// Days for which what is sorted out is gathered into one batch for juice.
const GATHERED: usize = 3;

/// What came of it.
pub(super) struct Market {
    /// A batch packed from the merged lot.
    pub merged: ChainId,
    pub batches: usize,
}

/// The trade as it stands.
pub(super) struct Trade<'t, 's> {
    scribe: &'t mut Scribe<'s>,
    cast: &'t Cast,
    dice: Dice,
    /// Consignments of a labelled batch, at most.
    shops: usize,
    /// The place of each packing house.
    houses: Vec<Chain>,
    /// Lots to be packed tomorrow.
    lots: Vec<lot::Lot>,
    /// Consignments that arrive tomorrow.
    underway: Vec<consign::Consignment>,
    /// Consignments that have arrived.
    arrived: Vec<consign::Consignment>,
    /// Labelled batches, with the number of their packing house.
    labelled: Vec<(Chain, usize)>,
    /// What was sorted out, from which lot.
    juice: lot::Juice,
    merged: Option<ChainId>,
    batches: usize,
}

/// Trades all the harvest.
pub(super) fn trade(scribe: &mut Scribe<'_>, cast: &Cast, land: &mut Land, size: &Size, dice: Dice) -> Market {
    scribe.turn_to(u64::try_from(HARVEST.start() - 1).unwrap_or_default());
    let houses = register_houses(scribe, cast);
    let mut trade = Trade {
        scribe,
        cast,
        dice,
        shops: size.shops,
        houses,
        lots: Vec::new(),
        underway: Vec::new(),
        arrived: Vec::new(),
        labelled: Vec::new(),
        juice: lot::Juice::default(),
        merged: None,
        batches: 0,
    };
    for day in *HARVEST.start()..=HARVEST.end() + GATHERED {
        trade.scribe.turn_to(u64::try_from(day).unwrap_or_default());
        trade.receive_consignments();
        trade.pack_lots();
        let parcels = weigh(trade.scribe, cast, land, day, &mut trade.dice);
        trade.batches += parcels.len();
        trade.bring_together(parcels, day);
        if day % GATHERED == 0 {
            trade.press();
        }
    }
    trade.scribe.turn_to(u64::try_from(HARVEST.end() + GATHERED + 1).unwrap_or_default());
    trade.recall(land, size);
    trade.sell_until(size.records);
    Market { merged: trade.merged.expect("a merged lot"), batches: trade.batches }
}

/// The places of the packing houses, with the codes that a buyer's country gave them.
fn register_houses(scribe: &mut Scribe<'_>, cast: &Cast) -> Vec<Chain> {
    let register = |(number, packer): (usize, usize)| {
        let code = |text: String| text.parse().expect("a code");
        let [market, commune] = ["CN".to_owned(), format!("{:05}", 7_500 + number)];
        let (market, commune) = (market.parse().expect("a market"), commune.parse().expect("a commune"));
        let (kind, holder) = (PlaceKind::PackingHouse, cast.id(Actor(packer)));
        let name = code(format!("VN-DG-{number:04}"));
        let event = PlaceRegistered::new(kind, name, code("VN".into()), market, holder, commune, start_of(0));
        scribe.begin(&cast.province(), event)
    };
    cast.packers.clone().enumerate().map(register).collect()
}
