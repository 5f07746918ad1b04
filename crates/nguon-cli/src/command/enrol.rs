//! `nguon enrol`: an actor's chain begins.

use std::path::PathBuf;

use nguon_core::event::{Enrolled, EventName, Role, Scope};
use nguon_core::ids::{KeyId, PublicKeyBytes};
use nguon_core::record::Signer;
use nguon_core::values::{CommuneCode, GlnCode, List, Market, Prefix};
use serde_json::json;

use super::key::public_key;
use crate::args::Signing;
use crate::compose::Sealer;
use crate::desk::Desk;
use crate::error::Error;
use crate::files;
use crate::moment;
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
Examples:
  nguon enrol --as authority --role registrar --name \"Hợp tác xã Hồng Giang\" --key coop \\
      --gs1-prefix 9521234 --alias coop
  nguon enrol --as coop --role farm --name \"Nguyễn Văn Bảy\" --phone +84912345678 \\
      --commune 07525 --without-key --alias bay
  nguon enrol --as coop --role carrier --name \"Xe lạnh Bắc Giang\" --key 8f21… \\
      --until 2027-01-01 --alias xe

Name and phone are sealed: records hold salted digests, which `nguon erase` leaves closed for
ever. Without --events, an actor may record what its role calls for, as far as its enroller may.";

/// Options of `nguon enrol`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// What it is
    #[arg(long, value_enum)]
    role: RoleName,
    /// Its name (personal: sealed)
    #[arg(long)]
    name: String,
    /// Its telephone number (personal: sealed)
    #[arg(long)]
    phone: Option<String>,
    /// Commune of its seat: five digits
    #[arg(long, value_name = "CODE")]
    commune: Option<CommuneCode>,
    /// GS1 party or location number
    #[arg(long)]
    gln: Option<GlnCode>,
    /// Its first key: a public key in hexadecimal, or the name of a key here
    #[arg(long, value_name = "PUBKEY|KEY", required_unless_present = "without_key", conflicts_with = "without_key")]
    key: Option<String>,
    /// It has no phone: its registrar signs for it
    #[arg(long)]
    without_key: bool,
    /// Local name for its chain
    #[arg(long, value_name = "NAME")]
    alias: Option<String>,
    #[command(flatten)]
    scope: ScopeArgs,
    #[command(flatten)]
    signing: Signing,
}

/// What it may do.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Its scope")]
struct ScopeArgs {
    /// Events it may record, or `all` [default: what its role calls for]
    #[arg(long, value_name = "EVENT,…", value_delimiter = ',')]
    events: Vec<String>,
    /// Places it may record on; may be repeated [default: any]
    #[arg(long = "place", value_name = "PLACE")]
    places: Vec<String>,
    /// GS1 Company Prefix of labels it may open; may be repeated [default: none]
    #[arg(long = "gs1-prefix", value_name = "PREFIX")]
    gs1_prefixes: Vec<Prefix>,
    /// Market for which it may register places; may be repeated [default: any]
    #[arg(long = "market", value_name = "MARKET")]
    markets: Vec<Market>,
    /// Time from which it may sign
    #[arg(long, value_name = "TIME")]
    from: Option<String>,
    /// Time at which it may sign no more
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    /// The whole scope as JSON, or a file with it, instead of the options above
    #[arg(long, value_name = "JSON|FILE", conflicts_with_all = ["events", "places", "gs1_prefixes", "markets", "from", "until"])]
    scope: Option<String>,
}

/// Roles as they are typed.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum RoleName {
    /// Đơn vị đăng ký: enrols others
    Registrar,
    /// Nông hộ
    Farm,
    /// Điểm cân, thương lái
    Collector,
    /// Cơ sở đóng gói
    PackingHouse,
    /// Đơn vị vận chuyển
    Carrier,
    /// Người bán
    Seller,
    /// Phòng thử nghiệm
    Lab,
    /// Cán bộ kiểm tra
    Inspector,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Registrar => Self::Registrar,
            RoleName::Farm => Self::Farm,
            RoleName::Collector => Self::Collector,
            RoleName::PackingHouse => Self::PackingHouse,
            RoleName::Carrier => Self::Carrier,
            RoleName::Seller => Self::Seller,
            RoleName::Lab => Self::Lab,
            RoleName::Inspector => Self::Inspector,
        }
    }
}

/// Enrols.
pub fn run(session: &Session, args: Args) -> Result<Report, Error> {
    let key: Option<PublicKeyBytes> = args.key.as_deref().map(|text| public_key(session, text)).transpose()?;
    let mut desk = Desk::open(session, &args.signing)?;
    let role = args.role.into();
    let scope = scope(session, &desk, role, args.scope)?;
    let mut sealer = Sealer::default();
    let mut event = Enrolled::new(role, sealer.text("enrolled/name", &args.name)?, scope, key);
    event.phone = args.phone.as_deref().map(|phone| sealer.text("enrolled/phone", phone)).transpose()?;
    event.commune = args.commune;
    event.gln = args.gln;
    let actor = desk.begin(sealer.with(event), None)?;
    let number = desk.finish_naming(args.alias.as_deref(), actor)?;
    let signs = match key {
        Some(key) => format!("signs with key {}", KeyId::of(&key)),
        None => "has no key: sign for it with --for".into(),
    };
    let text = format!("Signed: {} is enrolled.\n  actor  {actor}\n  {signs}\nNext: nguon push", args.name);
    Ok(Report::new(
        text,
        json!({ "outbox": number, "actor": actor, "alias": args.alias, "key_id": key.map(|key| KeyId::of(&key)) }),
    ))
}

fn scope(session: &Session, desk: &Desk<'_>, role: Role, args: ScopeArgs) -> Result<Scope, Error> {
    if let Some(given) = &args.scope {
        let text = match files::read(&PathBuf::from(given))? {
            Some(bytes) => {
                String::from_utf8(bytes).map_err(|_| Error::caller(format_args!("{given} is not UTF-8 text")))?
            }
            None => given.clone(),
        };
        return serde_json::from_str(&text).map_err(|error| {
            Error::caller(format_args!("--scope: {error}"))
                .next("write it like {\"events\": [\"harvest_drawn\"], \"markets\": [\"CN\"]}")
        });
    }
    let time = |option: &str, text: Option<String>| {
        let time = text.map(|text| moment::parse(&text, session.offset)).transpose();
        time.map_err(|error| Error::caller(format_args!("{option}: {error}")))
    };
    let places = args.places.iter().map(|place| desk.find(place)).collect::<Result<Vec<_>, _>>()?;
    let mut scope = Scope::of_events(&events(desk, role, &args.events)?).map_err(|error| {
        Error::caller(format_args!("--events: {error}")).next("its enroller may pass on none of these events")
    })?;
    scope.places = optional("--place", places)?;
    scope.gs1_prefixes = optional("--gs1-prefix", args.gs1_prefixes)?;
    scope.markets = optional("--market", args.markets)?;
    scope.from = time("--from", args.from)?;
    scope.until = time("--until", args.until)?;
    Ok(scope)
}

fn optional<T, const MOST: usize>(option: &str, items: Vec<T>) -> Result<Option<List<T, 1, MOST>>, Error> {
    if items.is_empty() {
        return Ok(None);
    }
    List::new(items).map(Some).map_err(|error| Error::caller(format_args!("{option}: {error}")))
}

/// What was asked for, or what the role calls for as far as the enroller may pass it on.
pub(super) fn events(desk: &Desk<'_>, role: Role, given: &[String]) -> Result<Vec<EventName>, Error> {
    if !given.is_empty() && given != ["all"] {
        let event = |name: &String| {
            name.parse().map_err(|_| {
                let known: Vec<&str> = EventName::ALL.iter().map(|event| event.as_str()).collect();
                Error::caller(format_args!("--events: there is no event {name:?}"))
                    .next(format_args!("there are: {}", known.join(", ")))
            })
        };
        return given.iter().map(event).collect();
    }
    let wanted = if given.is_empty() { of_role(role) } else { EventName::ALL };
    let may = |event: &EventName| match desk.signer {
        Signer::Authority(_) => true,
        Signer::Actor(enroller) => {
            let state = desk.book.need(&enroller).ok();
            state.and_then(|state| state.actor().map(|actor| actor.scope().events.contains(event))).unwrap_or(true)
        }
    };
    Ok(wanted.iter().copied().filter(may).collect())
}

/// What a role records in its daily work.
fn of_role(role: Role) -> &'static [EventName] {
    use EventName as E;
    match role {
        Role::Registrar => E::ALL,
        Role::Farm => &[
            E::SeasonOpened,
            E::InputApplied,
            E::HarvestDrawn,
            E::Opened,
            E::Harvested,
            E::Received,
            E::Packed,
            E::Drawn,
            E::Shipped,
            E::Cooled,
            E::Listed,
            E::Sold,
            E::Lost,
            E::Disposed,
            E::Recalled,
            E::Corrected,
            E::Reattested,
        ],
        // A collector weighs in at the orchard, so that fruit comes to it from plots as well as from batches.
        Role::Collector | Role::PackingHouse | Role::Seller => &[
            E::Opened,
            E::Harvested,
            E::Received,
            E::Packed,
            E::Repacked,
            E::Drawn,
            E::Shipped,
            E::Cooled,
            E::Treated,
            E::LabelsIssued,
            E::Aggregated,
            E::Listed,
            E::Sold,
            E::Lost,
            E::Disposed,
            E::Recalled,
            E::Corrected,
            E::Reattested,
        ],
        // It reads temperatures on the way, and owns what it stores between two journeys.
        Role::Carrier => &[
            E::Cooled,
            E::Opened,
            E::Received,
            E::Drawn,
            E::Shipped,
            E::Lost,
            E::Disposed,
            E::Recalled,
            E::Corrected,
            E::Reattested,
        ],
        Role::Lab => &[E::LabResult, E::Certified, E::Corrected],
        Role::Inspector => &[E::Inspected, E::Treated, E::Certified, E::Corrected],
    }
}
