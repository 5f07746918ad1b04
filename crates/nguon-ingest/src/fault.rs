//! Which problem a record's fault is.

use axum::http::StatusCode;
use nguon_core::cbor::CborError;
use nguon_core::envelope::{EnvelopeError, SignedRecord};
use nguon_core::fault::Fault;
use nguon_core::record::RecordError;

use crate::problem::Problem;

impl From<&Fault> for Problem {
    fn from(fault: &Fault) -> Self {
        let (status, title) = match fault {
            Fault::Envelope(EnvelopeError::TooLong(_)) => (StatusCode::PAYLOAD_TOO_LARGE, "The record is too long"),
            Fault::Envelope(EnvelopeError::NewerContentType)
            | Fault::Record(RecordError::UnknownVersion(_) | RecordError::UnknownEvent)
            | Fault::Newer(_) => (StatusCode::UNPROCESSABLE_ENTITY, "The record needs newer software"),
            Fault::Envelope(_) | Fault::Record(RecordError::Cbor(_)) => {
                (StatusCode::BAD_REQUEST, "The record cannot be decoded")
            }
            Fault::Opening(_) | Fault::StrayOpening => {
                (StatusCode::UNPROCESSABLE_ENTITY, "The opening does not belong to a stored record")
            }
            _ => (StatusCode::UNPROCESSABLE_ENTITY, "The record breaks a rule"),
        };
        let code = if status == StatusCode::PAYLOAD_TOO_LARGE { "record_too_large" } else { fault.code() };
        let offset = match fault {
            Fault::Envelope(EnvelopeError::Shape(at) | EnvelopeError::Truncated(at)) => Some(*at),
            Fault::Record(RecordError::Cbor(CborError::Canonical(error))) => Some(error.offset),
            _ => None,
        };
        let detail = match fault {
            // A signature covers its deployment: which other one it was made for cannot be told.
            Fault::BadSignature | Fault::UnknownAuthority(_) | Fault::UnknownKey(_) => {
                format!("{fault}; what was signed for another deployment, such as practice, is never taken here")
            }
            _ => fault.to_string(),
        };
        let mut problem = Self::new(status, code, title, detail).in_field(fault.field()).at_byte(offset);
        problem.place.remaining = fault.remaining();
        problem.place.earliest =
            if let Fault::HarvestTooEarly { earliest } = fault { Some(earliest.get()) } else { None };
        problem
    }
}

/// The problem of a record that could not be decoded. Offsets inside its payload are moved to count from the envelope.
pub(crate) fn undecodable(fault: &Fault, record: &[u8]) -> Problem {
    let problem = Problem::from(fault);
    match fault {
        Fault::Record(_) => {
            let payload = SignedRecord::from_bytes(record.to_vec()).ok().map(|signed| payload_start(&signed));
            let offset = problem.place.offset.zip(payload).map(|(offset, start)| offset + start);
            problem.at_byte(offset)
        }
        _ => problem,
    }
}

/// Behind the payload stand the two bytes of the signature's head and the signature.
fn payload_start(signed: &SignedRecord) -> usize {
    signed.as_bytes().len() - signed.payload().len() - 66
}
