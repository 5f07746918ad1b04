//! A lot before it is packed: what will be printed on its boxes.

use nguon_core::values::{GtinCode, Label, LotCode};
use nguon_draft::{Draft, NewBatch};

use super::{Fault, Field};

/// The form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LotForm {
    /// What the produce is
    pub product: String,
    /// Its variety; may be empty
    pub variety: String,
    /// GTIN, 8 to 14 digits
    pub gtin: String,
    /// Lot
    pub lot: String,
}

/// What it comes to.
pub type Opened = Result<Draft, (Field, Fault)>;

impl LotForm {
    /// The draft that opens it, or the first field to be mended.
    ///
    /// # Errors
    /// Which field, and what is wrong with it.
    pub fn draft(&self) -> Opened {
        let (product, variety) = (self.product.trim(), self.variety.trim());
        if product.is_empty() {
            return Err((Field::Product, Fault::Missing));
        }
        let product = product.parse().map_err(|_| (Field::Product, Fault::TooMany(200)))?;
        let label = self.label()?;
        let variety = if variety.is_empty() { None } else { variety.parse().ok() };
        Ok(Draft::Opened(NewBatch { product, variety, label: Some(label), label_of: None }))
    }

    /// What will be printed.
    ///
    /// # Errors
    /// Which field, and what is wrong with it.
    pub fn label(&self) -> Result<Label, (Field, Fault)> {
        let digits: String = self.gtin.chars().filter(|one| !one.is_whitespace()).collect();
        if digits.is_empty() {
            return Err((Field::Gtin, Fault::Missing));
        }
        let gtin: nguon_gs1::Gtin = digits.parse().map_err(|_| (Field::Gtin, Fault::NotAGtin))?;
        let lot = self.lot.trim();
        if lot.is_empty() {
            return Err((Field::Lot, Fault::Missing));
        }
        // Of all that GS1 permits only what everybody can read out and type.
        let plain = lot.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.');
        let lot: nguon_gs1::Lot = lot.parse().ok().filter(|_| plain).ok_or((Field::Lot, Fault::NotALot))?;
        Ok(Label { gtin: GtinCode::from(gtin), lot: LotCode::from(lot) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> LotForm {
        LotForm {
            product: " Vải thiều Lục Ngạn ".into(),
            variety: String::new(),
            gtin: "0952 1234 5432 13".into(),
            lot: "VT-0612".into(),
        }
    }

    #[test]
    fn a_lot_is_opened_under_its_label() {
        let Ok(Draft::Opened(batch)) = form().draft() else { panic!("a draft") };
        assert_eq!(batch.product.as_str(), "Vải thiều Lục Ngạn");
        assert_eq!(batch.label.map(|label| label.lot.to_string()), Some("VT-0612".to_owned()));
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        let with = |change: fn(&mut LotForm)| {
            let mut form = form();
            change(&mut form);
            form.draft().unwrap_err()
        };
        assert_eq!(with(|form| form.product = "  ".into()), (Field::Product, Fault::Missing));
        assert_eq!(with(|form| form.gtin.clear()), (Field::Gtin, Fault::Missing));
        assert_eq!(with(|form| form.gtin = "09521234543214".into()), (Field::Gtin, Fault::NotAGtin));
        assert_eq!(with(|form| form.lot.clear()), (Field::Lot, Fault::Missing));
        assert_eq!(with(|form| form.lot = "lô số 1".into()), (Field::Lot, Fault::NotALot));
        assert_eq!(with(|form| form.lot = "A".repeat(21)), (Field::Lot, Fault::NotALot));
    }
}
