//! Laws and refusals of GS1 keys, links and typed codes.

mod check_digits;
mod digital_link;
mod typed_code;
mod values;
