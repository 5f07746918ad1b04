//! The fields of the task pages, and what can be wrong with what stands in them.

use crate::messages::tasks::Messages;

/// Makes [`Field`]: each with its element's id, its label and its help.
macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident, $id:literal, $label:ident, $help:ident;)*) => {
        /// A field of a task page.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Field { $($(#[$doc])* $name,)* }

        impl Field {
            /// All.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The id of its element.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// What it is called.
            #[must_use]
            pub const fn label(self, m: &Messages) -> &'static str {
                match self { $(Self::$name => m.$label(),)* }
            }

            /// What it means, in the farmer's words, with an example.
            #[must_use]
            pub const fn help(self, m: &Messages) -> &'static str {
                match self { $(Self::$name => m.$help(),)* }
            }
        }
    };
}

fields! {
    /// Which plot
    Plot, "t-plot", plot_label, plot_help;
    /// Plant protection, fertiliser, growth regulator
    Kind, "t-kind", kind_label, kind_help;
    /// Trade name
    Product, "t-product", product_label, product_help;
    /// Active ingredients
    Ingredients, "t-ingredients", ingredients_label, ingredients_help;
    /// Lot number on the package
    ProductLot, "t-product-lot", product_lot_label, product_lot_help;
    /// How much of it
    Dose, "t-dose", dose_label, dose_help;
    /// In what unit
    DoseUnit, "t-dose-unit", unit, dose_help;
    /// How much water
    Water, "t-water", water_label, water_help;
    /// On how much land
    Area, "t-area", area_label, area_help;
    /// In what unit
    AreaUnit, "t-area-unit", unit, area_help;
    /// Pre-harvest interval
    Phi, "t-phi", phi_label, phi_help;
    /// When
    Day, "t-day", day_label, day_help;
    /// A photo of the package
    Photo, "t-photo", photo_label, photo_help;
    /// Further words
    Notes, "t-notes", notes_label, notes_help;
    /// Kilograms of a crate
    Weight, "t-weight", weight_label, weight_help;
    /// Into which batch
    Into, "t-into", into_label, into_help;
    /// Out of which batch
    From, "t-from", from_label, from_help;
    /// The other's code
    Code, "t-code", code_label, code_help;
    /// Kilograms handed over
    Given, "t-given", given_label, given_help;
    /// Kilograms weighed on arrival
    Arrived, "t-arrived", arrived_label, arrived_help;
    /// Whose fruit it is
    Farmer, "t-farmer", farmer_label, farmer_help;
    /// What the produce is
    Produce, "t-produce", produce_label, produce_help;
    /// Kilograms that are gone
    Gone, "t-gone", gone_label, gone_help;
    /// Why
    Reason, "t-reason", reason_label, reason_help;
    /// How it was cooled
    Method, "t-method", method_label, method_help;
    /// Degrees
    Degrees, "t-degrees", degrees_label, degrees_help;
    /// What an entry should have said
    Value, "t-value", value_label, value_help;
}

impl Field {
    /// The id of its error's element.
    #[must_use]
    pub fn error_id(self) -> String {
        format!("{}-error", self.id())
    }

    /// The id of its help's element.
    #[must_use]
    pub fn help_id(self) -> String {
        format!("{}-help", self.id())
    }
}

/// What is wrong with what stands in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing stands there
    Empty,
    /// No number
    NotANumber,
    /// Twelve hundred, or one and a fifth
    Ambiguous,
    /// More than three decimals
    TooFine,
    /// More than there can be
    TooMuch,
    /// Nothing at all
    Zero,
    /// A number with decimals where things are counted
    NotWhole,
    /// No day of the calendar
    NoSuchDay,
    /// A day to come
    Future,
    /// Letters that a code does not have
    NotACode,
    /// More letters than a record takes
    TooLong,
    /// More of them than a record takes
    TooMany,
    /// Nothing was chosen
    NotChosen,
    /// The code is none of a hand-over
    NotAnOffer,
    /// It says what the entry says already
    Unchanged,
    /// A file that is neither a picture nor a PDF, or too large
    NotAPicture,
}

impl Fault {
    /// In words, with what to do.
    #[must_use]
    pub const fn sentence(self, m: &Messages) -> &'static str {
        match self {
            Self::Empty => m.fault_empty(),
            Self::NotANumber => m.fault_not_a_number(),
            Self::Ambiguous => m.fault_ambiguous(),
            Self::TooFine => m.fault_too_fine(),
            Self::TooMuch => m.fault_too_much(),
            Self::Zero => m.fault_zero(),
            Self::NotWhole => m.fault_not_whole(),
            Self::NoSuchDay => m.fault_no_such_day(),
            Self::Future => m.fault_future(),
            Self::NotACode => m.fault_not_a_code(),
            Self::TooLong => m.fault_too_long(),
            Self::TooMany => m.fault_too_many(),
            Self::NotChosen => m.fault_not_chosen(),
            Self::NotAnOffer => m.fault_not_an_offer(),
            Self::Unchanged => m.fault_unchanged(),
            Self::NotAPicture => m.fault_not_a_picture(),
        }
    }
}

/// What stands wrong in a form: fields and faults, in the order of the page.
pub type Faults = Vec<(Field, Fault)>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_fields_share_an_element() {
        for (at, field) in Field::ALL.iter().enumerate() {
            assert!(Field::ALL.iter().skip(at + 1).all(|other| other.id() != field.id()), "{field:?}");
        }
    }
}
