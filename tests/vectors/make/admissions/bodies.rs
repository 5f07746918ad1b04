//! What a single record is refused for: its signature, its place in the chain, its signer.

use nguon_core::record::ChainKind;

use super::*;

pub fn cases() -> Vec<Case> {
    vec![places(), signers(), keys(), depth(), names(), without_a_log()]
}

fn places() -> Case {
    let mut script = Script::new();
    let (farm, to) = (script.farm(), script.world.picked);
    let head = |script: &Script| {
        let chain = &script.chains[&script.world.picked];
        json!({"conflict": {"sequence": chain.sequence, "statement": chain.head.to_string()}})
    };
    let sound = |script: &Script| script.next(script.farm(), script.world.picked, lost(1));
    let conflict = head(&script);
    let offer = |script: &mut Script, record: &Record, answer| {
        let signed = script.sign(record, 4);
        script.offer(&signed, answer);
    };
    let next = sound(&script);
    offer(&mut script, &Record { sequence: next.sequence - 1, ..next.clone() }, conflict.clone());
    let other = Some(StatementId::from_bytes([1; 32]));
    offer(&mut script, &Record { previous: other, ..next.clone() }, conflict);
    offer(&mut script, &Record { sequence: next.sequence + 1, ..next.clone() }, no_for("wrong_sequence", "sequence"));
    offer(&mut script, &Record { kind: ChainKind::Place, ..next.clone() }, no_for("wrong_chain", "chain"));
    offer(&mut script, &Record { chain: Some(ChainId::from_bytes([1; 32])), ..next }, no("missing_chain"));
    script.append(farm, to, opened(script.world.farm), no("first_again"));
    script.begin(farm, lost(1), no("wrong_first"));
    let record = script.next(farm, to, lost(1));
    let mut bytes = script.sign(&record, 4).as_bytes().to_vec();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    script.offer_bytes(&bytes, no_for("bad_signature", "signature"));
    script.case("where a record wants to stand")
}

fn signers() -> Case {
    let mut script = Script::new();
    let (to, plot, farm) = (script.world.picked, script.world.plot, script.world.farm);
    script.append((AuthorityId::from_bytes([8; 32]).into(), 2), to, recall(), no_for("unknown_authority", "signer"));
    script.append((script.office().0, 4), to, recall(), no_for("unknown_key", "kid"));
    script.append((farm.into(), 5), to, lost(1), no_for("unknown_key", "kid"));
    script.append((ChainId::from_bytes([1; 32]).into(), 5), to, lost(1), no("missing_chain"));
    script.append((to.into(), 4), to, lost(1), no_for("wrong_reference", "signer"));
    script.append(script.packer(), plot, harvest(to, 1), no_for("not_permitted", "signer"));
    script.append_for(farm, plot, harvest(to, 1), no_for("on_behalf", "on_behalf_of"));
    script.append_for(script.world.packer, script.world.lot, lost(1), no_for("on_behalf", "on_behalf_of"));
    // A household's own chain lets nobody but its registrar add to it.
    script.append(
        script.farm(),
        farm,
        KeyAdded { key: key(44).into(), holder: None },
        no_for("not_permitted", "signer"),
    );
    script.case("who signs")
}

fn keys() -> Case {
    let mut script = Script::new();
    let (coop, farm) = (script.coop(), script.world.farm);
    let added = |key| KeyAdded { key, holder: None };
    // The neutral point: of small order.
    let mut weak = [0; 32];
    weak[0] = 1;
    script.append(coop, farm, added(PublicKeyBytes::from_bytes(weak)), no_for("weak_key", "key"));
    script.append(coop, farm, added(key(4).into()), no_for("key_twice", "key"));
    script.append(coop, farm, added(key(44).into()), actor(true));
    let revoked = |n| KeyRevoked {
        key: KeyId::of(&key(n).into()),
        reason: RevocationReason::Lost,
        suspect_since: None,
        details: None,
    };
    script.append(coop, farm, revoked(45), no_for("bad_field", "key"));
    script.append(coop, farm, revoked(4), actor(true));
    script.append(coop, farm, revoked(4), no_for("bad_field", "key"));
    script.append(script.farm(), script.world.picked, lost(1), no_for("revoked_key", "kid"));
    script.append((farm.into(), 44), script.world.picked, lost(501), above("over_drawn", "grams", 500));
    script.append(coop, farm, added(key(4).into()), no_for("key_twice", "key"));
    script.append(coop, farm, revoked(44), actor(false));
    script.case("keys")
}

fn depth() -> Case {
    let mut script = Script::new();
    let mut above = script.coop();
    for n in 60..63 {
        let enrolment = script.world.enrolment(Role::Registrar, Some(n), any_scope());
        above = (script.begin(above, enrolment, actor(true)).into(), n);
    }
    let enrolment = |script: &Script, role| script.world.enrolment(role, Some(64), any_scope());
    let (fifth, farm) = (enrolment(&script, Role::Registrar), enrolment(&script, Role::Farm));
    script.begin(above, fifth, no("too_deep"));
    script.begin(above, farm, actor(true));
    script.case("at most four registrars stand between an authority and an actor")
}

fn names() -> Case {
    let mut script = Script::new();
    let (packer, farm, office) = (script.packer(), script.farm(), script.office());
    let mut labelled = opened(script.world.packer);
    labelled.label = Some(Label { gtin: "09521235000012".parse().expect("a GTIN"), ..label() });
    script.begin(packer, labelled.clone(), no_for("out_of_scope", "scope.gs1_prefixes"));
    labelled.label_of = Some(script.world.lot);
    script.begin(packer, labelled, no_for("bad_field", "label_of"));
    script.begin(farm, opened(script.world.packer), no_for("not_permitted", "signer"));
    let mut area = script.world.place(PlaceKind::GrowingArea, script.world.coop);
    area.area_m2 = None;
    script.begin(office, area.clone(), no_for("bad_field", "area_m2"));
    area.until = Some(area.from);
    script.begin(office, area, no_for("bad_field", "until"));
    let elsewhere = PlotRegistered { area: script.world.house, ..script.world.plot_of(script.world.farm) };
    script.begin(script.coop(), elsewhere, no_for("wrong_reference", "area"));
    script.case("first records")
}

/// Without a log nobody knows positions: claimed times stand as they are.
fn without_a_log() -> Case {
    let mut script = Script::new();
    let (farm, plot) = (script.farm(), script.world.plot);
    let to = script.begin(farm, opened(script.world.farm), batch(0, 0));
    script.at(NOW + DAY, 0);
    script.append(farm, plot, sprayed(7, Some(NOW + DAY)), place(NOW + 8 * DAY));
    let at = |when| HarvestDrawn { at: Some(time(when)), ..harvest(to, 10) };
    script.append(farm, plot, at(NOW + 2 * DAY), no_for("harvest_too_early", "at"));
    script.append(farm, plot, at(NOW + 8 * DAY), place(NOW + 8 * DAY));
    let (name, mut input, expect) = script.case("claimed times where no position is known");
    for one in input["offered"].as_array_mut().expect("records") {
        one.as_object_mut().expect("a record").remove("log_time");
    }
    (name, input, expect)
}
