//! The stages (công đoạn) of a lot's production and trade, each with what, where and when.

use nguon_core::event::{Event, EventName};
use nguon_core::ids::{ChainId, StatementId};
use nguon_core::verify::At;
use serde::Serialize;

use super::{Entry, Facts, Language, When};

/// A stage.
#[derive(Debug, Clone)]
pub struct Stage {
    /// Which.
    pub name: EventName,
    /// The traceability code of the product there (mã truy vết sản phẩm).
    pub product_code: String,
    /// The traceability code of the place (mã truy vết địa điểm): a GLN, else the code of the growing area or packing house.
    pub place_code: Option<String>,
    /// The place, or where there is none the party.
    pub site: ChainId,
    /// When.
    pub at: When,
    /// Who did it.
    pub party: Option<ChainId>,
    /// Grams that came in, for a stage that takes fruit in or gives it away.
    pub grams: Option<u64>,
    /// The record.
    pub record: At,
    /// Its statement id.
    pub id: StatementId,
    /// Whether a registrar signed for a household.
    pub on_behalf: bool,
    /// Whether a correction counts.
    pub corrected: bool,
}

/// A stage as files for programs have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StageView {
    /// Its name for programs.
    pub stage: &'static str,
    /// Its name in Vietnamese.
    pub name_vi: &'static str,
    /// Its name in English.
    pub name_en: &'static str,
    /// Mã truy vết sản phẩm.
    pub product_code: String,
    /// Mã truy vết địa điểm.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place_code: Option<String>,
    /// ISO 8601 with offset.
    pub at: String,
    /// Who did it, as far as it may be named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// Grams.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grams: Option<u64>,
    /// Statement id of the record.
    pub record: StatementId,
    /// Whether a registrar signed for a household.
    pub signed_on_behalf: bool,
    /// Whether a correction counts.
    pub corrected: bool,
}

impl Facts<'_> {
    /// The stages of a batch and all it came from, oldest first. What was applied on a plot is a stage where it was applied
    /// before the harvest that went into the batch.
    #[must_use]
    pub fn stages(&self, batch: &ChainId) -> Vec<Stage> {
        let mut stages: Vec<Stage> = Vec::new();
        for harvest in self.harvests(batch) {
            let plot = harvest.chain.id();
            let before =
                |entry: &Entry<'_>| matches!(entry.event, Event::InputApplied(_)) && entry.at.time <= harvest.at.time;
            for applied in self.entries_of(&plot).filter(before) {
                if !stages.iter().any(|stage| stage.id == applied.id()) {
                    stages.push(self.stage(&applied));
                }
            }
            stages.push(self.stage(&harvest));
        }
        for at in self.upstream(batch) {
            stages.extend(self.entries_of(&at).filter(|entry| is_stage(entry.event)).map(|entry| self.stage(&entry)));
        }
        stages.sort_by_key(|stage| (stage.at.time, stage.record));
        stages
    }

    fn stage(&self, entry: &Entry<'_>) -> Stage {
        let chain = entry.chain.id();
        let place = match entry.event {
            Event::Packed(event) => event.place,
            Event::Repacked(event) => event.place,
            Event::Received(event) => event.place,
            Event::Cooled(event) => event.place,
            Event::InputApplied(_) | Event::HarvestDrawn(_) => Some(chain),
            _ => None,
        };
        let party = match entry.event {
            Event::InputApplied(_) | Event::HarvestDrawn(_) => {
                entry.chain.state().custodian_at(entry.signed().sequence)
            }
            _ => entry.actor().or(entry.chain.state().custodian()),
        };
        let known = place.and_then(|place| self.place(&place));
        let of_place = known.and_then(|place| place.gln.or(place.code));
        let facility = if let Event::Treated(event) = entry.event { Some(event.facility.to_string()) } else { None };
        let of_party = || party.and_then(|party| self.party(&party).gln);
        let grams = match entry.event {
            Event::HarvestDrawn(event) => Some(event.grams.get()),
            Event::Sold(event) => Some(event.grams.get()),
            other => {
                let sum: u64 = other.inputs().iter().map(|input| input.grams.get()).sum();
                (sum > 0).then_some(sum)
            }
        };
        let product = if let Event::HarvestDrawn(draw) = entry.event { draw.to } else { chain };
        let is_plot = matches!(entry.event, Event::InputApplied(_));
        let short: String = chain.to_string().chars().take(32).collect();
        Stage {
            name: entry.event.name(),
            product_code: if is_plot { short } else { self.lot(&product).code() },
            place_code: of_place.or(facility).or_else(of_party),
            site: place.or(party).unwrap_or(chain),
            at: entry.at,
            party,
            grams,
            record: entry.place(),
            id: entry.id(),
            on_behalf: entry.signed().on_behalf_of.is_some(),
            corrected: entry.correction.is_some(),
        }
    }

    /// A stage with its words.
    #[must_use]
    pub fn view(&self, stage: &Stage) -> StageView {
        StageView {
            stage: stage.name.as_str(),
            name_vi: stage_words(stage.name, Language::Vi),
            name_en: stage_words(stage.name, Language::En),
            product_code: stage.product_code.clone(),
            place_code: stage.place_code.clone(),
            at: stage.at.to_string(),
            party: stage.party.map(|party| self.party(&party).called()),
            grams: stage.grams,
            record: stage.id,
            signed_on_behalf: stage.on_behalf,
            corrected: stage.corrected,
        }
    }
}

const fn is_stage(event: &Event) -> bool {
    matches!(
        event,
        Event::Packed(_)
            | Event::Repacked(_)
            | Event::Received(_)
            | Event::Shipped(_)
            | Event::Cooled(_)
            | Event::Treated(_)
            | Event::Aggregated(_)
            | Event::Sold(_)
    )
}

/// What a stage is called. Events that are none have their own name.
#[must_use]
pub const fn stage_words(name: EventName, language: Language) -> &'static str {
    match (language, name) {
        (Language::Vi, EventName::InputApplied) => "Chăm sóc, dùng thuốc hoặc phân bón",
        (Language::Vi, EventName::HarvestDrawn) => "Thu hoạch",
        (Language::Vi, EventName::Packed) => "Đóng gói",
        (Language::Vi, EventName::Repacked) => "Đóng gói lại",
        (Language::Vi, EventName::Received) => "Nhận hàng",
        (Language::Vi, EventName::Shipped) => "Vận chuyển",
        (Language::Vi, EventName::Cooled) => "Làm mát, đo nhiệt độ",
        (Language::Vi, EventName::Treated) => "Xử lý kiểm dịch",
        (Language::Vi, EventName::Aggregated) => "Xếp lên pallet",
        (Language::Vi, EventName::Sold) => "Bán lẻ",
        (Language::En, EventName::InputApplied) => "Application of a product",
        (Language::En, EventName::HarvestDrawn) => "Harvesting",
        (Language::En, EventName::Packed) => "Packing",
        (Language::En, EventName::Repacked) => "Repacking",
        (Language::En, EventName::Received) => "Receiving",
        (Language::En, EventName::Shipped) => "Shipping",
        (Language::En, EventName::Cooled) => "Cooling, temperature reading",
        (Language::En, EventName::Treated) => "Quarantine treatment",
        (Language::En, EventName::Aggregated) => "Palletising",
        (Language::En, EventName::Sold) => "Retail sale",
        (_, other) => other.as_str(),
    }
}
