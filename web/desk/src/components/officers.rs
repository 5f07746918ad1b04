//! Who signs for the co-op: each officer with a key of their own.

use nguon_core::judge::Chains as _;
use nguon_ui::el::{Inside, el, el_of};
use nguon_ui::part::{On, Part};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::Desk;
use crate::enrol;
use crate::messages::{fill, words};
use crate::work;

/// The page.
pub struct OfficersPage;

impl Part for OfficersPage {
    /// An officer's key may have been added since
    type Message = ();
    type Properties = Desk;

    fn create(on: &On<'_, Self>) -> Self {
        let (bench, me, looked) = (on.props().bench.clone(), on.props().me, on.link().callback(|()| ()));
        spawn_local(async move {
            work::have(&bench, &[me]).await;
            looked.emit(());
        });
        Self
    }

    fn update(&mut self, _: &On<'_, Self>, (): ()) -> bool {
        true
    }

    fn view(&self, on: &On<'_, Self>) -> Html {
        view(on.props())
    }
}

fn view(desk: &Desk) -> Html {
    let m = words(desk.lang);
    let state = desk.bench.work().and_then(|work| work.book.chain(&desk.me));
    let keys = state.as_deref().map(enrol::keys).unwrap_or_default();
    let mine = desk.bench.person().and_then(|person| person.key).map(|key| nguon_farm_app::enrol::short(&key.public));
    let line = |key: &enrol::Shown| {
        let this = (mine.as_ref() == Some(&key.short)).then(|| el("b").with(m.officers_this()).html());
        let said = match key.revoked {
            None => m.key_active().to_owned(),
            Some(reason) => fill(m.key_revoked(), &[("reason", enrol::reason(desk.lang, reason))]),
        };
        el("tr")
            .with(el("th").at(&["scope"], &["row"]).with(el("code").with(key.short.clone())))
            .with(el("td").with(said))
            .with(el("td").with(this))
            .html()
    };
    el("section")
        .at(&["aria-labelledby"], &["title"])
        .with(el("h1").at(&["id", "tabindex"], &["title", "-1"]).with(m.officers_title()))
        .with(el_of("p", "lead").with(m.officers_lead()))
        .with(
            el_of("table", "d-table d-narrow")
                .with(el_of("caption", "hidden").with(m.keys_title()))
                .with(el("tbody").all(keys.iter().map(line))),
        )
        .with(el("h2").with(m.officers_how()))
        .with(
            el_of("ol", "steps").with(el("li").with(m.officers_how_add())).with(el("li").with(m.officers_how_leave())),
        )
        .with(el_of("p", "note").with(m.officers_above()))
        .html()
}
