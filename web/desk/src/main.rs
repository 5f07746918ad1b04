//! The program that `load.js` starts.

use nguon_desk_app::components::App;
use nguon_farm_app::browser;

fn main() {
    if let Some(host) = browser::element("app") {
        yew::Renderer::<App>::with_root(host).render();
        browser::ready();
    }
}
