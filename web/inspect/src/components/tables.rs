//! The same as the picture, in tables: who holds what now, and every edge.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::ui::{button, maybe};
use crate::browser;
use crate::format;
use crate::lang::Lang;
use crate::messages::fill;
use crate::state::Action;
use crate::trace::reach::{edges_csv, standing_word};
use crate::trace::{Edge, Graph, Holding, Standing};
use crate::work;

/// Rows shown before the rest is asked for.
const ROWS: usize = 200;

/// Who holds what now.
pub fn holdings(lang: Lang, graph: &Graph, act: &Callback<Action>) -> Html {
    let m = lang.messages();
    let holdings = graph.holdings();
    let standings = graph.standings();
    let holder = |holding: &Holding| {
        let name = graph.name(&holding.owner);
        let batch = |chain: &nguon_core::ids::ChainId| {
            let node = graph.nodes.get(chain);
            let mass = node.and_then(|node| node.remaining_g).map(|grams| format::mass(lang, grams));
            let words = standing_word(standings.get(chain).copied().unwrap_or(Standing::Sound), m);
            html! {
                <li>
                    <span class="code">{ graph.title_of(chain) }</span>
                    { maybe((!words.is_empty()).then(|| html! { <b class="told alert">{ words }</b> })) }
                    <span class="mass">{ mass }</span>
                </li>
            }
        };
        let all = {
            let (act, owner, name) = (act.clone(), holding.owner, name.clone());
            Callback::from(move |_| spawn_local(work::trace::holdings(owner, name.clone(), act.clone())))
        };
        html! {
            <li class="holder">
                <div class="sum"><b>{ name }</b><span class="mass">{ format::mass(lang, holding.remaining) }</span></div>
                <ul>{ for holding.batches.iter().take(ROWS).map(batch) }</ul>
                { button("text", m.holder_all, all) }
            </li>
        }
    };
    let empty = holdings.is_empty().then(|| html! { <p>{ m.holdings_none }</p> });
    html! {
        <section aria-labelledby="holdings-title">
            <h2 id="holdings-title">{ m.holdings_title }</h2>
            { maybe(empty) }
            <ul class="holders">{ for holdings.iter().map(holder) }</ul>
        </section>
    }
}

/// Every edge.
pub fn edges(lang: Lang, graph: &Graph) -> Html {
    let m = lang.messages();
    let all: Vec<&Edge> = graph.edges().collect();
    let row = |edge: &&Edge| {
        let mass = |grams: Option<u64>| grams.map(|grams| format::mass(lang, grams));
        let lack = mass(Some(edge.shortage()).filter(|grams| *grams > 0));
        html! {
            <tr>
                <th scope="row" data-name={m.column_from}>{ graph.title_of(&edge.from) }</th>
                <td data-name={m.column_to}>{ graph.title_of(&edge.to) }</td>
                <td class="number" data-name={m.column_drawn}>{ mass(edge.drawn_g) }</td>
                <td class="number" data-name={m.column_received}>{ mass(edge.received_g) }</td>
                <td class={classes!("number", lack.is_some().then_some("lack"))} data-name={m.column_shortage}>{ lack }</td>
            </tr>
        }
    };
    let save = {
        let graph = graph.clone();
        Callback::from(move |_| browser::save("nguon-edges.csv", &edges_csv(&graph, lang.messages())))
    };
    let more = (all.len() > ROWS).then(|| {
        let left = format::count(lang, (all.len() - ROWS) as u64);
        html! { <p class="small">{ fill(m.edges_more, &[("n", &left)]) }</p> }
    });
    html! {
        <section aria-labelledby="edges-title">
            <details>
                <summary><h2 id="edges-title">{ m.edges_title }</h2></summary>
                <table>
                    <thead><tr>
                        <th scope="col">{ m.column_from }</th><th scope="col">{ m.column_to }</th>
                        <th scope="col" class="number">{ m.column_drawn }</th><th scope="col" class="number">{ m.column_received }</th>
                        <th scope="col" class="number">{ m.column_shortage }</th>
                    </tr></thead>
                    <tbody>{ for all.iter().take(ROWS).map(row) }</tbody>
                </table>
                { maybe(more) }
                { button("quiet", m.edges_csv, save) }
            </details>
        </section>
    }
}
