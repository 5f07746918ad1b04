//! Walking the graph: the question, the picture, the facts of a node, the tables.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::ui::{button, maybe, menu};
use super::{drawing, facts, tables};
use crate::browser;
use crate::code::{Direction, Kind};
use crate::format;
use crate::lang::Lang;
use crate::messages::fill;
use crate::state::{Action, Ending, State, Trace};
use crate::trace::reach::nodes_csv;
use crate::work;

/// Draws the part.
pub fn view(state: &State, act: &Callback<Action>) -> Html {
    let (lang, trace) = (state.lang, &state.trace);
    let m = lang.messages();
    html! {
        <>
        <section aria-labelledby="trace-title">
            <h1 id="trace-title">{ m.trace_title }</h1>
            <p class="lead">{ m.trace_lead }</p>
            { form(lang, trace, act) }
        </section>
        { status(lang, trace) }
        { maybe((!trace.graph.nodes.is_empty()).then(|| html! {
            <>
            { reach(lang, trace) }
            { drawing::view(lang, trace, act) }
            { maybe(trace.open.and_then(|chain| facts::view(state, &chain, act))) }
            { tables::holdings(lang, &trace.graph, act) }
            { tables::edges(lang, &trace.graph) }
            </>
        })) }
        </>
    }
}

fn form(lang: Lang, trace: &Trace, act: &Callback<Action>) -> Html {
    let m = lang.messages();
    let ask = {
        let act = act.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            begin(&act);
        })
    };
    let scan = {
        let act = act.clone();
        Callback::from(move |_: MouseEvent| {
            let act = act.clone();
            spawn_local(async move {
                if let Some(code) = browser::scan(lang.messages().scan_stop).await {
                    browser::type_into("code", &code);
                    begin(&act);
                }
            });
        })
    };
    let (kind, direction) = trace.asked.as_ref().map_or_else(Default::default, |asked| (asked.kind, asked.direction));
    let kinds = Kind::ALL.map(|kind| (kind.value(), kind.name(m)));
    let directions = Direction::ALL.map(|direction| (direction.word(), direction.name(m)));
    let invalid = trace.fault.map(|_| "true");
    html! {
        <form class="ask" onsubmit={ask}>
            <div class="field wide">
                <label for="code">{ m.code_label }</label>
                <input id="code" autocomplete="off" autocapitalize="off" spellcheck="false"
                    aria-describedby="code-hint code-error" aria-invalid={invalid} />
                <p id="code-hint" class="small">{ m.code_hint }</p>
                <p id="code-error" class="error" role="alert">{ trace.fault.map(|fault| fault.sentence(m)) }</p>
            </div>
            { menu("kind", m.kind_label, &kinds, kind.value()) }
            { menu("direction", m.direction_label, &directions, direction.word()) }
            <div class="row">
                <button class="button">{ m.trace_ask }</button>
                { maybe(browser::can_scan().then(|| button("quiet", m.scan, scan))) }
            </div>
        </form>
    }
}

/// Asks for what the form says.
fn begin(act: &Callback<Action>) {
    let kind = Kind::from_value(&browser::typed("kind"));
    let direction = Direction::from_word(&browser::typed("direction"));
    spawn_local(work::trace::ask(browser::typed("code"), kind, direction, act.clone()));
}

/// Where the trace is, said as it comes.
fn status(lang: Lang, trace: &Trace) -> Html {
    let m = lang.messages();
    let graph = &trace.graph;
    let count = |number: usize| format::count(lang, number as u64);
    let counted =
        || fill(m.trace_counted, &[("nodes", &count(graph.nodes.len())), ("edges", &count(graph.edges.len()))]);
    let words = match (&trace.asked, trace.ending) {
        (None, _) => String::new(),
        (Some(_), None) => format!("{} {}", m.trace_coming, counted()),
        (Some(_), Some(Ending::Whole)) => counted(),
        (Some(_), Some(Ending::Torn)) => format!("{} {}", m.trace_torn, counted()),
        (Some(_), Some(Ending::NotFound)) => m.trace_not_found.to_owned(),
        (Some(_), Some(Ending::NotReachable)) => m.trace_not_reachable.to_owned(),
        (Some(_), Some(Ending::Refused(status))) => fill(m.trace_refused, &[("status", &status.to_string())]),
    };
    let cut = graph.end.is_some_and(|end| end.cut).then_some(m.trace_cut);
    let as_of = graph.as_of.map(|as_of| {
        fill(
            m.trace_as_of,
            &[("size", &format::count(lang, as_of.size)), ("time", &format::moment(lang, as_of.log_time))],
        )
    });
    let unreadable = (graph.unreadable > 0).then(|| fill(m.trace_unreadable, &[("n", &count(graph.unreadable))]));
    html! {
        <div class="status" role="status" aria-busy={trace.is_coming().to_string()}>
            <p>{ words }</p>
            { maybe(cut.map(|words| html! { <p class="error">{ words }</p> })) }
            { maybe(unreadable.map(|words| html! { <p class="error">{ words }</p> })) }
            { maybe(as_of.map(|words| html! { <p class="small">{ words }{ " " }{ m.trace_word }</p> })) }
        </div>
    }
}

/// What a recall reaches, counted, and to keep as a spreadsheet.
fn reach(lang: Lang, trace: &Trace) -> Html {
    use crate::trace::Standing;
    let m = lang.messages();
    let standings = trace.graph.standings();
    let count = |wanted: &[Standing]| standings.values().filter(|standing| wanted.contains(standing)).count();
    let (recalled, below) = (count(&[Standing::Recalled]), count(&[Standing::Below]));
    let words = (recalled + below > 0).then(|| {
        let number = |count: usize| format::count(lang, count as u64);
        fill(m.trace_recalled, &[("n", &number(recalled)), ("below", &number(below))])
    });
    let save = {
        let graph = trace.graph.clone();
        let name = format!("nguon-{}.csv", trace.asked.as_ref().map_or("trace", |asked| asked.direction.word()));
        Callback::from(move |_: MouseEvent| browser::save(&name, &nodes_csv(&graph, lang.messages())))
    };
    html! {
        <section class="reach" aria-label={m.trace_reach}>
            { maybe(words.map(|words| html! { <p class="told alert">{ super::ui::icon(crate::check::conclusion::Tone::Alert.sign()) }<span>{ words }</span></p> })) }
            { button("quiet", m.trace_csv, save) }
        </section>
    }
}
