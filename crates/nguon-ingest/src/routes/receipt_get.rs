//! `GET /v1/receipts/{statement_id}`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use nguon_core::bytes::ByteString;
use nguon_core::ids::{RootHash, StatementId};
use nguon_core::log::Leaf;
use nguon_tlog::tree;
use serde::Serialize;
use utoipa::ToSchema;

use super::shared::Address;
use super::{App, log_tile, receipt, shared};
use crate::problem::Problem;

/// The proof that the published log holds a record. Bytes are hexadecimal.
#[derive(Debug, Serialize, ToSchema)]
struct Proof {
    /// `published`.
    status: &'static str,
    #[schema(value_type = String)]
    statement_id: StatementId,
    /// Index of its leaf.
    index: u64,
    /// When the log took it, Unix seconds.
    log_time: u64,
    /// The leaf's data: `0x00 ‖ u64 log_time ‖ statement id`.
    #[schema(value_type = String)]
    leaf: ByteString,
    /// Inclusion proof in the checkpoint (RFC 6962 §2.1.1).
    #[schema(value_type = Vec<String>)]
    inclusion: Vec<RootHash>,
    /// The checkpoint: C2SP signed note with its cosignatures.
    checkpoint: String,
}

/// A record that waits for its checkpoint.
#[derive(Debug, Serialize, ToSchema)]
struct Pending {
    /// `accepted`.
    status: &'static str,
    #[schema(value_type = String)]
    statement_id: StatementId,
    /// Index of its leaf.
    index: u64,
    /// When the log took it, Unix seconds.
    log_time: u64,
}

/// The proof that the log holds a record
///
/// It verifies by itself: the leaf names the record, the inclusion proof leads from it to the root in the checkpoint, and
/// the log's key, witnesses and a map auditor signed that.
#[utoipa::path(
    get, path = "/v1/receipts/{statement_id}", tag = "log", operation_id = "get_receipt",
    params(("statement_id" = String, Path, description = "64 hexadecimal digits")),
    responses(
        (status = 200, description = "The proof", body = Proof),
        (status = 202, description = "The record is accepted, and waits for its checkpoint to be published", body = Pending),
        (status = 400, description = "Not a statement id", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "The log has no such record, or the deployment has no log", body = Problem, content_type = "application/problem+json"),
        (status = 500, description = "A tile cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn receipt(State(app): State<Arc<App>>, Address(id): Address<String>) -> Result<Response, Problem> {
    let log = app.log()?;
    let statement_id = shared::id("statement_id", &id)?;
    let no_such = || Problem::not_found("no_such_record", "the log has no such record");
    let position = receipt::place(&app, statement_id).await?.ok_or_else(no_such)?.position;
    let (index, log_time) = (position.index, position.log_time.get());
    let fresh = [(header::CACHE_CONTROL, shared::REVALIDATE)];
    let Some(head) = log.published.head().filter(|head| index < head.size) else {
        let pending = Pending { status: "accepted", statement_id, index, log_time };
        return Ok((StatusCode::ACCEPTED, fresh, Json(pending)).into_response());
    };
    let (tiles, size) = (log.tiles.clone(), head.size);
    let proof = tokio::task::spawn_blocking(move || {
        let tree = tiles.tree(size);
        tree::inclusion_proof(&tree, index, size).map_err(|error| log_tile::unreadable(&error))
    });
    let proof = proof.await.map_err(|error| log_tile::unreadable(&error))??;
    let leaf = Leaf::Record { log_time: position.log_time, statement: statement_id };
    let proof = Proof {
        status: "published",
        statement_id,
        index,
        log_time,
        leaf: ByteString(leaf.to_bytes().to_vec()),
        inclusion: proof.into_iter().map(RootHash::from).collect(),
        checkpoint: head.note.clone(),
    };
    Ok((fresh, Json(proof)).into_response())
}
