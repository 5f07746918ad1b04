//! `GET /v1/epcis/events`: the EPCIS simple event query (EPCIS 2.0 §12.7) over the histories of the lots it names.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query as Parameters, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use nguon_core::ids::ChainId;
use nguon_core::values::{GtinCode, Label, LotCode};
use nguon_core::verify::Bundle;
use nguon_export::epcis::document::CONTEXT;
use nguon_export::epcis::key::Key;
use nguon_export::epcis::model::Event;
use nguon_export::epcis::query::Query;
use nguon_export::epcis::write::events;
use nguon_export::{Facts, Personal};
use serde_json::json;

use super::exports::{on_a_thread, source};
use super::{App, logged, shared};
use crate::problem::Problem;

/// Lots that one query may name.
const LOTS: usize = 20;
/// Events of a page, at most, and where nothing is asked for.
const PAGE: usize = 1_000;

/// Events about lots, by the standard's parameters
///
/// At least one of `MATCH_epcClass`, `MATCH_anyEPCClass`, `MATCH_inputEPCClass` or `MATCH_outputEPCClass` names the lots that are
/// meant (lots are classes; `MATCH_anyEPC` asks for single objects): `https://id.gs1.org/01/{gtin}/10/{lot}` (or the EPC URN of it), or
/// `ni:///sha-256;…` for a batch without a label. What is looked through are the verified histories of these lots with all
/// they came from. All other parameters are the standard's; one that is unknown is a `QueryParameterException`. Pages follow
/// one another by `Link` (`rel="next"`) and `nextPageToken`. This is the server's word: `eventID`s are hashes of what an
/// event says, and each names the signed record it was made of.
#[utoipa::path(
    get, path = "/v1/epcis/events", tag = "exports", operation_id = "get_epcis_events",
    params(
        ("MATCH_anyEPCClass" = Option<String>, Query, description = "Lots, with | between them"),
        ("eventType" = Option<String>, Query, description = "ObjectEvent, AggregationEvent, TransactionEvent or TransformationEvent"),
        ("EQ_bizStep" = Option<String>, Query, description = "A CBV word or URI"),
        ("GE_eventTime" = Option<String>, Query, description = "ISO 8601, with an offset"),
        ("LT_eventTime" = Option<String>, Query, description = "ISO 8601, with an offset"),
        ("perPage" = Option<u64>, Query, description = "Events of a page, at most 1,000"),
        ("nextPageToken" = Option<String>, Query, description = "Where the page before ended, from its `Link`"),
    ),
    responses(
        (status = 200, description = "An EPCISQueryDocument", body = Object, content_type = "application/ld+json"),
        (status = 400, description = "A parameter is wrong (`epcis_query_parameter`), or no lot is named (`epcis_query_too_complex`)", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "No lot that is named is held here", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "More events than `maxEventCount` (`epcis_query_too_large`)", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The store is not available", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn events_of_lots(
    State(app): State<Arc<App>>,
    RawQuery(text): RawQuery,
    pairs: Result<Parameters<Vec<(String, String)>>, QueryRejection>,
) -> Result<Response, Problem> {
    let text = text.unwrap_or_default();
    let Parameters(pairs) = pairs.map_err(|error| Problem::bad_address("query", error.body_text()))?;
    let query = Query::parse(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))).map_err(|error| {
        let title = "QueryParameterException";
        Problem::new(StatusCode::BAD_REQUEST, "epcis_query_parameter", title, error.to_string())
            .in_field(Some(error.parameter.clone()))
    })?;
    let bundles = lots(&app, &pairs).await?;
    let trust = app.config.trust.clone();
    let (found, query) = on_a_thread(&app, move || {
        let mut found = Vec::new();
        let mut ids = HashSet::new();
        for bundle in &bundles {
            // Whatever the verdict: an EPCIS event of a recalled lot says so, and a query is no file to hand on.
            let (source, _) = source(bundle, &trust, true)?;
            let facts = Facts::new(&source, Personal::Withheld);
            let matching = events(&facts).into_iter().filter(|event| query.matches(event));
            found.extend(matching.filter(|event| ids.insert(event.event_id.clone())));
        }
        found.sort_by(|one, other| query.order(one, other));
        Ok((found, query))
    })
    .await?;
    answer(&found, &query, &text)
}

/// The bundles of the lots that are named.
async fn lots(app: &App, pairs: &[(String, String)]) -> Result<Vec<Bundle>, Problem> {
    const NAMING: [&str; 4] = ["MATCH_epcClass", "MATCH_anyEPCClass", "MATCH_inputEPCClass", "MATCH_outputEPCClass"];
    let named =
        pairs.iter().filter(|(name, _)| NAMING.contains(&name.as_str())).flat_map(|(_, value)| value.split('|'));
    let named: BTreeSet<&str> = named.collect();
    if named.is_empty() || named.len() > LOTS {
        let detail = format!("name one to {LOTS} lots, by {} or another MATCH_ of theirs", NAMING[1]);
        let title = "QueryTooComplexException";
        return Err(Problem::new(StatusCode::BAD_REQUEST, "epcis_query_too_complex", title, detail));
    }
    let mut bundles = Vec::new();
    for name in named {
        let Some(batch) = batch(app, name).await? else { continue };
        match shared::find(app, batch).await {
            Ok(bundle) => bundles.push(bundle),
            Err(problem) if problem.status == StatusCode::NOT_FOUND => {}
            Err(problem) => return Err(problem),
        }
    }
    if bundles.is_empty() {
        return Err(Problem::not_found("no_such_batch", "this server has none of these lots"));
    }
    Ok(bundles)
}

async fn batch(app: &App, name: &str) -> Result<Option<ChainId>, Problem> {
    let wrong = |why: String| Problem::bad_address("MATCH_anyEPCClass", format!("{name}: {why}"));
    let uri = nguon_export::epcis::uri::Uri::try_from(name.to_owned()).map_err(|error| wrong(error.to_string()))?;
    match Key::of(&uri).map_err(|error| wrong(error.to_string()))? {
        Key::Chain(chain) => Ok(Some(chain)),
        Key::Lot(gtin, lot) => {
            let label = Label { gtin: GtinCode::from(gtin), lot: LotCode::from(lot) };
            match &app.log {
                None => Ok(app.config.store.batch_of_label(label).await?),
                Some(log) => Ok(logged::batch_of_label(app, log, label).await?.ok()),
            }
        }
        _ => Err(wrong("this names no lot and no batch".to_owned())),
    }
}

fn answer(found: &[Event], query: &Query, text: &str) -> Result<Response, Problem> {
    let found = &found[..query.event_count_limit.map_or(found.len(), |most| most.min(found.len()))];
    if let Some(most) = query.max_event_count.filter(|most| found.len() > *most) {
        let detail = format!("{} events match, and at most {most} are wanted", found.len());
        let title = "QueryTooLargeException";
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "epcis_query_too_large", title, detail));
    }
    let from = match &query.next_page_token {
        None => 0,
        Some(token) => token.parse::<usize>().map_err(|_| {
            Problem::bad_address("nextPageToken", "this is no token that was given here: begin without one")
        })?,
    };
    let size = query.per_page.map_or(PAGE, |size| size.clamp(1, PAGE));
    let page = found.get(from..).unwrap_or_default();
    let page = &page[..size.min(page.len())];
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/ld+json"));
    headers.insert("GS1-EPCIS-Version", HeaderValue::from_static("2.0.0"));
    headers.insert("GS1-CBV-Version", HeaderValue::from_static("2.0.0"));
    headers.insert(header::CACHE_CONTROL, shared::REVALIDATE);
    if from + page.len() < found.len() {
        let rest: Vec<&str> = text.split('&').filter(|pair| !pair.starts_with("nextPageToken=")).collect();
        let next = format!("</v1/epcis/events?{}&nextPageToken={}>; rel=\"next\"", rest.join("&"), from + page.len());
        headers
            .insert(header::LINK, next.parse().map_err(|error| Problem::internal(&error as &dyn std::fmt::Display))?);
    }
    let newest = found.iter().map(|event| event.event_time).max();
    let body = json!({
        "@context": [CONTEXT, {"nguon": nguon_export::epcis::model::Namespace::NGUON.as_str()}],
        "type": "EPCISQueryDocument",
        "schemaVersion": "2.0",
        "creationDate": newest.map(|time| time.at(nguon_core::values::UtcOffset::UTC)),
        "epcisBody": {"queryResults": {"queryName": "SimpleEventQuery", "resultsBody": {"eventList": page}}},
    });
    Ok((headers, serde_json::to_vec(&body).map_err(|error| Problem::internal(&error))?).into_response())
}
