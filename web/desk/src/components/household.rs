//! One household: its plots and ceilings, who signs for it, its keys; a phone entered, a lost one revoked.

use nguon_core::event::{RevocationReason, Role};
use nguon_core::ids::{ChainId, KeyId};
use nguon_core::judge::Chains as _;
use nguon_core::values::Time;
use nguon_farm_app::lang::Lang;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::Desk;
use super::enrol::Enrol;
use super::households::ceiling;
use super::ui::{maybe, number, value_of};
use crate::enrol::{self, Shown};
use crate::messages::{Messages, fill, words};
use crate::page::Page;
use crate::work;

/// What it needs.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What every page is given
    pub desk: Desk,
    /// The household
    pub actor: ChainId,
}

/// What can happen.
pub enum Message {
    /// Its chain is at hand, or could not be fetched
    Fetched(bool),
    /// This key is to be revoked, or none
    Revoke(Option<KeyId>),
    /// Why
    Reason(RevocationReason),
    /// In doubt since this day, as the browser writes it
    Since(String),
    /// Do it
    Sign,
    /// It is signed
    Revoked,
    /// A key was added
    Added,
    /// Nothing was signed, in words
    Failed(String),
}

/// The page.
pub struct HouseholdPage {
    fetched: Option<bool>,
    revoking: Option<KeyId>,
    reason: RevocationReason,
    since: String,
    said: Option<&'static str>,
    failed: Option<String>,
}

impl Component for HouseholdPage {
    type Message = Message;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let Props { desk, actor } = ctx.props().clone();
        let tell = ctx.link().callback(Message::Fetched);
        let mut chains = vec![actor];
        if let Some(nguon_core::record::Signer::Actor(by)) =
            desk.listing.household(&actor).map(|household| household.enrolled_by)
        {
            chains.push(by);
        }
        spawn_local(async move { tell.emit(work::have(&desk.bench, &chains).await) });
        Self {
            fetched: None,
            revoking: None,
            reason: RevocationReason::Lost,
            since: String::new(),
            said: None,
            failed: None,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        let m = words(ctx.props().desk.lang);
        match message {
            Message::Fetched(done) => self.fetched = Some(done),
            Message::Revoke(key) => (self.revoking, self.failed, self.said) = (key, None, None),
            Message::Reason(reason) => self.reason = reason,
            Message::Since(day) => self.since = day,
            Message::Sign => self.sign(ctx),
            Message::Revoked => {
                (self.revoking, self.said) = (None, Some(m.revoke_done));
                ctx.props().desk.changed.emit(());
            }
            Message::Added => {
                self.said = Some(m.enrol_done);
                ctx.props().desk.changed.emit(());
            }
            Message::Failed(words) => self.failed = Some(words),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { desk, actor } = ctx.props();
        let m = words(desk.lang);
        let back = desk.go.reform(|_: MouseEvent| Page::Households);
        let state = desk.bench.work().and_then(|work| work.book.chain(actor));
        let keys = state.as_deref().map(enrol::keys);
        let active = keys.as_ref().map_or_else(
            || desk.listing.household(actor).is_some_and(|household| household.active_keys > 0),
            |keys| keys.iter().any(|key| key.revoked.is_none()),
        );
        let known = desk.people.of(actor);
        let besides = known.map(|known| {
            [known.village.clone(), known.phone.clone()].into_iter().flatten().collect::<Vec<_>>().join(" · ")
        });
        let said = self.said.map(|words| html! { <p class="band d-good">{ words }</p> });
        let role = desk.listing.household(actor).map_or(Role::Farm, |household| household.role);
        let body = match keys {
            Some(keys) => self.keys(ctx, m, &keys),
            None if self.fetched == Some(false) => html! { <p class="error" role="alert">{ m.keys_unknown }</p> },
            None => html! { <p role="status">{ m.loading }</p> },
        };
        html! {
            <section aria-labelledby="title">
                <button type="button" class="text" onclick={back}>{ "← " }{ m.back }</button>
                <h1 id="title" tabindex="-1">{ desk.name_of(actor) }</h1>
                <p class="lead">{ self::role(desk.lang, role) }{ besides.filter(|words| !words.is_empty()).map(|words| format!(" · {words}")).unwrap_or_default() }</p>
                <div role="status">{ maybe(said) }</div>
                <div class="d-columns">
                    <div>
                        <h2>{ m.plots_title }</h2>
                        { plots(desk, m, actor) }
                    </div>
                    <div>
                        <h2>{ m.keys_title }</h2>
                        <p>{ if active { m.signs_self } else { m.signs_coop } }</p>
                        { body }
                    </div>
                </div>
            </section>
        }
    }
}

impl HouseholdPage {
    fn keys(&self, ctx: &Context<Self>, m: &'static Messages, keys: &[Shown]) -> Html {
        let Props { desk, actor } = ctx.props();
        let line = |key: &Shown| {
            let (id, revoked) = (key.id, key.revoked);
            let revoke = ctx.link().callback(move |_: MouseEvent| Message::Revoke(Some(id)));
            let state = match revoked {
                None => m.key_active.to_owned(),
                Some(reason) => fill(m.key_revoked, &[("reason", enrol::reason(desk.lang, reason))]),
            };
            let first = key.first.then(|| html! { <small>{ m.key_first }</small> });
            let revoke = (revoked.is_none() && self.revoking != Some(id)).then(
                || html! { <button type="button" class="button small quiet" onclick={revoke}>{ m.revoke }</button> },
            );
            let form = (self.revoking == Some(id)).then(|| self.revoke_form(ctx, m));
            html! {
                <li key={key.short.clone()}><div class="d-keyline"><span><code>{ key.short.clone() }</code>{ maybe(first) }</span><span>{ state }</span>{ maybe(revoke) }</div>{ maybe(form) }</li>
            }
        };
        let added = ctx.link().callback(|()| Message::Added);
        html! {
            <>
            <ul class="d-keys">{ for keys.iter().map(line) }</ul>
            <p class="small">{ m.lost_hint }</p>
            <Enrol desk={desk.clone()} actor={*actor} {added} />
            </>
        }
    }

    fn revoke_form(&self, ctx: &Context<Self>, m: &'static Messages) -> Html {
        let lang = ctx.props().desk.lang;
        let option = |reason: RevocationReason| {
            html! { <option value={enrol::reason_word(reason)} selected={reason == self.reason}>{ enrol::reason(lang, reason) }</option> }
        };
        let sign = ctx.link().callback(|event: SubmitEvent| {
            event.prevent_default();
            Message::Sign
        });
        let reason = ctx.link().batch_callback(|event: Event| enrol::reason_of(&value_of(&event)).map(Message::Reason));
        let since = ctx.link().callback(|event: Event| Message::Since(value_of(&event)));
        let cancel = ctx.link().callback(|_: MouseEvent| Message::Revoke(None));
        html! {
            <form onsubmit={sign} class="card">
                <h3>{ m.revoke_title }</h3>
                <p>{ m.revoke_lead }</p>
                <div class="field"><label for="reason">{ m.revoke_reason }</label><select id="reason" onchange={reason}>{ for enrol::REASONS.map(option) }</select></div>
                <div class="field"><label for="since">{ m.revoke_since }</label>
                    <input id="since" type="date" value={self.since.clone()} onchange={since} aria-describedby="since-hint" /><small id="since-hint">{ m.revoke_since_hint }</small>
                </div>
                <p class="error" role="alert">{ self.failed.clone().unwrap_or_default() }</p>
                <div class="row"><button class="button" id="revoke-do">{ m.revoke_do }</button><button type="button" class="button quiet" onclick={cancel}>{ m.cancel }</button></div>
            </form>
        }
    }

    fn sign(&mut self, ctx: &Context<Self>) {
        let Some(key) = self.revoking else { return };
        let Props { desk, actor } = ctx.props().clone();
        let minutes = i64::from(desk.bench.utc_offset().get());
        let since = crate::page::day_begins(&self.since, minutes).and_then(|seconds| Time::new(seconds).ok());
        let draft = enrol::revoke_key(actor, key, self.reason, since);
        self.failed = None;
        let tell = ctx.link().callback(|message| message);
        spawn_local(async move {
            match desk.bench.write(draft, Vec::new()).await {
                Ok(_) => tell.emit(Message::Revoked),
                Err(why) => tell.emit(Message::Failed(desk.why(&why))),
            }
        });
    }
}

fn plots(desk: &Desk, m: &Messages, actor: &ChainId) -> Html {
    let household = desk.listing.household(actor);
    let plots = household.map(|household| household.plots.as_slice()).unwrap_or_default();
    if plots.is_empty() {
        return html! { <p class="d-quiet">{ m.plots_none }</p> };
    }
    let line = |plot: &crate::register::Plot| {
        let code = desk
            .listing
            .area(&plot.area)
            .and_then(|area| area.code.as_ref().map(ToString::to_string))
            .unwrap_or_default();
        let label = desk
            .register
            .households
            .get(actor)
            .and_then(|known| known.plots.get(&plot.plot))
            .map(|plot| plot.label.clone());
        let label = label.filter(|label| !label.starts_with('#'));
        let size = number(desk.lang, plot.area_m2);
        let words = fill(m.plot_line, &[("variety", plot.variety.as_deref().unwrap_or_default()), ("size", &size)]);
        let season = |season: &crate::register::PlotSeason| html! { <p><b>{ season.season.to_string() }</b>{ " " }{ ceiling(desk, m, season.drawn_g, season.allotted_g) }</p> };
        html! {
            <li class="card"><h3>{ label.unwrap_or(words.clone()) }</h3><p class="d-quiet">{ words }{ " · " }{ code }</p>{ for plot.seasons.iter().map(season) }</li>
        }
    };
    html! { <ul>{ for plots.iter().map(line) }</ul> }
}

/// A role in a word or two.
#[must_use]
pub const fn role(lang: Lang, role: Role) -> &'static str {
    let m = words(lang);
    match role {
        Role::Registrar => m.role_registrar,
        Role::Farm => m.role_farm,
        Role::Collector => m.role_collector,
        Role::PackingHouse => m.role_packing_house,
        Role::Carrier => m.role_carrier,
        Role::Seller => m.role_seller,
        Role::Lab => m.role_lab,
        Role::Inspector => m.role_inspector,
    }
}
