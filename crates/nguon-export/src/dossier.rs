//! The customs dossier of a lot: a PDF on A4, Vietnamese and English side by side, with the bundle that it was made from inside.
//!
//! The first page has the verdict and as of when it holds; then come the goods, the parties, the codes of growing areas and packing
//! houses, the quantities from ceiling to box, the journey, treatments and their documents, laboratory results, certificates, what is
//! missing and where it is entered, and how anybody checks the file: `nguon verify dossier.pdf` reads the attached bundle and believes
//! nothing of the pages. A dossier of a lot that is not verified has a band on every page that says so.
//!
//! Nothing is invented. What customs ask for and these records have no field for, such as the HS heading, the gross weight and the
//! consignee, is listed as [`Missing`]. No law sets the form of such a dossier; it goes beside the phytosanitary certificate and
//! the declaration, and replaces neither.
//!
//! ```
//! use nguon_core::verify::{Options, verify};
//! use nguon_examples::season::{Season, Seed};
//! use nguon_export::{Facts, Personal, Source};
#![cfg_attr(feature = "attached", doc = "# use nguon_export::attached;")]
//! use nguon_export::dossier::Dossier;
//!
//! let season = Season::build(&Seed::sample())?;
//! let bundle = season.ledger.bundle(season.id("hung/0614"))?.to_bytes()?;
//! let options = Options::at(season.now());
//! let source = Source::new(verify(&bundle, season.ledger.trust(), &options), season.now())?;
//! let dossier = Dossier::new(&Facts::new(&source, Personal::Withheld), &bundle, None)?;
//! assert!(dossier.missing().iter().any(|missing| missing.element.contains("HS")));
//! let pdf: Vec<u8> = dossier.to_pdf()?;
#![cfg_attr(feature = "attached", doc = "let inside: Vec<u8> = attached::bundle(&pdf)?;")]
#![cfg_attr(
    feature = "attached",
    doc = "# let verdict = |bundle: &[u8]| verify(bundle, season.ledger.trust(), &options).verdict.outcome;"
)]
#![cfg_attr(feature = "attached", doc = "assert_eq!(verdict(&inside), verdict(&bundle));")]
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod check;
mod goods;
mod journey;
mod parties;
mod places;
mod proofs;
mod quantities;
mod treatments;
mod verdict;

pub(crate) use verdict::tone;

use nguon_gs1::DigitalLink;

use crate::attached::{MEDIA_TYPE, NAME, disclosed};
use crate::facts::{Facts, Language, Missing, When};
use crate::paper::{Attachment, Block, Langs, Paper, Relation, Said, Tone};

/// Why there is no dossier.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bundle to be attached is not the one that was verified.
    #[error("this is not the bundle of the verified lot {0}: give the bytes that were verified")]
    OtherBundle(nguon_core::ids::ChainId),
    /// The link names another lot.
    #[error("the link {link} does not lead to this lot: give its own, or none")]
    OtherLink {
        /// The link.
        link: String,
    },
    /// The link is too long for a QR symbol.
    #[error("no QR symbol holds the link: {0}")]
    Link(#[from] nguon_label::Error),
    /// The document could not be made.
    #[error(transparent)]
    Paper(#[from] crate::paper::Error),
}

/// A dossier, ready to be written.
#[derive(Debug, Clone)]
pub struct Dossier {
    paper: Paper,
    missing: Vec<Missing>,
}

/// What a section is made from, and where it leaves what it lacks.
struct Maker<'f, 'a> {
    facts: &'f Facts<'a>,
    missing: Vec<Missing>,
    /// How many sections there are so far.
    section: u32,
    paper: Paper,
}

impl Dossier {
    /// Makes the dossier of what `facts` are about; `bundle` are the bytes that were verified, of which as much goes inside as
    /// [`disclosed`] says, and `link` is the address of the lot's page for the QR symbol. Its date is that of the verdict: there is no clock here.
    pub fn new(facts: &Facts<'_>, bundle: &[u8], link: Option<&DigitalLink>) -> Result<Self, Error> {
        let bundle = disclosed(facts, bundle).ok_or_else(|| Error::OtherBundle(facts.batch()))?;
        let mut maker = Maker::of(facts);
        maker.verdict();
        maker.goods(link)?;
        maker.parties();
        maker.places();
        maker.quantities();
        maker.journey();
        maker.treatments();
        maker.proofs();
        maker.missing();
        maker.check(&bundle);
        let description = Said::new(
            "Gói hồ sơ đã ký của lô hàng: kiểm tra bằng nguon verify",
            "The lot's signed records: check them with nguon verify",
        );
        let file = Attachment::new(NAME, MEDIA_TYPE, description, Relation::Source, bundle);
        Ok(Self { paper: maker.paper.attach(file), missing: maker.missing })
    }

    /// What customs ask for and the records do not have, or may not show.
    #[must_use]
    pub fn missing(&self) -> &[Missing] {
        &self.missing
    }

    /// The file: PDF/A-3a and PDF/UA-1, see [`crate::paper`]. The same dossier gives the same bytes.
    pub fn to_pdf(&self) -> Result<Vec<u8>, Error> {
        Ok(self.paper.to_pdf()?)
    }
}

impl<'f, 'a> Maker<'f, 'a> {
    fn of(facts: &'f Facts<'a>) -> Self {
        let stamp = facts.stamp();
        let sentence = Said::with(|language| stamp.sentence(language));
        let title = Said::new("Hồ sơ lô hàng xuất khẩu", "Export lot dossier");
        let lot = Said::same(facts.own_lot().code());
        let mut paper = Paper::new(title, Langs::ViEn, When::vietnam(stamp.judged_at))
            .with_foot(Said::new("Lô", "Lot").then(" ", &lot).then(" · ", &sentence));
        if !stamp.is_verified() {
            paper = paper.with_band(verdict::tone(stamp.outcome), sentence);
        }
        Self { facts, missing: Vec::new(), section: 0, paper }
    }

    /// A numbered heading.
    fn heading(&mut self, vi: &str, en: &str) {
        self.section += 1;
        let number = self.section;
        self.push(Block::heading(Said::new(format!("{number}. {vi}"), format!("{number}. {en}"))));
    }

    fn push(&mut self, block: impl Into<Block>) {
        self.paper.push(block);
    }

    /// Says that a table would be empty.
    fn none(&mut self, vi: &str, en: &str) {
        self.push(Block::paragraph(Said::new(vi, en)));
    }

    fn lacks(&mut self, missing: Missing) {
        if !self.missing.contains(&missing) {
            self.missing.push(missing);
        }
    }

    fn missing(&mut self) {
        self.heading("Còn thiếu, và bổ sung ở đâu", "What is missing, and where it is entered");
        if self.missing.is_empty() {
            return self.none("Không thiếu gì.", "Nothing is missing.");
        }
        let mut table = crate::paper::Table::new([
            crate::paper::Column::text(Said::new("Thông tin", "Datum")).naming_rows(),
            crate::paper::Column::text(Said::new("Trường của bản ghi", "Field of record")),
            crate::paper::Column::text(Said::new("Bổ sung ở đâu", "Where it is entered")),
        ]);
        for missing in folded(&self.missing) {
            table.push(missing);
        }
        self.push(table);
    }
}

/// One row for each field that is missing, however many records lack it.
pub(crate) fn folded(missing: &[Missing]) -> Vec<crate::paper::Row> {
    let mut rows: Vec<(&Missing, usize)> = Vec::new();
    for one in missing {
        let same = |(known, _): &&mut (&Missing, usize)| {
            (&known.element, &known.field, known.remedy) == (&one.element, &one.field, one.remedy)
        };
        match rows.iter_mut().find(same) {
            Some((_, count)) => *count += 1,
            None => rows.push((one, 1)),
        }
    }
    let row = |(missing, count): (&Missing, usize)| {
        let chain: String = missing.at.chain.to_string().chars().take(12).collect();
        let at = match count {
            1 => Said::same(format!("{} ({chain}…/{})", missing.field, missing.at.sequence)),
            count => Said::new(
                format!("{} ({count} bản ghi, từ {chain}…/{})", missing.field, missing.at.sequence),
                format!("{} ({count} records, from {chain}…/{})", missing.field, missing.at.sequence),
            ),
        };
        let element = match missing.element.split_once(" / ") {
            Some((vi, en)) => {
                let standard = vi.split_once(": ").map_or("", |(standard, _)| standard);
                let en = if standard.is_empty() { en.to_owned() } else { format!("{standard}: {en}") };
                Said::new(vi, en)
            }
            None => Said::name(missing.element.clone()),
        };
        crate::paper::Row::new([element, at, Said::with(|language| missing.remedy.words(language).to_owned())])
    };
    rows.into_iter().map(row).collect()
}

/// A yes as a mark in a cell.
fn noted(on_behalf: bool, corrected: bool) -> Vec<Said> {
    let mut notes = Vec::new();
    if on_behalf {
        notes.push(Said::new("Ghi thay hộ", "Signed on behalf"));
    }
    if corrected {
        notes.push(Said::new("Đã đính chính", "Corrected"));
    }
    notes
}

/// Whether something is there, in a cell.
fn or_dash(text: Option<impl Into<String>>) -> Said {
    text.map_or_else(|| Said::same("—"), |text| Said::name(text))
}

fn tone_of(holds: bool) -> Tone {
    if holds { Tone::Good } else { Tone::Alert }
}

fn words(say: impl Fn(Language) -> &'static str) -> Said {
    Said::with(|language| say(language).to_owned())
}
