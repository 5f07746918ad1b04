//! The graph as a snapshot of the file holds it.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use nguon_core::event::Role;
use nguon_core::ids::ChainId;
use nguon_core::opening::FieldValue;
use nguon_core::trace::{Edge, Graph, Name, Node};
use rusqlite::{CachedStatement, Connection, OptionalExtension as _, Row, params};

use super::columns::{self, Found};
use crate::error::StoreError;
use crate::policy::OpeningPolicy;

/// The path of an actor's name.
const NAME: &str = "enrolled/name";

const BY_CHAIN: &str = columns::select_node!(" FROM node WHERE chain_id = ?1");

// With the chain at the other end, of which the walk asks next.
const SOURCES: &str = columns::select_node!(
    ", edge.drawn_g, received_g, season, why, at FROM edge CROSS JOIN node ON node.node = source
        WHERE destination = ?1 AND (edge.drawn_g IS NULL OR edge.drawn_g <> 0 OR received_g <> 0)"
);
const DESTINATIONS: &str = columns::select_node!(
    ", edge.drawn_g, received_g, season, why, at FROM edge CROSS JOIN node ON node.node = destination
        WHERE source = ?1 AND (edge.drawn_g IS NULL OR edge.drawn_g <> 0 OR received_g <> 0)"
);

pub(super) struct SqlGraph<'a> {
    connection: &'a Connection,
    sources: CachedStatement<'a>,
    destinations: CachedStatement<'a>,
    /// The chains met on the way: their numbers, and what is known of them until the walk asks.
    met: HashMap<ChainId, (i64, Option<Found>)>,
    forked: HashSet<ChainId>,
    names_are_open: bool,
}

impl<'a> SqlGraph<'a> {
    pub(super) fn new(connection: &'a Connection, policy: &OpeningPolicy) -> Result<Self, StoreError> {
        // Few are: honest phones never sign two histories.
        let mut forks = connection.prepare_cached("SELECT chain_id FROM fork")?;
        let forked = forks.query_map([], |row| columns::chain(row, 0))?.collect::<Result<_, _>>()?;
        Ok(Self {
            connection,
            sources: connection.prepare_cached(SOURCES)?,
            destinations: connection.prepare_cached(DESTINATIONS)?,
            met: HashMap::new(),
            forked,
            names_are_open: policy.opens(NAME),
        })
    }

    fn number(&self, chain: &ChainId) -> Result<Option<i64>, StoreError> {
        if let Some((number, _)) = self.met.get(chain) {
            return Ok(Some(*number));
        }
        let mut query = self.connection.prepare_cached("SELECT node FROM node WHERE chain_id = ?1")?;
        Ok(query.query_row(params![chain.as_bytes()], |row| row.get(0)).optional()?)
    }

    /// What else is told of a node.
    pub(super) fn completed(&self, found: Found) -> Result<Node, StoreError> {
        let Found { number, is_recalled, mut node } = found;
        node.forked = self.forked.contains(&node.chain);
        if is_recalled {
            let query = "SELECT sequence, reason, product_lot, harvests, consignment, released FROM recall
                WHERE node = ?1 ORDER BY sequence";
            let mut query = self.connection.prepare_cached(query)?;
            node.recalls = query.query_map([number], columns::recall)?.collect::<Result<_, _>>()?;
        }
        Ok(node)
    }
}

/// The edges of a query at one end of a chain, ascending by the chain at the other.
fn edges(
    query: &mut CachedStatement<'_>,
    number: i64,
    met: &mut HashMap<ChainId, (i64, Option<Found>)>,
    ends: impl Fn(ChainId) -> (ChainId, ChainId),
    other: fn(&Edge) -> ChainId,
) -> Result<Vec<Edge>, StoreError> {
    let mut rows = query.query([number])?;
    let mut edges = Vec::new();
    while let Some(row) = rows.next()? {
        let edge = columns::edge(row, &ends)?;
        if let Entry::Vacant(place) = met.entry(other(&edge)) {
            place.insert((row.get(0)?, columns::node(row)?));
        }
        edges.push(edge);
    }
    edges.sort_unstable_by_key(other);
    Ok(edges)
}

impl Graph for SqlGraph<'_> {
    type Error = StoreError;

    fn node(&mut self, chain: &ChainId) -> Result<Option<Node>, StoreError> {
        let found = match self.met.get_mut(chain).and_then(|(_, found)| found.take()) {
            Some(found) => Some(found),
            None => {
                let key = params![chain.as_bytes()];
                self.connection.prepare_cached(BY_CHAIN)?.query_row(key, columns::node).optional()?.flatten()
            }
        };
        let Some(found) = found else { return Ok(None) };
        self.met.entry(*chain).or_insert((found.number, None));
        self.completed(found).map(Some)
    }

    fn sources(&mut self, chain: &ChainId) -> Result<Vec<Edge>, StoreError> {
        let Some(number) = self.number(chain)? else { return Ok(Vec::new()) };
        edges(&mut self.sources, number, &mut self.met, |other| (other, *chain), |edge| edge.from)
    }

    fn destinations(&mut self, chain: &ChainId) -> Result<Vec<Edge>, StoreError> {
        let Some(number) = self.number(chain)? else { return Ok(Vec::new()) };
        edges(&mut self.destinations, number, &mut self.met, |other| (*chain, other), |edge| edge.to)
    }

    fn name(&mut self, actor: &ChainId) -> Result<Option<Name>, StoreError> {
        if !self.names_are_open {
            return Ok(None);
        }
        // An actor's chain is named by its first record's id.
        let query = "SELECT value, role FROM opening JOIN node ON chain_id = statement_id
            WHERE statement_id = ?1 AND path = ?2 AND role IS NOT NULL";
        let name = |row: &Row<'_>| {
            let value = FieldValue::from_bytes(row.get_ref(0)?.as_bytes()?);
            let role: Role = columns::choice(row.get_ref(1)?.as_str()?)?;
            Ok((value, role))
        };
        let found =
            self.connection.prepare_cached(query)?.query_row(params![actor.as_bytes(), NAME], name).optional()?;
        let Some((Some(FieldValue::Text(name)), role)) = found else { return Ok(None) };
        Ok(Some(Name { actor: *actor, role, name }))
    }
}

/// Gives actors' names, as far as the policy opens them.
pub(in crate::sqlite) fn names<'a>(
    connection: &'a Connection,
    policy: &OpeningPolicy,
) -> Result<impl FnMut(&ChainId) -> Result<Option<String>, StoreError> + use<'a>, StoreError> {
    let mut graph = SqlGraph::new(connection, policy)?;
    Ok(move |actor: &ChainId| Ok(graph.name(actor)?.map(|name| name.name)))
}
