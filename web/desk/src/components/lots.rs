//! What came in, went out and remains, lot by lot, with a hand-over from each.

use nguon_core::event::DrawReason;
use nguon_core::ids::ChainId;
use nguon_core::values::Grams;
use nguon_draft::handover::Offer;
use nguon_draft::{Draft, HandOver};
use nguon_farm_app::format;
use nguon_farm_app::scanner::Scanner;
use nguon_farm_app::tasks::amount;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::Desk;
use super::ui::{TextField, maybe, number};
use crate::lots::{Lot, lots, sum};
use crate::messages::{Messages, fill, words};
use crate::work;

/// What can happen.
pub enum Message {
    /// A lot is looked at, or none
    Look(Option<ChainId>),
    /// Fruit of the lot is to be given, or not
    Give(bool),
    /// The receiver's code, typed
    Typed(String),
    /// Kilograms
    Kilograms(String),
    /// A code was scanned
    Heard(String),
    /// Sign
    Sign,
    /// It is signed
    Given(u64),
    /// It is not, in words
    Failed(String),
}

/// The page.
#[derive(Default)]
pub struct LotsPage {
    looked: Option<ChainId>,
    giving: bool,
    code: String,
    kilograms: String,
    failed: Option<String>,
    said: Option<String>,
}

impl Component for LotsPage {
    type Message = Message;
    type Properties = Desk;

    fn create(_: &Context<Self>) -> Self {
        Self::default()
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        let desk = ctx.props();
        let m = words(desk.lang);
        match message {
            Message::Look(lot) => *self = Self { looked: lot, ..Self::default() },
            Message::Give(open) => (self.giving, self.failed, self.said) = (open, None, None),
            Message::Typed(text) | Message::Heard(text) => (self.code, self.failed) = (text, None),
            Message::Kilograms(text) => self.kilograms = text,
            Message::Sign => self.sign(ctx),
            Message::Given(grams) => {
                let kg = format::kilograms(desk.lang, grams);
                let said = Some(fill(m.give_done, &[("kg", &kg)]));
                *self = Self { looked: self.looked, said, ..Self::default() };
            }
            Message::Failed(words) => self.failed = Some(words),
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
                { maybe(all.iter().find(|lot| Some(lot.chain) == self.looked).map(|lot| self.detail(ctx, m, lot))) }
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

    fn detail(&self, ctx: &Context<Self>, m: &'static Messages, lot: &Lot) -> Html {
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
        let give = (lot.remaining > 0 && !self.giving)
            .then(|| html! { <button type="button" class="button" id="give" onclick={open}>{ m.give_title }</button> });
        html! {
            <div class="card">
                <h2>{ lot.lot.clone().unwrap_or_else(|| lot.product.clone()) }</h2>
                { maybe(flows(m.lots_from, &lot.came)) }
                { maybe(flows(m.lots_into, &lot.went)) }
                { maybe(give) }
                { maybe(self.giving.then(|| self.give(ctx, m))) }
            </div>
        }
    }

    fn give(&self, ctx: &Context<Self>, m: &'static Messages) -> Html {
        let lang = ctx.props().lang;
        let heard = ctx.link().batch_callback(|bytes: Vec<u8>| String::from_utf8(bytes).ok().map(Message::Heard));
        let sign = ctx.link().callback(|event: SubmitEvent| {
            event.prevent_default();
            Message::Sign
        });
        let cancel = ctx.link().callback(|_: MouseEvent| Message::Give(false));
        html! {
            <form onsubmit={sign}>
                <h3>{ m.give_title }</h3>
                <p>{ m.give_lead }</p>
                <Scanner {lang} {heard} />
                <TextField id="give-code" label={m.give_code} value={self.code.clone()} typed={ctx.link().callback(Message::Typed)} />
                <TextField id="give-kg" label={m.give_kg} value={self.kilograms.clone()} typed={ctx.link().callback(Message::Kilograms)} inputmode="decimal" />
                <p class="error" role="alert">{ self.failed.clone().unwrap_or_default() }</p>
                <div class="row"><button class="button" id="give-do">{ m.give_do }</button><button type="button" class="button quiet" onclick={cancel}>{ m.cancel }</button></div>
            </form>
        }
    }

    fn sign(&mut self, ctx: &Context<Self>) {
        let desk = ctx.props().clone();
        let m = words(desk.lang);
        self.failed = None;
        let Some(from) = self.looked else { return };
        let Ok(offer) = Offer::from_text(&self.code) else { return self.failed = Some(m.give_not_code.to_owned()) };
        let grams = amount::more_than_nothing(&self.kilograms).ok().and_then(|grams| Grams::new(grams).ok());
        let Some(grams) = grams else { return self.failed = Some(m.fault_number.to_owned()) };
        let tell = ctx.link().callback(|message| message);
        spawn_local(async move {
            // The receiver's batch may not be at the server yet: then the server is the first to judge.
            work::have(&desk.bench, &[offer.batch, offer.owner]).await;
            let draft = HandOver {
                from,
                to: offer.batch,
                grams,
                why: DrawReason::Consignment,
                carriage: None,
                photos: Vec::new(),
            };
            match desk.bench.write(Draft::HandedOver(draft), Vec::new()).await {
                Ok(_) => tell.emit(Message::Given(grams.get())),
                Err(why) => tell.emit(Message::Failed(desk.why(&why))),
            }
        });
    }
}
