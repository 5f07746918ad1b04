//! `POST /v1/records`.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use nguon_core::admit::Statement;
use nguon_core::envelope::MAX_RECORD;
use nguon_core::ids::{ChainId, StatementId};
use nguon_store::Outcome;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::App;
use super::receipt::{self, LogReceipt};
use crate::log::crash::{self, Step};
use crate::problem::Problem;
use crate::{body, fault, nfc, sequence};

/// How a sequence is taken.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Options {
    /// A sequence is taken whole, at consecutive positions as posted, or not at all.
    #[serde(default)]
    atomic: bool,
    /// Seconds to wait for the checkpoint that holds what was accepted, at most 60; 0: answer at once. Without a log
    /// there is nothing to wait for.
    #[serde(default = "usual_wait")]
    wait: u64,
}

const fn usual_wait() -> u64 {
    10
}

/// What became of a record that is stored.
#[derive(Debug, Serialize, ToSchema)]
struct Receipt {
    /// `accepted`, or `duplicate` if the same statement was there before.
    status: &'static str,
    #[schema(value_type = String)]
    statement_id: StatementId,
    #[schema(value_type = String)]
    chain: ChainId,
    sequence: u64,
    /// Where the published log holds it; absent until then, and where there is no log.
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<LogReceipt>,
}

/// What became of one record, or of each of a sequence.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
enum Answer {
    One(Receipt),
    Each(Results),
}

/// What became of each record of a sequence.
#[derive(Debug, Serialize, ToSchema)]
struct Results {
    results: Vec<RecordResult>,
}

/// What became of one record of a sequence.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RecordResult {
    /// Which record of the body, from 0.
    index: usize,
    /// `accepted`, `duplicate`, `conflict` or `rejected`.
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    statement_id: Option<StatementId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    chain: Option<ChainId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sequence: Option<u64>,
    /// Where the published log holds it; absent until then, and where there is no log.
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<LogReceipt>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<Problem>,
}

impl RecordResult {
    /// Whether the published log holds it.
    pub(super) const fn has_receipt(&self) -> bool {
        self.receipt.is_some()
    }
}

/// Submit one record, or a CBOR sequence of them
///
/// An answer of 200, 201 or 202 says that the record is on disk. Posting the same again is harmless. In a deployment with a
/// log the answer waits for the checkpoint that holds the record, and carries a receipt; 202 says that the checkpoint is
/// still to come (`GET /v1/receipts/{statement_id}` asks again).
#[utoipa::path(
    post, path = "/v1/records", tag = "records", operation_id = "submit_records", params(Options),
    request_body(description = "A COSE_Sign1 (RFC 9052), or several one after the other (RFC 8742)", content(
        (Vec<u8> = "application/cose"), (Vec<u8> = "application/cbor-seq")
    )),
    responses(
        (status = 201, description = "The record was accepted", body = Receipt),
        (status = 200, description = "The record was there before; or: what became of each record of the sequence",
         body = Answer),
        (status = 202, description = "What was accepted is not published yet: at least one record has no receipt", body = Answer),
        (status = 400, description = "The body cannot be decoded", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The body did not arrive in time", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Another record stands in its place; `head` names the newest", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body or a record is too long", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Wrong Content-Type", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The record breaks a rule", body = Problem, content_type = "application/problem+json"),
        (status = 500, description = "A stored record that this one depends on is damaged", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available, or the log takes nothing now", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn submit(
    State(app): State<Arc<App>>,
    options: Result<Query<Options>, axum::extract::rejection::QueryRejection>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let Query(options) = options.map_err(|error| Problem::bad_address("query", error.body_text()))?;
    // Bodies are in memory no longer than this takes, and so many at a time.
    let taken = {
        let _permit = app.taking.acquire().await;
        take(&app, &options, &headers, body).await?
    };
    let receipts = receipt::receipts(&app, &taken.stored(), Duration::from_secs(options.wait)).await?;
    Ok(taken.answer(receipts, app.log.is_some()))
}

/// What became of the records of a body.
enum Taken {
    One(Outcome),
    Each(Vec<Result<Outcome, Problem>>),
}

async fn take(app: &App, options: &Options, headers: &HeaderMap, body: Body) -> Result<Taken, Problem> {
    let limits = &app.config.limits;
    match body::media_type(headers).as_deref() {
        Some("application/cose") => one(app, body::read(body, MAX_RECORD, limits).await?).await,
        Some("application/cbor-seq") => {
            let body = body::read(body, limits.body, limits).await?;
            if options.atomic { group(app, &body).await } else { each(app, &body).await }
        }
        _ => {
            let wanted = "`application/cose` or `application/cbor-seq`";
            Err(body::unsupported(headers, wanted, body, limits).await)
        }
    }
}

async fn one(app: &App, bytes: Vec<u8>) -> Result<Taken, Problem> {
    let statement = decode(app, bytes)?;
    let outcome = submit_each(app, vec![statement]).await?.pop().ok_or(nguon_store::StoreError::Stopped)?;
    Problem::of(&outcome).map_or(Ok(Taken::One(outcome)), Err)
}

async fn each(app: &App, body: &[u8]) -> Result<Taken, Problem> {
    let decoded: Vec<Result<Statement, Problem>> =
        sequence::split(body)?.into_iter().map(|item| decode(app, item.to_vec())).collect();
    let statements = decoded.iter().flatten().cloned().collect();
    let mut outcomes = submit_each(app, statements).await?.into_iter();
    let mut next = || outcomes.next().ok_or_else(|| nguon_store::StoreError::Stopped.into());
    Ok(Taken::Each(decoded.into_iter().map(|decoded| decoded.and_then(|_| next())).collect()))
}

async fn group(app: &App, body: &[u8]) -> Result<Taken, Problem> {
    let items = sequence::split(body)?.into_iter().enumerate();
    let decode = |(index, item): (usize, &[u8])| decode(app, item.to_vec()).map_err(|problem| problem.indexed(index));
    let statements = items.map(decode).collect::<Result<_, _>>()?;
    app.accepts()?;
    let taken = app.config.store.submit_group(statements).await?;
    tell_sequencer(app);
    match taken {
        Ok(outcomes) => Ok(Taken::Each(outcomes.into_iter().map(Ok).collect())),
        Err(refusal) => match Problem::of(&refusal.outcome) {
            Some(problem) => Err(problem.indexed(refusal.index)),
            None => Err(nguon_store::StoreError::Stopped.into()),
        },
    }
}

async fn submit_each(app: &App, statements: Vec<Statement>) -> Result<Vec<Outcome>, Problem> {
    app.accepts()?;
    let outcomes = app.config.store.submit(statements).await?;
    tell_sequencer(app);
    Ok(outcomes)
}

/// Also of what was refused: it may have left evidence of two histories.
pub(super) fn tell_sequencer(app: &App) {
    crash::after(Step::RecordsStored);
    if let Some(log) = &app.log {
        log.wake.notify_one();
    }
}

impl Taken {
    /// Those that are in the store, in their places.
    fn stored(&self) -> Vec<Option<StatementId>> {
        let stored = |outcome: &Outcome| outcome.is_stored().then(|| outcome.entry().statement);
        match self {
            Self::One(outcome) => vec![stored(outcome)],
            Self::Each(outcomes) => outcomes.iter().map(|outcome| outcome.as_ref().ok().and_then(stored)).collect(),
        }
    }

    fn answer(self, receipts: Vec<Option<LogReceipt>>, has_log: bool) -> Response {
        let waits =
            has_log && self.stored().iter().zip(&receipts).any(|(id, receipt)| id.is_some() && receipt.is_none());
        let status = |otherwise| if waits { StatusCode::ACCEPTED } else { otherwise };
        let mut receipts = receipts.into_iter();
        match self {
            Self::One(outcome) => {
                let is_new = matches!(outcome, Outcome::Accepted(_));
                let status = status(if is_new { StatusCode::CREATED } else { StatusCode::OK });
                (status, Json(Answer::One(answer(&outcome, receipts.next().flatten())))).into_response()
            }
            Self::Each(outcomes) => {
                let each = outcomes.into_iter().zip(receipts).enumerate();
                let results = each.map(|(index, (outcome, receipt))| match outcome {
                    Ok(outcome) => result(index, &outcome, receipt),
                    Err(problem) => refused(index, problem.indexed(index)),
                });
                (status(StatusCode::OK), Json(Answer::Each(Results { results: results.collect() }))).into_response()
            }
        }
    }
}

pub(super) fn decode(app: &App, bytes: Vec<u8>) -> Result<Statement, Problem> {
    let copy = bytes.clone();
    let statement = Statement::from_bytes(bytes, app.config.trust.deployment())
        .map_err(|fault| fault::undecodable(&fault, &copy))?;
    nfc::check(&statement.record).map_err(|problem| problem.at(statement.chain(), statement.record.sequence))?;
    Ok(statement)
}

const fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Accepted(_) => "accepted",
        Outcome::Duplicate(_) => "duplicate",
        Outcome::Conflict(..) => "conflict",
        Outcome::Rejected(..) => "rejected",
    }
}

const fn answer(outcome: &Outcome, receipt: Option<LogReceipt>) -> Receipt {
    let entry = outcome.entry();
    let (statement_id, chain, sequence) = (entry.statement, entry.chain, entry.sequence);
    Receipt { status: word(outcome), statement_id, chain, sequence, receipt }
}

pub(super) fn result(index: usize, outcome: &Outcome, receipt: Option<LogReceipt>) -> RecordResult {
    let entry = outcome.entry();
    RecordResult {
        index,
        status: word(outcome),
        statement_id: Some(entry.statement),
        chain: Some(entry.chain),
        sequence: Some(entry.sequence),
        receipt,
        problem: Problem::of(outcome).map(|problem| problem.indexed(index)),
    }
}

fn refused(index: usize, problem: Problem) -> RecordResult {
    let (chain, sequence) = (problem.place.chain, problem.place.sequence);
    let status = "rejected";
    RecordResult { index, status, statement_id: None, chain, sequence, receipt: None, problem: Some(problem) }
}
