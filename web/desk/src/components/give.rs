//! Fruit given: to a buyer who shows a code, or as a consignment split off the lot; with whoever carries it.

use std::rc::Rc;

use nguon_core::event::{DrawReason, Role};
use nguon_core::ids::ChainId;
use nguon_draft::{Draft, HandOver};
use nguon_farm_app::browser::store::{self, Change, Shelf};
use nguon_farm_app::format;
use nguon_farm_app::scanner::scanner;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::Desk;
use super::ui::{TextField, fault_at, go_to, maybe, value_of};
use crate::lots::Lot;
use crate::messages::{Messages, fill, words};
use crate::orders::{Consign, GiveForm, Orders, Way};
use crate::pack::{Fault, Field};
use crate::work;

/// What it needs.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// What every page is given
    pub desk: Desk,
    /// The batches that there are
    pub lots: Rc<Vec<Lot>>,
    /// Orders, as they are kept
    pub orders: Rc<Orders>,
    /// For which of them
    #[prop_or_default]
    pub order: Option<u32>,
    /// From which batch, if that is settled
    #[prop_or_default]
    pub from: Option<ChainId>,
    /// It is given, so many grams, or not to be
    pub done: Callback<Option<u64>>,
}

/// What can happen.
pub enum Message {
    /// Something was typed
    Typed(Field, String),
    /// Registration of the vehicle
    Vehicle(String),
    /// The batch
    From(Option<ChainId>),
    /// How
    Way(Way),
    /// Who carries it
    Carrier(Option<ChainId>),
    /// Sign
    Sign,
    /// It was not signed, in words
    Failed(String),
}

/// The form.
pub struct Give {
    form: GiveForm,
    fault: Option<(Field, Fault)>,
    failed: Option<String>,
    busy: bool,
}

impl Give {
    fn take_from(&mut self, props: &Props, from: Option<ChainId>) {
        let lot = props.lots.iter().find(|lot| Some(lot.chain) == from);
        self.form.from = lot.map(|lot| lot.chain);
        self.form.remaining = lot.map_or(0, |lot| lot.remaining);
        self.form.labelled = lot.is_some_and(|lot| lot.lot.is_some());
        if let Some(order) = props.order.and_then(|id| props.orders.find(id)) {
            self.form.fill_for(order);
        }
    }

    fn sign(&mut self, ctx: &Context<Self>) {
        let Props { desk, lots, orders, order, done, .. } = ctx.props().clone();
        (self.fault, self.failed) = (None, None);
        let given = match self.form.read() {
            Ok(given) => given,
            Err((field, fault)) => {
                self.fault = Some((field, fault));
                return go_to(field);
            }
        };
        self.busy = true;
        let why = if self.form.labelled { DrawReason::Consignment } else { DrawReason::Handover };
        let lot = lots.iter().find(|lot| lot.chain == given.from).cloned();
        let tell = ctx.link().callback(|message| message);
        spawn_local(async move {
            // The carrier and the receiver's batch may not be at hand yet.
            let carrier = given.carriage.iter().map(|carriage| carriage.carrier);
            let others = given.to.iter().flat_map(|offer| [offer.batch, offer.owner]);
            let all: Vec<ChainId> = carrier.chain(others).collect();
            work::have(&desk.bench, &all).await;
            let grams = given.grams;
            let signed = match given.to {
                Some(offer) => {
                    let (from, carriage) = (given.from, given.carriage);
                    let draft = HandOver { from, to: offer.batch, grams, why, carriage, photos: Vec::new() };
                    let signed = desk.bench.write(Draft::HandedOver(draft), Vec::new()).await.map(|_| ());
                    if let (Ok(()), Some(id)) = (&signed, order) {
                        let mut orders = (*orders).clone();
                        orders.sent(id, offer.batch, grams.get());
                        let kept = Change::text(Shelf::Things, Orders::kept_as(&desk.me), orders.to_json());
                        // What was given stands in the records; here it is only taken off the list.
                        let _ = store::write(&[kept]).await;
                    }
                    signed
                }
                None => {
                    let text = |text: &str| text.parse().ok();
                    let Some((product, variety)) =
                        lot.and_then(|lot| Some((text(&lot.kind)?, lot.variety.as_deref().and_then(text))))
                    else {
                        return;
                    };
                    let of = (given.from, product, variety);
                    let mut source = Consign::new(of, (grams, given.carriage), (desk.me, (*orders).clone(), order));
                    work::sign_all(&desk.bench, &mut source, |_| {}).await.map(|_| ())
                }
            };
            match signed {
                Ok(()) => done.emit(Some(grams.get())),
                Err(why) => tell.emit(Message::Failed(desk.why(&why))),
            }
        });
    }
}

impl Component for Give {
    type Message = Message;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let props = ctx.props();
        let mut give = Self { form: GiveForm::default(), fault: None, failed: None, busy: false };
        let only = || props.lots.iter().find(|lot| may_give(lot)).map(|lot| lot.chain);
        give.take_from(props, props.from.or_else(only));
        give
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Typed(Field::GiveCode, text) => (self.form.code, self.fault) = (text, None),
            Message::Typed(Field::Document, text) => self.form.document = text,
            Message::Typed(_, text) => self.form.kilograms = text,
            Message::Vehicle(text) => self.form.vehicle = text,
            Message::From(from) => self.take_from(ctx.props(), from),
            Message::Way(way) => (self.form.way, self.fault) = (way, None),
            Message::Carrier(carrier) => self.form.carrier = carrier,
            Message::Sign => self.sign(ctx),
            Message::Failed(words) => (self.failed, self.busy) = (Some(words), false),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { desk, done, .. } = ctx.props();
        let m = words(desk.lang);
        let sign = ctx.link().callback(|event: SubmitEvent| {
            event.prevent_default();
            Message::Sign
        });
        let cancel = done.reform(|_: MouseEvent| None);
        let failed = self.failed.clone().map(|words| html! { { words } });
        html! {
            <form onsubmit={sign} class="card d-give">
                <h2>{ m.give_title }</h2>
                { self.from(ctx, m) }
                { self.ways(ctx, m) }
                { self.field(ctx, m, Field::GiveKilograms, m.give_kg, &self.form.kilograms) }
                { self.carriage(ctx, m) }
                <p class="error" role="alert">{ maybe(failed) }</p>
                <div class="row"><button class="button" id="give-do" disabled={self.busy}>{ m.give_do }</button><button type="button" class="button quiet" onclick={cancel}>{ m.cancel }</button></div>
            </form>
        }
    }
}

impl Give {
    fn field(&self, ctx: &Context<Self>, m: &Messages, field: Field, label: &'static str, value: &str) -> Html {
        let lang = ctx.props().desk.lang;
        let typed = ctx.link().callback(move |text| Message::Typed(field, text));
        let inputmode = if field == Field::GiveKilograms { "decimal" } else { "text" };
        html! { <TextField id={field.id()} {label} {inputmode} value={value.to_owned()} {typed} fault={fault_at(lang, m, self.fault, field)} /> }
    }

    fn from(&self, ctx: &Context<Self>, m: &Messages) -> Html {
        let Props { desk, lots, .. } = ctx.props();
        let option = |lot: &Lot| {
            let name = lot.lot.clone().unwrap_or_else(|| format::day(desk.lang, lot.opened));
            let words = format!("{name} · {} · {}", lot.product, format::kilograms(desk.lang, lot.remaining));
            html! { <option value={lot.chain.to_string()} selected={Some(lot.chain) == self.form.from}>{ words }</option> }
        };
        let choose = ctx.link().callback(|event: Event| Message::From(value_of(&event).parse().ok()));
        let fault = fault_at(desk.lang, m, self.fault, Field::GiveLot);
        html! {
            <div class="field"><label for="give-lot">{ m.lot_choose }</label>
                <select id="give-lot" onchange={choose} aria-describedby="give-lot-error">{ for lots.iter().filter(|lot| may_give(lot)).map(option) }</select>
                <p id="give-lot-error" class="error">{ fault }</p>
            </div>
        }
    }

    fn ways(&self, ctx: &Context<Self>, m: &'static Messages) -> Html {
        let lang = ctx.props().desk.lang;
        let way = |way: Way, id: &'static str, words: &'static str, why: &'static str| {
            let choose = ctx.link().callback(move |_: Event| Message::Way(way));
            html! { <label class="choice"><input type="radio" name="way" {id} checked={self.form.way == way} onchange={choose} /><span>{ words }<small>{ why }</small></span></label> }
        };
        let heard = ctx.link().batch_callback(|bytes: Vec<u8>| {
            String::from_utf8(bytes).ok().map(|text| Message::Typed(Field::GiveCode, text))
        });
        let code = (self.form.way == Way::Code).then(|| {
            html! { <><p>{ m.give_lead }</p>{ scanner(lang, heard) }{ self.field(ctx, m, Field::GiveCode, m.give_code, &self.form.code) }</> }
        });
        html! {
            <>
            <fieldset class="choices"><legend>{ m.give_way }</legend>
                { way(Way::Code, "way-code", m.give_by_code, m.give_by_code_why) }
                { way(Way::Consignment, "way-consignment", m.give_consignment, m.give_consignment_why) }
            </fieldset>
            { maybe(code) }
            </>
        }
    }

    fn carriage(&self, ctx: &Context<Self>, m: &'static Messages) -> Html {
        let desk = &ctx.props().desk;
        let carriers = desk.listing.households.iter().filter(|one| one.role == Role::Carrier && !one.retired);
        let option = |actor: ChainId| html! { <option value={actor.to_string()} selected={self.form.carrier == Some(actor)}>{ desk.name_of(&actor) }</option> };
        let choose = ctx.link().callback(|event: Event| Message::Carrier(value_of(&event).parse().ok()));
        let vehicle = ctx.link().callback(Message::Vehicle);
        let papers = self.form.carrier.is_some().then(|| {
            html! {
                <div class="d-pair">
                    <TextField id="give-vehicle" label={m.give_vehicle} hint={m.give_vehicle_hint} value={self.form.vehicle.clone()} typed={vehicle} />
                    { self.field(ctx, m, Field::Document, m.give_document, &self.form.document) }
                </div>
            }
        });
        html! {
            <>
            <div class="field"><label for="carrier">{ m.give_carrier }</label>
                <select id="carrier" onchange={choose} aria-describedby="carrier-hint">
                    <option value="" selected={self.form.carrier.is_none()}>{ m.give_no_carrier }</option>{ for carriers.map(|one| option(one.actor)) }
                </select>
                <small id="carrier-hint">{ m.give_carrier_hint }</small>
            </div>
            { maybe(papers) }
            </>
        }
    }
}

/// Whether a batch has something to give that is not on its way already.
pub fn may_give(lot: &Lot) -> bool {
    lot.remaining > 0 && !lot.recalled && lot.consignment_of.is_none()
}

/// What was given, in words.
#[must_use]
pub fn given_words(desk: &Desk, grams: u64) -> String {
    fill(words(desk.lang).give_done, &[("kg", &format::kilograms(desk.lang, grams))])
}
