//! `nguon root import`: a deployment's trust root, and its later versions, into a home.

use std::path::{Path, PathBuf};

use nguon_core::trust::{RootError, Roots, TrustRoot};
use serde_json::json;

use super::{changes, deployment_id, describe, load, read_unverified, versions};
use crate::error::Error;
use crate::files::{self, Mode};
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
Examples:
  nguon root import root.nguon --id 3f5a…
  nguon root import root.nguon root-2.nguon root-3.nguon --id 3f5a…
  nguon root import root-4.nguon

Version 1 is trusted because its id is the one you were told. Each later version is trusted because
those signed it whom the version before names, so it needs no id, and none can be left out.";

/// Options of `nguon root import`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// The files, in the order of their versions
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The id you were given by another way than the file; compared before anything is written
    #[arg(long, value_name = "HEX")]
    id: Option<String>,
}

/// Checks all, then writes all.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let _lock = session.home.lock()?;
    let mut there = if session.home.root_file().exists() { Some(versions::of_home(&session.home)?) } else { None };
    let had = there.as_ref().map_or(0, |roots| roots.versions().len());
    let mut first = None;
    for path in &args.files {
        if read_unverified(path)?.read_unverified().is_ok_and(|payload| payload.version > 1) {
            let roots = there.as_mut().ok_or_else(|| no_first(path))?;
            add(roots, path)?;
        } else {
            let trust = load(session, Some(path))?;
            if there.as_ref().is_some_and(|roots| roots.deployment() != trust.deployment()) {
                let path = session.home.root_file();
                return Err(Error::home(format_args!("{} belongs to another deployment", path.display()))
                    .next("use another folder for this one: --home DIR"));
            }
            there.get_or_insert_with(|| Roots::new(trust.clone()));
            first = Some(trust);
        }
    }
    let roots = there.ok_or_else(|| Error::caller("no file is named"))?;
    let found = deployment_id(roots.first());
    compare(args.id.as_deref(), &found)?;
    write(session, first.as_ref(), &roots, had)?;

    let newest = roots.newest();
    let mut text = describe(newest, session.offset);
    for pair in roots.versions().windows(2).skip(had.saturating_sub(1)) {
        let changed = changes::between(pair[0].payload(), pair[1].payload(), session.offset);
        text = format!("{text}\n{}", changes::tell(&changed, pair[0].payload().version));
    }
    let unchecked = if args.id.is_some() || first.is_none() {
        ""
    } else {
        "\nNext: compare the id with one you got by another way than the file."
    };
    let text = format!("{text}\nThis home trusts it now.{unchecked}");
    let version = newest.payload().version;
    let json = json!({ "root": versions::file_of(&session.home, version), "deployment": found, "version": version });
    Ok(Report::new(text, json))
}

/// The next version; one that is there already is no error, as long as it is that one.
fn add(roots: &mut Roots, path: &Path) -> Result<(), Error> {
    let offered = read_unverified(path)?;
    if roots.versions().iter().any(|root| root.signed().payload == offered.payload) {
        return Ok(());
    }
    let newest = roots.newest().payload().version;
    match roots.add(offered, None) {
        Ok(()) => Ok(()),
        Err(error @ RootError::Version { found, .. }) if found <= newest => {
            Err(Error::caller(format_args!("{}: {error}", path.display()))
                .next(format_args!(
                    "this home has another version {found}: keep the file, it shows that the root keys signed two; ask \
                     whoever runs the deployment"
                ))
                .code("root_rollback"))
        }
        Err(error @ RootError::Version { expected, .. }) => {
            Err(Error::caller(format_args!("{}: {error}", path.display()))
                .next(format_args!("name version {expected} first: none can be left out"))
                .code("root_gap"))
        }
        Err(error) => Err(Error::caller(format_args!("{}: {error}", path.display()))
            .next("do not use this file; ask whoever runs the deployment for the right one")
            .code("bad_root")),
    }
}

fn compare(id: Option<&str>, found: &str) -> Result<(), Error> {
    match id {
        Some(id) if !id.eq_ignore_ascii_case(found) => {
            Err(Error::caller(format_args!("the file's id is {found}, not {id}"))
                .next("do not use this file; ask whoever runs the deployment for the right one")
                .code("wrong_root"))
        }
        _ => Ok(()),
    }
}

/// Version 1 first, so that a home cut off in between holds a shorter chain and not a broken one.
fn write(session: &Session, first: Option<&TrustRoot>, roots: &Roots, had: usize) -> Result<(), Error> {
    let later = roots.versions().iter().skip(had.max(1));
    for root in first.into_iter().chain(later) {
        let path = versions::file_of(&session.home, root.payload().version);
        files::write(&path, &root.signed().to_bytes().map_err(Error::system)?, Mode::Public)?;
    }
    Ok(())
}

fn no_first(path: &Path) -> Error {
    Error::caller(format_args!("{} is a later version of a trust root, and this home has no version 1", path.display()))
        .next("import version 1 first, comparing its id, or name all versions in their order: nguon root import root.nguon root-2.nguon")
        .code("no_root")
}
