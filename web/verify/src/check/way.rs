//! The order in which the fruit's way is told: growing areas, households, then the batch's own line.

use std::collections::{BTreeMap, BTreeSet};

use nguon_core::event::Event;
use nguon_core::ids::ChainId;
use nguon_core::permission::ChainSort;
use nguon_core::verify::{At, VerifiedChain, VerifiedRecord};

use super::details;
use super::people::People;
use crate::model::{Exhibit, ExhibitKind, Flow, Group, Journey, Mass, Member, Status, Step, is_background};

/// The journey, and where each record stands in it.
#[derive(Default)]
pub struct Way {
    /// What is shown
    pub journey: Journey,
    numbers: BTreeMap<At, usize>,
}

impl Way {
    /// Tells a verified history.
    pub fn of(people: People<'_>) -> Self {
        let mut teller = Teller { people, numbers: BTreeMap::new() };
        let sorted = Sorted::of(people);
        let areas = teller.line(&sorted.places);
        let origins = teller.origins(&sorted);
        let steps = teller.line(&sorted.line);
        Self { journey: Journey { areas, origins, steps }, numbers: teller.numbers }
    }

    /// The number of a record on the page, if it is told as a step.
    pub fn number(&self, at: &At) -> Option<usize> {
        self.numbers.get(at).copied()
    }
}

/// The chains of a history by their part in it.
struct Sorted<'a> {
    /// Growing areas and packing houses
    places: Vec<&'a VerifiedChain>,
    /// By household: its plots, and its batches that came straight from plots
    households: BTreeMap<ChainId, Vec<&'a VerifiedChain>>,
    /// The batch's own chain and the batches between it and the households
    line: Vec<&'a VerifiedChain>,
}

impl<'a> Sorted<'a> {
    fn of(people: People<'a>) -> Self {
        let mut sorted = Self { places: Vec::new(), households: BTreeMap::new(), line: Vec::new() };
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
        match household {
            Some(household) => self.households.entry(household).or_default().push(chain),
            None => self.line.push(chain),
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
    let first = household(&inputs.first()?.from)?;
    inputs.iter().all(|input| household(&input.from) == Some(first)).then_some(first)
}

struct Teller<'a> {
    people: People<'a>,
    numbers: BTreeMap<At, usize>,
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
                let into = !record.record().event.inputs().is_empty();
                records.push((newest, into, chain.id(), record.record().sequence, *chain, record));
            }
        }
        records.sort_by_key(|(time, into, chain, sequence, ..)| (*time, *into, *chain, *sequence));
        restore_order(&mut records);
        records.into_iter().map(|(.., chain, record)| self.step(chain, record)).collect()
    }

    fn step(&mut self, chain: &VerifiedChain, verified: &VerifiedRecord) -> Step {
        let record = verified.record();
        let number = self.numbers.len() + 1;
        self.numbers.insert(At { chain: chain.id(), sequence: record.sequence }, number);
        let signer = self.people.signer(record.signer).unwrap_or_else(people_unknown);
        Step {
            number,
            event: record.event.name(),
            voice: self.people.voice(record, chain, signer.role),
            signer,
            on_behalf: record.on_behalf_of.and_then(|household| self.people.actor(&household)),
            place: self.people.place(record, chain),
            at: details::stamp(record, record.happened_at()),
            flow: match &record.event {
                Event::Corrected(_) => Flow::default(),
                event => details::flow(event),
            },
            facts: details::facts(self.people, verified),
            status: if verified.revoked().is_some() { Status::Doubted } else { Status::Held },
            exhibits: vec![
                Exhibit::new(ExhibitKind::Statement, *verified.id().as_bytes()),
                Exhibit::new(ExhibitKind::Chain, *chain.id().as_bytes()),
                Exhibit::new(ExhibitKind::Key, *verified.key_id().as_bytes()),
                Exhibit::new(ExhibitKind::Record, verified.bytes()),
            ],
        }
    }

    fn origins(&mut self, sorted: &Sorted<'_>) -> Option<Group> {
        let mut members: Vec<(Mass, &ChainId, &Vec<&VerifiedChain>)> =
            sorted.households.iter().map(|(household, chains)| (self.gave(chains), household, chains)).collect();
        members.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(other.1)));
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
            steps,
        }
    }

    /// What a household gave towards this lot: what other batches of the history took from its batches, or from its plots.
    fn gave(&self, chains: &[&VerifiedChain]) -> Mass {
        let ours: BTreeSet<ChainId> = chains.iter().map(|chain| chain.id()).collect();
        let others = self.people.history.chains().filter(|chain| !ours.contains(&chain.id()));
        let inputs = others.filter_map(|chain| chain.state().batch()).flat_map(|batch| &batch.inputs);
        details::sum(inputs.filter(|input| ours.contains(&input.from)).map(|input| &input.grams))
    }
}

type Told<'a> = (u64, bool, ChainId, u64, &'a VerifiedChain, &'a VerifiedRecord);

/// Puts the records of each chain back into its order where equal times let the sort mix them.
fn restore_order(records: &mut [Told<'_>]) {
    let mut by_chain: BTreeMap<ChainId, Vec<usize>> = BTreeMap::new();
    for (index, record) in records.iter().enumerate() {
        by_chain.entry(record.2).or_default().push(index);
    }
    for places in by_chain.values() {
        let mut own: Vec<Told<'_>> = places.iter().map(|place| records[*place]).collect();
        own.sort_by_key(|record| record.3);
        for (place, record) in places.iter().zip(own) {
            records[*place] = record;
        }
    }
}

/// A signer outside the history: the verifier refuses such a record, so this is never told of one that holds.
fn people_unknown() -> crate::model::Party {
    crate::model::Party { role: crate::model::Role::Authority, name: crate::model::Name::Withheld }
}
