//! Quantities, times, codes and bounded lists: each checks itself once, in its constructor.

mod code;
mod gs1;
mod list;
mod number;

pub use code::{Code, CodeError, CommuneCode, Label, Market, MediaType, Text, TextError};
pub use gs1::{GlnCode, GtinCode, LotCode, Prefix, SsccCode};
pub use list::{List, ListError};
pub use number::{Count, Days, Grams, Level, NumberError, SquareMetres, Time, UtcOffset};
