//! Photos as a draft names them: sealed, and kept under names of this device.

use nguon_core::ids::Salt;
use nguon_draft::draft::{self, Draft};

use crate::browser;
use crate::browser::store::{Change, Shelf};
use crate::photos::Photo;

/// Seals photos for a draft, and what has to be kept of them. `None` if the browser has no random bytes.
#[must_use]
pub fn seal_photos(photos: &[Photo]) -> Option<(Vec<draft::Photo>, Vec<Change>)> {
    let mut sealed = Vec::new();
    let mut changes = Vec::new();
    for (place, photo) in photos.iter().enumerate() {
        let name: String = browser::random::<12>()?.iter().map(|byte| format!("{byte:02x}")).collect();
        let salt = Salt::from_bytes(browser::random::<16>()?);
        let media_type = photo.kind.media_type().parse().ok()?;
        sealed.push(draft::Photo::seal(name.clone(), &photo.bytes, media_type, salt, place)?);
        changes.push(Change::bytes(Shelf::Photos, name, photo.bytes.clone()));
    }
    Some((sealed, changes))
}

/// Puts photos into a draft; those that take none go without.
pub fn set_photos(draft: &mut Draft, photos: Vec<draft::Photo>) {
    match draft {
        Draft::Applied(one) => one.photos = photos,
        Draft::Harvested(one) | Draft::WeighedIn(one) => one.photos = photos,
        Draft::HandedOver(one) => one.photos = photos,
        Draft::Received(one) => one.photos = photos,
        Draft::Packed(one) => one.photos = photos,
        Draft::Lost(one) => one.photos = photos,
        Draft::Disposed(one) => one.photos = photos,
        Draft::Corrected(one) => one.event.photos = photos,
        Draft::Begins(event) | Draft::Appends { event, .. } => event.photos = photos,
        _ => {}
    }
}
