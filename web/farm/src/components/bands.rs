//! What holds for the whole app, in bands above the page: practice, no network, no room, a wrong clock.

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
        band("practice", html! { <><strong>{ m.practice_band }</strong><span>{ m.practice_band_why }</span>{ button("small quiet", m.practice_leave, leave) }</> })
    });
    let not_kept = state.not_kept.map(|why| {
        let words = match why {
            NotKept::Full => m.not_kept_full,
            NotKept::Elsewhere => m.not_kept_elsewhere,
            NotKept::Refused => m.not_kept_refused,
        };
        let heard = doing.act.reform(|_| Action::Heard);
        html! { <div class="band alert" role="alert"><p>{ words }</p>{ button("small quiet", m.heard, heard) }</div> }
    });
    let ready = state.stage() == Stage::Ready;
    let offline = (!state.online).then(|| band("amber", html! { <p>{ m.offline_band }</p> }));
    let clock = state.sending.wrong_clock().filter(|_| ready).map(|ahead| {
        let days = (ahead.unsigned_abs() / 86_400).to_string();
        let hours = (ahead.unsigned_abs() / 3_600).to_string();
        let (by_days, words) =
            (ahead.unsigned_abs() >= 2 * 86_400, [("days", days.as_str()), ("hours", hours.as_str())]);
        let said = match (ahead > 0, by_days) {
            (true, true) => m.clock_ahead_days,
            (true, false) => m.clock_ahead_hours,
            (false, true) => m.clock_behind_days,
            (false, false) => m.clock_behind_hours,
        };
        band("amber", html! { <p>{ fill(said, &words) }</p> })
    });
    let may_go = state.persisted == Some(false) && !state.practises && ready && state.page == Page::Today;
    let may_go = may_go.then(|| may_go_band(state, doing));
    html! { <>{ maybe(practice) }{ maybe(not_kept) }{ maybe(offline) }{ maybe(clock) }{ maybe(may_go) }</> }
}

/// The browser may clear what is kept; an app on the screen is left alone.
fn may_go_band(state: &State, doing: &Doing) -> Html {
    let m = state.lang.messages();
    if state.installed {
        return html! {};
    }
    let install =
        state.can_install.then(|| button("small", m.install, doing.go(|bench| async move { bench.install().await })));
    let words = if state.can_install { m.may_go } else { m.may_go_by_hand };
    band("", html! { <><p>{ words }</p>{ maybe(install) }</> })
}
