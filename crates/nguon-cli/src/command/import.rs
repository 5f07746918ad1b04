//! `nguon import`: the list a co-op has becomes households, plots and their shares.

mod epcis;
mod known;
mod sign;
mod tell;

use std::path::PathBuf;

use nguon_core::ids::ChainId;
use nguon_core::judge::Chains as _;
use nguon_core::permission::ChainSort;
use nguon_core::values::{Code, CommuneCode};
use nguon_import::plan::{Plan, plan};
use nguon_import::preview::{Area, Options, Preview, preview};
use nguon_import::register::Register;
use serde_json::json;

use self::known::Imported;
use self::tell::Telling;
use super::init::text;
use crate::args::Signing;
use crate::book::Book;
use crate::desk::Desk;
use crate::error::Error;
use crate::files::{self, Mode};
use crate::home::{Home, Names};
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
Examples:
  nguon import --template danh-sach.xlsx
  nguon import danh-sach.xlsx --preview --marks can-sua.xlsx
  nguon import danh-sach.xlsx --as coop --season 2026
  nguon push
  nguon import su-kien.jsonld --as kho --gln 9529876000026=kho-chu --preview

EPCIS 2.0 events of a packing house's own system (.json, .jsonld) become records of its batches:
what it received, packed, put on pallets, gave away, sold and lost. Each is shown with its path in
the document; one fault anywhere, and nothing is taken.

The list may be .xlsx or .csv, its columns in any order under any usual headings. The preview says of
every cell what it was taken for, and of every bad one what to do. A file is taken as a whole or not
at all. Households are enrolled without a key (`nguon key add` follows once they have a phone; a
column with keys adds them here). With --season, which must be open on the growing area, the season
opens on every plot, and plots with an expected yield get it as their share.

The same file again signs nothing; a changed one signs what is new, and tells what differs without
changing it. A household is known again by its telephone number, else by name, village and commune.
Hashes of those stay in the home (imported/): they are as private as the numbers themselves.";

/// Options of `nguon import`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// The list: .xlsx, or .csv in UTF-8, UTF-16 or windows-1258; or EPCIS events: .json, .jsonld
    #[arg(value_name = "FILE", required_unless_present = "template")]
    file: Option<PathBuf>,
    /// Write an empty list with headings and advice instead: .xlsx or .csv
    #[arg(long, value_name = "FILE", conflicts_with = "file")]
    template: Option<PathBuf>,
    /// Only show what would be taken; needs no home and no key
    #[arg(long)]
    preview: bool,
    /// Which chain a growing area's code means; may be repeated [default: the growing areas known here]
    #[arg(long = "area", value_name = "CODE=CHAIN")]
    areas: Vec<String>,
    /// Commune of rows that name none: five digits
    #[arg(long, value_name = "CODE")]
    commune: Option<CommuneCode>,
    /// Variety of rows that name none
    #[arg(long)]
    variety: Option<String>,
    /// The season to open on plots, with their expected yields as shares
    #[arg(long)]
    season: Option<Code>,
    /// Write what is to be mended or looked at: into a copy of the list with marked cells (.xlsx), or a file of text (.csv)
    #[arg(long, value_name = "FILE")]
    marks: Option<PathBuf>,
    /// Write the households' and plots' chains into a file of text, row by row (personal: it holds names)
    #[arg(long, value_name = "FILE")]
    chains: Option<PathBuf>,
    /// With EPCIS events: which place or actor a GLN means; may be repeated
    #[arg(long = "gln", value_name = "GLN=CHAIN")]
    glns: Vec<String>,
    /// With EPCIS events: the batch that takes in what arrives, where events do not say
    #[arg(long, value_name = "BATCH")]
    intake: Option<String>,
    /// With EPCIS events: the batch that a receiver opened, where events do not say; may be repeated
    #[arg(long = "to", value_name = "ACTOR=BATCH")]
    receivers: Vec<String>,
    #[command(flatten)]
    signing: Signing,
}

/// Previews or imports.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    if let Some(path) = &args.template {
        return template(path);
    }
    let path = args.file.as_ref().ok_or_else(|| Error::caller("no file is named"))?;
    let bytes = files::read(path)?.ok_or_else(|| Error::caller(format_args!("{} is not there", path.display())))?;
    if epcis::is_document(path) {
        return epcis::run(session, args, path, &bytes);
    }
    let telling = Telling::new(session.lang);
    let workbook = nguon_import::read(&bytes).map_err(|error| telling.unreadable(path, &error))?;
    let look = |areas| {
        let variety = args.variety.as_deref().map(|variety| text("--variety", variety)).transpose()?;
        let options = Options { areas, commune: args.commune.clone(), variety };
        preview(&workbook, &options).map_err(|error| telling.unreadable(path, &error))
    };
    if args.preview {
        let known = Known::of(session, args)?;
        let seen = look(known.areas.clone())?;
        let planned = plan(&seen, &known.register, known.areas.as_deref().unwrap_or_default(), args.season.as_ref());
        telling.write_marks(args.marks.as_deref(), &workbook, &seen, &planned)?;
        return Ok(telling.preview(&seen, &planned));
    }
    let mut desk = Desk::open(session, &args.signing)?;
    let areas = areas(&desk.book, &desk.names, args)?;
    let seen = look(Some(areas.clone()))?;
    let imported = Imported::of(&session.home);
    imported.recover(&desk.book)?;
    let register = imported.register(&session.home, &desk.book)?;
    let planned = plan(&seen, &register, &areas, args.season.as_ref());
    telling.write_marks(args.marks.as_deref(), &workbook, &seen, &planned)?;
    if !seen.is_clean() || !planned.is_sound() {
        telling.show(&seen, &planned, session.json);
        return Err(telling.not_taken(&seen, &planned));
    }
    if let Some(season) = &args.season {
        is_open(&desk.book, &seen, &areas, season)?;
    }
    telling.show(&seen, &planned, session.json);
    let signed = sign::carry_out(&mut desk, session, &imported, &seen, &planned, args.season.as_ref());
    drop(desk);
    let signed = match signed {
        Ok(signed) => signed,
        Err(half) => return Err(half.take_back(session, &imported)),
    };
    if let Some(path) = &args.chains {
        files::write(path, tell::chains(&seen, &signed).as_bytes(), Mode::Private)?;
    }
    Ok(telling.signed(&seen, &planned, &signed))
}

/// Forgets a household in what was imported here: whoever erases a person erases this too.
pub fn forget(home: &Home, household: &ChainId) -> Result<(), Error> {
    Imported::of(home).forget(household)
}

fn template(path: &std::path::Path) -> Result<Report, Error> {
    let bytes = match path.extension().and_then(|ending| ending.to_str()) {
        Some("xlsx") => nguon_import::template::workbook().map_err(Error::system)?,
        Some("csv") => nguon_import::template::csv(),
        _ => return Err(Error::caller("a template ends in .xlsx or .csv").next("choose such a file name")),
    };
    files::create(path, &bytes, Mode::Public)?;
    let text = format!("Written: {}\nNext: fill it in, then nguon import {} --preview", path.display(), path.display());
    Ok(Report::new(text, json!({ "file": path })))
}

/// What is known of what is registered, as far as there is a home.
struct Known {
    areas: Option<Vec<Area>>,
    register: Register,
}

impl Known {
    fn of(session: &Session, args: &Args) -> Result<Self, Error> {
        if files::read(&session.home.root_file())?.is_none() {
            return Ok(Self { areas: None, register: Register::default() });
        }
        let book = Book::load(&session.home)?;
        let areas = areas(&book, &session.home.names()?, args)?;
        let register = Imported::of(&session.home).register(&session.home, &book)?;
        Ok(Self { areas: Some(areas), register })
    }
}

/// The growing areas named on the command line, else those known here.
fn areas(book: &Book, names: &Names, args: &Args) -> Result<Vec<Area>, Error> {
    let mut areas = Vec::new();
    for share in &args.areas {
        let wrong = || Error::caller(format_args!("--area {share}")).next("write it like --area VN-BGOR-0123=vung");
        let (code, chain) = share.split_once('=').ok_or_else(wrong)?;
        areas.push(area(book, code.parse().map_err(|_| wrong())?, book.find(chain, names)?, args.season.as_ref())?);
    }
    if areas.is_empty() {
        for chain in book.chains() {
            let place =
                chain.place().filter(|place| place.sort == ChainSort::GrowingArea && place.name_released.is_none());
            if let Some((_, code)) = place.and_then(|place| place.code.clone()) {
                areas.push(area(book, code, chain.id, args.season.as_ref())?);
            }
        }
    }
    Ok(areas)
}

/// A growing area, with what is left of it in a season.
fn area(book: &Book, code: Code, chain: ChainId, season: Option<&Code>) -> Result<Area, Error> {
    let state = book.need(&chain)?;
    let place = state.place().filter(|place| place.sort == ChainSort::GrowingArea);
    let place = place.ok_or_else(|| {
        Error::caller(format_args!("{chain} is no growing area")).next("nguon show lists those known here")
    })?;
    let season = season.and_then(|season| place.season(season));
    let left = |all: u64, taken: u64| all.saturating_sub(taken);
    let grams_left = season.map(|season| {
        left(u64::try_from(season.ceiling).unwrap_or(0), u64::try_from(season.allotted.total()).unwrap_or(0))
    });
    let size = |plot: &ChainId| Some(book.chain(plot)?.place()?.area_m2?.get());
    let square_metres_left = season.map(|season| {
        let taken = season.allotted.others().iter().filter_map(size).sum();
        left(place.area_m2.map_or(0, |size| size.get()), taken)
    });
    Ok(Area { code, chain, grams_left, square_metres_left })
}

/// A share needs a season that is open on its growing area.
fn is_open(book: &Book, preview: &Preview, areas: &[Area], season: &Code) -> Result<(), Error> {
    let used = |area: &&Area| {
        preview.households.iter().flat_map(|household| &household.plots).any(|plot| plot.area == Some(area.chain))
    };
    for area in areas.iter().filter(used) {
        let state = book.need(&area.chain)?;
        if state.place().is_none_or(|place| place.season(season).is_none()) {
            return Err(Error::caller(format_args!("season {season} is not open on growing area {}", area.code)).next(
                format_args!(
                    "open it first: nguon place season {} --season {season} --from DAY --until DAY --ceiling KG",
                    area.chain
                ),
            ));
        }
    }
    Ok(())
}

/// Nothing of a plan is left to do.
fn is_done(plan: &Plan) -> bool {
    plan.steps.is_empty()
}
