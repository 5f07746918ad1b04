//! `POST /v1/groups`: many groups in one request, each all or nothing; an answer a line.

use nguon_core::bytes::ByteString;
use nguon_core::cbor::{self, Limits};
use nguon_draft::outbox::Entry;
use serde_json::Value;

/// The most that one group may take, encoded.
const LIMITS: Limits = Limits { length: 8 * 1024 * 1024, depth: 4 };

/// A CBOR sequence of groups, each an array of byte strings; the entries whose records cannot be written so are left out.
#[must_use]
pub fn body(entries: &[&Entry]) -> Vec<u8> {
    let groups = entries.iter().filter_map(|entry| {
        let records: Vec<ByteString> = entry.records.iter().map(|kept| kept.record.clone()).collect();
        cbor::to_canonical(&records, LIMITS).ok()
    });
    groups.flatten().collect()
}

/// What became of one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Which of the request
    pub group: usize,
    /// As a request for it alone would have been answered
    pub status: u16,
    /// Its body
    pub body: Vec<u8>,
}

/// Reads the answer: the lines that arrived, and whether it is all. What did not arrive is posted again, which is harmless.
#[must_use]
pub fn lines(answer: &[u8]) -> (Vec<Line>, bool) {
    let mut all = Vec::new();
    let mut whole = false;
    for text in answer.split(|byte| *byte == b'\n').filter(|text| !text.is_empty()) {
        let Ok(mut line) = serde_json::from_slice::<Value>(text) else { continue };
        if line.get("end").is_some() {
            whole = true;
            continue;
        }
        let number = |name: &str| line.get(name).and_then(Value::as_u64);
        let (Some(group), Some(status)) = (number("group"), number("status")) else { continue };
        let (Ok(group), Ok(status)) = (usize::try_from(group), u16::try_from(status)) else { continue };
        // A refusal is told as a problem of its own would be.
        let told = line.get_mut("problem").map(Value::take).unwrap_or(line);
        all.push(Line { group, status, body: told.to_string().into_bytes() });
    }
    (all, whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_torn_answer_tells_what_arrived_of_it() {
        let answer = b"{\"group\":0,\"status\":200,\"results\":[]}\n{\"group\":1,\"status\":422,\"problem\":{\"code\":\"over_drawn\",\"remaining\":5}}\n";
        let (all, whole) = lines(answer);
        assert!(!whole);
        assert_eq!(all.len(), 2);
        assert_eq!((all[1].status, all[1].body.as_slice()), (422, &br#"{"code":"over_drawn","remaining":5}"#[..]));
        let (all, whole) = lines(&[answer.as_slice(), b"{\"end\":{\"groups\":2}}\n"].concat());
        assert!(whole && all.len() == 2);
        assert_eq!(lines(&answer[..60]).0.len(), 1, "half a line is none");
        assert_eq!(lines(b"<html>"), (Vec::new(), false));
    }
}
