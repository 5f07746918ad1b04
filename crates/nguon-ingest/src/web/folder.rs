//! A static folder in memory.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use nguon_core::bytes::to_hex;
use sha2::{Digest as _, Sha256};

use super::encoding::Encoding;
use super::rules;

/// No page is this large; a wrong `--web` may be.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// Says which headers go with which file, and is not itself served.
const RULES: &str = "headers.json";

/// Why a folder is not a page.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FolderError {
    /// It cannot be read.
    #[error("{path}: {source}")]
    Read {
        /// What cannot.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It has no `index.html`.
    #[error("{0} has no index.html; `cargo xtask web` builds the page into web/dist/verify")]
    NoIndex(PathBuf),
    /// It is too large.
    #[error("{0} holds more than 64 MiB; is it the page's folder?")]
    TooLarge(PathBuf),
    /// Its `headers.json` is wrong.
    #[error("{path}: {reason}")]
    Rules {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
}

/// The files of a page, with the headers each goes out with.
#[derive(Debug, Clone)]
pub struct Folder {
    files: Arc<BTreeMap<String, File>>,
}

/// One file in each of its forms.
#[derive(Debug, Clone)]
pub(super) struct File {
    headers: HeaderMap,
    plain: Bytes,
    compressed: Vec<(Encoding, Bytes)>,
    tag: String,
}

impl Folder {
    /// Reads a folder as `cargo xtask web` writes it.
    pub fn read(path: &Path) -> Result<Self, FolderError> {
        let mut raw = BTreeMap::new();
        read_into(path, "", &mut raw, path)?;
        let wrong = |reason| FolderError::Rules { path: path.join(RULES), reason };
        let rules = rules::read(raw.remove(&format!("/{RULES}")).as_deref()).map_err(wrong)?;
        let compressed = |name: &str| {
            let form = |encoding: Encoding| Some((encoding, raw.get(&format!("{name}{}", encoding.suffix()))?.clone()));
            Encoding::BEST_FIRST.into_iter().filter_map(form).collect()
        };
        let mut files = BTreeMap::new();
        for (name, plain) in raw.iter().filter(|(name, _)| !is_compressed_form(name, &raw)) {
            // The page itself is always known as `/`, whatever address it answers.
            let address = if name == "/index.html" { "/" } else { name.as_str() };
            let headers = rules::headers(&rules, address).map_err(wrong)?;
            let tag = format!("\"{}", to_hex(&Sha256::digest(plain)[..16]));
            let file = File { headers, plain: plain.clone(), compressed: compressed(name), tag };
            files.insert(address.to_owned(), file);
        }
        if !files.contains_key("/") {
            return Err(FolderError::NoIndex(path.to_owned()));
        }
        Ok(Self { files: Arc::new(files) })
    }

    /// The same with another page below `/NAME/`, which was built to stand there; each file keeps its own headers.
    #[must_use]
    pub fn with_page(self, name: &str, page: Self) -> Self {
        let mut files = Arc::unwrap_or_clone(self.files);
        let below = Arc::unwrap_or_clone(page.files).into_iter();
        files.extend(below.map(|(address, file)| (format!("/{name}{address}"), file)));
        Self { files: Arc::new(files) }
    }

    pub(super) fn file(&self, address: &str) -> Option<&File> {
        self.files.get(address)
    }

    pub(super) fn index(&self) -> &File {
        &self.files["/"]
    }
}

impl File {
    /// The file in the best form the client takes.
    pub(super) fn answer(&self, status: StatusCode, asked: &HeaderMap) -> Response {
        let best = self.compressed.iter().find(|(encoding, _)| encoding.is_accepted(asked));
        let (encoding, bytes) = best.map_or((None, &self.plain), |(encoding, bytes)| (Some(encoding.name()), bytes));
        let tag = format!("{}{}\"", self.tag, encoding.map_or(String::new(), |name| format!("-{name}")));
        let known = asked.get_all(header::IF_NONE_MATCH).into_iter().filter_map(|value| value.to_str().ok());
        let known = known.flat_map(|value| value.split(',')).any(|found| found.trim().trim_start_matches("W/") == tag);
        let mut headers = self.headers.clone();
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if let Ok(tag) = tag.parse() {
            headers.insert(header::ETAG, tag);
        }
        if known && status == StatusCode::OK {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        if let Some(name) = encoding {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        (status, headers, bytes.clone()).into_response()
    }
}

fn is_compressed_form(name: &str, all: &BTreeMap<String, Bytes>) -> bool {
    Encoding::BEST_FIRST
        .iter()
        .any(|encoding| name.strip_suffix(encoding.suffix()).is_some_and(|original| all.contains_key(original)))
}

fn read_into(
    folder: &Path,
    prefix: &str,
    files: &mut BTreeMap<String, Bytes>,
    whole: &Path,
) -> Result<(), FolderError> {
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        |source| FolderError::Read { path, source }
    };
    for entry in std::fs::read_dir(folder).map_err(unreadable(folder))? {
        let path = entry.map_err(unreadable(folder))?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        // `.git` and the like are no part of a page.
        if name.starts_with('.') {
            continue;
        }
        let address = format!("{prefix}/{name}");
        if path.is_dir() {
            read_into(&path, &address, files, whole)?;
        } else {
            files.insert(address, std::fs::read(&path).map_err(unreadable(&path))?.into());
            if files.values().map(Bytes::len).sum::<usize>() > MOST_BYTES {
                return Err(FolderError::TooLarge(whole.to_owned()));
            }
        }
    }
    Ok(())
}
