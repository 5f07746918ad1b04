//! Orders that wait, and what is on its way.

mod drawn;

use std::rc::Rc;

use nguon_core::ids::ChainId;
use nguon_core::values::Grams;
use nguon_farm_app::browser::store;
use nguon_farm_app::format;
use nguon_farm_app::tasks::amount;
use nguon_ui::el::{Inside, When, el, el_of, is, yes};
use nguon_ui::part::{On, Part, part_of};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::Desk;
use super::give::{Give, given_words};
use super::ui::go_to;
use crate::kept::Held;
use crate::lots::{Lot, lots};
use crate::messages::{fill, words};
use crate::orders::{Arrived, Day, OrderForm, Orders, Shipment, State, Way, shipments};
use crate::pack::{Fault, Field};
use crate::work;

/// Shipments that are shown before more are asked for.
const SHOWN: usize = 50;

/// What can happen.
pub enum Message {
    /// The orders as they are kept
    Kept(Held<Orders>),
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
    Given(Option<(u64, Way)>),
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
    orders: Rc<Held<Orders>>,
    /// Whether they are read: nothing is kept over what is not known yet
    read: bool,
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
    fn keep(&mut self, on: &On<'_, Self>, change: impl FnOnce(&mut Orders)) {
        let mut orders = (*self.orders).clone();
        change(&mut orders);
        let kept = orders.change();
        self.orders = Rc::new(orders);
        let (desk, tell) = (on.props().clone(), on.link().callback(Message::Failed));
        spawn_local(async move {
            if let Err(why) = store::write(&[kept]).await {
                tell.emit(desk.why(&why.into()));
            }
        });
    }

    fn read(on: &On<'_, Self>) {
        let (me, tell) = (on.props().me, on.link().callback(Message::Kept));
        spawn_local(async move {
            tell.emit(Orders::read(&me).await);
        });
    }

    fn take(&mut self, on: &On<'_, Self>) {
        let Some(form) = self.form.clone() else { return };
        match form.read(Day::of(on.props().bench.now().get())) {
            Err((field, fault)) => {
                self.fault = Some((field, fault));
                go_to(field);
            }
            Ok((buyer, grams, due)) => {
                (self.form, self.fault) = (None, None);
                self.keep(on, |orders| orders.take(buyer, grams, due, form.note.trim().to_owned()));
            }
        }
    }

    fn shipments(desk: &Desk) -> Vec<Shipment> {
        desk.bench.work().map(|work| shipments(&work.book, &work.outbox, &desk.me)).unwrap_or_default()
    }

    fn sign_arrival(&mut self, on: &On<'_, Self>) {
        let desk = on.props().clone();
        let m = words(desk.lang);
        let Some(one) = Self::shipments(&desk).into_iter().find(|one| Some(one.to) == self.arriving) else { return };
        let grams = amount::more_than_nothing(&self.weight).ok().and_then(|grams| Grams::new(grams).ok());
        let Some(grams) = grams else { return self.failed = Some(m.fault_number().to_owned()) };
        if grams.get() > one.grams {
            let kg = format::kilograms(desk.lang, one.grams);
            return self.failed = Some(fill(m.fault_more(), &[("kg", &kg)]));
        }
        self.failed = None;
        let tell = on.link().callback(|message| message);
        spawn_local(async move {
            let mut source = Arrived { from: one.from, to: one.to, grams, at: 0 };
            match work::sign_all(&desk.bench, &mut source, &|_| {}).await {
                Ok(_) => tell.emit(Message::Arrived(grams.get())),
                Err(why) => tell.emit(Message::Failed(desk.why(&why))),
            }
        });
    }
}

impl Part for OrdersPage {
    type Message = Message;
    type Properties = Desk;

    fn create(on: &On<'_, Self>) -> Self {
        Self::read(on);
        // Whether others took in what was given to them.
        let (desk, looked) = (on.props().clone(), on.link().callback(|()| Message::Looked));
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

    fn update(&mut self, on: &On<'_, Self>, message: Message) -> bool {
        let desk = on.props();
        let m = words(desk.lang);
        match message {
            Message::Kept(orders) => (self.orders, self.read) = (Rc::new(orders), true),
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
            Message::Take => self.take(on),
            Message::Give(order) => (self.giving, self.said, self.failed) = (order, None, None),
            Message::Given(given) => {
                self.giving = None;
                self.said = given.map(|given| given_words(desk, given));
                Self::read(on);
            }
            Message::Drop(id) => self.keep(on, |orders| orders.drop(id)),
            Message::Arrives(to) => {
                let grams = Self::shipments(desk).into_iter().find(|one| Some(one.to) == to).map(|one| one.grams);
                self.weight = grams.map(crate::pack::typed_kilograms).unwrap_or_default();
                (self.arriving, self.failed) = (to, None);
            }
            Message::Weight(text) => self.weight = text,
            Message::SignArrival => self.sign_arrival(on),
            Message::Arrived(grams) => {
                let kg = format::kilograms(desk.lang, grams);
                (self.arriving, self.said) = (None, Some(fill(m.arrived_done(), &[("kg", &kg)])));
            }
            Message::Failed(words) => self.failed = Some(words),
            Message::All => self.all = true,
            Message::Looked => {}
        }
        true
    }

    fn view(&self, on: &On<'_, Self>) -> Html {
        let desk = on.props();
        let m = words(desk.lang);
        let said = self.said.clone().map(|words| el_of("p", "band d-good").with(words).html());
        let failed = self.failed.clone().filter(|_| self.arriving.is_none());
        let failed = failed.map(|words| el_of("p", "band alert").with(words).html());
        let new = on.link().callback(|_: Event| Message::Form(true));
        let without = on.link().callback(|_: Event| Message::Give(Some(None)));
        let all: Rc<Vec<Lot>> =
            Rc::new(desk.bench.work().map(|work| lots(&work.book, &work.outbox, &desk.me)).unwrap_or_default());
        let some = all.iter().any(super::give::may_give);
        let done = on.link().callback(Message::Given);
        let give = |order: Option<u32>| {
            part_of::<Give>(
                order.unwrap_or(0),
                super::give::Props {
                    desk: desk.clone(),
                    lots: all.clone(),
                    orders: self.orders.clone(),
                    order,
                    from: None,
                    done: done.clone(),
                },
            )
        };
        let unreadable = self.orders.unreadable.then(|| el_of("p", "band amber").with(m.unreadable()).html());
        let form = self.form.as_ref().map(|form| self.order_form(on, m, form));
        let open = self.orders.open();
        let lines = open.iter().map(|order| self.order(on, m, order, some, &give));
        let none = open.is_empty().then(|| el_of("p", "d-quiet").with(m.orders_none()).html());
        let nothing = (!some).then(|| el_of("p", "note").with(m.give_nothing()).html());
        el("section")
            .at(&["aria-labelledby"], &["title"])
            .with(
                el_of("div", "d-title")
                    .with(el("h1").at(&["id", "tabindex"], &["title", "-1"]).with(m.orders_title()))
                    .with(
                        el_of("div", "row")
                            .with(
                                el("button")
                                    .any(
                                        &["type", "class", "id", "disabled"],
                                        &[is("button"), is("button small"), is("order-new"), yes(!self.read)],
                                    )
                                    .on(When::Click, new)
                                    .with(m.order_new()),
                            )
                            .with(
                                el("button")
                                    .any(
                                        &["type", "class", "id", "disabled"],
                                        &[is("button"), is("button small quiet"), is("give"), yes(!some)],
                                    )
                                    .on(When::Click, without)
                                    .with(m.give_title()),
                            ),
                    ),
            )
            .with(el_of("p", "lead").with(m.orders_lead()))
            .with(el("div").at(&["role"], &["status"]).with(said).with(failed).with(unreadable))
            .with(form)
            .with((self.giving == Some(None)).then(|| give(None)))
            .with(none)
            .with(nothing)
            .with(el_of("ul", "d-orders").all(lines))
            .with(self.shipped(on, m))
            .html()
    }
}
