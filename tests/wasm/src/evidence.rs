//! `evidence`: `{root_payload, evidence, public_key, logged}` → `{chain, key_id, statements, hash, signatures, is_fork}`:
//! what becomes of the signatures under the key (`hold`, or why not), and whether it is a fork if the log holds `logged`;
//! or `{refused}` with the reason.

use nguon_core::bytes::to_hex;
use nguon_core::envelope::Deployment;
use nguon_core::fork::{Evidence, EvidenceError};
use nguon_core::ids::{PublicKeyBytes, StatementId};
use nguon_core::key::PublicKey;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::hex::Hex;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    root_payload: Hex,
    evidence: Hex,
    public_key: PublicKeyBytes,
    logged: StatementId,
}

pub fn ask(input: &Input) -> Value {
    let deployment = Deployment::of_first_root(&input.root_payload.0);
    let evidence = match Evidence::from_bytes(&input.evidence.0, &deployment) {
        Ok(evidence) => evidence,
        Err(error) => return json!({"refused": reason(&error), "message": error.to_string()}),
    };
    let signatures = PublicKey::from_bytes(&input.public_key).map(|key| evidence.verify(&key));
    json!({
        "chain": evidence.chain().to_string(),
        "key_id": evidence.key_id().to_string(),
        "statements": evidence.statements().each_ref().map(|statement| statement.id.to_string()),
        "hash": to_hex(&evidence.hash()),
        "signatures": match &signatures {
            Ok(Ok(())) => "hold",
            Ok(Err(error)) => reason(error),
            Err(_) => "weak_key",
        },
        "is_fork": evidence.is_fork_of(&input.logged),
        "encodes_to_the_same": evidence.to_bytes() == input.evidence.0,
    })
}

const fn reason(error: &EvidenceError) -> &'static str {
    match error {
        EvidenceError::Shape => "shape",
        EvidenceError::Record(_) => "record",
        EvidenceError::Order => "order",
        EvidenceError::Compatible(_) => "compatible",
        EvidenceError::OtherKey { .. } => "other_key",
        EvidenceError::BadSignature(_) => "bad_signature",
        _ => "other",
    }
}
