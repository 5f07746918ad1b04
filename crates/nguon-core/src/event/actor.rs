//! Events on an actor's chain.

use crate::cbor::{decode_map, decode_words};
use serde::{Deserialize, Serialize};

use super::EventName;
use crate::ids::{ChainId, FieldDigest, KeyId, PublicKeyBytes};
use crate::values::{CommuneCode, GlnCode, GtinCode, List, Market, Prefix, Time};

/// What an actor is, which decides what the permission table lets it sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Đơn vị đăng ký: a co-op or office that enrols others.
    Registrar,
    /// Nông hộ.
    Farm,
    /// Điểm cân, thương lái.
    Collector,
    /// Cơ sở đóng gói.
    PackingHouse,
    /// Đơn vị vận chuyển.
    Carrier,
    /// Người bán.
    Seller,
    /// Phòng thử nghiệm.
    Lab,
    /// Cán bộ kiểm tra.
    Inspector,
}

/// What an actor may do, and a registrar may pass on; each enrolment lies within its enroller's scope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// Event types it may sign, at most all of them.
    pub events: List<EventName, 1, 64>,
    /// Place chains it may append to; absent: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub places: Option<List<ChainId, 1, 200>>,
    /// GS1 Company Prefixes under which it may open labelled batches; absent: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gs1_prefixes: Option<List<Prefix, 1, 32>>,
    /// Markets for which it may register places; absent: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub markets: Option<List<Market, 1, 64>>,
    /// First second at which it may sign; absent: no beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Time>,
    /// First second at which it may sign no more; absent: no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Time>,
}

impl Scope {
    /// A scope over these events and nothing narrower.
    pub fn of_events(events: &[EventName]) -> Result<Self, crate::values::ListError> {
        let events = List::new(events.to_vec())?;
        Ok(Self { events, places: None, gs1_prefixes: None, markets: None, from: None, until: None })
    }

    /// The first dimension in which this scope reaches beyond `outer`; `None` if it lies within.
    #[must_use]
    pub fn beyond(&self, outer: &Self) -> Option<&'static str> {
        let prefixes = self.gs1_prefixes.as_deref().unwrap_or_default();
        let outer_prefixes = outer.gs1_prefixes.as_deref().unwrap_or_default();
        let within_prefix = |prefix: &Prefix| outer_prefixes.iter().any(|wider| wider.get().contains(prefix.get()));
        if !self.events.iter().all(|event| outer.events.contains(event)) {
            Some("events")
        } else if !subset(self.places.as_deref(), outer.places.as_deref()) {
            Some("places")
        } else if !prefixes.iter().all(within_prefix) {
            Some("gs1_prefixes")
        } else if !subset(self.markets.as_deref(), outer.markets.as_deref()) {
            Some("markets")
        } else if self.from < outer.from {
            Some("from")
        } else if outer.until.is_some() && (self.until.is_none() || self.until > outer.until) {
            Some("until")
        } else {
            None
        }
    }

    /// Whether it covers a signing time.
    #[must_use]
    pub fn covers(&self, time: Time) -> bool {
        self.from.is_none_or(|from| from <= time) && self.until.is_none_or(|until| time < until)
    }

    /// Whether a GTIN stands under one of its prefixes.
    #[must_use]
    pub fn owns(&self, gtin: &GtinCode) -> bool {
        self.gs1_prefixes.iter().flatten().any(|prefix| gtin.get().has_prefix(prefix.get()))
    }
}

fn subset<T: PartialEq>(inner: Option<&[T]>, outer: Option<&[T]>) -> bool {
    match (inner, outer) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(inner), Some(outer)) => inner.iter().all(|item| outer.contains(item)),
    }
}

/// First record of an actor's chain: a registrar or authority says who this is and what it may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enrolled {
    /// What it is. *EPCIS*: the party's part in `sourceList`/`destinationList`.
    pub role: Role,
    /// Digest of the name (text). *FSMA 204*: business name of a location description; *TT 02*: producer's name.
    pub name: FieldDigest,
    /// Digest of the telephone number (text, E.164). *FSMA 204*: phone number of a location description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<FieldDigest>,
    /// Commune of its seat. *FSMA 204*: city of a location description; *TT 02*: address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commune: Option<CommuneCode>,
    /// GS1 party or location number. *EPCIS*: PGLN; *TT 02*: traceability code of the place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gln: Option<GlnCode>,
    /// What it may do.
    pub scope: Scope,
    /// Its first key; absent for a household without a phone, for which the registrar signs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<PublicKeyBytes>,
}

impl Enrolled {
    /// With the required fields and, for those who have one, a key.
    #[must_use]
    pub const fn new(role: Role, name: FieldDigest, scope: Scope, key: Option<PublicKeyBytes>) -> Self {
        Self { role, name, scope, key, phone: None, commune: None, gln: None }
    }
}

/// A further key of the same actor: a new phone, a second officer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyAdded {
    /// The Ed25519 public key.
    pub key: PublicKeyBytes,
    /// Digest of the name (text) of the person who holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<FieldDigest>,
}

/// A key counts no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyRevoked {
    /// Which key of this actor.
    pub key: KeyId,
    /// Why.
    pub reason: RevocationReason,
    /// Unix seconds from which on records by this key are in doubt; absent: none are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspect_since: Option<Time>,
    /// Digest of further words (text).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<FieldDigest>,
}

/// The actor may do more, or less, from here on. What it did before stays as it was judged then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScopeChanged {
    /// What it may do now, whole.
    pub scope: Scope,
}

/// The actor acts no more: its keys count no longer, and it gets no further ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retired {
    /// Digest of further words (text).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<FieldDigest>,
}

/// Why a key was revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RevocationReason {
    /// The device is lost.
    Lost,
    /// The device was stolen.
    Stolen,
    /// Somebody else has had the key.
    Compromised,
    /// A new key took its place.
    Superseded,
    /// Its holder left.
    Left,
}

decode_map!(Scope { optional from, optional until, required events, optional places, optional markets, optional gs1_prefixes });
decode_map!(Enrolled { optional gln, optional key, required name, required role, optional phone, required scope, optional commune });
decode_map!(KeyAdded { required key, optional holder });
decode_map!(KeyRevoked { required key, required reason, optional details, optional suspect_since });
decode_map!(ScopeChanged { required scope });
decode_map!(Retired { optional details });
decode_words!(Role { "registrar" = Registrar, "farm" = Farm, "collector" = Collector, "packing_house" = PackingHouse, "carrier" = Carrier, "seller" = Seller, "lab" = Lab, "inspector" = Inspector });
decode_words!(RevocationReason { "lost" = Lost, "stolen" = Stolen, "compromised" = Compromised, "superseded" = Superseded, "left" = Left });
