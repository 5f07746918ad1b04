//! What an audit promises about where it reads: an address, a folder of tiles, or both; damaged files are never taken
//! for the log.

mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path as UrlPath, State};
use axum::http::StatusCode;
use axum::routing::get;
use nguon_tlog::tile::{TileBuilder, TileWriter};
use nguon_witness::audit::{Audited, Times};
use nguon_witness::{Audit, Error, Source};
use support::http::Live;
use support::{Growing, NOW, Shown, trust};
use tempfile::TempDir;

#[derive(Default)]
struct Files(BTreeMap<String, Vec<u8>>);

impl TileWriter for Files {
    type Error = std::convert::Infallible;

    fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), Self::Error> {
        self.0.insert(path.to_owned(), bytes.to_vec());
        Ok(())
    }
}

/// Every path of a server, and what it answers.
fn paths(shown: &Shown) -> BTreeMap<String, Vec<u8>> {
    let mut builder = TileBuilder::new();
    let mut files = Files::default();
    shown.leaves.iter().for_each(|(data, _)| builder.append(data).unwrap());
    builder.flush(&mut files).unwrap();
    let mut paths: BTreeMap<String, Vec<u8>> =
        files.0.into_iter().map(|(path, bytes)| (format!("log/{path}"), bytes)).collect();
    paths.insert("log/checkpoint".into(), shown.note.clone().into());
    let roots = shown.leaves.iter().skip(1).filter(|(data, _)| data[0] == 2);
    paths.insert("v1/log/roots".into(), roots.flat_map(|(_, content)| content.clone().unwrap()).collect());
    paths
}

fn serve(shown: &Shown) -> Live {
    type Served = Arc<(BTreeMap<String, Vec<u8>>, Shown)>;

    async fn records(UrlPath((from, count)): UrlPath<(usize, usize)>, State(served): State<Served>) -> Vec<u8> {
        let leaves = served.1.leaves.iter().enumerate().skip(from).take(count.min(100));
        let records = leaves.filter(|(_, (data, _))| data[0] == 0);
        records.flat_map(|(index, (_, content))| sequence_item(index, content.as_ref().unwrap())).collect()
    }

    async fn file(UrlPath(path): UrlPath<String>, State(served): State<Served>) -> Result<Vec<u8>, StatusCode> {
        served.0.get(&path).cloned().ok_or(StatusCode::NOT_FOUND)
    }

    let routes = Router::new().route("/v1/log/records/{from}/{count}", get(records)).route("/{*path}", get(file));
    Live::start(routes.with_state(Arc::new((paths(shown), shown.clone()))))
}

/// `[index, bytes]`.
fn sequence_item(index: usize, content: &[u8]) -> Vec<u8> {
    let (index, length) = (u64::try_from(index).unwrap(), u16::try_from(content.len()).unwrap());
    [&[0x82, 0x1b][..], &index.to_be_bytes(), &[0x59], &length.to_be_bytes(), content].concat()
}

fn write(folder: &Path, shown: &Shown) {
    for (path, bytes) in paths(shown) {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

fn audit(source: &Source) -> Result<Audited, Error> {
    let times = Times { now: NOW + 100, previous: None };
    Audit::open(trust(), None, &mut |_| {}).unwrap().follow(&source.checkpoint()?, source, times, &mut |_| {})
}

fn shown() -> Shown {
    let mut log = Growing::new();
    log.grow(150, NOW).grow(200, NOW + 10).rotate(77, NOW + 20).grow(1, NOW + 30);
    log.shown()
}

#[test]
fn a_log_is_audited_at_an_address() {
    let live = serve(&shown());
    let source = Source::at_address(&live.url("/"), None).unwrap();
    assert_eq!(audit(&source).unwrap().checkpoint.size, 356);
    assert_eq!(source.pending().unwrap(), None, "this server shows no pending checkpoint");
}

#[test]
fn tiles_in_a_folder_are_audited_with_records_from_an_address() {
    let (live, folder) = (serve(&shown()), TempDir::new().unwrap());
    write(folder.path(), &shown());
    for folder in [folder.path().to_owned(), folder.path().join("log")] {
        let source = Source::in_folder(&folder, Some(&live.url("")), trust().deployment()).unwrap();
        assert_eq!(audit(&source).unwrap().checkpoint.size, 356);
    }
    assert!(matches!(Source::in_folder(folder.path(), None, trust().deployment()), Err(Error::Nonsense { .. })));
    assert!(matches!(
        Source::in_folder(TempDir::new().unwrap().path(), None, trust().deployment()),
        Err(Error::Nonsense { .. })
    ));
}

#[test]
fn truncated_swapped_and_missing_files_are_told_from_a_faulty_log() {
    let live = serve(&shown());
    let bundles = ["log/tile/entries/000", "log/tile/entries/001.p/100"];
    type Damage = fn(&Path, [&str; 2]);
    let damages: [(Damage, &str); 4] = [
        (|folder, [first, _]| std::fs::remove_file(folder.join(first)).unwrap(), "file"),
        (
            |folder, [_, second]| {
                let file = std::fs::File::options().write(true).open(folder.join(second)).unwrap();
                file.set_len(file.metadata().unwrap().len() - 1).unwrap();
            },
            "bad_answer",
        ),
        (
            |folder, [first, second]| {
                std::fs::copy(folder.join(first), folder.join(second)).unwrap();
            },
            "bad_answer",
        ),
        (
            |folder, [first, _]| {
                // Two entries change places: a well-formed bundle that is not the log's.
                let mut bytes = std::fs::read(folder.join(first)).unwrap();
                let (one, other) = bytes.split_at_mut(430);
                one[43..86].swap_with_slice(&mut other[..43]);
                std::fs::write(folder.join(first), bytes).unwrap();
            },
            "tree_root",
        ),
    ];
    for (damage, code) in damages {
        let folder = TempDir::new().unwrap();
        write(folder.path(), &shown());
        damage(folder.path(), bundles);
        let error =
            audit(&Source::in_folder(folder.path(), Some(&live.url("")), trust().deployment()).unwrap()).unwrap_err();
        assert_eq!((error.code(), error.is_the_logs()), (code, false), "{error}");
    }
}

#[test]
fn a_server_that_is_away_is_no_fault_of_the_logs() {
    let address = serve(&shown()).url("");
    let error = audit(&Source::at_address(&address, None).unwrap()).unwrap_err();
    assert!(matches!(error, Error::Unreachable { .. }) && !error.is_the_logs(), "{error}");
    assert!(matches!(Source::at_address("nguon.example", None), Err(Error::Nonsense { .. })));
}
