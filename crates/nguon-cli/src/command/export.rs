//! `nguon export`: from verified records to the file that each reader wants.

mod circular02;
mod dossier;
mod epcis;
mod fsma;
mod lots;
mod made;
mod passport;
mod vietgap;

use crate::error::Error;
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
Examples:
  nguon export epcis lo-1.cbor --out lo-1.jsonld
  nguon export fsma lo-1.cbor lo-2.cbor --out fsma.xlsx
  nguon export fsma --place vung-chu --since 2026-06-01 --until 2026-06-30 --server https://nguon.example
  nguon export circular02 'https://nguon.example/01/09521234543213/10/VT-0612#AAECAwQFBgcICQoLDA0ODw'
  nguon export passport lo-1.cbor --format html --out ho-chieu.html
  nguon export vietgap lo-1.cbor --plot thua-bay --format pdf --out nhat-ky.pdf
  nguon export dossier lo-1.cbor --at https://nguon.example --out dossier.pdf

A lot is a bundle file, a folder of them (*.cbor), the link on a label, the code under it, or a
batch. Each is verified here first, as by nguon verify, and its verdict stands on the file's face.
A lot that is recalled, incomplete or not valid is written only with --despite.

What is missing is listed: which field, of which record, and where to enter it. Names of
households, telephone numbers and coordinates are left out unless --personal asks for them and
the bundle opens them.

Exit codes: 0 written; 2 written, but completeness or freshness of a lot is not proven; 1 written
despite a bad verdict; 3 nothing was written.";

/// Which file.
#[derive(Debug, clap::Subcommand)]
#[command(after_help = EXAMPLE)]
pub enum Command {
    /// EPCIS 2.0 events in JSON-LD, with CBV hash identifiers
    Epcis(epcis::Args),
    /// The FDA's sortable spreadsheet (FSMA 204, 21 CFR 1.1455): a sheet for each critical tracking event
    Fsma(fsma::Args),
    /// The ten minimum data of Circular 02/2024/TT-BKHCN (truy xuất nguồn gốc)
    Circular02(circular02::Args),
    /// The product passport of Decree 37/2026/NĐ-CP (hộ chiếu số), as JSON or as a page
    Passport(passport::Args),
    /// The VietGAP field log (nhật ký canh tác) of plots in a season, as a workbook or on A4
    Vietgap(vietgap::Args),
    /// The customs dossier: a PDF in Vietnamese and English with the bundle inside, which `nguon verify` checks
    Dossier(dossier::Args),
}

/// Writes it.
pub fn run(session: &Session, command: &Command) -> Result<Report, Error> {
    match command {
        Command::Epcis(args) => epcis::run(session, args),
        Command::Fsma(args) => fsma::run(session, args),
        Command::Circular02(args) => circular02::run(session, args),
        Command::Passport(args) => passport::run(session, args),
        Command::Vietgap(args) => vietgap::run(session, args),
        Command::Dossier(args) => dossier::run(session, args),
    }
}
