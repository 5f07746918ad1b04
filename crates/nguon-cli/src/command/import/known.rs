//! What was imported here before: one file a group, in the folder `imported`, written before the group is put into the outbox.
//!
//! A crash in between leaves `pending.json`: its chains either all stand in the outbox, or none does.

use std::path::PathBuf;

use nguon_core::ids::ChainId;
use nguon_core::judge::Chains as _;
use nguon_core::permission::ChainSort;
use nguon_core::values::Grams;
use nguon_import::household::HouseholdKey;
use nguon_import::register::{Known, KnownPlot, Register};
use nguon_import::value::Phone;

use crate::book::Book;
use crate::error::Error;
use crate::files::{self, Mode};
use crate::home::{Home, Number};

const ENDING: &str = ".json";

/// The folder.
#[derive(Debug)]
pub struct Imported {
    dir: PathBuf,
}

impl Imported {
    /// That of a home.
    pub fn of(home: &Home) -> Self {
        Self { dir: home.root_file().with_file_name("imported") }
    }

    /// All that was imported here and is still known, as it stands now; and households that were enrolled one by one, by their
    /// telephone numbers.
    pub fn register(&self, home: &Home, book: &Book) -> Result<Register, Error> {
        let mut register = Register::default();
        for name in files::list(&self.dir, ENDING)? {
            let part = self.read(&self.dir.join(&name))?;
            if name == PENDING && !part.households.keys().all(|chain| book.chain(chain).is_some()) {
                continue;
            }
            register.merge(part);
        }
        let missing = register.households.iter().filter(|(chain, known)| {
            book.chain(chain).is_none() || known.plots.keys().any(|plot| book.chain(plot).is_none())
        });
        let missing: Vec<ChainId> = missing.map(|(chain, _)| *chain).collect();
        if let Some(first) = missing.first() {
            return Err(Error::home(format_args!("{} imported households are not known here any more, such as {first}", missing.len()))
                .next(format_args!(
                    "if they were sent, `nguon pull {first}` (and the others) brings them back; if they were dropped from the outbox, \
                     move the folder {} away",
                    self.dir.display()
                ))
                .code("missing_chain"));
        }
        enrolled_by_hand(home, book, &mut register);
        refresh(book, &mut register);
        Ok(register)
    }

    /// After a crash: what is pending was put into the outbox, or was not.
    pub fn recover(&self, book: &Book) -> Result<(), Error> {
        let path = self.dir.join(PENDING);
        if files::read(&path)?.is_none() {
            return Ok(());
        }
        let part = self.read(&path)?;
        if part.households.keys().all(|chain| book.chain(chain).is_some()) {
            return self.settle(&part).map(|_| ());
        }
        files::remove(&path)
    }

    /// Notes what the next entry of the outbox begins.
    pub fn announce(&self, part: &Register) -> Result<(), Error> {
        self.write(&self.dir.join(PENDING), part)
    }

    /// The entry is there: gives the number of what was noted.
    pub fn settle(&self, part: &Register) -> Result<Number, Error> {
        let names = files::list(&self.dir, ENDING)?;
        let last = names.iter().filter_map(|name| name.strip_suffix(ENDING)?.parse::<Number>().ok()).max();
        let number = last.unwrap_or(0) + 1;
        self.write(&self.file(number), part)?;
        files::remove(&self.dir.join(PENDING))?;
        Ok(number)
    }

    /// The entry was taken back.
    pub fn take_back(&self, number: Number) -> Result<(), Error> {
        files::remove(&self.file(number))
    }

    fn file(&self, number: Number) -> PathBuf {
        self.dir.join(format!("{number:010}{ENDING}"))
    }

    /// Forgets households.
    pub fn forget(&self, household: &ChainId) -> Result<(), Error> {
        for name in files::list(&self.dir, ENDING)? {
            let path = self.dir.join(name);
            let mut part = self.read(&path)?;
            if part.forget(household) {
                self.write(&path, &part)?;
            }
        }
        Ok(())
    }

    fn read(&self, path: &std::path::Path) -> Result<Register, Error> {
        let bytes = files::read(path)?.unwrap_or_default();
        serde_json::from_slice(&bytes).map_err(|error| {
            Error::home(format_args!("{}: {error}", path.display()))
                .next("restore the file from a backup; without it the same list would register its households a second time")
                .code("damaged")
        })
    }

    fn write(&self, path: &std::path::Path, part: &Register) -> Result<(), Error> {
        files::make_private_folder(&self.dir)?;
        files::write(path, &serde_json::to_vec(part).map_err(Error::system)?, Mode::Private)
    }
}

const PENDING: &str = "pending.json";

/// Farms of the book that no list brought: by telephone number, if that is kept here.
fn enrolled_by_hand(home: &Home, book: &Book, register: &mut Register) {
    let openings = home.openings();
    let mut farms = Vec::new();
    for chain in book.chains() {
        let farm = chain.actor().is_some_and(|actor| actor.role == nguon_core::event::Role::Farm);
        if !farm || register.households.contains_key(&chain.id) {
            continue;
        }
        let first = nguon_core::ids::StatementId::from_bytes(*chain.id.as_bytes());
        let phone = openings.text(&chain.id, &first, "enrolled/phone").and_then(|text| Phone::read(&text).ok());
        if let Some((phone, _)) = phone {
            let phone = Some(HouseholdKey::of_phone(&phone));
            farms.push((chain.id, Known { phone, name: None, village: None, signs: false, plots: Default::default() }));
        }
    }
    register.households.extend(farms);
    for chain in book.chains() {
        let Some(place) = chain.place().filter(|place| place.sort == ChainSort::Plot) else { continue };
        let Some(known) = register.households.get_mut(&place.custodian()) else { continue };
        let (Some(area), Some(size)) = (place.area, place.area_m2) else { continue };
        known.plots.entry(chain.id).or_insert_with(|| KnownPlot {
            label: String::new(),
            area,
            size,
            variety: None,
            seasons: Default::default(),
        });
    }
}

/// Keys, seasons and shares as the chains say them now.
fn refresh(book: &Book, register: &mut Register) {
    let mut shares = std::collections::HashMap::new();
    for chain in book.chains() {
        for season in chain.place().iter().flat_map(|place| &place.seasons) {
            for flow in season.allotted.entries() {
                *shares.entry((flow.other, season.name.clone())).or_insert(0_i64) += flow.grams;
            }
        }
    }
    for (chain, known) in &mut register.households {
        known.signs = book.chain(chain).is_some_and(|state| state.actor().is_some_and(|actor| actor.has_active_key()));
        for (plot, known) in &mut known.plots {
            let state = book.chain(plot);
            let seasons = state.as_ref().and_then(|state| state.place()).map(|place| place.seasons.as_slice());
            known.seasons = seasons
                .unwrap_or_default()
                .iter()
                .map(|season| {
                    let share = shares.get(&(*plot, season.name.clone())).and_then(|grams| u64::try_from(*grams).ok());
                    (season.name.clone(), share.and_then(|grams| Grams::new(grams).ok()))
                })
                .collect();
        }
    }
}
