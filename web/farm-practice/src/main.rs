//! The farmer's app with a world to practise in: the program that the farm's page starts in place of its own while somebody
//! practises.

use nguon_farm_app::browser;
use nguon_farm_app::components::App;
use nguon_ui::part::{Whole, given};

fn main() {
    if let Some(host) = browser::element("app") {
        yew::Renderer::<Whole>::with_root_and_props(host, given::<App>(())).render();
        browser::ready();
    }
}
