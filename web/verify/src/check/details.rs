//! What a record says, as named values.

use nguon_core::event::{Document, Dose, Event};
use nguon_core::ids::ChainId;
use nguon_core::record::Record;
use nguon_core::values::{Grams, Time};
use nguon_core::verify::VerifiedRecord;

use super::order::in_order;
use super::people::People;
use crate::model::{Fact, Flow, Label, Mass, Name, Stamp, Value, Word};

/// Unix seconds. Times in records end where the safe integers end.
pub fn seconds(time: Time) -> i64 {
    i64::try_from(time.get()).unwrap_or(i64::MAX)
}

/// A time as the signer's clock showed it.
pub fn stamp(record: &Record, time: Time) -> Stamp {
    Stamp { unix: seconds(time), offset: record.utc_offset.get().into() }
}

/// When a record was signed.
pub fn signed(record: &Record) -> Stamp {
    stamp(record, record.signed_at)
}

/// A sum of weights.
pub fn sum<'a>(grams: impl IntoIterator<Item = &'a Grams>) -> Mass {
    Mass(grams.into_iter().fold(0, |total, grams| total.saturating_add(grams.get())))
}

/// What went in and out by a record.
pub fn flow(event: &Event) -> Flow {
    let taken = Some(sum(event.inputs().iter().map(|input| &input.grams))).filter(|mass| mass.0 > 0);
    let given = match event {
        Event::HarvestDrawn(event) => Some(Mass(event.grams.get())),
        Event::Drawn(event) => Some(Mass(event.grams.get())),
        Event::Packed(event) => Some(Mass(event.boxes.get().saturating_mul(event.grams_per_box.get()))),
        _ => None,
    };
    Flow { taken, given }
}

/// The facts of a record, those a shopper asks about first.
pub fn facts(people: People<'_>, verified: &VerifiedRecord) -> Vec<Fact> {
    let record = verified.record();
    let mut list = Facts { people, verified, facts: Vec::new() };
    list.event(&record.event);
    if record.event.at().is_some() {
        list.add(Label::SignedAt, Value::Moment(signed(record)));
    }
    if let Some(attachments) = &record.attachments {
        list.add(Label::Attachments, Value::Count(attachments.len() as u64));
    }
    list.facts
}

struct Facts<'a> {
    people: People<'a>,
    verified: &'a VerifiedRecord,
    facts: Vec<Fact>,
}

impl Facts<'_> {
    fn add(&mut self, label: Label, value: Value) {
        self.facts.push(Fact::new(label, value));
    }

    fn text(&mut self, label: Label, text: impl ToString) {
        self.add(label, Value::Text(text.to_string()));
    }

    fn code(&mut self, label: Label, code: impl ToString) {
        self.add(label, Value::Code(code.to_string()));
    }

    fn maybe(&mut self, label: Label, value: Option<Value>) {
        self.facts.extend(value.map(|value| Fact::new(label, value)));
    }

    fn document(&mut self, document: Option<&Document>) {
        self.maybe(
            Label::Document,
            document.map(|document| Value::Text(format!("{} {}", document.kind, document.number))),
        );
    }

    /// A salted field: its words if they are published, else that they are not.
    fn opened(&mut self, label: Label, path: &str, is_there: bool) {
        if is_there {
            let opened = self.people.history.opened(&self.verified.id(), path);
            self.add(label, opened.text().map_or(Value::Withheld, |text| Value::Text(text.to_owned())));
        }
    }

    fn party(&mut self, label: Label, actor: &ChainId) {
        let name = self.people.actor(actor).map_or(Name::Withheld, |party| party.name);
        self.add(
            label,
            match name {
                Name::Known(name) => Value::Text(name),
                Name::Withheld => Value::Withheld,
            },
        );
    }

    fn stamp(&self, time: Time) -> Stamp {
        stamp(self.verified.record(), time)
    }

    fn days(&mut self, label: Label, from: Time, until: Option<Time>) {
        // An end is the first second that no longer counts, so the last day is the one before it.
        let last = until.map(|until| Stamp { unix: seconds(until) - 1, ..self.stamp(until) });
        self.add(label, Value::Days(self.stamp(from), last));
    }

    fn event(&mut self, event: &Event) {
        match event {
            Event::PlaceRegistered(event) => {
                // The code itself stands where the step says where.
                self.add(Label::PlaceKind, Value::Word(Word::Place(event.place)));
                self.party(Label::Holder, &event.holder);
                self.maybe(Label::Variety, event.variety.as_ref().map(|text| Value::Text(text.to_string())));
                self.maybe(Label::Area, event.area_m2.map(|area| Value::Area(area.get())));
                self.code(Label::Issuer, &event.issuer);
                self.code(Label::Market, &event.market);
                self.days(Label::Validity, event.from, event.until);
            }
            Event::PlotRegistered(event) => {
                self.text(Label::Variety, &event.variety);
                self.add(Label::Area, Value::Area(event.area_m2.get()));
                self.maybe(Label::Trees, event.trees.map(|trees| Value::Count(trees.get())));
            }
            Event::SeasonOpened(event) => {
                self.code(Label::Season, &event.season);
                self.days(Label::Window, event.from, Some(event.until));
                self.maybe(Label::Ceiling, event.ceiling.map(|grams| Value::Mass(Mass(grams.get()))));
            }
            Event::PlotsAllotted(event) => {
                self.add(Label::Plots, Value::Count(event.allotments.len() as u64));
                self.add(Label::Allotted, Value::Mass(sum(event.allotments.iter().map(|share| &share.grams))));
            }
            Event::InputApplied(event) => {
                self.text(Label::Input, &event.product);
                self.add(Label::InputKind, Value::Word(Word::Input(event.kind)));
                for ingredient in &event.active_ingredients {
                    self.text(Label::Ingredient, ingredient);
                }
                self.add(Label::Interval, Value::DayCount(event.phi_days.get().into()));
                self.add(
                    Label::Dose,
                    match event.dose {
                        Dose::Milligrams(count) => Value::Milligrams(count.get()),
                        Dose::Microlitres(count) => Value::Microlitres(count.get()),
                    },
                );
                self.maybe(Label::Water, event.water_ml.map(|water| Value::Litres(water.get())));
                self.add(Label::Area, Value::Area(event.area_m2.get()));
                self.maybe(Label::InputLot, event.product_lot.as_ref().map(|lot| Value::Code(lot.to_string())));
                self.opened(Label::Operator, "input_applied/operator", event.operator.is_some());
                self.opened(Label::Details, "input_applied/notes", event.notes.is_some());
            }
            Event::HarvestDrawn(event) => {
                self.opened(Label::Operator, "harvest_drawn/operator", event.operator.is_some());
            }
            Event::Harvested(event) => self.maybe(Label::Crates, event.crates.map(|crates| Value::Count(crates.get()))),
            Event::Opened(event) => {
                self.text(Label::Product, &event.product);
                self.maybe(Label::Variety, event.variety.as_ref().map(|text| Value::Text(text.to_string())));
                self.maybe(Label::Lot, event.label.as_ref().map(|label| Value::Code(label.lot.to_string())));
            }
            Event::Drawn(event) => {
                self.add(Label::Purpose, Value::Word(Word::Draw(event.why)));
                let receiver = self.people.history.chain(&event.to).and_then(|chain| chain.state().custodian());
                if let Some(receiver) = receiver {
                    self.party(Label::Receiver, &receiver);
                }
            }
            Event::Packed(event) => {
                self.add(Label::Boxes, Value::Count(event.boxes.get()));
                self.add(Label::BoxWeight, Value::Mass(Mass(event.grams_per_box.get())));
                self.maybe(Label::Grade, event.grade.as_ref().map(|grade| Value::Text(grade.to_string())));
                self.document(event.document.as_ref());
            }
            Event::Shipped(event) => {
                self.party(Label::Carrier, &event.carrier);
                self.opened(Label::Vehicle, "shipped/vehicle", event.vehicle.is_some());
                self.maybe(Label::SetPoint, event.set_point_mc.map(Value::Temperature));
                self.document(event.document.as_ref());
            }
            Event::Received(event) => {
                self.givers(event.inputs.iter().map(|input| input.from));
                self.maybe(Label::Measured, event.measured_mc.map(Value::Temperature));
                self.document(event.document.as_ref());
            }
            Event::Certified(event) => {
                self.text(Label::Certificate, &event.scheme);
                self.code(Label::CertificateNumber, &event.number);
                self.days(Label::Validity, event.from, Some(event.until));
            }
            Event::Listed(event) => {
                self.text(Label::Marketplace, &event.marketplace);
                self.code(Label::Listing, &event.listing);
                self.maybe(Label::Until, event.until.map(|until| Value::Moment(self.stamp(until))));
            }
            Event::Recalled(event) => {
                self.add(Label::Reason, Value::Word(Word::Recall(event.reason)));
                self.maybe(Label::InputLot, event.product_lot.as_ref().map(|lot| Value::Code(lot.to_string())));
                self.opened(Label::Details, "recalled/details", event.details.is_some());
            }
            Event::Corrected(event) => {
                self.add(Label::Corrects, Value::Count(event.sequence));
                self.add(Label::Reason, Value::Word(Word::Correction(event.reason)));
                self.opened(Label::Details, "corrected/details", event.details.is_some());
                self.event(&event.event);
            }
            // Told as parties, not as steps.
            Event::Enrolled(_) | Event::KeyAdded(_) | Event::KeyRevoked(_) => {}
        }
    }

    /// Who gave what was received, if it was one party: many stand in the fold above.
    fn givers(&mut self, sources: impl Iterator<Item = ChainId>) {
        let owners = in_order(sources.filter_map(|source| self.people.history.chain(&source)?.state().custodian()));
        if let [only] = owners.as_slice() {
            self.party(Label::Giver, only);
        }
    }
}
