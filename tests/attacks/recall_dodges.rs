//! Ways around a recall: ended by somebody alone, hidden from the readers of the label, aimed so that it hits nothing, or
//! outrun.

use nguon_core::event::{RecallReason, Recalled, ReleaseApproved, Released};
use nguon_core::ids::ChainId;
use nguon_core::values::List;
use nguon_core::verify::OutcomeKind::{Invalid, Valid};
use nguon_core::verify::{Outcome, OutcomeKind};

use crate::fruit::{at, consignment, drawn, id, labelled, opened, packed, pick, received};
use crate::story::{Story, told};

fn recall() -> Recalled {
    Recalled::new(RecallReason::PesticideResidue)
}

fn approved(recall: u64) -> ReleaseApproved {
    ReleaseApproved { recall, details: None }
}

fn released(recall: u64, approval: u64) -> Released {
    Released { recall, approval, details: None }
}

/// A household's lot that is recalled, and what `more` does about it.
fn recalled_then<T>(more: impl Fn(&mut Story, ChainId, u64) -> T) -> (crate::story::Told, (ChainId, T)) {
    told(|story| {
        let lot = pick(story, "hung", 500);
        let recall = story.append("office/1", lot, recall());
        (lot, (lot, more(story, lot, recall)))
    })
}

#[test]
fn released_by_two_officers_it_has_ended() {
    recalled_then(|story, lot, recall| {
        let approval = story.append("office/1", lot, approved(recall));
        story.append("office/2", lot, released(recall, approval))
    })
    .0
    .is_fine();
}

#[test]
fn released_by_one_key() {
    let (told, (lot, sequence)) = recalled_then(|story, lot, recall| {
        let approval = story.append("office/1", lot, approved(recall));
        story.append("office/1", lot, released(recall, approval))
    });
    assert_eq!(told.both(Invalid, "bad_field", lot, sequence).field().as_deref(), Some("approval"));
    assert!(told.verdict.findings.iter().any(|finding| finding.code() == "recalled"), "it is told all the same");
}

/// An approval of another recall, or none at all.
#[test]
fn released_without_an_approval_of_this_one() {
    let (told, (lot, sequence)) = recalled_then(|story, lot, first| {
        let second = story.append("office/1", lot, recall());
        let approval = story.append("office/1", lot, approved(second));
        story.append("office/2", lot, released(first, approval))
    });
    told.both(Invalid, "bad_field", lot, sequence);
    let (told, (lot, sequence)) =
        recalled_then(|story, lot, recall| story.append("office/2", lot, released(recall, recall)));
    told.both(Invalid, "bad_field", lot, sequence);
}

/// One of two recalls has ended; the other stands.
#[test]
fn only_one_of_two_released() {
    let (told, (lot, second)) = recalled_then(|story, lot, first| {
        let second = story.append("office/1", lot, recall());
        let approval = story.append("office/1", lot, approved(first));
        story.append("office/2", lot, released(first, approval));
        second
    });
    assert_eq!(told.refused, None);
    let reason = RecallReason::PesticideResidue;
    assert_eq!(told.verdict.outcome, Outcome::Recalled { reason, at: at(lot, second).unwrap() });
}

#[test]
fn released_by_whose_lot_it_is() {
    let by = |who: &'static str| {
        recalled_then(move |story, lot, recall| {
            let approval = story.append("office/1", lot, approved(recall));
            story.append(who, lot, released(recall, approval))
        })
    };
    by("office/2").0.is_fine();
    for who in ["hung", "coop", "packer"] {
        let (told, (lot, sequence)) = by(who);
        told.both(Invalid, "not_permitted", lot, sequence);
    }
    // Nor does the owner give the first of the two keys.
    let (told, (lot, approval)) = recalled_then(|story, lot, recall| {
        let approval = story.append("hung", lot, approved(recall));
        story.append("office/1", lot, released(recall, approval));
        approval
    });
    told.both(Invalid, "not_permitted", lot, approval);
}

/// The owner may recall its own lot, and not end that either.
#[test]
fn ones_own_recall_taken_back() {
    let (told, (lot, sequence)) = told(|story| {
        let lot = pick(story, "hung", 500);
        let recall = story.append("hung", lot, recall());
        let approval = story.append("office/1", lot, approved(recall));
        (lot, (lot, story.append("hung", lot, released(recall, approval))))
    });
    told.both(Invalid, "not_permitted", lot, sequence);
}

/// A labelled lot with two consignments.
fn labelled_lot(story: &mut Story) -> (ChainId, [ChainId; 2]) {
    let from = pick(story, "hung", 500);
    let lot = story.begin("packer", labelled("ND260701"));
    story.append("hung", from, drawn(lot, 500));
    story.append("packer", lot, packed(from, 500, 500));
    let part = |story: &mut Story, shop: &str| {
        let part = story.begin(shop, consignment(shop, lot));
        story.append("packer", lot, drawn(part, 200));
        story.append(shop, part, received(lot, 200));
        part
    };
    (lot, [part(story, "shop-one"), part(story, "shop-two")])
}

/// A shop's own recall, of which the shopper who scans the label would never hear.
#[test]
fn a_consignment_recalled_behind_the_labels_back() {
    let told_on_label = |on_label: bool| {
        told(move |story| {
            let (lot, [part, _]) = labelled_lot(story);
            if on_label {
                let named = Recalled { consignment: Some(part), ..recall() };
                story.append("shop-one", lot, named);
            }
            (lot, (part, story.append("shop-one", part, recall())))
        })
    };
    let (told, (part, sequence)) = told_on_label(false);
    assert_eq!(told.server_refuses("bad_field", part, sequence).field().as_deref(), Some("consignment"));
    assert_eq!(told.auditor, Some(("bad_field", at(part, sequence).unwrap())));
    let (told, _) = told_on_label(true);
    assert_eq!((&told.refused, told.verdict.outcome.kind()), (&None, Valid));
    assert!(told.verdict.findings.iter().any(|finding| finding.code() == "part_recalled"), "part of this lot");
}

/// Another shop names a consignment that is not its own.
#[test]
fn anothers_consignment_recalled() {
    let by = |shop: &'static str| {
        told(move |story| {
            let (lot, [part, _]) = labelled_lot(story);
            let named = Recalled { consignment: Some(part), ..recall() };
            (part, (lot, story.append(shop, lot, named)))
        })
    };
    let (told, (lot, sequence)) = by("shop-one");
    assert_eq!(told.refused, None);
    assert_eq!(told.verdict.outcome.kind(), OutcomeKind::Recalled);
    assert_eq!(told.verdict.findings[0].at, at(lot, sequence));
    let (told, (lot, sequence)) = by("shop-two");
    told.both(Invalid, "not_permitted", lot, sequence);
}

/// The recall of one consignment reaches that one, and not its neighbour.
#[test]
fn a_neighbours_recall_is_not_ones_own() {
    let (told, ()) = told(|story| {
        let (lot, [part, other]) = labelled_lot(story);
        story.append("shop-one", lot, Recalled { consignment: Some(part), ..recall() });
        (other, ())
    });
    assert_eq!((told.refused, told.verdict.outcome.kind()), (None, Valid));
}

/// A recall that names as its consignment something that is none of this lot.
#[test]
fn aimed_at_a_consignment_of_another_lot() {
    let (told, (lot, sequence)) = told(|story| {
        let (lot, _) = labelled_lot(story);
        let elsewhere = Recalled { consignment: Some(id("shop-one/0621")), ..recall() };
        (lot, (lot, story.append("packer", lot, elsewhere)))
    });
    assert_eq!(told.both(Invalid, "wrong_reference", lot, sequence).field().as_deref(), Some("consignment"));
}

/// A plot's recall that names its harvests reaches those; one that names none reaches all.
#[test]
fn aimed_past_the_harvest() {
    let named = |which: Option<usize>| {
        told(move |story| {
            let lots = [pick(story, "hung", 500), pick(story, "hung", 500)];
            let packed_lot = story.begin("packer", opened("packer"));
            story.append("hung", lots[0], drawn(packed_lot, 500));
            story.append("packer", packed_lot, packed(lots[0], 500, 500));
            let harvests = which.map(|which| List::of_one(lots[which]));
            let sequence = story.append("office/1", id("hung/plot"), Recalled { harvests, ..recall() });
            (packed_lot, (sequence, [id("hung/plot"), lots[0], packed_lot]))
        })
    };
    named(Some(1)).0.is_fine();
    for which in [Some(0), None] {
        let (told, (sequence, path)) = named(which);
        assert_eq!(told.refused, None);
        let reason = RecallReason::PesticideResidue;
        let place = at(id("hung/plot"), sequence).unwrap();
        assert_eq!(told.verdict.outcome, Outcome::Recalled { reason, at: place });
        assert_eq!(told.verdict.findings[0].path, path);
    }
}

/// Nobody but the authority and the owner recalls, so that a competitor's lot cannot be called back.
#[test]
fn a_competitors_lot_called_back() {
    for who in ["seller", "coop", "lab", "inspector", "carrier"] {
        let (told, (lot, sequence)) = told(move |story| {
            let lot = pick(story, "hung", 500);
            (lot, (lot, story.append(who, lot, recall())))
        });
        told.both(Invalid, "not_permitted", lot, sequence);
    }
}
