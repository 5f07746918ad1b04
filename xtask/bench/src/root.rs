//! The deployment that all benches are in: one authority and, where there is a log, four witnesses and a map auditor.

use nguon_core::SigningKey;
use nguon_core::ids::AuthorityId;
use nguon_core::trust::{Authority, LogPolicy, LogVerifier, RootPayload, SignedRoot, TrustRoot};
use nguon_core::values::{List, Time};

/// When the trust root was issued, Unix seconds.
pub const ISSUED: u64 = 1_780_000_000;

/// The log.
pub const ORIGIN: &str = "log.mau.example/nguon";

/// Three of the four witnesses must have cosigned, and the map auditor, who comes last.
pub const COSIGNERS: [&str; 5] =
    ["w1.mau.example", "w2.mau.example", "w3.mau.example", "w4.mau.example", "audit.mau.example"];

/// Somebody's key.
#[must_use]
pub fn key(number: u8) -> SigningKey {
    SigningKey::from_bytes(&[number; 32])
}

/// The authority's.
#[must_use]
pub fn office_key() -> SigningKey {
    key(2)
}

/// The log's.
#[must_use]
pub fn log_key() -> SigningKey {
    key(10)
}

/// Those of [`COSIGNERS`].
#[must_use]
pub fn cosigner_keys() -> [SigningKey; COSIGNERS.len()] {
    [11, 12, 13, 14, 15].map(key)
}

/// A time.
///
/// # Panics
/// There is no such time.
#[must_use]
pub fn time(seconds: u64) -> Time {
    Time::new(seconds).expect("a time")
}

/// The authority.
///
/// # Panics
/// Its name is none.
#[must_use]
pub fn authority() -> Authority {
    Authority::new(AuthorityId::from_bytes([9; 32]), "Sở mẫu".parse().expect("text"), (&office_key()).into())
}

/// Who must have seen a checkpoint; addresses in the order of [`COSIGNERS`], if they have any.
///
/// # Panics
/// A name or address is none.
#[must_use]
pub fn policy(addresses: &[String]) -> LogPolicy {
    let cosigner = |(at, (name, key)): (usize, (&str, SigningKey))| {
        let url = addresses.get(at).map(|address| address.parse().expect("an address"));
        LogVerifier { name: name.parse().expect("a key name"), key: (&key).into(), url }
    };
    let mut witnesses: Vec<LogVerifier> =
        COSIGNERS.into_iter().zip(cosigner_keys()).enumerate().map(cosigner).collect();
    let auditor = witnesses.pop().expect("an auditor");
    LogPolicy {
        origin: ORIGIN.parse().expect("an origin"),
        key: (&log_key()).into(),
        witnesses: List::new(witnesses).expect("four witnesses"),
        witness_threshold: 3,
        auditors: List::of_one(auditor),
        fresh_online: 3600,
        fresh_offline: 86_400,
    }
}

/// The trust root's version 1.
///
/// # Panics
/// It is none.
#[must_use]
pub fn trust(log: Option<LogPolicy>) -> TrustRoot {
    let root_key = key(1);
    let mut payload = RootPayload::of_one_authority(authority(), (&root_key).into(), time(ISSUED), time(2 * ISSUED));
    payload.log = log;
    let signed = SignedRoot::sign(&payload, &[&root_key]).expect("a root");
    TrustRoot::verify_first(signed).expect("a root")
}
