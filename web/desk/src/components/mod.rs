//! How the desk is drawn: a component a page, each with a reducer of its own underneath.

mod app;
mod enrol;
mod gates;
mod give;
mod household;
mod households;
mod import;
mod labels;
mod lots;
mod newcomer;
mod officers;
mod orders;
mod pack;
mod ui;

pub use app::App;

use std::rc::Rc;

use nguon_core::ids::ChainId;
use nguon_farm_app::bench::Bench;
use nguon_farm_app::lang::Lang;
use nguon_import::register::Register;
use yew::Callback;

use crate::kept::Held;
use crate::page::Page;
use crate::register::{Listing, People};

/// What every page of the desk is given.
#[derive(Clone)]
pub struct Desk {
    /// In which language
    pub lang: Lang,
    /// What the work is done at
    pub bench: Bench,
    /// Who signs: the co-op's chain
    pub me: ChainId,
    /// Households below it, as far as they came
    pub listing: Rc<Listing>,
    /// Who they are, as far as this desk knows
    pub people: Rc<Held<People>>,
    /// What this computer imported
    pub register: Rc<Held<Register>>,
    /// Leads to another page
    pub go: Callback<Page>,
    /// Something was signed that changes lists and names: look again
    pub changed: Callback<()>,
}

impl PartialEq for Desk {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.listing, &other.listing)
            && Rc::ptr_eq(&self.people, &other.people)
            && Rc::ptr_eq(&self.register, &other.register)
            && (self.lang, self.me) == (other.lang, other.me)
            && self.bench == other.bench
    }
}

impl Desk {
    /// What a household is called here.
    #[must_use]
    pub fn name_of(&self, actor: &ChainId) -> String {
        let known = self.people.of(actor).map(|known| known.name.clone());
        let told = || self.listing.household(actor).and_then(|household| household.name.clone());
        known.or_else(told).unwrap_or_else(|| {
            let id = actor.to_string();
            let words = crate::messages::words(self.lang);
            crate::messages::fill(words.name_unknown(), &[("id", id.get(..8).unwrap_or_default())])
        })
    }

    /// Why something was not signed, in words.
    #[must_use]
    pub fn why(&self, why: &nguon_farm_app::bench::NotWritten) -> String {
        nguon_farm_app::tasks::refusal::words(self.lang, why)
    }
}
