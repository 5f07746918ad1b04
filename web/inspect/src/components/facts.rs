//! All that is told of a node, and what can be done with it.

use nguon_core::ids::ChainId;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::ui::{button, fact, maybe, told, verdict};
use crate::check::conclusion::{Tone, reason_of_word};
use crate::code::{Direction, Kind};
use crate::format;
use crate::lang::Lang;
use crate::messages::fill;
use crate::state::{Action, Picked, State};
use crate::trace::line::{Node, Recall};
use crate::trace::reach::{sort_word, standing_word};
use crate::trace::{Sort, Standing};
use crate::work;

/// Draws the facts of a node.
pub fn view(state: &State, chain: &ChainId, act: &Callback<Action>) -> Option<Html> {
    let (lang, trace) = (state.lang, &state.trace);
    let m = lang.messages();
    let node = trace.graph.nodes.get(chain)?;
    let title = format!("{} {}", sort_word(node.sort, m), trace.graph.title(node));
    let standing = trace.graph.standings().get(chain).copied().unwrap_or(Standing::Sound);
    let words = standing_word(standing, m);
    Some(html! {
        <section class="card" aria-labelledby="facts-title">
            <h2 id="facts-title" tabindex="-1">{ title.clone() }</h2>
            { maybe((!words.is_empty()).then(|| told(Tone::Alert, words.to_owned()))) }
            { for node.recalls.iter().map(|found| recall(lang, found)) }
            <dl class="facts">{ for list(lang, state, node) }</dl>
            { maybe(proof(state, chain)) }
            { actions(state, node, title, act) }
        </section>
    })
}

fn recall(lang: Lang, recall: &Recall) -> Html {
    let m = lang.messages();
    let words = if recall.released { m.recall_lifted } else { m.recall_stands };
    let mut words = fill(words, &[("reason", &reason_of_word(&recall.reason, m)), ("n", &recall.sequence.to_string())]);
    if let Some(lot) = &recall.product_lot {
        words.push_str(&fill(m.recall_product_lot, &[("lot", lot)]));
    }
    if let Some(harvests) = recall.harvests {
        words.push_str(&fill(m.recall_harvests, &[("n", &format::count(lang, harvests))]));
    }
    if recall.consignment.is_some() {
        words.push_str(m.recall_part);
    }
    html! { <p>{ words }</p> }
}

fn list(lang: Lang, state: &State, node: &Node) -> Vec<Html> {
    let (m, graph) = (lang.messages(), &state.trace.graph);
    let mut facts = vec![fact(m.column_holder, graph.name(&node.owner))];
    let mut text = |name, value: Option<String>| facts.extend(value.map(|value| fact(name, value)));
    text(m.column_product, node.product.clone());
    text(m.fact_variety, node.variety.clone());
    text(m.column_gtin, node.label.as_ref().map(|label| label.gtin.clone()));
    text(m.column_lot, node.label.as_ref().map(|label| label.lot.clone()));
    text(m.fact_code, node.code.as_ref().map(|code| format!("{} ({})", code.code, code.issuer)));
    text(m.column_commune, node.commune.clone());
    let mass = |grams: Option<u64>| grams.map(|grams| format::mass(lang, grams));
    text(m.column_in, mass(node.in_g));
    text(m.fact_drawn, mass(node.drawn_g));
    text(m.fact_sold, mass(node.sold_g.filter(|grams| *grams > 0)));
    text(m.fact_lost, mass(node.lost_g.filter(|grams| *grams > 0)));
    text(m.fact_disposed, mass(node.disposed_g.filter(|grams| *grams > 0)));
    text(m.column_remaining, mass(node.remaining_g));
    text(m.column_boxes, node.boxes.map(|boxes| format::count(lang, boxes)));
    text(m.fact_opened, Some(node.opened_at).filter(|at| *at > 0).map(|at| format::moment(lang, at)));
    text(m.column_chain, Some(node.chain.to_string()));
    facts
}

fn proof(state: &State, chain: &ChainId) -> Option<Html> {
    let (asked, found) = state.trace.proof.as_ref()?;
    (asked == chain).then(|| {
        let inside = match found {
            Some(found) => verdict(state.lang, found),
            None => html! { <p>{ state.lang.messages().proving }</p> },
        };
        html! { <div class="proof" role="status">{ inside }</div> }
    })
}

fn actions(state: &State, node: &Node, title: String, act: &Callback<Action>) -> Html {
    let m = state.lang.messages();
    let (chain, owner) = (node.chain, node.owner);
    let prove = (node.sort == Sort::Batch).then(|| {
        let act = act.clone();
        button("", m.prove, Callback::from(move |_| spawn_local(work::check::prove(chain, act.clone()))))
    });
    let inspect = act.reform(move |_| Action::Picked(Picked { chain, title: title.clone(), owner }));
    let walk = |direction: Direction, words: &'static str| {
        let act = act.clone();
        button(
            "quiet",
            words,
            Callback::from(move |_| {
                spawn_local(work::trace::ask(chain.to_string(), Kind::Any, direction, act.clone()));
            }),
        )
    };
    let page = node.label.as_ref().map(|label| {
        let path = format!("/01/{}/10/{}", label.gtin, crate::code::percent(&label.lot));
        html! { <a class="button quiet" href={path} target="_blank" rel="noopener">{ m.shopper_page }</a> }
    });
    html! {
        <div class="row">
            { maybe(prove) }
            { button("", m.inspect_this, inspect) }
            { walk(Direction::Forward, m.walk_forward) }
            { walk(Direction::Back, m.walk_back) }
            { maybe(page) }
            { button("quiet", m.close, act.reform(|_| Action::Open(None))) }
        </div>
    }
}
