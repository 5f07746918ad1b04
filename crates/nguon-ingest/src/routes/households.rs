//! `GET /v1/registrars/{chain_id}/households`: what a co-op's desk needs, streamed.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use nguon_core::ids::ChainId;
use nguon_core::trace::AsOf;
use nguon_store::{AreaSums, Household, Households, OpeningPolicy, Store};
use serde::Serialize;

use super::App;
use super::lines::{Next, Page, respond};
use super::shared::{self, Address};
use crate::problem::Problem;

/// Households of a piece.
const HOUSEHOLDS: usize = 1_024;

/// One line of the answer.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
enum HouseholdLine {
    Start { registrar: ChainId, as_of: Option<AsOf> },
    Household(Box<Household>),
    Area(AreaSums),
    End { households: u64, areas: usize },
}

/// All actors below a registrar, what they may yield, what they yielded, and when they last recorded anything
///
/// NDJSON (one object a line), ascending by chain id: `{"start":{"registrar":…,"as_of":…}}`, `{"household":{…}}` for each actor
/// that the registrar or one below it enrolled, then `{"area":{…}}` for each growing area of which one of them has a plot or
/// whose code the registrar holds, and last `{"end":{"households":…,"areas":…}}`; an answer without that line is not all.
///
/// A household has `actor`, `role`, `name` (where the public policy opens it), `enrolled_by`, `active_keys` (0: its registrar
/// signs for it), `retired`, `last_record` (when it last recorded anything, by itself or through its registrar), `last_applied`
/// and `last_harvested` (as they count on its plots), and `plots`: `plot`, `area`, `variety`, `area_m2` and `seasons` with
/// `season`, `from`, `until`, `allotted_g`, `drawn_g`. An area has `area`, `code`, `area_m2` and `seasons` with `ceiling_g`,
/// `allotted_g` and `drawn_g`. Grams are effective values, corrections counted; times are Unix seconds, the log's where there is
/// a log. This is the server's word; the chains prove it.
#[utoipa::path(
    get, path = "/v1/registrars/{chain_id}/households", tag = "actors", operation_id = "get_households",
    params(("chain_id" = String, Path, description = "64 hexadecimal digits")),
    responses(
        (status = 200, description = "The households' and areas' lines", body = String, content_type = "application/x-ndjson"),
        (status = 400, description = "Not a chain id", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such registrar", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn households(
    State(app): State<Arc<App>>,
    Address(registrar): Address<String>,
) -> Result<Response, Problem> {
    let registrar: ChainId = shared::id("chain_id", &registrar)?;
    let (store, policy) = (app.config.store.clone(), app.config.policy.clone());
    let permit = app.walks.clone().acquire_owned().await.map_err(|error| Problem::internal(&error))?;
    let found = store.households(registrar, None, HOUSEHOLDS, policy.clone()).await?;
    let found = found.ok_or_else(|| Problem::not_found("no_such_registrar", "this server has no such registrar"))?;
    let mut lines = vec![HouseholdLine::Start { registrar, as_of: found.as_of }];
    let mut listing = Listing { registrar, households: 0, policy };
    let last = listing.add(&mut lines, found);
    respond(&lines, listing.further(store, last), permit)
}

/// How far a list has come.
struct Listing {
    registrar: ChainId,
    households: u64,
    policy: OpeningPolicy,
}

impl Listing {
    /// Adds households; the last of them, if more may follow.
    fn add(&mut self, lines: &mut Vec<HouseholdLine>, found: Households) -> Option<ChainId> {
        let Households { households, areas, .. } = found;
        let last = households.last().map(|household| household.actor).filter(|_| households.len() == HOUSEHOLDS);
        for household in households {
            self.households += 1;
            lines.push(HouseholdLine::Household(Box::new(household)));
        }
        if last.is_none() {
            let end = HouseholdLine::End { households: self.households, areas: areas.len() };
            lines.extend(areas.into_iter().map(HouseholdLine::Area));
            lines.push(end);
        }
        last
    }

    fn further(mut self, store: Arc<dyn Store>, last: Option<ChainId>) -> Option<Next<HouseholdLine>> {
        let after = Some(last?);
        Some(Next::new(move || -> Page<HouseholdLine> {
            Box::pin(async move {
                let found = store.households(self.registrar, after, HOUSEHOLDS, self.policy.clone()).await?;
                let mut lines = Vec::new();
                // A registrar does not go away.
                let found = found.unwrap_or(Households { as_of: None, households: Vec::new(), areas: Vec::new() });
                let last = self.add(&mut lines, found);
                Ok((lines, self.further(store, last)))
            })
        }))
    }
}
