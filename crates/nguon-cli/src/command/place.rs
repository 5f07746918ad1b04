//! `nguon place`: growing areas, packing houses, plots and their seasons.

use nguon_core::event::{Allotment, PlaceKind, PlaceRegistered, PlotRegistered, PlotsAllotted, SeasonOpened};
use nguon_core::ids::ChainId;
use nguon_core::values::{Code, CommuneCode, Count, GlnCode, Grams, List, Market, SquareMetres, Time};
use serde_json::json;

use super::init::text;
use crate::args::Signing;
use crate::compose::{Composed, Sealer};
use crate::desk::Desk;
use crate::error::Error;
use crate::report::Report;
use crate::session::Session;
use crate::{moment, quantity};

const EXAMPLE: &str = "\
Examples:
  nguon place area --as coop --code VN-BGOR-0123 --issuer VN --market CN --commune 07525 \\
      --hectares 10 --alias vung
  nguon place plot --as coop --area vung --household bay --hectares 0.5 \\
      --variety \"vải thiều Thanh Hà\" --alias thua-bay
  nguon place season vung --as coop --season 2026 --from 2026-05-20 --until 2026-07-31 \\
      --ceiling 80000
  nguon place season thua-bay --as coop --for bay --season 2026 --from 2026-05-20 \\
      --until 2026-07-31
  nguon place allot vung --as coop --season 2026 thua-bay=4000";

/// Subcommands of `nguon place`.
#[derive(Debug, clap::Subcommand)]
#[command(after_help = EXAMPLE)]
pub enum Command {
    /// Register a growing area (mã số vùng trồng)
    Area(Coded),
    /// Register a packing house (mã số cơ sở đóng gói)
    PackingHouse(Coded),
    /// Register a plot: one household's part of a growing area
    Plot(Plot),
    /// Open a season on a growing area or a plot
    Season(Season),
    /// Share a growing area's ceiling out to plots
    Allot(Allot),
}

/// A place with a code.
#[derive(Debug, clap::Args)]
pub struct Coded {
    /// The code, as its issuer writes it
    #[arg(long)]
    code: Code,
    /// Who issued it
    #[arg(long)]
    issuer: Code,
    /// Market for which it was issued: ISO 3166 alpha-2 or EU
    #[arg(long, default_value = "VN")]
    market: Market,
    /// The actor that holds it [default: the signer]
    #[arg(long, value_name = "ACTOR")]
    holder: Option<String>,
    /// Commune: five digits
    #[arg(long, value_name = "CODE")]
    commune: CommuneCode,
    /// GS1 location number
    #[arg(long)]
    gln: Option<GlnCode>,
    /// Hectares under the code; a growing area needs it
    #[arg(long, value_parser = quantity::hectares)]
    hectares: Option<SquareMetres>,
    /// Variety grown
    #[arg(long)]
    variety: Option<String>,
    /// Time from which the code is valid [default: now]
    #[arg(long, value_name = "TIME")]
    from: Option<String>,
    /// Time at which it is valid no more
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    /// Local name for its chain
    #[arg(long, value_name = "NAME")]
    alias: Option<String>,
    #[command(flatten)]
    signing: Signing,
}

/// A plot.
#[derive(Debug, clap::Args)]
pub struct Plot {
    /// The growing area it is part of
    #[arg(long)]
    area: String,
    /// The household that tends it
    #[arg(long, value_name = "ACTOR")]
    household: String,
    /// Hectares
    #[arg(long, value_parser = quantity::hectares)]
    hectares: SquareMetres,
    /// Variety
    #[arg(long)]
    variety: String,
    /// Number of trees
    #[arg(long)]
    trees: Option<u64>,
    /// Latitude and longitude in degrees (personal: sealed), such as 21.3712,106.5667
    #[arg(long, value_name = "LAT,LONG", value_parser = quantity::coordinates, allow_hyphen_values = true)]
    location: Option<(i64, i64)>,
    /// Local name for its chain
    #[arg(long, value_name = "NAME")]
    alias: Option<String>,
    #[command(flatten)]
    signing: Signing,
}

/// A season.
#[derive(Debug, clap::Args)]
pub struct Season {
    /// The growing area or plot
    place: String,
    /// Name of the season, such as 2026
    #[arg(long)]
    season: Code,
    /// Time at which harvesting begins
    #[arg(long, value_name = "TIME")]
    from: String,
    /// Time at which it ends
    #[arg(long, value_name = "TIME")]
    until: String,
    /// What a growing area can yield: kilograms, or grams with a g
    #[arg(long, value_name = "KG", value_parser = quantity::mass)]
    ceiling: Option<Grams>,
    #[command(flatten)]
    signing: Signing,
}

/// Shares.
#[derive(Debug, clap::Args)]
pub struct Allot {
    /// The growing area
    area: String,
    /// The season
    #[arg(long)]
    season: Code,
    /// Plots and what each may yield
    #[arg(value_name = "PLOT=KG", required = true)]
    shares: Vec<String>,
    #[command(flatten)]
    signing: Signing,
}

/// Does it.
pub fn run(session: &Session, command: Command) -> Result<Report, Error> {
    match command {
        Command::Area(args) => coded(session, args, PlaceKind::GrowingArea),
        Command::PackingHouse(args) => coded(session, args, PlaceKind::PackingHouse),
        Command::Plot(args) => plot(session, &args),
        Command::Season(args) => season(session, args),
        Command::Allot(args) => allot(session, args),
    }
}

fn coded(session: &Session, args: Coded, kind: PlaceKind) -> Result<Report, Error> {
    let desk = Desk::open(session, &args.signing)?;
    let holder = match &args.holder {
        Some(holder) => desk.find(holder)?,
        None => desk.acting_actor()?,
    };
    let from = match &args.from {
        Some(text) => time(session, "--from", text)?,
        None => desk.now(),
    };
    let code = args.code.clone();
    let mut event = PlaceRegistered::new(kind, args.code, args.issuer, args.market, holder, args.commune, from);
    event.gln = args.gln;
    event.area_m2 = args.hectares;
    event.variety = args.variety.as_deref().map(|variety| text("--variety", variety)).transpose()?;
    event.until = args.until.as_deref().map(|until| time(session, "--until", until)).transpose()?;
    begin(desk, Composed::plain(event), None, args.alias.as_deref(), &format!("{code} is registered"))
}

fn plot(session: &Session, args: &Plot) -> Result<Report, Error> {
    let desk = Desk::open(session, &args.signing)?;
    let (area, household) = (desk.find(&args.area)?, desk.find(&args.household)?);
    let mut event = PlotRegistered::new(area, household, args.hectares, text("--variety", &args.variety)?);
    let trees = args.trees.map(Count::new).transpose();
    event.trees = trees.map_err(|error| Error::caller(format_args!("--trees: {error}")))?;
    let mut sealer = Sealer::default();
    if let Some((latitude, longitude)) = args.location {
        event.location = Some(sealer.coordinates("plot_registered/location", latitude, longitude)?);
    }
    begin(desk, sealer.with(event), Some(household), args.alias.as_deref(), "the plot is registered")
}

/// Begins a place's chain and says so.
fn begin(
    mut desk: Desk<'_>,
    composed: Composed,
    about: Option<ChainId>,
    alias: Option<&str>,
    what: &str,
) -> Result<Report, Error> {
    let place = desk.begin(composed, about)?;
    let number = desk.finish_naming(alias, place)?;
    let text = format!("Signed: {what}.\n  place  {place}\nNext: nguon push");
    Ok(Report::new(text, json!({ "outbox": number, "place": place, "alias": alias })))
}

fn season(session: &Session, args: Season) -> Result<Report, Error> {
    let (from, until) = (time(session, "--from", &args.from)?, time(session, "--until", &args.until)?);
    let mut desk = Desk::open(session, &args.signing)?;
    let place = desk.find(&args.place)?;
    let name = args.season.clone();
    let event = SeasonOpened::new(args.season, from, until, args.ceiling);
    let added = desk.append(place, Composed::plain(event), None)?;
    let number = desk.finish()?;
    let text = format!("Signed: season {name} is open on {}.\nNext: nguon push", args.place);
    Ok(Report::new(text, json!({ "outbox": number, "place": place, "statement_id": added.statement })))
}

fn allot(session: &Session, args: Allot) -> Result<Report, Error> {
    let mut desk = Desk::open(session, &args.signing)?;
    let area = desk.find(&args.area)?;
    let share = |share: &String| {
        let (plot, grams) = chain_and_mass(share)?;
        Ok(Allotment { plot: desk.find(plot)?, grams })
    };
    let allotments: Vec<Allotment> = args.shares.iter().map(share).collect::<Result<_, Error>>()?;
    let count = allotments.len();
    let allotments =
        List::new(allotments).map_err(|error| Error::caller(error).next("divide them among several commands"))?;
    let event = PlotsAllotted { season: args.season, allotments };
    let added = desk.append(area, Composed::plain(event), None)?;
    let number = desk.finish()?;
    let text = format!("Signed: shares of {count} plots.\nNext: nguon push");
    Ok(Report::new(text, json!({ "outbox": number, "place": area, "statement_id": added.statement })))
}

/// `PLOT=KG`.
pub fn chain_and_mass(text: &str) -> Result<(&str, Grams), Error> {
    let (chain, mass) = text.split_once('=').ok_or_else(|| {
        Error::caller(format_args!("{text:?} is no share")).next("write it like thua-bay=850.5: a plot, and kilograms")
    })?;
    Ok((chain, quantity::mass(mass).map_err(Error::caller)?))
}

fn time(session: &Session, option: &str, text: &str) -> Result<Time, Error> {
    moment::parse(text, session.offset).map_err(|error| Error::caller(format_args!("{option}: {error}")))
}
