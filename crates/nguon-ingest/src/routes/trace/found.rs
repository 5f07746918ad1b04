//! From what records name: `GET /v1/trace/forward/product-lot/{lot}`, `GET /v1/trace/{direction}/shipment/{kind}/{number}`
//! and `…/pallet/{sscc}`.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use nguon_core::event::Document;
use nguon_core::trace::Direction;
use nguon_core::values::SsccCode;
use nguon_store::Origin;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{Asked, Extent, part, usual, walk};
use crate::problem::Problem;
use crate::routes::App;
use crate::routes::shared::Address;

/// Which product, and how far.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::routes) struct Product {
    /// The product's trade name, as the field log has it; left away: any product of that lot.
    product: Option<String>,
    /// Edges at most, up to 1,000,000; a walk that had more says so in its last line.
    #[serde(default = "usual")]
    #[param(default = 100_000)]
    most: u64,
}

/// Where the fruit of all plots went on which a lot of a plant protection product was used
///
/// The walk begins at every plot whose field log names the lot, in an entry or in its correction. Lines as `GET
/// /v1/trace/{direction}/batch/{chain_id}` describes them.
#[utoipa::path(
    get, path = "/v1/trace/{direction}/product-lot/{lot}", tag = "trace", operation_id = "trace_product_lot",
    params(
        ("direction" = String, Path, description = "`forward`"),
        ("lot" = String, Path, description = "Lot on the product's package, percent-encoded"),
        Product,
    ),
    responses(
        (status = 200, description = "The walk's lines", body = String, content_type = "application/x-ndjson"),
        (status = 400, description = "Another direction than forward, not a lot, a product or a number of edges", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No field log names this lot", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(in crate::routes) async fn trace_product_lot(
    State(app): State<Arc<App>>,
    Address((direction, lot)): Address<(String, String)>,
    product: Result<Query<Product>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(Product { product, most }) = product.map_err(|error| Problem::bad_address("most", error.body_text()))?;
    let asked = Asked::new(&direction, Ok(Query(Extent { most })))?;
    if asked.direction != Direction::Forward {
        let detail = "direction: from a product's lot a walk only goes forward";
        return Err(Problem::bad_address("direction", detail));
    }
    let product = product.map(|product| part("product", &product)).transpose()?;
    let unknown = Problem::not_found("no_such_product_lot", "no field log on this server names this lot");
    walk(&app, Origin::ProductLot { lot: part("lot", &lot)?, product }, asked, unknown).await
}

/// Where the batches of a shipment came from and where they went
///
/// The walk begins at every batch whose `shipped` names the document. Lines as `GET
/// /v1/trace/{direction}/batch/{chain_id}` describes them.
#[utoipa::path(
    get, path = "/v1/trace/{direction}/shipment/{kind}/{number}", tag = "trace", operation_id = "trace_shipment",
    params(
        ("direction" = String, Path, description = "`back`, `forward` or `both`"),
        ("kind" = String, Path, description = "Type of the document, percent-encoded"),
        ("number" = String, Path, description = "Its number, percent-encoded"),
        Extent,
    ),
    responses(
        (status = 200, description = "The walk's lines", body = String, content_type = "application/x-ndjson"),
        (status = 400, description = "Not a direction, a document or a number of edges", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No shipment names this document", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(in crate::routes) async fn trace_shipment(
    State(app): State<Arc<App>>,
    Address((direction, kind, number)): Address<(String, String, String)>,
    extent: Result<Query<Extent>, QueryRejection>,
) -> Result<Response, Problem> {
    let asked = Asked::new(&direction, extent)?;
    let document = Document { kind: part("kind", &kind)?, number: part("number", &number)? };
    let unknown = Problem::not_found("no_such_shipment", "no shipment on this server names this document");
    walk(&app, Origin::Shipment(document), asked, unknown).await
}

/// Where the batches on a pallet came from and where they went
///
/// Lines as `GET /v1/trace/{direction}/batch/{chain_id}` describes them.
#[utoipa::path(
    get, path = "/v1/trace/{direction}/pallet/{sscc}", tag = "trace", operation_id = "trace_pallet",
    params(
        ("direction" = String, Path, description = "`back`, `forward` or `both`"),
        ("sscc" = String, Path, description = "Serial Shipping Container Code, 18 digits"),
        Extent,
    ),
    responses(
        (status = 200, description = "The walk's lines", body = String, content_type = "application/x-ndjson"),
        (status = 400, description = "Not a direction, an SSCC or a number of edges", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No batch stands on this pallet", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(in crate::routes) async fn trace_pallet(
    State(app): State<Arc<App>>,
    Address((direction, sscc)): Address<(String, String)>,
    extent: Result<Query<Extent>, QueryRejection>,
) -> Result<Response, Problem> {
    let asked = Asked::new(&direction, extent)?;
    let sscc: SsccCode = part("sscc", &sscc)?;
    let unknown = Problem::not_found("no_such_pallet", "no batch on this server stands on this pallet");
    walk(&app, Origin::Pallet(sscc), asked, unknown).await
}
