//! What came in, went out and remains, lot by lot, with a hand-over from each.

use std::rc::Rc;

use nguon_core::ids::ChainId;
use nguon_farm_app::browser::store::{self, Shelf};
use nguon_farm_app::format;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::Desk;
use super::give::{Give, given_words, may_give};
use super::ui::{maybe, number};
use crate::lots::{Lot, lots, sum};
use crate::messages::{Messages, words};
use crate::orders::Orders;

/// What can happen.
pub enum Message {
    /// A lot is looked at, or none
    Look(Option<ChainId>),
    /// Fruit of the lot is to be given, or not
    Give(bool),
    /// It is given, so many grams; or it is not to be
    Given(Option<u64>),
    /// The orders as they are kept
    Kept(Orders),
}

/// The page.
#[derive(Default)]
pub struct LotsPage {
    looked: Option<ChainId>,
    giving: bool,
    orders: Rc<Orders>,
    said: Option<String>,
}

impl Component for LotsPage {
    type Message = Message;
    type Properties = Desk;

    fn create(ctx: &Context<Self>) -> Self {
        let (me, tell) = (ctx.props().me, ctx.link().callback(Message::Kept));
        spawn_local(async move {
            tell.emit(Orders::of_json(store::text(Shelf::Things, &Orders::kept_as(&me)).await.as_deref()));
        });
        Self::default()
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Look(lot) => (self.looked, self.giving, self.said) = (lot, false, None),
            Message::Give(open) => (self.giving, self.said) = (open, None),
            Message::Given(grams) => {
                self.giving = false;
                self.said = grams.map(|grams| given_words(ctx.props(), grams));
            }
            Message::Kept(orders) => self.orders = Rc::new(orders),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let desk = ctx.props();
        let m = words(desk.lang);
        let all = desk.bench.work().map(|work| lots(&work.book, &work.outbox, &desk.me)).unwrap_or_default();
        let body = if all.is_empty() {
            html! { <p class="d-quiet">{ m.lots_none }</p> }
        } else {
            self.table(ctx, m, &all)
        };
        let said = self.said.clone().map(|words| html! { <p class="band d-good">{ words }</p> });
        html! {
            <section aria-labelledby="title">
                <h1 id="title" tabindex="-1">{ m.lots_title }</h1>
                <p class="lead">{ m.lots_lead }</p>
                <div role="status">{ maybe(said) }</div>
                { body }
                { maybe(all.iter().find(|lot| Some(lot.chain) == self.looked).map(|lot| self.detail(ctx, m, &all, lot))) }
            </section>
        }
    }
}

impl LotsPage {
    fn table(&self, ctx: &Context<Self>, m: &'static Messages, all: &[Lot]) -> Html {
        let desk = ctx.props();
        let kg = |grams| format::kilograms(desk.lang, grams);
        let line = |lot: &Lot| {
            let chain = lot.chain;
            let open = self.looked == Some(chain);
            let look = ctx.link().callback(move |_: MouseEvent| Message::Look((!open).then_some(chain)));
            let name = lot.lot.clone().unwrap_or_else(|| format::day(desk.lang, lot.opened));
            let recalled = lot.recalled.then(|| html! { <b class="d-alert">{ m.lots_recalled }</b> });
            let off = (!lot.adds_up()).then(|| html! { <b class="d-alert">{ m.lots_off }</b> });
            let waits = (!lot.stored).then(|| html! { <span class="d-quiet">{ m.lots_waiting }</span> });
            html! {
                <tr key={chain.to_string()}>
                    <th scope="row"><button type="button" class="text" aria-expanded={open.to_string()} onclick={look}>{ name }</button><small>{ lot.product.clone() }{ " " }{ maybe(recalled) }{ maybe(off) }{ maybe(waits) }</small></th>
                    <td class="n" data-name={m.col_came}>{ kg(lot.came_in()) }</td><td class="n" data-name={m.col_went}>{ kg(lot.went_out()) }</td>
                    <td class="n" data-name={m.col_gone}>{ kg(lot.gone) }</td><td class="n" data-name={m.col_remaining}><b>{ kg(lot.remaining) }</b></td><td class="n" data-name={m.col_boxes}>{ number(desk.lang, lot.boxes) }</td>
                </tr>
            }
        };
        let sum = sum(all);
        html! {
            <div class="d-wide"><table class="d-table">
                <thead><tr><th scope="col">{ m.col_lot }</th><th scope="col" class="n">{ m.col_came }</th><th scope="col" class="n">{ m.col_went }</th><th scope="col" class="n">{ m.col_gone }</th><th scope="col" class="n">{ m.col_remaining }</th><th scope="col" class="n">{ m.col_boxes }</th></tr></thead>
                <tbody>{ for all.iter().map(line) }</tbody>
                <tfoot><tr><th scope="row">{ m.lots_sum }</th><td class="n" data-name={m.col_came}>{ kg(sum.came) }</td><td class="n" data-name={m.col_went}>{ kg(sum.went) }</td><td class="n" data-name={m.col_gone}>{ kg(sum.gone) }</td><td class="n" data-name={m.col_remaining}><b>{ kg(sum.remaining) }</b></td><td></td></tr></tfoot>
            </table></div>
        }
    }

    fn detail(&self, ctx: &Context<Self>, m: &'static Messages, all: &[Lot], lot: &Lot) -> Html {
        let desk = ctx.props();
        let kg = |grams| format::kilograms(desk.lang, grams);
        let name = |chain: &ChainId| {
            let owner =
                desk.listing.households.iter().find(|household| household.plots.iter().any(|plot| plot.plot == *chain));
            owner.map_or_else(|| desk.bench.name_of(chain), |household| desk.name_of(&household.actor))
        };
        let flows = |title: &'static str, flows: &[(ChainId, u64)]| {
            let line =
                |(chain, grams): &(ChainId, u64)| html! { <div><dt>{ name(chain) }</dt><dd>{ kg(*grams) }</dd></div> };
            (!flows.is_empty()).then(|| html! { <><h3>{ title }</h3><dl>{ for flows.iter().map(line) }</dl></> })
        };
        let open = ctx.link().callback(|_: MouseEvent| Message::Give(true));
        let (all, done) = (Rc::new(all.to_vec()), ctx.link().callback(Message::Given));
        let give = (may_give(lot) && !self.giving)
            .then(|| html! { <button type="button" class="button" id="give" onclick={open}>{ m.give_title }</button> });
        html! {
            <div class="card">
                <h2>{ lot.lot.clone().unwrap_or_else(|| lot.product.clone()) }</h2>
                { maybe(flows(m.lots_from, &lot.came)) }
                { maybe(flows(m.lots_into, &lot.went)) }
                { maybe(give) }
                { maybe(self.giving.then(|| html! { <Give desk={desk.clone()} lots={all} orders={self.orders.clone()} from={lot.chain} {done} /> })) }
            </div>
        }
    }
}
