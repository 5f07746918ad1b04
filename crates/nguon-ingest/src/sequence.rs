//! CBOR sequences (RFC 8742) in bodies: what cannot be cut is told with its place.

use axum::http::StatusCode;
use nguon_core::cbor::split_sequence;

use crate::problem::Problem;

/// The items of a body, in order.
pub(crate) fn split(body: &[u8]) -> Result<Vec<&[u8]>, Problem> {
    split_sequence(body).map_err(|error| {
        Problem::new(StatusCode::BAD_REQUEST, "bad_sequence", "The body cannot be cut into records", error.to_string())
            .at_byte(Some(error.offset))
            .indexed(error.index)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_item_is_named() {
        let problem = split(&[0x01, 0x82, 0x41]).unwrap_err();
        assert_eq!((problem.code, problem.place.index, problem.place.offset), ("bad_sequence", Some(1), Some(1)));
    }
}
