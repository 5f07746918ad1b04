//! The group `web`: what a shopper waits for, in Chromium slowed down to a cheap telephone in a shop, and how long the page
//! cannot answer a touch meanwhile.
//!
//! | figure | from | to |
//! |---|---|---|
//! | `web.cold_verdict` | the address opened in a browser that was never here | the verdict's sentence on the screen |
//! | `web.installed_verdict` | the second launch, the service worker asleep | the same |
//! | `web.page_block` | the longest task of the page's thread while a worker checks a lot of 500 households | |
//! | `web.scan_block` | the same while the scanner looks at what the camera sees | |
//!
//! The first two open a lot of 60 records, on the server as it is published; network and processor are those of
//! [`phone::Hardship::SHOP`]. Chromium slows down the network of workers as well, but not their processor, and says so; a lot
//! of this size is checked by the page itself. Beside them stands `web.signatures`: what the same browser needs for
//! `verify_strict` over the same signatures.

mod cold;
mod devtools;
mod installed;
mod large;
mod lot;
mod phone;
mod scan;
mod strict;

use xtask_bench::figures::Wanted;

fn main() {
    let wanted = Wanted::from_arguments();
    let any = |names: &[&str]| names.iter().any(|name| wanted.has(name));
    if any(&["web.page_block"]) {
        large::measure();
    }
    if any(&["web.cold_verdict", "web.signatures", "web.installed_verdict", "web.scan_block"]) {
        let lot = lot::Lot::serve();
        if any(&["web.cold_verdict", "web.signatures"]) {
            cold::measure(&wanted, &lot);
        }
        if any(&["web.scan_block"]) {
            scan::measure(&lot);
        }
        if any(&["web.installed_verdict"]) {
            installed::measure(&lot);
        }
    }
}
