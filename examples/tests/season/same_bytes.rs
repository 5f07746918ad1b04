//! The same seed gives the same season, another seed shares nothing with it.

use std::collections::BTreeSet;

use nguon_examples::season::{Season, Seed};

use super::SEASON;

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let again = Season::build(&Seed::sample()).unwrap();
    assert_eq!(again.journal, SEASON.journal);
    assert_eq!(again.openings, SEASON.openings);
    assert_eq!(again.attachments, SEASON.attachments);
    assert_eq!(again.cases, SEASON.cases);
    assert_eq!(&Season::root(&Seed::sample(), None).unwrap(), SEASON.ledger.trust().signed());
}

#[test]
fn another_seed_is_another_deployment() {
    let other = Season::build(&Seed::of("vải thiều 2027")).unwrap();
    let ids = |season: &Season| season.names().map(|(_, id)| id).collect::<BTreeSet<_>>();
    assert!(ids(&other).is_disjoint(&ids(&SEASON)));
    assert_ne!(other.ledger.trust().deployment(), SEASON.ledger.trust().deployment());
}
