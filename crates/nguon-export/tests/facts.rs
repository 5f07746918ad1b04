//! What facts say of the sample season.

mod support;

use nguon_core::event::Role;
use nguon_core::verify::OutcomeKind;
use nguon_export::facts::Language;
use nguon_export::{Facts, Personal, Source, SourceError};
use support::{LOGGED, UNLOGGED, batch, bundle, opened, source, verified};

#[test]
fn a_bad_verdict_is_refused_and_stamped_despite_that() {
    let recalled = verified(&LOGGED, &bundle(&LOGGED, batch(&LOGGED, "recalled"), false));
    let refused = Source::new(recalled, LOGGED.now()).unwrap_err();
    assert_eq!(refused, SourceError::BadVerdict { outcome: OutcomeKind::Recalled });
    let source = source(&LOGGED, "recalled");
    let stamp = Facts::new(&source, Personal::Withheld).stamp();
    assert!(!stamp.holds() && !stamp.is_verified());
    assert!(stamp.sentence(Language::Vi).starts_with("HÀNG BỊ THU HỒI"), "{}", stamp.sentence(Language::Vi));

    let unlogged = verified(&UNLOGGED, &bundle(&UNLOGGED, batch(&UNLOGGED, "export"), false));
    let unlogged = Source::new(unlogged, UNLOGGED.now()).unwrap();
    let stamp = Facts::new(&unlogged, Personal::Withheld).stamp();
    assert!(stamp.holds() && !stamp.is_verified() && stamp.as_of.is_none());
    let valid = verified(&LOGGED, &bundle(&LOGGED, batch(&LOGGED, "export"), false));
    let valid = Source::new(valid, LOGGED.now()).unwrap();
    assert!(Facts::new(&valid, Personal::Withheld).stamp().is_verified());

    let nothing = Source::despite(verified(&LOGGED, b"not a bundle"), LOGGED.now()).unwrap_err();
    assert_eq!(nothing, SourceError::NoHistory { outcome: OutcomeKind::Invalid });
}

#[test]
fn people_are_named_only_where_that_is_asked_for_and_opened() {
    let (closed, open) = (source(&LOGGED, "export"), opened(&LOGGED, "export"));
    let household = LOGGED.id("hung");
    let named = |source, personal| Facts::new(source, personal).party(&household);
    assert_eq!(named(&open, Personal::Withheld).name, None);
    assert_eq!(named(&closed, Personal::Opened).phone, None);
    let party = named(&open, Personal::Opened);
    assert!(party.name.is_some() && party.phone.is_some() && party.role == Some(Role::Farm), "{party:?}");
    let facts = Facts::new(&closed, Personal::Withheld);
    let packer = facts.party(&facts.own_lot().owner);
    assert!(packer.name.is_some(), "organisations are named: {packer:?}");

    let plots = |source, personal| {
        let facts = Facts::new(source, personal);
        facts.plots().filter_map(|plot| facts.place(&plot.id())?.coordinates).count()
    };
    assert_eq!((plots(&open, Personal::Withheld), plots(&closed, Personal::Opened)), (0, 0));
    assert!(plots(&open, Personal::Opened) > 0);
}

#[test]
fn what_was_corrected_counts_as_corrected() {
    let corrected = LOGGED.cases.iter().filter_map(|case| case.label.as_ref().map(|_| case.name)).find_map(|name| {
        let source = source(&LOGGED, name);
        let facts = Facts::new(&source, Personal::Withheld);
        facts.entries().find(|entry| entry.correction.is_some()).map(|entry| {
            assert_eq!(entry.original().unwrap(), &entry.signed().event);
            assert_ne!(entry.event, &entry.signed().event);
            assert_eq!(entry.event.name(), entry.signed().event.name());
            name
        })
    });
    assert!(corrected.is_some(), "the season has a correction");
}
