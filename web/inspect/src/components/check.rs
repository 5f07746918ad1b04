//! Many codes at once: the list, how far it is, what was found, worst first.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::files::Files;
use super::ui::{button, maybe, told, verdict};
use crate::browser;
use crate::check::list::{self, Row, State as RowState};
use crate::check::{Kind, Summary};
use crate::code::{Code, Direction, Kind as CodeKind};
use crate::format;
use crate::lang::Lang;
use crate::messages::fill;
use crate::state::{Action, State};
use crate::work;

/// Draws the part.
pub fn view(state: &State, act: &Callback<Action>) -> Html {
    let (lang, check) = (state.lang, &state.check);
    let m = lang.messages();
    let send = {
        let act = act.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            spawn_local(work::check::check(browser::typed("codes"), act.clone()));
        })
    };
    html! {
        <>
        <section aria-labelledby="check-title">
            <h1 id="check-title">{ m.check_title }</h1>
            <p class="lead">{ m.check_lead }</p>
            <form onsubmit={send}>
                <div class="field wide">
                    <label for="codes">{ m.check_label }</label>
                    <textarea id="codes" rows="6" autocapitalize="off" autocomplete="off" spellcheck="false" aria-describedby="codes-hint" />
                    <p id="codes-hint" class="small">{ m.check_hint }</p>
                </div>
                <div class="row"><button class="button">{ m.check_ask }</button></div>
            </form>
        </section>
        { maybe((!check.rows.is_empty()).then(|| results(state, act))) }
        </>
    }
}

fn results(state: &State, act: &Callback<Action>) -> Html {
    let (lang, rows) = (state.lang, &state.check.rows);
    let m = lang.messages();
    let Summary { done, total, to_look_at } = state.check.summary();
    let number = |count: usize| format::count(lang, count as u64);
    let progress = fill(m.check_progress, &[("done", &number(done)), ("total", &number(total))]);
    let told = if state.check.is_running() {
        progress
    } else {
        fill(m.check_done, &[("total", &number(total)), ("n", &number(to_look_at))])
    };
    let save = {
        let rows = rows.clone();
        Callback::from(move |_| browser::save("nguon-check.csv", &list::csv(&rows, lang)))
    };
    html! {
        <section aria-labelledby="found-title">
            <h2 id="found-title">{ m.check_found }</h2>
            <p role="status">{ told }</p>
            <progress max={total.to_string()} value={done.to_string()} aria-label={m.check_found} />
            <table class="found">
                <thead><tr>
                    <th scope="col">{ m.column_found }</th><th scope="col">{ m.column_lot }</th><th scope="col">{ m.column_line }</th>
                </tr></thead>
                <tbody>{ for list::worst_first(rows).into_iter().take(state.check.drawn).filter_map(|n| Some(row(state, n, rows.get(n)?, act))) }</tbody>
            </table>
            { button("quiet", m.check_csv, save) }
        </section>
    }
}

fn row(state: &State, n: usize, row: &Row, act: &Callback<Action>) -> Html {
    let lang = state.lang;
    let m = lang.messages();
    let found = list::found(&state.check.rows, n);
    let words = match (&row.state, &found) {
        (RowState::Bad(fault), _) => {
            html! { <>{ told(Kind::Unreadable.tone(), Kind::Unreadable.words(m).to_owned()) }<small>{ fault.sentence(m) }</small></> }
        }
        (_, Some(found)) => verdict(lang, found),
        (RowState::Checking(done, total), None) => {
            let number = |count: usize| format::count(lang, count as u64);
            html! { <span class="waiting">{ fill(m.check_records, &[("done", &number(*done)), ("total", &number(*total))]) }</span> }
        }
        (_, None) => html! { <span class="waiting">{ m.check_waiting }</span> },
    };
    let same =
        if let RowState::Same(earlier) = row.state { state.check.rows.get(earlier).map(|row| row.line) } else { None };
    let same = same.map(|line| html! { <small>{ fill(m.check_same, &[("line", &line.to_string())]) }</small> });
    // Of what was read and has a bundle.
    let files = row.code.clone().filter(|code| found.is_some() && code.bundle_path().is_some());
    let files = files.map(|code| html! { <Files {lang} {code} /> });
    html! {
        <tr key={n}>
            <td data-name={m.column_found}>{ words }</td>
            <th scope="row" data-name={m.column_lot}>{ name(lang, row, act) }{ maybe(same) }{ maybe(files) }</th>
            <td class="number" data-name={m.column_line}>{ row.line }</td>
        </tr>
    }
}

/// The code, which leads to its trace if there is one.
fn name(_: Lang, row: &Row, act: &Callback<Action>) -> Html {
    let Some(code) = &row.code else { return html! { <span class="code">{ format::short(&row.text, 60) }</span> } };
    let (text, act) = (row.text.clone(), act.clone());
    let walk = Callback::from(move |_: MouseEvent| {
        spawn_local(work::trace::ask(text.clone(), CodeKind::Any, Direction::Both, act.clone()));
    });
    let gtin = if let Code::Label(label) = code { Some(label.gtin().to_string()) } else { None };
    html! {
        <>
        <button type="button" class="text code" onclick={walk}>{ code.title() }</button>
        { maybe(gtin.map(|gtin| html! { <small class="code">{ gtin }</small> })) }
        </>
    }
}
