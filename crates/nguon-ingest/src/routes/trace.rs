//! `GET /v1/trace/{direction}/…`: the trace graph from wherever a walk begins, streamed.
//!
//! A walk is taken piece by piece, each from a snapshot of its own: neither a long walk nor a slow reader keeps anybody
//! from reading or writing.

mod chain;
mod found;
mod label;

use std::str::FromStr;
use std::sync::Arc;

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::response::Response;
use nguon_core::trace::{Direction, Line, MOST, UnknownDirection, Walk};
use nguon_store::{OpeningPolicy, Origin, Store};
use serde::Deserialize;
use utoipa::IntoParams;

pub(super) use chain::{
    __path_trace_actor, __path_trace_batch, __path_trace_place, trace_actor, trace_batch, trace_place,
};
pub(super) use found::{
    __path_trace_pallet, __path_trace_product_lot, __path_trace_shipment, trace_pallet, trace_product_lot,
    trace_shipment,
};
pub(super) use label::{__path_trace_label, trace_label};

use super::App;
use super::lines::{Next, Page, respond};
use crate::problem::Problem;

/// Lines of the first piece, so that it comes soon, and of each further one.
const FIRST: usize = 256;
const FURTHER: usize = 2_048;

/// The most edges that may be asked for.
const LIMIT: u64 = 1_000_000;

/// How far a walk goes.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Extent {
    /// Edges at most, up to 1,000,000; a walk that had more says so in its last line.
    #[serde(default = "usual")]
    #[param(default = 100_000)]
    most: u64,
}

const fn usual() -> u64 {
    MOST
}

/// How a walk is asked for, besides where it begins.
pub(super) struct Asked {
    direction: Direction,
    most: u64,
}

impl Asked {
    fn new(direction: &str, extent: Result<Query<Extent>, QueryRejection>) -> Result<Self, Problem> {
        let direction = direction
            .parse()
            .map_err(|error: UnknownDirection| Problem::bad_address("direction", format!("direction: {error}")))?;
        let Query(Extent { most }) = extent.map_err(|error| Problem::bad_address("most", error.body_text()))?;
        if most > LIMIT {
            return Err(Problem::bad_address("most", format!("most: at most {LIMIT} edges are given at a time")));
        }
        Ok(Self { direction, most })
    }
}

/// Begins a walk; `unknown` is the problem if there is nothing to begin at.
async fn walk(app: &App, origin: Origin, asked: Asked, unknown: Problem) -> Result<Response, Problem> {
    let Asked { direction, most } = asked;
    let (store, policy) = (app.config.store.clone(), app.config.policy.clone());
    let permit = app.walks.clone().acquire_owned().await.map_err(|error| Problem::internal(&error))?;
    let piece = store.begin_trace(origin, direction, most, policy.clone(), FIRST).await?.ok_or(unknown)?;
    let next = further(store, piece.walk, policy);
    respond(&piece.lines, next, permit)
}

/// What comes after a piece, if anything does.
fn further(store: Arc<dyn Store>, walk: Walk, policy: OpeningPolicy) -> Option<Next<Line>> {
    if walk.is_over() {
        return None;
    }
    Some(Next::new(move || -> Page<Line> {
        Box::pin(async move {
            let piece = store.go_on_trace(walk, policy.clone(), FURTHER).await?;
            Ok((piece.lines, further(store, piece.walk, policy)))
        })
    }))
}

/// A part of an address that is written as in records.
fn part<T: FromStr<Err: std::fmt::Display>>(field: &'static str, text: &str) -> Result<T, Problem> {
    text.parse().map_err(|error| Problem::bad_address(field, format!("{field}: {error}")))
}
