//! CBOR sequences (RFC 8742): cutting a body into its items, whatever each of them is.

use axum::http::StatusCode;
use cbor4ii::core::dec::{Decode as _, IgnoredAny};
use cbor4ii::core::utils::SliceReader;

use crate::problem::Problem;

/// The items of a body, in order.
pub(crate) fn split(body: &[u8]) -> Result<Vec<&[u8]>, Problem> {
    let mut items = Vec::new();
    let mut rest = body;
    while !rest.is_empty() {
        let mut reader = SliceReader::new(rest);
        IgnoredAny::decode(&mut reader).map_err(|error| broken(body.len() - rest.len(), items.len(), &error))?;
        let left = left(&mut reader);
        let (item, after) = rest.split_at(rest.len() - left);
        items.push(item);
        rest = after;
    }
    Ok(items)
}

fn left(reader: &mut SliceReader<'_>) -> usize {
    let Ok(rest) = cbor4ii::core::dec::Read::fill(reader, usize::MAX);
    rest.as_ref().len()
}

fn broken(offset: usize, index: usize, error: &impl std::fmt::Display) -> Problem {
    let detail = format!("item {index} of the sequence, at byte {offset}, is not well-formed CBOR: {error}");
    Problem::new(StatusCode::BAD_REQUEST, "bad_sequence", "The body cannot be cut into records", detail)
        .at_byte(Some(offset))
        .indexed(index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_cut_where_they_end() {
        let body = [0x01, 0xd2, 0x82, 0x41, 0xff, 0x61, b'a', 0xa0];
        assert_eq!(split(&body).unwrap(), [&body[..1], &body[1..7], &body[7..]]);
        assert!(split(&[]).unwrap().is_empty());
    }

    #[test]
    fn a_cut_item_is_named() {
        let problem = split(&[0x01, 0x82, 0x41]).unwrap_err();
        assert_eq!((problem.code, problem.place.index, problem.place.offset), ("bad_sequence", Some(1), Some(1)));
    }

    #[test]
    fn depth_does_not_exhaust_the_stack() {
        assert!(split(&vec![0x81; 4 * 1024 * 1024]).is_err());
        assert!(split(&vec![0xd2; 4 * 1024 * 1024]).is_err());
    }
}
