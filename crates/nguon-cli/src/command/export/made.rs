//! A file that was made, and what is told of it.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use nguon_export::Missing;
use nguon_export::facts::{Language, MissingGroup};
use serde_json::json;

use crate::error::Error;
use crate::files::{self, Mode};
use crate::lang::Lang;
use crate::report::Report;
use crate::session::Session;

/// Where a file goes.
#[derive(Debug, clap::Args)]
pub struct Out {
    /// The file to write (- for standard output) [default: named after the file's kind, here]
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Out {
    /// The path; `None`: standard output.
    pub fn path(&self, default: &str) -> Option<PathBuf> {
        let path = self.out.clone().unwrap_or_else(|| PathBuf::from(default));
        (path != Path::new("-")).then_some(path)
    }

    /// Writes a whole file, and says where.
    pub fn write(&self, default: &str, bytes: &[u8]) -> Result<String, Error> {
        let Some(path) = self.path(default) else {
            let mut out = io::stdout().lock();
            return out.write_all(bytes).and_then(|()| out.flush()).map(|()| "-".to_owned()).map_err(Error::system);
        };
        files::write(&path, bytes, Mode::Public)?;
        Ok(path.display().to_string())
    }
}

/// A file that is written as lots come: it takes its name once it is whole.
pub struct Staged {
    temporary: PathBuf,
    path: PathBuf,
    done: bool,
}

impl Staged {
    /// Begins it, beside where it will be.
    pub fn begin(path: &Path) -> Result<(Self, File), Error> {
        let name =
            path.file_name().ok_or_else(|| Error::caller(format_args!("{} is not a file name", path.display())))?;
        let temporary = path.with_file_name(format!(".{}.{}.new", name.to_string_lossy(), std::process::id()));
        let file = File::create(&temporary).map_err(|error| Error::file(&temporary, &error))?;
        Ok((Self { temporary, path: path.to_owned(), done: false }, file))
    }

    /// Gives it its name.
    pub fn end(mut self) -> Result<String, Error> {
        let named = File::open(&self.temporary).and_then(|file| file.sync_all());
        let named = named.and_then(|()| std::fs::rename(&self.temporary, &self.path));
        named.map_err(|error| Error::file(&self.path, &error))?;
        self.done = true;
        Ok(self.path.display().to_string())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if !self.done {
            let _ = std::fs::remove_file(&self.temporary);
        }
    }
}

/// The language of files' words for people.
pub const fn language(session: &Session) -> Language {
    match session.lang {
        Lang::Vi => Language::Vi,
        Lang::En => Language::En,
    }
}

/// The verdict in a few words.
pub fn verdict(session: &Session, stamp: &nguon_export::Stamp) -> String {
    stamp.sentence(language(session)).trim_end_matches('.').to_owned()
}

/// What a command says of what it wrote.
pub fn report(session: &Session, files: &[String], told: &str, missing: &[Missing], more: serde_json::Value) -> Report {
    let language = language(session);
    let mut text = match language {
        Language::Vi => format!("Đã ghi: {} ({told}).", files.join(", ")),
        Language::En => format!("Written: {} ({told}).", files.join(", ")),
    };
    if !missing.is_empty() {
        text.push_str(&match language {
            Language::Vi => format!("\nCòn thiếu {} trường:", missing.len()),
            Language::En => format!("\n{} fields are missing:", missing.len()),
        });
        for group in MissingGroup::of(missing) {
            text.push_str(&format!("\n  {}", group.line(language)));
        }
    }
    if files == ["-"] {
        // The file itself is what is on standard output.
        crate::report::remark(text);
        return Report::streamed();
    }
    let mut json = json!({ "files": files, "missing": missing });
    if let (Some(into), serde_json::Value::Object(more)) = (json.as_object_mut(), more) {
        into.extend(more);
    }
    Report::new(text, json)
}
