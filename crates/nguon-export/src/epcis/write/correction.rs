//! The record an event was made of, its id, and what a correction replaced (EPCIS 2.0 §7.4.1.3).

use nguon_core::ids::{ChainId, StatementId};
use nguon_core::record::Signer;

use super::batch::count;
use super::names::Names;
use super::one;
use crate::epcis::hash::{Version, event_id};
use crate::epcis::key;
use crate::epcis::model::{ErrorDeclaration, Event, Extension};
use crate::epcis::vocabulary::ErrorReason;
use crate::facts::{Entry, Personal, When};

/// The event that counts; before it the one that it corrects, declared wrong.
pub(super) fn with_original(names: &mut Names<'_, '_>, entry: &Entry<'_>, mut counts: Event) -> Vec<Event> {
    let signed = entry.signed();
    let Some((correction, original)) = entry.correction.zip(entry.original()) else {
        counts.extensions.extend(personal(names, entry));
        sign(&mut counts, entry, entry.id(), signed.sequence, &signed.acting());
        return vec![counts];
    };
    let record = correction.record.record();
    counts.extensions.extend(personal(names, entry));
    sign(&mut counts, entry, correction.record.id(), record.sequence, &record.acting());
    counts.extensions.push(Extension::nguon("corrects", name(entry.id()).into()));
    counts.event_id = Some(event_id(&counts, Version::Cbv20));
    let at = When::new(signed.happened_at(), signed.utc_offset);
    let Some(mut wrong) = one(names, entry, original, at) else { return vec![counts] };
    sign(&mut wrong, entry, entry.id(), signed.sequence, &signed.acting());
    wrong.error_declaration = Some(ErrorDeclaration {
        declaration_time: correction.at.time.into(),
        reason: Some(ErrorReason::INCORRECT_DATA),
        corrective_event_ids: counts.event_id.iter().cloned().collect(),
        extensions: Vec::new(),
    });
    vec![wrong, counts]
}

/// Words that stand in the record as digests, where they are opened and asked for.
fn personal(names: &Names<'_, '_>, entry: &Entry<'_>) -> Vec<Extension> {
    if names.facts.personal() == Personal::Withheld {
        return Vec::new();
    }
    let opened = |field: &'static str| {
        let value = names.facts.history().opened(&entry.opened_in(), &entry.path(field));
        value.text().map(|text| Extension::nguon(field, text.into()))
    };
    entry.event.digests().into_iter().filter_map(|(field, _)| opened(field)).collect()
}

/// Says which record an event was made of, and names the event.
fn sign(event: &mut Event, entry: &Entry<'_>, record: StatementId, sequence: u64, signer: &Signer) {
    let chain = entry.chain.id();
    event.extensions.push(Extension::nguon("event", entry.event.name().as_str().into()));
    event.extensions.push(Extension::nguon("record", name(record).into()));
    event.extensions.push(Extension::nguon("chain", key::chain_uri(&chain).as_str().into()));
    event.extensions.push(Extension::nguon("sequence", count(sequence)));
    let signer = match signer {
        Signer::Actor(actor) => key::chain_uri(actor).as_str().to_owned(),
        Signer::Authority(authority) => format!("authority {authority}"),
    };
    event.extensions.push(Extension::nguon("signer", signer.into()));
    event.event_id = Some(event_id(event, Version::Cbv20));
}

/// A statement's id as a name: like a chain's, a SHA-256.
fn name(record: StatementId) -> String {
    key::chain_uri(&ChainId::of_first(record)).to_string()
}
