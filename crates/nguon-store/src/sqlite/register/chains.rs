//! The chains that a device of an actor needs: its own, what it holds, what that refers to, and who enrolled them.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use nguon_core::ids::ChainId;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::error::StoreError;
use crate::register::{NeededChain, NeededChains, Why};
use crate::sqlite::{read, trace};

/// Batches of which something remains, or into which nothing has come yet.
const HELD: &str = "SELECT chain_id FROM node WHERE owner = ?1
    AND (sort <> 'batch' OR in_g > drawn_g + sold_g + lost_g + disposed_g OR (in_g = 0 AND drawn_g = 0))";

/// The chains a device of an actor needs; `None` if there is no such actor.
pub(in crate::sqlite) fn needed_chains(
    connection: &Connection,
    actor: ChainId,
) -> Result<Option<NeededChains>, StoreError> {
    if !is_actor(connection, &actor)? {
        return Ok(None);
    }
    let mut needed = BTreeMap::from([(actor, Why::Own)]);
    let held = all(connection, HELD, &actor)?;
    needed.extend(held.iter().map(|chain| (*chain, Why::Held)));
    let mut around = Vec::new();
    for chain in &held {
        for other in all(connection, "SELECT other FROM refers WHERE chain_id = ?1", chain)? {
            if let Entry::Vacant(place) = needed.entry(other) {
                place.insert(Why::Around);
                around.push(other);
            }
        }
    }
    // Of places and sources that are not its own, who signed there; not all that they lead to.
    let signers = "SELECT other FROM refers JOIN actor ON actor.chain_id = other WHERE refers.chain_id = ?1";
    for chain in around {
        for other in all(connection, signers, &chain)? {
            needed.entry(other).or_insert(Why::Around);
        }
    }
    climb(connection, &mut needed)?;
    let mut chains = Vec::with_capacity(needed.len());
    for (chain, why) in needed {
        // A draw may name a batch that is not opened yet.
        chains.extend(described(connection, chain, why)?);
    }
    chains.sort_by_key(|needed| (needed.why, needed.chain));
    Ok(Some(NeededChains { as_of: trace::as_of(connection)?, chains }))
}

/// Adds whoever enrolled any of the actors, or acts on their chains, up to the authority.
fn climb(connection: &Connection, needed: &mut BTreeMap<ChainId, Why>) -> Result<(), StoreError> {
    let above =
        "SELECT other FROM refers JOIN actor AS here USING (chain_id) JOIN actor AS there ON there.chain_id = other
        WHERE refers.chain_id = ?1";
    let mut queue: Vec<ChainId> = needed.keys().copied().collect();
    while let Some(chain) = queue.pop() {
        for other in all(connection, above, &chain)? {
            if let Entry::Vacant(place) = needed.entry(other) {
                place.insert(Why::Above);
                queue.push(other);
            }
        }
    }
    Ok(())
}

fn is_actor(connection: &Connection, chain: &ChainId) -> Result<bool, StoreError> {
    Ok(connection.prepare_cached("SELECT 1 FROM actor WHERE chain_id = ?1")?.exists(params![chain.as_bytes()])?)
}

fn all(connection: &Connection, query: &str, key: &ChainId) -> Result<Vec<ChainId>, StoreError> {
    let mut query = connection.prepare_cached(query)?;
    let found = query.query_map(params![key.as_bytes()], |row| row.get(0).map(ChainId::from_bytes))?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn described(connection: &Connection, chain: ChainId, why: Why) -> Result<Option<NeededChain>, StoreError> {
    let query = "SELECT sort FROM node WHERE chain_id = ?1 AND sort IS NOT NULL";
    let sort = connection.prepare_cached(query)?.query_row(params![chain.as_bytes()], |row| row.get(0)).optional()?;
    let Some((sort, head)) = sort.zip(read::head(connection, &chain)?) else { return Ok(None) };
    Ok(Some(NeededChain { chain, sort, why, sequence: head.sequence, head: head.head }))
}
