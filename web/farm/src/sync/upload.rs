//! Photos and documents, in pieces: an upload that broke off goes on where it stopped (draft-ietf-httpbis-resumable-upload; the
//! upload's address is known beforehand, so that nothing has to be remembered of it).

use super::Server;
use crate::browser::net::Got;

/// Bytes of one piece: a few seconds of a bad line.
const PIECE: usize = 128 * 1024;

/// Sends a file under its digest; the answer to its last piece, or to what went wrong.
pub async fn upload(server: &Server, digest: &str, bytes: &[u8]) -> Got {
    let path = format!("/v1/attachments/{digest}/upload");
    let found = server.send("HEAD", &path, "application/octet-stream", "", &[]).await;
    if !(200..300).contains(&found.status) {
        return found;
    }
    let mut at = found.offset.and_then(|offset| usize::try_from(offset).ok()).unwrap_or(0);
    loop {
        let Some(rest) = bytes.get(at..) else { return Got { status: 204, ..Got::NOTHING } };
        let piece = rest.get(..PIECE).unwrap_or(rest);
        if piece.is_empty() {
            return Got { status: 204, ..Got::NOTHING };
        }
        let done = if piece.len() == rest.len() { "?1" } else { "?0" };
        let headers = format!(r#"{{"upload-offset":"{at}","upload-complete":"{done}"}}"#);
        let got = server.send("PATCH", &path, "application/partial-upload", &headers, piece).await;
        let next = got.offset.and_then(|offset| usize::try_from(offset).ok());
        match (got.status, next) {
            (200..300, next) => at = next.unwrap_or(at + piece.len()).max(at + 1),
            // It has another part of it than was thought.
            (409, Some(next)) if next != at => at = next,
            _ => return got,
        }
    }
}
