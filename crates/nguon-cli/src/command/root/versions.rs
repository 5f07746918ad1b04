//! The versions of a trust root in a home: `root.nguon` is version 1, `root-2.nguon` and so on follow it.

use std::path::{Path, PathBuf};

use nguon_core::trust::{Roots, SignedRoot};

use super::{read, read_unverified};
use crate::error::Error;
use crate::files;
use crate::home::{Home, read_root};

/// Where a version is.
pub fn file_of(home: &Home, version: u64) -> PathBuf {
    match version {
        1 => home.root_file(),
        _ => home.root_file().with_file_name(format!("root-{version}.nguon")),
    }
}

/// All versions in a home, each checked against the one before. Their places in the log are not known here.
pub fn of_home(home: &Home) -> Result<Roots, Error> {
    let mut roots = Roots::new(home.trust()?);
    loop {
        let version = roots.newest().payload().version + 1;
        let path = file_of(home, version);
        let Some(bytes) = files::read(&path)? else { return Ok(roots) };
        SignedRoot::from_bytes(&bytes).and_then(|next| roots.add(next, None)).map_err(|error| {
            Error::home(format_args!("{}: {error}", path.display()))
                .next(format_args!("take version {version} again from whoever runs this deployment, and put it there"))
                .code("bad_root")
        })?;
    }
}

/// The versions in files, from version 1 on; in the home where none are named.
pub fn of_files(home: &Home, files: &[PathBuf]) -> Result<Roots, Error> {
    let Some((first, rest)) = files.split_first() else { return of_home(home) };
    let mut roots = Roots::new(read_root(&read(first)?, first)?);
    for path in rest {
        add(&mut roots, path)?;
    }
    Ok(roots)
}

/// The same; `None` if none are named and the home has none.
pub fn if_any(home: &Home, files: &[PathBuf]) -> Result<Option<Roots>, Error> {
    if files.is_empty() && !home.root_file().exists() { Ok(None) } else { of_files(home, files).map(Some) }
}

/// Takes up the next version from a file.
pub fn add(roots: &mut Roots, path: &Path) -> Result<(), Error> {
    let next = read_unverified(path)?;
    roots.add(next, None).map_err(|error| {
        Error::caller(format_args!("{}: {error}", path.display()))
            .next("look at it with `nguon root inspect`; name all versions in their order, version 1 first")
            .code("bad_root")
    })
}
