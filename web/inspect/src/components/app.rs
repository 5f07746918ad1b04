//! The page.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::ui::maybe;
use super::{check, record, trace};
use crate::browser;
use crate::code::{Direction, Kind};
use crate::lang::Lang;
use crate::record::Stage;
use crate::state::{Action, State, Tab};
use crate::trace::Focus;
use crate::work;
use crate::work::outbox::Sender;

const SEED: &str = "M16 10.8c2.7 0 4.2 2.8 4.2 5.9s-1.7 5.8-4.2 5.8-4.2-2.7-4.2-5.8 1.5-5.9 4.2-5.9z";
/// While something waits for the log, it is asked for again after so many milliseconds.
const AGAIN: u32 = 20_000;

/// The page, from its address to its last line.
pub struct App {
    state: State,
    /// What the keyboard goes to once it is drawn.
    goes_to: Option<String>,
    /// Whether fields are to be filled in with what is known, once they are drawn. They are the reader's from then on: what is
    /// typed is never overwritten by drawing anew.
    fills: bool,
    /// Whether the outbox is to be looked at again after a while: one such wait at a time.
    waits: bool,
    /// Whether the picture is to be moved to where the walk began.
    reveals: bool,
}

impl App {
    /// Follows the network for as long as the page is open, and sends what waits whenever there is one.
    fn follow_network(act: Callback<Action>) {
        spawn_local(async move {
            loop {
                browser::network_changed().await;
                act.emit(Action::Online(browser::online()));
            }
        });
    }

    fn sender(&self) -> Sender {
        Sender { device: self.state.recording.device.clone(), actor: self.state.recording.actor.chain() }
    }

    /// Sends what waits, if there is somebody to sign and somewhere to send it.
    fn send(&self, act: Callback<Action>) {
        let waits = self.state.recording.entries.iter().any(|entry| !entry.is_done(self.state.logged));
        if waits && self.state.online && !self.state.recording.sending {
            spawn_local(work::outbox::send(self.sender(), act));
        }
    }

    /// What follows from a change.
    fn follow(&mut self, ctx: &Context<Self>, action: &Action) {
        let act = ctx.link().callback(|action| action);
        match action {
            Action::Show(tab) => {
                browser::go(tab.fragment());
                self.fills = true;
            }
            Action::Speak(lang) => browser::remember_language(*lang),
            Action::Picked(_) => {
                browser::go(Tab::Record.fragment());
                self.goes_to = Some("record-title".into());
            }
            Action::Ask(_) => self.fills = true,
            Action::Traced(..) => self.reveals = true,
            Action::Walk(_) => self.goes_to = Some(focus_id(self.state.trace.focused())),
            Action::Unfold(_) => self.goes_to = Some(focus_id(self.state.trace.focused())),
            Action::Open(Some(_)) => self.goes_to = Some("facts-title".into()),
            Action::Open(None) => self.goes_to = Some(focus_id(self.state.trace.focused())),
            Action::Online(online) => {
                self.waits = false;
                if *online {
                    self.send(act);
                }
            }
            Action::Saved => self.send(act),
            Action::Device(device) if device.is_open() => {
                self.fills = true;
                if let (Some(actor), device) = (self.state.recording.actor.chain(), device.clone()) {
                    let told = act.clone();
                    spawn_local(async move { work::record::look_up(actor, &device, &told).await });
                }
                self.send(act);
            }
            Action::Actor(_) => {
                self.fills = true;
                self.send(act);
            }
            Action::Sending(false) => {
                let asks = |stage: &Stage| matches!(stage, Stage::Sent(_) | Stage::Signed(_) | Stage::Draft);
                let waits = self
                    .state
                    .recording
                    .entries
                    .iter()
                    .any(|entry| asks(&entry.stage) && !entry.is_done(self.state.logged));
                if waits && !std::mem::replace(&mut self.waits, true) {
                    spawn_local(async move {
                        browser::wait(AGAIN).await;
                        act.emit(Action::Online(browser::online()));
                    });
                }
            }
            _ => {}
        }
    }
}

/// The element that the keyboard is on.
fn focus_id(focus: Focus) -> String {
    match focus {
        Focus::Cell(cell) => format!("cell-{cell}"),
        Focus::Link(link, _) => format!("link-{link}"),
    }
}

impl Component for App {
    type Message = Action;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let act = ctx.link().callback(|action| action);
        let logged =
            nguon_core::trust::TrustRoot::from_bytes(&browser::root()).is_ok_and(|trust| trust.payload().log.is_some());
        let tab = Tab::of_fragment(&browser::fragment());
        let state = State::new(tab, browser::chosen_language(), browser::online(), logged);
        spawn_local(work::record::begin(act.clone()));
        Self::follow_network(act.clone());
        if let Some(code) = browser::in_fragment("code") {
            let word = |name| browser::in_fragment(name).unwrap_or_default();
            let (kind, direction) = (Kind::from_value(&word("kind")), Direction::from_word(&word("direction")));
            spawn_local(work::trace::ask(code, kind, direction, act));
        }
        Self { state, goes_to: None, fills: false, waits: false, reveals: false }
    }

    fn update(&mut self, ctx: &Context<Self>, action: Action) -> bool {
        self.state.act(action.clone());
        self.follow(ctx, &action);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let act = ctx.link().callback(|action| action);
        let (state, m) = (&self.state, self.state.lang.messages());
        let part = match state.tab {
            Tab::Trace => trace::view(state, &act),
            Tab::Check => check::view(state, &act),
            Tab::Record => record::view(state, &act, self.sender()),
        };
        html! {
            <>
            <a class="skip button" href="#main" onclick={Callback::from(|event: MouseEvent| {
                event.prevent_default();
                browser::focus("main");
            })}>{ m.skip }</a>
            { head(state, &act) }
            { tabs(state, &act) }
            { maybe((!state.online).then(|| html! { <p class="offline" role="status">{ m.offline }</p> })) }
            <main id="main" tabindex="-1">{ part }</main>
            <footer class="foot"><p>{ m.foot }</p></footer>
            </>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        let m = self.state.lang.messages();
        let part = name(self.state.tab, self.state.lang);
        browser::describe(&format!("{part} · {}", m.title), self.state.lang);
        if std::mem::take(&mut self.fills) {
            if let Some(asked) = &self.state.trace.asked {
                browser::type_into("code", &asked.code);
            }
            if let Some(actor) = self.state.recording.actor.chain() {
                browser::type_into("actor", &actor.to_string());
            }
        }
        if std::mem::take(&mut self.reveals) {
            browser::reveal(&focus_id(self.state.trace.focused()));
        }
        if let Some(id) = self.goes_to.take() {
            browser::focus(&id);
        }
    }
}

const fn name(tab: Tab, lang: Lang) -> &'static str {
    let m = lang.messages();
    match tab {
        Tab::Trace => m.tab_trace,
        Tab::Check => m.tab_check,
        Tab::Record => m.tab_record,
    }
}

fn head(state: &State, act: &Callback<Action>) -> Html {
    let m = state.lang.messages();
    let language = |lang: Lang| {
        let pressed = if lang == state.lang { "true" } else { "false" };
        let choose = act.reform(move |_: MouseEvent| Action::Speak(lang));
        html! { <button type="button" lang={lang.tag()} aria-pressed={pressed} onclick={choose}>{ lang.name() }</button> }
    };
    html! {
        <header class="head">
            <p class="brand">
                <svg viewBox="0 0 32 32" aria-hidden="true"><circle cx="16" cy="16" r="12.5" /><path d={SEED} /></svg>
                <span>{ m.title }</span>
            </p>
            <nav class="languages" aria-label={m.languages}>{ for Lang::ALL.map(language) }</nav>
        </header>
    }
}

fn tabs(state: &State, act: &Callback<Action>) -> Html {
    let tab = |tab: Tab| {
        let current = (tab == state.tab).then_some("page");
        let show = act.reform(move |event: MouseEvent| {
            event.prevent_default();
            Action::Show(tab)
        });
        html! { <a href={tab.fragment()} aria-current={current} onclick={show}>{ name(tab, state.lang) }</a> }
    };
    html! { <nav class="tabs" aria-label={state.lang.messages().parts}>{ for Tab::ALL.map(tab) }</nav> }
}
