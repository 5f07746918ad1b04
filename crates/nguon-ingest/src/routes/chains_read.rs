//! `POST /v1/chains/read`: many chains at once, each from where the reader is.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use nguon_core::bytes::ByteString;
use nguon_core::ids::ChainId;
use nguon_store::ChainRecords;
use serde::Serialize;

use super::App;
use super::lines::{Next, Page, respond_cbor};
use crate::body;
use crate::problem::Problem;

/// Chains of one request.
const MOST: usize = 20_000;

/// Bytes of a list of so many.
const LONGEST: usize = 2 * 1024 * 1024;

/// Chains of a piece.
const PIECE: usize = 32;

/// One item of the answer.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Item {
    /// `[chain id, sequence of the first, records, positions]`.
    Chain(ByteString, u64, Vec<ByteString>, Vec<[u64; 3]>),
    /// How many chains there were.
    End(u64),
}

impl From<ChainRecords> for Item {
    fn from(found: ChainRecords) -> Self {
        let positions = found.positions.iter().map(|at| [at.index, at.log_time.get(), at.anchor_time.get()]);
        let records = found.records.into_iter().map(ByteString).collect();
        Self::Chain(ByteString(found.chain.as_bytes().to_vec()), found.from, records, positions.collect())
    }
}

/// Read many chains at once, each from where the reader is
///
/// The body says which, and how many records of each the reader has already: `{"<chain id>":0,"<chain id>":12}`, at most
/// 20,000. The answer is a CBOR sequence (RFC 8742) of one array a chain, `[chain id, sequence of the first record, [records],
/// [[index, log time, anchor time]]]`, ascending by chain id; ids are byte strings, records COSE_Sign1 in byte strings, and the
/// positions (empty in a deployment without a log) as in `GET /v1/chains/{chain_id}/positions`. Chains that are not here are left
/// out. The last item is the number of chains in the answer: an answer without it is not all. Over a slow line this is one
/// question instead of one a chain.
#[utoipa::path(
    post, path = "/v1/chains/read", tag = "chains", operation_id = "read_chains",
    request_body(content = BTreeMap<String, u64>, content_type = "application/json", description = "By chain id, the sequence of the first record wanted"),
    responses(
        (status = 200, description = "The chains' records", body = Vec<u8>, content_type = "application/cbor-seq"),
        (status = 400, description = "The body cannot be decoded", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The body did not arrive in time", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too long, or names too many chains", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Wrong Content-Type", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn read(State(app): State<Arc<App>>, headers: HeaderMap, body: Body) -> Result<Response, Problem> {
    let limits = &app.config.limits;
    if body::media_type(&headers).as_deref() != Some("application/json") {
        return Err(body::unsupported(&headers, "`application/json`", body, limits).await);
    }
    let body = body::read(body, LONGEST.min(limits.body), limits).await?;
    let wanted: BTreeMap<ChainId, u64> = serde_json::from_slice(&body).map_err(|error| {
        let detail = format!("an object of chain ids and sequences is expected: {error}");
        Problem::new(StatusCode::BAD_REQUEST, "bad_body", "The body cannot be decoded", detail)
    })?;
    if wanted.len() > MOST {
        let detail = format!("more than {MOST} chains in one request; ask for the others in further ones");
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_many_chains", "Too many chains", detail));
    }
    let permit = app.walks.clone().acquire_owned().await.map_err(|error| Problem::internal(&error))?;
    respond_cbor(further(app, wanted.into_iter().collect(), 0), permit)
}

/// The items of these chains, when so many came before.
fn further(app: Arc<App>, mut wanted: Vec<(ChainId, u64)>, before: u64) -> Next<Item> {
    Next::new(move || -> Page<Item> {
        Box::pin(async move {
            let rest = wanted.split_off(wanted.len().min(PIECE));
            let found = app.config.store.read_chains(wanted).await?;
            let mut items: Vec<Item> = found.into_iter().map(Item::from).collect();
            let chains = before + u64::try_from(items.len()).unwrap_or(u64::MAX);
            if rest.is_empty() {
                items.push(Item::End(chains));
                return Ok((items, None));
            }
            Ok((items, Some(further(app, rest, chains))))
        })
    })
}
