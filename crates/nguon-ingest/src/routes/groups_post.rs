//! `POST /v1/groups`: what a device signed while it had no network, in one request.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use nguon_core::admit::Statement;
use nguon_core::bytes::ByteString;
use nguon_core::cbor::{self, Limits, first_item, item_head};
use nguon_core::ids::StatementId;
use nguon_store::{GroupRefusal, Outcome, StoreError};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;
use utoipa::{IntoParams, ToSchema};

use super::App;
use super::lines::{Next, Page, respond};
use super::receipt;
use super::records_post::{RecordResult, decode, result, tell_sequencer};
use crate::body;
use crate::problem::Problem;

/// Groups of one request.
const MOST_GROUPS: usize = 1_000;

/// Records of one group.
const MOST_RECORDS: u64 = 1_000;

/// Records from which on a commit is closed, so that nobody else waits for a whole request to be stored.
const COMMIT: usize = 256;

/// Groups whose receipts are waited for together.
const PIECE: usize = 64;

/// How long receipts are waited for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Options {
    /// Seconds to wait for the checkpoint that holds what was accepted, at most 60; 0: answer at once. Without a log
    /// there is nothing to wait for.
    #[serde(default = "usual_wait")]
    #[param(default = 10)]
    wait: u64,
}

const fn usual_wait() -> u64 {
    10
}

/// One line of the answer.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub(super) enum GroupLine {
    Stored(StoredGroup),
    Refused(RefusedGroup),
    End { end: GroupsEnd },
}

/// A group that is on disk.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StoredGroup {
    /// Which group of the body, from 0.
    group: usize,
    /// 200; or 202 where the checkpoint that holds it is still to come.
    status: u16,
    /// What `POST /v1/records?atomic=true` would say of each record.
    results: Vec<RecordResult>,
}

/// A group of which nothing was stored.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RefusedGroup {
    /// Which group of the body, from 0.
    group: usize,
    /// The problem's.
    status: u16,
    /// What `POST /v1/records?atomic=true` would answer; `index` is the record's place in the group.
    problem: Problem,
}

/// The last line: an answer without it is not all.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct GroupsEnd {
    /// How many groups there were.
    groups: usize,
}

/// Submit many all-or-nothing groups of records
///
/// Each item of the sequence is an array of byte strings, each of them a COSE_Sign1: one group, taken whole at consecutive
/// positions or not at all. Groups are judged in the order given; one that is refused stops none of the others, but those that
/// build on it are refused too. The answer is NDJSON (one object a line), one line a group in their order,
/// `{"group":0,"status":200,"results":[…]}` or `{"group":1,"status":409,"problem":{…}}`, and last
/// `{"end":{"groups":…}}`; an answer without that line is not all. A status of 200 or 202 says that the group is on disk, and
/// 202 that its receipt is still to come. Posting the same again is harmless: what is there is answered as `duplicate`. At most
/// 1,000 groups, 1,000 records a group and 8 MiB a request.
#[utoipa::path(
    post, path = "/v1/groups", tag = "records", operation_id = "submit_groups", params(Options),
    request_body(description = "Arrays of byte strings (RFC 8949), one after the other (RFC 8742)", content(
        (Vec<u8> = "application/cbor-seq")
    )),
    responses(
        (status = 200, description = "One line a group", body = GroupLine, content_type = "application/x-ndjson"),
        (status = 400, description = "The body cannot be cut into groups; nothing was stored", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The body did not arrive in time", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too long, or has too many groups; nothing was stored", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Wrong Content-Type", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available, or the log takes nothing now; nothing was stored", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn submit(
    State(app): State<Arc<App>>,
    options: Result<Query<Options>, axum::extract::rejection::QueryRejection>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let Query(options) = options.map_err(|error| Problem::bad_address("query", error.body_text()))?;
    let taken = {
        // A body here may be as long as two others.
        let share = u32::try_from(app.config.limits.requests.min(2)).unwrap_or(1);
        let _permit = app.taking.acquire_many(share).await;
        take(&app, &headers, body).await?
    };
    let permit = app.walks.clone().acquire_owned().await.map_err(|error| Problem::internal(&error))?;
    let until = Instant::now() + Duration::from_secs(options.wait.min(receipt::LONGEST));
    let groups = taken.len();
    respond(&[], lines(app, taken.into_iter().enumerate().collect(), groups, until), permit)
}

type Taken = Result<Vec<Outcome>, Problem>;

async fn take(app: &App, headers: &HeaderMap, body: Body) -> Result<Vec<Taken>, Problem> {
    let limits = &app.config.limits;
    if body::media_type(headers).as_deref() != Some("application/cbor-seq") {
        return Err(body::unsupported(headers, "`application/cbor-seq`", body, limits).await);
    }
    let body = body::read(body, limits.groups, limits).await?;
    let mut groups = Vec::new();
    for item in items(&body)? {
        groups.push(statements(app, item));
    }
    drop(body);
    app.accepts()?;
    let mut taken = Vec::with_capacity(groups.len());
    let mut groups = groups.into_iter().peekable();
    while groups.peek().is_some() {
        let mut commit = Commit::default();
        while commit.records < COMMIT
            && let Some(group) = groups.next()
        {
            commit.add(group);
        }
        let is_first = taken.is_empty();
        match commit.store(app).await {
            Ok(answers) => taken.extend(answers),
            // Nothing of the request is stored: said at once, and plainly.
            Err(error) if is_first => return Err(error.into()),
            Err(error) => {
                let problem = Problem::from(error);
                taken.extend(std::iter::repeat_n(Err(problem), commit.places.len()));
            }
        }
    }
    Ok(taken)
}

/// Groups that are stored together. Each is judged by itself.
#[derive(Default)]
struct Commit {
    records: usize,
    groups: Vec<Vec<Statement>>,
    /// The problem of each group that cannot be decoded; `None` of the others.
    places: Vec<Option<Problem>>,
}

impl Commit {
    fn add(&mut self, group: Result<Vec<Statement>, Problem>) {
        match group {
            Ok(group) => {
                self.records += group.len().max(1);
                self.groups.push(group);
                self.places.push(None);
            }
            Err(problem) => self.places.push(Some(problem)),
        }
    }

    async fn store(&mut self, app: &App) -> Result<Vec<Taken>, StoreError> {
        let groups = std::mem::take(&mut self.groups);
        let mut answers = Vec::new().into_iter();
        if !groups.is_empty() {
            answers = app.config.store.submit_groups(groups).await?.into_iter();
            tell_sequencer(app);
        }
        let answer = |place: &Option<Problem>| match place {
            Some(problem) => Ok(Err(problem.clone())),
            None => answers.next().map(answered).ok_or(StoreError::Stopped),
        };
        self.places.iter().map(answer).collect()
    }
}

fn answered(answer: Result<Vec<Outcome>, GroupRefusal>) -> Taken {
    answer.map_err(|refusal| {
        let problem = Problem::of(&refusal.outcome).unwrap_or_else(|| StoreError::Stopped.into());
        problem.indexed(refusal.index)
    })
}

/// The groups of a body, not yet looked into.
fn items(body: &[u8]) -> Result<Vec<&[u8]>, Problem> {
    let (mut items, mut rest) = (Vec::new(), body);
    while !rest.is_empty() {
        if items.len() == MOST_GROUPS {
            let detail = format!("more than {MOST_GROUPS} groups in one request; send the others in further ones");
            return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_many_groups", "Too many groups", detail));
        }
        let (item, after) = first_item(rest).ok_or_else(|| {
            let detail = format!("group {} of the sequence is not well-formed CBOR", items.len());
            let title = "The body cannot be cut into groups";
            let problem = Problem::new(StatusCode::BAD_REQUEST, "bad_sequence", title, detail);
            problem.at_byte(Some(body.len() - rest.len())).indexed(items.len())
        })?;
        items.push(item);
        rest = after;
    }
    Ok(items)
}

/// The records of a group.
fn statements(app: &App, group: &[u8]) -> Result<Vec<Statement>, Problem> {
    let title = "The group cannot be decoded";
    match item_head(group) {
        Some((4, records, _)) if records > MOST_RECORDS => {
            let detail = format!("{records} records in one group, where at most {MOST_RECORDS} are permitted");
            return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_many_records", title, detail));
        }
        _ => {}
    }
    let limits = Limits { length: group.len(), depth: 2 };
    let records: Vec<ByteString> = cbor::from_canonical(group, limits).map_err(|error| {
        let detail = format!("an array of byte strings is expected: {error}");
        Problem::new(StatusCode::BAD_REQUEST, "bad_group", title, detail)
    })?;
    let decode = |(index, record): (usize, ByteString)| decode(app, record.0).map_err(|problem| problem.indexed(index));
    records.into_iter().enumerate().map(decode).collect()
}

/// The lines of these groups, each piece once its receipts are there or the time is up.
fn lines(app: Arc<App>, mut taken: Vec<(usize, Taken)>, groups: usize, until: Instant) -> Option<Next<GroupLine>> {
    Some(Next::new(move || -> Page<GroupLine> {
        Box::pin(async move {
            let further = taken.split_off(taken.len().min(PIECE));
            let mut lines = piece(&app, taken, until).await?;
            if further.is_empty() {
                lines.push(GroupLine::End { end: GroupsEnd { groups } });
                return Ok((lines, None));
            }
            Ok((lines, self::lines(app, further, groups, until)))
        })
    }))
}

async fn piece(app: &App, taken: Vec<(usize, Taken)>, until: Instant) -> Result<Vec<GroupLine>, StoreError> {
    let stored = taken.iter().filter_map(|(_, taken)| taken.as_ref().ok()).flatten();
    let stored: Vec<Option<StatementId>> = stored.map(|outcome| Some(outcome.entry().statement)).collect();
    let patience = until.saturating_duration_since(Instant::now());
    let mut receipts = receipt::receipts(app, &stored, patience).await?.into_iter();
    let mut line = |(group, taken): (usize, Taken)| match taken {
        Err(problem) => GroupLine::Refused(RefusedGroup { group, status: problem.status, problem }),
        Ok(outcomes) => {
            let each = outcomes.iter().enumerate();
            let results = each.map(|(index, outcome)| result(index, outcome, receipts.next().flatten()));
            let results: Vec<RecordResult> = results.collect();
            let waits = app.log.is_some() && results.iter().any(|result| !result.has_receipt());
            let status = if waits { StatusCode::ACCEPTED } else { StatusCode::OK };
            GroupLine::Stored(StoredGroup { group, status: status.as_u16(), results })
        }
    };
    Ok(taken.into_iter().map(&mut line).collect())
}
