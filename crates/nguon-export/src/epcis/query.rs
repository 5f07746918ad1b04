//! The simple event query (EPCIS 2.0 §8.2.7.1): parameters by the standard's names, and whether an event matches them.
//!
//! Known are the parameters in [`NAMES`], and `EQ_bizTransaction_`, `EQ_source_` and `EQ_destination_` with a type behind them.
//! Several values of one parameter stand with `|` between them (§12.7); an event matches if it has one of them, and if it
//! matches every parameter. Left out are parameters about sensors' values, quantities, master data and fields of users.
//!
//! ```
//! use nguon_export::epcis::query::Query;
//!
//! let query = Query::parse([("eventType", "ObjectEvent|TransformationEvent"), ("EQ_bizStep", "packing"), ("perPage", "30")])?;
//! assert_eq!(query.per_page, Some(30));
//! let error = Query::parse([("EQ_bizStepp", "packing")]).unwrap_err();
//! assert_eq!(error.to_string(), "QueryParameterException: EQ_bizStepp: there is no such parameter here");
//! # Ok::<(), nguon_export::epcis::query::QueryParameterException>(())
//! ```

mod filter;
mod value;

use std::cmp::Ordering;

use super::model::Event;
use filter::Filter;

/// A query.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Query {
    filters: Vec<Filter>,
    /// `orderBy`
    pub order_by: Option<OrderBy>,
    /// `orderDirection`; the standard's default is [`Direction::Descending`].
    pub order_direction: Direction,
    /// `perPage`: how many events a page has.
    pub per_page: Option<usize>,
    /// `nextPageToken`, as the server gave it.
    pub next_page_token: Option<String>,
    /// `eventCountLimit`: how many events are wanted at most.
    pub event_count_limit: Option<usize>,
    /// `maxEventCount`: more than so many events are an error of the standard's kind `QueryTooLargeException`.
    pub max_event_count: Option<usize>,
}

/// What events are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderBy {
    /// `eventTime`
    EventTime,
    /// `recordTime`; events without one are as old as their event time.
    RecordTime,
}

/// Which events come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// `ASC`: the oldest.
    Ascending,
    /// `DESC`: the newest.
    #[default]
    Descending,
}

/// A parameter that is not known, or whose value is wrong: the standard's error of this name (§8.2.3).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("QueryParameterException: {parameter}: {kind}")]
pub struct QueryParameterException {
    /// The parameter's name.
    pub parameter: String,
    /// What is wrong with it.
    pub kind: QueryFault,
}

/// What is wrong with a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QueryFault {
    /// No such name.
    #[error("there is no such parameter here")]
    Unknown,
    /// It stands twice.
    #[error("it stands twice: write several values with | between them")]
    Twice,
    /// More values than are looked for.
    #[error("more than 100 values")]
    TooMany,
    /// Another kind of value.
    #[error("expected {0}")]
    Expected(&'static str),
}

impl QueryParameterException {
    /// The same in Vietnamese.
    #[must_use]
    pub fn in_vietnamese(&self) -> String {
        let what = match self.kind {
            QueryFault::Unknown => "không có tham số này.".to_owned(),
            QueryFault::Twice => "tham số này có hai lần: viết các giá trị cách nhau bằng dấu |.".to_owned(),
            QueryFault::TooMany => "có hơn 100 giá trị.".to_owned(),
            QueryFault::Expected(what) => format!("giá trị không đúng, cần {what}."),
        };
        format!("QueryParameterException: {}: {what}", self.parameter)
    }
}

/// Parameters with a whole name.
pub const NAMES: &[&str] = &[
    "eventType",
    "GE_eventTime",
    "LT_eventTime",
    "GE_recordTime",
    "LT_recordTime",
    "EQ_action",
    "EQ_bizStep",
    "EQ_disposition",
    "EQ_persistentDisposition_set",
    "EQ_persistentDisposition_unset",
    "EQ_readPoint",
    "WD_readPoint",
    "EQ_bizLocation",
    "WD_bizLocation",
    "EQ_transformationID",
    "MATCH_epc",
    "MATCH_parentID",
    "MATCH_inputEPC",
    "MATCH_outputEPC",
    "MATCH_anyEPC",
    "MATCH_epcClass",
    "MATCH_inputEPCClass",
    "MATCH_outputEPCClass",
    "MATCH_anyEPCClass",
    "EQ_eventID",
    "EXISTS_errorDeclaration",
    "GE_errorDeclarationTime",
    "LT_errorDeclarationTime",
    "EQ_errorReason",
    "EQ_correctiveEventID",
    "orderBy",
    "orderDirection",
    "perPage",
    "nextPageToken",
    "eventCountLimit",
    "maxEventCount",
];

impl Query {
    /// Reads parameters.
    ///
    /// # Errors
    /// The first that is not known, stands twice, or has another kind of value.
    pub fn parse<'p>(
        parameters: impl IntoIterator<Item = (&'p str, &'p str)>,
    ) -> Result<Self, QueryParameterException> {
        let (mut query, mut seen) = (Self::default(), Vec::new());
        for (name, value) in parameters {
            let fault = |kind| QueryParameterException { parameter: name.chars().take(80).collect(), kind };
            if seen.contains(&name) {
                return Err(fault(QueryFault::Twice));
            }
            // Known names are few, so this list stays short: an unknown one ends it.
            seen.push(name);
            query.read(name, value).map_err(fault)?;
        }
        Ok(query)
    }

    fn read(&mut self, name: &str, text: &str) -> Result<(), QueryFault> {
        match name {
            "orderBy" => {
                self.order_by = Some(match text {
                    "eventTime" => OrderBy::EventTime,
                    "recordTime" => OrderBy::RecordTime,
                    _ => return Err(QueryFault::Expected("eventTime or recordTime")),
                });
            }
            "orderDirection" => {
                self.order_direction = match text {
                    "ASC" => Direction::Ascending,
                    "DESC" => Direction::Descending,
                    _ => return Err(QueryFault::Expected("ASC or DESC")),
                };
            }
            "perPage" => self.per_page = Some(value::count(text)?),
            "eventCountLimit" => self.event_count_limit = Some(value::count(text)?),
            "maxEventCount" => self.max_event_count = Some(value::count(text)?),
            "nextPageToken" => self.next_page_token = Some(text.to_owned()),
            _ => self.filters.push(filter::read(name, text)?),
        }
        Ok(())
    }

    /// Whether an event matches every parameter.
    #[must_use]
    pub fn matches(&self, event: &Event) -> bool {
        self.filters.iter().all(|filter| filter.matches(event))
    }

    /// Which of two events comes first.
    #[must_use]
    pub fn order(&self, a: &Event, b: &Event) -> Ordering {
        let key = |event: &Event| match self.order_by {
            Some(OrderBy::RecordTime) => event.record_time.unwrap_or(event.event_time),
            Some(OrderBy::EventTime) | None => event.event_time,
        };
        match self.order_direction {
            Direction::Ascending => key(a).cmp(&key(b)),
            Direction::Descending => key(b).cmp(&key(a)),
        }
    }
}
