//! A request of the FDA's kind: all lots from this place between these days.

use nguon_core::ids::ChainId;

use crate::facts::{Entry, Facts};

/// Which lots are asked for; without anything set, all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// A code of a growing area or packing house, a GLN, or the chain of a place or an actor: lots of which something happened
    /// there.
    pub place: Option<String>,
    /// The first day, `2026-06-12`, there.
    pub from: Option<String>,
    /// The last day.
    pub until: Option<String>,
}

impl Request {
    /// Whether a lot is asked for: something that counts of its history happened at the place between the days.
    #[must_use]
    pub fn selects(&self, facts: &Facts<'_>) -> bool {
        let batch = facts.batch();
        let mut chains: Vec<ChainId> = facts.upstream(&batch).into_iter().collect();
        chains.extend(facts.harvests(&batch).iter().map(|harvest| harvest.chain.id()));
        chains.sort_unstable();
        chains.dedup();
        // A plot's log tells of other lots too: of it only the harvests of this one are asked.
        let harvests = facts.harvests(&batch);
        let is_plot = |entry: &Entry<'_>| entry.chain.state().place().is_some();
        let concerned =
            |entry: &Entry<'_>| !is_plot(entry) || harvests.iter().any(|harvest| harvest.id() == entry.id());
        let mut entries = chains.iter().flat_map(|chain| facts.entries_of(chain)).filter(concerned);
        entries.any(|entry| self.covers(&entry) && self.is_at(facts, &entry))
    }

    fn covers(&self, entry: &Entry<'_>) -> bool {
        let day = entry.at.date();
        self.from.as_ref().is_none_or(|from| *from <= day) && self.until.as_ref().is_none_or(|until| day <= *until)
    }

    fn is_at(&self, facts: &Facts<'_>, entry: &Entry<'_>) -> bool {
        let Some(wanted) = self.place.as_deref() else { return true };
        let mut places = entry.event.references();
        places.push(entry.chain.id());
        places.extend(entry.actor());
        places.extend(entry.chain.state().custodian());
        let areas: Vec<ChainId> = places.iter().filter_map(|place| facts.place(place)?.area).collect();
        places.extend(areas);
        places.iter().any(|place| {
            let id = place.to_string();
            let known = facts.place(place);
            id == wanted
                || known
                    .as_ref()
                    .is_some_and(|known| known.code.as_deref() == Some(wanted) || known.gln.as_deref() == Some(wanted))
                || facts.party(place).gln.as_deref() == Some(wanted)
        })
    }
}
