//! The page behind the labels: which address gets which file, in which form, under which policy.

use std::io::Write as _;
use std::path::Path;

use nguon_ingest::{Config, Folder, FolderError};

use crate::live::Live;
use crate::world::World;

const INDEX: &str = "<!doctype html><title>Nguồn</title>";

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A folder as `cargo xtask web` writes it.
fn folder(rules: Option<&str>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "index.html", INDEX.as_bytes());
    write(folder.path(), "index.html.gz", &gzip(INDEX.as_bytes()));
    write(folder.path(), "assets/app-0a1b.wasm", b"\0asm");
    write(folder.path(), "assets/app-0a1b.wasm.br", b"pretend this is brotli");
    write(folder.path(), "assets/app-0a1b.js", b"export {}");
    write(folder.path(), "precache.json", b"{}");
    write(folder.path(), ".secret", b"not part of the page");
    if let Some(rules) = rules {
        write(folder.path(), "headers.json", rules.as_bytes());
    }
    folder
}

fn served(rules: Option<&str>) -> Live {
    let folder = folder(rules);
    let web = Some(Folder::read(folder.path()).unwrap());
    Live::with(&World::new().trust, |config| Config { web, ..config })
}

#[test]
fn labels_lead_to_the_page() {
    let live = served(None);
    for path in ["/", "/01/09521234543213/10/L1", "/01/09521234543213/10/app.js/21/7", "/?lang=vi"] {
        let answer = live.get(path);
        assert_eq!((answer.status, answer.body.as_slice()), (200, INDEX.as_bytes()), "{path}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(answer.header("cache-control"), "no-cache");
    }
    let lost = live.get("/nowhere");
    assert_eq!((lost.status, lost.body.as_slice()), (404, INDEX.as_bytes()));
}

#[test]
fn hashed_files_are_kept_for_a_year() {
    let live = served(None);
    for (path, media_type) in
        [("/assets/app-0a1b.wasm", "application/wasm"), ("/assets/app-0a1b.js", "text/javascript; charset=utf-8")]
    {
        let answer = live.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (200, media_type));
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
    }
}

#[test]
fn every_answer_carries_a_policy() {
    let live = served(None);
    for path in ["/", "/nowhere", "/assets/app-0a1b.js"] {
        let answer = live.get(path);
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
    }
}

#[test]
fn the_folders_own_rules_override_the_usual_ones() {
    let rules = r#"[
        {"path": "/*", "headers": {"content-security-policy": "default-src 'self'", "x-mine": "a"}},
        {"path": "*.js", "headers": {"x-mine": "b"}}
    ]"#;
    let live = served(Some(rules));
    let (page, script) = (live.get("/01/09521234543213/10/x.js"), live.get("/assets/app-0a1b.js"));
    assert_eq!(page.header("content-security-policy"), "default-src 'self'");
    assert_eq!((page.header("x-mine"), script.header("x-mine")), ("a", "b"));
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    assert_eq!(live.get("/headers.json").status, 404);
}

#[test]
fn compressed_forms_go_to_those_who_take_them() {
    let live = served(None);
    let get = |path: &str, accepted: &str| live.get_with(path, &[("accept-encoding", accepted)]);
    let brotli = get("/assets/app-0a1b.wasm", "gzip, br");
    assert_eq!((brotli.header("content-encoding"), brotli.body.as_slice()), ("br", &b"pretend this is brotli"[..]));
    assert_eq!(brotli.header("content-type"), "application/wasm");
    assert_eq!(brotli.header("vary"), "accept-encoding");
    let plain = get("/assets/app-0a1b.wasm", "gzip");
    assert_eq!((plain.header("content-encoding"), plain.body.as_slice()), ("", &b"\0asm"[..]));
    let page = get("/01/09521234543213/10/L1", "gzip, br");
    assert_eq!((page.header("content-encoding"), page.body.as_slice()), ("gzip", gzip(INDEX.as_bytes()).as_slice()));
    assert_eq!(live.get("/assets/app-0a1b.wasm.br").status, 404, "a form is no file of its own");
}

#[test]
fn an_unchanged_page_is_not_sent_again() {
    let live = served(None);
    let tag = live.get("/").header("etag").to_owned();
    let again = live.get_with("/01/09521234543213/10/L1", &[("if-none-match", &tag)]);
    assert_eq!((again.status, again.body.len()), (304, 0));
    assert!(again.header("content-security-policy").contains("frame-ancestors"));
    let compressed = live.get_with("/", &[("if-none-match", &tag), ("accept-encoding", "gzip")]);
    assert_eq!(compressed.status, 200);
}

#[test]
fn no_address_reaches_beyond_the_folder() {
    let live = served(None);
    for path in [
        "/../nguon.db",
        "/%2e%2e/nguon.db",
        "/assets/../../nguon.db",
        "/.secret",
        "/assets//app-0a1b.js",
        "//etc/passwd",
    ] {
        let answer = live.raw(format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").as_bytes());
        assert!(answer.starts_with("HTTP/1.1 4"), "{path}: {answer}");
    }
}

#[test]
fn another_page_stands_below_its_name_with_its_own_rules() {
    let rules = r#"[{"path": "/*", "headers": {"content-security-policy": "default-src 'none'; worker-src 'self'"}}]"#;
    let (folder, other) = (folder(None), folder(Some(rules)));
    write(other.path(), "sw.js", b"// kept");
    let web = Folder::read(folder.path()).unwrap().with_page("inspect", Folder::read(other.path()).unwrap());
    let live = Live::with(&World::new().trust, |config| Config { web: Some(web), ..config });
    for path in ["/inspect/", "/inspect/sw.js", "/inspect/assets/app-0a1b.js"] {
        let answer = live.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-security-policy"), "default-src 'none'; worker-src 'self'", "{path}");
    }
    assert!(live.get("/").header("content-security-policy").contains("script-src"));
    let moved = live.raw(b"GET /inspect HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assert!(moved.starts_with("HTTP/1.1 308") && moved.contains("location: /inspect/"), "{moved}");
    assert_eq!(live.get("/inspect/nowhere").status, 404);
}

#[test]
fn a_page_that_brings_no_rules_may_use_camera_and_workers() {
    let (verify, farm) = (folder(None), folder(None));
    let web = Folder::read(verify.path()).unwrap().with_page("farm", Folder::read(farm.path()).unwrap());
    let live = Live::with(&World::new().trust, |config| Config { web: Some(web), ..config });
    let page = live.get("/farm/");
    let policy = page.header("content-security-policy");
    for wanted in
        ["worker-src 'self' blob:", "media-src 'self' blob:", "img-src 'self' data: blob:", "connect-src 'self'"]
    {
        assert!(policy.contains(wanted), "{wanted} is not in {policy}");
    }
    assert!(page.header("permissions-policy").contains("camera=(self)"));
}

#[test]
fn the_api_keeps_its_own_answers() {
    let live = served(None);
    live.get("/v1/nowhere").problem(404, "no_such_path");
    assert_eq!(live.get("/v1/health").status, 200);
    assert_eq!(live.post("/", "text/plain", b"x").status, 405);
}

#[test]
fn a_folder_that_is_no_page_says_why() {
    let empty = tempfile::tempdir().unwrap();
    assert!(matches!(Folder::read(empty.path()), Err(FolderError::NoIndex(_))));
    assert!(matches!(Folder::read(&empty.path().join("missing")), Err(FolderError::Read { .. })));
    assert!(matches!(Folder::read(folder(Some("{")).path()), Err(FolderError::Rules { .. })));
}
