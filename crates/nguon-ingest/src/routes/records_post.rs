//! `POST /v1/records`.

use std::sync::Arc;

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
use crate::problem::Problem;
use crate::{body, fault, nfc, sequence};

/// How a sequence is taken.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Options {
    /// A sequence is taken whole, at consecutive positions as posted, or not at all.
    #[serde(default)]
    atomic: bool,
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
struct RecordResult {
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
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<Problem>,
}

/// Submit one record, or a CBOR sequence of them
///
/// An answer of 200 or 201 says that the record is on disk. Posting the same again is harmless.
#[utoipa::path(
    post, path = "/v1/records", tag = "records", operation_id = "submit_records", params(Options),
    request_body(description = "A COSE_Sign1 (RFC 9052), or several one after the other (RFC 8742)", content(
        (Vec<u8> = "application/cose"), (Vec<u8> = "application/cbor-seq")
    )),
    responses(
        (status = 201, description = "The record was accepted", body = Receipt),
        (status = 200, description = "The record was there before; or: what became of each record of the sequence",
         body = Answer),
        (status = 400, description = "The body cannot be decoded", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The body did not arrive in time", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Another record stands in its place; `head` names the newest", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body or a record is too long", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Wrong Content-Type", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The record breaks a rule", body = Problem, content_type = "application/problem+json"),
        (status = 500, description = "A stored record that this one depends on is damaged", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn submit(
    State(app): State<Arc<App>>,
    options: Result<Query<Options>, axum::extract::rejection::QueryRejection>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let Query(options) = options.map_err(|error| Problem::bad_address("atomic", error.body_text()))?;
    let limits = &app.config.limits;
    match body::media_type(&headers).as_deref() {
        Some("application/cose") => one(&app, body::read(body, MAX_RECORD, limits).await?).await,
        Some("application/cbor-seq") => {
            let body = body::read(body, limits.body, limits).await?;
            if options.atomic { group(&app, &body).await } else { each(&app, &body).await }
        }
        _ => {
            let wanted = "`application/cose` or `application/cbor-seq`";
            Err(body::unsupported(&headers, wanted, body, limits).await)
        }
    }
}

async fn one(app: &App, bytes: Vec<u8>) -> Result<Response, Problem> {
    let statement = decode(app, bytes)?;
    let outcome = app.config.store.submit(vec![statement]).await?.pop();
    match outcome {
        Some(outcome) => match Problem::of(&outcome) {
            Some(problem) => Err(problem),
            None => Ok((status(&outcome), Json(Answer::One(receipt(&outcome)))).into_response()),
        },
        None => Err(nguon_store::StoreError::Stopped.into()),
    }
}

async fn each(app: &App, body: &[u8]) -> Result<Response, Problem> {
    let decoded: Vec<Result<Statement, Problem>> =
        sequence::split(body)?.into_iter().map(|item| decode(app, item.to_vec())).collect();
    let statements = decoded.iter().flatten().cloned().collect();
    let mut outcomes = app.config.store.submit(statements).await?.into_iter();
    let results = decoded.into_iter().enumerate().map(|(index, decoded)| match decoded {
        Ok(_) => outcomes
            .next()
            .map_or_else(|| refused(index, nguon_store::StoreError::Stopped.into()), |outcome| result(index, &outcome)),
        Err(problem) => refused(index, problem.indexed(index)),
    });
    Ok(Json(Answer::Each(Results { results: results.collect() })).into_response())
}

async fn group(app: &App, body: &[u8]) -> Result<Response, Problem> {
    let items = sequence::split(body)?.into_iter().enumerate();
    let decode = |(index, item): (usize, &[u8])| decode(app, item.to_vec()).map_err(|problem| problem.indexed(index));
    let statements = items.map(decode).collect::<Result<_, _>>()?;
    match app.config.store.submit_group(statements).await? {
        Ok(outcomes) => {
            let results = outcomes.iter().enumerate().map(|(index, outcome)| result(index, outcome)).collect();
            Ok(Json(Answer::Each(Results { results })).into_response())
        }
        Err(refusal) => match Problem::of(&refusal.outcome) {
            Some(problem) => Err(problem.indexed(refusal.index)),
            None => Err(nguon_store::StoreError::Stopped.into()),
        },
    }
}

fn decode(app: &App, bytes: Vec<u8>) -> Result<Statement, Problem> {
    let copy = bytes.clone();
    let statement =
        Statement::from_bytes(bytes, &app.config.trust).map_err(|fault| fault::undecodable(&fault, &copy))?;
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

const fn status(outcome: &Outcome) -> StatusCode {
    if matches!(outcome, Outcome::Accepted(_)) { StatusCode::CREATED } else { StatusCode::OK }
}

const fn receipt(outcome: &Outcome) -> Receipt {
    let entry = outcome.entry();
    Receipt { status: word(outcome), statement_id: entry.statement, chain: entry.chain, sequence: entry.sequence }
}

fn result(index: usize, outcome: &Outcome) -> RecordResult {
    let entry = outcome.entry();
    RecordResult {
        index,
        status: word(outcome),
        statement_id: Some(entry.statement),
        chain: Some(entry.chain),
        sequence: Some(entry.sequence),
        problem: Problem::of(outcome).map(|problem| problem.indexed(index)),
    }
}

fn refused(index: usize, problem: Problem) -> RecordResult {
    let (chain, sequence) = (problem.place.chain, problem.place.sequence);
    RecordResult { index, status: "rejected", statement_id: None, chain, sequence, problem: Some(problem) }
}
