//! Files that are whole or not there, and secrets that only their owner reads.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use crate::error::Error;

/// Who may read a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Its owner only: 0600.
    Private,
    /// Whoever the process lets: 0644 under the usual mask.
    Public,
}

/// Writes a file so that after a crash it is the old one or the new one: a temporary file in the same folder, synced,
/// renamed into place, and the folder synced.
pub fn write(path: &Path, bytes: &[u8], mode: Mode) -> Result<(), Error> {
    put(path, bytes, mode, true)
}

/// The same for a file that must not be there yet.
pub fn create(path: &Path, bytes: &[u8], mode: Mode) -> Result<(), Error> {
    put(path, bytes, mode, false)
}

fn put(path: &Path, bytes: &[u8], mode: Mode, replace: bool) -> Result<(), Error> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().ok_or_else(|| Error::caller(format_args!("{} is not a file name", path.display())))?;
    let temporary = folder.join(format!(".{}.{}.new", name.to_string_lossy(), std::process::id()));
    let written = (|| {
        // Left by a process of the same number that was killed.
        let _ = fs::remove_file(&temporary);
        let mut file = open_new(&temporary, mode)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        // The home's lock keeps other commands from making the same file in between.
        if !replace && path.try_exists()? {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        fs::rename(&temporary, path)?;
        sync_folder(folder)
    })();
    written.map_err(|error| {
        let _ = fs::remove_file(&temporary);
        Error::file(path, &error)
    })
}

/// Deletes a file; one that is not there is no error.
pub fn remove(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::file(path, &error)),
        _ => Ok(()),
    }
}

/// Reads a file; `None` if it is not there.
pub fn read(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::file(path, &error)),
    }
}

/// Reads a secret, refusing one that others can read: it may have been read already.
pub fn read_secret(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::file(path, &error)),
    };
    refuse_loose(path, &file)?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(|error| Error::file(path, &error))?;
    Ok(Some(bytes))
}

/// Makes a folder that only its owner enters, and those above it.
pub fn make_private_folder(path: &Path) -> Result<(), Error> {
    make_own_folder(path).map_err(|error| Error::file(path, &error))
}

/// Makes a folder for what others may read, and those above it.
pub fn make_folder(path: &Path) -> Result<(), Error> {
    fs::create_dir_all(path).map_err(|error| Error::file(path, &error))
}

/// The names of the files in a folder that end so, sorted; none if there is no folder.
pub fn list(folder: &Path, ending: &str) -> Result<Vec<String>, Error> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::file(folder, &error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| Error::file(folder, &error))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // A name that begins with a dot is what a crash left of a file being written.
        if name.ends_with(ending) && !name.starts_with('.') {
            names.push(name);
        }
    }
    names.sort_unstable();
    Ok(names)
}

#[cfg(unix)]
fn open_new(path: &Path, mode: Mode) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mode = match mode {
        Mode::Private => 0o600,
        Mode::Public => 0o644,
    };
    OpenOptions::new().write(true).create_new(true).mode(mode).open(path)
}

#[cfg(not(unix))]
fn open_new(path: &Path, _: Mode) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

#[cfg(unix)]
fn refuse_loose(path: &Path, file: &File) -> Result<(), Error> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = file.metadata().map_err(|error| Error::file(path, &error))?.permissions().mode() & 0o777;
    if mode & 0o077 == 0 {
        return Ok(());
    }
    let what = format!("{} can be read by others (mode {mode:04o})", path.display());
    let next =
        format!("chmod 600 {}; if anybody else uses this computer, revoke the key and make a new one", path.display());
    Err(Error::home(what).next(next).code("loose_mode"))
}

#[cfg(not(unix))]
fn refuse_loose(_: &Path, _: &File) -> Result<(), Error> {
    Ok(())
}

#[cfg(unix)]
fn make_own_folder(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

#[cfg(not(unix))]
fn make_own_folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
