//! A farmer writes a spray down weeks late under an early date, or a harvest before it happened. The log vouches for when
//! it took the record, and the anchor for what the device had seen when it signed; a claim outside of that is told.

use nguon_core::event::Opened;
use nguon_core::ids::Nonce;
use nguon_core::ledger::{Ledger, LedgerError, Pen};
use nguon_core::record::Anchor;
use nguon_core::values::Time;
use nguon_core::verify::{At, Outcome};

use crate::log::{all, close, key, later, logged, now, pen, read_at};

const DAY: u64 = 86_400;

/// A lot opened by a device that has seen the season's checkpoint (or not), signed at one time by its clock, logged at
/// another; and whether readers are told.
fn told(anchored: bool, signed_at: Time, logged_at: Time) -> bool {
    let hung = key("hung");
    let mut ledger = logged().ledger.clone();
    ledger.set_time(logged_at);
    let by = pen("hung", &hung, signed_at);
    let by = if anchored { by.anchored(ledger.checkpoints()[0].anchor()) } else { by };
    let batch = begin(&mut ledger, &by).unwrap();
    close(&mut ledger, logged_at, &all());
    let verdict = read_at(&ledger.bundle(batch).unwrap(), logged_at).verdict;
    assert_eq!(verdict.outcome, Outcome::Incomplete, "it is empty, and that is all that is wrong with it");
    let at = Some(At { chain: batch, sequence: 0 });
    verdict.findings.iter().any(|finding| finding.code() == "claimed_time" && finding.at == at)
}

fn begin(ledger: &mut Ledger, by: &Pen<'_>) -> Result<nguon_core::ids::ChainId, LedgerError> {
    let opened = Opened::new(logged().id("hung"), "Vải thiều tươi".parse().unwrap());
    ledger.begin(by, opened, Nonce::from_bytes([1; 16]))
}

fn earlier(seconds: u64) -> Time {
    Time::new(now().get() - seconds).unwrap()
}

#[test]
fn signed_before_what_the_device_had_seen() {
    assert!(!told(true, later(60), later(60)));
    assert!(!told(true, later(60), later(5 * DAY)), "five days without network");
    assert!(told(true, earlier(8 * DAY), later(60)), "back-dated by eight days");
    assert!(told(true, earlier(3_600), later(60)), "or by an hour");
}

#[test]
fn signed_after_the_log_took_it() {
    assert!(told(true, later(DAY), later(60)));
    assert!(told(false, later(DAY), later(60)));
    assert!(!told(false, later(300), later(60)), "clocks differ by minutes");
}

/// Without an anchor nothing says how early it was not signed: an old date is possible, and only that.
#[test]
fn without_an_anchor_only_the_log_time_bounds_it() {
    assert!(!told(false, earlier(20 * DAY), later(60)));
}

#[test]
fn an_anchor_that_is_none_is_refused() {
    let hung = key("hung");
    let mut ledger = logged().ledger.clone();
    let anchor = ledger.checkpoints()[0].anchor();
    for wrong in [
        Anchor { size: anchor.size + 1, ..anchor },
        Anchor { size: anchor.size - 1, ..anchor },
        Anchor { root: nguon_core::ids::RootHash::from_bytes([7; 32]), ..anchor },
    ] {
        let refused = begin(&mut ledger, &pen("hung", &hung, later(60)).anchored(wrong));
        assert!(refused.is_err(), "{wrong:?}");
    }
    begin(&mut ledger, &pen("hung", &hung, later(60)).anchored(anchor)).expect("the true one");
}

/// The operator lends a hand and gives the reader a later anchor time, or an earlier log time: the entries say otherwise.
#[test]
fn the_operator_cannot_change_the_times() {
    let whole = crate::log::bundle("hung/0614");
    assert_eq!(crate::log::outcome(&whole), Outcome::Valid);
    for number in [1, 2] {
        let mut edited = whole.clone();
        crate::log::edit(&mut edited, |proof| proof.chains[0].positions[number] += 1);
        let verdict = crate::log::verdict(&edited);
        assert!(verdict.findings.iter().any(|finding| finding.code() == "not_in_map"), "{number}");
        assert_ne!(verdict.outcome, Outcome::Valid);
    }
}
