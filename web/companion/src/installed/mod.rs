//! The page as an app: what has it open without a network, and that there is a newer version.
//!
//! The service worker (`web/verify/static/sw.js`) is registered here, once the verdict stands: a first visit has more urgent
//! things to fetch. What this draws stands below the verdict: that the bundle on the page is one kept on this device, and when
//! it was kept; that a newer version waits, and a button that changes to it. Nothing changes by itself.

pub mod device;

use nguon_verify_app::browser as page;
use nguon_verify_app::components::el::{button, el, group};
use nguon_verify_app::components::icon::{Tool, icon, tool_icon};
use nguon_verify_app::format;
use nguon_verify_app::lang::Lang;
use nguon_verify_app::messages::fill;
use nguon_verify_app::model::{Answer, Icon, Stamp};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::browser;
use crate::messages;

/// What the page says now.
#[derive(Properties, PartialEq)]
pub struct Shown {
    /// The page's language
    pub lang: Lang,
    /// What it says at its top, unless it is home
    pub answer: Option<Answer>,
}

/// What is known of the installed app.
pub struct Installed {
    /// When the bundle on the page was kept, if it did not come from the network
    kept: Option<Stamp>,
    /// A newer version waits
    is_newer: bool,
    /// The browser offers to add the page to the screen
    is_offered: bool,
    is_online: bool,
    /// A newer version has been looked for because this one cannot read the records
    sought: bool,
}

/// What the browser tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The bundle on the page was kept at this time
    Kept(Stamp),
    /// A newer version waits
    Newer,
    /// The page may be added to the screen
    Offered,
    /// It was added
    Added,
    /// There is a network, or none
    Online(bool),
}

impl Heard {
    /// What `load.js` says.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "newer" => Some(Self::Newer),
            "offered" => Some(Self::Offered),
            "installed" => Some(Self::Added),
            "online" => Some(Self::Online(true)),
            "offline" => Some(Self::Online(false)),
            _ => {
                let milliseconds: i64 = word.strip_prefix("kept ")?.parse().ok()?;
                Some(Self::Kept(Stamp::vietnam(milliseconds / 1000)))
            }
        }
    }
}

impl Component for Installed {
    type Message = Heard;
    type Properties = Shown;

    fn create(ctx: &Context<Self>) -> Self {
        let tell = ctx.link().callback(|heard| heard);
        let hear = Closure::<dyn FnMut(String)>::new(move |word: String| {
            if let Some(heard) = Heard::parse(&word) {
                tell.emit(heard);
            }
        });
        let installing = device::begin("install", &[hear.as_ref().clone()]);
        // It listens for as long as the page is open.
        hear.forget();
        spawn_local(async move {
            // A page that cannot be installed is a page nevertheless.
            let _ = installing.await;
        });
        Self { kept: None, is_newer: false, is_offered: false, is_online: page::online(), sought: false }
    }

    fn update(&mut self, _: &Context<Self>, heard: Heard) -> bool {
        match heard {
            Heard::Kept(at) => self.kept = Some(at),
            Heard::Newer => self.is_newer = true,
            Heard::Offered => self.is_offered = true,
            Heard::Added => self.is_offered = false,
            Heard::Online(is_online) => self.is_online = is_online,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Shown { lang, answer } = ctx.props();
        let words = messages::of(*lang);
        let kept = self.kept.filter(|_| answer.is_some()).map(|at| {
            let time = format::moment(*lang, at);
            let again = Callback::from(|_: Event| drop(device::ask("reload", &[])));
            let again =
                button("button quiet", again, group(vec![tool_icon(Tool::Retry), words.app_check_again.into()]));
            let told = el("p").text(fill(words.app_kept, &[("time", &time)]));
            let told = el("div").with(told).maybe(self.is_online.then_some(again));
            el("div").at(&["class", "role"], &["standing amber", "status"]).with(icon(Icon::Offline)).with(told)
        });
        let newer = self.is_newer.then(|| {
            let change = Callback::from(|_: Event| drop(device::ask("takeOver", &[])));
            let told = el("div").with(el("p").text(words.app_newer)).with(button("button", change, words.app_change));
            el("div").at(&["class", "role"], &["standing lychee", "status"]).with(icon(Icon::Update)).with(told)
        });
        let offered = (self.is_offered && answer.is_none()).then(|| {
            let add = Callback::from(|_: Event| drop(device::ask("addToScreen", &[])));
            let told = el("div").with(el("p").text(words.app_offered)).with(button("button quiet", add, words.app_add));
            el("div").at(&["class"], &["standing lychee"]).with(tool_icon(Tool::Save)).with(told)
        });
        let told = group([kept, newer, offered].into_iter().flatten().map(Html::from).collect());
        // One component for as long as the page is open, wherever it draws.
        let slot = browser::slot("box").or_else(|| browser::slot("shelf"));
        slot.map_or_else(Html::default, |slot| create_portal(told, slot))
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        // Records of a newer form: perhaps there is a newer page, too.
        if ctx.props().answer == Some(Answer::NeedsNewerApp) && !self.sought {
            self.sought = true;
            device::ask("seekNewer", &[]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_browser_can_tell_is_heard() {
        assert_eq!(Heard::parse("kept 1780644600123"), Some(Heard::Kept(Stamp::vietnam(1_780_644_600))));
        assert_eq!(Heard::parse("newer"), Some(Heard::Newer));
        for word in ["", "kept ", "kept x", "ready"] {
            assert_eq!(Heard::parse(word), None, "{word}");
        }
    }
}
