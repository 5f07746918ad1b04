//! Who there is: an office of the province, its co-ops with their members, and the trade.

use std::ops::Range;

use nguon_core::SigningKey;
use nguon_core::event::{Enrolled, EventName, Role, Scope};
use nguon_core::ids::{ChainId, Salt};
use nguon_core::opening::FieldValue;
use nguon_core::record::Signer;
use nguon_core::values::List;

use super::Size;
use super::scribe::{Hand, Scribe};
use crate::root::{authority, office_key};

/// One household in so many has a phone, and a key in it.
const PHONES: usize = 3;

/// An actor, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Actor(pub usize);

struct Enrolment {
    id: ChainId,
    key: Option<SigningKey>,
    /// The registrar who signs for those without a key.
    above: Actor,
}

/// Everybody. Ranges are of numbers.
pub(super) struct Cast {
    all: Vec<Enrolment>,
    office: SigningKey,
    pub coops: Range<usize>,
    pub packers: Range<usize>,
    pub collectors: Range<usize>,
    pub carriers: Range<usize>,
    pub sellers: Range<usize>,
}

const PROVINCE: Actor = Actor(0);

impl Cast {
    /// Enrols all but the households.
    pub(super) fn enrol(scribe: &mut Scribe<'_>, size: &Size) -> Self {
        let none = || 0..0;
        let mut cast = Self {
            all: Vec::new(),
            office: office_key(),
            coops: none(),
            packers: none(),
            collectors: none(),
            carriers: none(),
            sellers: none(),
        };
        cast.add(scribe, Role::Registrar, "Chi cục mẫu", None, true);
        cast.coops = cast.add_many(scribe, Role::Registrar, "HTX mẫu", size.coops);
        cast.packers = cast.add_many(scribe, Role::PackingHouse, "Cơ sở đóng gói mẫu", size.packers);
        cast.collectors = cast.add_many(scribe, Role::Collector, "Điểm cân mẫu", size.collectors);
        cast.carriers = cast.add_many(scribe, Role::Carrier, "Vận tải mẫu", size.carriers);
        cast.sellers = cast.add_many(scribe, Role::Seller, "Cửa hàng mẫu", size.sellers);
        cast
    }

    /// Enrols a household of a co-op.
    pub(super) fn add_household(&mut self, scribe: &mut Scribe<'_>, coop: Actor) -> Actor {
        let keyed = self.all.len().is_multiple_of(PHONES);
        self.add(scribe, Role::Farm, "Hộ mẫu", Some(coop), keyed)
    }

    fn add_many(&mut self, scribe: &mut Scribe<'_>, role: Role, name: &str, count: usize) -> Range<usize> {
        let from = self.all.len();
        (0..count).for_each(|_| _ = self.add(scribe, role, name, Some(PROVINCE), true));
        from..self.all.len()
    }

    fn add(&mut self, scribe: &mut Scribe<'_>, role: Role, name: &str, by: Option<Actor>, keyed: bool) -> Actor {
        let number = self.all.len();
        let key = keyed.then(|| scribe.key(number));
        let (name, salt) =
            (FieldValue::Text(format!("{name} {number}")), Salt::from_bytes(scribe.bytes("salt", number)));
        let public = key.as_ref().map(Into::into);
        let event = Enrolled::new(role, name.seal(&salt, "enrolled/name"), scope(role), public);
        let hand = by.map_or_else(|| self.authority(), |by| self.hand(by));
        let chain = scribe.begin(&hand, event);
        scribe.open_name(&chain, salt, &name);
        self.all.push(Enrolment { id: chain.id, key, above: by.unwrap_or(PROVINCE) });
        Actor(number)
    }

    /// The chain of an actor.
    pub(super) fn id(&self, actor: Actor) -> ChainId {
        self.all[actor.0].id
    }

    /// An actor's own hand, or that of the co-op that signs for it.
    pub(super) fn hand(&self, actor: Actor) -> Hand<'_> {
        let Enrolment { id, key, above } = &self.all[actor.0];
        match key {
            Some(key) => Hand { signer: Signer::Actor(*id), key, on_behalf_of: None },
            None => Hand { on_behalf_of: Some(*id), ..self.hand(*above) },
        }
    }

    /// The province's office.
    pub(super) fn province(&self) -> Hand<'_> {
        self.hand(PROVINCE)
    }

    /// The authority.
    pub(super) fn authority(&self) -> Hand<'_> {
        Hand { signer: Signer::Authority(authority().id), key: &self.office, on_behalf_of: None }
    }

    /// How many have a key.
    pub(super) fn keys(&self) -> usize {
        self.all.iter().filter(|actor| actor.key.is_some()).count()
    }
}

/// Registrars pass on all there is; a household signs for its plots and its batches.
fn scope(role: Role) -> Scope {
    use EventName as E;
    let events: &[EventName] = match role {
        Role::Farm => {
            &[E::SeasonOpened, E::InputApplied, E::HarvestDrawn, E::Opened, E::Harvested, E::Drawn, E::Corrected]
        }
        _ => EventName::ALL,
    };
    let prefixes = matches!(role, Role::Registrar | Role::PackingHouse);
    let prefixes = prefixes.then(|| List::of_one("9521234".parse().expect("a prefix")));
    Scope { gs1_prefixes: prefixes, ..Scope::of_events(events).expect("events") }
}
