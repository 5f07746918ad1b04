//! A parcel's frames, in any order, twice, mixed with another's: the parcel or an honest answer.

use nguon_core::bytes::ByteString;
use nguon_core::event::Role;
use nguon_core::ids::{ChainId, PublicKeyBytes, Salt, StatementId};
use nguon_core::opening::{Opening, PersonalOpening};
use nguon_draft::Parcel;
use nguon_draft::handover::{CodeError, EnrolCode, Gather, Gathered, Offer, WantedRole, frames};
use proptest::prelude::*;

fn parcel() -> impl Strategy<Value = Parcel> {
    let records =
        proptest::collection::vec(proptest::collection::vec(any::<u8>(), 1..1_200).prop_map(ByteString), 1..6);
    let opening = (any::<[u8; 32]>(), any::<[u8; 16]>(), proptest::collection::vec(any::<u8>(), 1..40));
    let openings = proptest::collection::vec(opening, 0..4);
    (records, openings).prop_map(|(records, openings)| Parcel {
        records,
        openings: openings
            .into_iter()
            .map(|(id, salt, value)| PersonalOpening {
                opening: Opening {
                    record: StatementId::from_bytes(id),
                    path: "harvest_drawn/operator".into(),
                    salt: Salt::from_bytes(salt),
                    value: Some(ByteString(value)),
                },
                about: ChainId::from_bytes(id),
            })
            .collect(),
    })
}

proptest! {
    #[test]
    fn a_parcel_arrives_whole_from_its_frames_in_any_order(
        sent in parcel(), order in proptest::collection::vec(any::<prop::sample::Index>(), 0..30), other in parcel(),
    ) {
        let all = frames(&sent).unwrap();
        let strangers = frames(&other).unwrap();
        let mut gather = Gather::default();
        let mut seen = std::collections::BTreeSet::new();
        // Any frames, any number of times; each is told for what it is.
        for index in order {
            let n = index.index(all.len());
            match gather.take(&all[n]).unwrap() {
                Gathered::Again => prop_assert!(seen.contains(&n)),
                Gathered::Another | Gathered::Broken => prop_assert!(false),
                Gathered::More | Gathered::Whole(_) => {}
            }
            seen.insert(n);
            if sent != other {
                prop_assert_eq!(gather.take(&strangers[0]), Ok(Gathered::Another));
            }
        }
        // The rest, backwards.
        let mut last = None;
        for frame in all.iter().rev() {
            prop_assert!(frame.len() <= 700);
            prop_assert!(frame.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || b":/".contains(&byte)));
            last = Some(gather.take(frame).unwrap());
        }
        prop_assert_eq!(last, Some(Gathered::Whole(sent)));
        prop_assert_eq!((gather.missing(), gather.all()), (0, all.len()));
    }

    #[test]
    fn any_text_is_a_code_or_none_and_never_a_panic(text in "(NGUON:(GIAO|NHAN|KHOA)/)?\\PC{0,80}") {
        let _ = (Gather::default().take(&text), Offer::from_text(&text), EnrolCode::from_text(&text));
    }

    #[test]
    fn a_phones_code_is_read_scanned_or_typed(key in any::<[u8; 32]>(), role in 0..3_usize) {
        let role = [WantedRole::Further, WantedRole::New(Role::Farm), WantedRole::New(Role::Inspector)][role];
        let code = EnrolCode { key: PublicKeyBytes::from_bytes(key), role };
        prop_assert_eq!(EnrolCode::from_text(&code.to_text()), Ok(code));
        prop_assert_eq!(EnrolCode::from_text(&code.to_typed().to_lowercase()), Ok(code));
        prop_assert_eq!(code.digits().len(), 6);
    }

    #[test]
    fn an_offer_is_read_as_it_was_shown(batch in any::<[u8; 32]>(), owner in any::<[u8; 32]>(), product in "[a-zà-ỹ]{1,20}") {
        let (batch, owner) = (ChainId::from_bytes(batch), ChainId::from_bytes(owner));
        let offer = Offer { batch, owner, product: product.parse().unwrap() };
        let text = offer.to_text();
        prop_assert_eq!(Offer::from_text(&text), Ok(offer));
        prop_assert_eq!(EnrolCode::from_text(&text), Err(CodeError::Other));
        prop_assert!(Offer::from_text(&text[..text.len() - 1]).is_err());
    }
}

#[test]
fn what_would_take_too_many_frames_is_told_before_one_is_shown() {
    let records = (0..10).map(|_| ByteString(vec![7; 30_000])).collect();
    assert_eq!(frames(&Parcel { records, openings: vec![] }), Err(CodeError::TooLong));
}
