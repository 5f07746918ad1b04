//! The JSON view of a bundle, for readers without CBOR. It shows what was signed; only the bytes prove it.

use serde::Serialize;

use super::bundle::Bundle;
use crate::admit::Statement;
use crate::fault::Fault;
use crate::ids::{ChainId, KeyId, Salt, SignatureBytes, StatementId};
use crate::opening::{FieldValue, Opening};
use crate::record::Record;
use crate::trust::{RootPayload, TrustRoot};

/// A bundle, decoded.
#[derive(Debug, Clone, Serialize)]
pub struct BundleView {
    /// The trust root under which it was decoded.
    pub root: RootPayload,
    /// Chains, the batch's own first.
    pub chains: Vec<ChainView>,
    /// What is opened.
    pub openings: Vec<OpeningView>,
}

/// A chain, decoded.
#[derive(Debug, Clone, Serialize)]
pub struct ChainView {
    /// Its id.
    pub chain: Option<ChainId>,
    /// Its records, oldest first.
    pub records: Vec<RecordView>,
}

/// A record with its ids.
#[derive(Debug, Clone, Serialize)]
pub struct RecordView {
    /// Its id.
    pub statement_id: StatementId,
    /// The key it claims to be signed with.
    pub key_id: KeyId,
    /// The signature, not checked here.
    pub signature: SignatureBytes,
    /// What it says.
    pub record: Record,
}

/// An opening with its value in words or numbers.
#[derive(Debug, Clone, Serialize)]
pub struct OpeningView {
    /// The record.
    pub record: StatementId,
    /// `event/field` or `attachments/n`.
    pub path: String,
    /// The salt.
    pub salt: Salt,
    /// The value; absent for an attachment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<ValueView>,
}

/// A value in JSON: a string, or latitude and longitude in 1e-7 degrees.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum ValueView {
    /// Words.
    Text(String),
    /// Latitude and longitude.
    Coordinates(i64, i64),
}

impl Bundle {
    /// Decodes every record, checking nothing but that it can be decoded.
    pub fn view(&self, trust: &TrustRoot) -> Result<BundleView, Fault> {
        let record = |bytes: &crate::bytes::ByteString| -> Result<RecordView, Fault> {
            let statement = Statement::from_bytes(bytes.0.clone(), trust.deployment())?;
            let (key_id, signature) = (statement.key_id(), statement.signed.signature());
            Ok(RecordView { statement_id: statement.id, key_id, signature, record: statement.record })
        };
        let chain = |records: &Vec<crate::bytes::ByteString>| -> Result<ChainView, Fault> {
            let records = records.iter().map(record).collect::<Result<Vec<_>, _>>()?;
            let chain = records.first().map(|first| ChainId::of_first(first.statement_id));
            Ok(ChainView { chain, records })
        };
        Ok(BundleView {
            root: trust.payload().clone(),
            chains: self.chains.iter().map(chain).collect::<Result<_, _>>()?,
            openings: self.openings.iter().map(OpeningView::from).collect(),
        })
    }
}

impl From<&Opening> for OpeningView {
    fn from(opening: &Opening) -> Self {
        let value = opening.value.as_ref().and_then(|value| FieldValue::from_bytes(&value.0));
        Self {
            record: opening.record,
            path: opening.path.clone(),
            salt: opening.salt,
            value: value.map(|value| match value {
                FieldValue::Text(text) => ValueView::Text(text),
                FieldValue::Coordinates(latitude, longitude) => ValueView::Coordinates(latitude, longitude),
            }),
        }
    }
}
