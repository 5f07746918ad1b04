//! The order in which the fruit's way is told: growing areas, households, then the batch's own line.

use std::rc::Rc;

use nguon_core::event::{Event, EventName, InspectionResult};
use nguon_core::ids::ChainId;
use nguon_core::permission::ChainSort;
use nguon_core::record::Record;
use nguon_core::verify::{At, VerifiedChain, VerifiedRecord};

use super::details;
use super::order::sorted;
use super::people::People;
use crate::model::{Exhibit, ExhibitKind, Flow, Group, Journey, Mass, Member, Status, Step, Steps, is_background};

/// The journey, and where each record stands in it.
#[derive(Default)]
pub struct Way {
    /// What is shown
    pub journey: Journey,
    numbers: Vec<At>,
}

impl Way {
    /// Tells a verified history.
    pub fn of(people: People<'_>) -> Self {
        let mut teller = Teller { people, numbers: Vec::new() };
        let parts = Sorted::of(people);
        // Numbered from what everybody sees: the batch's own line, then what is folded away.
        let steps = teller.line(&parts.line);
        let origins = teller.origins(&parts);
        let areas = teller.line(&parts.places);
        let codes = areas.iter().filter(|step| step.event == EventName::PlaceRegistered).count();
        let journey = Journey { areas: Steps::of(&areas), codes, origins, steps };
        Self { journey, numbers: teller.numbers }
    }

    /// The number of a record on the page, if it is told as a step.
    pub fn number(&self, at: &At) -> Option<usize> {
        self.numbers.iter().position(|known| known == at).map(|index| index + 1)
    }
}

/// The chains of a history by their part in it.
struct Sorted<'a> {
    /// Growing areas and packing houses
    places: Vec<&'a VerifiedChain>,
    /// By household: its plots, and its batches that came straight from plots
    households: Vec<(ChainId, Vec<&'a VerifiedChain>)>,
    /// The batch's own chain and the batches between it and the households
    line: Vec<&'a VerifiedChain>,
}

impl<'a> Sorted<'a> {
    fn of(people: People<'a>) -> Self {
        let mut sorted = Self { places: Vec::new(), households: Vec::new(), line: Vec::new() };
        for chain in people.history.chains() {
            match chain.state().sort() {
                ChainSort::Actor => {}
                ChainSort::GrowingArea | ChainSort::PackingHouse => sorted.places.push(chain),
                ChainSort::Plot => sorted.add(chain.state().custodian(), chain),
                ChainSort::Batch => match only_household(people, chain) {
                    Some(household) if chain.id() != people.history.batch() => sorted.add(Some(household), chain),
                    _ => sorted.line.push(chain),
                },
            }
        }
        sorted
    }

    fn add(&mut self, household: Option<ChainId>, chain: &'a VerifiedChain) {
        let known = |household| self.households.iter().position(|(known, _)| *known == household);
        match (household, household.and_then(known)) {
            (Some(_), Some(at)) => self.households[at].1.push(chain),
            (Some(household), None) => self.households.push((household, vec![chain])),
            (None, _) => self.line.push(chain),
        }
    }
}

/// The household of a batch that came straight from plots of one household.
fn only_household(people: People<'_>, chain: &VerifiedChain) -> Option<ChainId> {
    let inputs = &chain.state().batch()?.inputs;
    let household = |source: &ChainId| {
        let state = people.history.chain(source)?.state();
        (state.sort() == ChainSort::Plot).then(|| state.custodian())?
    };
    let inputs = inputs.others();
    let first = household(inputs.first()?)?;
    inputs.iter().all(|input| household(input) == Some(first)).then_some(first)
}

struct Teller<'a> {
    people: People<'a>,
    numbers: Vec<At>,
}

impl Teller<'_> {
    /// The records of some chains by the time they tell, each chain in its own order.
    fn line(&mut self, chains: &[&VerifiedChain]) -> Vec<Step> {
        let mut records = Vec::new();
        for chain in chains {
            let mut newest = 0;
            for record in chain.records().iter().filter(|record| !is_background(record.record().event.name())) {
                // A chain's order is certain, its times are claims: where they disagree the order stands.
                newest = record.record().happened_at().get().max(newest);
                records.push((newest, *chain, record));
            }
        }
        // Records of one chain are pushed in their order, and the sort leaves those of the same time as they came.
        let records = sorted(records, |one, other| one.0 < other.0);
        records.into_iter().map(|(_, chain, record)| self.step(chain, record)).collect()
    }

    fn step(&mut self, chain: &VerifiedChain, verified: &VerifiedRecord) -> Step {
        let record = verified.record();
        self.numbers.push(At { chain: chain.id(), sequence: record.sequence });
        let signer = self.people.signer(record.signer).unwrap_or_else(people_unknown);
        let (then, now) = (&record.event, details::effective(chain, record));
        let [then, now] = [then, now.unwrap_or(then)].map(|event| match event {
            Event::Corrected(_) => Flow::default(),
            event => details::flow(event),
        });
        let known = |at: &At| at.chain == chain.id();
        let number = |sequence| {
            let at = self.numbers.iter().position(|at| known(at) && at.sequence == sequence);
            at.map(|index| index + 1)
        };
        Step {
            number: self.numbers.len(),
            event: record.event.name(),
            voice: self.people.voice(record, chain, signer.role),
            signer,
            on_behalf: record.on_behalf_of.and_then(|household| self.people.actor(&household)),
            place: self.people.place(record, chain),
            at: details::stamp(record, record.happened_at()),
            flow: now,
            before: (now != then).then_some(then),
            facts: details::facts(self.people, chain, verified, &number),
            alarm: is_alarm(chain, record),
            status: if verified.revoked().is_some() { Status::Doubted } else { Status::Held },
            exhibits: Rc::new(vec![
                Exhibit::new(ExhibitKind::Statement, *verified.id().as_bytes()),
                Exhibit::new(ExhibitKind::Chain, *chain.id().as_bytes()),
                Exhibit::new(ExhibitKind::Key, *verified.key_id().as_bytes()),
                Exhibit::new(ExhibitKind::Record, verified.bytes()),
            ]),
        }
    }

    fn origins(&mut self, parts: &Sorted<'_>) -> Option<Group> {
        let households = parts.households.iter().map(|(household, chains)| (self.gave(chains), household, chains));
        let members = sorted(households, |one, other| one.0 > other.0);
        let members: Vec<Member> =
            members.into_iter().map(|(mass, household, chains)| self.member(mass, household, chains)).collect();
        let mass = Mass(members.iter().fold(0, |sum, member| member.mass.0.saturating_add(sum)));
        (!members.is_empty()).then_some(Group { mass, members })
    }

    fn member(&mut self, mass: Mass, household: &ChainId, chains: &[&VerifiedChain]) -> Member {
        let steps = self.line(chains);
        Member {
            party: self.people.actor(household).unwrap_or_else(people_unknown),
            place: chains.iter().find_map(|chain| self.people.place_of(&chain.id())),
            mass,
            written_for: steps.iter().any(|step| step.on_behalf.is_some()),
            steps: Steps::of(&steps),
        }
    }

    /// What a household gave towards this lot: what other batches of the history took from its batches, or from its plots.
    fn gave(&self, chains: &[&VerifiedChain]) -> Mass {
        let ours = |id: &ChainId| chains.iter().any(|chain| chain.id() == *id);
        let others = self.people.history.chains().filter(|chain| !ours(&chain.id()));
        let inputs = others.filter_map(|chain| chain.state().batch()).flat_map(|batch| batch.inputs.entries());
        details::mass(inputs.filter(|flow| ours(&flow.other)).map(|flow| flow.grams).sum())
    }
}

/// Whether a record says what no reader should pass over.
fn is_alarm(chain: &VerifiedChain, record: &Record) -> bool {
    let state = chain.state();
    match &record.event {
        Event::Recalled(_) => {
            state.recalls().iter().any(|recall| recall.sequence == record.sequence && recall.stands())
        }
        Event::Suspended(_) => {
            let suspensions = state.place().map(|place| &*place.suspensions).unwrap_or_default();
            suspensions.iter().any(|(from, until)| *from == record.sequence && until.is_none())
        }
        Event::LabResult(event) => event.exceeded().is_some(),
        Event::Inspected(event) => event.result == InspectionResult::Fails,
        _ => false,
    }
}

/// A signer outside the history: the verifier refuses such a record, so this is never told of one that holds.
fn people_unknown() -> crate::model::Party {
    crate::model::Party { role: crate::model::Role::Authority, name: crate::model::Name::Withheld }
}
