//! What a version must keep of the one before it, beside that one's signatures.

use super::{RootError, RootPayload, TrustRoot};

pub(super) fn check(before: &TrustRoot, next: &RootPayload) -> Result<(), RootError> {
    let hash = before.signed.payload_hash();
    if next.previous.as_ref().is_none_or(|named| named.0 != hash) {
        return Err(RootError::Previous);
    }
    let before = &before.payload;
    if next.issued < before.issued {
        return Err(RootError::Backwards);
    }
    match (&before.log, &next.log) {
        (None, None) => {}
        (Some(old), Some(new)) if old.origin == new.origin => {}
        (None, Some(_)) => return Err(RootError::Log("a deployment that began without a log never gains one")),
        (Some(_), None) => return Err(RootError::Log("a deployment that began with a log never loses it")),
        _ => return Err(RootError::Log("the log's origin stays that of version 1")),
    }
    check_retired(before, next)
}

/// A key that stops counting is named as retired, and a retired key never counts again.
fn check_retired(before: &RootPayload, next: &RootPayload) -> Result<(), RootError> {
    for old in &before.authorities {
        // An authority may leave as a whole: nobody signs under its id then.
        let Some(new) = next.authorities.iter().find(|new| new.id == old.id) else { continue };
        let is_retired = |key| new.retired.as_ref().is_some_and(|retired| retired.contains(key));
        let kept = old.keys.iter().find(|key| !new.keys.contains(key) && !is_retired(key));
        let returned = old.retired.iter().flatten().find(|key| !is_retired(key));
        if let Some(key) = kept.or(returned) {
            return Err(RootError::Retired(*key));
        }
    }
    Ok(())
}
