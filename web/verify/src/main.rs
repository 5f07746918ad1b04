//! The program the browser starts: on the page, and once more in the worker that the page hires for a large bundle.

use nguon_verify_app::components::App;
use nguon_verify_app::{browser, load};

fn main() {
    if let Some((given, url)) = browser::job() {
        load::work(given, url);
    } else if let Some(host) = browser::element("app") {
        yew::Renderer::<App>::with_root(host).render();
        browser::ready();
    }
}
