//! Who and what there is in practice: an authority, a co-op, a growing area and a collector, all invented, with keys that are
//! derived from one random seed. Whoever holds the phone holds all of these keys: nothing here proves anything, and need not.

use nguon_core::SigningKey;
use nguon_core::envelope::SignedRecord;
use nguon_core::event::{
    Allotment, Enrolled, Event, EventName, KeyAdded, KeyRevoked, PlaceKind, PlaceRegistered, PlotRegistered,
    PlotsAllotted, RevocationReason, Role, Scope, SeasonOpened,
};
use nguon_core::ids::{AuthorityId, ChainId, KeyId, Nonce, PublicKeyBytes, Salt};
use nguon_core::judge::Chains as _;
use nguon_core::ledger::{Pen, begin_record, next_record};
use nguon_core::opening::FieldValue;
use nguon_core::record::Record;
use nguon_core::trust::{Authority, RootError, RootPayload, Roots, SignedRoot, TrustRoot};
use nguon_core::values::{Code, Grams, List, SquareMetres, Time, UtcOffset};
use nguon_draft::kept_fields;

use super::ledger::{Admitted, Ledger, NotAdmitted};

/// What a practice is made from: it is all that has to be kept of the world besides its records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed {
    /// Random
    pub bytes: [u8; 32],
    /// When it began, Unix seconds
    pub began: u64,
}

kept_fields! { Seed { bytes, began } }

/// Why there is no practice. It never depends on what somebody typed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WorldError {
    /// The trust root
    #[error(transparent)]
    Root(#[from] RootError),
    /// A record of the world's own
    #[error(transparent)]
    Ledger(#[from] NotAdmitted),
    /// A value of the world's own
    #[error("a value of the practice world is out of bounds: {0}")]
    Value(&'static str),
}

/// The co-op's name in practice.
pub const COOP: &str = "Hợp tác xã tập thử";
/// The collector's.
pub const COLLECTOR: &str = "Điểm cân tập thử";
const SEASON: &str = "TAP-THU";
const DAY: u64 = 86_400;

/// The world's chains.
pub struct World {
    seed: Seed,
    /// The ledger that stands in for a server
    ledger: Ledger,
    /// Its chains, in the order they began
    ids: Vec<ChainId>,
    /// What was written since the world began, record after record: what has to be kept
    taken: Vec<u8>,
    coop: ChainId,
    area: ChainId,
    /// A collector to whom goods can be handed over
    pub collector: ChainId,
}

fn value<T, E>(made: Result<T, E>, what: &'static str) -> Result<T, WorldError> {
    made.map_err(|_| WorldError::Value(what))
}

impl Seed {
    /// A key, nonce or id of the world by name.
    fn derive(&self, name: &str) -> [u8; 32] {
        let [salt @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _] = self.bytes;
        *nguon_core::opening::digest(&Salt::from_bytes(salt), name, &self.bytes).as_bytes()
    }

    fn key(&self, name: &str) -> SigningKey {
        SigningKey::from_bytes(&self.derive(name))
    }

    fn short(&self, name: &str) -> [u8; 16] {
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ..] = self.derive(name);
        [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]
    }

    fn at(&self, days: i64) -> Time {
        let began = i64::try_from(self.began).unwrap_or_default();
        let seconds = began.saturating_add(days.saturating_mul(DAY.cast_signed()));
        Time::new(u64::try_from(seconds).unwrap_or_default()).unwrap_or(Time::ZERO)
    }

    fn enrolled(&self, role: Role, name: &str, may: &[EventName], key: PublicKeyBytes) -> Result<Enrolled, WorldError> {
        let salt = Salt::from_bytes(self.short(&format!("{name} {key}")));
        let sealed = FieldValue::Text(name.to_owned()).seal(&salt, "enrolled/name");
        Ok(Enrolled::new(role, sealed, value(Scope::of_events(may), "scope")?, Some(key)))
    }

    fn actor(&self, id: &str, role: Role, name: &str, may: &[EventName]) -> Result<Enrolled, WorldError> {
        self.enrolled(role, name, may, PublicKeyBytes::from(&self.key(&format!("{id}/key"))))
    }

    /// The practice deployment's trust root.
    ///
    /// # Errors
    /// A time beyond what records can say.
    pub fn trust(&self) -> Result<TrustRoot, WorldError> {
        let id = AuthorityId::from_bytes(self.derive("office"));
        let name = value("Cơ quan tập thử".parse(), "name")?;
        let authority = Authority::new(id, name, PublicKeyBytes::from(&self.key("office/key")));
        let root_key = self.key("root");
        let payload =
            RootPayload::of_one_authority(authority, PublicKeyBytes::from(&root_key), self.at(-400), self.at(3650));
        Ok(TrustRoot::verify_first(SignedRoot::sign(&payload, &[&root_key])?)?)
    }
}

/// What the people of the world may do.
const MAY: &[EventName] = &[
    EventName::Opened,
    EventName::InputApplied,
    EventName::HarvestDrawn,
    EventName::Harvested,
    EventName::Received,
    EventName::Packed,
    EventName::Drawn,
    EventName::Shipped,
    EventName::Cooled,
    EventName::LabelsIssued,
    EventName::Sold,
    EventName::Lost,
    EventName::Disposed,
    EventName::Recalled,
    EventName::Corrected,
    EventName::Reattested,
];

impl World {
    /// The world as it begins, before anybody practises in it.
    ///
    /// # Errors
    /// A seed whose time is beyond what records can say.
    pub fn new(seed: Seed) -> Result<Self, WorldError> {
        let office = AuthorityId::from_bytes(seed.derive("office"));
        let ledger = Ledger::new(Roots::new(seed.trust()?));
        let nobody = ChainId::from_bytes([0; 32]);
        let (ids, taken) = (Vec::new(), Vec::new());
        let mut world = Self { seed, ledger, ids, taken, coop: nobody, area: nobody, collector: nobody };
        let office_key = seed.key("office/key");
        let pen = |days| Pen::new(office, &office_key, seed.at(days)).east(UtcOffset::VIETNAM);
        world.coop = world.begin(&pen(-90), seed.actor("coop", Role::Registrar, COOP, EventName::ALL)?, "coop")?;
        let collector = seed.actor("collector", Role::Collector, COLLECTOR, MAY)?;
        world.collector = world.begin(&pen(-90), collector, "collector")?;
        let mut place = PlaceRegistered::new(
            PlaceKind::GrowingArea,
            value("VN-TAP-THU-01".parse(), "code")?,
            value("TAP-THU".parse(), "issuer")?,
            value("VN".parse(), "market")?,
            world.coop,
            value("07525".parse(), "commune")?,
            seed.at(-80),
        );
        place.area_m2 = Some(value(SquareMetres::new(100_000), "area")?);
        place.variety = Some(value("Vải thiều".parse(), "variety")?);
        world.area = world.begin(&pen(-80), place, "area")?;
        let ceiling = Some(value(Grams::new(120_000_000), "ceiling")?);
        let season = value(SEASON.parse(), "season")?;
        world.append(&pen(-70), world.area, SeasonOpened::new(season, seed.at(-30), seed.at(90), ceiling))?;
        world.taken.clear();
        Ok(world)
    }

    /// The world with what was written in it before: record after record as they were admitted. One that does not fit any more is left
    /// out, and so is what stands on it: it is practice.
    ///
    /// # Errors
    /// As for [`Self::new`].
    pub fn again(seed: Seed, records: &[u8]) -> Result<Self, WorldError> {
        let mut world = Self::new(seed)?;
        for item in nguon_core::cbor::split_sequence(records).unwrap_or_default() {
            if let Ok(signed) = SignedRecord::from_bytes(item.to_vec()) {
                let _ = world.admit(signed);
            }
        }
        Ok(world)
    }

    /// The ledger.
    #[must_use]
    pub const fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Its chains, in the order they began.
    #[must_use]
    pub fn ids(&self) -> &[ChainId] {
        &self.ids
    }

    /// What was written since the world began, record after record: what has to be kept.
    #[must_use]
    pub fn taken(&self) -> &[u8] {
        &self.taken
    }

    /// Takes all of these or none.
    ///
    /// # Errors
    /// Which of them the ledger does not take, and why.
    pub fn admit_all(&mut self, group: &[SignedRecord]) -> Result<Vec<Admitted>, (usize, NotAdmitted)> {
        let before = (self.ledger.clone(), self.ids.len(), self.taken.len());
        let mut all = Vec::new();
        for (index, signed) in group.iter().enumerate() {
            match self.admit(signed.clone()) {
                Ok(admitted) => all.push(admitted),
                Err(error) => {
                    self.ledger = before.0;
                    self.ids.truncate(before.1);
                    self.taken.truncate(before.2);
                    return Err((index, error));
                }
            }
        }
        Ok(all)
    }

    fn admit(&mut self, signed: SignedRecord) -> Result<Admitted, NotAdmitted> {
        let bytes = signed.as_bytes().to_vec();
        let admitted = self.ledger.admit(signed)?;
        if admitted.is_new {
            self.taken.extend(bytes);
            if admitted.sequence == 0 {
                self.ids.push(admitted.chain);
            }
        }
        Ok(admitted)
    }

    fn begin(&mut self, pen: &Pen<'_>, event: impl Into<Event>, name: &str) -> Result<ChainId, WorldError> {
        let record = begin_record(pen, event.into(), Nonce::from_bytes(self.seed.short(name)));
        self.sign(&record, pen)
    }

    fn append(&mut self, pen: &Pen<'_>, chain: ChainId, event: impl Into<Event>) -> Result<(), WorldError> {
        let state = self.ledger.chain(&chain).ok_or(NotAdmitted::no_chain(chain))?;
        self.sign(&next_record(pen, event.into(), &state), pen).map(|_| ())
    }

    fn sign(&mut self, record: &Record, pen: &Pen<'_>) -> Result<ChainId, WorldError> {
        let signed = SignedRecord::sign(record, pen.key, self.ledger.deployment());
        Ok(self.admit(signed.map_err(NotAdmitted::of_signing)?)?.chain)
    }

    /// The co-op enters a key: the first of a household with two plots, a further one of somebody who lost a phone.
    ///
    /// # Errors
    /// It did already, or the clock is beyond what records can say.
    pub fn enrol(&mut self, key: PublicKeyBytes, again: Option<ChainId>, now: Time) -> Result<ChainId, WorldError> {
        let coop_key = self.seed.key("coop/key");
        let pen = Pen::new(self.coop, &coop_key, now).east(UtcOffset::VIETNAM);
        if let Some(actor) = again.filter(|actor| self.ledger.chain(actor).is_some()) {
            self.append(&pen, actor, KeyAdded { key, holder: None })?;
            return Ok(actor);
        }
        let name = KeyId::of(&key).to_string();
        let actor = self.begin(&pen, self.seed.enrolled(Role::Farm, "Người tập thử", MAY, key)?, &name)?;
        let season: Code = value(SEASON.parse(), "season")?;
        let mut allotments = Vec::new();
        for (variety, metres, kilograms) in [("Vải thiều", 3_000, 2_400_u64), ("Vải sớm U hồng", 1_500, 1_000)]
        {
            let metres = value(SquareMetres::new(metres), "area")?;
            let plot = PlotRegistered::new(self.area, actor, metres, value(variety.parse(), "variety")?);
            let plot = self.begin(&pen, plot, &format!("{name} {variety}"))?;
            allotments.push(Allotment { plot, grams: value(Grams::new(kilograms * 1_000), "share")? });
        }
        let plots: Vec<ChainId> = allotments.iter().map(|allotment| allotment.plot).collect();
        let allotments = value(List::new(allotments), "shares")?;
        self.append(&pen, self.area, PlotsAllotted { season: season.clone(), allotments })?;
        for plot in plots {
            let opened = SeasonOpened::new(season.clone(), self.seed.at(-30), self.seed.at(90), None);
            self.append(&pen, plot, opened)?;
        }
        Ok(actor)
    }

    /// The co-op revokes a key, as of a lost phone.
    ///
    /// # Errors
    /// It is none of the actor's.
    pub fn revoke(&mut self, actor: ChainId, key: &PublicKeyBytes, now: Time) -> Result<(), WorldError> {
        let coop_key = self.seed.key("coop/key");
        let revoked =
            KeyRevoked { key: KeyId::of(key), reason: RevocationReason::Lost, suspect_since: None, details: None };
        self.append(&Pen::new(self.coop, &coop_key, now).east(UtcOffset::VIETNAM), actor, revoked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seed() -> Seed {
        Seed { bytes: [5; 32], began: 1_780_000_000 }
    }

    #[test]
    fn a_world_is_the_same_each_time_and_another_phones_is_another() {
        let (one, again) = (World::new(seed()).unwrap(), World::new(seed()).unwrap());
        assert_eq!(one.ids(), again.ids());
        let other = Seed { bytes: [6; 32], ..seed() };
        assert_ne!(one.ledger().deployment(), other.trust().unwrap().deployment());
    }

    #[test]
    fn who_is_enrolled_has_plots_to_practise_on_and_a_new_phone_is_the_same_person() {
        let mut world = World::new(seed()).unwrap();
        let keys = [1, 2].map(|byte| PublicKeyBytes::from(&SigningKey::from_bytes(&[byte; 32])));
        let now = Time::new(1_780_000_100).unwrap();
        let actor = world.enrol(keys[0], None, now).unwrap();
        world.revoke(actor, &keys[0], now).unwrap();
        assert_eq!(world.enrol(keys[1], Some(actor), now).unwrap(), actor);
        let world = World::again(seed(), world.taken()).unwrap();
        let state = world.ledger().chain(&actor).unwrap();
        let state = state.actor().unwrap();
        assert!(state.key(&KeyId::of(&keys[0])).unwrap().revoked.is_some());
        assert!(state.key(&KeyId::of(&keys[1])).unwrap().revoked.is_none());
    }
}
