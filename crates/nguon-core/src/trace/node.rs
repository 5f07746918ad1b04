//! What is known of a place or batch without its records.

use serde::{Deserialize, Serialize};

use super::Sums;
use crate::event::{Event, RecallReason};
use crate::ids::ChainId;
use crate::permission::ChainSort;
use crate::record::Record;
use crate::state::{ChainState, Recall};
use crate::values::{Code, CommuneCode, Label, Text, Time};

/// What a node's chain is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum NodeSort {
    /// Lô.
    #[default]
    Batch,
    /// Thửa.
    Plot,
    /// Vùng trồng.
    GrowingArea,
    /// Cơ sở đóng gói.
    PackingHouse,
}

impl NodeSort {
    /// As a chain's state says; actors are no nodes.
    #[must_use]
    pub const fn of(sort: ChainSort) -> Option<Self> {
        match sort {
            ChainSort::Actor => None,
            ChainSort::GrowingArea => Some(Self::GrowingArea),
            ChainSort::PackingHouse => Some(Self::PackingHouse),
            ChainSort::Plot => Some(Self::Plot),
            ChainSort::Batch => Some(Self::Batch),
        }
    }

    /// As it stands in a line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Batch => "batch",
            Self::Plot => "plot",
            Self::GrowingArea => "growing_area",
            Self::PackingHouse => "packing_house",
        }
    }
}

/// A place's code and who issued it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceCode {
    /// Who issued it.
    pub issuer: Code,
    /// The code.
    pub code: Code,
}

/// A recall on a chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecallNote {
    /// Sequence of its record.
    pub sequence: u64,
    /// Why.
    pub reason: RecallReason,
    /// The lot of the plant protection product that caused it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product_lot: Option<Code>,
    /// Number of the batches to whose harvests it is limited; absent: no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub harvests: Option<u64>,
    /// The consignment to which it is limited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consignment: Option<ChainId>,
    /// Whether it stands no more.
    pub released: bool,
}

/// A place or batch on a walk. Sums are there of batches; what a plot or batch gave stands on its edges too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    /// Its chain.
    pub chain: ChainId,
    /// What it is.
    pub sort: NodeSort,
    /// Steps from the beginning: negative back, positive forward.
    pub depth: i64,
    /// Its custodian's actor chain.
    pub owner: ChainId,
    /// What is printed on a batch's boxes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// A place's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<PlaceCode>,
    /// A batch's product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<Text>,
    /// Variety.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variety: Option<Text>,
    /// A place's commune.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commune: Option<CommuneCode>,
    /// Grams that came in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_g: Option<u64>,
    /// Grams drawn for other batches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawn_g: Option<u64>,
    /// Grams sold to those who eat them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sold_g: Option<u64>,
    /// Grams lost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lost_g: Option<u64>,
    /// Grams disposed of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disposed_g: Option<u64>,
    /// Grams that are left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remaining_g: Option<u64>,
    /// Boxes packed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub boxes: Option<u64>,
    /// The labelled batch that this one is a consignment of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consignment_of: Option<ChainId>,
    /// Number of records.
    pub records: u64,
    /// Unix seconds of the first record, by its signer's word.
    pub opened_at: Time,
    /// Recalls on this very chain, released ones among them.
    pub recalls: Vec<RecallNote>,
    /// Whether two histories of it were signed.
    pub forked: bool,
}

impl RecallNote {
    /// As a chain's state says.
    #[must_use]
    pub fn of(recall: &Recall) -> Self {
        let limit = u64::try_from(recall.harvests.len()).unwrap_or(u64::MAX);
        Self {
            sequence: recall.sequence,
            reason: recall.reason,
            product_lot: recall.product_lot.clone(),
            harvests: Some(limit).filter(|limit| *limit > 0),
            consignment: recall.consignment,
            released: !recall.stands(),
        }
    }
}

impl Node {
    /// What a chain's state and first record say of it. `None` of an actor.
    #[must_use]
    pub fn of(state: &ChainState, first: &Record) -> Option<Self> {
        let mut node = Self {
            chain: state.id,
            sort: NodeSort::of(state.sort())?,
            owner: state.custodian()?,
            records: state.sequence + 1,
            opened_at: first.signed_at,
            recalls: state.recalls().iter().map(RecallNote::of).collect(),
            forked: state.forked,
            ..Self::default()
        };
        let named = !state.name_released();
        match &first.event {
            Event::PlaceRegistered(event) => {
                let code = PlaceCode { issuer: event.issuer.clone(), code: event.code.clone() };
                node.code = Some(code).filter(|_| named);
                node.variety.clone_from(&event.variety);
                node.commune = Some(event.commune.clone());
            }
            Event::PlotRegistered(event) => node.variety = Some(event.variety.clone()),
            Event::Opened(event) => {
                node.label = event.label.clone().filter(|_| named);
                node.product = Some(event.product.clone());
                node.variety.clone_from(&event.variety);
                node.consignment_of = event.label_of;
            }
            _ => {}
        }
        if let Some(sums) = Sums::of(state) {
            node.add(&sums);
        }
        Some(node)
    }

    /// With these sums.
    pub fn add(&mut self, sums: &Sums) {
        (self.in_g, self.drawn_g, self.remaining_g) = (Some(sums.in_g), Some(sums.drawn_g), Some(sums.remaining_g));
        (self.sold_g, self.lost_g, self.disposed_g) = (Some(sums.sold_g), Some(sums.lost_g), Some(sums.disposed_g));
        self.boxes = Some(sums.boxes).filter(|boxes| *boxes > 0);
    }

    /// Whether a recall stands on this very chain.
    #[must_use]
    pub fn is_recalled(&self) -> bool {
        self.recalls.iter().any(|recall| !recall.released)
    }
}

impl Default for Node {
    /// A batch of which nothing is known.
    fn default() -> Self {
        let none = ChainId::from_bytes([0; 32]);
        Self {
            chain: none,
            sort: NodeSort::Batch,
            depth: 0,
            owner: none,
            label: None,
            code: None,
            product: None,
            variety: None,
            commune: None,
            in_g: None,
            drawn_g: None,
            sold_g: None,
            lost_g: None,
            disposed_g: None,
            remaining_g: None,
            boxes: None,
            consignment_of: None,
            records: 0,
            opened_at: Time::ZERO,
            recalls: Vec::new(),
            forked: false,
        }
    }
}
