//! Values of the graph as they stand in columns.

use std::fmt::{self, Display, Write as _};
use std::str::FromStr;

use nguon_core::ids::ChainId;
use nguon_core::trace::{Edge, Node, PlaceCode, RecallNote};
use nguon_core::values::{Label, Time};
use rusqlite::Row;
use rusqlite::types::FromSqlError;
use serde::de::value::{Error, StrDeserializer};
use serde::{Deserialize, Serialize};

/// The word that a choice is in records.
pub(in crate::sqlite) fn word<T: Serialize>(choice: &T) -> String {
    struct Word<'a, T>(&'a T);
    impl<T: Serialize> Display for Word<'_, T> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.0.serialize(f)
        }
    }
    let mut text = String::new();
    // Only what is no choice cannot be written so.
    let _ = write!(text, "{}", Word(choice));
    text
}

/// The choice of a word.
pub(in crate::sqlite) fn choice<T: for<'de> Deserialize<'de>>(word: &str) -> Result<T, FromSqlError> {
    T::deserialize(StrDeserializer::<Error>::new(word)).map_err(|_| FromSqlError::InvalidType)
}

fn maybe_choice<T: for<'de> Deserialize<'de>>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>> {
    Ok(row.get_ref(column)?.as_str_or_null()?.map(choice).transpose()?)
}

fn parsed<T: FromStr>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>> {
    let text = row.get_ref(column)?.as_str_or_null()?;
    Ok(text.map(|text| text.parse().map_err(|_| FromSqlError::InvalidType)).transpose()?)
}

pub(super) fn chain(row: &Row<'_>, column: usize) -> rusqlite::Result<ChainId> {
    row.get(column).map(ChainId::from_bytes)
}

fn maybe_chain(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<ChainId>> {
    Ok(row.get::<_, Option<[u8; 32]>>(column)?.map(ChainId::from_bytes))
}

fn maybe_time(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Time>> {
    let seconds: Option<i64> = row.get(column)?;
    let time = |seconds| Time::try_from(seconds).map_err(|_| FromSqlError::OutOfRange(seconds));
    Ok(seconds.map(time).transpose()?)
}

/// Sums are never below zero, whatever their parts are.
fn grams(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    Ok(u64::try_from(row.get::<_, i64>(column)?).unwrap_or(0))
}

/// The columns of [`node`], in its order, and what they are taken from.
macro_rules! select_node {
    ($from_and_where:literal) => {
        concat!(
            "SELECT node.node, node.chain_id, node.sort, node.owner, node.gtin, node.lot, node.issuer, node.code,
                node.product, node.variety, node.commune, node.consignment_of, node.opened_at, node.records, node.in_g,
                node.drawn_g, node.sold_g, node.lost_g, node.disposed_g, node.boxes, node.recalled",
            $from_and_where
        )
    };
}
pub(super) use select_node;

/// A node's number and whether it has recalls, which stand elsewhere.
pub(super) struct Found {
    pub number: i64,
    pub is_recalled: bool,
    pub node: Node,
}

/// A place or batch; `None` of an actor, and of a chain that is only named.
pub(super) fn node(row: &Row<'_>) -> rusqlite::Result<Option<Found>> {
    let Some(sort) = row.get_ref(2)?.as_str_or_null()?.filter(|sort| *sort != "actor") else { return Ok(None) };
    let mut node = Node {
        chain: chain(row, 1)?,
        sort: choice(sort)?,
        owner: chain(row, 3)?,
        product: parsed(row, 8)?,
        variety: parsed(row, 9)?,
        commune: parsed(row, 10)?,
        consignment_of: maybe_chain(row, 11)?,
        opened_at: maybe_time(row, 12)?.unwrap_or(Time::ZERO),
        records: row.get(13)?,
        ..Node::default()
    };
    node.label = parsed(row, 4)?.zip(parsed(row, 5)?).map(|(gtin, lot)| Label { gtin, lot });
    node.code = parsed(row, 6)?.zip(parsed(row, 7)?).map(|(issuer, code)| PlaceCode { issuer, code });
    if sort == "batch" {
        let [taken_in, drawn, sold, lost, disposed] =
            [grams(row, 14)?, grams(row, 15)?, grams(row, 16)?, grams(row, 17)?, grams(row, 18)?];
        (node.in_g, node.drawn_g, node.sold_g) = (Some(taken_in), Some(drawn), Some(sold));
        (node.lost_g, node.disposed_g) = (Some(lost), Some(disposed));
        node.remaining_g = Some(taken_in.saturating_sub(drawn.saturating_add(sold + lost + disposed)));
        node.boxes = row.get(19)?;
    }
    Ok(Some(Found { number: row.get(0)?, is_recalled: row.get(20)?, node }))
}

/// An edge: `drawn_g, received_g, season, why, at`, behind the columns of [`node`], which are of the chain at its other end.
pub(super) fn edge(row: &Row<'_>, ends: impl FnOnce(ChainId) -> (ChainId, ChainId)) -> rusqlite::Result<Edge> {
    let (from, to) = ends(chain(row, 1)?);
    let sum = |column| -> rusqlite::Result<Option<u64>> {
        Ok(row.get::<_, Option<i64>>(column)?.map(|sum| u64::try_from(sum).unwrap_or(0)))
    };
    Ok(Edge {
        from,
        to,
        drawn_g: sum(21)?,
        received_g: sum(22)?,
        season: parsed(row, 23)?,
        why: maybe_choice(row, 24)?,
        at: maybe_time(row, 25)?,
    })
}

/// A recall: `sequence, reason, product_lot, harvests, consignment, released`.
pub(super) fn recall(row: &Row<'_>) -> rusqlite::Result<RecallNote> {
    Ok(RecallNote {
        sequence: row.get(0)?,
        reason: choice(row.get_ref(1)?.as_str()?)?,
        product_lot: parsed(row, 2)?,
        harvests: row.get(3)?,
        consignment: maybe_chain(row, 4)?,
        released: row.get(5)?,
    })
}
