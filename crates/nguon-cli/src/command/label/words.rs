//! A label's words on the command line.

use nguon_core::event::Event;
use nguon_core::ids::ChainId;
use nguon_core::record::Record;
use nguon_core::values::Grams;
use nguon_label::{Date, DateKind, LabelText, PlaceKind};

use crate::book::Book;
use crate::error::Error;
use crate::lang::Lang;
use crate::quantity;
use crate::session::Session;

/// What stands on the labels, beside lot, GTIN and serial.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "What the labels say")]
pub struct Words {
    /// Product name [default: the batch's]
    #[arg(long, value_name = "NAME")]
    product: Option<String>,
    /// Growing area code (mã số vùng trồng)
    #[arg(long, value_name = "CODE")]
    area: Option<String>,
    /// Packing house code (mã số cơ sở đóng gói)
    #[arg(long, value_name = "CODE")]
    house: Option<String>,
    /// Day of harvest
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    harvested: Option<Date>,
    /// Day of packing
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    packed: Option<Date>,
    /// Best before
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    best_before: Option<Date>,
    /// Use by
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    use_by: Option<Date>,
    /// What a box holds, in kilograms
    #[arg(long, value_name = "KG", value_parser = quantity::mass)]
    weight: Option<Grams>,
    /// A line of your own, such as who packed it; at most three times
    #[arg(long, value_name = "TEXT")]
    note: Vec<String>,
}

fn date(text: &str) -> Result<Date, String> {
    let wrong = || format!("{text:?} is no day: write it like 2026-06-12");
    let mut parts = text.splitn(3, '-').map(str::parse::<u16>);
    let mut next = || parts.next().and_then(Result::ok).ok_or_else(wrong);
    let (year, month, day) = (next()?, next()?, next()?);
    let (month, day) = (u8::try_from(month).map_err(|_| wrong())?, u8::try_from(day).map_err(|_| wrong())?);
    Date::new(year, month, day).map_err(|_| wrong())
}

impl Words {
    /// The text; `product` is the batch's, if there is a batch.
    pub fn text(&self, lang: Lang, product: Option<String>) -> Result<LabelText, Error> {
        let product =
            self.product.clone().or(product).ok_or_else(|| {
                Error::caller("what is in the boxes?").next("add --product NAME: a link does not say it")
            })?;
        self.compose(lang, &product).map_err(Error::caller)
    }

    fn compose(&self, lang: Lang, product: &str) -> Result<LabelText, nguon_label::Error> {
        let mut text = LabelText::new(product)?.in_language(match lang {
            Lang::Vi => nguon_label::Lang::Vi,
            Lang::En => nguon_label::Lang::En,
        });
        for (kind, code) in [(PlaceKind::GrowingArea, &self.area), (PlaceKind::PackingHouse, &self.house)] {
            if let Some(code) = code {
                text = text.with_place(kind, code)?;
            }
        }
        for (kind, date) in [
            (DateKind::Harvested, self.harvested),
            (DateKind::Packed, self.packed),
            (DateKind::BestBefore, self.best_before),
            (DateKind::UseBy, self.use_by),
        ] {
            if let Some(date) = date {
                text = text.with_date(kind, date)?;
            }
        }
        if let Some(weight) = self.weight {
            text = text.with_weight(weight.get())?;
        }
        self.note.iter().try_fold(text, |text, note| text.with_note(note))
    }
}

/// What a batch holds, as its first record says it, fetched or still in the outbox.
pub fn product(session: &Session, book: &Book, batch: &ChainId) -> Result<Option<String>, Error> {
    let mut records = session.home.chain(batch)?;
    for (_, entry) in session.home.outbox().entries()? {
        records.extend(entry.signed().map_err(Error::home)?);
    }
    let deployment = book.trust().deployment();
    let opened = records.iter().filter(|signed| signed.statement_id(deployment).as_bytes() == batch.as_bytes());
    let events = opened.filter_map(|signed| Record::from_payload(signed.payload()).ok()).map(|record| record.event);
    Ok(events.into_iter().find_map(|event| match event {
        Event::Opened(opened) => Some(opened.product.as_str().to_owned()),
        _ => None,
    }))
}
