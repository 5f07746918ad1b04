//! What was registered from lists before, so that the same list again registers nothing.
//!
//! A record holds no name and no telephone number in the open, so nobody can look a household up in the log. Whoever imports
//! keeps this beside their outbox: hashes of telephone numbers and names, and the chains they lead to. It is as private as
//! the numbers themselves (see [`HouseholdKey`]), and erasing a person means [`forget`](Register::forget) here as well.

use std::collections::{BTreeMap, HashMap};

use nguon_core::ids::ChainId;
use nguon_core::values::{Code, Grams, SquareMetres, Text};
use serde::{Deserialize, Serialize};

use crate::household::{Household, HouseholdKey, Plot};
use crate::text::squeeze;

/// Households and plots that are registered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// By the household's chain.
    pub households: BTreeMap<ChainId, Known>,
}

/// A household that is registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// Of its telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<HouseholdKey>,
    /// Of its name, village and commune; of a household that was enrolled without a list they are not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<HouseholdKey>,
    /// Its village, to show it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub village: Option<String>,
    /// Whether it has a key of its own.
    #[serde(default)]
    pub signs: bool,
    /// Its plots, by their chains.
    #[serde(default)]
    pub plots: BTreeMap<ChainId, KnownPlot>,
}

/// A plot that is registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownPlot {
    /// What the household calls it, or `#1` for the first without a name; empty if it was registered without a list.
    pub label: String,
    /// The growing area's chain.
    pub area: ChainId,
    /// Its size.
    pub size: SquareMetres,
    /// What grows there, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variety: Option<Text>,
    /// Its seasons, and its share in each.
    #[serde(default)]
    pub seasons: BTreeMap<Code, Option<Grams>>,
}

impl Register {
    /// Learns a household that was registered from a file.
    pub fn learn(&mut self, chain: ChainId, household: &Household) -> &mut Known {
        let known = self.households.entry(chain).or_insert_with(|| Known {
            phone: household.phone_key(),
            name: Some(household.name_key()),
            village: household.village.clone(),
            signs: false,
            plots: BTreeMap::new(),
        });
        known.phone = known.phone.or_else(|| household.phone_key());
        known
    }

    /// Takes up what another part of the register holds; what that says of a plot counts.
    pub fn merge(&mut self, other: Self) {
        for (chain, mut known) in other.households {
            match self.households.get_mut(&chain) {
                None => {
                    self.households.insert(chain, known);
                }
                Some(own) => {
                    own.signs |= known.signs;
                    own.phone = own.phone.or(known.phone);
                    own.name = own.name.or(known.name);
                    for (plot, mut found) in std::mem::take(&mut known.plots) {
                        if let Some(before) = own.plots.get(&plot) {
                            for (season, share) in &before.seasons {
                                let kept = found.seasons.entry(season.clone()).or_insert(*share);
                                *kept = kept.or(*share);
                            }
                        }
                        own.plots.insert(plot, found);
                    }
                }
            }
        }
    }

    /// Forgets a household. Whoever erases a person calls this too.
    pub fn forget(&mut self, chain: &ChainId) -> bool {
        self.households.remove(chain).is_some()
    }

    /// Finds households quickly.
    #[must_use]
    pub fn index(&self) -> Index<'_> {
        let mut index = Index { register: self, by_phone: HashMap::new(), by_name: HashMap::new() };
        for (chain, known) in &self.households {
            if let Some(phone) = known.phone {
                index.by_phone.entry(phone).or_insert(*chain);
            }
            if let Some(name) = known.name {
                index.by_name.entry(name).or_default().push(*chain);
            }
        }
        index
    }
}

/// A register's households by their keys.
#[derive(Debug)]
pub struct Index<'a> {
    register: &'a Register,
    by_phone: HashMap<HouseholdKey, ChainId>,
    by_name: HashMap<HouseholdKey, Vec<ChainId>>,
}

impl<'a> Index<'a> {
    /// The household of a telephone number.
    #[must_use]
    pub fn by_phone(&self, key: &HouseholdKey) -> Option<(ChainId, &'a Known)> {
        self.get(self.by_phone.get(key)?)
    }

    /// The households of a name in a village.
    pub fn by_name(&self, key: &HouseholdKey) -> impl Iterator<Item = (ChainId, &'a Known)> {
        self.by_name.get(key).into_iter().flatten().filter_map(|chain| self.get(chain))
    }

    fn get(&self, chain: &ChainId) -> Option<(ChainId, &'a Known)> {
        self.register.households.get(chain).map(|known| (*chain, known))
    }
}

impl Known {
    /// The plot of a label.
    #[must_use]
    pub fn plot(&self, label: &str) -> Option<(ChainId, &KnownPlot)> {
        let wanted = plot_key(label);
        self.plots
            .iter()
            .filter(|_| !wanted.is_empty())
            .find(|(_, plot)| plot_key(&plot.label) == wanted)
            .map(|(chain, plot)| (*chain, plot))
    }
}

/// `#2` is another plot than one that is called "2".
fn plot_key(label: &str) -> String {
    if label.starts_with('#') { label.to_owned() } else { squeeze(label) }
}

impl KnownPlot {
    /// A plot that was registered from a file.
    #[must_use]
    pub fn new(plots: &[Plot], at: usize, area: ChainId) -> Option<Self> {
        let plot = plots.get(at)?;
        let (size, variety) = (plot.size, Some(plot.variety.clone()));
        Some(Self { label: Plot::label(plots, at), area, size, variety, seasons: BTreeMap::new() })
    }
}
