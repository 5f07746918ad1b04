//! The season from January to June 2026.

mod book;
mod calendar;
mod cases;
mod cast;
mod collector;
mod early;
mod error;
mod export;
mod faraway;
mod field;
mod land;
mod lots;
mod office;
mod office_hours;
mod papers;
mod seed;
mod serials;
mod shops;
mod watch;

pub use book::{PUBLIC_FIELD, StoredAttachment};
pub use calendar::{Moment, OFFSET, moment};
pub use cases::{Case, Expected, SerialCase};
pub use error::SeasonError;
pub use office::{AUTHORITY, DEPLOYMENT};
pub use seed::Seed;
pub use serials::Printed;
pub use watch::{AUDITOR, LOG_KEY, ORIGIN, WITNESSES, Watch};

use std::collections::BTreeMap;

use nguon_core::SigningKey;
use nguon_core::envelope::SignedRecord;
use nguon_core::ids::{AuthorityId, ChainId};
use nguon_core::ledger::Ledger;
use nguon_core::opening::PersonalOpening;
use nguon_core::trust::SignedRoot;
use nguon_core::values::Time;

use book::Book;

/// Everything that was written down, and what opens it.
#[derive(Debug, Clone)]
pub struct Season {
    /// The chains, with the openings that a server gives out by default (see [`PUBLIC_FIELD`]).
    pub ledger: Ledger,
    /// The authority's name in the trust root.
    pub authority: AuthorityId,
    /// Every record in the order of its acceptance: what to post to a server.
    pub journal: Vec<SignedRecord>,
    /// Every opening, with the person it is about.
    pub openings: Vec<PersonalOpening>,
    /// Every file bound to a record.
    pub attachments: Vec<StoredAttachment>,
    /// Every label that was printed with a serial.
    pub printed: Vec<Printed>,
    /// The links to show, and what each must lead to.
    pub cases: Vec<Case>,
    seed: Seed,
    days_later: u64,
    chains: BTreeMap<String, ChainId>,
}

impl Season {
    /// Writes the season down in a deployment without a log.
    pub fn build(seed: &Seed) -> Result<Self, SeasonError> {
        Self::build_under(seed, None)
    }

    /// Writes the season down in a deployment with a log. A checkpoint is closed, and cosigned by all who watch it, at
    /// [`Self::now`].
    pub fn logged(seed: &Seed, watch: &Watch) -> Result<Self, SeasonError> {
        let mut season = Self::build_under(seed, Some(watch))?;
        let now = season.now();
        watch::close(&mut season.ledger, seed, now)?;
        Ok(season)
    }

    fn build_under(seed: &Seed, watch: Option<&Watch>) -> Result<Self, SeasonError> {
        let mut book = office::open_book(*seed, watch)?;
        office::enrol_companies(&mut book)?;
        land::register_places(&mut book)?;
        office::enrol_households(&mut book)?;
        land::register_plots(&mut book)?;
        land::open_season(&mut book)?;
        field::tend(&mut book)?;
        early::sell_online(&mut book)?;
        early::call_back(&mut book)?;
        early::lose_a_phone(&mut book)?;
        office::widen_scope(&mut book)?;
        early::stand_by(&mut book)?;
        office_hours::inspect(&mut book)?;
        export::harvest(&mut book)?;
        export::pack_and_send(&mut book)?;
        office_hours::recall_by_product_lot(&mut book)?;
        collector::weigh_and_merge(&mut book)?;
        faraway::pack(&mut book)?;
        collector::clear(&mut book)?;
        shops::supply(&mut book)?;
        office_hours::suspend(&mut book)?;
        early::print_ahead(&mut book)?;
        let (cases, printed) = (cases::all(&book)?, serials::all(&book)?);
        let Book { seed, days_later, office, ledger, chains, journal, openings, attachments } = book;
        Ok(Self { ledger, authority: office, journal, openings, attachments, printed, cases, seed, days_later, chains })
    }

    /// The trust root alone, which a server needs before it can take records.
    pub fn root(seed: &Seed, watch: Option<&Watch>) -> Result<SignedRoot, SeasonError> {
        office::root(seed, watch)
    }

    /// The chain of this name: `coop`, `hung`, `hung/plot`, `area/chu`, `packer/export` and so on, as [`Self::names`]
    /// lists them.
    ///
    /// # Panics
    /// There is none of this name.
    #[must_use]
    pub fn id(&self, name: &str) -> ChainId {
        *self.chains.get(name).unwrap_or_else(|| panic!("the season has no chain {name:?}"))
    }

    /// Every named chain.
    pub fn names(&self) -> impl Iterator<Item = (&str, ChainId)> {
        self.chains.iter().map(|(name, id)| (name.as_str(), *id))
    }

    /// The case of this name.
    ///
    /// # Panics
    /// There is none of this name.
    #[must_use]
    pub fn case(&self, name: &str) -> &Case {
        self.cases.iter().find(|case| case.name == name).unwrap_or_else(|| panic!("the season has no case {name:?}"))
    }

    /// An actor's first key, by the actor's name; `tuan/2` is a second one, `office/1` and `office/2` are the authority's.
    #[must_use]
    pub fn key(&self, name: &str) -> SigningKey {
        self.seed.key(name)
    }

    /// A time after the season's last record at which the root is valid.
    ///
    /// # Panics
    /// Never.
    #[must_use]
    pub fn now(&self) -> Time {
        calendar::END.plus_days(self.days_later).time().expect("a time that can be written")
    }
}
