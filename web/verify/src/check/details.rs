//! What a record says, as named values.

use nguon_core::event::{Document, Dose, Event, Treatment};
use nguon_core::ids::ChainId;
use nguon_core::record::Record;
use nguon_core::values::{Grams, Time};
use nguon_core::verify::{VerifiedChain, VerifiedRecord};

use super::order::in_order;
use super::people::People;
use crate::model::{Fact, Flow, Label, Mass, Name, Stamp, Standing, TreatmentKind, Unit, Value, Word};

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

/// Grams as the core sums them; never less than none.
pub fn mass(grams: i64) -> Mass {
    Mass(u64::try_from(grams).unwrap_or(0))
}

/// What a corrected record says by now.
pub fn effective<'a>(chain: &'a VerifiedChain, record: &Record) -> Option<&'a Event> {
    let correction = chain.state().place_of(chain.state().correction_of(record.sequence)?)?;
    match &chain.records().get(correction)?.record().event {
        Event::Corrected(corrected) => Some(&corrected.event),
        _ => None,
    }
}

/// What went in and out by a record.
pub fn flow(event: &Event) -> Flow {
    let taken = Some(sum(event.inputs().iter().map(|input| &input.grams))).filter(|mass| mass.0 > 0);
    let given = match event {
        Event::HarvestDrawn(event) => Some(Mass(event.grams.get())),
        Event::Drawn(event) => Some(Mass(event.grams.get())),
        Event::Packed(event) => Some(Mass(event.boxes.get().saturating_mul(event.grams_per_box.get()))),
        Event::Repacked(event) => Some(Mass(event.boxes.get().saturating_mul(event.grams_per_box.get()))),
        Event::Sold(event) => Some(Mass(event.grams.get())),
        Event::Lost(event) => Some(Mass(event.grams.get())),
        Event::Disposed(event) => Some(Mass(event.grams.get())),
        _ => None,
    };
    Flow { taken, given }
}

/// The facts of a record, those a shopper asks about first; what a correction changed with what stood there before. `number`
/// gives the numbers on the page of the chain's earlier records.
pub fn facts(
    people: People<'_>,
    chain: &VerifiedChain,
    verified: &VerifiedRecord,
    number: &dyn Fn(u64) -> Option<usize>,
) -> Vec<Fact> {
    let record = verified.record();
    let told = |event| {
        let mut list = Facts { people, chain, verified, number, facts: Vec::new() };
        list.event(event);
        list
    };
    let mut list = told(&record.event);
    if let Some(event) = effective(chain, record) {
        let original = std::mem::take(&mut list.facts);
        list.facts = told(event).facts;
        set_against(&mut list.facts, original);
    }
    list.digests();
    if record.event.at().is_some() {
        list.add(Label::SignedAt, Value::Moment(signed(record)));
    }
    if let Some(attachments) = &record.attachments {
        list.add(Label::Attachments, Value::Count(attachments.len() as u64));
    }
    list.facts
}

/// Sets beside each fact what it was, where that was something else.
fn set_against(facts: &mut Vec<Fact>, mut original: Vec<Fact>) {
    for fact in facts.iter_mut() {
        if let Some(at) = original.iter().position(|before| before.label == fact.label) {
            let before = original.remove(at).value;
            fact.before = Some(before).filter(|before| *before != fact.value);
        }
    }
    let gone = |fact: Fact| Fact { before: Some(fact.value), ..Fact::new(fact.label, Value::Text("–".into())) };
    facts.extend(original.into_iter().map(gone));
}

struct Facts<'a> {
    people: People<'a>,
    chain: &'a VerifiedChain,
    number: &'a dyn Fn(u64) -> Option<usize>,
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

    /// The salted fields: their words if they are published, else that they are not.
    fn digests(&mut self) {
        for (path, _) in nguon_core::opening::digests(self.verified.record()) {
            let label = match path.rsplit('/').next() {
                Some("operator") => Label::Operator,
                Some("vehicle") => Label::Vehicle,
                Some("details" | "notes") => Label::Details,
                _ => continue,
            };
            let opened = self.people.history.opened(&self.verified.id(), &path);
            self.add(label, opened.text().map_or(Value::Withheld, |text| Value::Text(text.to_owned())));
        }
    }

    /// Another record of this chain.
    fn record(&mut self, label: Label, sequence: u64) {
        self.add(label, (self.number)(sequence).map_or(Value::Count(sequence), Value::Step));
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
                        Dose::Milligrams(count) => Value::Measure(count.get(), Unit::Gram),
                        Dose::Microlitres(count) => Value::Measure(count.get(), Unit::Millilitre),
                    },
                );
                self.maybe(Label::Water, event.water_ml.map(|water| Value::Measure(water.get(), Unit::Litre)));
                self.add(Label::Area, Value::Area(event.area_m2.get()));
                self.maybe(Label::InputLot, event.product_lot.as_ref().map(|lot| Value::Code(lot.to_string())));
            }
            Event::HarvestDrawn(event) => self.code(Label::Season, &event.season),
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
            }
            Event::Corrected(event) => {
                self.record(Label::Corrects, event.sequence);
                let mine = self.verified.record().sequence;
                let ours = self.chain.state().corrections().iter().find(|correction| correction.sequence == mine);
                let counts = ours.is_some_and(|correction| correction.counts_from.is_some());
                let standing = if counts { Standing::Counts } else { Standing::Waits };
                self.add(Label::Standing, Value::Word(Word::Standing(standing)));
                self.add(Label::Reason, Value::Word(Word::Correction(event.reason)));
                self.event(&event.event);
            }
            Event::CustodianChanged(event) => self.party(Label::NewHolder, &event.to),
            Event::Repacked(event) => {
                self.add(Label::Boxes, Value::Count(event.boxes.get()));
                self.add(Label::BoxWeight, Value::Mass(Mass(event.grams_per_box.get())));
                self.maybe(Label::Grade, event.grade.as_ref().map(|grade| Value::Text(grade.to_string())));
                self.document(event.document.as_ref());
            }
            Event::Cooled(event) => {
                self.add(Label::Method, Value::Word(Word::Cooling(event.method)));
                self.add(Label::Temperature, Value::Temperature(event.measured_mc));
                self.maybe(Label::SetPoint, event.set_point_mc.map(Value::Temperature));
            }
            Event::Treated(event) => {
                self.treatment(&event.treatment);
                self.code(Label::Facility, &event.facility);
                self.code(Label::CertificateNumber, &event.certificate);
            }
            Event::LabelsIssued(event) => self.add(Label::Serials, Value::Count(event.count.get())),
            Event::Aggregated(event) => {
                self.code(Label::Pallet, event.sscc.get());
                self.add(Label::Boxes, Value::Count(event.boxes.get()));
            }
            Event::Lost(event) => self.add(Label::Reason, Value::Word(Word::Loss(event.reason))),
            Event::Disposed(event) => self.add(Label::Method, Value::Word(Word::Disposal(event.method))),
            Event::Inspected(event) => {
                self.add(Label::Result, Value::Word(Word::Inspection(event.result)));
                self.add(Label::Purpose, Value::Word(Word::Purpose(event.purpose)));
            }
            Event::LabResult(event) => {
                for analyte in &*event.analytes {
                    let limit = analyte.limit_ug_per_kg.map(|limit| limit.get());
                    let found = Value::Residue(analyte.name.to_string(), analyte.ug_per_kg.get(), limit);
                    self.add(Label::Result, found);
                }
                self.text(Label::Method, &event.method);
                self.code(Label::Report, &event.report);
                self.code(Label::Sample, &event.sample);
                self.add(Label::SampledAt, Value::Moment(self.stamp(event.sampled_at)));
            }
            Event::Suspended(event) => self.add(Label::Reason, Value::Word(Word::Suspension(event.reason))),
            Event::ReleaseApproved(event) => self.record(Label::Concerns, event.recall),
            Event::Released(event) => self.record(Label::Concerns, event.recall),
            Event::CorrectionApproved(event) => self.record(Label::Concerns, event.correction),
            Event::Reattested(event) => {
                for sequence in &*event.sequences {
                    self.record(Label::Concerns, *sequence);
                }
            }
            Event::Sold(_) | Event::SuspensionLifted(_) | Event::NameReleased(_) => {}
            // Told as parties, not as steps.
            Event::Enrolled(_)
            | Event::KeyAdded(_)
            | Event::KeyRevoked(_)
            | Event::ScopeChanged(_)
            | Event::Retired(_) => {}
        }
    }

    fn treatment(&mut self, treatment: &Treatment) {
        let (kind, dose) = match treatment {
            Treatment::Cold(_) => (TreatmentKind::Cold, None),
            Treatment::IrradiationMgy(dose) => (TreatmentKind::Irradiation, Some((dose, Unit::Gray))),
            Treatment::MethylBromide(gas) => {
                (TreatmentKind::MethylBromide, Some((&gas.mg_per_m3, Unit::GramPerCubicMetre)))
            }
        };
        let held = match treatment {
            Treatment::Cold(cold) => Some((cold.pulp_mc, cold.seconds)),
            Treatment::MethylBromide(gas) => Some((gas.temperature_mc, gas.seconds)),
            Treatment::IrradiationMgy(_) => None,
        };
        self.add(Label::Method, Value::Word(Word::Treatment(kind)));
        self.maybe(Label::Dose, dose.map(|(dose, unit)| Value::Measure(dose.get(), unit)));
        self.maybe(Label::Temperature, held.map(|(temperature, _)| Value::Temperature(temperature)));
        self.maybe(Label::Duration, held.map(|(_, seconds)| Value::Hours(seconds.get())));
    }

    /// Who gave what was received, if it was one party: many stand in the fold above.
    fn givers(&mut self, sources: impl Iterator<Item = ChainId>) {
        let owners = in_order(sources.filter_map(|source| self.people.history.chain(&source)?.state().custodian()));
        if let [only] = owners.as_slice() {
            self.party(Label::Giver, only);
        }
    }
}
