//! One lot's bundle, fetched and verified on this device against the trust root that the page pins, in small steps, and held
//! against what this device and the witnesses have seen.

use std::collections::BTreeMap;

use nguon_core::ids::RootHash;
use nguon_core::recalls::RecallList;
use nguon_core::trust::{Roots, TrustRoot};
use nguon_core::values::Time;
use nguon_core::verify::{
    History, Options, ScannedLabel, Seen, Verification, Verifier, hashes, newest_at, seen_by, verify_absence,
};

use super::api;
use crate::browser;
use crate::browser::net::{self, Asked, Got};
use crate::check::{Conclusion, Kind, conclude};
use crate::code::Code;

/// Longer than this the browser is not kept from drawing and answering.
const BREATH: f64 = 24.0;
/// Records verified between two looks at the clock.
const PORTION: usize = 4;
/// Milliseconds that a witness or the list of recalls may take.
const PATIENCE: u32 = 3_000;
/// Witnesses asked. One honest one that answers is enough.
const ASKED: usize = 3;
/// Under this name the browser remembers the newest checkpoint that was verified.
const SEEN: &str = "inspect-seen";

/// Verifies bundles; what witnesses and authorities say is asked for once for all of them.
pub struct Prover {
    trust: TrustRoot,
    notes: Vec<(usize, String)>,
    recalls: Option<Vec<u8>>,
    proofs: BTreeMap<(u64, u64), Option<Vec<u8>>>,
}

impl Prover {
    /// Asks what others have seen. `None` if the page pins no sound trust root.
    pub async fn new() -> Option<Self> {
        let trust = TrustRoot::from_bytes(&browser::root()).ok()?;
        let mut prover = Self { trust, notes: Vec::new(), recalls: None, proofs: BTreeMap::new() };
        let Some(policy) = prover.trust.payload().log.clone() else { return Some(prover) };
        let witnesses = policy.witnesses.iter().enumerate();
        let urls = witnesses.filter_map(|(at, witness)| Some((at, newest_at(witness, policy.origin.as_str())?)));
        let asked: Vec<(usize, Asked)> = urls.take(ASKED).map(|(at, url)| (at, net::begin(&url, PATIENCE))).collect();
        let recalls = net::begin(&(api() + "/v1/recalls"), PATIENCE);
        for (at, asked) in asked {
            let note = asked.wait().await.ok().and_then(|bytes| String::from_utf8(bytes).ok());
            prover.notes.extend(note.map(|note| (at, note)));
        }
        prover.recalls = recalls.wait().await.ok();
        Some(prover)
    }

    /// Begins to fetch the bundle of a code.
    #[must_use]
    pub fn fetch(code: &Code) -> Option<Asked> {
        Some(net::begin(&(api() + &code.bundle_path()?), 0))
    }

    /// Concludes what came for a code; `tell` hears how many records of how many are checked.
    pub async fn prove(&mut self, code: &Code, got: Got, mut tell: impl FnMut(usize, usize)) -> Conclusion {
        match got.status {
            200 => {}
            0 => return Conclusion::bare(Kind::NotReachable),
            404 | 410 => return Conclusion::bare(self.absent(code, &got.bytes)),
            _ => return Conclusion::bare(Kind::Incomplete),
        }
        let Some(options) = options(code) else { return Conclusion::bare(Kind::Incomplete) };
        let trust = self.trust.clone();
        let mut verifier = Verifier::new(&got.bytes, &trust, &options);
        let mut breath = browser::milliseconds();
        while let Some(progress) = verifier.step(PORTION) {
            if browser::milliseconds() - breath > BREATH {
                tell(progress.done, progress.total);
                browser::breathe().await;
                breath = browser::milliseconds();
            }
        }
        self.hold(&mut verifier).await;
        let Verification { verdict, history, checkpoint } = verifier.finish();
        if let Some(seen) = checkpoint {
            remember(&seen);
        }
        browser::breathe().await;
        conclude(&verdict, history.as_ref().map_or((0, 0), History::signature_count))
    }

    /// Holds a bundle against what witnesses, this device and authorities say.
    async fn hold(&mut self, verifier: &mut Verifier<'_>) {
        let Some(ours) = verifier.checkpoint() else { return };
        for (at, note) in &self.notes {
            // What is older than the bundle needs a proof to be of use; its cosigners have seen one.
            if let Some(seen) = of_witness(verifier.roots(), *at, note).filter(|seen| seen.size >= ours.size) {
                verifier.hold_against(&seen, None);
            }
        }
        if let Some(seen) = remembered() {
            let proof = self.consistency(&seen, &ours).await.and_then(|bytes| hashes(&bytes));
            verifier.hold_against(&seen, proof.as_deref());
        }
        let list = self.recalls.clone().and_then(|signed| RecallList::verify(signed, verifier.roots()).ok());
        if let Some(list) = list {
            verifier.list_recalls(list);
        }
    }

    /// The proof from the smaller of two checkpoints to the larger, fetched once.
    async fn consistency(&mut self, one: &Seen, other: &Seen) -> Option<Vec<u8>> {
        let sizes = (one.size.min(other.size), one.size.max(other.size));
        if sizes.0 == sizes.1 {
            return None;
        }
        if let Some(known) = self.proofs.get(&sizes) {
            return known.clone();
        }
        let proof = net::get(&format!("{}/v1/log/consistency/{}/{}", api(), sizes.0, sizes.1)).await.ok();
        self.proofs.insert(sizes, proof.clone());
        proof
    }

    /// Whether "no such lot" is proven, or only said.
    fn absent(&self, code: &Code, bytes: &[u8]) -> Kind {
        let Code::Label(label) = code else { return Kind::NoSuchLot };
        let now = Time::new(browser::now());
        let proven =
            |now| verify_absence(bytes, &self.trust, label.gtin(), label.lot(), now).is_ok_and(|absent| !absent.stale);
        if self.trust.payload().log.is_none() || now.is_ok_and(proven) { Kind::NoSuchLot } else { Kind::Incomplete }
    }
}

fn options(code: &Code) -> Option<Options> {
    let now = Time::new(browser::now()).ok()?;
    let label = if let Code::Label(code) = code { Some(ScannedLabel::from(&**code)) } else { None };
    let batch = if let Code::Chain(chain) = code { Some(*chain) } else { None };
    Some(Options { label, batch, online: true, ..Options::at(now) })
}

fn of_witness(roots: &Roots, at: usize, note: &str) -> Option<Seen> {
    let policy = roots.newest().payload().log.as_ref()?;
    seen_by(policy.witnesses.get(at)?, note, roots)
}

/// The newest checkpoint that this device verified.
#[must_use]
pub fn remembered() -> Option<Seen> {
    let text = browser::recall(SEEN)?;
    let (size, root) = text.split_once(' ')?;
    Some(Seen { size: size.parse().ok()?, root: root.parse::<RootHash>().ok()? })
}

/// Remembers a checkpoint, unless a newer one was seen.
fn remember(seen: &Seen) {
    if remembered().is_none_or(|before| before.size <= seen.size) {
        browser::remember(SEEN, &[&*seen.size.to_string(), " ", &seen.root.to_string()].concat());
    }
}
