//! Who and where, as far as records and openings say.

use nguon_core::event::Event;
use nguon_core::ids::ChainId;
use nguon_core::record::{Record, Signer};
use nguon_core::trust::TrustRoot;
use nguon_core::verify::{History, Opened, VerifiedChain};

use crate::model::{Name, Party, Place, Role, Voice};

/// The verified history, and the trust root that names its authorities.
#[derive(Clone, Copy)]
pub struct People<'a> {
    /// Whose authorities count
    pub trust: &'a TrustRoot,
    /// What was verified
    pub history: &'a History,
}

impl People<'_> {
    /// The party behind a signature.
    pub fn signer(self, signer: Signer) -> Option<Party> {
        match signer {
            Signer::Actor(actor) => self.actor(&actor),
            Signer::Authority(id) => {
                let name = Name::Known(self.trust.authority(&id)?.name.to_string());
                Some(Party { role: Role::Authority, name })
            }
        }
    }

    /// An actor by its chain.
    pub fn actor(self, actor: &ChainId) -> Option<Party> {
        let state = self.history.chain(actor)?.state().actor()?;
        Some(Party { role: state.role.into(), name: shown(&self.history.name_of(actor)) })
    }

    /// An actor's telephone number, if it is published.
    pub fn phone(self, actor: &ChainId) -> Option<String> {
        let enrolment = self.history.chain(actor)?.records().first()?.id();
        self.history.opened(&enrolment, "enrolled/phone").text().map(str::to_owned)
    }

    /// Whether the signer speaks of its own doing: a registrar that writes for a household repeats the household's claim.
    pub fn voice(self, record: &Record, chain: &VerifiedChain, role: Role) -> Voice {
        let own = matches!(record.signer, Signer::Actor(actor) if chain.state().custodian() == Some(actor));
        if own || record.on_behalf_of.is_some() { Voice::Claims } else { role.voice() }
    }

    /// Where a record says it happened: the place it names, the place its chain is about, or else the signer's seat.
    pub fn place(self, record: &Record, chain: &VerifiedChain) -> Option<Place> {
        let named = match &record.event {
            Event::Packed(event) => event.place,
            Event::Received(event) => event.place,
            Event::Repacked(event) => event.place,
            Event::Cooled(event) => event.place,
            _ => None,
        };
        let seat = || {
            let Signer::Actor(actor) = record.acting() else { return None };
            Some(Place { commune: Some(self.seat(&actor)?), code: None })
        };
        match named {
            Some(place) => self.place_of(&place),
            None => self.place_of(&chain.id()).or_else(seat),
        }
    }

    /// A growing area, packing house or plot by its chain. A plot lies where its growing area does.
    pub fn place_of(self, chain: &ChainId) -> Option<Place> {
        let verified = self.history.chain(chain)?;
        match &verified.records().first()?.record().event {
            Event::PlaceRegistered(event) => {
                Some(Place { commune: Some(event.commune.to_string()), code: Some(event.code.to_string()) })
            }
            Event::PlotRegistered(event) => self.place_of(&event.area),
            _ => None,
        }
    }

    fn seat(self, actor: &ChainId) -> Option<String> {
        match &self.history.chain(actor)?.records().first()?.record().event {
            Event::Enrolled(event) => event.commune.as_ref().map(ToString::to_string),
            _ => None,
        }
    }
}

fn shown(opened: &Opened) -> Name {
    opened.text().map_or(Name::Withheld, |name| Name::Known(name.to_owned()))
}
