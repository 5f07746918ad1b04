//! Scans of issued serials, counted by day. A row says which label, which day and how often: nothing of who scanned it.

use nguon_core::ids::{ChainId, SerialHash};
use nguon_core::serial::scans::{Day, DayCount, KEPT_DAYS, MOST_A_DAY, ScanCounts};
use nguon_core::values::Time;
use rusqlite::{Connection, params};

use super::serials;
use super::writer::Desk;
use crate::error::StoreError;

/// Where a serial is counted, and what was counted so far. `None` if no list of the batch has it.
pub(super) fn counted(
    connection: &Connection,
    batch: &ChainId,
    wanted: &SerialHash,
    today: Day,
) -> Result<Option<(Label, ScanCounts)>, StoreError> {
    let Some((list, leaf)) = serials::find(connection, batch, wanted)? else { return Ok(None) };
    let label = Label { list, leaf };
    Ok(Some((label, counts(connection, label, today)?)))
}

/// One printed label.
#[derive(Debug, Clone, Copy)]
pub(super) struct Label {
    list: i64,
    leaf: u64,
}

/// Counts one scan today, and deletes what is too old to be kept.
pub(super) fn count(desk: &Desk<'_>, label: Label) -> Result<ScanCounts, StoreError> {
    let today = day(desk.now);
    forget(desk.connection, today)?;
    let insert = "INSERT INTO scan (list, leaf, day, scans) VALUES (?1, ?2, ?3, 1)
        ON CONFLICT DO UPDATE SET scans = scans + 1 WHERE scans < ?4";
    desk.connection.prepare_cached(insert)?.execute(params![label.list, label.leaf, today.number(), MOST_A_DAY])?;
    counts(desk.connection, label, today)
}

/// Whether another scan on this day would change nothing.
pub(super) fn is_full(counts: &ScanCounts, today: Day) -> bool {
    counts.days.last().is_some_and(|count| count.day == today && count.scans >= MOST_A_DAY)
}

/// Deletes counts of days that are no longer kept; how many.
pub(super) fn forget(connection: &Connection, today: Day) -> Result<usize, StoreError> {
    let oldest = today.before(KEPT_DAYS).number();
    Ok(connection.prepare_cached("DELETE FROM scan WHERE day < ?1")?.execute([oldest])?)
}

/// What day it is.
pub(super) fn day(now: u64) -> Day {
    Time::new(now).map_or(Day::from_number(u64::MAX), Day::of)
}

fn counts(connection: &Connection, label: Label, today: Day) -> Result<ScanCounts, StoreError> {
    let query = "SELECT day, scans FROM scan WHERE list = ?1 AND leaf = ?2 AND day >= ?3 ORDER BY day";
    let mut query = connection.prepare_cached(query)?;
    let oldest = today.before(KEPT_DAYS).number();
    let days = query.query_map(params![label.list, label.leaf, oldest], |row| {
        Ok(DayCount { day: Day::from_number(row.get(0)?), scans: row.get(1)? })
    })?;
    Ok(ScanCounts::new(days.collect::<Result<_, _>>()?))
}
