//! Who signs for the co-op: each officer with a key of their own.

use nguon_core::judge::Chains as _;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::Desk;
use super::ui::maybe;
use crate::enrol;
use crate::messages::{fill, words};
use crate::work;

/// Draws it.
#[component(OfficersPage)]
pub fn officers(desk: &Desk) -> Html {
    let m = words(desk.lang);
    let (bench, me) = (desk.bench.clone(), desk.me);
    // An officer may have been added since.
    use_effect_with(me, move |me| {
        let me = *me;
        spawn_local(async move {
            work::have(&bench, &[me]).await;
        });
    });
    let state = desk.bench.work().and_then(|work| work.book.chain(&me));
    let keys = state.as_deref().map(enrol::keys).unwrap_or_default();
    let mine = desk.bench.person().and_then(|person| person.key).map(|key| nguon_farm_app::enrol::short(&key.public));
    let line = |key: &enrol::Shown| {
        let this = (mine.as_ref() == Some(&key.short)).then(|| html! { <b>{ m.officers_this }</b> });
        let said = match key.revoked {
            None => m.key_active.to_owned(),
            Some(reason) => fill(m.key_revoked, &[("reason", enrol::reason(desk.lang, reason))]),
        };
        html! { <tr><th scope="row"><code>{ key.short.clone() }</code></th><td>{ said }</td><td>{ maybe(this) }</td></tr> }
    };
    html! {
        <section aria-labelledby="title">
            <h1 id="title" tabindex="-1">{ m.officers_title }</h1>
            <p class="lead">{ m.officers_lead }</p>
            <table class="d-table d-narrow"><caption class="hidden">{ m.keys_title }</caption><tbody>{ for keys.iter().map(line) }</tbody></table>
            <h2>{ m.officers_how }</h2>
            <ol class="steps"><li>{ m.officers_how_add }</li><li>{ m.officers_how_leave }</li></ol>
            <p class="note">{ m.officers_above }</p>
        </section>
    }
}
