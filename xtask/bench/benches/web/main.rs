//! The group `web`: what a shopper waits for, in Chromium slowed down to a cheap telephone in a shop, and how long the page
//! cannot answer a touch meanwhile.
//!
//! | figure | from | to |
//! |---|---|---|
//! | `web.cold_verdict` | the address opened in a browser that was never here | the verdict's sentence on the screen |
//!
//! The lot has 60 records, on the server as it is published; network and processor are those of [`phone::Hardship::SHOP`].
//! What the browser needs for `verify_strict` over the same signatures in the same run is `web.signatures`.

mod cold;
mod devtools;
mod lot;
mod phone;
mod strict;

use xtask_bench::figures::Wanted;

fn main() {
    let wanted = Wanted::from_arguments();
    if ["web.cold_verdict", "web.signatures"].iter().any(|name| wanted.has(name)) {
        cold::measure(&wanted, &lot::Lot::serve());
    }
}
