//! Documents on A4: from headings, paragraphs and tables to a PDF that a customs officer prints, a blind reader hears and an
//! archive keeps.
//!
//! What is written conforms to PDF/A-3a (ISO 19005-3, level A: archivable, with its structure, and the part of the standard that
//! lets any file be attached) and to PDF/UA-1 (ISO 14289-1: accessible) at once, as far as a program can tell: krilla checks its
//! rules while it writes and refuses to finish otherwise. Both are PDF 1.7, with headings, tables, their header cells, figures and
//! languages in a tree of structure, an outline of the headings, and headers and footers outside of the tree. PDF/A-4f, the newer
//! part with attachments, goes by PDF 2.0 and with no PDF/UA-1.
//!
//! - One document speaks Vietnamese, English, or both: then paragraphs stand side by side, and a cell shows both where they differ.
//! - A row of a table is cut by the end of a page only if it is longer than a page; header rows are repeated.
//! - Letters are Noto Sans', from [`nguon_label::font`], at 1.45 lines an em, so that no diacritic is clipped. A character that it
//!   has not, such as a Chinese one, is shown by its number, `[U+8354]`; a copy or a screen reader gets the character itself, and a
//!   last note says so.
//! - Lengths are whole thousandths of a point, and there is no clock and no chance: the same document gives the same bytes.
//!
//! ```
//! use nguon_core::values::Time;
//! use nguon_export::facts::When;
//! use nguon_export::paper::{Block, Column, Langs, Paper, Row, Said, Table};
//!
//! let weighed = When::vietnam(Time::new(1_781_226_000)?);
//! let mut table = Table::new([Column::text(Said::new("Ngày", "Date")), Column::number(Said::new("Khối lượng", "Weight"))]);
//! table.push(Row::new([Said::day(weighed), Said::kilograms(1_234_500)]));
//! let mut paper = Paper::new(Said::new("Phiếu cân", "Weigh note"), Langs::ViEn, weighed);
//! paper.push(Block::heading(Said::new("Thu hoạch", "Harvest")));
//! paper.push(table);
//! let pdf: Vec<u8> = paper.to_pdf()?;
//! assert!(pdf.starts_with(b"%PDF-1.7"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What it leaves out: pictures, kerning, hyphenation, scripts that run from right to left, links, and signatures of PDF itself
//! (ISO 32000-1 §12.8; the attached bundle carries signatures of its own).

mod attachment;
mod block;
mod draw;
mod error;
mod flow;
mod line;
mod said;
mod sheet;
mod style;
mod table;
mod tree;

pub use attachment::{Attachment, Relation};
pub use block::Block;
pub use error::Error;
pub use said::{Langs, Said};
pub use sheet::Turn;
pub use style::Tone;
pub use table::{Column, Row, Table};

use crate::facts::When;

/// A document, block by block.
#[derive(Debug, Clone)]
pub struct Paper {
    title: Said,
    langs: Langs,
    turn: Turn,
    /// On every page's foot.
    foot: Said,
    /// On every page's head.
    band: Option<(Tone, Said)>,
    created: When,
    blocks: Vec<Block>,
    attached: Vec<Attachment>,
}

impl Paper {
    /// An upright document with a title and nothing else; its metadata say when it was made.
    #[must_use]
    pub fn new(title: Said, langs: Langs, created: When) -> Self {
        Self {
            foot: title.clone(),
            title,
            langs,
            turn: Turn::Upright,
            band: None,
            created,
            blocks: Vec::new(),
            attached: Vec::new(),
        }
    }

    /// How its pages lie.
    #[must_use]
    pub fn turned(self, turn: Turn) -> Self {
        Self { turn, ..self }
    }

    /// What stands at the foot of every page, beside its number; the title, if nothing is said.
    #[must_use]
    pub fn with_foot(self, foot: Said) -> Self {
        Self { foot, ..self }
    }

    /// A band at the head of every page, for what nobody may overlook.
    #[must_use]
    pub fn with_band(self, tone: Tone, words: Said) -> Self {
        Self { band: Some((tone, words)), ..self }
    }

    /// Carries a file inside. Two of one name are an error of [`Self::to_pdf`].
    #[must_use]
    pub fn attach(mut self, file: Attachment) -> Self {
        self.attached.push(file);
        self
    }

    /// One more block at the end.
    pub fn push(&mut self, block: impl Into<Block>) {
        self.blocks.push(block.into());
    }

    /// The PDF (ISO 32000-1, PDF/A-3a, PDF/UA-1).
    pub fn to_pdf(&self) -> Result<Vec<u8>, Error> {
        draw::pdf(self, flow::lay_out(self)?)
    }
}
