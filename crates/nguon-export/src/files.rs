//! The files that can be had of one lot, by name: what the server's and the inspector's page offer.

use nguon_gs1::DigitalLink;

use crate::circular02::{self, Circular02};
use crate::dossier::Dossier;
use crate::epcis::write::Exporter as Events;
use crate::facts::{Facts, Missing};
use crate::fsma::{self, Exporter as Sheets};
use crate::passport::Passport;
use crate::table::Workbook;
use crate::vietgap::{self, FieldLog};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

macro_rules! kinds {
    ($($variant:ident = $name:literal, $media:expr),+ $(,)?) => {
        /// A file that can be had.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Kind {
            $(#[doc = concat!("`", $name, "`")] $variant),+
        }

        impl Kind {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$variant),+];
            /// What they are called.
            pub const NAMES: &[&str] = &[$($name),+];

            /// The file of this name.
            #[must_use]
            pub fn of(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }

            /// Its name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// Its media type.
            #[must_use]
            pub const fn media_type(self) -> &'static str {
                match self { $(Self::$variant => $media),+ }
            }
        }
    };
}

kinds! {
    Epcis = "epcis.jsonld", "application/ld+json",
    Fsma = "fsma.xlsx", XLSX,
    Circular02Json = "circular02.json", "application/json",
    Circular02Xlsx = "circular02.xlsx", XLSX,
    PassportJson = "passport.json", "application/json",
    PassportHtml = "passport.html", "text/html; charset=utf-8",
    Vietgap = "vietgap.xlsx", XLSX,
    Dossier = "dossier.pdf", "application/pdf",
}

impl Kind {
    /// A page is looked at, everything else is kept.
    #[must_use]
    pub const fn disposition(self) -> &'static str {
        if matches!(self, Self::PassportHtml) { "inline" } else { "attachment" }
    }
}

/// Why a file could not be made of a verified lot.
#[derive(Debug, thiserror::Error)]
#[error("{file} could not be made: {why}")]
pub struct FileError {
    /// Its name.
    pub file: &'static str,
    /// What failed.
    pub why: Box<dyn std::error::Error + Send + Sync>,
}

/// A file, with what is missing in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The file.
    pub bytes: Vec<u8>,
    /// What is missing, each once.
    pub missing: Vec<Missing>,
}

/// Makes a file of a lot. `bundle` are the bytes that were verified; `link` the address of the lot's page, if it has one.
pub fn make(kind: Kind, facts: &Facts<'_>, bundle: &[u8], link: Option<&DigitalLink>) -> Result<Made, FileError> {
    making(kind, facts, bundle, link).map_err(|why| FileError { file: kind.name(), why })
}

type Failed = Box<dyn std::error::Error + Send + Sync>;

fn making(kind: Kind, facts: &Facts<'_>, bundle: &[u8], link: Option<&DigitalLink>) -> Result<Made, Failed> {
    let made = facts.stamp().judged_at;
    let (bytes, missing) = match kind {
        Kind::Epcis => {
            let mut events = Events::begin(Vec::new(), made.into())?;
            events.add(facts)?;
            let (bytes, summary) = events.finish()?;
            (bytes, summary.missing)
        }
        Kind::Fsma => {
            let mut sheets = Sheets::new(Workbook::begin(&fsma::SHEETS, "FSMA 204", made)?);
            sheets.add(facts)?;
            let (book, summary) = sheets.finish()?;
            (book.into_bytes()?, summary.missing)
        }
        Kind::Circular02Json => {
            let data = Circular02::of(facts);
            (serde_json::to_vec_pretty(&data)?, data.missing)
        }
        Kind::Circular02Xlsx => {
            let data = Circular02::of(facts);
            let mut book = Workbook::begin(&circular02::SHEETS, &data.product_name, made)?;
            data.write(&mut book)?;
            (book.into_bytes()?, data.missing)
        }
        Kind::PassportJson => {
            let passport = Passport::of(facts, link);
            (serde_json::to_vec_pretty(&passport)?, passport.missing)
        }
        Kind::PassportHtml => {
            let passport = Passport::of(facts, link);
            (passport.to_html().into_bytes(), passport.missing)
        }
        Kind::Vietgap => {
            let mut book = Workbook::begin(&vietgap::SHEETS, "VietGAP", made)?;
            let mut plots: Vec<_> = facts.harvests(&facts.batch()).iter().map(|harvest| harvest.chain.id()).collect();
            plots.sort_unstable();
            plots.dedup();
            let mut missing = Vec::new();
            for plot in plots {
                let log = FieldLog::of(facts, &plot, None)?;
                log.write(&mut book)?;
                missing.extend(log.missing().iter().cloned());
            }
            (book.into_bytes()?, missing)
        }
        Kind::Dossier => {
            let dossier = Dossier::new(facts, bundle, link)?;
            (dossier.to_pdf()?, dossier.missing().to_vec())
        }
    };
    Ok(Made { bytes, missing })
}
