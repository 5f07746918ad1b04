//! From what is printed on a box: `GET /v1/trace/{direction}/label/{gtin}/{lot}`.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use nguon_store::Origin;

use super::{Asked, Extent, walk};
use crate::problem::Problem;
use crate::routes::App;
use crate::routes::shared::{self, Address};

/// Where the batch behind a label came from and where it went
///
/// Lines as `GET /v1/trace/{direction}/batch/{chain_id}` describes them.
#[utoipa::path(
    get, path = "/v1/trace/{direction}/label/{gtin}/{lot}", tag = "trace", operation_id = "trace_label",
    params(
        ("direction" = String, Path, description = "`back`, `forward` or `both`"),
        ("gtin" = String, Path, description = "GTIN in 14 digits"),
        ("lot" = String, Path, description = "Lot, percent-encoded"),
        Extent,
    ),
    responses(
        (status = 200, description = "The walk's lines", body = String, content_type = "application/x-ndjson"),
        (status = 400, description = "Not a direction, GTIN, lot or number of edges", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No batch has this label", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(in crate::routes) async fn trace_label(
    State(app): State<Arc<App>>,
    Address((direction, gtin, lot)): Address<(String, String, String)>,
    extent: Result<Query<Extent>, QueryRejection>,
) -> Result<Response, Problem> {
    let asked = Asked::new(&direction, extent)?;
    let unknown = Problem::not_found("no_such_label", "no batch on this server has this GTIN and lot");
    walk(&app, Origin::Label(shared::label(&gtin, &lot)?), asked, unknown).await
}
