//! The fullest values the code can write: every field there is. They are spelt out as struct literals, so that a new
//! field does not compile until it stands here, and then not pass until it stands on the page.

use nguon_core::SigningKey;
use nguon_core::bytes::ByteString;
use nguon_core::event::{Document, Event, Inputs, RecallReason};
use nguon_core::ids::{
    AuthorityId, ChainId, EntryHash, FieldDigest, KeyId, Nonce, PublicKeyBytes, RootHash, Salt, SignatureBytes,
    StatementId,
};
use nguon_core::opening::{FieldValue, Opening, PersonalOpening};
use nguon_core::recalls::{ListedRecall, RecallList};
use nguon_core::record::{Anchor, Attachment, ChainKind, Record, Signer};
use nguon_core::trust::{Authority, LogPolicy, LogVerifier, RootPayload, RootSignature, SignedRoot};
use nguon_core::values::{Count, Grams, List, SquareMetres, Time, UtcOffset};
use nguon_core::verify::{Absence, Bundle, ChainProof, MapHead, Part, Proof, Skipped, Stage};

#[path = "samples/events.rs"] // this file is also read from elsewhere
mod events;

pub use events::events;

fn chain() -> ChainId {
    ChainId::from_bytes([0x22; 32])
}

fn digest() -> FieldDigest {
    FieldDigest::from_bytes([0x33; 32])
}

fn time() -> Time {
    Time::new(1_780_272_000).unwrap()
}

fn grams() -> Grams {
    Grams::new(850_500).unwrap()
}

fn count() -> Count {
    Count::new(40).unwrap()
}

fn area() -> SquareMetres {
    SquareMetres::new(5_000).unwrap()
}

fn parsed<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

fn list<T, const LEAST: usize, const MOST: usize>(items: Vec<T>) -> List<T, LEAST, MOST> {
    List::new(items).unwrap()
}

fn key() -> PublicKeyBytes {
    PublicKeyBytes::from(&SigningKey::from_bytes(&[1; 32]))
}

fn inputs() -> Inputs {
    Inputs::one(ChainId::from_bytes([0x44; 32]), grams())
}

fn document() -> Document {
    Document { kind: parsed("phytosanitary"), number: parsed("MAU-1") }
}

/// A later record with all that one may have.
pub fn later(event: Event) -> Record {
    Record {
        version: 1,
        kind: ChainKind::Batch,
        chain: Some(chain()),
        sequence: 7,
        previous: Some(StatementId::from_bytes([0x55; 32])),
        signer: Signer::Actor(chain()),
        on_behalf_of: Some(chain()),
        signed_at: time(),
        utc_offset: UtcOffset::VIETNAM,
        anchor: Some(Anchor { size: 1, root: RootHash::from_bytes([0x66; 32]) }),
        replaces: Some(list(vec![StatementId::from_bytes([0x77; 32])])),
        event,
        attachments: Some(list(vec![Attachment {
            digest: digest(),
            length: count(),
            media_type: "image/jpeg".parse().unwrap(),
        }])),
        nonce: None,
    }
}

/// A first record with all that one may have, by an authority.
pub fn first(event: Event) -> Record {
    Record {
        chain: None,
        sequence: 0,
        previous: None,
        nonce: Some(Nonce::from_bytes([0x88; 16])),
        signer: Signer::Authority(AuthorityId::from_bytes([0x99; 32])),
        ..later(event)
    }
}

/// A trust root's payload with a log.
pub fn root() -> RootPayload {
    let cosigner = || LogVerifier {
        name: parsed("nhan-chung.example"),
        key: key(),
        url: Some(parsed("https://nhan-chung.example")),
    };
    RootPayload {
        version: 2,
        previous: Some(ByteString(vec![0xcc; 32])),
        name: parsed("Sở Nông nghiệp và Môi trường (mẫu)"),
        issued: time(),
        expires: time(),
        root_keys: list(vec![key()]),
        threshold: 1,
        authorities: list(vec![Authority {
            id: AuthorityId::from_bytes([0x99; 32]),
            name: parsed("Sở (mẫu)"),
            keys: list(vec![key()]),
            retired: Some(list(vec![key()])),
        }]),
        log: Some(LogPolicy {
            origin: parsed("nguon.example/log"),
            key: key(),
            witnesses: list(vec![cosigner()]),
            witness_threshold: 1,
            auditors: list(vec![cosigner()]),
            fresh_online: 3_600,
            fresh_offline: 86_400,
        }),
    }
}

/// A signed root.
pub fn signed_root() -> SignedRoot {
    let signature = SignatureBytes::from_bytes([0xaa; 64]);
    SignedRoot { payload: ByteString(vec![1]), signatures: vec![RootSignature { key: KeyId::of(&key()), signature }] }
}

/// An opening as a server is given it.
pub fn personal_opening() -> PersonalOpening {
    let opening = Opening {
        record: StatementId::from_bytes([0x55; 32]),
        path: "enrolled/name".into(),
        salt: Salt::from_bytes([0xbb; 16]),
        value: Some(ByteString(FieldValue::Text("Nguyễn Văn Bảy".into()).to_bytes())),
    };
    PersonalOpening { opening, about: chain() }
}

/// A bundle with a log's proof.
pub fn bundle() -> Bundle {
    let mut bundle =
        Bundle::new(vec![signed_root()], vec![vec![ByteString(vec![1])]], vec![personal_opening().opening]);
    bundle.proof = Some(ByteString(vec![1]));
    bundle
}

fn map_head() -> MapHead {
    MapHead {
        checkpoint: "log.example\n".into(),
        time: time(),
        root: RootHash::from_bytes([0x66; 32]),
        inclusion: ByteString(vec![0xdd; 32]),
    }
}

/// What proves a bundle with a folded and forked chain.
pub fn proof() -> Proof {
    let skipped = Skipped { count: 3, entry: EntryHash::from_bytes([0xee; 32]) };
    Proof {
        version: 1,
        head: map_head(),
        map: ByteString(vec![1]),
        roots: vec![vec![0, 1_780_272_000]],
        chains: vec![ChainProof { positions: vec![1, 1_780_272_000, 0], forked: Some(1), skipped: Some(skipped) }],
    }
}

/// A part of a staged bundle, with all that one may have.
pub fn part() -> Part {
    let chain = proof().chains.remove(0);
    Part {
        records: vec![ByteString(vec![1])],
        positions: chain.positions,
        forked: chain.forked,
        skipped: chain.skipped,
        openings: vec![personal_opening().opening],
    }
}

/// The first item of a staged bundle.
pub fn stage() -> Stage {
    Stage {
        version: 1,
        roots: vec![signed_root()],
        places: vec![vec![0, 1_780_272_000]],
        head: map_head(),
        map: ByteString(vec![1]),
        own: part(),
        claims: ByteString(vec![1; 73]),
        names: ByteString(vec![1; 64]),
        records: 7,
    }
}

/// What proves that nobody has a label.
pub fn absence() -> Absence {
    Absence {
        version: 1,
        roots: vec![signed_root()],
        places: vec![vec![0, 1_780_272_000]],
        head: map_head(),
        map: ByteString(vec![1]),
    }
}

/// A list of recalls.
pub fn recall_list() -> RecallList {
    RecallList {
        version: 1,
        issued: time(),
        recalls: vec![ListedRecall { chain: chain(), reason: RecallReason::PesticideResidue, sequence: 7 }],
        authority: AuthorityId::from_bytes([0x99; 32]),
    }
}
