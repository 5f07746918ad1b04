//! Where a walk begins.

use nguon_core::ids::ChainId;
use rusqlite::{Connection, Params, params};

use super::columns;
use crate::error::StoreError;
use crate::sqlite::names;
use crate::trace::Origin;

/// The chains a walk begins at; `None` if there is nothing of that name. An actor that has nothing begins nowhere.
pub(super) fn starts(connection: &Connection, origin: &Origin) -> Result<Option<Vec<ChainId>>, StoreError> {
    match origin {
        Origin::Batch(chain) => {
            let query = "SELECT chain_id FROM node WHERE chain_id = ?1 AND sort = 'batch'";
            found(connection, query, [chain.as_bytes()])
        }
        Origin::Place(chain) => {
            let query = "SELECT chain_id FROM node WHERE chain_id = ?1 AND sort NOT IN ('batch', 'actor')
                UNION ALL SELECT batch.chain_id FROM node AS place JOIN handled ON handled.place = place.node
                    JOIN node AS batch ON batch.node = handled.node WHERE place.chain_id = ?1";
            found(connection, query, [chain.as_bytes()])
        }
        Origin::Label(label) => Ok(names::holder_of_label(connection, label)?.map(|batch| vec![batch])),
        Origin::Actor(actor) => {
            let known = "SELECT 1 FROM node WHERE chain_id = ?1 AND sort = 'actor'";
            if !connection.prepare_cached(known)?.exists(params![actor.as_bytes()])? {
                return Ok(None);
            }
            let held = all(connection, "SELECT chain_id FROM node WHERE owner = ?1", [actor.as_bytes()])?;
            Ok(Some(held))
        }
        Origin::ProductLot { lot, product } => {
            let query = "SELECT DISTINCT chain_id FROM applied JOIN node USING (node)
                WHERE product_lot = ?1 AND (?2 IS NULL OR applied.product = ?2)";
            found(connection, query, params![lot.as_str(), product.as_ref().map(|product| product.as_str())])
        }
        Origin::Shipment(document) => {
            let query = "SELECT chain_id FROM shipment JOIN node USING (node) WHERE kind = ?1 AND number = ?2";
            found(connection, query, [document.kind.as_str(), document.number.as_str()])
        }
        Origin::Pallet(sscc) => {
            let query = "SELECT chain_id FROM pallet JOIN node USING (node) WHERE sscc = ?1";
            found(connection, query, [sscc.to_string()])
        }
    }
}

fn found(connection: &Connection, query: &str, values: impl Params) -> Result<Option<Vec<ChainId>>, StoreError> {
    Ok(Some(all(connection, query, values)?).filter(|chains| !chains.is_empty()))
}

fn all(connection: &Connection, query: &str, values: impl Params) -> Result<Vec<ChainId>, StoreError> {
    let mut query = connection.prepare_cached(query)?;
    Ok(query.query_map(values, |row| columns::chain(row, 0))?.collect::<Result<_, _>>()?)
}
