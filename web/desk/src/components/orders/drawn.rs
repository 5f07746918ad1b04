//! How orders and what was shipped are drawn.

use nguon_farm_app::format;
use nguon_ui::el::{Inside, When, el, el_of, is, nodes, yes};
use nguon_ui::part::On;
use yew::prelude::*;

use super::super::ui::{fault_at, text_field};
use super::{Message, OrdersPage, SHOWN};
use crate::messages::{Messages, fill};
use crate::orders::{Day, Order, OrderForm, Shipment, State};
use crate::pack::Field;

impl OrdersPage {
    pub(super) fn order_form(&self, on: &On<'_, Self>, m: &'static Messages, form: &OrderForm) -> Html {
        let lang = on.props().lang;
        let field = |field: Field, label: &'static str, hint: &'static str, value: &str, inputmode: &'static str| {
            let typed = on.link().callback(move |text| Message::Typed(field, text));
            text_field(&field.id(), label, value, typed)
                .hint(hint)
                .fault(fault_at(lang, m, self.fault, field))
                .inputmode(inputmode)
                .html()
        };
        let take = on.link().callback(|event: Event| {
            event.prevent_default();
            Message::Take
        });
        let cancel = on.link().callback(|_: Event| Message::Form(false));
        el_of("form", "card")
            .on(When::Submit, take)
            .with(el("h2").with(m.order_new()))
            .with(
                el_of("div", "d-pair")
                    .with(field(Field::Buyer, m.order_buyer(), "", &form.buyer, "text"))
                    .with(field(Field::OrderKilograms, m.order_kg(), "", &form.kilograms, "decimal"))
                    .with(field(Field::Due, m.order_due(), m.order_due_hint(), &form.due, "text"))
                    .with(text_field(
                        "order-note",
                        m.order_note(),
                        &form.note.clone(),
                        on.link().callback(Message::Note),
                    )),
            )
            .with(
                el_of("div", "row")
                    .with(el("button").at(&["class", "id"], &["button", "order-take"]).with(m.order_take()))
                    .with(
                        el("button")
                            .at(&["type", "class"], &["button", "button quiet"])
                            .on(When::Click, cancel)
                            .with(m.cancel()),
                    ),
            )
            .html()
    }

    pub(super) fn order(
        &self,
        on: &On<'_, Self>,
        m: &'static Messages,
        order: &Order,
        some: bool,
        give: &impl Fn(Option<u32>) -> Html,
    ) -> Html {
        let desk = on.props();
        let (id, kg) = (order.id, |grams| format::kilograms(desk.lang, grams));
        let due = order.due.map(|due| fill(m.order_by(), &[("day", &due.to_string())]));
        let late =
            order.is_late(Day::of(desk.bench.now().get())).then(|| el_of("b", "d-alert").with(m.order_late()).html());
        let values = [("given", kg(order.given())), ("kg", kg(order.grams)), ("left", kg(order.left()))];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        let open = on.link().callback(move |_: Event| Message::Give(Some(Some(id))));
        let away = on.link().callback(move |_: Event| Message::Drop(id));
        let giving = self.giving == Some(Some(id));
        el_of("li", "card")
            .keyed(id)
            .with(el("h3").with(order.buyer.clone()))
            .with(el("p").with(super::super::ui::share(order.given(), order.grams, &fill(m.order_line(), &values))))
            .with(
                el_of("p", "d-quiet")
                    .with(due.unwrap_or_default())
                    .with(" ")
                    .with(late)
                    .with(" ")
                    .with(order.note.clone()),
            )
            .with(if giving {
                give(Some(id))
            } else {
                el_of("div", "row")
                    .with(
                        el("button")
                            .any(&["type", "class", "disabled"], &[is("button"), is("button small"), yes(!some)])
                            .on(When::Click, open)
                            .with(m.give_title()),
                    )
                    .with(
                        el("button")
                            .at(&["type", "class"], &["button", "button small quiet"])
                            .on(When::Click, away)
                            .with(m.order_drop()),
                    )
                    .html()
            })
            .html()
    }

    pub(super) fn shipped(&self, on: &On<'_, Self>, m: &'static Messages) -> Html {
        let desk = on.props();
        let all = Self::shipments(desk);
        if all.is_empty() {
            return Html::default();
        }
        let shown = if self.all { all.len() } else { SHOWN };
        let more = all.len().saturating_sub(shown);
        let more = (more > 0).then(|| {
            let all = on.link().callback(|_: Event| Message::All);
            el("button")
                .at(&["type", "class"], &["button", "button small quiet"])
                .on(When::Click, all)
                .with(fill(m.shipped_more(), &[("count", &more.to_string())]))
                .html()
        });
        nodes()
            .with(el("h2").with(m.shipped_title()))
            .with(
                el_of("div", "d-wide").with(
                    el("table")
                        .at(&["class", "id"], &["d-table", "shipped"])
                        .with(
                            el("thead").with(
                                el("tr")
                                    .with(el("th").at(&["scope"], &["col"]).with(m.col_to()))
                                    .with(el("th").at(&["scope"], &["col"]).with(m.col_lot()))
                                    .with(el("th").at(&["scope", "class"], &["col", "n"]).with(m.col_given()))
                                    .with(el("th").at(&["scope"], &["col"]).with(m.col_carrier()))
                                    .with(el("th").at(&["scope"], &["col"]).with(m.col_state())),
                            ),
                        )
                        .with(el("tbody").all(all.iter().take(shown).map(|one| self.shipment(on, m, one)))),
                ),
            )
            .with(more)
            .html()
    }

    fn shipment(&self, on: &On<'_, Self>, m: &'static Messages, one: &Shipment) -> Html {
        let desk = on.props();
        let kg = |grams| format::kilograms(desk.lang, grams);
        let own = one.owner == Some(desk.me);
        let buyer = self.orders.buyer_of(&one.to).map(str::to_owned);
        let other = || one.owner.filter(|_| !own).map(|owner| desk.name_of(&owner));
        let whom = buyer
            .or_else(other)
            .unwrap_or_else(|| if own { m.shipped_own().to_owned() } else { desk.bench.name_of(&one.to) });
        let state = match one.state {
            State::Arrived(grams) if one.shortage() > 0 => {
                fill(m.shipped_short(), &[("kg", &kg(grams)), ("short", &kg(one.shortage()))])
            }
            State::Arrived(grams) => fill(m.shipped_arrived(), &[("kg", &kg(grams))]),
            State::UnderWay if own => m.shipped_under_way().to_owned(),
            State::UnderWay => m.shipped_waits().to_owned(),
        };
        let (to, arriving) = (one.to, self.arriving == Some(one.to));
        let arrived = on.link().callback(move |_: Event| Message::Arrives(Some(to)));
        let button = (own && one.state == State::UnderWay && !arriving).then(|| {
            el("button")
                .at(&["type", "class"], &["button", "button small quiet d-arrived"])
                .on(When::Click, arrived)
                .with(m.arrived())
                .html()
        });
        let paper = one.document.as_ref().map(|document| format!(" · {}", document.number)).unwrap_or_default();
        let carrier = one.carrier.map_or_else(|| m.give_no_carrier().to_owned(), |carrier| desk.name_of(&carrier));
        let waits = (!one.stored).then(|| el("small").with(m.lots_waiting()).html());
        el("tr")
            .keyed(format!("{}/{}", one.from, one.draw))
            .with(
                el("th").at(&["scope"], &["row"]).with(whom).with(el("small").with(format::moment(desk.lang, one.at))),
            )
            .with(
                el("td")
                    .at(&["data-name"], &[m.col_lot()])
                    .with(one.lot.clone().unwrap_or_else(|| desk.bench.name_of(&one.from))),
            )
            .with(el("td").at(&["class", "data-name"], &["n", m.col_given()]).with(kg(one.grams)))
            .with(el("td").at(&["data-name"], &[m.col_carrier()]).with(carrier).with(paper))
            .with(el("td").with(state).with(waits).with(button).with(arriving.then(|| self.arrival(on, m))))
            .html()
    }

    fn arrival(&self, on: &On<'_, Self>, m: &'static Messages) -> Html {
        let sign = on.link().callback(|event: Event| {
            event.prevent_default();
            Message::SignArrival
        });
        let cancel = on.link().callback(|_: Event| Message::Arrives(None));
        let fault = self.failed.clone().unwrap_or_default();
        el("form")
            .on(When::Submit, sign)
            .with(
                text_field("arrived-kg", m.arrived_kg(), &self.weight.clone(), on.link().callback(Message::Weight))
                    .hint(m.arrived_hint())
                    .fault(fault)
                    .inputmode("decimal"),
            )
            .with(
                el_of("div", "row")
                    .with(el("button").at(&["class", "id"], &["button small", "arrived-do"]).with(m.arrived_do()))
                    .with(
                        el("button")
                            .at(&["type", "class"], &["button", "button small quiet"])
                            .on(When::Click, cancel)
                            .with(m.cancel()),
                    ),
            )
            .html()
    }
}
