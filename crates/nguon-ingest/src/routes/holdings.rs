//! `GET /v1/holdings/actor/{chain_id}`: who holds what now, streamed.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use nguon_core::ids::ChainId;
use nguon_core::trace::{End, Line, Start};
use nguon_store::{OpeningPolicy, Store};

use super::App;
use super::lines::{Next, Page, respond};
use super::shared::{self, Address};
use crate::problem::Problem;

/// Batches of a piece.
const BATCHES: usize = 1_024;

/// The batches of an actor of which something remains
///
/// NDJSON (one object a line): `{"start":[…],"as_of":…}` with the actor, `{"name":…}` if the public policy opens it,
/// `{"node":…}` for each batch, ascending by chain id, and last `{"end":{"nodes":…,"edges":0,"cut":false}}`; an answer without
/// that line is not all. Grams are effective values, corrections counted. This is the server's word.
#[utoipa::path(
    get, path = "/v1/holdings/actor/{chain_id}", tag = "trace", operation_id = "get_holdings",
    params(("chain_id" = String, Path, description = "64 hexadecimal digits")),
    responses(
        (status = 200, description = "The batches' lines", body = String, content_type = "application/x-ndjson"),
        (status = 400, description = "Not a chain id", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such actor", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn holdings(
    State(app): State<Arc<App>>,
    Address(actor): Address<String>,
) -> Result<Response, Problem> {
    let actor: ChainId = shared::id("chain_id", &actor)?;
    let (store, policy) = (app.config.store.clone(), app.config.policy.clone());
    let permit = app.walks.clone().acquire_owned().await.map_err(|error| Problem::internal(&error))?;
    let found = store.holdings(actor, None, BATCHES, policy.clone()).await?;
    let found = found.ok_or_else(|| Problem::not_found("no_such_actor", "this server has no such actor"))?;
    let start = Start { start: vec![actor], direction: None, as_of: found.as_of };
    let mut lines = vec![Line::Start(start)];
    lines.extend(found.name.map(Line::Name));
    let mut listing = Listing { actor, nodes: 0, policy };
    let last = listing.add(&mut lines, found.batches);
    respond(&lines, listing.further(store, last), permit)
}

/// How far a list has come.
struct Listing {
    actor: ChainId,
    nodes: u64,
    policy: OpeningPolicy,
}

impl Listing {
    /// Adds batches; the last of them, if more may follow.
    fn add(&mut self, lines: &mut Vec<Line>, batches: Vec<nguon_core::trace::Node>) -> Option<ChainId> {
        let last = batches.last().map(|batch| batch.chain).filter(|_| batches.len() == BATCHES);
        for batch in batches {
            self.nodes += 1;
            lines.push(Line::Node(Box::new(batch)));
        }
        if last.is_none() {
            lines.push(Line::End(End { nodes: self.nodes, edges: 0, cut: false }));
        }
        last
    }

    fn further(mut self, store: Arc<dyn Store>, last: Option<ChainId>) -> Option<Next<Line>> {
        let after = Some(last?);
        Some(Next::new(move || -> Page<Line> {
            Box::pin(async move {
                let found = store.holdings(self.actor, after, BATCHES, self.policy.clone()).await?;
                let mut lines = Vec::new();
                let last = self.add(&mut lines, found.map(|found| found.batches).unwrap_or_default());
                Ok((lines, self.further(store, last)))
            })
        }))
    }
}
