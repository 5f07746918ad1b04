//! `GET /v1/products`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::{App, shared};
use crate::problem::Problem;
use crate::products::Product;

/// The plant protection products that this operator lists, to choose from
///
/// A help for filling in, ascending by name: what a record may say does not depend on it. Empty where the operator gave none.
/// An `ETag` makes asking again cheap.
#[utoipa::path(
    get, path = "/v1/products", tag = "products", operation_id = "get_products",
    responses(
        (status = 200, description = "The list", body = Vec<Product>),
        (status = 304, description = "Nothing has changed since"),
    )
)]
pub(super) async fn products(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Problem> {
    shared::tagged(&headers, &app.config.products)
}
