//! What holds for the whole app, in bands above the page: practice, no network, no room, a wrong clock.

use nguon_ui::el::{Inside, el, nodes};
use yew::prelude::*;

use super::Doing;
use super::ui::{band, button, maybe};
use crate::browser;
use crate::browser::store::NotKept;
use crate::messages::fill;
use crate::state::{Action, Page, Stage, State};

/// All bands that hold now.
pub fn view(state: &State, doing: &Doing) -> Html {
    let m = state.lang.messages();
    let practice = state.practises.then(|| {
        let leave = Callback::from(|_| browser::practise(false));
        band(
            "practice",
            nodes()
                .with(el("strong").with(m.practice_band()))
                .with(el("span").with(m.practice_band_why()))
                .with(button("small quiet", m.practice_leave(), leave))
                .html(),
        )
    });
    let not_kept = state.not_kept.map(|why| {
        let words = match why {
            NotKept::Full => m.not_kept_full(),
            NotKept::Elsewhere => m.not_kept_elsewhere(),
            NotKept::Refused => m.not_kept_refused(),
        };
        let heard = doing.act.reform(|_| Action::Heard);
        el("div")
            .at(&["class", "role"], &["band alert", "alert"])
            .with(el("p").with(words))
            .with(button("small quiet", m.heard(), heard))
            .html()
    });
    let ready = state.stage() == Stage::Ready;
    let offline = (!state.online).then(|| band("amber", el("p").with(m.offline_band()).html()));
    let clock = state.sending.wrong_clock().filter(|_| ready).map(|ahead| {
        let days = (ahead.unsigned_abs() / 86_400).to_string();
        let hours = (ahead.unsigned_abs() / 3_600).to_string();
        let (by_days, words) =
            (ahead.unsigned_abs() >= 2 * 86_400, [("days", days.as_str()), ("hours", hours.as_str())]);
        let said = match (ahead > 0, by_days) {
            (true, true) => m.clock_ahead_days(),
            (true, false) => m.clock_ahead_hours(),
            (false, true) => m.clock_behind_days(),
            (false, false) => m.clock_behind_hours(),
        };
        band("amber", el("p").with(fill(said, &words)).html())
    });
    let may_go = state.persisted == Some(false) && !state.practises && ready && state.page == Page::Today;
    let may_go = may_go.then(|| may_go_band(state, doing));
    nodes()
        .with(maybe(practice))
        .with(maybe(not_kept))
        .with(maybe(offline))
        .with(maybe(clock))
        .with(maybe(may_go))
        .html()
}

/// The browser may clear what is kept; an app on the screen is left alone.
fn may_go_band(state: &State, doing: &Doing) -> Html {
    let m = state.lang.messages();
    if state.installed {
        return Html::default();
    }
    let install =
        state.can_install.then(|| button("small", m.install(), doing.go(|bench| async move { bench.install().await })));
    let words = if state.can_install { m.may_go() } else { m.may_go_by_hand() };
    band("", nodes().with(el("p").with(words)).with(maybe(install)).html())
}
