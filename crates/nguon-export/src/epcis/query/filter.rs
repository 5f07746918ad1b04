//! What each parameter asks of an event.

use super::QueryFault;
use super::value::{Pattern, several, term, time, uri};
use crate::epcis::key::canonical;
use crate::epcis::model::{Event, EventType, Location, Quantity, SourceDest, What};
use crate::epcis::time::Timestamp;
use crate::epcis::uri::Uri;
use crate::epcis::vocabulary::{Action, BizStep, BizTransactionType, Disposition, ErrorReason, SourceDestType};

/// A parameter with its values.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Filter {
    EventType(Vec<EventType>),
    /// Which time, and whether it has to lie before or from a moment on.
    Time(Clock, Bound, Timestamp),
    Action(Vec<Action>),
    BizStep(Vec<BizStep>),
    Disposition(Vec<Disposition>),
    Persistent {
        set: bool,
        of: Vec<Disposition>,
    },
    ReadPoint(Vec<Pattern>),
    BizLocation(Vec<Pattern>),
    TransformationId(Vec<String>),
    BizTransaction(BizTransactionType, Vec<String>),
    Source(SourceDestType, Vec<String>),
    Destination(SourceDestType, Vec<String>),
    /// Single objects, in which lists.
    Epc(Lists, Vec<Pattern>),
    /// Classes, in which lists.
    Class(Lists, Vec<Pattern>),
    EventId(Vec<String>),
    Declared,
    Reason(Vec<ErrorReason>),
    CorrectedBy(Vec<String>),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Clock {
    Event,
    Record,
    Declaration,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Bound {
    From,
    Before,
}

/// In which of an event's lists something is looked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Lists {
    /// `epcList`, `childEPCs`, `quantityList`, `childQuantityList`.
    Plain,
    Parent,
    Input,
    Output,
    Any,
}

/// Reads a parameter.
pub(super) fn read(name: &str, text: &str) -> Result<Filter, QueryFault> {
    let patterns = || several(text, Pattern::read);
    let uris = || several(text, uri);
    let moment = |clock, bound| Ok(Filter::Time(clock, bound, time(text)?));
    match name {
        "eventType" => several(text, |word| EventType::parse(word).ok_or(QueryFault::Expected("a kind of event")))
            .map(Filter::EventType),
        "GE_eventTime" => moment(Clock::Event, Bound::From),
        "LT_eventTime" => moment(Clock::Event, Bound::Before),
        "GE_recordTime" => moment(Clock::Record, Bound::From),
        "LT_recordTime" => moment(Clock::Record, Bound::Before),
        "GE_errorDeclarationTime" => moment(Clock::Declaration, Bound::From),
        "LT_errorDeclarationTime" => moment(Clock::Declaration, Bound::Before),
        "EQ_action" => {
            several(text, |word| Action::parse(word).map_err(|_| QueryFault::Expected("ADD, OBSERVE or DELETE")))
                .map(Filter::Action)
        }
        "EQ_bizStep" => several(text, term(BizStep::parse)).map(Filter::BizStep),
        "EQ_disposition" => several(text, term(Disposition::parse)).map(Filter::Disposition),
        "EQ_persistentDisposition_set" => {
            several(text, term(Disposition::parse)).map(|of| Filter::Persistent { set: true, of })
        }
        "EQ_persistentDisposition_unset" => {
            several(text, term(Disposition::parse)).map(|of| Filter::Persistent { set: false, of })
        }
        "EQ_readPoint" => patterns().map(Filter::ReadPoint),
        "EQ_bizLocation" => patterns().map(Filter::BizLocation),
        "WD_readPoint" => several(text, Pattern::within).map(Filter::ReadPoint),
        "WD_bizLocation" => several(text, Pattern::within).map(Filter::BizLocation),
        "EQ_transformationID" => uris().map(Filter::TransformationId),
        "MATCH_epc" => patterns().map(|of| Filter::Epc(Lists::Plain, of)),
        "MATCH_parentID" => patterns().map(|of| Filter::Epc(Lists::Parent, of)),
        "MATCH_inputEPC" => patterns().map(|of| Filter::Epc(Lists::Input, of)),
        "MATCH_outputEPC" => patterns().map(|of| Filter::Epc(Lists::Output, of)),
        "MATCH_anyEPC" => patterns().map(|of| Filter::Epc(Lists::Any, of)),
        "MATCH_epcClass" => patterns().map(|of| Filter::Class(Lists::Plain, of)),
        "MATCH_inputEPCClass" => patterns().map(|of| Filter::Class(Lists::Input, of)),
        "MATCH_outputEPCClass" => patterns().map(|of| Filter::Class(Lists::Output, of)),
        "MATCH_anyEPCClass" => patterns().map(|of| Filter::Class(Lists::Any, of)),
        "EQ_eventID" => uris().map(Filter::EventId),
        "EXISTS_errorDeclaration" => Ok(Filter::Declared),
        "EQ_errorReason" => several(text, term(ErrorReason::parse)).map(Filter::Reason),
        "EQ_correctiveEventID" => uris().map(Filter::CorrectedBy),
        _ => typed(name, text),
    }
}

/// A parameter with a type in its name.
fn typed(name: &str, text: &str) -> Result<Filter, QueryFault> {
    let side = |word| SourceDestType::parse(word).map_err(|_| QueryFault::Unknown);
    if let Some(kind) = name.strip_prefix("EQ_bizTransaction_") {
        let kind = BizTransactionType::parse(kind).map_err(|_| QueryFault::Unknown)?;
        return several(text, uri).map(|of| Filter::BizTransaction(kind, of));
    }
    if let Some(kind) = name.strip_prefix("EQ_source_") {
        return Ok(Filter::Source(side(kind)?, several(text, uri)?));
    }
    let kind = name.strip_prefix("EQ_destination_").ok_or(QueryFault::Unknown)?;
    Ok(Filter::Destination(side(kind)?, several(text, uri)?))
}

impl Filter {
    pub(super) fn matches(&self, event: &Event) -> bool {
        let declaration = event.error_declaration.as_ref();
        match self {
            Self::EventType(of) => of.contains(&event.event_type()),
            Self::Time(clock, bound, moment) => {
                let found = match clock {
                    Clock::Event => Some(event.event_time),
                    Clock::Record => event.record_time,
                    Clock::Declaration => declaration.map(|declaration| declaration.declaration_time),
                };
                found.is_some_and(|found| match bound {
                    Bound::From => found >= *moment,
                    Bound::Before => found < *moment,
                })
            }
            Self::Action(of) => event.action().is_some_and(|action| of.contains(&action)),
            Self::BizStep(of) => event.biz_step.as_ref().is_some_and(|step| of.contains(step)),
            Self::Disposition(of) => event.disposition.as_ref().is_some_and(|disposition| of.contains(disposition)),
            Self::Persistent { set, of } => {
                let persistent = &event.persistent_disposition;
                let found = if *set { &persistent.set } else { &persistent.unset };
                found.iter().any(|disposition| of.contains(disposition))
            }
            Self::ReadPoint(of) => at(event.read_point.as_ref(), of),
            Self::BizLocation(of) => at(event.biz_location.as_ref(), of),
            Self::TransformationId(of) => match &event.what {
                What::Transformation { id: Some(id), .. } => same(id, of),
                _ => false,
            },
            Self::BizTransaction(kind, of) => {
                let mut list = event.biz_transaction_list.iter();
                list.any(|document| document.kind.as_ref() == Some(kind) && same(&document.biz_transaction, of))
            }
            Self::Source(kind, of) => side(&event.source_list, kind, of),
            Self::Destination(kind, of) => side(&event.destination_list, kind, of),
            Self::Epc(lists, of) => epcs(event, *lists, of),
            Self::Class(lists, of) => classes(event, *lists, of),
            Self::EventId(of) => event.event_id.as_ref().is_some_and(|id| same(id, of)),
            Self::Declared => declaration.is_some(),
            Self::Reason(of) => declaration
                .and_then(|declaration| declaration.reason.as_ref())
                .is_some_and(|reason| of.contains(reason)),
            Self::CorrectedBy(of) => {
                declaration.is_some_and(|declaration| declaration.corrective_event_ids.iter().any(|id| same(id, of)))
            }
        }
    }
}

fn same(name: &Uri, of: &[String]) -> bool {
    let name = canonical(name.as_str());
    of.iter().any(|wanted| *wanted == name)
}

fn at(location: Option<&Location>, of: &[Pattern]) -> bool {
    location.is_some_and(|location| of.iter().any(|pattern| pattern.matches(&location.id)))
}

fn side(list: &[SourceDest], kind: &SourceDestType, of: &[String]) -> bool {
    list.iter().any(|side| side.kind == *kind && same(&side.id, of))
}

fn wanted(name: &str, lists: Lists) -> bool {
    match lists {
        Lists::Plain => !name.starts_with("input") && !name.starts_with("output"),
        Lists::Input => name.starts_with("input"),
        Lists::Output => name.starts_with("output"),
        Lists::Any => true,
        Lists::Parent => false,
    }
}

fn epcs(event: &Event, lists: Lists, of: &[Pattern]) -> bool {
    let matches = |epc: &Uri| of.iter().any(|pattern| pattern.matches(epc));
    let parent = matches!(lists, Lists::Parent | Lists::Any) && event.parent().is_some_and(matches);
    parent || event.epc_lists().iter().any(|(name, list)| wanted(name, lists) && list.iter().any(matches))
}

fn classes(event: &Event, lists: Lists, of: &[Pattern]) -> bool {
    let matches = |quantity: &Quantity| of.iter().any(|pattern| pattern.matches(&quantity.epc_class));
    event.quantity_lists().iter().any(|(name, list)| wanted(name, lists) && list.iter().any(matches))
}
