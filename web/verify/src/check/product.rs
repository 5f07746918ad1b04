//! What it is, gathered from all records that say so.

use nguon_core::event::{Event, Packed};
use nguon_core::permission::ChainSort;
use nguon_core::verify::VerifiedChain;

use super::details;
use super::order::{in_order, sorted};
use super::people::People;
use crate::model::{Contact, Fact, Label, Mass, Name, Product, Stamp, Value};

/// What is in the box, in the words of the records.
pub fn product(people: People<'_>) -> Option<Product> {
    let own = people.history.chain(&people.history.batch())?;
    let Event::Opened(opened) = &own.records().first()?.record().event else { return None };
    let mut facts = Vec::new();
    let mut add = |label, value: Option<Value>| facts.extend(value.map(|value| Fact::new(label, value)));

    add(
        Label::Variety,
        opened.variety.as_ref().map(|variety| Value::Text(variety.to_string())).or_else(|| varieties(people)),
    );
    add(Label::Harvested, picked(people));
    add(Label::GrowingArea, codes(people, ChainSort::GrowingArea));
    add(Label::PackingHouse, codes(people, ChainSort::PackingHouse));
    add(Label::Weight, weight(own).map(Value::Mass));
    if let Some(packed) = packed(own) {
        add(Label::Boxes, Some(Value::Count(packed.boxes.get())));
        add(Label::BoxWeight, Some(Value::Mass(Mass(packed.grams_per_box.get()))));
        add(Label::Grade, packed.grade.as_ref().map(|grade| Value::Text(grade.to_string())));
    }
    for certificate in certificates(people) {
        add(Label::Certificate, Some(Value::Text(certificate)));
    }
    let owner = people.actor(&own.state().custodian()?)?;
    add(
        Label::Owner,
        match owner.name {
            Name::Known(name) => Some(Value::Text(name)),
            Name::Withheld => Some(Value::Withheld),
        },
    );
    Some(Product { name: Some(opened.product.to_string()), communes: communes(people), facts })
}

/// Who holds the batch, and how to reach them.
pub fn contact(people: People<'_>) -> Option<Contact> {
    let owner = people.history.chain(&people.history.batch())?.state().custodian()?;
    let party = people.actor(&owner)?;
    Some(Contact { role: party.role, name: party.name, phone: people.phone(&owner) })
}

fn varieties(people: People<'_>) -> Option<Value> {
    let plots = people.history.chains().filter_map(|chain| match &chain.records().first()?.record().event {
        Event::PlotRegistered(plot) => Some(plot.variety.to_string()),
        _ => None,
    });
    let found = in_order(plots);
    (!found.is_empty()).then(|| Value::Text(found.join(", ")))
}

/// First and last day of picking among the harvests that reached this lot.
fn picked(people: People<'_>) -> Option<Value> {
    let mut days: Vec<Stamp> = Vec::new();
    for record in people.history.chains().flat_map(VerifiedChain::records) {
        if let Event::HarvestDrawn(draw) = &record.record().event
            && people.history.chain(&draw.to).is_some()
        {
            days.push(details::stamp(record.record(), record.record().happened_at()));
        }
    }
    let first = days.iter().min_by_key(|stamp| stamp.unix)?;
    let last = days.iter().max_by_key(|stamp| stamp.unix)?;
    Some(Value::Days(*first, Some(*last)))
}

fn codes(people: People<'_>, sort: ChainSort) -> Option<Value> {
    let places = people.history.chains().filter(|chain| chain.state().sort() == sort);
    let codes = in_order(places.filter_map(|chain| people.place_of(&chain.id())?.code));
    (!codes.is_empty()).then(|| Value::Code(codes.join(", ")))
}

/// What came into the batch.
fn weight(own: &VerifiedChain) -> Option<Mass> {
    let batch = own.state().batch()?;
    Some(details::mass(batch.inputs.total())).filter(|mass| mass.0 > 0)
}

/// The newest packing of the batch itself.
fn packed(own: &VerifiedChain) -> Option<&Packed> {
    own.records().iter().rev().find_map(|record| match &record.record().event {
        Event::Packed(packed) => Some(packed),
        _ => None,
    })
}

fn certificates(people: People<'_>) -> Vec<String> {
    in_order(people.history.chains().flat_map(VerifiedChain::records).filter_map(
        |record| match &record.record().event {
            Event::Certified(event) => Some(format!("{} {}", event.scheme, event.number)),
            _ => None,
        },
    ))
}

/// Communes of the growing areas, the one with most plots first.
fn communes(people: People<'_>) -> Vec<String> {
    let mut communes: Vec<(String, usize)> = Vec::new();
    for chain in people.history.chains() {
        let weight = match chain.state().sort() {
            ChainSort::Plot => 1,
            ChainSort::GrowingArea => 0,
            _ => continue,
        };
        if let Some(commune) = people.place_of(&chain.id()).and_then(|place| place.commune) {
            match communes.iter_mut().find(|(known, _)| *known == commune) {
                Some((_, plots)) => *plots += weight,
                None => communes.push((commune, weight)),
            }
        }
    }
    let sorted = sorted(communes, |one, other| (one.1, &other.0) > (other.1, &one.0));
    sorted.into_iter().map(|(commune, _)| commune).collect()
}
