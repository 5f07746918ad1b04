//! An entry bundle holds exactly its entries.

use nguon_tlog::tile::{EntryBundle, LONGEST_ENTRY, TileBuilder, TileError, decode_entries, encode_entries};
use proptest::collection::vec;
use proptest::prelude::*;

fn named(entries: &[Vec<u8>]) -> EntryBundle {
    EntryBundle::new(0, u16::try_from(entries.len()).unwrap()).unwrap()
}

#[test]
fn lengths_are_two_bytes_big_endian() {
    let bytes = encode_entries(&[&b"lychee"[..], b"", b"\x00"]).unwrap();
    assert_eq!(bytes, b"\x00\x06lychee\x00\x00\x00\x01\x00");
    let long = encode_entries(&[vec![7; 0x0102]]).unwrap();
    assert_eq!(long[..3], [1, 2, 7]);
}

#[test]
fn the_longest_entry_fits_and_a_longer_one_is_refused() {
    let (longest, longer) = (vec![1; LONGEST_ENTRY], vec![1; LONGEST_ENTRY + 1]);
    let bytes = encode_entries(std::slice::from_ref(&longest)).unwrap();
    assert_eq!(decode_entries(&EntryBundle::new(0, 1).unwrap(), &bytes), Ok(vec![&longest[..]]));
    assert_eq!(encode_entries(&[&longer]), Err(TileError::EntryTooLong(LONGEST_ENTRY + 1)));

    let mut log = TileBuilder::new();
    log.append(b"first").unwrap();
    let root = log.frontier().root();
    assert_eq!(log.append(&longer), Err(TileError::EntryTooLong(LONGEST_ENTRY + 1)));
    assert_eq!((log.size(), log.frontier().root()), (1, root));
    log.append(&longest).unwrap();
    assert_eq!(log.size(), 2);
}

proptest! {
    #[test]
    fn decoding_is_the_inverse_of_encoding(entries in vec(vec(any::<u8>(), 0..80), 1..=256)) {
        let bytes = encode_entries(&entries).unwrap();
        let decoded = decode_entries(&named(&entries), &bytes).unwrap();
        prop_assert_eq!(decoded, entries);
    }

    #[test]
    fn a_truncated_bundle_is_refused(entries in vec(vec(any::<u8>(), 0..20), 1..20)) {
        let (name, bytes) = (named(&entries), encode_entries(&entries).unwrap());
        let refused = Err(TileError::Entries { path: name.path(), expected: name.width() });
        for length in 0..bytes.len() {
            prop_assert_eq!(&decode_entries(&name, &bytes[..length]), &refused);
        }
    }

    #[test]
    fn a_bundle_with_something_after_its_entries_is_refused(
        entries in vec(vec(any::<u8>(), 0..20), 1..20), more in vec(any::<u8>(), 1..20),
    ) {
        let bytes = [encode_entries(&entries).unwrap(), more].concat();
        prop_assert!(decode_entries(&named(&entries), &bytes).is_err());
    }

    #[test]
    fn no_bytes_make_decoding_panic(width in 1_u16..=256, bytes in vec(any::<u8>(), 0..400)) {
        let name = EntryBundle::new(0, width).unwrap();
        if let Ok(entries) = decode_entries(&name, &bytes) {
            prop_assert_eq!(encode_entries(&entries), Ok(bytes.clone()));
        }
    }
}
