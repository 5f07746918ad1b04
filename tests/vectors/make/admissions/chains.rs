//! Recalls and how they end, suspensions, names, custody, scopes, retirement, re-attested records, who looks at goods.

use super::*;

pub fn cases() -> Vec<Case> {
    vec![recalls(), consignments(), suspensions(), names(), carriers(), custody(), scopes(), retirement(), attested()]
}

const fn release_approved(recall: u64) -> ReleaseApproved {
    ReleaseApproved { recall, details: None }
}

const fn released(recall: u64, approval: u64) -> Released {
    Released { recall, approval, details: None }
}

fn recalls() -> Case {
    let mut script = Script::new();
    let (farm, coop, office, plot) = (script.farm(), script.coop(), script.office(), script.world.plot);
    let second = (office.0, 12);
    let standing = but(place(0), "recalled", true);
    script.append(coop, plot, recall(), no_for("not_permitted", "signer"));
    let consigned = Recalled { consignment: Some(script.world.consignment), ..recall() };
    script.append(office, plot, consigned, no_for("bad_field", "consignment"));
    script.append(office, plot, Recalled { product_lot: Some(code("L-1")), ..recall() }, standing.clone());
    script.append(farm, plot, recall(), standing.clone());
    let next = SeasonOpened { season: code("2027"), ..season(None) };
    script.append(coop, plot, next.clone(), no_for("bad_field", "season"));
    // Fruit is still harvested: whoever sells it shows the recall.
    script.append(farm, plot, harvest(script.world.picked, 1), standing.clone());
    script.append(office, plot, released(3, 3), no_for("bad_field", "approval"));
    script.append(office, plot, release_approved(2), no_for("bad_field", "recall"));
    script.append(farm, plot, release_approved(3), no_for("not_permitted", "signer"));
    script.append(office, plot, release_approved(3), standing.clone());
    script.append(office, plot, released(3, 6), no_for("bad_field", "approval"));
    script.append(second, plot, released(4, 6), no_for("bad_field", "approval"));
    script.append(second, plot, released(3, 6), standing);
    script.append(second, plot, released(3, 6), no_for("bad_field", "recall"));
    script.append(second, plot, release_approved(4), but(place(0), "recalled", true));
    script.append(office, plot, released(4, 8), place(0));
    script.append(coop, plot, next, place(0));
    let lot = script.world.lot;
    let harvests = Recalled { harvests: Some(List::of_one(script.world.picked)), ..recall() };
    script.append(office, lot, harvests, no_for("bad_field", "harvests"));
    script.append(script.packer(), lot, recall(), but(batch(490_000, 118), "recalled", true));
    script.case("a recall stands until two keys of authorities end it")
}

fn consignments() -> Case {
    let mut script = Script::new();
    let (lot, part) = (script.world.lot, script.world.consignment);
    let shop = (script.world.shop.into(), 7);
    let (packer, office) = (script.packer(), script.office());
    let of = |consignment| Recalled { consignment: Some(consignment), ..recall() };
    script.append(office, part, recall(), no_for("bad_field", "consignment"));
    script.append(shop, lot, recall(), no_for("not_permitted", "signer"));
    script.append(packer, lot, of(script.world.picked), no_for("wrong_reference", "consignment"));
    script.append(shop, lot, of(script.world.picked), no_for("not_permitted", "signer"));
    script.append(shop, lot, of(part), but(batch(490_000, 118), "recalled", true));
    script.append(shop, part, recall(), but(batch(99_000, 0), "recalled", true));
    script.append(shop, part, of(part), no_for("bad_field", "consignment"));
    // Inputs of a consignment come from its lot or from that lot's consignments.
    let mut next = opened(script.world.shop);
    next.label_of = Some(lot);
    let next = script.begin(shop, next, batch(0, 0));
    let mut of_none = opened(script.world.shop);
    of_none.label_of = Some(script.world.picked);
    script.begin(shop, of_none, no_for("wrong_reference", "label_of"));
    script.append(shop, part, drawn_to(next, 9_000), but(batch(90_000, 0), "recalled", true));
    script.append(shop, next, Received::new(Inputs::one(part, grams(9_000))), batch(9_000, 0));
    script.append(shop, next, Received::new(Inputs::one(script.world.picked, grams(1))), no_for("bad_field", "inputs"));
    script.case("a consignment is recalled on its labelled batch first")
}

fn suspensions() -> Case {
    let mut script = Script::new();
    let (farm, coop, office, packer) = (script.farm(), script.coop(), script.office(), script.packer());
    let (area, house, plot) = (script.world.area, script.world.house, script.world.plot);
    let suspended = || Suspended { reason: SuspensionReason::Residue, details: None };
    let lifted = || SuspensionLifted { details: None };
    let stands = but(place(0), "suspended", true);
    let from = script.picked(100_000, 100_000);
    let lot = script.begin(packer, opened(script.world.packer), batch(0, 0));
    script.append(farm, from, drawn_to(lot, 10_000), batch(90_000, 0));
    script.append(coop, area, suspended(), no_for("not_permitted", "signer"));
    script.append(office, plot, suspended(), no_for("not_permitted", "signer"));
    script.append(office, area, lifted(), no_for("bad_field", "event"));
    script.append(office, area, suspended(), stands.clone());
    script.append(office, area, suspended(), no_for("bad_field", "event"));
    script.append(farm, plot, harvest(from, 1), no("suspended"));
    let next = SeasonOpened { season: code("2027"), ..season(Some(1)) };
    script.append(office, area, next.clone(), no_for("bad_field", "season"));
    script.append(office, area, lifted(), place(0));
    script.append(farm, plot, harvest(from, 1), place(0));
    script.append(office, area, next, place(0));
    script.append(office, house, suspended(), stands);
    let there = Packed { place: Some(house), ..packed(from, 5_000, 1, 5_000) };
    script.append(packer, lot, there.clone(), no("suspended"));
    script.append(packer, lot, packed(from, 5_000, 1, 5_000), batch(5_000, 1));
    let cooled = || Cooled {
        method: CoolingMethod::ForcedAir,
        measured_mc: 4_000,
        set_point_mc: None,
        place: Some(house),
        at: None,
    };
    script.append(packer, lot, cooled(), no("suspended"));
    script.append(office, house, lifted(), place(0));
    script.append(packer, lot, there, batch(10_000, 2));
    script.append(packer, lot, cooled(), batch(10_000, 2));
    let elsewhere = Cooled { place: Some(area), ..cooled() };
    script.append(packer, lot, elsewhere, no_for("wrong_reference", "place"));
    let before = Cooled { at: Some(time(NOW - 1)), ..cooled() };
    script.append(packer, lot, before, no_for("bad_field", "place"));
    script.case("nothing is harvested or packed under a suspended code")
}

fn names() -> Case {
    let mut script = Script::new();
    let (office, packer, farm) = (script.office(), script.packer(), script.farm());
    let free = || NameReleased { details: None };
    let (lot, area) = (script.world.lot, script.world.area);
    script.append(office, lot, free(), no_for("bad_field", "label"));
    script.append(office, script.world.picked, free(), no_for("bad_field", "label"));
    let mut labelled = opened(script.world.packer);
    labelled.label = Some(Label { lot: "VT-2026-002".parse().expect("a lot"), ..label() });
    let fresh = script.begin(packer, labelled.clone(), batch(0, 0));
    script.append(packer, fresh, free(), no_for("not_permitted", "signer"));
    script.append(office, fresh, free(), batch(0, 0));
    script.append(office, fresh, free(), no_for("bad_field", "label"));
    // A batch that gave its label back stays empty.
    let from = script.picked(5_000, 5_000);
    script.append(farm, from, drawn_to(fresh, 5_000), batch(0, 0));
    script.append(packer, fresh, packed(from, 5_000, 1, 5_000), no_for("bad_field", "inputs"));
    let labels = LabelsIssued { count: count(1), root: RootHash::from_bytes([7; 32]) };
    script.append(packer, fresh, labels, no_for("bad_field", "count"));
    script.append(office, script.world.plot, free(), no_for("not_permitted", "signer"));
    script.append(office, area, free(), place(0));
    script.append(office, area, free(), no_for("bad_field", "code"));
    script.append(farm, script.world.plot, harvest(script.world.picked, 1), no("suspended"));
    let next = SeasonOpened { season: code("2027"), ..season(Some(1)) };
    script.append(office, area, next, no_for("bad_field", "season"));
    script.case("a label is freed while its batch is empty, a code for good")
}

fn carriers() -> Case {
    let mut script = Script::new();
    let (lot, packer) = (script.world.lot, script.packer());
    let (carrier, shop): (By, By) = ((script.world.carrier.into(), 6), (script.world.shop.into(), 7));
    let cooled = || Cooled {
        method: CoolingMethod::Transport,
        measured_mc: 3_500,
        set_point_mc: Some(2_000),
        place: None,
        at: None,
    };
    // What it carried in the world has arrived.
    script.append(carrier, lot, cooled(), no_for("not_permitted", "signer"));
    let mut next = opened(script.world.shop);
    next.label_of = Some(lot);
    let part = script.begin(shop, next, batch(0, 0));
    script.append(packer, lot, drawn_to(part, 10_000), batch(480_000, 118));
    let draw = script.head(lot);
    script.append(packer, lot, Shipped::new(1, script.world.carrier), no_for("bad_field", "draw"));
    script.append(packer, lot, Shipped::new(draw, script.world.shop), no_for("wrong_reference", "carrier"));
    script.append(packer, lot, Shipped::new(draw, script.world.carrier), batch(480_000, 118));
    script.append(carrier, lot, cooled(), batch(480_000, 118));
    script.append(carrier, lot, lost(1), no_for("not_permitted", "signer"));
    script.append(shop, part, Received::new(Inputs::one(lot, grams(9_990))), batch(9_990, 0));
    script.append(carrier, lot, cooled(), no_for("not_permitted", "signer"));
    script.append(packer, lot, cooled(), batch(480_000, 118));
    script.case("a carrier tells temperatures until what it carries has arrived")
}

fn custody() -> Case {
    let mut script = Script::new();
    let (farm, coop, plot) = (script.farm(), script.coop(), script.world.plot);
    let to = |household| CustodianChanged { to: household, details: None };
    script.append(farm, plot, to(script.world.household), no_for("not_permitted", "signer"));
    script.append(coop, plot, to(script.world.packer), no_for("wrong_reference", "to"));
    script.append(farm, plot, sprayed(7, None), place(NOW + 7 * DAY));
    script.append(coop, plot, to(script.world.household), place(NOW + 7 * DAY));
    script.append(farm, plot, sprayed(7, None), no_for("not_permitted", "signer"));
    script.append(farm, plot, correction(3, sprayed(8, None)), no_for("not_permitted", "signer"));
    let household = script.world.household;
    script.append_for(household, plot, correction(3, sprayed(8, None)), no_for("bad_field", "signer"));
    // What was applied before stays with the plot.
    script.append_for(household, plot, harvest(script.world.small_picked, 1), no_for("harvest_too_early", "at"));
    script.append_for(household, plot, sprayed(9, None), place(NOW + 9 * DAY));
    script.append(coop, plot, to(script.world.farm), place(NOW + 9 * DAY));
    script.append(farm, plot, correction(3, sprayed(10, None)), place(NOW + 10 * DAY));
    script.case("a plot in other hands")
}

fn scopes() -> Case {
    let mut script = Script::new();
    let (farm, coop, office, of) = (script.farm(), script.coop(), script.office(), script.world.farm);
    let scope = |events: &[EventName]| Scope::of_events(events).expect("a scope");
    let changed = |scope| ScopeChanged { scope };
    script.append(farm, of, changed(any_scope()), no_for("not_permitted", "signer"));
    let prefixed = super::super::world::prefixed;
    script.append(coop, of, changed(prefixed(any_scope())), actor(true));
    let wider = Scope { gs1_prefixes: Some(List::of_one("9521235".parse().expect("a prefix"))), ..any_scope() };
    script.append(coop, of, changed(wider), no_for("out_of_scope", "scope.gs1_prefixes"));
    let backwards = Scope { from: Some(time(NOW)), until: Some(time(NOW)), ..any_scope() };
    script.append(coop, of, changed(backwards), no_for("bad_field", "scope.until"));
    script.append(coop, of, changed(scope(&[EventName::Drawn, EventName::Corrected])), actor(true));
    script.append(farm, script.world.plot, harvest(script.world.picked, 1), no_for("out_of_scope", "scope.events"));
    let spray = correction(2, harvest(script.world.picked, 1));
    script.append(farm, script.world.plot, spray, no_for("out_of_scope", "scope.events"));
    script.append(coop, of, changed(any_scope()), actor(true));
    script.append(farm, script.world.plot, harvest(script.world.picked, 1), place(0));
    // A registrar that may do less can give less.
    let mut narrow = prefixed(any_scope());
    narrow.events = scope(&[EventName::ScopeChanged, EventName::Enrolled, EventName::Drawn]).events;
    script.append(office, script.world.coop, changed(narrow), actor(true));
    script.append(coop, of, changed(any_scope()), no_for("out_of_scope", "scope.events"));
    script.append(coop, of, changed(scope(&[EventName::Drawn])), actor(true));
    script.case("scopes that change")
}

fn retirement() -> Case {
    let mut script = Script::new();
    let (farm, coop, of) = (script.farm(), script.coop(), script.world.farm);
    let retired = || Retired { details: None };
    script.append(farm, of, retired(), no_for("not_permitted", "signer"));
    script.append(coop, of, retired(), actor(false));
    script.append(farm, script.world.plot, harvest(script.world.picked, 1), no_for("revoked_key", "kid"));
    let added = KeyAdded { key: key(44).into(), holder: None };
    script.append(coop, of, added, no_for("bad_field", "event"));
    script.append(coop, of, retired(), no_for("bad_field", "event"));
    let plot = script.world.plot;
    script.append_for(of, plot, harvest(script.world.picked, 1), no_for("on_behalf", "on_behalf_of"));
    let again =
        |sequences: &[u64]| Reattested { sequences: List::new(sequences.to_vec()).expect("some"), details: None };
    script.append(coop, plot, again(&[2, 1]), no_for("bad_field", "sequences"));
    script.append(coop, plot, again(&[2, 3]), no_for("bad_field", "sequences"));
    script.append(script.packer(), plot, again(&[2]), no_for("not_permitted", "signer"));
    script.append(coop, plot, again(&[1, 2]), place(0));
    script.append(coop, of, again(&[0]), actor(false));
    script.case("an actor that retires, and records that were looked at again")
}

fn attested() -> Case {
    let mut script = Script::new();
    let (office, farm, lot) = (script.office(), script.farm(), script.world.lot);
    let lab: By = (script.world.lab.into(), 8);
    let enrolment = script.world.enrolment(Role::Inspector, Some(50), any_scope());
    let inspector: By = (script.begin(office, enrolment, actor(true)).into(), 50);
    let inspected = Inspected::new(InspectionResult::Conforms, InspectionPurpose::Export);
    let analyte = |name: &str| Analyte {
        name: name.parse().expect("text"),
        ug_per_kg: Level::new(12).expect("a level"),
        limit_ug_per_kg: Some(Level::new(10).expect("a level")),
    };
    let report = |names: &[&str]| LabResult {
        report: code("R-1"),
        sample: code("M-1"),
        method: "LC-MS/MS".parse().expect("text"),
        analytes: List::new(names.iter().map(|name| analyte(name)).collect()).expect("some"),
        sampled_at: time(NOW),
    };
    let treated = || Treated {
        treatment: Treatment::IrradiationMgy(count(400_000)),
        facility: code("XL-01"),
        certificate: code("CX-1"),
        at: None,
    };
    let (there, listed) =
        (batch(490_000, 118), Listed { marketplace: code("cho.example"), listing: code("1"), until: None });
    script.append(inspector, lot, inspected.clone(), there.clone());
    script.append(inspector, script.world.plot, inspected.clone(), place(0));
    script.append(farm, lot, inspected.clone(), no_for("not_permitted", "signer"));
    script.append(lab, lot, inspected.clone(), no_for("not_permitted", "signer"));
    script.append(lab, lot, report(&["carbendazim", "mancozeb"]), there.clone());
    script.append(lab, lot, report(&["carbendazim", "carbendazim"]), no_for("bad_field", "analytes"));
    script.append(inspector, lot, report(&["carbendazim"]), no_for("not_permitted", "signer"));
    script.append(script.packer(), lot, treated(), there.clone());
    script.append(inspector, lot, treated(), there.clone());
    script.append(script.coop(), lot, treated(), there.clone());
    script.append(lab, lot, treated(), no_for("not_permitted", "signer"));
    script.append(script.packer(), lot, listed, there);
    script.append(inspector, script.world.farm, inspected, no_for("not_permitted", "signer"));
    script.case("inspections, reports and treatments, and who may tell of them")
}
