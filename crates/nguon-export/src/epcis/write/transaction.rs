//! Goods tied to the paper they travel with (EPCIS 2.0 §7.4.4): beside the shipping or receiving that names it.

use crate::epcis::hash::{Version, event_id};
use crate::epcis::model::{ErrorDeclaration, Event, What};
use crate::epcis::vocabulary::{Action, BizStep};

/// The transaction events that go with a record's events, of which the first was corrected if there are two.
pub(super) fn beside(events: &[Event]) -> Vec<Event> {
    let mut ties: Vec<Event> = events.iter().filter_map(tie).collect();
    let newest = ties.last().and_then(|event| event.event_id.clone());
    for event in &mut ties {
        if let Some(declared) = &mut event.error_declaration {
            declared.corrective_event_ids = newest.iter().cloned().collect();
        }
    }
    ties
}

fn tie(event: &Event) -> Option<Event> {
    let moves = event.biz_step.as_ref().is_some_and(|step| *step == BizStep::SHIPPING || *step == BizStep::RECEIVING);
    let What::Object { epcs, quantities, .. } = &event.what else { return None };
    if !moves || event.biz_transaction_list.is_empty() {
        return None;
    }
    let (epcs, quantities) = (epcs.clone(), quantities.clone());
    let what = What::Transaction { action: Action::Add, parent: None, epcs, quantities };
    let mut tied = Event::new(what, event.event_time, event.event_time_zone_offset);
    tied.biz_step.clone_from(&event.biz_step);
    tied.biz_transaction_list.clone_from(&event.biz_transaction_list);
    tied.extensions.clone_from(&event.extensions);
    tied.error_declaration = event.error_declaration.as_ref().map(|declared| ErrorDeclaration {
        corrective_event_ids: Vec::new(),
        extensions: Vec::new(),
        ..declared.clone()
    });
    tied.event_id = Some(event_id(&tied, Version::Cbv20));
    Some(tied)
}
