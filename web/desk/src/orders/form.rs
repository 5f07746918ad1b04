//! The forms: an order taken, and fruit given.

use nguon_core::event::Document;
use nguon_core::ids::ChainId;
use nguon_core::values::Grams;
use nguon_draft::Carriage;
use nguon_draft::handover::Offer;
use nguon_farm_app::tasks::amount;

use super::{Day, Order};
use crate::pack::{Fault, Field};

/// What stands in a waybill's type: it is the only paper that is asked for.
const WAYBILL: &str = "phieu-giao-hang";

/// An order as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderForm {
    /// Who buys
    pub buyer: String,
    /// Kilograms
    pub kilograms: String,
    /// By when
    pub due: String,
    /// In words
    pub note: String,
}

impl OrderForm {
    /// Who buys, grams, by when; a day without its year is one near today.
    ///
    /// # Errors
    /// Which field, and what is wrong with it.
    pub fn read(&self, today: Day) -> Result<(String, u64, Option<Day>), (Field, Fault)> {
        let buyer = self.buyer.trim();
        if buyer.is_empty() {
            return Err((Field::Buyer, Fault::Missing));
        }
        let grams =
            amount::more_than_nothing(&self.kilograms).map_err(|_| (Field::OrderKilograms, Fault::NotANumber))?;
        let due = match self.due.trim() {
            "" => None,
            text => Some(Day::typed(text, today).ok_or((Field::Due, Fault::NotADay))?),
        };
        Ok((buyer.to_owned(), grams, due))
    }
}

/// Whether the buyer uses Nguồn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// They show the code of a batch of theirs
    #[default]
    Code,
    /// They do not: a consignment is split off the lot
    Consignment,
}

/// Fruit to be given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GiveForm {
    /// From which batch
    pub from: Option<ChainId>,
    /// Grams that are left there
    pub remaining: u64,
    /// Whether the batch has a label: only of such a one are there consignments
    pub labelled: bool,
    /// How
    pub way: Way,
    /// The receiver's code
    pub code: String,
    /// Kilograms
    pub kilograms: String,
    /// Who carries it
    pub carrier: Option<ChainId>,
    /// Registration of the vehicle
    pub vehicle: String,
    /// Number of the waybill
    pub document: String,
}

/// What it comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// From which batch
    pub from: ChainId,
    /// Into which of somebody's; none: a consignment of one's own
    pub to: Option<Offer>,
    /// How much
    pub grams: Grams,
    /// Who carries it
    pub carriage: Option<Carriage>,
}

impl GiveForm {
    /// For an order: what is still to be given, as far as the batch has it.
    pub fn fill_for(&mut self, order: &Order) {
        let grams = if self.from.is_some() { order.left().min(self.remaining) } else { order.left() };
        self.kilograms = crate::pack::typed_kilograms(grams);
    }

    /// Reads it.
    ///
    /// # Errors
    /// Which field, and what is wrong with it.
    pub fn read(&self) -> Result<Given, (Field, Fault)> {
        let from = self.from.ok_or((Field::GiveLot, Fault::Missing))?;
        let to = match self.way {
            Way::Code if self.code.trim().is_empty() => return Err((Field::GiveCode, Fault::Missing)),
            Way::Code => Some(Offer::from_text(self.code.trim()).map_err(|_| (Field::GiveCode, Fault::NotAReceiver))?),
            Way::Consignment if !self.labelled => return Err((Field::GiveLot, Fault::NotLabelled)),
            Way::Consignment => None,
        };
        let at = Field::GiveKilograms;
        let grams = amount::more_than_nothing(&self.kilograms).map_err(|_| (at, Fault::NotANumber))?;
        if grams > self.remaining {
            return Err((at, Fault::More(self.remaining)));
        }
        let grams = Grams::new(grams).map_err(|_| (at, Fault::NotANumber))?;
        Ok(Given { from, to, grams, carriage: self.carriage()? })
    }

    fn carriage(&self) -> Result<Option<Carriage>, (Field, Fault)> {
        let Some(carrier) = self.carrier else { return Ok(None) };
        let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let document = match text(&self.document) {
            None => None,
            Some(number) => {
                let fault = (Field::Document, Fault::NotACode);
                let number = number.parse().map_err(|_| fault)?;
                Some(Document { kind: WAYBILL.parse().map_err(|_| fault)?, number })
            }
        };
        Ok(Some(Carriage { carrier, vehicle: text(&self.vehicle), set_point_mc: None, document, at: None }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> GiveForm {
        let offer = Offer {
            batch: ChainId::from_bytes([2; 32]),
            owner: ChainId::from_bytes([3; 32]),
            product: "vải thiều".parse().unwrap(),
        };
        GiveForm {
            from: Some(ChainId::from_bytes([1; 32])),
            remaining: 100_000,
            labelled: true,
            code: offer.to_text(),
            kilograms: "60".into(),
            ..GiveForm::default()
        }
    }

    #[test]
    fn what_is_wrong_is_said_at_its_field() {
        let with = |change: fn(&mut GiveForm)| {
            let mut form = form();
            change(&mut form);
            form.read().unwrap_err()
        };
        assert_eq!(with(|form| form.from = None), (Field::GiveLot, Fault::Missing));
        assert_eq!(with(|form| form.code = " ".into()), (Field::GiveCode, Fault::Missing));
        assert_eq!(with(|form| form.code = "vải".into()), (Field::GiveCode, Fault::NotAReceiver));
        assert_eq!(with(|form| form.kilograms = "100,1".into()), (Field::GiveKilograms, Fault::More(100_000)));
        let unlabelled = |form: &mut GiveForm| (form.way, form.labelled) = (Way::Consignment, false);
        assert_eq!(with(unlabelled), (Field::GiveLot, Fault::NotLabelled));
        let paper = |form: &mut GiveForm| {
            (form.carrier, form.document) = (Some(ChainId::from_bytes([4; 32])), "số 1 / 2".into());
        };
        assert_eq!(with(paper), (Field::Document, Fault::NotACode));
    }

    #[test]
    fn who_carries_it_and_with_which_paper_is_part_of_it() {
        let mut form = form();
        assert_eq!(form.read().unwrap().carriage, None);
        form.carrier = Some(ChainId::from_bytes([4; 32]));
        (form.vehicle, form.document) = (" 98C-123.45 ".into(), "PGH-0612".into());
        let carriage = form.read().unwrap().carriage.unwrap();
        assert_eq!(carriage.vehicle.as_deref(), Some("98C-123.45"));
        assert_eq!(carriage.document.unwrap().number.to_string(), "PGH-0612");
        form.way = Way::Consignment;
        assert_eq!(form.read().unwrap().to, None);
    }

    #[test]
    fn no_more_is_put_in_for_an_order_than_the_batch_has() {
        let mut form = form();
        let order = Order { id: 1, buyer: "A".into(), grams: 250_500, due: None, note: String::new(), sent: vec![] };
        form.fill_for(&order);
        assert_eq!(form.kilograms, "100");
        form.remaining = 900_000;
        form.fill_for(&order);
        assert_eq!(form.kilograms, "250,5");
    }
}
