//! The trust root, and enrolment: the authority enrols companies, co-ops enrol households.

use nguon_core::event::{Enrolled, EventName, Retired, Role, Scope, ScopeChanged};
use nguon_core::ids::PublicKeyBytes;
use nguon_core::ledger::Ledger;
use nguon_core::trust::{Authority, RootPayload, SignedRoot, TrustRoot};
use nguon_core::values::{List, Prefix};

use super::book::{Book, Hand, Ink};
use super::calendar::moment;
use super::cast::{COMPANIES, Company, HOUSEHOLDS, Household, PASSED_ON, TRADE, area, company};
use super::error::{Result, SeasonError};
use super::seed::Seed;
use super::watch::Watch;

/// Name of the deployment.
pub const DEPLOYMENT: &str = "Nguồn – mùa vải 2026 (mẫu)";
/// Cơ quan quản lý.
pub const AUTHORITY: &str = "Sở Nông nghiệp và Môi trường (mẫu)";

const ROOT_KEYS: [&str; 3] = ["root/1", "root/2", "root/3"];
const OFFICER_KEYS: [&str; 2] = ["office/1", "office/2"];

/// What a household signs.
const FARMING: &[EventName] = &[
    EventName::SeasonOpened,
    EventName::InputApplied,
    EventName::HarvestDrawn,
    EventName::Opened,
    EventName::Harvested,
    EventName::Drawn,
    EventName::Shipped,
    EventName::Cooled,
    EventName::Listed,
    EventName::Sold,
    EventName::Lost,
    EventName::Disposed,
    EventName::Recalled,
    EventName::Corrected,
    EventName::Reattested,
];

/// Version 1 of the root: two of three offline keys, one authority with two officers, and the log, if there is one.
pub(super) fn root(seed: &Seed, watch: Option<&Watch>) -> Result<SignedRoot> {
    let public = |name: &&str| PublicKeyBytes::from(&seed.key(name));
    let office = Authority {
        id: seed.authority("office"),
        name: AUTHORITY.parse()?,
        keys: List::new(OFFICER_KEYS.iter().map(public).collect())?,
        retired: None,
    };
    let payload = RootPayload {
        version: 1,
        previous: None,
        name: DEPLOYMENT.parse()?,
        issued: moment(1, 1, 0, 0).time()?,
        expires: moment(1, 1, 0, 0).plus_days(5 * 365 + 1).time()?,
        root_keys: List::new(ROOT_KEYS.iter().map(public).collect())?,
        threshold: 2,
        authorities: List::of_one(office),
        log: watch.map(|watch| watch.policy(seed)).transpose()?,
    };
    let [first, second, _] = ROOT_KEYS.map(|name| seed.key(name));
    Ok(SignedRoot::sign(&payload, &[&first, &second])?)
}

pub(super) fn open_book(seed: Seed, watch: Option<&Watch>) -> Result<Book> {
    let trust = TrustRoot::verify_first(root(&seed, watch)?)?;
    let ledger =
        if watch.is_some() { Ledger::logged(trust, moment(1, 1, 0, 0).time()?) } else { Ok(Ledger::new(trust)) };
    let refused = |source| SeasonError::Refused { what: "the trust root".to_owned(), source };
    let days_later = watch.map_or(0, |watch| watch.days_later);
    Ok(Book::new(seed, days_later, seed.authority("office"), ledger.map_err(refused)?))
}

pub(super) fn enrol_companies(book: &mut Book) -> Result<()> {
    for (n, company) in (0..).zip(COMPANIES) {
        let key = book.seed.key(company.id);
        let at = moment(1, 5, 8, 30).plus_minutes(12 * n);
        book.begin(company.id, Hand::OFFICE, at, |ink| enrol_company(company, &key, ink))?;
    }
    Ok(())
}

/// From June on the online seller packs anew what others packed.
pub(super) fn widen_scope(book: &mut Book) -> Result<()> {
    let seller = company("seller")?;
    book.append(seller.id, Hand::OFFICE, moment(6, 1, 15, 0), |ink| {
        Ok(ScopeChanged { scope: scope_of(&Company { may: TRADE, ..*seller }, ink)? })
    })?;
    Ok(())
}

/// The household that passed its plot on works no longer.
pub(super) fn retire(book: &mut Book) -> Result<()> {
    let coop = Hand::of(area(PASSED_ON.from.area)?.coop);
    book.append(PASSED_ON.from.id, coop, PASSED_ON.when.plus_minutes(25), |ink| {
        let words = "Chuyển thửa cho hộ khác, nghỉ sản xuất.";
        Ok(Retired { details: Some(ink.words("retired/details", words, PASSED_ON.from.id)) })
    })?;
    Ok(())
}

fn scope_of(company: &Company, ink: &Ink<'_>) -> Result<Scope> {
    let prefixes: Option<Prefix> = company.prefix.map(str::parse).transpose()?;
    Ok(Scope {
        gs1_prefixes: prefixes.map(List::of_one),
        from: Some(ink.time(moment(1, 5, 0, 0))?),
        until: Some(ink.time(moment(12, 31, 24, 0))?),
        ..Scope::of_events(company.may)?
    })
}

fn enrol_company(company: &Company, key: &nguon_core::SigningKey, ink: &mut Ink<'_>) -> Result<Enrolled> {
    let scope = scope_of(company, ink)?;
    let name = ink.words("enrolled/name", company.name, company.id);
    let mut enrolled = Enrolled::new(company.role, name, scope, Some(key.into()));
    enrolled.phone = Some(ink.words("enrolled/phone", company.phone, company.id));
    enrolled.commune = company.commune.map(str::parse).transpose()?;
    enrolled.gln = company.prefix.map(gln).transpose()?.map(Into::into);
    Ok(enrolled)
}

/// The company's first location number.
fn gln(prefix: &str) -> std::result::Result<nguon_gs1::Gln, nguon_gs1::Error> {
    nguon_gs1::Gln::from_payload(&format!("{prefix}00001"))
}

/// Each co-op enrols its households, each for its own growing area and under the co-op's labels.
pub(super) fn enrol_households(book: &mut Book) -> Result<()> {
    for (n, household) in (0..).zip(HOUSEHOLDS) {
        let land = area(household.area)?;
        let area = book.id(land.id)?;
        let key = household.phone.map(|_| book.seed.key(household.id));
        let at = moment(1, 19, 14, 0).plus_minutes(9 * n);
        book.begin(household.id, Hand::of(land.coop), at, |ink| {
            let coop = COMPANIES.iter().find(|company| company.id == land.coop).and_then(|coop| coop.prefix);
            let prefix: Option<Prefix> = coop.map(str::parse).transpose()?;
            let scope = Scope {
                places: Some(List::of_one(area)),
                gs1_prefixes: prefix.map(List::of_one),
                from: Some(ink.time(moment(1, 19, 0, 0))?),
                until: Some(ink.time(moment(12, 31, 0, 0))?),
                ..Scope::of_events(FARMING)?
            };
            enrol_household(household, scope, key.as_ref(), ink)
        })?;
    }
    Ok(())
}

fn enrol_household<'a>(
    household: &'a Household,
    scope: Scope,
    key: Option<&nguon_core::SigningKey>,
    ink: &mut Ink<'a>,
) -> Result<Enrolled> {
    let name = ink.words("enrolled/name", household.name, household.id);
    let mut enrolled = Enrolled::new(Role::Farm, name, scope, key.map(Into::into));
    enrolled.phone = household.phone.map(|phone| ink.words("enrolled/phone", phone, household.id));
    enrolled.commune = Some(area(household.area)?.commune.parse()?);
    Ok(enrolled)
}
