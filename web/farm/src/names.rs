//! What chains are called on this device: in the words of who grows there, as far as the records at hand tell it. Names of people are
//! personal and stay with the register: here they are called by what they are.

use nguon_core::event::Event;
use nguon_core::ids::ChainId;
use nguon_core::judge::Chains as _;
use nguon_core::record::Record;
use nguon_draft::Book;

use crate::format;
use crate::lang::Lang;

/// Letters of an id that are shown: enough to tell two things apart that are called the same.
const SHOWN: usize = 6;

/// What a chain is called; its id's beginning where nothing is known of it.
#[must_use]
pub fn name_of(book: &Book, chain: &ChainId) -> String {
    let id = chain.to_string();
    let short = id.get(..SHOWN).unwrap_or_default();
    let first = book.stored(chain).and_then(|stored| stored.records.first().cloned());
    let first = first.and_then(|signed| Record::from_payload(signed.payload()).ok()).map(|record| record.event);
    match first {
        Some(Event::PlotRegistered(plot)) => format!("{} · {}\u{a0}m²", plot.variety, plot.area_m2.get()),
        Some(Event::PlaceRegistered(place)) => place.code.to_string(),
        Some(Event::Opened(batch)) => {
            let what = batch.variety.as_ref().unwrap_or(&batch.product).to_string();
            let lot = batch.label.as_ref().map_or_else(|| short.to_owned(), |label| label.lot.to_string());
            format!("{what} · {lot}")
        }
        _ => match book.chain(chain).and_then(|state| state.batch().map(|batch| batch.label.clone())) {
            Some(Some(label)) => label.lot.to_string(),
            _ => short.to_owned(),
        },
    }
}

/// A weight, for those who only have this module at hand.
#[must_use]
pub fn kilograms(lang: Lang, grams: u64) -> String {
    format::kilograms(lang, grams)
}
