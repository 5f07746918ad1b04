//! The program the browser starts.

use nguon_farm_app::browser;
use nguon_farm_app::components::App;

fn main() {
    if let Some(host) = browser::element("app") {
        yew::Renderer::<App>::with_root(host).render();
        browser::ready();
    }
}
