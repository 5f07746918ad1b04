//! What a shopper reads behind each link of the season.

use nguon_tests::browser::{Browser, Look};
use nguon_tests::world::world;

use crate::page;

#[test]
fn fine_lot() {
    let store = world().store();
    let server = world().server(store.path());
    Browser::run("fine_lot", Look::default(), async |browser| {
        for link in world().links() {
            println!("{} {} -> {}", link.name, link.expected, page::open(browser, &link.at(server.origin())).await);
            println!("==={}", browser.text("body").await);
        }
        println!("{}", browser.text_of("document.documentElement.outerHTML").await);
    });
}
