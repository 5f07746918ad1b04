//! Photos and documents that belong to an entry: what they are is decided by what is in them, pictures are drawn anew and
//! made small, and where they were taken goes with them only if the person wants that.

pub mod exif;
pub mod kind;
mod picker;

pub use kind::Kind;
pub use picker::{Picker, picker};

use crate::browser;

/// The longest side of a picture that is kept.
const SIDE: u32 = 1600;
/// The most bytes of a picture, as the server takes them.
pub const MOST_PICTURE: u32 = 2 * 1024 * 1024;
/// The most bytes of a document, as the server takes them.
pub const MOST_DOCUMENT: u32 = 10 * 1024 * 1024;
/// The most bytes of a picture before it is drawn anew: what a phone's camera makes, and some.
const MOST_ORIGINAL: u32 = 40 * 1024 * 1024;

/// A file that goes with an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    /// What it is
    pub kind: Kind,
    /// Its bytes, as they are signed and sent
    pub bytes: Vec<u8>,
    /// Whether it says where it was taken
    pub has_place: bool,
}

/// Why a file cannot go with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Neither a picture nor a PDF, whatever it is called
    Kind,
    /// Too large
    Large,
    /// A picture that this browser cannot draw, or from which it did not take out what does not belong to it
    Broken,
}

/// Makes of a chosen file what goes with an entry. `with_place`: where a photo was taken is kept, and nothing else of what
/// the camera wrote.
///
/// # Errors
/// Why it cannot go along.
pub async fn take(file: &[u8], with_place: bool) -> Result<Photo, Fault> {
    let kind = Kind::of(file).ok_or(Fault::Kind)?;
    if kind == Kind::Pdf {
        let fits = file.len() <= MOST_DOCUMENT as usize;
        return if fits { Ok(Photo { kind, bytes: file.to_vec(), has_place: false }) } else { Err(Fault::Large) };
    }
    if file.len() > MOST_ORIGINAL as usize {
        return Err(Fault::Large);
    }
    // Room for the few bytes that say where.
    let drawn = browser::redraw(file, SIDE, MOST_PICTURE - 1024).await.ok_or(Fault::Broken)?;
    if !exif::is_plain(&drawn) {
        return Err(Fault::Broken);
    }
    let place = with_place.then(|| exif::place(file)).flatten();
    let bytes = place.as_ref().and_then(|place| exif::with_place(&drawn, place));
    let has_place = bytes.is_some();
    Ok(Photo { kind: Kind::Jpeg, bytes: bytes.unwrap_or(drawn), has_place })
}

/// The files chosen in a field, each as it can go along or why not.
pub async fn pick(id: &str, with_place: bool) -> Vec<Result<Photo, Fault>> {
    let mut all = Vec::new();
    for file in browser::files(id, MOST_ORIGINAL).await {
        all.push(take(&file, with_place).await);
    }
    all
}
