//! What of a bundle goes to whoever gets the file.

use std::collections::BTreeSet;

use nguon_core::event::{Event, Role};
use nguon_core::opening::Opening;
use nguon_core::verify::{Bundle, VerifiedChain, VerifiedRecord};

use crate::facts::{Facts, Personal};

/// The bundle to attach to a file made of `facts`; `bundle` are the bytes that were verified. `None`: they are not.
///
/// A bundle carries openings beside its records, and with them more than a page shows. Under [`Personal::Withheld`] all of them
/// are left out but the names of organisations, which the pages show too; what is left verifies as before, and the digests in the
/// records read "withheld". Under [`Personal::Opened`], and where there is nothing to leave out, the bytes stay as they are.
#[must_use]
pub fn disclosed(facts: &Facts<'_>, bundle: &[u8]) -> Option<Vec<u8>> {
    let mut parsed = Bundle::from_bytes(bundle).ok().filter(|parsed| is_of(facts, parsed))?;
    if facts.personal() == Personal::Opened {
        return Some(bundle.to_vec());
    }
    let organisations = organisations(facts);
    let all = parsed.openings.len();
    let is_public = |opening: &Opening| opening.path == "enrolled/name" && organisations.contains(&opening.record);
    parsed.openings.retain(is_public);
    if parsed.openings.len() == all {
        return Some(bundle.to_vec());
    }
    parsed.to_bytes().ok()
}

/// The enrolments of all that are no households.
fn organisations(facts: &Facts<'_>) -> BTreeSet<nguon_core::ids::StatementId> {
    let firsts = facts.history().chains().filter_map(|chain| chain.records().first());
    let is_organisation =
        |record: &&VerifiedRecord| matches!(&record.record().event, Event::Enrolled(event) if event.role != Role::Farm);
    firsts.filter(is_organisation).map(VerifiedRecord::id).collect()
}

/// Whether every verified record is in the bundle, and its own chain is the verified one, record for record.
fn is_of(facts: &Facts<'_>, bundle: &Bundle) -> bool {
    let Some(own) = facts.chain(&facts.batch()) else { return false };
    let given = bundle.chains.first().into_iter().flatten().map(|record| record.0.as_slice());
    let all: BTreeSet<&[u8]> = bundle.chains.iter().flatten().map(|record| record.0.as_slice()).collect();
    let verified = facts.history().chains().flat_map(VerifiedChain::records);
    given.eq(own.records().iter().map(VerifiedRecord::bytes))
        && verified.map(VerifiedRecord::bytes).all(|record| all.contains(record))
}
