//! Proofs that are too old.

use super::*;

pub fn cases() -> Vec<Case> {
    let base = world();
    let whole = picked(&base);
    let grown = grown();
    let grown_leaves = leaves(&grown);
    let proof = consistency(leaves(&base).len(), &grown_leaves);
    let newer = seen(&grown_leaves, grown_leaves.len(), Some(proof));
    let expires = trust().payload().expires.get();
    let mut fresh = base.clone();
    close(&mut fresh, expires);
    let revived = with(input(&picked(&fresh)), "now", expires);
    let old = json!({"outcome": "stale", "code": "old", "as_of": CLOSED});
    vec![
        case(
            "a second too old online",
            with(with(input(&whole), "online", true), "now", CLOSED + FRESH_ONLINE + 1),
            old.clone(),
        ),
        case("a second too old offline", with(input(&whole), "now", CLOSED + FRESH_OFFLINE + 1), old),
        case(
            "a witness has seen more",
            with(with(input(&whole), "online", true), "seen", newer),
            json!({"outcome": "stale", "code": "behind"}),
        ),
        case("the trust root has expired", revived, json!({"outcome": "stale", "code": "root_expired"})),
    ]
}
