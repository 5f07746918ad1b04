//! Orders that wait, and what is on its way.

use std::rc::Rc;

use nguon_core::ids::ChainId;
use nguon_core::values::Grams;
use nguon_farm_app::browser::store::{self, Change, Shelf};
use nguon_farm_app::format;
use nguon_farm_app::tasks::amount;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::Desk;
use super::give::{Give, given_words};
use super::ui::{TextField, fault_at, go_to, maybe};
use crate::lots::{Lot, lots};
use crate::messages::{Messages, fill, words};
use crate::orders::{Arrived, Day, Order, OrderForm, Orders, Shipment, State, shipments};
use crate::pack::{Fault, Field};
use crate::work;

/// Shipments that are shown before more are asked for.
const SHOWN: usize = 50;

/// What can happen.
pub enum Message {
    /// The orders as they are kept
    Kept(Orders),
    /// The form of an order is opened or closed
    Form(bool),
    /// Something was typed into it
    Typed(Field, String),
    /// Words of one's own
    Note(String),
    /// Take the order
    Take,
    /// Fruit is to be given: for this order, or for none
    Give(Option<Option<u32>>),
    /// It was given, or not
    Given(Option<u64>),
    /// An order is not wanted any more
    Drop(u32),
    /// A consignment arrived: the form for its weight is opened or closed
    Arrives(Option<ChainId>),
    /// What arrived, as it is typed
    Weight(String),
    /// Sign that it arrived
    SignArrival,
    /// It is signed
    Arrived(u64),
    /// It is not, in words
    Failed(String),
    /// Show all shipments
    All,
    /// Others' batches were looked at again
    Looked,
}

/// The page.
#[derive(Default)]
pub struct OrdersPage {
    orders: Rc<Orders>,
    form: Option<OrderForm>,
    fault: Option<(Field, Fault)>,
    giving: Option<Option<u32>>,
    arriving: Option<ChainId>,
    weight: String,
    failed: Option<String>,
    said: Option<String>,
    all: bool,
}

impl OrdersPage {
    fn keep(&mut self, ctx: &Context<Self>, change: impl FnOnce(&mut Orders)) {
        let mut orders = (*self.orders).clone();
        change(&mut orders);
        let kept = Change::text(Shelf::Things, Orders::kept_as(&ctx.props().me), orders.to_json());
        self.orders = Rc::new(orders);
        let (desk, tell) = (ctx.props().clone(), ctx.link().callback(Message::Failed));
        spawn_local(async move {
            if let Err(why) = store::write(&[kept]).await {
                tell.emit(desk.why(&why.into()));
            }
        });
    }

    fn read(ctx: &Context<Self>) {
        let (me, tell) = (ctx.props().me, ctx.link().callback(Message::Kept));
        spawn_local(async move {
            tell.emit(Orders::of_json(store::text(Shelf::Things, &Orders::kept_as(&me)).await.as_deref()));
        });
    }

    fn take(&mut self, ctx: &Context<Self>) {
        let Some(form) = self.form.clone() else { return };
        match form.read() {
            Err((field, fault)) => {
                self.fault = Some((field, fault));
                go_to(field);
            }
            Ok((buyer, grams, due)) => {
                (self.form, self.fault) = (None, None);
                self.keep(ctx, |orders| orders.take(buyer, grams, due, form.note.trim().to_owned()));
            }
        }
    }

    fn shipments(desk: &Desk) -> Vec<Shipment> {
        desk.bench.work().map(|work| shipments(&work.book, &work.outbox, &desk.me)).unwrap_or_default()
    }

    fn sign_arrival(&mut self, ctx: &Context<Self>) {
        let desk = ctx.props().clone();
        let m = words(desk.lang);
        let Some(one) = Self::shipments(&desk).into_iter().find(|one| Some(one.to) == self.arriving) else { return };
        let grams = amount::more_than_nothing(&self.weight).ok().and_then(|grams| Grams::new(grams).ok());
        let Some(grams) = grams else { return self.failed = Some(m.fault_number.to_owned()) };
        if grams.get() > one.grams {
            let kg = format::kilograms(desk.lang, one.grams);
            return self.failed = Some(fill(m.fault_more, &[("kg", &kg)]));
        }
        self.failed = None;
        let tell = ctx.link().callback(|message| message);
        spawn_local(async move {
            let mut source = Arrived { from: one.from, to: one.to, grams, at: 0 };
            match work::sign_all(&desk.bench, &mut source, |_| {}).await {
                Ok(_) => tell.emit(Message::Arrived(grams.get())),
                Err(why) => tell.emit(Message::Failed(desk.why(&why))),
            }
        });
    }
}

impl Component for OrdersPage {
    type Message = Message;
    type Properties = Desk;

    fn create(ctx: &Context<Self>) -> Self {
        Self::read(ctx);
        // Whether others took in what was given to them.
        let (desk, looked) = (ctx.props().clone(), ctx.link().callback(|()| Message::Looked));
        spawn_local(async move {
            let waits = |one: &Shipment| one.owner != Some(desk.me) && one.stored && one.state == State::UnderWay;
            let to: Vec<ChainId> =
                Self::shipments(&desk).into_iter().filter(waits).take(SHOWN).map(|one| one.to).collect();
            if !to.is_empty() {
                work::have(&desk.bench, &to).await;
                looked.emit(());
            }
        });
        Self::default()
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        let desk = ctx.props();
        let m = words(desk.lang);
        match message {
            Message::Kept(orders) => self.orders = Rc::new(orders),
            Message::Form(open) => (self.form, self.fault) = (open.then(OrderForm::default), None),
            Message::Typed(field, text) => {
                let Some(form) = &mut self.form else { return false };
                match field {
                    Field::Buyer => form.buyer = text,
                    Field::Due => form.due = text,
                    _ => form.kilograms = text,
                }
            }
            Message::Note(text) => {
                if let Some(form) = &mut self.form {
                    form.note = text;
                }
            }
            Message::Take => self.take(ctx),
            Message::Give(order) => (self.giving, self.said, self.failed) = (order, None, None),
            Message::Given(grams) => {
                self.giving = None;
                self.said = grams.map(|grams| given_words(desk, grams));
                Self::read(ctx);
            }
            Message::Drop(id) => self.keep(ctx, |orders| orders.drop(id)),
            Message::Arrives(to) => {
                let grams = Self::shipments(desk).into_iter().find(|one| Some(one.to) == to).map(|one| one.grams);
                self.weight = grams.map(crate::pack::typed_kilograms).unwrap_or_default();
                (self.arriving, self.failed) = (to, None);
            }
            Message::Weight(text) => self.weight = text,
            Message::SignArrival => self.sign_arrival(ctx),
            Message::Arrived(grams) => {
                let kg = format::kilograms(desk.lang, grams);
                (self.arriving, self.said) = (None, Some(fill(m.arrived_done, &[("kg", &kg)])));
            }
            Message::Failed(words) => self.failed = Some(words),
            Message::All => self.all = true,
            Message::Looked => {}
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let desk = ctx.props();
        let m = words(desk.lang);
        let said = self.said.clone().map(|words| html! { <p class="band d-good">{ words }</p> });
        let failed = self.failed.clone().filter(|_| self.arriving.is_none());
        let failed = failed.map(|words| html! { <p class="band alert">{ words }</p> });
        let new = ctx.link().callback(|_: MouseEvent| Message::Form(true));
        let without = ctx.link().callback(|_: MouseEvent| Message::Give(Some(None)));
        let all: Rc<Vec<Lot>> =
            Rc::new(desk.bench.work().map(|work| lots(&work.book, &work.outbox, &desk.me)).unwrap_or_default());
        let some = all.iter().any(super::give::may_give);
        let done = ctx.link().callback(Message::Given);
        let give = |order: Option<u32>| {
            html! { <Give key={order.unwrap_or(0)} desk={desk.clone()} lots={all.clone()} orders={self.orders.clone()} {order} done={done.clone()} /> }
        };
        let form = self.form.as_ref().map(|form| self.order_form(ctx, m, form));
        let open = self.orders.open();
        let lines = open.iter().map(|order| self.order(ctx, m, order, some, &give));
        let none = open.is_empty().then(|| html! { <p class="d-quiet">{ m.orders_none }</p> });
        let nothing = (!some).then(|| html! { <p class="note">{ m.give_nothing }</p> });
        html! {
            <section aria-labelledby="title">
                <div class="d-title"><h1 id="title" tabindex="-1">{ m.orders_title }</h1>
                    <div class="row"><button type="button" class="button small" id="order-new" onclick={new}>{ m.order_new }</button>
                        <button type="button" class="button small quiet" id="give" disabled={!some} onclick={without}>{ m.give_title }</button></div>
                </div>
                <p class="lead">{ m.orders_lead }</p>
                <div role="status">{ maybe(said) }{ maybe(failed) }</div>
                { maybe(form) }
                { maybe((self.giving == Some(None)).then(|| give(None))) }
                { maybe(none) }
                { maybe(nothing) }
                <ul class="d-orders">{ for lines }</ul>
                { self.shipped(ctx, m) }
            </section>
        }
    }
}

impl OrdersPage {
    fn order_form(&self, ctx: &Context<Self>, m: &'static Messages, form: &OrderForm) -> Html {
        let lang = ctx.props().lang;
        let field = |field: Field, label: &'static str, hint: &'static str, value: &str, inputmode: &'static str| {
            let typed = ctx.link().callback(move |text| Message::Typed(field, text));
            html! { <TextField id={field.id()} {label} {hint} {inputmode} value={value.to_owned()} {typed} fault={fault_at(lang, m, self.fault, field)} /> }
        };
        let take = ctx.link().callback(|event: SubmitEvent| {
            event.prevent_default();
            Message::Take
        });
        let cancel = ctx.link().callback(|_: MouseEvent| Message::Form(false));
        html! {
            <form class="card" onsubmit={take}>
                <h2>{ m.order_new }</h2>
                <div class="d-pair">
                    { field(Field::Buyer, m.order_buyer, "", &form.buyer, "text") }
                    { field(Field::OrderKilograms, m.order_kg, "", &form.kilograms, "decimal") }
                    { field(Field::Due, m.order_due, m.order_due_hint, &form.due, "text") }
                    <TextField id="order-note" label={m.order_note} value={form.note.clone()} typed={ctx.link().callback(Message::Note)} />
                </div>
                <div class="row"><button class="button" id="order-take">{ m.order_take }</button><button type="button" class="button quiet" onclick={cancel}>{ m.cancel }</button></div>
            </form>
        }
    }

    fn order(
        &self,
        ctx: &Context<Self>,
        m: &'static Messages,
        order: &Order,
        some: bool,
        give: &impl Fn(Option<u32>) -> Html,
    ) -> Html {
        let desk = ctx.props();
        let (id, kg) = (order.id, |grams| format::kilograms(desk.lang, grams));
        let due = order.due.map(|due| fill(m.order_by, &[("day", &due.to_string())]));
        let late =
            order.is_late(Day::of(desk.bench.now().get())).then(|| html! { <b class="d-alert">{ m.order_late }</b> });
        let values = [("given", kg(order.given())), ("kg", kg(order.grams)), ("left", kg(order.left()))];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        let open = ctx.link().callback(move |_: MouseEvent| Message::Give(Some(Some(id))));
        let away = ctx.link().callback(move |_: MouseEvent| Message::Drop(id));
        let giving = self.giving == Some(Some(id));
        html! {
            <li class="card" key={id}>
                <h3>{ order.buyer.clone() }</h3>
                <p>{ super::ui::share(order.given(), order.grams, &fill(m.order_line, &values)) }</p>
                <p class="d-quiet">{ due.unwrap_or_default() }{ " " }{ maybe(late) }{ " " }{ order.note.clone() }</p>
                { if giving { give(Some(id)) } else { html! {
                    <div class="row"><button type="button" class="button small" disabled={!some} onclick={open}>{ m.give_title }</button><button type="button" class="button small quiet" onclick={away}>{ m.order_drop }</button></div>
                } } }
            </li>
        }
    }

    fn shipped(&self, ctx: &Context<Self>, m: &'static Messages) -> Html {
        let desk = ctx.props();
        let all = Self::shipments(desk);
        if all.is_empty() {
            return html! {};
        }
        let shown = if self.all { all.len() } else { SHOWN };
        let more = all.len().saturating_sub(shown);
        let more = (more > 0).then(|| {
            let all = ctx.link().callback(|_: MouseEvent| Message::All);
            html! { <button type="button" class="button small quiet" onclick={all}>{ fill(m.shipped_more, &[("count", &more.to_string())]) }</button> }
        });
        html! {
            <>
            <h2>{ m.shipped_title }</h2>
            <div class="d-wide"><table class="d-table" id="shipped">
                <thead><tr><th scope="col">{ m.col_to }</th><th scope="col">{ m.col_lot }</th><th scope="col" class="n">{ m.col_given }</th><th scope="col">{ m.col_carrier }</th><th scope="col">{ m.col_state }</th></tr></thead>
                <tbody>{ for all.iter().take(shown).map(|one| self.shipment(ctx, m, one)) }</tbody>
            </table></div>
            { maybe(more) }
            </>
        }
    }

    fn shipment(&self, ctx: &Context<Self>, m: &'static Messages, one: &Shipment) -> Html {
        let desk = ctx.props();
        let kg = |grams| format::kilograms(desk.lang, grams);
        let own = one.owner == Some(desk.me);
        let buyer = self.orders.buyer_of(&one.to).map(str::to_owned);
        let other = || one.owner.filter(|_| !own).map(|owner| desk.name_of(&owner));
        let whom = buyer
            .or_else(other)
            .unwrap_or_else(|| if own { m.shipped_own.to_owned() } else { desk.bench.name_of(&one.to) });
        let state = match one.state {
            State::Arrived(grams) if one.shortage() > 0 => {
                fill(m.shipped_short, &[("kg", &kg(grams)), ("short", &kg(one.shortage()))])
            }
            State::Arrived(grams) => fill(m.shipped_arrived, &[("kg", &kg(grams))]),
            State::UnderWay if own => m.shipped_under_way.to_owned(),
            State::UnderWay => m.shipped_waits.to_owned(),
        };
        let (to, arriving) = (one.to, self.arriving == Some(one.to));
        let arrived = ctx.link().callback(move |_: MouseEvent| Message::Arrives(Some(to)));
        let button = (own && one.state == State::UnderWay && !arriving).then(
            || html! { <button type="button" class="button small quiet d-arrived" onclick={arrived}>{ m.arrived }</button> },
        );
        let paper = one.document.as_ref().map(|document| format!(" · {}", document.number)).unwrap_or_default();
        let carrier = one.carrier.map_or_else(|| m.give_no_carrier.to_owned(), |carrier| desk.name_of(&carrier));
        let waits = (!one.stored).then(|| html! { <small>{ m.lots_waiting }</small> });
        html! {
            <tr key={format!("{}/{}", one.from, one.draw)}>
                <th scope="row">{ whom }<small>{ format::moment(desk.lang, one.at) }</small></th>
                <td data-name={m.col_lot}>{ one.lot.clone().unwrap_or_else(|| desk.bench.name_of(&one.from)) }</td>
                <td class="n" data-name={m.col_given}>{ kg(one.grams) }</td>
                <td data-name={m.col_carrier}>{ carrier }{ paper }</td>
                <td>{ state }{ maybe(waits) }{ maybe(button) }{ maybe(arriving.then(|| self.arrival(ctx, m))) }</td>
            </tr>
        }
    }

    fn arrival(&self, ctx: &Context<Self>, m: &'static Messages) -> Html {
        let sign = ctx.link().callback(|event: SubmitEvent| {
            event.prevent_default();
            Message::SignArrival
        });
        let cancel = ctx.link().callback(|_: MouseEvent| Message::Arrives(None));
        let fault = self.failed.clone().unwrap_or_default();
        html! {
            <form onsubmit={sign}>
                <TextField id="arrived-kg" label={m.arrived_kg} hint={m.arrived_hint} value={self.weight.clone()} typed={ctx.link().callback(Message::Weight)} inputmode="decimal" {fault} />
                <div class="row"><button class="button small" id="arrived-do">{ m.arrived_do }</button><button type="button" class="button small quiet" onclick={cancel}>{ m.cancel }</button></div>
            </form>
        }
    }
}
