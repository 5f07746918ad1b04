//! The graph as SVG: nodes that can be opened, edges with kilograms, all of it walked by keyboard. Colour never stands
//! alone: what is recalled, short or forked has a shape and a word as well.

use std::collections::BTreeSet;

use yew::prelude::*;

use super::ui::{button, maybe};
use crate::format;
use crate::lang::Lang;
use crate::messages::{Messages, fill};
use crate::state::{Action, Trace};
use crate::trace::layout::{NODE, Spot, Wire};
use crate::trace::reach::{sort_word, standing_word};
use crate::trace::{Cell, Focus, Key, Link, Side, Sort, Standing};

/// Letters that fit a node.
const TITLE: usize = 21;
const LINE: usize = 26;

/// Draws the picture.
pub fn view(lang: Lang, trace: &Trace, act: &Callback<Action>) -> Html {
    let m = lang.messages();
    let (picture, focus) = (&trace.picture, trace.focused());
    let walk = act.clone();
    let keys = Callback::from(move |event: KeyboardEvent| {
        if let Some(key) = Key::of(&event.key()) {
            event.prevent_default();
            walk.emit(Action::Walk(key));
        }
    });
    let links = trace.view.links.iter().zip(&picture.wires).enumerate();
    let cells = trace.view.cells.iter().zip(&picture.boxes).enumerate();
    html! {
        <section class="drawing">
            <h2>{ m.drawing_title }</h2>
            <p id="drawing-help" class="small">{ m.drawing_help }</p>
            { maybe((!trace.shown.is_folded()).then(|| button("quiet", m.fold_up, act.reform(|_| Action::FoldUp)))) }
            <div class="scroll" role="region" aria-label={m.drawing_title} aria-describedby="drawing-help" tabindex="-1">
                <svg width={picture.width.to_string()} height={picture.height.to_string()}
                    viewBox={format!("0 0 {} {}", picture.width, picture.height)} role="group" aria-label={m.drawing_title}
                    onkeydown={keys}>
                    { for links.map(|(n, (link, wire))| edge(lang, trace, n, link, wire, focus, act)) }
                    { for cells.map(|(n, (cell, spot))| node(lang, trace, n, cell, *spot, focus, act)) }
                </svg>
            </div>
            { legend(m) }
        </section>
    }
}

fn legend(m: &Messages) -> Html {
    let sign = |class: &'static str, words: &'static str| {
        html! {
            <li>
                <svg class={classes!("cell", class)} width="40" height="24" viewBox="0 0 40 24" aria-hidden="true">
                    { for outline(class, 2, 2, 36, 20) }
                </svg>
                { words }
            </li>
        }
    };
    html! {
        <ul class="legend">
            { sign("recalled", m.standing_recalled) }
            { sign("below", m.standing_below) }
            { sign("forked", m.standing_forked) }
            <li>
                <svg width="40" height="24" viewBox="0 0 40 24" aria-hidden="true" class="link short"><path class="wire" d="M2 12H38" /></svg>
                { m.edge_short }
            </li>
        </ul>
    }
}

/// A node's frame: cut corners where recalled, dashed below a recall, double where forked.
fn outline(class: &str, x: u32, y: u32, width: u32, height: u32) -> Vec<Html> {
    let cut = 9;
    let octagon = format!(
        "M{} {y}h{}l{cut} {cut}v{}l-{cut} {cut}h-{}l-{cut} -{cut}v-{}z",
        x + cut,
        width - 2 * cut,
        height.saturating_sub(2 * cut),
        width - 2 * cut,
        height.saturating_sub(2 * cut),
    );
    let rect = |inset: u32, class: &'static str| {
        let number = |value: u32| value.to_string();
        html! {
            <rect {class} x={number(x + inset)} y={number(y + inset)} width={number(width - 2 * inset)}
                height={number(height - 2 * inset)} rx={number(10_u32.saturating_sub(inset))} />
        }
    };
    match class {
        "recalled" => vec![html! { <path class="frame" d={octagon} /> }],
        "forked" => vec![rect(0, "frame"), rect(4, "frame inner")],
        _ => vec![rect(0, "frame")],
    }
}

const fn class_of(standing: Standing) -> &'static str {
    match standing {
        Standing::Forked => "forked",
        Standing::Recalled => "recalled",
        Standing::Below => "below",
        Standing::Part => "part",
        Standing::Sound => "sound",
    }
}

/// The lines of a node: title, who, how much, how it stands.
struct Said {
    title: String,
    who: String,
    mass: String,
    standing: &'static str,
}

fn said(lang: Lang, trace: &Trace, index: usize, cell: &Cell) -> Said {
    let m = lang.messages();
    let graph = &trace.graph;
    let standing = standing_word(cell.standing, m);
    let Some(node) = cell.node().and_then(|chain| graph.nodes.get(&chain)) else {
        let owners: BTreeSet<_> =
            cell.members.iter().filter_map(|member| graph.nodes.get(member)).map(|node| node.owner).collect();
        let given = trace.view.links.iter().filter(|link| link.from == index).filter_map(|link| link.grams);
        let taken = trace.view.links.iter().filter(|link| link.to == index).filter_map(|link| link.grams);
        let (given, taken): (u64, u64) = (given.sum(), taken.sum());
        let number = |count: usize| format::count(lang, count as u64);
        let things = if cell.sort == Sort::Batch { m.fold_batches } else { m.fold_places };
        return Said {
            title: fill(m.fold_holders, &[("n", &number(owners.len()))]) + ", " + &format::mass(lang, given.max(taken)),
            who: fill(things, &[("n", &number(cell.members.len()))]),
            mass: m.fold_open.to_owned(),
            standing,
        };
    };
    let remaining = node.remaining_g.filter(|grams| *grams > 0);
    let mass = match (node.in_g, remaining) {
        (Some(grams), Some(remaining)) => {
            fill(m.node_mass_left, &[("in", &format::mass(lang, grams)), ("left", &format::mass(lang, remaining))])
        }
        (Some(grams), None) => format::mass(lang, grams),
        (None, _) => node.variety.clone().or_else(|| node.commune.clone()).unwrap_or_default(),
    };
    let who = format!("{} · {}", sort_word(node.sort, m), graph.name(&node.owner));
    Said { title: graph.title(node), who, mass, standing }
}

fn node(lang: Lang, trace: &Trace, n: usize, cell: &Cell, spot: Spot, focus: Focus, act: &Callback<Action>) -> Html {
    let m = lang.messages();
    let said = said(lang, trace, n, cell);
    let [title, who, mass, mark] =
        [(&*said.title, TITLE), (&said.who, LINE), (&said.mass, LINE), (said.standing, LINE)]
            .map(|(words, most)| format::short(words, most));
    let start = if cell.is_start { m.node_start } else { "" };
    // Named by what is seen of it, for those who say what they want pressed; the whole of it is its description.
    let label = listed([&*title, &who, &mass, &mark]) + start;
    let whole = listed([&*said.title, &said.who, &said.mass, said.standing]) + start;
    let whole = (whole != label).then_some(whole);
    let open = match cell.node() {
        Some(chain) => Action::Open(Some(chain)),
        None => Action::Unfold(cell.fold),
    };
    let (press, enter) = (
        act.reform({
            let open = open.clone();
            move |_: MouseEvent| open.clone()
        }),
        act.clone(),
    );
    let keys = Callback::from(move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            enter.emit(open.clone());
        }
    });
    let here = act.reform(move |_: FocusEvent| Action::Focused(Focus::Cell(n)));
    let line = |class: &'static str, down: u32, words: String| {
        // With a space after it: not one word with the next line's to who reads both at once.
        html! { <><text {class} x={(spot.x + 12).to_string()} y={(spot.y + down).to_string()}>{ words }</text>{ " " }</> }
    };
    let is_fold = cell.node().is_none();
    let behind = is_fold.then(|| html! {
        <rect class="behind" x={(spot.x + 5).to_string()} y={(spot.y + 5).to_string()} width={NODE.0.to_string()} height={NODE.1.to_string()} rx="10" />
    });
    html! {
        <g id={format!("cell-{n}")} key={format!("cell-{n}")} role="button" aria-label={label} aria-description={whole} aria-expanded={is_fold.then_some("false")}
            class={classes!("cell", class_of(cell.standing), cell.is_start.then_some("start"))}
            tabindex={if focus == Focus::Cell(n) { "0" } else { "-1" }} onclick={press} onkeydown={keys} onfocus={here}>
            { maybe(behind) }
            { for outline(class_of(cell.standing), spot.x, spot.y, NODE.0, NODE.1) }
            { line("title", 20, title) }
            { line("line", 37, who) }
            { line("line", 53, mass) }
            { line("mark", 69, mark) }
        </g>
    }
}

fn listed(parts: [&str; 4]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn edge(lang: Lang, trace: &Trace, n: usize, link: &Link, wire: &Wire, focus: Focus, act: &Callback<Action>) -> Html {
    let m = lang.messages();
    let title =
        |cell: usize| trace.view.cells.get(cell).map(|found| said(lang, trace, cell, found).title).unwrap_or_default();
    let mass = link.grams.map(|grams| format::mass(lang, grams));
    let short = (link.shortage > 0).then(|| fill(m.edge_shortage, &[("mass", &format::mass(lang, link.shortage))]));
    let mut label = fill(m.edge_label, &[("from", &title(link.from)), ("to", &title(link.to))]);
    for part in [&mass, &short].into_iter().flatten() {
        label.push_str(", ");
        label.push_str(part);
    }
    let is_here = matches!(focus, Focus::Link(link, _) if link == n);
    let here = act.reform(move |_: FocusEvent| {
        // A pointer comes from nowhere: as if from the source.
        Action::Focused(
            if let Focus::Link(link, side) = focus
                && link == n
            {
                Focus::Link(link, side)
            } else {
                Focus::Link(n, Side::Source)
            },
        )
    });
    let (x, y) = wire.label;
    let words = |class: &'static str, dy: u32, text: &String| {
        html! { <text {class} x={x.to_string()} y={(y + dy).to_string()} text-anchor="middle">{ text }</text> }
    };
    html! {
        <g id={format!("link-{n}")} key={format!("link-{n}")} role="img" aria-label={label}
            class={classes!("link", short.is_some().then_some("short"))} tabindex={if is_here { "0" } else { "-1" }} onfocus={here}>
            <path class="reach" d={wire.path()} />
            <path class="wire" d={wire.path()} />
            { maybe(mass.as_ref().map(|mass| words("mass", 0, mass))) }
            { maybe(short.as_ref().map(|short| words("lack", 15, short))) }
        </g>
    }
}
