//! One household: its plots and ceilings, who signs for it, its keys; a phone entered, a lost one revoked.

use nguon_core::event::{RevocationReason, Role};
use nguon_core::ids::{ChainId, KeyId};
use nguon_core::judge::Chains as _;
use nguon_core::values::Time;
use nguon_farm_app::browser;
use nguon_farm_app::components::ui::button;
use nguon_farm_app::lang::Lang;
use nguon_ui::el::{Inside, When, el, el_of, is, nodes, yes};
use nguon_ui::part::{On, Part, part};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::Desk;
use super::enrol::Enrol;
use super::households::ceiling;
use super::ui::{fault_words, number, text_field, value_of};
use crate::enrol::{self, Shown};
use crate::messages::{Messages, fill, words};
use crate::orders::Day;
use crate::pack::Fault;
use crate::page::Page;
use crate::work;

/// What it needs.
#[derive(Clone, PartialEq)]
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
    /// In doubt since this day, as it is typed
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
    since_fault: Option<Fault>,
    said: Option<&'static str>,
    failed: Option<String>,
}

impl Part for HouseholdPage {
    type Message = Message;
    type Properties = Props;

    fn create(on: &On<'_, Self>) -> Self {
        let Props { desk, actor } = on.props().clone();
        let tell = on.link().callback(Message::Fetched);
        let mut chains = vec![actor];
        chains.extend(desk.listing.household(&actor).and_then(|household| household.enrolled_by));
        spawn_local(async move { tell.emit(work::have(&desk.bench, &chains).await) });
        Self {
            fetched: None,
            revoking: None,
            reason: RevocationReason::Lost,
            since: String::new(),
            since_fault: None,
            said: None,
            failed: None,
        }
    }

    fn update(&mut self, on: &On<'_, Self>, message: Message) -> bool {
        let m = words(on.props().desk.lang);
        match message {
            Message::Fetched(done) => self.fetched = Some(done),
            Message::Revoke(key) => (self.revoking, self.failed, self.since_fault, self.said) = (key, None, None, None),
            Message::Reason(reason) => self.reason = reason,
            Message::Since(day) => (self.since, self.since_fault) = (day, None),
            Message::Sign => self.sign(on),
            Message::Revoked => {
                (self.revoking, self.said) = (None, Some(m.revoke_done()));
                on.props().desk.changed.emit(());
            }
            Message::Added => {
                self.said = Some(m.enrol_done());
                on.props().desk.changed.emit(());
            }
            Message::Failed(words) => self.failed = Some(words),
        }
        true
    }

    fn view(&self, on: &On<'_, Self>) -> Html {
        let Props { desk, actor } = on.props();
        let m = words(desk.lang);
        let back = desk.go.reform(|_: Event| Page::Households);
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
        let said = self.said.map(|words| el_of("p", "band d-good").with(words).html());
        let role = desk.listing.household(actor).map_or(Role::Farm, |household| household.role);
        let body = match keys {
            Some(keys) => self.keys(on, m, &keys),
            None if self.fetched == Some(false) => {
                el("p").at(&["class", "role"], &["error", "alert"]).with(m.keys_unknown()).html()
            }
            None => el("p").at(&["role"], &["status"]).with(m.loading()).html(),
        };
        el("section")
            .at(&["aria-labelledby"], &["title"])
            .with(
                el("button")
                    .at(&["type", "class"], &["button", "text"])
                    .on(When::Click, back)
                    .with("← ")
                    .with(m.back()),
            )
            .with(el("h1").at(&["id", "tabindex"], &["title", "-1"]).with(desk.name_of(actor)))
            .with(
                el_of("p", "lead").with(self::role(desk.lang, role)).with(
                    besides.filter(|words| !words.is_empty()).map(|words| format!(" · {words}")).unwrap_or_default(),
                ),
            )
            .with(el("div").at(&["role"], &["status"]).with(said))
            .with(
                el_of("div", "d-columns")
                    .with(el("div").with(el("h2").with(m.plots_title())).with(plots(desk, m, actor)))
                    .with(
                        el("div")
                            .with(el("h2").with(m.keys_title()))
                            .with(el("p").with(if active { m.signs_self() } else { m.signs_coop() }))
                            .with(body),
                    ),
            )
            .html()
    }
}

impl HouseholdPage {
    fn keys(&self, on: &On<'_, Self>, m: &'static Messages, keys: &[Shown]) -> Html {
        let Props { desk, actor } = on.props();
        let line = |key: &Shown| {
            let (id, revoked) = (key.id, key.revoked);
            let revoke = on.link().callback(move |_: Event| Message::Revoke(Some(id)));
            let state = match revoked {
                None => m.key_active().to_owned(),
                Some(reason) => fill(m.key_revoked(), &[("reason", enrol::reason(desk.lang, reason))]),
            };
            let first = key.first.then(|| el("small").with(m.key_first()).html());
            let revoke =
                (revoked.is_none() && self.revoking != Some(id)).then(|| button("small quiet", m.revoke(), revoke));
            let form = (self.revoking == Some(id)).then(|| self.revoke_form(on, m));
            el("li")
                .keyed(key.short.clone())
                .with(
                    el_of("div", "d-keyline")
                        .with(el("span").with(el("code").with(key.short.clone())).with(first))
                        .with(el("span").with(state))
                        .with(revoke),
                )
                .with(form)
                .html()
        };
        let added = on.link().callback(|()| Message::Added);
        nodes()
            .with(el_of("ul", "d-keys").all(keys.iter().map(line)))
            .with(el_of("p", "small").with(m.lost_hint()))
            .with(part::<Enrol>(super::enrol::Props { desk: desk.clone(), actor: *actor, added }))
            .html()
    }

    fn revoke_form(&self, on: &On<'_, Self>, m: &'static Messages) -> Html {
        let lang = on.props().desk.lang;
        let option = |reason: RevocationReason| {
            el("option")
                .any(&["value", "selected"], &[is(enrol::reason_word(reason)), yes(reason == self.reason)])
                .with(enrol::reason(lang, reason))
                .html()
        };
        let sign = on.link().callback(|event: Event| {
            event.prevent_default();
            Message::Sign
        });
        let reason = on.link().perhaps(|event: Event| enrol::reason_of(&value_of(&event)).map(Message::Reason));
        let cancel = on.link().callback(|_: Event| Message::Revoke(None));
        el_of("form", "card")
            .on(When::Submit, sign)
            .with(el("h3").with(m.revoke_title()))
            .with(el("p").with(m.revoke_lead()))
            .with(
                el_of("div", "field").with(el("label").at(&["for"], &["reason"]).with(m.revoke_reason())).with(
                    el("select").at(&["id"], &["reason"]).on(When::Change, reason).all(enrol::REASONS.map(option)),
                ),
            )
            .with(
                text_field("since", m.revoke_since(), &self.since, on.link().callback(Message::Since))
                    .hint(m.revoke_since_hint())
                    .fault(self.since_fault.map(|fault| fault_words(lang, m, fault)).unwrap_or_default()),
            )
            .with(el("p").at(&["class", "role"], &["error", "alert"]).with(self.failed.clone().unwrap_or_default()))
            .with(
                el_of("div", "row")
                    .with(el("button").at(&["class", "id"], &["button", "revoke-do"]).with(m.revoke_do()))
                    .with(button("quiet", m.cancel(), cancel)),
            )
            .html()
    }

    /// From when on somebody else may have signed; nobody did, if the field is empty.
    fn suspect_since(&self, now: Time) -> Result<Option<Time>, Fault> {
        if self.since.trim().is_empty() {
            return Ok(None);
        }
        let begins = Day::typed(&self.since, Day::of(now.get())).ok_or(Fault::NotADay)?.begins();
        if begins > now.get() {
            return Err(Fault::ToCome);
        }
        Ok(Time::new(begins).ok())
    }

    fn sign(&mut self, on: &On<'_, Self>) {
        let Some(key) = self.revoking else { return };
        let Props { desk, actor } = on.props().clone();
        let since = match self.suspect_since(desk.bench.now()) {
            Ok(since) => since,
            Err(fault) => {
                self.since_fault = Some(fault);
                return browser::focus("since");
            }
        };
        let draft = enrol::revoke_key(actor, key, self.reason, since);
        self.failed = None;
        let tell = on.link().callback(|message| message);
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
        return el_of("p", "d-quiet").with(m.plots_none()).html();
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
        let words = fill(m.plot_line(), &[("variety", plot.variety.as_deref().unwrap_or_default()), ("size", &size)]);
        let season = |season: &crate::register::PlotSeason| {
            el("p")
                .with(el("b").with(season.season.to_string()))
                .with(" ")
                .with(ceiling(desk, m, season.drawn_g, season.allotted_g))
                .html()
        };
        el_of("li", "card")
            .with(el("h3").with(label.unwrap_or(words.clone())))
            .with(el_of("p", "d-quiet").with(words).with(" · ").with(code))
            .all(plot.seasons.iter().map(season))
            .html()
    };
    el("ul").all(plots.iter().map(line)).html()
}

/// A role in a word or two.
#[must_use]
pub fn role(lang: Lang, role: Role) -> &'static str {
    let m = words(lang);
    match role {
        Role::Registrar => m.role_registrar(),
        Role::Farm => m.role_farm(),
        Role::Collector => m.role_collector(),
        Role::PackingHouse => m.role_packing_house(),
        Role::Carrier => m.role_carrier(),
        Role::Seller => m.role_seller(),
        Role::Lab => m.role_lab(),
        Role::Inspector => m.role_inspector(),
    }
}
