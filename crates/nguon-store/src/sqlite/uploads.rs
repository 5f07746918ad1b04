//! Attachments that come in pieces: kept beside the openings they belong to, until all is there.

use nguon_core::ids::{ChainId, FieldDigest};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::keep::{self, Expected};
use super::writer::Desk;
use crate::error::StoreError;
use crate::outcome::OpeningRefusal;
use crate::upload::{Awaited, UploadLimits, UploadRefusal};

/// What is known of an attachment whose opening is there.
pub(super) fn awaited(connection: &Connection, digest: FieldDigest) -> Result<Option<Awaited>, StoreError> {
    let Some(expected) = keep::expected(connection, digest)? else { return Ok(None) };
    let is_stored = is_stored(connection, digest)?;
    let length = expected.attached().map_or(0, |attached| attached.length.get());
    let received = if is_stored { length } else { received(connection, digest)? };
    Ok(expected.attached().map(|attached| Awaited {
        media_type: attached.media_type.clone(),
        length,
        received,
        is_stored,
        about: expected.about,
    }))
}

/// Keeps the next piece; how many bytes are there then.
pub(super) fn append(
    desk: &Desk<'_>,
    digest: FieldDigest,
    offset: u64,
    bytes: &[u8],
    limits: &UploadLimits,
) -> Result<Result<u64, UploadRefusal>, StoreError> {
    keep::lock(desk)?;
    let connection = desk.connection;
    let Some(expected) = keep::expected(connection, digest)? else { return Ok(Err(UploadRefusal::NotAwaited)) };
    if is_stored(connection, digest)? {
        return Ok(Err(UploadRefusal::Complete));
    }
    let before = received(connection, digest)?;
    if offset != before {
        return Ok(Err(UploadRefusal::Offset { expected: before }));
    }
    let more = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let after = before.saturating_add(more);
    let length = expected.attached().map_or(0, |attached| attached.length.get());
    if after > length {
        return Ok(Err(UploadRefusal::TooLong { length }));
    }
    if let Some(refusal) = beyond(connection, &expected.about, more, limits)? {
        return Ok(Err(refusal));
    }
    if more > 0 {
        keep_piece(desk, digest, &expected, before, bytes)?;
    }
    Ok(Ok(after))
}

fn keep_piece(
    desk: &Desk<'_>,
    digest: FieldDigest,
    expected: &Expected,
    start: u64,
    bytes: &[u8],
) -> Result<(), StoreError> {
    let connection = desk.connection;
    let insert = "INSERT OR IGNORE INTO upload (digest, statement_id, path, about, received, touched)
        VALUES (?1, ?2, ?3, ?4, 0, ?5)";
    let opening = &expected.opening;
    let row = params![digest.as_bytes(), opening.record.as_bytes(), opening.path, expected.about.as_bytes(), desk.now,];
    connection.prepare_cached(insert)?.execute(row)?;
    let insert = "INSERT INTO upload_part (digest, start, bytes) VALUES (?1, ?2, ?3)";
    connection.prepare_cached(insert)?.execute(params![digest.as_bytes(), start, bytes])?;
    let update = "UPDATE upload SET received = received + length(?2), touched = ?3 WHERE digest = ?1";
    connection.prepare_cached(update)?.execute(params![digest.as_bytes(), bytes, desk.now])?;
    Ok(())
}

/// Which bound so many more bytes would break.
fn beyond(
    connection: &Connection,
    about: &ChainId,
    more: u64,
    limits: &UploadLimits,
) -> Result<Option<UploadRefusal>, StoreError> {
    let sum = |query: &str, values: &[&dyn rusqlite::ToSql]| -> Result<u64, StoreError> {
        Ok(connection.prepare_cached(query)?.query_row(values, |row| row.get(0))?)
    };
    let one = sum("SELECT coalesce(sum(received), 0) FROM upload WHERE about = ?1", &[about.as_bytes()])?;
    if one.saturating_add(more) > limits.per_person {
        return Ok(Some(UploadRefusal::TooMuchOfOne(limits.per_person)));
    }
    let all = sum("SELECT coalesce(sum(received), 0) FROM upload", &[])?;
    Ok((all.saturating_add(more) > limits.all).then_some(UploadRefusal::TooMuch(limits.all)))
}

/// The pieces, put together.
pub(super) fn pieces(connection: &Connection, digest: FieldDigest) -> Result<Vec<u8>, StoreError> {
    let mut query = connection.prepare_cached("SELECT bytes FROM upload_part WHERE digest = ?1 ORDER BY start")?;
    let mut rows = query.query(params![digest.as_bytes()])?;
    let mut whole = Vec::new();
    while let Some(row) = rows.next()? {
        whole.extend_from_slice(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?);
    }
    Ok(whole)
}

/// Keeps the pieces as the attachment they are of. They go either way: what is not what was signed must come anew.
pub(super) fn finish(desk: &Desk<'_>, digest: FieldDigest) -> Result<Result<bool, OpeningRefusal>, StoreError> {
    keep::lock(desk)?;
    if is_stored(desk.connection, digest)? {
        return Ok(Ok(true));
    }
    let whole = pieces(desk.connection, digest)?;
    let kept = keep::attachment(desk, digest, &whole)?;
    discard(desk, digest)?;
    Ok(kept)
}

/// Deletes the pieces; whether there were any.
pub(super) fn discard(desk: &Desk<'_>, digest: FieldDigest) -> Result<bool, StoreError> {
    // Parts go with it (ON DELETE CASCADE).
    let delete = "DELETE FROM upload WHERE digest = ?1";
    Ok(desk.connection.prepare_cached(delete)?.execute(params![digest.as_bytes()])? > 0)
}

/// Deletes pieces to which nothing was added for so many seconds; of how many attachments.
pub(super) fn forget(desk: &Desk<'_>, kept: u64) -> Result<usize, StoreError> {
    let oldest = desk.now.saturating_sub(kept);
    Ok(desk.connection.prepare_cached("DELETE FROM upload WHERE touched < ?1")?.execute([oldest])?)
}

fn is_stored(connection: &Connection, digest: FieldDigest) -> Result<bool, StoreError> {
    let query = "SELECT 1 FROM attachment WHERE digest = ?1";
    Ok(connection.prepare_cached(query)?.exists(params![digest.as_bytes()])?)
}

fn received(connection: &Connection, digest: FieldDigest) -> Result<u64, StoreError> {
    let query = "SELECT received FROM upload WHERE digest = ?1";
    let row = |row: &Row<'_>| row.get(0);
    Ok(connection.prepare_cached(query)?.query_row(params![digest.as_bytes()], row).optional()?.unwrap_or(0))
}
