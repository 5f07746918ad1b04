//! The group `desk`: a co-op of 5,000 households.
//!
//! | figure | from | to |
//! |---|---|---|
//! | `desk.import_5000` | the bytes of an xlsx of 5,000 rows | read, previewed cell by cell, and planned |
//! | `desk.push_5000` | the first request with their 15,000 records, signed | the last one in a published checkpoint |
//! | `desk.households_5000` | the request for the register | its last line |
//!
//! The bytes of the co-op's desk, `desk.first_load`, are weighed by `xtask` itself.

mod list;
mod register;
#[path = "../served/mod.rs"]
mod served;

use xtask_bench::figures::Wanted;

/// Households of the co-op.
const HOUSEHOLDS: usize = 5_000;

fn main() {
    let wanted = Wanted::from_arguments();
    if wanted.has("desk.import_5000") {
        list::measure();
    }
    if wanted.has("desk.push_5000") || wanted.has("desk.households_5000") {
        register::measure(&wanted);
    }
}
