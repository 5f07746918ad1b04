//! Keeping openings and attachments, inside the writer's transaction.

use nguon_core::fault::Fault;
use nguon_core::ids::{ChainId, FieldDigest, Salt, StatementId};
use nguon_core::opening::{Opening, PersonalOpening, digests};
use nguon_core::record::{Attachment, ChainKind, Record};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::read;
use super::writer::Desk;
use crate::error::StoreError;
use crate::outcome::OpeningRefusal;

/// Keeps all openings, or none.
pub(super) fn openings(
    desk: &Desk<'_>,
    offered: &[PersonalOpening],
) -> Result<Result<usize, OpeningRefusal>, StoreError> {
    desk.undoable(|desk| {
        lock(desk)?;
        let mut kept = 0;
        for (index, personal) in offered.iter().enumerate() {
            match opening(desk, personal)? {
                Ok(true) => kept += 1,
                Ok(false) => {}
                Err(fault) => return Ok(Err(OpeningRefusal { index, fault })),
            }
        }
        Ok(Ok(kept))
    })
}

/// Whether the opening is there now; one that was erased is not taken again.
fn opening(desk: &Desk<'_>, personal: &PersonalOpening) -> Result<Result<bool, Fault>, StoreError> {
    let PersonalOpening { opening, about } = personal;
    let Some(record) = record(desk.connection, &opening.record)? else { return Ok(Err(Fault::StrayOpening)) };
    if let Err(error) = opening.check(&record) {
        return Ok(Err(error.into()));
    }
    if read::head(desk.connection, about)?.is_none_or(|head| head.kind != ChainKind::Actor) {
        return Ok(Err(Fault::WrongReference { field: "about" }));
    }
    let field = digests(&record).into_iter().find(|(path, _)| *path == opening.path);
    let Some((_, digest)) = field else { return Ok(Err(Fault::StrayOpening)) };
    let (id, path) = (opening.record.as_bytes(), &opening.path);
    let erased = "SELECT 1 FROM erased WHERE statement_id = ?1 AND path = ?2";
    if desk.connection.prepare_cached(erased)?.exists(params![id, path])? {
        return Ok(Ok(false));
    }
    // Whom an opening is about stays as it was first said: otherwise anyone could keep it from being erased.
    let insert = "INSERT INTO opening (statement_id, path, digest, salt, value, about) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT DO NOTHING";
    let value = opening.value.as_ref().map(|value| value.0.as_slice());
    let row = params![id, path, digest.as_bytes(), opening.salt.as_bytes(), value, about.as_bytes()];
    desk.connection.prepare_cached(insert)?.execute(row)?;
    Ok(Ok(true))
}

/// An attachment as its record has it, found by its digest.
pub(super) struct Expected {
    pub opening: Opening,
    /// The person it is about.
    pub about: ChainId,
    record: Record,
    index: usize,
}

impl Expected {
    /// What the record says of it.
    pub(super) fn attached(&self) -> Option<&Attachment> {
        self.record.attachments.as_deref()?.get(self.index)
    }
}

/// The attachment of this digest, if somebody opened it.
pub(super) fn expected(connection: &Connection, digest: FieldDigest) -> Result<Option<Expected>, StoreError> {
    let query = "SELECT statement_id, path, salt, about FROM opening WHERE digest = ?1 AND value IS NULL";
    let opening = |row: &Row<'_>| {
        let (record, salt) = (StatementId::from_bytes(row.get(0)?), Salt::from_bytes(row.get(2)?));
        Ok((Opening { record, path: row.get(1)?, salt, value: None }, ChainId::from_bytes(row.get(3)?)))
    };
    let found = connection.prepare_cached(query)?.query_row(params![digest.as_bytes()], opening).optional()?;
    let Some((opening, about)) = found else { return Ok(None) };
    let Some(record) = record(connection, &opening.record)? else { return Ok(None) };
    let place = digests(&record).into_iter().filter(|(path, _)| path.starts_with("attachments/"));
    let Some(index) = place.into_iter().position(|(path, _)| path == opening.path) else { return Ok(None) };
    Ok(Some(Expected { opening, about, record, index }).filter(|expected| expected.attached().is_some()))
}

/// Keeps an attachment's bytes; `false` if nobody opened this digest.
pub(super) fn attachment(
    desk: &Desk<'_>,
    digest: FieldDigest,
    bytes: &[u8],
) -> Result<Result<bool, OpeningRefusal>, StoreError> {
    lock(desk)?;
    let Some(expected) = expected(desk.connection, digest)? else { return Ok(Ok(false)) };
    let Some(attached) = expected.attached() else { return Ok(Ok(false)) };
    let opening = &expected.opening;
    if let Err(error) = opening.check_attachment(&expected.record, bytes) {
        return Ok(Err(OpeningRefusal { index: 0, fault: error.into() }));
    }
    if u64::try_from(bytes.len()) != Ok(attached.length.get()) {
        let fault = Fault::Field { field: "attachments", rule: "the record names another length than the file has" };
        return Ok(Err(OpeningRefusal { index: 0, fault }));
    }
    let insert = "INSERT INTO attachment (digest, statement_id, path, media_type, bytes) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT DO NOTHING";
    let media_type = attached.media_type.to_string();
    let row = params![digest.as_bytes(), opening.record.as_bytes(), opening.path, media_type, bytes];
    desk.connection.prepare_cached(insert)?.execute(row)?;
    Ok(Ok(true))
}

/// Takes the right to write the file of openings before it is read: an erasure by another process between reading and
/// writing would otherwise make the writing fail.
pub(super) fn lock(desk: &Desk<'_>) -> Result<(), StoreError> {
    desk.connection.prepare_cached("DELETE FROM erased WHERE FALSE")?.execute([])?;
    Ok(())
}

/// A stored record, decoded.
fn record(connection: &Connection, id: &StatementId) -> Result<Option<Record>, StoreError> {
    let query = "SELECT bytes, chain_id, sequence FROM record WHERE statement_id = ?1";
    let row = |row: &Row<'_>| Ok((row.get::<_, Vec<u8>>(0)?, ChainId::from_bytes(row.get(1)?), row.get::<_, u64>(2)?));
    let found = connection.prepare_cached(query)?.query_row(params![id.as_bytes()], row).optional()?;
    let Some((bytes, chain, sequence)) = found else { return Ok(None) };
    read::decode(&chain, sequence, bytes).map(Some)
}
