//! `log.proof`, `log.proof_bytes` and `log.multiproof_bytes`: one bundle's proof out of a million leaves and a hundred
//! thousand chains. The first two are of the whole proof, the last of all in it but the positions of the bundle's records.

use std::hint::black_box;

use nguon_core::verify::Proof;
use nguon_tlog::map;
use xtask_bench::best::{Best, ROUNDS, number};
use xtask_bench::deployment::{Asked, Deployment};
use xtask_bench::figures::{AtMost, Wanted, report};
use xtask_bench::root::{policy, trust};

use crate::strict::Strict;

/// Chains of a usual bundle.
const USUAL: usize = 60;

/// How many bundles are proven.
const BUNDLES: usize = 200;

pub fn measure(wanted: &Wanted) {
    let (time, bytes, map_bytes) = ("log.proof", "log.proof_bytes", "log.multiproof_bytes");
    if ![time, bytes, map_bytes].iter().any(|name| wanted.has(name)) {
        return;
    }
    let deployment = Deployment::grow(trust(Some(policy(&[]))).signed().payload_hash(), |_| ());
    if wanted.has(time) {
        let asked: Vec<Asked> = (0..BUNDLES).map(|seed| deployment.bundle(USUAL, seed)).collect();
        let (mut best, mut strict) = (Best::of(BUNDLES), Strict::new());
        for _ in 0..ROUNDS {
            for (at, asked) in asked.iter().enumerate() {
                best.time(at, || black_box(deployment.prove(asked)));
                strict.time();
            }
        }
        report(time, best.microseconds_each(BUNDLES) / 1e3, "ms", Some(AtMost { ratio: 1.0, of: 1.0 }));
        strict.report(time);
    }
    if wanted.has(bytes) || wanted.has(map_bytes) {
        for (chains, under) in [(USUAL, ""), (5, ".5_chains"), (500, ".500_chains")] {
            let limit = AtMost { ratio: 1.0, of: number(400 * chains + 2048) };
            let sizes = (0..BUNDLES).map(|seed| sizes(&deployment, &deployment.bundle(chains, seed)));
            let [whole, map] = sizes.fold([0, 0], |[whole, map], sizes| [whole.max(sizes[0]), map.max(sizes[1])]);
            report(&format!("{bytes}{under}"), number(whole), "bytes", Some(limit));
            report(&format!("{map_bytes}{under}"), number(map), "bytes", Some(limit));
        }
    }
}

/// How many bytes a bundle's proof has, if it holds, and how many without the positions of its records.
fn sizes(deployment: &Deployment, asked: &Asked) -> [usize; 2] {
    let bytes = deployment.prove(asked);
    let proof = Proof::from_bytes(&bytes).expect("a proof");
    let claims = deployment.map.claims(&asked.keys);
    assert!(claims.len() == asked.keys.len() && claims.iter().all(|(_, value)| value.is_some()), "a key is not there");
    map::verify(&deployment.map.root(), &claims, &proof.map.0).expect("a multiproof that holds");
    let bare = Proof { chains: Vec::new(), ..proof };
    [bytes.len(), bare.to_bytes().expect("a proof").len()]
}
