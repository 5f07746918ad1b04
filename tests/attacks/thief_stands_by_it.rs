//! Somebody who has a farmer's telephone looks through what it signed, and finds it all in order.

use nguon_core::event::EventName;
use nguon_core::event::{KeyRevoked, Reattested, Retired, RevocationReason, Scope, ScopeChanged};
use nguon_core::ids::{ChainId, KeyId, PublicKeyBytes};
use nguon_core::judge::Chains as _;
use nguon_core::values::List;
use nguon_core::verify::OutcomeKind::{Invalid, Suspect, UntrustedKey, Valid};

use crate::fruit::{id, next, pick};
use crate::log::{key, logged};
use crate::story::{Story, Told, told};

fn reattested(sequences: &[u64]) -> Reattested {
    Reattested { sequences: List::new(sequences.to_vec()).unwrap(), details: None }
}

fn revoke(story: &mut Story, since: nguon_core::values::Time) {
    let revoked = KeyRevoked {
        key: KeyId::of(&PublicKeyBytes::from(&key("hung"))),
        reason: RevocationReason::Stolen,
        suspect_since: Some(since),
        details: None,
    };
    story.append("coop", id("hung"), revoked);
}

/// A lot signed after the theft; somebody stands by it before or after the theft is reported.
fn stood_by(by: &'static str, before: bool) -> (Told, (ChainId, u64)) {
    told(move |story| {
        let stolen = story.now();
        story.wait(60);
        let lot = pick(story, "hung", 500);
        let on_plot = story.sequence(id("hung/plot"));
        story.wait(60);
        if !before {
            revoke(story, stolen);
        }
        story.append(by, id("hung/plot"), reattested(&[on_plot]));
        let sequence = story.append(by, lot, reattested(&[0, 1]));
        if before {
            revoke(story, stolen);
        }
        (lot, (lot, sequence))
    })
}

#[test]
fn the_registrars_word_lifts_the_doubt() {
    stood_by("coop", false).0.is_fine();
}

/// Before the theft is reported the thief's word is taken, and stands in doubt itself from then on.
#[test]
fn the_thiefs_word_does_not() {
    let (told, (lot, sequence)) = stood_by("hung", true);
    assert_eq!(told.refused, None);
    told.reader_finds(Suspect, "revoked_key", lot, sequence);
}

#[test]
fn nor_a_neighbours() {
    for who in ["lan", "early-coop", "packer"] {
        let (told, (lot, sequence)) = stood_by(who, false);
        told.server_refuses("not_permitted", id("hung/plot"), next("hung/plot") + 1);
        told.reader_finds(Invalid, "not_permitted", lot, sequence);
    }
}

/// Who has retired signs nothing more, and what it signed before stays.
#[test]
fn a_retired_households_key() {
    let harvest_first = |first: bool| {
        told(move |story| {
            let early = first.then(|| pick(story, "hung", 500));
            story.append("coop", id("hung"), Retired { details: None });
            let lot = early.unwrap_or_else(|| pick(story, "hung", 500));
            (lot, lot)
        })
    };
    let (told, _) = harvest_first(true);
    assert_eq!((told.refused, told.verdict.outcome.kind()), (None, Valid));
    let (told, lot) = harvest_first(false);
    told.server_refuses("revoked_key", lot, 0);
    told.reader_finds(UntrustedKey, "key_not_then", lot, 0);
}

/// A scope that was narrowed reaches forward, not back.
#[test]
fn a_scope_that_was_narrowed() {
    let harvest_first = |first: bool| {
        told(move |story| {
            let early = first.then(|| pick(story, "hung", 500));
            let chain = logged().ledger.chain(&id("hung")).unwrap();
            let before = chain.actor().unwrap().scope().clone();
            let events = before.events.iter().copied().filter(|event| *event != EventName::HarvestDrawn).collect();
            let scope = Scope { events: List::new(events).unwrap(), ..before };
            story.append("coop", id("hung"), ScopeChanged { scope });
            (early.unwrap_or_else(|| pick(story, "hung", 500)), ())
        })
    };
    harvest_first(true).0.is_fine();
    harvest_first(false).0.both(Invalid, "out_of_scope", id("hung/plot"), next("hung/plot"));
}
