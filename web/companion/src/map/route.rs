//! From the report to the stops of the fruit, in order: where it grew, then who had it in hand.

use nguon_core::event::EventName;
use nguon_verify_app::model::{Journey, Mass, Member, Name, Party, Role, Step};

use super::land;

/// The way of the fruit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    /// The communes where it grew, most fruit first; then the stops in the order of the journey
    pub stops: Vec<Stop>,
}

/// A place where the fruit was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Its number on the map, if it is on the map
    pub number: Option<usize>,
    /// Where
    pub place: Where,
    /// What happened there
    pub deed: Deed,
    /// How much fruit there was
    pub mass: Option<Mass>,
}

/// Where a stop is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Where {
    /// A commune of the province, by its code
    Commune(String),
    /// A commune elsewhere
    Elsewhere(String),
    /// The records do not say
    Unrecorded,
}

impl Where {
    fn of(commune: Option<&String>) -> Self {
        match commune {
            Some(code) if land::middle(code).is_some() => Self::Commune(code.clone()),
            Some(code) => Self::Elsewhere(code.clone()),
            None => Self::Unrecorded,
        }
    }

    /// Its place in the picture.
    #[must_use]
    pub fn point(&self) -> Option<land::Point> {
        if let Self::Commune(code) = self { land::middle(code) } else { None }
    }
}

/// What happened at a stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// So many households picked it
    Grown(usize),
    /// Somebody had it in hand
    Handled {
        /// Who
        by: Party,
        /// What was done, each kind once
        events: Vec<EventName>,
    },
}

impl Route {
    /// The way that a journey tells. Where it tells no harvest by household, the fruit grew in the communes that the product
    /// names.
    #[must_use]
    pub fn of(journey: &Journey, grown_in: &[String]) -> Self {
        let mut route = Self { stops: Vec::new() };
        for member in journey.origins.iter().flat_map(|group| &group.members) {
            route.grown(member);
        }
        route.stops.sort_by_key(|stop| std::cmp::Reverse(stop.mass));
        if route.stops.is_empty() {
            let one = |code| Stop { number: None, place: Where::of(Some(code)), deed: Deed::Grown(0), mass: None };
            route.stops.extend(grown_in.iter().map(one));
        }
        for step in journey.steps.iter().filter(|step| is_a_stop(step.event)) {
            route.handled(step);
        }
        let on_the_map = route.stops.iter_mut().filter(|stop| stop.place.point().is_some());
        for (index, stop) in on_the_map.enumerate() {
            stop.number = Some(index + 1);
        }
        route
    }

    fn grown(&mut self, member: &Member) {
        let place = Where::of(member.place.as_ref().and_then(|place| place.commune.as_ref()));
        // A trader among the households is a stop before this journey: what it gave grew somewhere else.
        if member.party.role != Role::Farm {
            let deed = Deed::Handled { by: member.party.clone(), events: vec![EventName::Drawn] };
            self.stops.push(Stop { number: None, place, deed, mass: Some(member.mass) });
            return;
        }
        for stop in &mut self.stops {
            if let Deed::Grown(households) = &mut stop.deed
                && stop.place == place
            {
                *households += 1;
                stop.mass = stop.mass.map(|mass| Mass(mass.0.saturating_add(member.mass.0)));
                return;
            }
        }
        self.stops.push(Stop { number: None, place, deed: Deed::Grown(1), mass: Some(member.mass) });
    }

    fn handled(&mut self, step: &Step) {
        let by = step.on_behalf.as_ref().unwrap_or(&step.signer);
        let place = Where::of(whereabouts(step, by));
        let mass = step.flow.taken.or(step.flow.given);
        if let Some(last) = self.stops.last_mut()
            && let Deed::Handled { by: before, events } = &mut last.deed
            && (&*before, &last.place) == (by, &place)
        {
            if !events.contains(&step.event) {
                events.push(step.event);
            }
            // What it was at most: a stop gives in parts what it took in whole.
            last.mass = last.mass.max(mass);
            return;
        }
        let deed = Deed::Handled { by: by.clone(), events: vec![step.event] };
        self.stops.push(Stop { number: None, place, deed, mass });
    }

    /// The communes in the order of the fruit's way, each where the one before it is another.
    pub(super) fn way(&self) -> Vec<land::Point> {
        let handled = self.stops.iter().filter(|stop| matches!(stop.deed, Deed::Handled { .. }));
        let mut way: Vec<land::Point> = handled.filter_map(|stop| stop.place.point()).collect();
        way.dedup();
        way
    }
}

/// What moves fruit or has it in hand. The rest is paper, or done to the label.
const fn is_a_stop(event: EventName) -> bool {
    use EventName::{Aggregated, Cooled, Drawn, Harvested, Packed, Received, Repacked, Shipped, Sold, Treated};
    matches!(event, Harvested | Received | Packed | Repacked | Cooled | Treated | Aggregated | Shipped | Drawn | Sold)
}

/// Where a step was: the place with a code that it names, or else its recorder's seat. A carrier is under way.
fn whereabouts<'a>(step: &'a Step, by: &Party) -> Option<&'a String> {
    let place = step.place.as_ref()?;
    (by.role != Role::Carrier || place.code.is_some()).then_some(place.commune.as_ref())?
}

/// A party's name, if it is published.
pub(super) fn name(party: &Party) -> Option<&str> {
    if let Name::Known(name) = &party.name { Some(name) } else { None }
}
