//! Laws of serial labels: what was issued proves, everything else is proven absent, and nothing proves anything else.

use nguon_core::event::LabelsIssued;
use nguon_core::gs1::Serial;
use nguon_core::ids::{ChainId, RootHash, SerialHash};
use nguon_core::serial::scans::{Advice, Day, DayCount, KEPT_DAYS, MANY_DAYS, MANY_SCANS, ScanCounts};
use nguon_core::serial::{Answer, LIMITS, SerialList, SerialListError, SerialProof, TILE, Tile, TiledList, Why, check};
use nguon_core::values::{Count, Time};
use proptest::prelude::*;

const BATCH: ChainId = ChainId::from_bytes([7; 32]);

fn serial(n: u64) -> Serial {
    // Spread, as random ones are.
    format!("{:016X}", n.wrapping_mul(0x9e37_79b9_7f4a_7c15)).parse().unwrap()
}

fn printed(numbers: std::ops::Range<u64>) -> Vec<Serial> {
    numbers.map(serial).collect()
}

/// Several lots of labels, as a server holds them.
struct Lots(Vec<SerialList>);

impl Lots {
    fn of(lots: &[std::ops::Range<u64>]) -> Self {
        Self(lots.iter().map(|lot| SerialList::of(&BATCH, &printed(lot.clone())).unwrap()).collect())
    }

    /// One lot, numbered from 0.
    fn first(count: u64) -> Self {
        Self::of(std::slice::from_ref(&(0..count)))
    }

    fn issued(&self) -> Vec<LabelsIssued> {
        self.0.iter().map(|list| list.labels().unwrap()).collect()
    }

    /// What an honest server answers.
    fn proof(&self, serial: &Serial) -> Vec<u8> {
        let wanted = SerialHash::of(&BATCH, serial);
        let having = self.0.iter().find(|list| list.hashes().contains(&wanted));
        let lists = match having {
            Some(list) => vec![list.prove(&BATCH, serial)],
            None => self.0.iter().map(|list| list.prove(&BATCH, serial)).collect(),
        };
        SerialProof::new(lists).to_bytes().unwrap()
    }

    fn ask(&self, serial: &Serial) -> Answer {
        check(&BATCH, &self.issued(), serial, &self.proof(serial))
    }
}

#[test]
fn every_size_around_a_tile_proves_every_serial_and_every_gap() {
    for size in (1..20).chain([63, 64, 65, 255, 256, 257, 511, 512, 513, 1_020]) {
        let lots = Lots::first(size);
        let step = usize::try_from(size / 40 + 1).unwrap();
        for n in (0..size).step_by(step).chain([size - 1]) {
            assert_eq!(lots.ask(&serial(n)), Answer::Issued, "{n} of {size}");
        }
        for n in (size..size + 40).chain([u64::MAX / 2]) {
            assert_eq!(lots.ask(&serial(n)), Answer::NeverIssued, "{n} of {size}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_is_in_any_lot_was_issued_and_what_is_in_none_was_not(
        sizes in prop::collection::vec(1_u64..400, 1..4), asked in 0_u64..1_500,
    ) {
        let mut from = 0;
        let lots: Vec<_> = sizes.iter().map(|size| { from += size; from - size..from }).collect();
        let expected = if asked < from { Answer::Issued } else { Answer::NeverIssued };
        prop_assert_eq!(Lots::of(&lots).ask(&serial(asked)), expected);
    }

    #[test]
    fn a_proof_of_one_serial_says_nothing_of_another(size in 1_u64..300, one in 0_u64..400, other in 0_u64..400) {
        prop_assume!(one != other);
        let lots = Lots::first(size);
        let found = check(&BATCH, &lots.issued(), &serial(other), &lots.proof(&serial(one)));
        // Two that were never issued may stand in the same gap.
        let both_absent = one >= size && other >= size;
        prop_assert!(matches!(found, Answer::NotProven(Why::Broken)) || both_absent && found == Answer::NeverIssued);
    }

    #[test]
    fn a_proof_holds_for_no_other_root_count_or_batch(size in 2_u64..300, asked in 0_u64..400, bit in 0_usize..256) {
        let lots = Lots::first(size);
        let (serial, proof, issued) = (serial(asked), lots.proof(&serial(asked)), lots.issued());
        let labels = &issued[0];
        let mut root = *labels.root.as_bytes();
        root[bit / 8] ^= 1 << (bit % 8);
        let other_root = LabelsIssued { root: RootHash::from_bytes(root), ..labels.clone() };
        prop_assert_eq!(check(&BATCH, &[other_root], &serial, &proof), Answer::NotProven(Why::OtherLabels));
        let other_batch = ChainId::from_bytes([8; 32]);
        prop_assert_ne!(check(&other_batch, &lots.issued(), &serial, &proof), Answer::Issued);
        let more = LabelsIssued { count: Count::new(size * 2 + 1).unwrap(), ..labels.clone() };
        prop_assert_eq!(check(&BATCH, &[more], &serial, &proof), Answer::NotProven(Why::Broken));
    }

    #[test]
    fn no_bit_of_a_proof_can_be_flipped(
        sizes in prop::collection::vec(1_u64..300, 1..3), asked in 0_u64..900, bit in any::<prop::sample::Index>(),
    ) {
        let mut from = 0;
        let lots: Vec<_> = sizes.iter().map(|size| { from += size; from - size..from }).collect();
        let lots = Lots::of(&lots);
        let mut proof = lots.proof(&serial(asked));
        let bit = bit.index(proof.len() * 8);
        proof[bit / 8] ^= 1 << (bit % 8);
        let found = check(&BATCH, &lots.issued(), &serial(asked), &proof);
        prop_assert!(matches!(found, Answer::NotProven(_)), "{found:?} with bit {bit} flipped");
    }

    #[test]
    fn a_proof_cut_or_lengthened_is_none(size in 1_u64..300, asked in 0_u64..400, cut in any::<prop::sample::Index>()) {
        let lots = Lots::first(size);
        let proof = lots.proof(&serial(asked));
        let ask = |proof: &[u8]| check(&BATCH, &lots.issued(), &serial(asked), proof);
        prop_assert_eq!(ask(&proof[..cut.index(proof.len())]), Answer::NotProven(Why::Broken));
        prop_assert_eq!(ask(&[&proof[..], &[0]].concat()), Answer::NotProven(Why::Broken));
    }

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let found = check(&BATCH, &Lots::first(10).issued(), &serial(3), &bytes);
        prop_assert!(matches!(found, Answer::NotProven(_)));
    }

    #[test]
    fn what_decodes_encodes_to_the_same_bytes(size in 1_u64..300, asked in 0_u64..400) {
        let proof = Lots::of(&[0..size, 1_000..1_010]).proof(&serial(asked));
        prop_assert_eq!(SerialProof::from_bytes(&proof).unwrap().to_bytes().unwrap(), proof);
    }

    #[test]
    fn a_list_is_its_bytes_and_its_order_is_no_matter(numbers in prop::collection::btree_set(any::<u32>(), 1..600)) {
        let serials: Vec<Serial> = numbers.iter().map(|n| serial(u64::from(*n))).collect();
        let list = SerialList::of(&BATCH, &serials).unwrap();
        prop_assert_eq!(&SerialList::from_bytes(&list.to_bytes()).unwrap(), &list);
        prop_assert_eq!(&SerialList::of(&BATCH, serials.iter().rev()).unwrap(), &list);
        prop_assert_eq!(list.root(), naive_root(list.hashes()));
    }
}

/// RFC 6962 §2.1 as it is written, with this crate's own SHA-256 only for leaves and nodes.
fn naive_root(hashes: &[SerialHash]) -> RootHash {
    fn over(hashes: &[SerialHash]) -> nguon_tlog::hash::Hash {
        match hashes {
            [] => nguon_tlog::hash::empty(),
            [one] => nguon_tlog::hash::leaf(one.as_bytes()),
            _ => {
                let mut left = 1;
                while left * 2 < hashes.len() {
                    left *= 2;
                }
                nguon_tlog::hash::node(&over(&hashes[..left]), &over(&hashes[left..]))
            }
        }
    }
    over(hashes).into()
}

#[test]
fn only_the_pieces_a_proof_needs_are_read() {
    let list = SerialList::of(&BATCH, &printed(0..5_000)).unwrap();
    let tiles: Vec<Tile> = list.tiles().collect();
    assert_eq!(tiles.len(), 5_000_usize.div_ceil(TILE));
    for asked in [0, 17, 4_999, 5_000, 6_000] {
        let wanted = SerialHash::of(&BATCH, &serial(asked));
        let heads: Vec<_> = tiles.iter().map(|tile| (tile.first, tile.root)).collect();
        let mut tiled = TiledList::new(list.root(), heads);
        assert!(tiled.prove(&wanted).is_err());
        let needed = tiled.needed(&wanted);
        assert!(needed.len() <= 3);
        needed.into_iter().for_each(|at| tiled.put(at, tiles[at].hashes.clone()));
        let proof = SerialProof::new(vec![tiled.prove(&wanted).unwrap()]).to_bytes().unwrap();
        let expected = if asked < 5_000 { Answer::Issued } else { Answer::NeverIssued };
        assert_eq!(check(&BATCH, &[list.labels().unwrap()], &serial(asked), &proof), expected);
    }
}

#[test]
fn without_labels_or_lists_nothing_is_said() {
    let lots = Lots::of(&[0..10, 20..30]);
    let empty = SerialProof::new(Vec::new()).to_bytes().unwrap();
    assert_eq!(check(&BATCH, &[], &serial(1), &empty), Answer::NotProven(Why::NoLabels));
    assert_eq!(check(&BATCH, &lots.issued(), &serial(1), &empty), Answer::NotProven(Why::NoList));
    // One of two lists was never handed in: it could be in that one.
    let half = SerialProof::new(vec![lots.0[0].prove(&BATCH, &serial(25))]).to_bytes().unwrap();
    assert_eq!(check(&BATCH, &lots.issued(), &serial(25), &half), Answer::NotProven(Why::NoList));
    assert_eq!(check(&BATCH, &lots.issued(), &serial(25), &lots.proof(&serial(25))), Answer::Issued);
}

#[test]
fn labels_issued_after_the_history_was_fetched_are_not_called_made_up() {
    let (then, now) = (Lots::first(10), Lots::of(&[0..10, 20..30]));
    for asked in [25, 99] {
        let found = check(&BATCH, &then.issued(), &serial(asked), &now.proof(&serial(asked)));
        assert_eq!(found, Answer::NotProven(Why::OtherLabels));
    }
    assert_eq!(check(&BATCH, &then.issued(), &serial(5), &now.proof(&serial(5))), Answer::Issued);
}

#[test]
fn a_gap_is_only_a_gap_between_neighbours() {
    let lots = Lots::first(50);
    let list = &lots.0[0];
    let wanted = SerialHash::of(&BATCH, &serial(7));
    let at = list.hashes().iter().position(|hash| *hash == wanted).unwrap();
    // The leaves on both sides of an issued serial, each rightly proven.
    let leaf = |index: usize| {
        let of = (0..50).map(serial).find(|one| SerialHash::of(&BATCH, one) == list.hashes()[index]).unwrap();
        list.prove(&BATCH, &of).leaves.remove(0)
    };
    let mut part = list.prove(&BATCH, &serial(7));
    for leaves in [
        vec![leaf(at - 1), leaf(at + 1)],
        vec![leaf(at - 1)],
        vec![leaf(at + 1)],
        vec![leaf(0)],
        vec![leaf(49)],
        vec![leaf(0), leaf(49)],
        vec![leaf(at), leaf(at + 1)],
        Vec::new(),
    ] {
        part.leaves = leaves;
        let proof = SerialProof::new(vec![part.clone()]).to_bytes().unwrap();
        assert_eq!(check(&BATCH, &lots.issued(), &serial(7), &proof), Answer::NotProven(Why::Broken));
    }
}

#[test]
fn a_proof_of_a_later_version_asks_for_newer_software() {
    let mut proof = SerialProof::new(Vec::new());
    proof.version = 2;
    let bytes = nguon_core::cbor::to_canonical(&proof, LIMITS).unwrap();
    assert_eq!(check(&BATCH, &Lots::first(3).issued(), &serial(1), &bytes), Answer::NotProven(Why::Newer));
}

#[test]
fn a_list_that_is_none_says_why() {
    let (a, b) = (SerialHash::from_bytes([1; 32]), SerialHash::from_bytes([2; 32]));
    assert_eq!(SerialList::new(Vec::new()), Err(SerialListError::Empty));
    assert_eq!(SerialList::new(vec![b, a, b]), Err(SerialListError::Twice));
    assert_eq!(SerialList::from_bytes(&[]), Err(SerialListError::Empty));
    assert_eq!(SerialList::from_bytes(&[0; 33]), Err(SerialListError::Length(33)));
    let falling = [*b.as_bytes(), *a.as_bytes()].concat();
    assert_eq!(SerialList::from_bytes(&falling), Err(SerialListError::Order(1)));
    assert_eq!(SerialList::from_bytes(&[1; 64]), Err(SerialListError::Order(1)));
}

#[test]
fn days_change_at_midnight_in_vietnam() {
    let day = |seconds| Day::of(Time::new(seconds).unwrap()).to_string();
    // 2026-06-13 16:59:59 and 17:00:00 UTC.
    assert_eq!((day(1_781_369_999), day(1_781_370_000)), ("2026-06-13".into(), "2026-06-14".into()));
    assert_eq!(day(0), "1970-01-01");
    assert_eq!(day(1_709_190_000), "2024-02-29");
    assert_eq!(day((1 << 53) - 1), "9999-12-31");
    for bad in ["2026-02-29", "2026-13-01", "2026-6-14", "1969-12-31", "10000-01-01", "2026-06-14 ", "", "2026/06/14"] {
        assert!(bad.parse::<Day>().is_err(), "{bad}");
    }
}

proptest! {
    #[test]
    fn a_day_is_its_text(number in 0_u64..2_932_897) {
        let day = Day::from_number(number);
        prop_assert_eq!(day.to_string().parse::<Day>(), Ok(day));
        prop_assert!(number == 0 || day.before(1).date() < day.date());
    }

    #[test]
    fn counts_are_their_bytes_and_their_json(days in prop::collection::btree_map(0_u64..2_932_897, 1_u64..1_000, 0..40)) {
        let days = days.into_iter().map(|(day, scans)| DayCount { day: Day::from_number(day), scans }).collect();
        let counts = ScanCounts::new(days);
        prop_assert_eq!(&ScanCounts::from_bytes(&counts.to_bytes().unwrap()).unwrap(), &counts);
        let json = serde_json::to_string(&counts).unwrap();
        prop_assert_eq!(&serde_json::from_str::<ScanCounts>(&json).unwrap(), &counts);
    }
}

#[test]
fn counts_of_every_day_that_is_kept_can_be_sent() {
    let days = (0..=KEPT_DAYS).map(|n| DayCount { day: Day::from_number(20_000 + n), scans: 9_007_199_254_740_991 });
    let days: Vec<DayCount> = days.collect();
    let mut counts = ScanCounts::new(days);
    counts.total = 9_007_199_254_740_991;
    assert!(counts.to_bytes().is_ok());
}

#[test]
fn advice_goes_by_scans_and_days() {
    let counts = |days: &[u64]| {
        let day = |(n, scans): (u64, &u64)| DayCount { day: Day::from_number(20_000 + n), scans: *scans };
        ScanCounts::new((0..).zip(days).map(day).collect()).advice()
    };
    assert_eq!((counts(&[]), counts(&[1])), (Advice::First, Advice::First));
    assert_eq!((counts(&[2]), counts(&[1, 1]), counts(&[MANY_SCANS])), (Advice::Usual, Advice::Usual, Advice::Usual));
    assert_eq!(counts(&[MANY_SCANS + 1]), Advice::Many);
    assert_eq!((counts(&[1; MANY_DAYS]), counts(&[1; MANY_DAYS + 1])), (Advice::Usual, Advice::Many));
}
