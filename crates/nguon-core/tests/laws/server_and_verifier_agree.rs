//! Server and verifier judge alike: what the ledger accepts is sound in every bundle at every checkpoint, and what it
//! refuses is found by readers and by map auditors when somebody logs it all the same.

use std::collections::{BTreeMap, BTreeSet};

use nguon_core::admit::Statement;
use nguon_core::bytes::ByteString;
use nguon_core::envelope::SignedRecord;
use nguon_core::judge::Chains as _;
use nguon_core::ledger::LedgerError;
use nguon_core::log::Leaf;
use nguon_core::prelude::*;
use nguon_core::record::{Record, Signer};
use nguon_core::replay::Replay;
use nguon_core::state::ChainState;
use nguon_core::verify::{Bundle, Finding, OutcomeKind, Verdict, closure};
use proptest::prelude::*;

use crate::books::Books;
use crate::deeds::deeds;
use crate::scene::{Scene, close_at, read_at, trust};
use crate::tries::tries;
use crate::world::time;

fn statement(signed: &SignedRecord, logged: bool) -> Statement {
    Statement::decode(signed.clone(), trust(logged).deployment()).unwrap()
}

/// The bundle of a batch over chains that nobody has judged.
fn unjudged(scene: &Scene, batch: ChainId, refused: &SignedRecord) -> Bundle {
    let extra = statement(refused, scene.logged);
    let records = |chain: &ChainId| -> Vec<SignedRecord> {
        let more = (*chain == extra.chain()).then(|| refused.clone());
        scene.ledger.records(chain).iter().cloned().chain(more).collect()
    };
    let references = |chain: &ChainId| -> Result<_, std::convert::Infallible> {
        let records = records(chain);
        let next = |signed: &SignedRecord| statement(signed, scene.logged).record.references();
        Ok((!records.is_empty()).then(|| records.iter().flat_map(next).collect()))
    };
    let Ok(needed) = closure(batch, references);
    let others = needed.chains.into_iter().filter(|chain| *chain != batch);
    let chains = std::iter::once(batch).chain(others);
    let bytes = |record: &SignedRecord| ByteString(record.as_bytes().to_vec());
    let chains = chains.map(|chain| records(&chain).iter().map(bytes).collect()).collect();
    Bundle::new(vec![trust(scene.logged).signed().clone()], chains, vec![])
}

/// What a reader finds at this record.
fn found_at(scene: &Scene, bundle: &Bundle, chain: ChainId, sequence: u64) -> BTreeSet<&'static str> {
    let verdict = scene.verdict_of(bundle);
    let here = verdict.findings.iter().filter(|finding| {
        finding.outcome.is_some() && finding.at.is_some_and(|at| (at.chain, at.sequence) == (chain, sequence))
    });
    here.map(|finding| finding.code()).collect()
}

/// The batches in whose bundles a reader meets the chain, and those that took from it.
fn readers(scene: &Scene, chain: ChainId, refused: &SignedRecord) -> Vec<ChainId> {
    let own = scene.ledger.chain(&chain).is_none_or(|state| state.batch().is_some()).then_some(chain);
    let holds = |batch: &ChainId| {
        unjudged(scene, *batch, refused).chains.iter().any(|records| {
            let first = SignedRecord::from_bytes(records[0].0.clone()).unwrap();
            statement(&first, scene.logged).chain() == chain
        })
    };
    own.into_iter().chain(scene.batches.iter().copied().filter(holds)).collect()
}

/// Rules that only who holds all chains can keep: a reader of one batch does not have the others.
const AUDITORS_ALONE: [&str; 3] = ["above_area", "taken", "missing_chain"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// All that is accepted is sound, for every reader at every checkpoint, and for map auditors.
    #[test]
    fn what_is_accepted_is_sound(logged in any::<bool>(), tries in tries(100)) {
        let mut scene = Scene::in_season(logged);
        let mut inputs_at: Vec<(usize, BTreeSet<ChainId>)> = Vec::new();
        let mut books = Books::of(&scene.accepted);
        for one in &tries {
            let before = scene.accepted.len();
            one.attempt(&mut scene, &books);
            for (chain, record) in &scene.accepted[before..] {
                books.enter(*chain, record);
            }
            let closed = scene.ledger.checkpoints().len();
            if inputs_at.last().is_none_or(|(last, _)| *last < closed) {
                let holds = scene.batches.iter().copied().filter(|batch| books.came_in(batch) > 0).collect();
                inputs_at.push((closed, holds));
            }
        }
        let holds: BTreeSet<ChainId> = scene.batches.iter().copied().filter(|batch| books.came_in(batch) > 0).collect();
        for batch in scene.batches.clone() {
            let verdict = scene.verdict(batch);
            let expected = if holds.contains(&batch) { scene.sound() } else { Outcome::Incomplete };
            prop_assert_eq!(verdict.outcome, expected, "{:?}", verdict.findings);
        }
        for (number, checkpoint) in scene.ledger.checkpoints().iter().enumerate() {
            for batch in &scene.batches {
                let Ok(bundle) = scene.ledger.bundle_at(*batch, number) else { continue };
                let options = Options::at(read_at(checkpoint));
                let verdict = verify(&bundle.to_bytes().unwrap(), &trust(true), &options).verdict;
                let is_empty = verdict.findings.iter().any(|finding| finding.code() == "no_inputs");
                let expected = if is_empty { OutcomeKind::Incomplete } else { OutcomeKind::Valid };
                prop_assert_eq!(verdict.outcome.kind(), expected, "{:?}", verdict.findings);
            }
        }
        if logged {
            let mut replay = Replay::new(trust(true));
            for (leaf, content) in scene.ledger.leaves() {
                prop_assert!(replay.apply(&leaf, content).is_ok());
            }
        }
    }

    /// All that is refused is found: by auditors at its leaf, and by readers of what it would have changed.
    #[test]
    fn what_is_refused_is_found(logged in any::<bool>(), tries in tries(80)) {
        let mut scene = Scene::in_season(logged);
        let mut books = Books::of(&scene.accepted);
        let mut seen: BTreeMap<String, u32> = BTreeMap::new();
        for one in &tries {
            let before = scene.accepted.len();
            let result = one.attempt(&mut scene, &books);
            for (chain, record) in &scene.accepted[before..] {
                books.enter(*chain, record);
            }
            let Some(Err(LedgerError::Rejected(fault))) = result else { continue };
            let times = seen.entry(format!("{} {:?}", fault.code(), one.what)).or_default();
            *times += 1;
            if *times > 2 {
                continue;
            }
            let refused = scene.offered.clone().unwrap();
            is_found(&scene, &refused, fault.code())?;
        }
    }
}

/// Without an order between chains nobody can say whether it was before or after: those who have one must.
const NEEDS_AN_ORDER: [&str; 5] = ["suspended", "out_of_scope", "on_behalf", "not_permitted", "revoked_key"];

/// Whether a consignment is refused because its lot gave its label back before: without an order that may as well have been
/// after it.
fn of_a_freed_label(scene: &Scene, event: &Event) -> bool {
    let Event::Opened(opened) = event else { return false };
    let lot = opened.label_of.and_then(|lot| scene.ledger.chain(&lot));
    lot.is_some_and(|lot| lot.batch().is_some_and(|lot| lot.label.is_some()) && lot.name_released_at().is_some())
}

/// Whether a carrier of the batch was refused, because what it carried had been received: who reads the batch does not hold
/// what came of it.
fn of_delivered(scene: &Scene, code: &str, record: &Record) -> bool {
    let batch = record.chain.and_then(|batch| scene.ledger.chain(&batch));
    let carried = batch.and_then(|batch| Some(batch.batch()?.shipments.clone())).unwrap_or_default();
    let by_carrier = carried.iter().any(|shipment| Signer::Actor(shipment.carrier) == record.signer);
    code == "not_permitted" && matches!(record.event, Event::Cooled(_)) && by_carrier
}

/// Whether an interval reaches into the season that is opened.
fn is_season_too_early(scene: &Scene, record: &Record) -> bool {
    let Event::SeasonOpened(season) = &record.event else { return false };
    let chain = record.chain.and_then(|chain| scene.ledger.chain(&chain));
    chain.is_some_and(|chain| chain.place().is_some_and(|place| place.log.earliest_harvest() > season.from.get()))
}

/// What a chain by itself says against a next record: of one that breaks several rules a server names the key first, so that
/// a stranger learns nothing of the chain, and a reader, who has the chain, this.
fn by_its_chain(scene: &Scene, next: &Statement) -> Option<&'static str> {
    let mut chain = ChainState::clone(&*scene.ledger.chain(&next.chain())?);
    chain.advance(&next.record, next.id, &next.mark(None)).err().map(|fault| fault.code())
}

/// Whether readers say of a refused record what the server said: without an order a draw too many is one that is not
/// there, and a revoked key is one that did not count then.
fn is_same(code: &str, by_its_chain: Option<&str>, found: &BTreeSet<&'static str>) -> bool {
    let other = match code {
        "undrawn_input" => "inputs_above_draws",
        "revoked_key" => "key_not_then",
        _ => code,
    };
    found.contains(code) || found.contains(other) || by_its_chain.is_some_and(|code| found.contains(code))
}

/// Whether a verdict is one that an honest server's records can have: recalled, in doubt, a harvest that turned out to be
/// too early, nothing in it yet.
fn can_be(verdict: &Verdict, logged: bool) -> bool {
    let fine = |finding: &Finding| match finding.outcome {
        None | Some(OutcomeKind::Recalled | OutcomeKind::Suspect) => true,
        _ => matches!(finding.code(), "no_inputs" | "harvest_too_early"),
    };
    verdict.findings.iter().all(fine) && (logged || verdict.as_of.is_none())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// The same with all that authorities, registrars and custodians do in between, and others in their place.
    #[test]
    fn whatever_is_done(logged in any::<bool>(), tries in tries(60), deeds in prop::collection::vec(deeds(), 60)) {
        let mut scene = Scene::in_season(logged);
        scene.wait(200);
        let mut books = Books::of(&scene.accepted);
        let mut seen: BTreeMap<String, u32> = BTreeMap::new();
        for (one, deed) in tries.iter().zip(&deeds) {
            for which in [0, 1] {
                let before = scene.accepted.len();
                let result = if which == 0 { one.attempt(&mut scene, &books) } else { deed.attempt(&mut scene) };
                for (chain, record) in &scene.accepted[before..] {
                    books.enter(*chain, record);
                }
                let Some(Err(LedgerError::Rejected(fault))) = result else { continue };
                let what = if which == 0 { format!("{:?}", one.what) } else { format!("{:?}", deed.what) };
                let times = seen.entry(format!("{} {what}", fault.code())).or_default();
                *times += 1;
                if *times == 1 {
                    let refused = scene.offered.clone().unwrap();
                    is_found(&scene, &refused, fault.code())?;
                }
            }
        }
        if let Err(what) = books.check() {
            return Err(TestCaseError::fail(what));
        }
        for batch in scene.batches.clone() {
            let verdict = scene.verdict(batch);
            prop_assert!(can_be(&verdict, logged), "{:?}", verdict.findings);
        }
        for (number, checkpoint) in scene.ledger.checkpoints().iter().enumerate() {
            for batch in &scene.batches {
                let Ok(bundle) = scene.ledger.bundle_at(*batch, number) else { continue };
                let options = Options::at(read_at(checkpoint));
                let verdict = verify(&bundle.to_bytes().unwrap(), &trust(true), &options).verdict;
                prop_assert!(can_be(&verdict, true), "{:?}", verdict.findings);
            }
        }
        if logged {
            let mut replay = Replay::new(trust(true));
            for (leaf, content) in scene.ledger.leaves() {
                prop_assert!(replay.apply(&leaf, content).is_ok());
            }
        }
    }
}

fn is_found(scene: &Scene, refused: &SignedRecord, code: &'static str) -> Result<(), TestCaseError> {
    let extra = statement(refused, scene.logged);
    let (chain, sequence) = (extra.chain(), extra.record.sequence);
    if scene.logged {
        let mut replay = Replay::new(trust(true));
        for (leaf, content) in scene.ledger.leaves() {
            replay.apply(&leaf, content).unwrap();
        }
        let leaf = Leaf::Record { log_time: time(scene.now), statement: extra.id };
        let fault = replay.apply(&leaf, Some(refused.as_bytes())).unwrap_err();
        prop_assert_eq!((fault.index, fault.code()), (replay.size(), code));
    }
    // Who reads one lot does not hold the other plots of its area.
    let of_delivered = of_delivered(scene, code, &extra.record);
    let of_other_plots = matches!(extra.record.event, Event::PlotsAllotted(_)) && code == "wrong_reference";
    if AUDITORS_ALONE.contains(&code) || of_other_plots {
        return Ok(());
    }
    let readers = readers(scene, chain, refused);
    if readers.is_empty() {
        return Ok(());
    }
    // Without the log's proof a reader still finds what breaks a rule without an order.
    let mut found = BTreeSet::new();
    for batch in &readers {
        found.extend(found_at(scene, &unjudged(scene, *batch, refused), chain, sequence));
    }
    let same = is_same(code, by_its_chain(scene, &extra), &found);
    if !scene.logged {
        prop_assert!(
            same || NEEDS_AN_ORDER.contains(&code) || of_a_freed_label(scene, &extra.record.event),
            "{code} refused, {found:?} found: {:?}",
            extra.record.event
        );
        return Ok(());
    }
    // With the proof of a log that took it unjudged, as far as such a log can go.
    let mut ledger = scene.ledger.clone();
    if ledger.log_unjudged(refused.clone()).is_err() {
        // Which claimed times count is the log's to say, and this bundle has no proof from it; auditors did find it.
        let about_times = code == "harvest_too_early" || is_season_too_early(scene, &extra.record);
        prop_assert!(same || about_times, "{code} refused, {found:?} found: {:?}", extra.record.event);
        return Ok(());
    }
    close_at(&mut ledger, scene.now);
    let mut found = BTreeSet::new();
    for batch in &readers {
        let bundle = ledger.bundle(*batch).unwrap();
        let verdict = scene.verdict_of(&bundle);
        let event = &extra.record.event;
        prop_assert!(
            verdict.outcome != Outcome::Valid || code == "below_taken" || of_delivered,
            "{code}: {event:?}, {verdict:?}"
        );
        found.extend(found_at(scene, &bundle, chain, sequence));
    }
    let same = is_same(code, by_its_chain(scene, &extra), &found);
    prop_assert!(same || of_delivered, "{code} refused, {found:?} found: {:?}", extra.record.event);
    Ok(())
}
