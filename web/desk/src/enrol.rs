//! Phones and officers: a household begun with a phone's key, a key added, a key revoked.

use nguon_core::event::{Enrolled, EventName, KeyAdded, KeyRevoked, RevocationReason, Role, Scope};
use nguon_core::ids::{ChainId, FieldDigest, KeyId, PublicKeyBytes};
use nguon_core::state::ChainState;
use nguon_core::values::{CommuneCode, Time};
use nguon_draft::{Draft, Plain};
use nguon_farm_app::lang::Lang;

/// What a household records in its daily work.
pub const FARM: &[EventName] = &[
    EventName::SeasonOpened,
    EventName::InputApplied,
    EventName::HarvestDrawn,
    EventName::Opened,
    EventName::Harvested,
    EventName::Received,
    EventName::Packed,
    EventName::Drawn,
    EventName::Shipped,
    EventName::Cooled,
    EventName::Listed,
    EventName::Sold,
    EventName::Lost,
    EventName::Disposed,
    EventName::Recalled,
    EventName::Corrected,
    EventName::Reattested,
];

/// What somebody who carries goods records.
pub const CARRIER: &[EventName] = &[EventName::Cooled, EventName::Corrected, EventName::Reattested];

/// What a weighing station records.
pub const COLLECTOR: &[EventName] = &[
    EventName::Opened,
    EventName::Harvested,
    EventName::Received,
    EventName::Drawn,
    EventName::Shipped,
    EventName::Cooled,
    EventName::Lost,
    EventName::Disposed,
    EventName::Corrected,
    EventName::Reattested,
];

/// Whom a co-op enters by hand, in the order of the choice.
pub const ROLES: [Role; 3] = [Role::Farm, Role::Collector, Role::Carrier];

/// Somebody new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newcomer {
    /// What they are: one of [`ROLES`]
    pub role: Role,
    /// Name
    pub name: String,
    /// Telephone number, E.164
    pub phone: Option<String>,
    /// Commune of their seat
    pub commune: Option<CommuneCode>,
    /// Their phone's key; without one the co-op signs for them
    pub key: Option<PublicKeyBytes>,
}

/// A household's first record: what its enroller may pass on of what farmers record. `None` if that is nothing.
#[must_use]
pub fn household(newcomer: &Newcomer, enroller: Option<&ChainState>) -> Option<Draft> {
    let outer = enroller.and_then(|state| state.actor()).map(|actor| actor.scope().clone());
    let may = |event: &&EventName| outer.as_ref().is_none_or(|outer| outer.events.contains(*event));
    let usual = match newcomer.role {
        Role::Carrier => CARRIER,
        Role::Collector => COLLECTOR,
        _ => FARM,
    };
    let events: Vec<EventName> = usual.iter().filter(may).copied().collect();
    let mut scope = Scope::of_events(&events).ok()?;
    if let Some(outer) = outer {
        // A scope lies within its giver's in every other way too.
        (scope.places, scope.markets, scope.from, scope.until) = (outer.places, outer.markets, outer.from, outer.until);
    }
    // The name's digest is put in when the draft is prepared.
    let mut event = Enrolled::new(newcomer.role, FieldDigest::from_bytes([0; 32]), scope, newcomer.key);
    event.commune = newcomer.commune.clone();
    let plain = Plain::new(event).with("name", Some(&newcomer.name)).with("phone", newcomer.phone.as_deref());
    Some(Draft::Begins(plain))
}

/// A further key of an actor.
#[must_use]
pub fn add_key(actor: ChainId, key: PublicKeyBytes, holder: Option<&str>) -> Draft {
    let event = Plain::new(KeyAdded { key, holder: None }).with("holder", holder);
    Draft::Appends { chain: actor, event }
}

/// A key counts no more.
#[must_use]
pub fn revoke_key(actor: ChainId, key: KeyId, reason: RevocationReason, suspect_since: Option<Time>) -> Draft {
    let event = Plain::new(KeyRevoked { key, reason, suspect_since, details: None });
    Draft::Appends { chain: actor, event }
}

/// A key of an actor, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its id
    pub id: KeyId,
    /// The beginning of its id, in groups
    pub short: String,
    /// Why it counts no more, if it does not
    pub revoked: Option<RevocationReason>,
    /// Whether it is the first one, with which the chain began
    pub first: bool,
}

/// An actor's keys, oldest first.
#[must_use]
pub fn keys(state: &ChainState) -> Vec<Shown> {
    let keys = state.actor().map(|actor| actor.keys.as_slice()).unwrap_or_default();
    let shown = |key: &nguon_core::state::KeyState| Shown {
        id: key.key.id(),
        short: nguon_farm_app::enrol::short(&key.key.to_bytes()),
        revoked: key.revoked.as_ref().map(|revocation| revocation.reason),
        first: key.since == 0,
    };
    keys.iter().map(shown).collect()
}

/// Why a key may be taken away, in the order of the choice.
pub const REASONS: [RevocationReason; 5] = [
    RevocationReason::Lost,
    RevocationReason::Stolen,
    RevocationReason::Superseded,
    RevocationReason::Left,
    RevocationReason::Compromised,
];

/// A reason in a word or two.
#[must_use]
pub const fn reason(lang: Lang, reason: RevocationReason) -> &'static str {
    match (lang, reason) {
        (Lang::Vi, RevocationReason::Lost) => "mất máy",
        (Lang::Vi, RevocationReason::Stolen) => "máy bị trộm",
        (Lang::Vi, RevocationReason::Compromised) => "người khác có khóa",
        (Lang::Vi, RevocationReason::Superseded) => "đã đổi máy",
        (Lang::Vi, RevocationReason::Left) => "đã nghỉ việc",
        (Lang::En, RevocationReason::Lost) => "phone lost",
        (Lang::En, RevocationReason::Stolen) => "phone stolen",
        (Lang::En, RevocationReason::Compromised) => "somebody else has the key",
        (Lang::En, RevocationReason::Superseded) => "changed phones",
        (Lang::En, RevocationReason::Left) => "left",
        (Lang::Zh, RevocationReason::Lost) => "手机遗失",
        (Lang::Zh, RevocationReason::Stolen) => "手机被盗",
        (Lang::Zh, RevocationReason::Compromised) => "密钥落入他人之手",
        (Lang::Zh, RevocationReason::Superseded) => "已换手机",
        (Lang::Zh, RevocationReason::Left) => "已离职",
    }
}

/// The word of a reason in a form's field.
#[must_use]
pub const fn reason_word(reason: RevocationReason) -> &'static str {
    match reason {
        RevocationReason::Lost => "lost",
        RevocationReason::Stolen => "stolen",
        RevocationReason::Compromised => "compromised",
        RevocationReason::Superseded => "superseded",
        RevocationReason::Left => "left",
    }
}

/// The reason of a form's field.
#[must_use]
pub fn reason_of(word: &str) -> Option<RevocationReason> {
    REASONS.into_iter().find(|one| reason_word(*one) == word)
}
