//! The program that `load.js` starts.

use nguon_desk_app::components::App;
use nguon_farm_app::browser;
use nguon_ui::part::{Whole, given};

fn main() {
    if let Some(host) = browser::element("app") {
        yew::Renderer::<Whole>::with_root_and_props(host, given::<App>(())).render();
        browser::ready();
    }
}
