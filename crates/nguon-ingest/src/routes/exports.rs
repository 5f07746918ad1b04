//! `GET /v1/exports/{batch_id}/{file}`: the file that a reader wants of a batch.

mod verified;

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use nguon_core::ids::ChainId;
use nguon_export::files::{self, Kind};
use nguon_export::{Facts, Personal};
use nguon_import::commune;
use serde::Deserialize;
use utoipa::IntoParams;

pub(super) use verified::{on_a_thread, source};

use super::App;
use super::shared::{self, Address};
use crate::problem::Problem;

/// How a file is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    /// `true`: make the file whatever the verdict; it says so on its face
    #[serde(default)]
    despite: bool,
}

/// A file for an importer, customs, a retailer or an inspector, from a batch's verified records
///
/// `epcis.jsonld` (EPCIS 2.0), `fsma.xlsx` (FSMA 204), `circular02.json` and `.xlsx` (Circular 02/2024/TT-BKHCN), `passport.json`
/// and `.html` (Decree 37/2026/NĐ-CP), `vietgap.xlsx` (field logs of the plots), `dossier.pdf` (with the bundle inside, which
/// `nguon verify` checks). The server verifies the bundle first, and the verdict stands in each file; but that is the
/// server's word, and only the dossier carries its proof. Openings are those of the public policy.
#[utoipa::path(
    get, path = "/v1/exports/{batch_id}/{file}", tag = "exports", operation_id = "get_export",
    params(
        ("batch_id" = String, Path, description = "64 hexadecimal digits"),
        ("file" = String, Path, description = "Which file, by the name it is given"),
        Wanted,
    ),
    responses(
        (status = 200, description = "The file", content((Vec<u8> = "application/pdf"), (String = "application/ld+json"), (Object = "application/json"), (String = "text/html"), (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))),
        (status = 400, description = "Not a batch id", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such batch, or no such file", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The verdict is bad (`bad_verdict`): with `despite=true` the file is made all the same", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn export(
    State(app): State<Arc<App>>,
    Address((batch, file)): Address<(String, String)>,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(wanted) = wanted.map_err(|error| Problem::bad_address("despite", error.body_text()))?;
    let batch: ChainId = shared::id("batch_id", &batch)?;
    let kind = Kind::of(&file)
        .ok_or_else(|| Problem::not_found("no_such_file", format!("{file:?} is none of {}", Kind::NAMES.join(", "))))?;
    let bundle = shared::find(&app, batch).await?;
    let trust = app.config.trust.clone();
    let file = verified::on_a_thread(&app, move || {
        let (source, bytes) = verified::source(&bundle, &trust, wanted.despite)?;
        let facts = Facts::new(&source, Personal::Withheld).with_communes(commune::in_province);
        files::make(kind, &facts, &bytes, None).map(|made| made.bytes).map_err(|error| Problem::internal(&error))
    })
    .await?;
    let disposition = format!("{}; filename=\"{}\"", kind.disposition(), kind.name());
    // Words from records stand in the page: nothing in it runs or is fetched.
    let policy = HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; img-src data:");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind.media_type())),
        (
            header::CONTENT_DISPOSITION,
            disposition.parse().map_err(|error| Problem::internal(&error as &dyn std::fmt::Display))?,
        ),
        (header::CACHE_CONTROL, shared::REVALIDATE),
        (header::CONTENT_SECURITY_POLICY, policy),
    ];
    Ok((headers, file).into_response())
}
