//! The operator shows two histories: one to the inspector, one to everybody else. Witnesses that are honest cosign only
//! what continues what they have seen, so with k of n needed it takes 2k − n dishonest ones to have both cosigned. One
//! fewer is not enough; and readers who remember what they saw notice even then.

use nguon_core::event::Opened;
use nguon_core::ids::Nonce;
use nguon_core::ledger::Ledger;
use nguon_core::values::Time;
use nguon_core::verify::{Outcome, OutcomeKind, Seen};
use nguon_examples::season::{AUDITOR, LOG_KEY, ORIGIN, WITNESSES};
use nguon_tlog::hash::Hash;
use nguon_tlog::note::NoteKey;
use nguon_tlog::tree::{self, NodeSource};
use nguon_tlog::witness::{self, AddCheckpoint};

use crate::log::{all, close, found, key, later, logged, read_at, read_having_seen};

const K: usize = 3;
const N: usize = WITNESSES.len();

/// An honest witness, as `nguon witness serve` decides.
struct Witness {
    name: &'static str,
    seen: Option<witness::Seen>,
}

/// The leaves of a ledger as a tree.
struct Tree(Vec<Hash>);

impl Tree {
    fn of(ledger: &Ledger) -> Self {
        Self(ledger.leaves().map(|(leaf, _)| nguon_tlog::hash::leaf(&leaf.to_bytes())).collect())
    }
}

impl NodeSource for Tree {
    type Error = std::convert::Infallible;

    fn node(&self, level: u8, index: u64) -> Result<Hash, Self::Error> {
        if level == 0 {
            return Ok(self.0[usize::try_from(index).unwrap()]);
        }
        let [left, right] = [0, 1].map(|side| self.node(level - 1, 2 * index + side).unwrap());
        Ok(nguon_tlog::hash::node(&left, &right))
    }
}

fn consistency(ledger: &Ledger, old: u64, new: u64) -> Vec<Hash> {
    let Ok(proof) = tree::consistency_proof(&Tree::of(ledger), old, new);
    proof
}

impl Witness {
    /// Whether it cosigns the ledger's newest checkpoint, which the operator puts to it as well as it can be put.
    fn cosigns(&mut self, ledger: &Ledger) -> bool {
        let newest = ledger.checkpoints().last().unwrap();
        let old = self.seen.as_ref().map_or(0, |seen| seen.size);
        let proof = if old == 0 || old > newest.size { Vec::new() } else { consistency(ledger, old, newest.size) };
        let request = AddCheckpoint { old_size: old, proof, note: newest.note.clone() };
        let log = NoteKey::new(ORIGIN, key(LOG_KEY).verifying_key().as_bytes()).unwrap();
        match witness::judge(&request, &log, ORIGIN, self.seen.as_ref()) {
            Ok(checkpoint) => {
                self.seen = Some(witness::Seen { size: checkpoint.size, root: checkpoint.root });
                true
            }
            Err(_) => false,
        }
    }
}

/// A ledger that goes on from the season's checkpoint with a batch that only it has.
fn view(nonce: u8) -> Ledger {
    let hung = key("hung");
    let mut ledger = logged().ledger.clone();
    let opened = Opened::new(logged().id("hung"), "Vải thiều tươi".parse().unwrap());
    ledger.begin(&crate::log::pen("hung", &hung, later(10)), opened, Nonce::from_bytes([nonce; 16])).unwrap();
    close(&mut ledger, later(20), &[]);
    ledger
}

fn cosigned(ledger: &Ledger, at: Time, by: &[&str]) -> Ledger {
    let mut ledger = ledger.clone();
    close(&mut ledger, at, by);
    ledger
}

/// Both views, each cosigned by all it can get: `dishonest` witnesses sign both, the honest are divided as the operator
/// likes, and the auditor is with the operator.
fn two_views(dishonest: usize) -> [Ledger; 2] {
    let bare = [view(1), view(2)];
    let mut got: [Vec<&str>; 2] = [vec![AUDITOR], vec![AUDITOR]];
    let mut honest: Vec<Witness> = WITNESSES[dishonest..].iter().map(|name| Witness { name, seen: None }).collect();
    for witness in &mut honest {
        assert!(witness.cosigns(&logged().ledger), "what all have seen");
    }
    for names in &mut got {
        names.extend(&WITNESSES[..dishonest]);
    }
    for witness in &mut honest {
        // As many as the first view still needs, the rest for the second.
        let first = usize::from(got[0].len() > K);
        assert!(witness.cosigns(&bare[first]));
        got[first].push(witness.name);
        assert!(!witness.cosigns(&bare[1 - first]), "{} signs both", witness.name);
    }
    [0, 1].map(|n| cosigned(&bare[n], later(30), &got[n]))
}

fn verdict(ledger: &Ledger) -> nguon_core::verify::Verdict {
    read_at(&ledger.bundle(logged().id("hung/0614")).unwrap(), later(40)).verdict
}

#[test]
fn one_dishonest_witness_too_few() {
    let [first, second] = two_views(2 * K - N - 1);
    assert_eq!(verdict(&first).outcome, Outcome::Valid);
    assert_eq!(found(&verdict(&second)), (OutcomeKind::Incomplete, "not_cosigned", None));
}

#[test]
fn with_enough_of_them_both_pass_for_a_reader_who_remembers_nothing() {
    let [first, second] = two_views(2 * K - N);
    assert_eq!(verdict(&first).outcome, Outcome::Valid);
    assert_eq!(verdict(&second).outcome, Outcome::Valid);
}

#[test]
fn a_reader_who_remembers_sees_the_split() {
    let [first, second] = two_views(2 * K - N);
    let newest = first.checkpoints().last().unwrap();
    let seen = Seen { size: newest.size, root: newest.root };
    let bundle = second.bundle(logged().id("hung/0614")).unwrap();
    let verdict = read_having_seen(&bundle, &seen, None, later(40));
    assert_eq!(found(&verdict.verdict), (OutcomeKind::Forked, "split_log", None));
    assert_eq!(verdict.checkpoint, None, "it is not remembered");
    // Nor does it help to let the second view grow: no proof leads from one to the other.
    let mut longer = second.clone();
    let hung = key("hung");
    let opened = Opened::new(logged().id("hung"), "Vải thiều tươi".parse().unwrap());
    longer.begin(&crate::log::pen("hung", &hung, later(50)), opened, Nonce::from_bytes([3; 16])).unwrap();
    close(&mut longer, later(60), &all());
    let bundle = longer.bundle(logged().id("hung/0614")).unwrap();
    let proof = consistency(&longer, seen.size, longer.checkpoints().last().unwrap().size);
    let verdict = read_having_seen(&bundle, &seen, Some(&proof), later(60)).verdict;
    assert_eq!(found(&verdict), (OutcomeKind::Forked, "split_log", None));
    let verdict = read_having_seen(&bundle, &seen, None, later(60)).verdict;
    assert_eq!(found(&verdict), (OutcomeKind::Incomplete, "no_consistency", None));
}

#[test]
fn a_reader_who_remembers_is_content_with_what_goes_on() {
    let mut ledger = view(1);
    close(&mut ledger, later(30), &all());
    let before = &logged().ledger.checkpoints()[0];
    let seen = Seen { size: before.size, root: before.root };
    let bundle = ledger.bundle(logged().id("hung/0614")).unwrap();
    let proof = consistency(&ledger, seen.size, ledger.checkpoints().last().unwrap().size);
    let verdict = read_having_seen(&bundle, &seen, Some(&proof), later(40)).verdict;
    assert_eq!(verdict.outcome, Outcome::Valid);
}
