//! Which files there are, and how each is made.

use nguon_export::circular02::{self, Circular02};
use nguon_export::dossier::Dossier;
use nguon_export::epcis::write::Exporter as Events;
use nguon_export::fsma::{self, Exporter as Sheets};
use nguon_export::passport::Passport;
use nguon_export::table::Workbook;
use nguon_export::vietgap::{self, FieldLog};
use nguon_export::{Facts, Personal, Source};
use nguon_import::commune;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

macro_rules! kinds {
    ($($variant:ident = $name:literal, $media:expr),+ $(,)?) => {
        /// A file that can be had.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Kind { $($variant),+ }

        impl Kind {
            /// What they are called.
            pub const NAMES: &[&str] = &[$($name),+];

            /// The file of this name.
            pub fn of(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }

            /// Its name.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// Its media type.
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
    pub const fn disposition(self) -> &'static str {
        if matches!(self, Self::PassportHtml) { "inline" } else { "attachment" }
    }
}

type Failed = Box<dyn std::error::Error + Send + Sync>;

/// Makes it.
pub(super) fn make(kind: Kind, source: &Source, bundle: &[u8]) -> Result<Vec<u8>, Failed> {
    let facts = Facts::new(source, Personal::Withheld).with_communes(named);
    let made = source.judged_at();
    Ok(match kind {
        Kind::Epcis => {
            let mut events = Events::begin(Vec::new(), made.into())?;
            events.add(&facts)?;
            events.finish()?.0
        }
        Kind::Fsma => {
            let mut sheets = Sheets::new(Workbook::begin(&fsma::SHEETS, "FSMA 204", made)?);
            sheets.add(&facts)?;
            sheets.finish()?.0.into_bytes()?
        }
        Kind::Circular02Json => serde_json::to_vec_pretty(&Circular02::of(&facts))?,
        Kind::Circular02Xlsx => {
            let data = Circular02::of(&facts);
            let mut book = Workbook::begin(&circular02::SHEETS, &data.product_name, made)?;
            data.write(&mut book)?;
            book.into_bytes()?
        }
        Kind::PassportJson => serde_json::to_vec_pretty(&Passport::of(&facts, None))?,
        Kind::PassportHtml => Passport::of(&facts, None).to_html().into_bytes(),
        Kind::Vietgap => {
            let mut book = Workbook::begin(&vietgap::SHEETS, "VietGAP", made)?;
            let mut plots: Vec<_> = facts.harvests(&facts.batch()).iter().map(|harvest| harvest.chain.id()).collect();
            plots.sort_unstable();
            plots.dedup();
            for plot in plots {
                FieldLog::of(&facts, &plot, None)?.write(&mut book)?;
            }
            book.into_bytes()?
        }
        Kind::Dossier => Dossier::new(&facts, bundle, None)?.to_pdf()?,
    })
}

fn named(code: &str) -> Option<String> {
    commune::name_of(&code.parse().ok()?).map(|name| format!("{name}, Bắc Ninh"))
}
