//! The program that `load.js` starts.

use nguon_companion_app::app::App;
use nguon_companion_app::browser;

fn main() {
    if let Some(host) = browser::host() {
        yew::Renderer::<App>::with_root(host).render();
    }
}
