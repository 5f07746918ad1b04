//! The program the browser starts.

use nguon_verify_app::components::App;

fn main() {
    // A stopped program leaves a dead page behind: say so instead.
    yew::set_custom_panic_hook(Box::new(|_| nguon_verify_app::browser::broken()));
    let host = web_sys::window().and_then(|window| window.document()?.get_element_by_id("app"));
    if let Some(host) = host {
        yew::Renderer::<App>::with_root(host).render();
        nguon_verify_app::browser::ready();
    }
}
