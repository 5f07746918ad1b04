//! Section 11: the outcomes, in their order of precedence.

use nguon_core::verify::OutcomeKind;

use crate::page::{quoted, rows};

/// The one after this; a new outcome does not compile until it has its place here.
fn next(kind: OutcomeKind) -> Option<OutcomeKind> {
    use OutcomeKind as K;
    Some(match kind {
        K::NeedsNewerApp => K::Invalid,
        K::Invalid => K::Forked,
        K::Forked => K::UntrustedKey,
        K::UntrustedKey => K::Incomplete,
        K::Incomplete => K::Recalled,
        K::Recalled => K::OverAllocated,
        K::OverAllocated => K::Suspect,
        K::Suspect => K::Stale,
        K::Stale => K::Unlogged,
        K::Unlogged => K::Valid,
        K::Valid => return None,
    })
}

#[test]
fn the_page_and_the_code_have_the_same_outcomes_in_the_same_order() {
    let all: Vec<OutcomeKind> = std::iter::successors(Some(OutcomeKind::NeedsNewerApp), |kind| next(*kind)).collect();
    assert!(all.is_sorted(), "precedence is the order of the enum");
    let of_page: Vec<&str> = rows(11).into_iter().map(|row| quoted(row[0])[0]).collect();
    let of_code: Vec<&str> = all.iter().map(|kind| kind.as_str()).collect();
    assert_eq!(of_page, of_code);
    let in_json: Vec<String> = all.iter().map(|kind| serde_json::to_string(kind).unwrap()).collect();
    assert_eq!(in_json, of_code.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>());
}
