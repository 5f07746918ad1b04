//! Problem details (RFC 9457): what was wrong, with what, and where.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use nguon_core::admit::Head;
use nguon_core::ids::{ChainId, StatementId};
use nguon_store::{Entry, Outcome, StoreError};
use serde::Serialize;
use utoipa::ToSchema;

/// A problem, as `application/problem+json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// `https://nguon.example/problems/` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// What sort of problem it is, the same for every problem of this code.
    pub title: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// What happened this time.
    pub detail: String,
    /// A stable name for machines.
    pub code: &'static str,
    /// Where.
    #[serde(flatten)]
    pub place: Box<Place>,
}

/// Where a problem lies, as far as that can be said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Place {
    /// The chain of the record at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub chain: Option<ChainId>,
    /// Its sequence there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sequence: Option<u64>,
    /// The field at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The byte at fault, from the beginning of the record, or of the body if the body as a whole cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<usize>,
    /// Which record or opening of the body, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<usize>,
    /// What remains of what was asked too much of, in the unit of the field: grams, boxes or square metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remaining: Option<u64>,
    /// Unix seconds from which on a harvest is sound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earliest: Option<u64>,
    /// The chain's newest record, on a conflict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head: Option<HeadView>,
}

/// A chain's newest record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct HeadView {
    /// Its sequence.
    pub sequence: u64,
    /// Its id.
    #[schema(value_type = String)]
    pub statement_id: StatementId,
}

impl From<Head> for HeadView {
    fn from(head: Head) -> Self {
        Self { sequence: head.sequence, statement_id: head.statement }
    }
}

impl Problem {
    /// A problem that names no place.
    pub(crate) fn new(status: StatusCode, code: &'static str, title: &'static str, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("https://nguon.example/problems/{code}"),
            title,
            status: status.as_u16(),
            detail: detail.into(),
            code,
            place: Box::default(),
        }
    }

    /// Something that is not there.
    pub(crate) fn not_found(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, code, "Not found", detail)
    }

    /// A fault of the server's own, whose cause the operator reads in its log.
    pub(crate) fn internal(error: &dyn std::fmt::Display) -> Self {
        tracing::error!(%error, "a request could not be answered");
        let detail = "the server met a fault of its own; it is in its log";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Internal error", detail)
    }

    /// An address that cannot be read.
    pub(crate) fn bad_address(field: &str, detail: impl Into<String>) -> Self {
        let title = "The address cannot be read";
        Self::new(StatusCode::BAD_REQUEST, "bad_address", title, detail).in_field(Some(field.to_owned()))
    }

    pub(crate) fn at(mut self, chain: ChainId, sequence: u64) -> Self {
        self.place.chain = Some(chain);
        self.place.sequence = Some(sequence);
        self
    }

    pub(crate) fn in_field(mut self, field: Option<String>) -> Self {
        self.place.field = field;
        self
    }

    pub(crate) fn at_byte(mut self, offset: Option<usize>) -> Self {
        self.place.offset = offset;
        self
    }

    pub(crate) fn indexed(mut self, index: usize) -> Self {
        self.place.index = Some(index);
        self
    }

    /// The problem of a record that was not taken.
    pub(crate) fn of(outcome: &Outcome) -> Option<Self> {
        let Entry { chain, sequence, .. } = *outcome.entry();
        let mut problem = match outcome {
            Outcome::Accepted(_) | Outcome::Duplicate(_) => return None,
            Outcome::Rejected(_, fault) => Self::from(fault),
            Outcome::Conflict(_, head) => {
                let detail = format!("the chain has gone on to sequence {}; sign again on its head", head.sequence);
                let title = "Another record stands in its place";
                Self::new(StatusCode::CONFLICT, "conflict", title, detail)
            }
        };
        if let Outcome::Conflict(_, head) = outcome {
            problem.place.head = Some((*head).into());
        }
        Some(problem.at(chain, sequence))
    }

    fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        const PROBLEM: HeaderValue = HeaderValue::from_static("application/problem+json");
        const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");
        let status = self.status();
        let headers = [(header::CONTENT_TYPE, PROBLEM), (header::CACHE_CONTROL, NO_STORE)];
        (status, headers, axum::Json(self)).into_response()
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        // The operator reads the cause in the log; a stranger learns no path and no SQL.
        tracing::error!(%error, "the store failed");
        match error {
            StoreError::Damaged { chain, sequence, ref reason } => {
                let detail = format!("stored record {sequence} of chain {chain} is damaged: {reason}");
                let title = "A stored record is damaged";
                Self::new(StatusCode::INTERNAL_SERVER_ERROR, "damaged_record", title, detail).at(chain, sequence)
            }
            StoreError::NoLog => Self::not_found("no_log", "this deployment has no log: its trust root names none"),
            _ => {
                let detail = "nothing of this request was stored; try again later";
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "store_unavailable", "The store is not available", detail)
            }
        }
    }
}
