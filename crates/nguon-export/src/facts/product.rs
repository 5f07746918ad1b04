//! What a lot is and who answers for it, as product traceability fields and passports ask.

use std::collections::BTreeSet;

use nguon_core::event::Event;
use nguon_core::ids::ChainId;
use nguon_core::verify::At;
use serde::Serialize;

use super::{Facts, Missing, Personal, Remedy};

/// A producer or trader of a lot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Producer {
    /// Its actor chain.
    pub actor: ChainId,
    /// What it is, for programs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<nguon_core::event::Role>,
    /// Its name, if it may be written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its address: the commune, and the five digits of its code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Its GS1 location number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gln: Option<String>,
}

/// A certificate of the lot, or of a place that it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Certificate {
    /// The scheme: VietGAP, GlobalG.A.P.
    pub scheme: String,
    /// Its number.
    pub number: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub until: String,
    /// Who recorded it; `None`: an authority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded_by: Option<String>,
    /// The chain it stands on.
    pub chain: ChainId,
}

impl Facts<'_> {
    /// Who owned a batch's fruit on its way, the last owner first.
    #[must_use]
    pub fn producers(&self, batch: &ChainId) -> Vec<Producer> {
        let mut owners: Vec<ChainId> = vec![self.lot(batch).owner];
        let mut seen: BTreeSet<ChainId> = owners.iter().copied().collect();
        let upstream = self.upstream(batch);
        let farms = self
            .harvests(batch)
            .into_iter()
            .filter_map(|harvest| harvest.chain.state().custodian_at(harvest.signed().sequence));
        let others: Vec<ChainId> = upstream.iter().map(|at| self.lot(at).owner).chain(farms).collect();
        owners.extend(others.into_iter().filter(|owner| seen.insert(*owner)));
        owners.iter().map(|owner| self.producer(owner)).collect()
    }

    /// An actor as a producer.
    #[must_use]
    pub fn producer(&self, actor: &ChainId) -> Producer {
        let party = self.party(actor);
        let address = party.commune.as_deref().map(|code| {
            let name = self.commune(code);
            if name == code { name } else { format!("{name} ({code})") }
        });
        Producer { actor: *actor, role: party.role, name: party.name, address, gln: party.gln }
    }

    /// What a producer's name and address lack.
    pub(crate) fn lacking(&self, producer: &Producer, name: &str, address: &str, to: &mut Vec<Missing>) {
        let asked = self.personal() == Personal::Opened;
        if producer.role.is_none() {
            return;
        }
        if producer.name.is_none() {
            let withheld = producer.role == Some(nguon_core::event::Role::Farm) && !asked;
            let remedy = if withheld { Remedy::Personal } else { Remedy::Open };
            to.push(Missing::of_first(name, producer.actor, "enrolled/name", remedy));
        }
        if producer.address.is_none() {
            to.push(Missing::of_first(address, producer.actor, "enrolled/commune", Remedy::Enrol));
        }
    }

    /// The certificates of a batch's chain, of those it came from, and of their plots, growing areas and packing houses.
    #[must_use]
    pub fn certificates(&self, batch: &ChainId) -> Vec<Certificate> {
        let mut found = Vec::new();
        for chain in self.sites(batch) {
            for entry in self.entries_of(&chain) {
                let Event::Certified(event) = entry.event else { continue };
                found.push(Certificate {
                    scheme: event.scheme.as_str().to_owned(),
                    number: event.number.to_string(),
                    from: super::When::vietnam(event.from).date(),
                    until: super::When::vietnam(event.until).date(),
                    recorded_by: entry.actor().map(|actor| self.party(&actor).called()),
                    chain,
                });
            }
        }
        found
    }

    /// A batch, what it came from, and the places on its way: plots, their growing areas, packing houses.
    #[must_use]
    pub fn sites(&self, batch: &ChainId) -> BTreeSet<ChainId> {
        let mut sites = self.upstream(batch);
        for at in sites.clone() {
            let places = self.entries_of(&at).filter_map(|entry| match entry.event {
                Event::Packed(event) => event.place,
                Event::Repacked(event) => event.place,
                Event::Received(event) => event.place,
                Event::Cooled(event) => event.place,
                _ => None,
            });
            sites.extend(places);
        }
        for harvest in self.harvests(batch) {
            sites.insert(harvest.chain.id());
            sites.extend(harvest.chain.state().place().and_then(|place| place.area));
        }
        sites
    }

    /// Digests of the photos on a batch's chain and on those it came from, newest first.
    #[must_use]
    pub fn photos(&self, batch: &ChainId) -> Vec<(At, String)> {
        let mut photos: Vec<(u64, At, String)> = Vec::new();
        for at in self.upstream(batch) {
            for entry in self.entries_of(&at) {
                let attachments = entry.signed().attachments.iter().flat_map(|list| list.iter());
                let images = attachments.filter(|attachment| attachment.media_type.as_str().starts_with("image/"));
                photos.extend(images.map(|image| (entry.at.time.get(), entry.place(), image.digest.to_string())));
            }
        }
        photos.sort_by_key(|(time, at, _)| (std::cmp::Reverse(*time), *at));
        photos.into_iter().map(|(_, at, digest)| (at, digest)).collect()
    }
}
