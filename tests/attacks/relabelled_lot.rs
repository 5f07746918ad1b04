//! A lot gets another label: because it was recalled, because another one sells better, or on more boxes than there are.

use nguon_core::event::{LabelsIssued, NameReleased, Opened, RecallReason, Recalled};
use nguon_core::ids::{ChainId, RootHash};
use nguon_core::values::Count;
use nguon_core::verify::Outcome;
use nguon_core::verify::OutcomeKind::{self, Invalid, OverAllocated};

use crate::fruit::{consignment, drawn, id, labelled, opened, packed, pick, received, repacked};
use crate::story::{Story, told};

fn labels(count: u64) -> LabelsIssued {
    LabelsIssued { count: Count::new(count).unwrap(), root: RootHash::from_bytes([7; 32]) }
}

/// What is left of a household's lot goes through an unlabelled batch into boxes with a new label.
fn relabel(story: &mut Story, farmer: &str, lot: &str) -> (ChainId, [ChainId; 3]) {
    let (from, middle) = (id(lot), story.begin("packer", opened("packer")));
    story.append(farmer, from, drawn(middle, 10));
    story.append("packer", middle, received(from, 10));
    let fresh = story.begin("packer", labelled("ND260701"));
    story.append("packer", middle, drawn(fresh, 10));
    story.append("packer", fresh, repacked(middle, 10, 10));
    (fresh, [from, middle, fresh])
}

#[test]
fn a_recalled_lot_under_a_new_label_is_recalled() {
    told(|story| relabel(story, "lien", "lien/0526")).0.is_fine();
    let (told, path) = told(|story| relabel(story, "thu", "thu/0528"));
    assert_eq!(told.refused, None, "what happened is written down");
    let Outcome::Recalled { reason, at } = told.verdict.outcome else { panic!("{:?}", told.verdict.outcome) };
    assert_eq!((reason, at), (RecallReason::PesticideResidue, crate::fruit::at(id("thu/0528"), 3).unwrap()));
    let finding = told.verdict.findings.iter().find(|finding| finding.code() == "recalled").unwrap();
    assert_eq!(finding.path, path, "how the recall reaches it, from what is recalled to the box");
}

/// The same before the recall was there: it is reached all the same.
#[test]
fn nor_does_it_help_to_be_quick() {
    let recall = |recall: bool| {
        told(move |story| {
            let (lot, chains) = relabel(story, "lien", "lien/0526");
            if recall {
                story.append("office/1", id("lien/0526"), Recalled::new(RecallReason::Microbial));
            }
            (lot, chains)
        })
    };
    recall(false).0.is_fine();
    let (told, path) = recall(true);
    assert_eq!((told.refused, told.verdict.outcome.kind()), (None, OutcomeKind::Recalled));
    assert_eq!(told.verdict.findings[0].path, path);
}

/// A shop's part of a labelled lot is filled with something else.
#[test]
fn other_fruit_under_the_label_of_a_famous_lot() {
    let from = |other: bool| {
        told(move |story| {
            let source = pick(story, "hung", 500);
            let famous = story.begin("packer", labelled("ND260701"));
            story.append("hung", source, drawn(famous, 300));
            story.append("packer", famous, packed(source, 300, 300));
            let part = story.begin("shop-one", consignment("shop-one", famous));
            story.append("packer", famous, drawn(part, 200));
            story.append("hung", source, drawn(part, 200));
            let from = if other { source } else { famous };
            (part, (part, story.append("shop-one", part, received(from, 200))))
        })
    };
    from(false).0.is_fine();
    let (told, (part, sequence)) = from(true);
    assert_eq!(told.both(Invalid, "bad_field", part, sequence).field().as_deref(), Some("inputs"));
}

/// A consignment is sold under its lot's label; it gets none of its own.
#[test]
fn a_consignment_with_a_label_of_its_own() {
    let label = |own: bool| {
        told(move |story| {
            let mut part: Opened = consignment("packer", id("packer/shops"));
            part.label = labelled("ND260701").label.filter(|_| own);
            let lot = pick(story, "hung", 10);
            (lot, story.begin("packer", part))
        })
    };
    label(false).0.is_fine();
    let (told, part) = label(true);
    assert_eq!(told.server_refuses("bad_field", part, 0).field().as_deref(), Some("label_of"));
}

/// What has no label has no parts that are sold under it.
#[test]
fn a_consignment_of_a_lot_without_a_label() {
    let of = |lot: &'static str| {
        told(move |story| {
            let part = story.begin("shop-one", consignment("shop-one", id(lot)));
            story.append("packer", id(lot), drawn(part, 1));
            story.append("shop-one", part, received(id(lot), 1));
            (part, part)
        })
    };
    of("packer/shops").0.is_fine();
    let (told, part) = of("packer/intake");
    assert_eq!(told.both(Invalid, "wrong_reference", part, 0).field().as_deref(), Some("label_of"));
}

#[test]
fn more_labels_than_boxes() {
    let with = |second| {
        told(move |story| {
            let from = pick(story, "hung", 500);
            let lot = story.begin("packer", labelled("ND260701"));
            story.append("hung", from, drawn(lot, 500));
            story.append("packer", lot, packed(from, 500, 480));
            story.append("packer", lot, labels(400));
            (lot, (lot, story.append("packer", lot, labels(second))))
        })
    };
    with(80).0.is_fine();
    let (told, (lot, sequence)) = with(81);
    let fault = told.server_refuses("above_boxes", lot, sequence);
    assert_eq!((fault.field().as_deref(), fault.remaining()), (Some("count"), Some(80)));
    told.reader_finds(OverAllocated, "above_boxes", lot, sequence);
}

/// Labels that were sold stay with what was sold under them.
#[test]
fn a_label_freed_from_the_lot_that_was_sold_under_it() {
    let released = |packed_in: bool| {
        told(move |story| {
            let from = pick(story, "hung", 500);
            let lot = story.begin("packer", labelled("ND260701"));
            story.append("hung", from, drawn(lot, 500));
            if packed_in {
                story.append("packer", lot, packed(from, 500, 480));
            }
            let sequence = story.append("office/1", lot, NameReleased { details: None });
            (from, (lot, sequence))
        })
    };
    released(false).0.is_fine();
    let (told, (lot, sequence)) = released(true);
    assert_eq!(told.server_refuses("bad_field", lot, sequence).field().as_deref(), Some("label"));
}

/// A lot whose label was freed stays empty: the label may be another's by now.
#[test]
fn fruit_for_a_lot_that_lost_its_label() {
    let filled = |released: bool| {
        told(move |story| {
            let from = pick(story, "hung", 500);
            let lot = story.begin("packer", labelled("ND260701"));
            story.append("hung", from, drawn(lot, 500));
            if released {
                story.append("office/1", lot, NameReleased { details: None });
            }
            (lot, (lot, story.append("packer", lot, packed(from, 500, 480))))
        })
    };
    filled(false).0.is_fine();
    let (told, (lot, sequence)) = filled(true);
    told.server_refuses("bad_field", lot, sequence);
    assert_ne!(told.verdict.outcome.kind(), OutcomeKind::Valid);
}

/// Only the authority frees a name.
#[test]
fn a_label_freed_by_its_owner() {
    let by = |who: &'static str| {
        told(move |story| {
            let lot = story.begin("packer", labelled("ND260701"));
            let sequence = story.append(who, lot, NameReleased { details: None });
            let second = story.begin("packer", labelled("ND260701"));
            let from = pick(story, "hung", 500);
            story.append("hung", from, drawn(second, 500));
            story.append("packer", second, packed(from, 500, 480));
            (second, (lot, sequence))
        })
    };
    by("office/1").0.is_fine();
    let (told, (lot, sequence)) = by("packer");
    told.server_refuses("not_permitted", lot, sequence);
    assert_eq!(told.auditor, Some(("not_permitted", crate::fruit::at(lot, sequence).unwrap())));
}
