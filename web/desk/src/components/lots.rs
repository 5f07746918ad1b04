//! What came in, went out and remains, lot by lot, with a hand-over from each.

use std::rc::Rc;

use nguon_core::ids::ChainId;
use nguon_farm_app::format;
use nguon_ui::el::{Inside, When, el, el_of, nodes};
use nguon_ui::part::{On, Part, part};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::Desk;
use super::give::{Give, given_words, may_give};
use super::ui::number;
use crate::kept::Held;
use crate::lots::{Lot, lots, sum};
use crate::messages::{Messages, words};
use crate::orders::{Orders, Way};

/// What can happen.
pub enum Message {
    /// A lot is looked at, or none
    Look(Option<ChainId>),
    /// Fruit of the lot is to be given, or not
    Give(bool),
    /// It is given, so many grams in that way; or it is not to be
    Given(Option<(u64, Way)>),
    /// The orders as they are kept
    Kept(Held<Orders>),
}

/// The page.
#[derive(Default)]
pub struct LotsPage {
    looked: Option<ChainId>,
    giving: bool,
    orders: Rc<Held<Orders>>,
    said: Option<String>,
}

impl Part for LotsPage {
    type Message = Message;
    type Properties = Desk;

    fn create(on: &On<'_, Self>) -> Self {
        let (me, tell) = (on.props().me, on.link().callback(Message::Kept));
        spawn_local(async move {
            tell.emit(Orders::read(&me).await);
        });
        Self::default()
    }

    fn update(&mut self, on: &On<'_, Self>, message: Message) -> bool {
        match message {
            Message::Look(lot) => (self.looked, self.giving, self.said) = (lot, false, None),
            Message::Give(open) => (self.giving, self.said) = (open, None),
            Message::Given(given) => {
                self.giving = false;
                self.said = given.map(|given| given_words(on.props(), given));
            }
            Message::Kept(orders) => self.orders = Rc::new(orders),
        }
        true
    }

    fn view(&self, on: &On<'_, Self>) -> Html {
        let desk = on.props();
        let m = words(desk.lang);
        let all = desk.bench.work().map(|work| lots(&work.book, &work.outbox, &desk.me)).unwrap_or_default();
        let body =
            if all.is_empty() { el_of("p", "d-quiet").with(m.lots_none()).html() } else { self.table(on, m, &all) };
        let said = self.said.clone().map(|words| el_of("p", "band d-good").with(words).html());
        el("section")
            .at(&["aria-labelledby"], &["title"])
            .with(el("h1").at(&["id", "tabindex"], &["title", "-1"]).with(m.lots_title()))
            .with(el_of("p", "lead").with(m.lots_lead()))
            .with(el("div").at(&["role"], &["status"]).with(said))
            .with(body)
            .with(all.iter().find(|lot| Some(lot.chain) == self.looked).map(|lot| self.detail(on, m, &all, lot)))
            .html()
    }
}

impl LotsPage {
    fn table(&self, on: &On<'_, Self>, m: &'static Messages, all: &[Lot]) -> Html {
        let desk = on.props();
        let kg = |grams| format::kilograms(desk.lang, grams);
        let line = |lot: &Lot| {
            let chain = lot.chain;
            let open = self.looked == Some(chain);
            let look = on.link().callback(move |_: Event| Message::Look((!open).then_some(chain)));
            let name = lot.lot.clone().unwrap_or_else(|| format::day(desk.lang, lot.opened));
            let recalled = lot.recalled.then(|| el_of("b", "d-alert").with(m.lots_recalled()).html());
            let off = (!lot.adds_up()).then(|| el_of("b", "d-alert").with(m.lots_off()).html());
            let waits = (!lot.stored).then(|| el_of("span", "d-quiet").with(m.lots_waiting()).html());
            el("tr")
                .keyed(chain.to_string())
                .with(
                    el("th")
                        .at(&["scope"], &["row"])
                        .with(
                            el("button")
                                .at(&["type", "class", "aria-expanded"], &["button", "text", &open.to_string()])
                                .on(When::Click, look)
                                .with(name),
                        )
                        .with(el("small").with(lot.product.clone()).with(" ").with(recalled).with(off).with(waits)),
                )
                .with(el("td").at(&["class", "data-name"], &["n", m.col_came()]).with(kg(lot.came_in())))
                .with(el("td").at(&["class", "data-name"], &["n", m.col_went()]).with(kg(lot.went_out())))
                .with(el("td").at(&["class", "data-name"], &["n", m.col_gone()]).with(kg(lot.gone)))
                .with(
                    el("td")
                        .at(&["class", "data-name"], &["n", m.col_remaining()])
                        .with(el("b").with(kg(lot.remaining))),
                )
                .with(el("td").at(&["class", "data-name"], &["n", m.col_boxes()]).with(number(desk.lang, lot.boxes)))
                .html()
        };
        let sum = sum(all);
        el_of("div", "d-wide")
            .with(
                el_of("table", "d-table")
                    .with(
                        el("thead").with(
                            el("tr")
                                .with(el("th").at(&["scope"], &["col"]).with(m.col_lot()))
                                .with(el("th").at(&["scope", "class"], &["col", "n"]).with(m.col_came()))
                                .with(el("th").at(&["scope", "class"], &["col", "n"]).with(m.col_went()))
                                .with(el("th").at(&["scope", "class"], &["col", "n"]).with(m.col_gone()))
                                .with(el("th").at(&["scope", "class"], &["col", "n"]).with(m.col_remaining()))
                                .with(el("th").at(&["scope", "class"], &["col", "n"]).with(m.col_boxes())),
                        ),
                    )
                    .with(el("tbody").all(all.iter().map(line)))
                    .with(
                        el("tfoot").with(
                            el("tr")
                                .with(el("th").at(&["scope"], &["row"]).with(m.lots_sum()))
                                .with(el("td").at(&["class", "data-name"], &["n", m.col_came()]).with(kg(sum.came)))
                                .with(el("td").at(&["class", "data-name"], &["n", m.col_went()]).with(kg(sum.went)))
                                .with(el("td").at(&["class", "data-name"], &["n", m.col_gone()]).with(kg(sum.gone)))
                                .with(
                                    el("td")
                                        .at(&["class", "data-name"], &["n", m.col_remaining()])
                                        .with(el("b").with(kg(sum.remaining))),
                                )
                                .with(el("td")),
                        ),
                    ),
            )
            .html()
    }

    fn detail(&self, on: &On<'_, Self>, m: &'static Messages, all: &[Lot], lot: &Lot) -> Html {
        let desk = on.props();
        let kg = |grams| format::kilograms(desk.lang, grams);
        let name = |chain: &ChainId| {
            let owner =
                desk.listing.households.iter().find(|household| household.plots.iter().any(|plot| plot.plot == *chain));
            owner.map_or_else(|| desk.bench.name_of(chain), |household| desk.name_of(&household.actor))
        };
        let flows = |title: &'static str, flows: &[(ChainId, u64)]| {
            let line = |(chain, grams): &(ChainId, u64)| {
                el("div").with(el("dt").with(name(chain))).with(el("dd").with(kg(*grams))).html()
            };
            (!flows.is_empty())
                .then(|| nodes().with(el("h3").with(title)).with(el("dl").all(flows.iter().map(line))).html())
        };
        let open = on.link().callback(|_: Event| Message::Give(true));
        let (all, done) = (Rc::new(all.to_vec()), on.link().callback(Message::Given));
        let give = (may_give(lot) && !self.giving).then(|| {
            el("button")
                .at(&["type", "class", "id"], &["button", "button", "give"])
                .on(When::Click, open)
                .with(m.give_title())
                .html()
        });
        el_of("div", "card")
            .with(el("h2").with(lot.lot.clone().unwrap_or_else(|| lot.product.clone())))
            .with(flows(m.lots_from(), &lot.came))
            .with(flows(m.lots_into(), &lot.went))
            .with(give)
            .with(self.giving.then(|| {
                part::<Give>(super::give::Props {
                    desk: desk.clone(),
                    lots: all,
                    orders: self.orders.clone(),
                    order: None,
                    from: Some(lot.chain),
                    done,
                })
            }))
            .html()
    }
}
