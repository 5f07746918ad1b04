//! Attachments in pieces, and what may be attached at all.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use nguon_core::ids::FieldDigest;
use nguon_ingest::media::Kind;
use nguon_ingest::{Config, Limits};
use nguon_store::{OpeningPolicy, sqlite};

use crate::attached::{jpeg, pdf, png, webp};
use crate::live::{Answer, Client, Live};
use crate::world::{World, encode_openings};

const PARTIAL: (&str, &str) = ("content-type", "application/partial-upload");

/// A server that waits for this file, which a record calls by this type.
fn waiting(file: &[u8], media_type: &str) -> (World, Live, FieldDigest) {
    waiting_with(file, media_type, |config| config)
}

fn waiting_with(file: &[u8], media_type: &str, change: impl FnOnce(Config) -> Config) -> (World, Live, FieldDigest) {
    let mut world = World::new();
    let (_, opening, digest) = world.batch_with_file(file, media_type);
    let open = OpeningPolicy::of(["attachments"]);
    let live = Live::with(&world.trust, |config| change(Config { policy: open, ..config }));
    assert_eq!(live.post("/v1/records", "application/cbor-seq", &world.sequence()).status, 200);
    assert_eq!(live.post("/v1/openings", "application/cbor", &encode_openings(&[opening])).status, 200);
    (world, live, digest)
}

fn path(digest: FieldDigest) -> String {
    format!("/v1/attachments/{digest}/upload")
}

fn patch(live: &Live, digest: FieldDigest, offset: usize, piece: &[u8], complete: &str) -> Answer {
    let offset = offset.to_string();
    let headers = [PARTIAL, ("upload-offset", offset.as_str()), ("upload-complete", complete)];
    Client::new(live.address).send("PATCH", &path(digest), &headers, Some(piece))
}

fn head(live: &Live, digest: FieldDigest) -> Answer {
    Client::new(live.address).send("HEAD", &path(digest), &[], None)
}

fn stands(answer: &Answer) -> (u16, &str, &str, &str) {
    let header = |name| answer.header(name);
    (answer.status, header("upload-offset"), header("upload-length"), header("upload-complete"))
}

#[test]
fn a_photo_comes_in_pieces_over_a_line_that_drops() {
    let photo = jpeg(&b"a tree ".repeat(60));
    let length = photo.len().to_string();
    let (_, live, digest) = waiting(&photo, "image/jpeg");
    assert_eq!(stands(&head(&live, digest)), (204, "0", length.as_str(), "?0"));
    assert_eq!(stands(&patch(&live, digest, 0, &photo[..100], "?0")), (204, "100", length.as_str(), "?0"));
    // The answer was lost: sent again, it is told where to go on.
    let again = patch(&live, digest, 0, &photo[..100], "?0");
    again.problem(409, "mismatching_upload_offset");
    assert_eq!(again.header("upload-offset"), "100");
    // The line drops in the middle of a piece.
    let mut stream = TcpStream::connect(live.address).unwrap();
    let request = format!(
        "PATCH {} HTTP/1.1\r\nHost: x\r\nContent-Type: application/partial-upload\r\nUpload-Offset: 100\r\nUpload-Complete: ?1\r\nContent-Length: {}\r\n\r\n",
        path(digest),
        photo.len() - 100
    );
    stream.write_all(request.as_bytes()).unwrap();
    stream.write_all(&photo[100..250]).unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.contains("incomplete_body"), "{answer}");
    assert_eq!(stands(&head(&live, digest)), (204, "250", length.as_str(), "?0"));
    live.get(&format!("/v1/attachments/{digest}")).problem(404, "no_such_attachment");

    assert_eq!(stands(&patch(&live, digest, 250, &photo[250..], "?1")), (204, length.as_str(), length.as_str(), "?1"));
    assert_eq!(stands(&head(&live, digest)), (204, length.as_str(), length.as_str(), "?1"));
    let served = live.get(&format!("/v1/attachments/{digest}"));
    assert_eq!((served.body.as_slice(), served.header("content-type")), (photo.as_slice(), "image/jpeg"));
    assert_eq!(served.header("x-content-type-options"), "nosniff");
    assert_eq!(served.header("content-disposition"), "attachment");
    assert!(served.header("content-security-policy").contains("sandbox"));
    let more = patch(&live, digest, photo.len(), &[], "?1");
    more.problem(400, "completed_upload");
    assert_eq!(more.header("upload-complete"), "?1");
}

#[test]
fn what_came_over_a_line_that_went_silent_is_kept() {
    let photo = jpeg(&b"a tree ".repeat(60));
    let patience = std::time::Duration::from_millis(300);
    let limits = |limits: Limits| Limits { body_patience: patience, requests: 1, ..limits };
    let (_, live, digest) = waiting_with(&photo, "image/jpeg", |config| {
        let limits = limits(config.limits);
        Config { limits, ..config }
    });
    let mut stream = TcpStream::connect(live.address).unwrap();
    let request = format!(
        "PATCH {} HTTP/1.1\r\nHost: x\r\nContent-Type: application/partial-upload\r\nUpload-Offset: 0\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        path(digest),
        photo.len()
    );
    stream.write_all(request.as_bytes()).unwrap();
    stream.write_all(&photo[..200]).unwrap();
    // Whoever posts records meanwhile is not kept waiting.
    assert_eq!(live.post("/v1/openings", "application/cbor", &[0x80]).status, 200);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    assert!(String::from_utf8_lossy(&answer).starts_with("HTTP/1.1 408"));
    assert_eq!(head(&live, digest).header("upload-offset"), "200");
}

#[test]
fn a_file_longer_than_any_body_comes_in_pieces() {
    let document = pdf(&b"x".repeat(5_000_000));
    let (_, live, digest) = waiting(&document, "application/pdf");
    live.put(&format!("/v1/attachments/{digest}"), &document).problem(413, "body_too_large");
    assert_eq!(patch(&live, digest, 0, &document, "?1").status, 204);
    assert_eq!(live.get(&format!("/v1/attachments/{digest}")).body, document);
}

#[test]
fn what_does_not_fit_is_refused_with_what_to_do() {
    let photo = jpeg(b"a tree");
    let (_, live, digest) = waiting(&photo, "image/jpeg");
    let client = Client::new(live.address);
    let nothing = FieldDigest::from_bytes([7; 32]);
    assert_eq!(head(&live, nothing).status, 404);
    patch(&live, nothing, 0, &photo, "?1").problem(404, "no_such_attachment");
    client.send("PATCH", "/v1/attachments/x/upload", &[PARTIAL], Some(b"")).problem(400, "bad_address");
    client.send("PATCH", &path(digest), &[PARTIAL], Some(b"")).problem(400, "bad_header");
    let as_photo = [("content-type", "image/jpeg"), ("upload-offset", "0")];
    client.send("PATCH", &path(digest), &as_photo, Some(&photo)).problem(415, "unsupported_media_type");
    patch(&live, digest, 1, &photo, "?1").problem(409, "mismatching_upload_offset");
    patch(&live, digest, 0, &[&photo[..], b"more"].concat(), "?1").problem(400, "inconsistent_upload_length");
    patch(&live, digest, 0, &photo[..9], "?1").problem(400, "inconsistent_upload_length");
    assert_eq!(head(&live, digest).header("upload-offset"), "9");
    assert_eq!(client.send("DELETE", &path(digest), &[], None).status, 204);
    client.send("DELETE", &path(digest), &[], None).problem(404, "no_such_upload");
    assert_eq!(head(&live, digest).header("upload-offset"), "0");
}

#[test]
fn the_content_decides_what_a_file_is() {
    let files = [jpeg(b"words"), png(b"words"), webp(b"words"), pdf(b"words")];
    let page = b"<!doctype html><script>alert(1)</script>".to_vec();
    for (file, kind) in files.iter().zip(Kind::ALL) {
        let (_, live, digest) = waiting(file, kind.media_type());
        let at = format!("/v1/attachments/{digest}");
        assert_eq!(live.put(&at, file).status, 204, "{kind}");
        assert_eq!(live.get(&at).header("content-type"), kind.media_type());
    }
    // Each of them under the name of the others, and a page under all.
    for (at, file) in files.iter().chain([&page]).enumerate() {
        for (other, kind) in Kind::ALL.into_iter().enumerate().filter(|(other, _)| *other != at) {
            let (_, live, digest) = waiting(file, kind.media_type());
            live.put(&format!("/v1/attachments/{digest}"), file).problem(422, "wrong_attachment_type");
            patch(&live, digest, 0, file, "?1").problem(422, "wrong_attachment_type");
            assert_eq!(head(&live, digest).header("upload-offset"), "0", "file {at} as {other}");
            live.get(&format!("/v1/attachments/{digest}")).problem(404, "no_such_attachment");
        }
    }
}

#[test]
fn types_and_lengths_that_are_not_taken_are_refused_before_a_byte_is_sent() {
    for media_type in ["text/html", "image/svg+xml", "image/heic", "application/octet-stream"] {
        let (_, live, digest) = waiting(b"<svg/>", media_type);
        live.put(&format!("/v1/attachments/{digest}"), b"<svg/>").problem(415, "unsupported_attachment");
        patch(&live, digest, 0, b"<svg/>", "?1").problem(415, "unsupported_attachment");
        assert_eq!(head(&live, digest).status, 415);
    }
    let long = |kind: Kind| usize::try_from(kind.most()).unwrap() + 1;
    let photo = [jpeg(b""), vec![0; long(Kind::Jpeg)]].concat();
    let (_, live, digest) = waiting(&photo, "image/jpeg");
    live.put(&format!("/v1/attachments/{digest}"), &photo).problem(413, "attachment_too_large");
    assert_eq!(head(&live, digest).status, 413);
    let document = pdf(&vec![b'x'; long(Kind::Pdf)]);
    let (_, live, digest) = waiting(&document, "application/pdf");
    patch(&live, digest, 0, &document[..100], "?0").problem(413, "attachment_too_large");
}

#[test]
fn an_erasure_takes_what_has_come() {
    let photo = jpeg(&b"a tree ".repeat(60));
    let (world, live, digest) = waiting(&photo, "image/jpeg");
    assert_eq!(patch(&live, digest, 0, &photo[..100], "?0").status, 204);
    assert!(sqlite::erase(live.folder.path(), &world.farm).unwrap() > 0);
    assert_eq!(head(&live, digest).status, 404);
    patch(&live, digest, 100, &photo[100..], "?1").problem(404, "no_such_attachment");
}
