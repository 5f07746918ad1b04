//! From a PDF's bytes to the bundle in it.

use std::collections::BTreeMap;

use lopdf::{Document, LoadOptions, ObjectId};

use super::specs::{Spec, specs};
use super::{MEDIA_TYPE, MOST_BUNDLE, MOST_PDF, NAME, is_pdf};

/// The longest stream of objects or of their places that is unpacked.
const MOST_OBJECTS: usize = 16 * 1024 * 1024;

/// Why no bundle came out of a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Something else than a PDF.
    #[error("this is no PDF: there is no %PDF- at its beginning")]
    NotPdf,
    /// Longer than anybody's dossier.
    #[error("{what} is longer than {most} bytes, which no dossier is")]
    TooLong {
        /// The file or the bundle.
        what: &'static str,
        /// The limit.
        most: usize,
    },
    /// Needs a password, or has one.
    #[error("this PDF is encrypted: save it without a password, or ask for the dossier as it was made")]
    Encrypted,
    /// Its objects cannot be read.
    #[error("this PDF is damaged ({0}): ask for the file as it was made")]
    Damaged(String),
    /// Nothing in it is a bundle. Printing to PDF and many viewers leave attachments out.
    #[error(
        "no bundle is attached to this PDF (files in it: {}): printing to PDF loses it, so ask for the file as it was made",
        list(.names)
    )]
    NoBundle {
        /// What is attached instead.
        names: Vec<String>,
    },
    /// Which one it is cannot be told.
    #[error("several files in this PDF could be the bundle ({}): save the right one and verify that", list(.names))]
    Several {
        /// Their names.
        names: Vec<String>,
    },
}

/// At most eight names, since an attacker may choose them.
fn list(names: &[String]) -> String {
    let short = |name: &String| name.chars().filter(|c| !c.is_control()).take(80).collect::<String>();
    let shown: Vec<String> = names.iter().take(8).map(short).collect();
    match names.len() {
        0 => "none".to_owned(),
        count if count > shown.len() => format!("{}, … {count} in all", shown.join(", ")),
        _ => shown.join(", "),
    }
}

/// The bundle attached to a PDF, unverified: hand it to [`nguon_core::verify::verify`].
pub fn bundle(pdf: &[u8]) -> Result<Vec<u8>, Error> {
    if !is_pdf(pdf) {
        return Err(Error::NotPdf);
    }
    if pdf.len() > MOST_PDF {
        return Err(Error::TooLong { what: "this PDF", most: MOST_PDF });
    }
    let options = LoadOptions::with_max_decompressed_size(MOST_OBJECTS);
    let document = Document::load_mem_with_options(pdf, options).map_err(unreadable)?;
    if document.is_encrypted() || document.was_encrypted() {
        return Err(Error::Encrypted);
    }
    let spec = choose(specs(&document))?;
    let stream = document.get_object(spec.stream).and_then(|object| object.as_stream()).map_err(unreadable)?;
    stream.get_plain_content_with_limit(MOST_BUNDLE).map_err(|error| match error {
        lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => {
            Error::TooLong { what: "the bundle in this PDF", most: MOST_BUNDLE }
        }
        error => unreadable(error),
    })
}

#[allow(clippy::needless_pass_by_value)] // for `map_err`
fn unreadable(error: lopdf::Error) -> Error {
    match error {
        lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => Error::Encrypted,
        error => Error::Damaged(error.to_string()),
    }
}

/// The one that is the bundle.
fn choose(specs: Vec<Spec>) -> Result<Spec, Error> {
    // One file may be named in several places; it counts once.
    let by_stream: BTreeMap<ObjectId, Spec> = specs.into_iter().map(|spec| (spec.stream, spec)).collect();
    let all: Vec<Spec> = by_stream.into_values().collect();
    let names = |specs: &[Spec]| specs.iter().map(|spec| spec.name.clone()).collect::<Vec<_>>();
    let is_named = |spec: &&Spec| spec.name == NAME;
    let is_typed = |spec: &&Spec| spec.media_type.eq_ignore_ascii_case(MEDIA_TYPE);
    for is_it in [&is_named as &dyn Fn(&&Spec) -> bool, &is_typed] {
        let found: Vec<Spec> = all.iter().filter(is_it).cloned().collect();
        match <[Spec; 1]>::try_from(found) {
            Ok([spec]) => return Ok(spec),
            Err(found) if found.is_empty() => {}
            Err(found) => return Err(Error::Several { names: names(&found) }),
        }
    }
    Err(Error::NoBundle { names: names(&all) })
}
