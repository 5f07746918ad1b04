//! The product passport (hộ chiếu số của sản phẩm): Decree 37/2026/NĐ-CP of 23 January 2026, Article 32(1), as JSON and as a page.
//!
//! ```
//! # use nguon_core::verify::{Options, verify};
//! # use nguon_examples::season::{Season, Seed};
//! # use nguon_export::{Facts, Personal, Source};
//! use nguon_export::passport::Passport;
//!
//! # let season = Season::build(&Seed::sample())?;
//! # let bundle = season.ledger.bundle(season.id("hung/0614"))?.to_bytes()?;
//! # let verification = verify(&bundle, season.ledger.trust(), &Options::at(season.now()));
//! let source = Source::new(verification, season.now())?;
//! let passport = Passport::of(&Facts::new(&source, Personal::Withheld), None);
//! let json = serde_json::to_string_pretty(&passport)?;
//! let page = passport.to_html();
//! assert!(json.contains("Decree 37/2026") && page.starts_with("<!doctype html>"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod page;

use nguon_core::event::{Event, RecallReason};
use nguon_core::ids::ChainId;
use nguon_gs1::DigitalLink;
use serde::Serialize;

use crate::facts::{Certificate, Facts, Language, Missing, Producer, Remedy, StageView, Stamp, When};

/// The name of the standard.
pub const STANDARD: &str = "Decree 37/2026/NĐ-CP, Article 32(1)";

/// A lot's passport.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Passport {
    /// [`STANDARD`].
    pub standard: &'static str,
    /// The verdict.
    pub verdict: Stamp,
    /// The verdict in words, Vietnamese and English.
    pub verdict_words: [String; 2],
    /// Name of the product.
    pub product_name: String,
    /// Global Trade Item Number, 14 digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gtin: Option<String>,
    /// The lot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lot: Option<String>,
    /// The id that is this lot's alone.
    pub batch: ChainId,
    /// The address of its page: a GS1 Digital Link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Producers and traders: name, address, identifier; the last owner first.
    pub producers: Vec<Producer>,
    /// Country of origin, ISO 3166-1.
    pub origin_country: &'static str,
    /// Growing areas.
    pub growing_areas: Vec<GrowingArea>,
    /// Where the last stage was done that finished the goods: the packing house.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<String>,
    /// Traceability: the stages.
    pub stages: Vec<StageView>,
    /// Certificates.
    pub certificates: Vec<Certificate>,
    /// First and last day of harvest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub harvested: Option<(String, String)>,
    /// Day of the last packing: the date of production of packed fruit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub packed: Option<String>,
    /// Grams that came into the batch.
    pub grams: u64,
    /// Safety warnings: recalls that stand, and laboratory results above their limits.
    pub warnings: Vec<Warning>,
    /// What is missing.
    pub missing: Vec<Missing>,
}

/// A growing area (vùng trồng) of a lot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GrowingArea {
    /// Its code.
    pub code: String,
    /// Who issued the code.
    pub issuer: String,
    /// For which market.
    pub market: String,
    /// Its commune.
    pub commune: String,
}

/// A safety warning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// A recall that stands.
    Recalled {
        /// Why.
        reason: RecallReason,
        /// When it was signed.
        at: String,
    },
    /// A laboratory found more than the limit.
    AboveLimit {
        /// What.
        analyte: String,
        /// Number of the report.
        report: String,
        /// Micrograms in a kilogram.
        ug_per_kg: u64,
        /// The limit, micrograms in a kilogram.
        limit_ug_per_kg: u64,
    },
}

impl Passport {
    /// The passport of a source's batch. `link` is the address that its QR code leads to, where it has one.
    #[must_use]
    pub fn of(facts: &Facts<'_>, link: Option<&DigitalLink>) -> Self {
        let (batch, lot) = (facts.batch(), facts.own_lot());
        let producers = facts.producers(&batch);
        let mut missing = Vec::new();
        for producer in &producers {
            let (name, address) = ("NĐ 37/2026, Điều 32: tên tổ chức, cá nhân", "NĐ 37/2026, Điều 32: địa chỉ");
            facts.lacking(producer, name, address, &mut missing);
            if producer.gln.is_none() && producer.role.is_some_and(|role| role != nguon_core::event::Role::Farm) {
                let what = "NĐ 37/2026, Điều 32: mã số định danh của tổ chức";
                missing.push(Missing::of_first(what, producer.actor, "enrolled/gln", Remedy::Enrol));
            }
        }
        if lot.label.is_none() {
            missing.push(Missing::of_first("NĐ 37/2026, Điều 32: GTIN", batch, "opened/label", Remedy::ByHand));
        }
        let harvests = facts.harvests(&batch);
        let days: Vec<String> = harvests.iter().map(|harvest| harvest.at.date()).collect();
        let packing = facts.packed_in(&batch).and_then(|at| {
            facts.entries_of(&at).filter(|entry| matches!(entry.event, Event::Packed(_) | Event::Repacked(_))).last()
        });
        if packing.is_none() {
            missing.push(Missing::of_first("NĐ 37/2026, Điều 32: ngày sản xuất", batch, "packed", Remedy::Append));
        }
        let place = packing.and_then(|entry| match entry.event {
            Event::Packed(event) => event.place,
            Event::Repacked(event) => event.place,
            _ => None,
        });
        let stamp = facts.stamp();
        Self {
            standard: STANDARD,
            verdict_words: [stamp.sentence(Language::Vi), stamp.sentence(Language::En)],
            verdict: stamp,
            product_name: lot.named(),
            gtin: lot.label.as_ref().map(|label| label.gtin.to_string()),
            lot: lot.label.as_ref().map(|label| label.lot.to_string()),
            batch,
            link: link.map(ToString::to_string),
            producers,
            origin_country: "VN",
            growing_areas: growing_areas(facts, &batch),
            finished_at: place.and_then(|place| facts.place(&place)).and_then(|place| {
                let commune = place.commune.as_deref().map(|code| facts.commune(code)).unwrap_or_default();
                Some(format!("{} {}, {commune}", place.issuer?, place.code?))
            }),
            stages: facts.stages(&batch).iter().map(|stage| facts.view(stage)).collect(),
            certificates: facts.certificates(&batch),
            harvested: days.iter().min().cloned().zip(days.iter().max().cloned()),
            packed: packing.map(|entry| entry.at.date()),
            grams: facts.inputs(&batch).iter().map(|(_, input)| input.grams.get()).sum(),
            warnings: warnings(facts, &batch),
            missing,
        }
    }
}

fn growing_areas(facts: &Facts<'_>, batch: &ChainId) -> Vec<GrowingArea> {
    let mut areas: Vec<GrowingArea> = Vec::new();
    for place in facts.sites(batch).iter().filter_map(|site| facts.place(site)) {
        let (Some(code), Some(issuer), Some(market)) = (place.code, place.issuer, place.market) else { continue };
        let is_area = place.sort == nguon_core::permission::ChainSort::GrowingArea;
        let commune = place.commune.as_deref().map(|code| facts.commune(code)).unwrap_or_default();
        let area = GrowingArea { code, issuer, market, commune };
        if is_area && !areas.contains(&area) {
            areas.push(area);
        }
    }
    areas
}

fn warnings(facts: &Facts<'_>, batch: &ChainId) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for finding in &facts.verdict().findings {
        if let (nguon_core::verify::Subject::Recall(reason), Some(at)) = (&finding.subject, finding.at) {
            let record = facts.entries_of(&at.chain).find(|entry| entry.signed().sequence == at.sequence);
            let at = record.map(|entry| entry.signed_at().to_string()).unwrap_or_default();
            warnings.push(Warning::Recalled { reason: *reason, at });
        }
    }
    for site in facts.sites(batch) {
        for entry in facts.entries_of(&site) {
            let Event::LabResult(result) = entry.event else { continue };
            let above = result.analytes.iter().filter_map(|analyte| Some((analyte, analyte.limit_ug_per_kg?)));
            for (analyte, limit) in above.filter(|(analyte, limit)| analyte.ug_per_kg > *limit) {
                warnings.push(Warning::AboveLimit {
                    analyte: analyte.name.as_str().to_owned(),
                    report: result.report.to_string(),
                    ug_per_kg: analyte.ug_per_kg.get(),
                    limit_ug_per_kg: limit.get(),
                });
            }
        }
    }
    warnings
}

/// Where a moment stands on the page.
fn told(when: When) -> String {
    format!("{} {}", when.day_first(), when.clock())
}
