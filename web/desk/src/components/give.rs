//! Fruit given: to a buyer who shows a code, or as a consignment split off the lot; with whoever carries it.

use std::rc::Rc;

use nguon_core::event::{DrawReason, Role};
use nguon_core::ids::ChainId;
use nguon_draft::{Draft, HandOver};
use nguon_farm_app::browser::store;
use nguon_farm_app::components::ui::button;
use nguon_farm_app::format;
use nguon_farm_app::scanner::scanner;
use nguon_ui::el::{Inside, When, el, el_of, is, nodes, yes};
use nguon_ui::part::{On, Part};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::Desk;
use super::ui::{fault_at, go_to, text_field, value_of};
use crate::kept::Held;
use crate::lots::Lot;
use crate::messages::{Messages, fill, words};
use crate::orders::{Consign, GiveForm, Orders, Way};
use crate::pack::{Fault, Field};
use crate::work;

/// What it needs.
#[derive(Clone, PartialEq)]
pub struct Props {
    /// What every page is given
    pub desk: Desk,
    /// The batches that there are
    pub lots: Rc<Vec<Lot>>,
    /// Orders, as they are kept
    pub orders: Rc<Held<Orders>>,
    /// For which of them
    pub order: Option<u32>,
    /// From which batch, if that is settled
    pub from: Option<ChainId>,
    /// It is given, so many grams in that way, or not to be
    pub done: Callback<Option<(u64, Way)>>,
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

    fn sign(&mut self, on: &On<'_, Self>) {
        let Props { desk, lots, orders, order, done, .. } = on.props().clone();
        (self.fault, self.failed) = (None, None);
        let given = match self.form.read() {
            Ok(given) => given,
            Err((field, fault)) => {
                self.fault = Some((field, fault));
                return go_to(field);
            }
        };
        self.busy = true;
        let way = self.form.way;
        let why = if self.form.labelled { DrawReason::Consignment } else { DrawReason::Handover };
        let lot = lots.iter().find(|lot| lot.chain == given.from).cloned();
        let tell = on.link().callback(|message| message);
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
                        let kept = orders.change();
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
                    let mut source = Consign::new(of, (grams, given.carriage), ((*orders).clone(), order));
                    work::sign_all(&desk.bench, &mut source, &|_| {}).await.map(|_| ())
                }
            };
            match signed {
                Ok(()) => done.emit(Some((grams.get(), way))),
                Err(why) => tell.emit(Message::Failed(desk.why(&why))),
            }
        });
    }
}

impl Part for Give {
    type Message = Message;
    type Properties = Props;

    fn create(on: &On<'_, Self>) -> Self {
        let props = on.props();
        let mut give = Self { form: GiveForm::default(), fault: None, failed: None, busy: false };
        let only = || props.lots.iter().find(|lot| may_give(lot)).map(|lot| lot.chain);
        give.take_from(props, props.from.or_else(only));
        give
    }

    fn update(&mut self, on: &On<'_, Self>, message: Message) -> bool {
        match message {
            Message::Typed(Field::GiveCode, text) => (self.form.code, self.fault) = (text, None),
            Message::Typed(Field::Document, text) => self.form.document = text,
            Message::Typed(_, text) => self.form.kilograms = text,
            Message::Vehicle(text) => self.form.vehicle = text,
            Message::From(from) => self.take_from(on.props(), from),
            Message::Way(way) => (self.form.way, self.fault) = (way, None),
            Message::Carrier(carrier) => self.form.carrier = carrier,
            Message::Sign => self.sign(on),
            Message::Failed(words) => (self.failed, self.busy) = (Some(words), false),
        }
        true
    }

    fn view(&self, on: &On<'_, Self>) -> Html {
        let Props { desk, done, .. } = on.props();
        let m = words(desk.lang);
        let sign = on.link().callback(|event: Event| {
            event.prevent_default();
            Message::Sign
        });
        let cancel = done.reform(|_: Event| None);
        let failed = self.failed.clone();
        el_of("form", "card d-give")
            .on(When::Submit, sign)
            .with(el("h2").with(m.give_title()))
            .with(self.from(on, m))
            .with(self.ways(on, m))
            .with(self.field(on, m, Field::GiveKilograms, m.give_kg(), &self.form.kilograms))
            .with(self.carriage(on, m))
            .with(el("p").at(&["class", "role"], &["error", "alert"]).with(failed))
            .with(
                el_of("div", "row")
                    .with(
                        el("button")
                            .any(&["class", "id", "disabled"], &[is("button"), is("give-do"), yes(self.busy)])
                            .with(m.give_do()),
                    )
                    .with(button("quiet", m.cancel(), cancel)),
            )
            .html()
    }
}

impl Give {
    fn field(&self, on: &On<'_, Self>, m: &Messages, field: Field, label: &'static str, value: &str) -> Html {
        let lang = on.props().desk.lang;
        let typed = on.link().callback(move |text| Message::Typed(field, text));
        let inputmode = if field == Field::GiveKilograms { "decimal" } else { "text" };
        text_field(&field.id(), label, value, typed)
            .fault(fault_at(lang, m, self.fault, field))
            .inputmode(inputmode)
            .html()
    }

    fn from(&self, on: &On<'_, Self>, m: &Messages) -> Html {
        let Props { desk, lots, .. } = on.props();
        let option = |lot: &Lot| {
            let name = lot.lot.clone().unwrap_or_else(|| format::day(desk.lang, lot.opened));
            let words = format!("{name} · {} · {}", lot.product, format::kilograms(desk.lang, lot.remaining));
            el("option")
                .any(&["value", "selected"], &[is(&lot.chain.to_string()), yes(Some(lot.chain) == self.form.from)])
                .with(words)
                .html()
        };
        let choose = on.link().callback(|event: Event| Message::From(value_of(&event).parse().ok()));
        let fault = fault_at(desk.lang, m, self.fault, Field::GiveLot);
        el_of("div", "field")
            .with(el("label").at(&["for"], &["give-lot"]).with(m.lot_choose()))
            .with(
                el("select")
                    .at(&["id", "aria-describedby"], &["give-lot", "give-lot-error"])
                    .on(When::Change, choose)
                    .all(lots.iter().filter(|lot| may_give(lot)).map(option)),
            )
            .with(el("p").at(&["id", "class"], &["give-lot-error", "error"]).with(fault))
            .html()
    }

    fn ways(&self, on: &On<'_, Self>, m: &'static Messages) -> Html {
        let lang = on.props().desk.lang;
        let way = |way: Way, id: &'static str, words: &'static str, why: &'static str| {
            let choose = on.link().callback(move |_: Event| Message::Way(way));
            el_of("label", "choice")
                .with(
                    el("input")
                        .at(&["type", "name", "id"], &["radio", "way", id])
                        .checked(self.form.way == way)
                        .on(When::Change, choose),
                )
                .with(el("span").with(words).with(el("small").with(why)))
                .html()
        };
        let heard = on
            .link()
            .perhaps(|bytes: Vec<u8>| String::from_utf8(bytes).ok().map(|text| Message::Typed(Field::GiveCode, text)));
        let code = (self.form.way == Way::Code).then(|| {
            nodes()
                .with(el("p").with(m.give_lead()))
                .with(scanner(lang, heard))
                .with(self.field(on, m, Field::GiveCode, m.give_code(), &self.form.code))
                .html()
        });
        nodes()
            .with(
                el_of("fieldset", "choices")
                    .with(el("legend").with(m.give_way()))
                    .with(way(Way::Code, "way-code", m.give_by_code(), m.give_by_code_why()))
                    .with(way(Way::Consignment, "way-consignment", m.give_consignment(), m.give_consignment_why())),
            )
            .with(code)
            .html()
    }

    fn carriage(&self, on: &On<'_, Self>, m: &'static Messages) -> Html {
        let desk = &on.props().desk;
        let carriers = desk.listing.households.iter().filter(|one| one.role == Role::Carrier && !one.retired);
        let option = |actor: ChainId| {
            el("option")
                .any(&["value", "selected"], &[is(&actor.to_string()), yes(self.form.carrier == Some(actor))])
                .with(desk.name_of(&actor))
                .html()
        };
        let choose = on.link().callback(|event: Event| Message::Carrier(value_of(&event).parse().ok()));
        let vehicle = on.link().callback(Message::Vehicle);
        let papers = self.form.carrier.is_some().then(|| {
            el_of("div", "d-pair")
                .with(
                    text_field("give-vehicle", m.give_vehicle(), &self.form.vehicle.clone(), vehicle)
                        .hint(m.give_vehicle_hint()),
                )
                .with(self.field(on, m, Field::Document, m.give_document(), &self.form.document))
                .html()
        });
        nodes()
            .with(
                el_of("div", "field")
                    .with(el("label").at(&["for"], &["carrier"]).with(m.give_carrier()))
                    .with(
                        el("select")
                            .at(&["id", "aria-describedby"], &["carrier", "carrier-hint"])
                            .on(When::Change, choose)
                            .with(
                                el("option")
                                    .any(&["value", "selected"], &[is(""), yes(self.form.carrier.is_none())])
                                    .with(m.give_no_carrier()),
                            )
                            .all(carriers.map(|one| option(one.actor))),
                    )
                    .with(el("small").at(&["id"], &["carrier-hint"]).with(m.give_carrier_hint())),
            )
            .with(papers)
            .html()
    }
}

/// Whether a batch has something to give that is not on its way already.
pub fn may_give(lot: &Lot) -> bool {
    lot.remaining > 0 && !lot.recalled && lot.consignment_of.is_none()
}

/// What was given, in words.
#[must_use]
pub fn given_words(desk: &Desk, (grams, way): (u64, Way)) -> String {
    let m = words(desk.lang);
    let message = if way == Way::Code { m.give_done() } else { m.give_done_consignment() };
    fill(message, &[("kg", &format::kilograms(desk.lang, grams))])
}
