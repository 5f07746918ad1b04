//! One file a route.

mod actor_chains;
mod attachment_get;
mod attachment_put;
mod bundle_by_batch;
mod bundle_by_label;
mod chain_head;
mod chain_positions;
mod chain_records;
mod chains_read;
mod epcis_events;
mod evidence_get;
mod exports;
mod groups_post;
mod health;
mod holdings;
mod households;
mod key_get;
mod lines;
mod log_checkpoint;
mod log_consistency;
mod log_records;
mod log_roots;
mod log_tile;
mod logged;
mod openapi;
mod openings_post;
mod products_get;
mod recalls;
mod receipt;
mod receipt_get;
mod record_get;
mod records_post;
mod roots_post;
mod scans;
mod serial_get;
mod serials_post;
mod shared;
mod trace;
mod upload;

use std::sync::Arc;

use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use tokio::sync::Semaphore;
use tower::limit::GlobalConcurrencyLimitLayer;
use tower_http::compression::CompressionLayer;
use tower_http::cors::{Any, CorsLayer};
use tower_http::set_header::SetResponseHeaderLayer;
use utoipa::OpenApi as _;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::config::{Config, Limits};
use crate::log::{Log, State};
use crate::pace::Pace;
use crate::problem::Problem;
use crate::stopping::Stopping;

#[derive(utoipa::OpenApi)]
#[openapi(info(
    title = "Nguồn ingestion server",
    description = "Takes signed produce records and serves them. Nothing is acknowledged before it is durable, and nothing \
                   served here has to be believed: readers verify what they get against a trust root they have from \
                   elsewhere (no path here serves its first version). Errors are problem details (RFC 9457).",
    license(name = "MIT OR Apache-2.0")
))]
struct Description;

/// What handlers share.
pub(crate) struct App {
    pub config: Config,
    /// The deployment's log, if it has one.
    pub log: Option<Arc<Log>>,
    /// How many requests may be taking records at a time.
    pub taking: Semaphore,
    /// How many walks and lists may be streamed at a time.
    pub walks: Arc<Semaphore>,
    /// How many scans may be counted.
    pub scans: Pace,
    /// Who waits is told when the server stops.
    pub stopping: Stopping,
    /// The description of this very router, as JSON.
    pub openapi: String,
}

impl App {
    /// The log.
    fn log(&self) -> Result<&Arc<Log>, Problem> {
        let detail = "this deployment has no log: its trust root names none";
        self.log.as_ref().ok_or_else(|| Problem::not_found("no_log", detail))
    }

    /// Whether records may be added now.
    fn accepts(&self) -> Result<(), Problem> {
        let Some(closed) = self.log.as_ref().and_then(|log| log.closed_for()) else { return Ok(()) };
        let title = "Nothing is accepted now";
        Err(match closed {
            State::Stopped(_) => {
                let detail = "the log has stopped: whoever runs this server must look at it (GET /v1/health says why)";
                Problem::new(StatusCode::SERVICE_UNAVAILABLE, "log_stopped", title, detail)
            }
            _ => {
                let detail = "the log is waiting for its witnesses to say that nothing is lost; try again soon";
                Problem::new(StatusCode::SERVICE_UNAVAILABLE, "log_not_ready", title, detail)
            }
        })
    }
}

/// The API: routes and their description.
pub(crate) fn api(config: Config, log: Option<Arc<Log>>, stopping: Stopping) -> axum::Router {
    let (router, description) = described(config.limits.requests);
    let openapi = description.to_pretty_json().unwrap_or_default();
    let web = config.web.is_some();
    let router = if web { router.fallback(crate::web::serve) } else { router.fallback(nothing_here) };
    let taking = Semaphore::new(config.limits.requests);
    let walks = Arc::new(Semaphore::new(config.limits.requests));
    let scans = Pace::new(config.limits.scans);
    router.method_not_allowed_fallback(wrong_method).with_state(Arc::new(App {
        config,
        log,
        taking,
        walks,
        scans,
        stopping,
        openapi,
    }))
}

/// The description of the API, as `GET /v1/openapi.json` gives it.
#[must_use]
pub fn description() -> OpenApi {
    described(Limits::default().requests).1
}

fn described(at_a_time: usize) -> (axum::Router<Arc<App>>, OpenApi) {
    let (reads, mut description) = OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(bundle_by_batch::bundle_by_batch))
        .routes(routes!(bundle_by_label::bundle_by_label))
        .routes(routes!(bundle_by_label::bundle_by_serial))
        .routes(routes!(exports::export))
        .routes(routes!(epcis_events::events_of_lots))
        .routes(routes!(chain_head::chain_head))
        .routes(routes!(chain_records::chain_records))
        .routes(routes!(chain_positions::chain_positions))
        .routes(routes!(record_get::record))
        .routes(routes!(receipt_get::receipt))
        .routes(routes!(attachment_get::attachment))
        .routes(routes!(recalls::get_list))
        .routes(routes!(serial_get::serial))
        .routes(routes!(trace::trace_batch))
        .routes(routes!(trace::trace_place))
        .routes(routes!(trace::trace_actor))
        .routes(routes!(trace::trace_label))
        .routes(routes!(trace::trace_product_lot))
        .routes(routes!(trace::trace_shipment))
        .routes(routes!(trace::trace_pallet))
        .routes(routes!(holdings::holdings))
        .routes(routes!(key_get::key))
        .routes(routes!(actor_chains::chains))
        .routes(routes!(households::households))
        .routes(routes!(products_get::products))
        .routes(routes!(log_consistency::consistency))
        .routes(routes!(log_records::records))
        .routes(routes!(log_roots::roots))
        .routes(routes!(evidence_get::evidence))
        .routes(routes!(health::health))
        .routes(routes!(openapi::openapi))
        .split_for_parts();
    // Hashes, notes and small answers: not worth compressing.
    let (log, more) = OpenApiRouter::new()
        .routes(routes!(log_checkpoint::checkpoint))
        .routes(routes!(log_checkpoint::pending))
        .routes(routes!(log_tile::tile))
        .split_for_parts();
    description.merge(more);
    let (scans, more) = OpenApiRouter::new().routes(routes!(scans::get_scans, scans::count_scan)).split_for_parts();
    description.merge(more);
    let (writes, more) = OpenApiRouter::new()
        .routes(routes!(openings_post::submit))
        .routes(routes!(attachment_put::attachment))
        .routes(routes!(roots_post::submit))
        .routes(routes!(recalls::put_list))
        .routes(routes!(serials_post::submit))
        .routes(routes!(chains_read::read))
        .split_for_parts();
    description.merge(more);
    // Pieces may take long: apart, so that they keep nobody else waiting.
    let (uploads, more) =
        OpenApiRouter::new().routes(routes!(upload::head, upload::patch, upload::delete)).split_for_parts();
    description.merge(more);
    // They limit themselves: while they wait for a receipt they are not working.
    let (records, more) = OpenApiRouter::new()
        .routes(routes!(records_post::submit))
        .routes(routes!(groups_post::submit))
        .split_for_parts();
    description.merge(more);
    // Anyone's page may read: what is read is public and is verified where it is read. Writing is for programs.
    let cors = CorsLayer::new().allow_origin(Any).allow_methods([Method::GET, Method::HEAD]);
    let cors = cors.allow_headers([header::ACCEPT, header::IF_NONE_MATCH]).expose_headers([
        header::ETAG,
        header::LINK,
        header::RETRY_AFTER,
    ]);
    // But for a count of scans, which a page asks for: without a body and by a method that needs no question beforehand.
    let counting = cors.clone().allow_methods([Method::GET, Method::HEAD, Method::POST]);
    let scans = scans.method_not_allowed_fallback(wrong_method).layer(counting);
    // The fallback goes inside the layers, so that a browser's question beforehand (OPTIONS) is answered.
    let reads = reads.method_not_allowed_fallback(wrong_method).layer(CompressionLayer::new());
    let log = log.method_not_allowed_fallback(wrong_method);
    let reads = reads.merge(log).layer(cors).merge(scans);
    // One limit each: clients that send slowly must not keep readers waiting.
    let reads = reads.layer(GlobalConcurrencyLimitLayer::new(at_a_time));
    let writes = writes.layer(GlobalConcurrencyLimitLayer::new(at_a_time));
    let uploads = uploads.layer(GlobalConcurrencyLimitLayer::new(at_a_time));
    let nosniff = HeaderValue::from_static("nosniff");
    let nosniff = SetResponseHeaderLayer::if_not_present(header::X_CONTENT_TYPE_OPTIONS, nosniff);
    (reads.merge(writes).merge(uploads).merge(records).layer(nosniff), description)
}

pub(crate) async fn nothing_here() -> Response {
    Problem::not_found("no_such_path", "there is nothing at this address; GET /v1/openapi.json lists what there is")
        .into_response()
}

async fn wrong_method(method: Method) -> Response {
    let detail = format!("{method} is not possible here; GET /v1/openapi.json lists what is");
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "Wrong method", detail).into_response()
}
