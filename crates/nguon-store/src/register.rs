//! Asking for who is enrolled, with which keys, and what those below a registrar grow: what a phone and a co-op's desk need.

use nguon_core::event::{RevocationReason, Role};
use nguon_core::ids::{ChainId, KeyId};
use nguon_core::record::Signer;
use nguon_core::trace::{AsOf, PlaceCode};
use nguon_core::values::{Code, Text, Time};
use serde::Serialize;

/// A record and when it was taken: by the log's time where there is a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// The record's sequence on the actor's chain.
    pub sequence: u64,
    /// Unix seconds.
    pub time: Time,
}

/// An actor that has a key, or had it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyHolder {
    /// Its chain.
    pub actor: ChainId,
    /// What it is.
    pub role: Role,
    /// Who enrolled it.
    pub enrolled_by: Signer,
    /// The record that gave it the key.
    pub since: Moment,
    /// The record that took the key away, if one did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoked: Option<KeyRevocation>,
    /// Whether it acts no more.
    pub retired: bool,
}

/// How a key was taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct KeyRevocation {
    /// The record.
    #[serde(flatten)]
    pub by: Moment,
    /// Why.
    pub reason: RevocationReason,
    /// Unix seconds from which on what the key signed is in doubt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suspect_since: Option<Time>,
}

/// One key, and all that have it or had it. A phone of several people has a key for each; that one key is given to two actors
/// is unusual and permitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyHolders {
    /// The key.
    pub key: KeyId,
    /// Ascending by chain id.
    pub actors: Vec<KeyHolder>,
}

/// Why a device of an actor needs a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It is the actor's own.
    #[serde(rename = "self")]
    Own,
    /// A plot, place or batch of its own.
    Held,
    /// What those refer to: growing areas, sources, who signed on them.
    Around,
    /// Who enrolled any of the actors among them, up to the authority.
    Above,
}

/// A chain that a device of an actor needs, and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NeededChain {
    /// The chain.
    pub chain: ChainId,
    /// `actor`, `growing_area`, `packing_house`, `plot` or `batch`.
    pub sort: String,
    /// Why.
    pub why: Why,
    /// Sequence of its newest record.
    pub sequence: u64,
    /// That record.
    pub head: nguon_core::ids::StatementId,
}

/// All chains that a device of an actor needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeededChains {
    /// The log at that moment, where there is one.
    pub as_of: Option<AsOf>,
    /// The actor's own first, then by reason and chain id.
    pub chains: Vec<NeededChain>,
}

/// A season of a plot: what it may yield and what it yielded, corrections counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlotSeason {
    /// Its name.
    pub season: Code,
    /// When its window opens, Unix seconds; absent while the plot has not opened it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Time>,
    /// When it closes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Time>,
    /// Grams allotted by the growing area.
    pub allotted_g: u64,
    /// Grams harvested.
    pub drawn_g: u64,
}

/// A plot of a household.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HouseholdPlot {
    /// Its chain.
    pub plot: ChainId,
    /// The growing area it is part of.
    pub area: ChainId,
    /// What grows there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variety: Option<Text>,
    /// Square metres.
    pub area_m2: u64,
    /// When something was applied last, as it counts, Unix seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_applied: Option<Time>,
    /// When it was harvested last, as it counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_harvested: Option<Time>,
    /// Its seasons, by name.
    pub seasons: Vec<PlotSeason>,
}

/// An actor that a registrar enrolled, or one below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Household {
    /// Its chain.
    pub actor: ChainId,
    /// What it is.
    pub role: Role,
    /// Its name, where the policy opens it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Who enrolled it.
    pub enrolled_by: Signer,
    /// How many keys can sign for it now; 0: its registrar signs on its behalf.
    pub active_keys: u64,
    /// Whether it acts no more.
    pub retired: bool,
    /// When it last recorded anything, by itself or through its registrar: the log's time, Unix seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_record: Option<Time>,
    /// When something was applied last on any of its plots.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_applied: Option<Time>,
    /// When it harvested last on any of its plots.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_harvested: Option<Time>,
    /// Its plots, ascending by chain id.
    pub plots: Vec<HouseholdPlot>,
}

/// A season of a growing area, corrections counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AreaSeason {
    /// Its name.
    pub season: Code,
    /// When its window opens, Unix seconds.
    pub from: Time,
    /// When it closes.
    pub until: Time,
    /// Grams the area can yield.
    pub ceiling_g: u64,
    /// Grams allotted to plots.
    pub allotted_g: u64,
    /// Grams harvested on its plots.
    pub drawn_g: u64,
}

/// A growing area of which households below a registrar have plots, or whose code it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AreaSums {
    /// Its chain.
    pub area: ChainId,
    /// Its code, unless it was released.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<PlaceCode>,
    /// Square metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area_m2: Option<u64>,
    /// Its seasons, by name.
    pub seasons: Vec<AreaSeason>,
}

/// Some of the households below a registrar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Households {
    /// The log at that moment, where there is one.
    pub as_of: Option<AsOf>,
    /// Ascending by chain id.
    pub households: Vec<Household>,
    /// The growing areas, ascending by chain id; empty unless these households are the last.
    pub areas: Vec<AreaSums>,
}
