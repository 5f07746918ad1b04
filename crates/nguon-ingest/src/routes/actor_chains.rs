//! `GET /v1/actors/{chain_id}/chains`: what a device of an actor needs.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use nguon_core::ids::ChainId;
use nguon_core::trace::AsOf;
use nguon_store::NeededChain;
use serde::Serialize;

use super::App;
use super::lines::respond;
use super::shared::{self, Address};
use crate::problem::Problem;

/// One line of the answer.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
enum ChainLine {
    Start { actor: ChainId, as_of: Option<AsOf> },
    Chain(NeededChain),
    End { chains: usize },
}

/// The chains that a device of an actor needs, and how far each has come
///
/// NDJSON (one object a line): `{"start":{"actor":…,"as_of":…}}`, `{"chain":{"chain":…,"sort":…,"why":…,"sequence":…,"head":…}}`
/// for each chain, and last `{"end":{"chains":…}}`; an answer without that line is not all. `why` is `self` (the actor's own
/// chain), `held` (its plots, the places whose codes it holds, its batches of which something remains or into which nothing has
/// come yet), `around` (what those refer to: growing areas, sources, who signed there) or `above` (who enrolled any of these
/// actors, up to the authority). A device that knows a chain up to some sequence fetches the rest from
/// `GET /v1/chains/{chain_id}/records?from=…`. This is the server's word; what it serves proves itself.
#[utoipa::path(
    get, path = "/v1/actors/{chain_id}/chains", tag = "actors", operation_id = "get_actor_chains",
    params(("chain_id" = String, Path, description = "64 hexadecimal digits")),
    responses(
        (status = 200, description = "The chains' lines", body = String, content_type = "application/x-ndjson"),
        (status = 400, description = "Not a chain id", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such actor", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn chains(State(app): State<Arc<App>>, Address(actor): Address<String>) -> Result<Response, Problem> {
    let actor: ChainId = shared::id("chain_id", &actor)?;
    let permit = app.walks.clone().acquire_owned().await.map_err(|error| Problem::internal(&error))?;
    let found = app.config.store.needed_chains(actor).await?;
    let found = found.ok_or_else(|| Problem::not_found("no_such_actor", "this server has no such actor"))?;
    let chains = found.chains.len();
    let mut lines = vec![ChainLine::Start { actor, as_of: found.as_of }];
    lines.extend(found.chains.into_iter().map(ChainLine::Chain));
    lines.push(ChainLine::End { chains });
    respond(&lines, None, permit)
}
