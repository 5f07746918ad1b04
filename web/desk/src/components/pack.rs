//! Packing: the lot, what goes into it, its labels, one below the other on one page.

use std::rc::Rc;

use nguon_core::ids::ChainId;
use nguon_draft::{Draft, history};
use nguon_farm_app::browser::store::{self, Change, Shelf};
use nguon_farm_app::{browser, format};
use nguon_ui::el::{Inside, When, el, el_of, is, nodes, yes};
use nguon_ui::part::{On, Part, part_of};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::Desk;
use super::labels::Labels;
use super::ui::{fault_at, go_to, text_field, ticked, value_of};
use crate::lots::{Lot, lots};
use crate::messages::{Messages, fill, words};
use crate::pack::{Fault, Field, Filling, LotForm};

/// What was typed into the form of a lot last: the next lot is much the same.
const LAST: &str = "desk-lot";

/// What can happen.
pub enum Message {
    /// A lot was chosen; none for a new one
    Lot(Option<ChainId>),
    /// A field of the new lot
    Typed(Field, String),
    /// The new lot's variety
    Variety(String),
    /// Open it
    Open,
    /// It is open
    Opened,
    /// A source is chosen or taken back
    Choose(usize, bool),
    /// Pack
    Pack,
    /// It is packed: so many boxes
    Packed(String),
    /// Nothing was signed, in words
    Failed(String),
}

/// The page.
pub struct PackPage {
    lots: Vec<Lot>,
    chosen: Option<ChainId>,
    form: LotForm,
    filling: Filling,
    fault: Option<(Field, Fault)>,
    failed: Option<String>,
    said: Option<String>,
    /// Whether somebody chose or typed: then lots that come choose nothing.
    touched: bool,
}

impl PackPage {
    fn look(&mut self, desk: &Desk) {
        self.lots = desk.bench.work().map(|work| lots(&work.book, &work.outbox, &desk.me)).unwrap_or_default();
        let sources = self.lots.iter().filter(|lot| may_pack(lot));
        self.filling.renew(sources.map(|lot| (lot.chain, lot.remaining)));
        if !self.touched && self.chosen.is_none() {
            self.chosen = self.lots.iter().find(|lot| lot.lot.is_some()).map(|lot| lot.chain);
        }
    }

    fn lot(&self) -> Option<&Lot> {
        self.lots.iter().find(|lot| Some(lot.chain) == self.chosen)
    }

    fn write(&self, on: &On<'_, Self>, draft: Draft, done: impl FnOnce() -> Message + 'static) {
        let (desk, tell) = (on.props().clone(), on.link().callback(|message| message));
        spawn_local(async move {
            match desk.bench.write(draft, Vec::new()).await {
                Ok(_) => tell.emit(done()),
                Err(why) => tell.emit(Message::Failed(desk.why(&why))),
            }
        });
    }

    fn open(&mut self, on: &On<'_, Self>) {
        (self.fault, self.failed, self.said) = (None, None, None);
        match self.form.draft() {
            Err((field, fault)) => {
                self.fault = Some((field, fault));
                go_to(field);
            }
            Ok(draft) => {
                let LotForm { product, variety, gtin, .. } = &self.form;
                browser::remember(LAST, &[product.as_str(), variety, gtin].join("\n"));
                self.write(on, draft, || Message::Opened);
            }
        }
    }

    fn pack(&mut self, on: &On<'_, Self>) {
        (self.fault, self.failed, self.said) = (None, None, None);
        let Some(lot) = self.chosen else { return };
        match self.filling.draft(lot, None) {
            Err((field, fault)) => {
                self.fault = Some((field, fault));
                go_to(field);
            }
            Ok(draft) => {
                let boxes = self.filling.boxes.clone();
                // What a label says of a box is asked for below; it outlives the page.
                let (name, per_box) = (per_box_kept_as(&lot), self.filling.per_box.clone());
                spawn_local(async move {
                    let _ = store::write(&[Change::text(Shelf::Things, name, per_box)]).await;
                });
                self.write(on, draft, move || Message::Packed(boxes));
            }
        }
    }
}

/// Whether a batch is one that lots are packed from: not a lot itself, nor on its way to a buyer.
fn may_pack(lot: &Lot) -> bool {
    lot.lot.is_none() && lot.consignment_of.is_none() && lot.remaining > 0 && !lot.recalled
}

/// Under which name the kilograms of a lot's boxes are kept.
pub fn per_box_kept_as(lot: &ChainId) -> String {
    format!("desk/per-box/{lot}")
}

impl Part for PackPage {
    type Message = Message;
    type Properties = Desk;

    fn create(on: &On<'_, Self>) -> Self {
        let last = browser::recall(LAST).unwrap_or_default();
        let mut last = last.split('\n').map(str::to_owned);
        let mut next = || last.next().unwrap_or_default();
        let form = LotForm { product: next(), variety: next(), gtin: next(), lot: String::new() };
        let mut page = Self {
            lots: Vec::new(),
            chosen: None,
            form,
            filling: Filling::default(),
            fault: None,
            failed: None,
            said: None,
            touched: false,
        };
        page.look(on.props());
        page
    }

    fn changed(&mut self, on: &On<'_, Self>, _: &Desk) -> bool {
        self.look(on.props());
        true
    }

    fn update(&mut self, on: &On<'_, Self>, message: Message) -> bool {
        let m = words(on.props().lang);
        self.touched = true;
        match message {
            Message::Lot(lot) => (self.chosen, self.fault, self.said, self.failed) = (lot, None, None, None),
            Message::Typed(field, text) => match field {
                Field::Product => self.form.product = text,
                Field::Gtin => self.form.gtin = text,
                Field::Lot => self.form.lot = text,
                Field::Boxes => self.filling.boxes = text,
                Field::PerBox => self.filling.per_box = text,
                Field::Source(at) => {
                    if let Some(source) = self.filling.sources.get_mut(at) {
                        source.kilograms = text;
                    }
                }
                _ => return false,
            },
            Message::Variety(text) => self.form.variety = text,
            Message::Open => self.open(on),
            Message::Opened => {
                self.look(on.props());
                let lot = self.form.lot.trim().to_owned();
                self.chosen = self.lots.iter().find(|one| one.lot.as_ref() == Some(&lot)).map(|one| one.chain);
                self.said = Some(fill(m.lot_opened(), &[("lot", &lot)]));
                self.form.lot.clear();
            }
            Message::Choose(at, chosen) => self.filling.choose(at, chosen),
            Message::Pack => self.pack(on),
            Message::Packed(boxes) => {
                self.look(on.props());
                let lot = self.lot().and_then(|lot| lot.lot.clone()).unwrap_or_default();
                self.said = Some(fill(m.fill_done(), &[("count", &boxes), ("lot", &lot)]));
                self.filling.boxes.clear();
            }
            Message::Failed(words) => self.failed = Some(words),
        }
        true
    }

    fn view(&self, on: &On<'_, Self>) -> Html {
        let desk = on.props();
        let m = words(desk.lang);
        let option = |lot: &Lot| {
            let name = lot.lot.clone()?;
            Some(
                el("option")
                    .any(&["value", "selected"], &[is(&lot.chain.to_string()), yes(Some(lot.chain) == self.chosen)])
                    .with(name)
                    .with(" · ")
                    .with(lot.product.clone())
                    .html(),
            )
        };
        let choose = on.link().callback(|event: Event| Message::Lot(value_of(&event).parse().ok()));
        let said = self.said.clone().map(|words| el_of("p", "band d-good").with(words).html());
        let failed = self.failed.clone().map(|words| el_of("p", "band alert").with(words).html());
        let lot = self.lot();
        let waits = lot.filter(|lot| !lot.stored).map(|_| el_of("p", "note").with(m.lot_waits()).html());
        let closed = lot.is_some_and(|lot| !lot.went.is_empty());
        el("section")
            .at(&["aria-labelledby"], &["title"])
            .with(el("h1").at(&["id", "tabindex"], &["title", "-1"]).with(m.pack_title()))
            .with(el("div").at(&["role"], &["status"]).with(said).with(failed))
            .with(el("h2").with(m.pack_step_lot()))
            .with(
                el_of("div", "field d-narrow").with(el("label").at(&["for"], &["lot"]).with(m.lot_choose())).with(
                    el("select")
                        .at(&["id"], &["lot"])
                        .on(When::Change, choose)
                        .with(
                            el("option")
                                .any(&["value", "selected"], &[is(""), yes(self.chosen.is_none())])
                                .with(m.lot_new()),
                        )
                        .all(self.lots.iter().filter_map(option)),
                ),
            )
            .with(lot.is_none().then(|| self.new_lot(on, m)))
            .with(waits)
            .with(lot.filter(|_| !closed).map(|_| self.fill_view(on, m)))
            .with(lot.map(|lot| {
                nodes()
                    .with(el("h2").with(m.pack_step_labels()))
                    .with(part_of::<Labels>(
                        lot.chain.to_string(),
                        super::labels::Props { desk: desk.clone(), lot: Rc::new(lot.clone()), areas: areas(desk, lot) },
                    ))
                    .html()
            }))
            .html()
    }
}

impl PackPage {
    fn field(
        &self,
        on: &On<'_, Self>,
        m: &Messages,
        (field, label, hint): (Field, &'static str, &'static str),
        value: &str,
    ) -> Html {
        let lang = on.props().lang;
        let typed = on.link().callback(move |text| Message::Typed(field, text));
        let inputmode = match field {
            Field::Gtin | Field::Boxes => "numeric",
            Field::PerBox => "decimal",
            _ => "text",
        };
        text_field(&field.id(), label, value, typed)
            .hint(hint)
            .fault(fault_at(lang, m, self.fault, field))
            .inputmode(inputmode)
            .html()
    }

    fn new_lot(&self, on: &On<'_, Self>, m: &'static Messages) -> Html {
        let open = on.link().callback(|event: Event| {
            event.prevent_default();
            Message::Open
        });
        el_of("form", "card")
            .on(When::Submit, open)
            .with(
                el_of("div", "d-pair")
                    .with(self.field(on, m, (Field::Product, m.lot_product(), ""), &self.form.product))
                    .with(text_field(
                        "lot-variety",
                        m.lot_variety(),
                        &self.form.variety.clone(),
                        on.link().callback(Message::Variety),
                    ))
                    .with(self.field(on, m, (Field::Gtin, m.lot_gtin(), ""), &self.form.gtin))
                    .with(self.field(on, m, (Field::Lot, m.lot_lot(), m.lot_lot_hint()), &self.form.lot)),
            )
            .with(el("button").at(&["class", "id"], &["button", "open-lot"]).with(m.lot_open()))
            .html()
    }

    fn fill_view(&self, on: &On<'_, Self>, m: &'static Messages) -> Html {
        let desk = on.props();
        let kg = |grams| format::kilograms(desk.lang, grams);
        let body = if self.filling.sources.is_empty() {
            el_of("p", "d-quiet").with(m.fill_none()).html()
        } else {
            let lines = self.filling.sources.iter().enumerate().filter_map(|(at, source)| {
                let lot = self.lots.iter().find(|lot| lot.chain == source.chain)?;
                let choose = on.link().callback(move |event: Event| Message::Choose(at, ticked(&event)));
                let typed = on.link().callback(move |text| Message::Typed(Field::Source(at), text));
                let name = format!("{} · {}", lot.product, format::day(desk.lang, lot.opened));
                let from = came_from(desk, lot);
                let field = text_field(&Field::Source(at).id(), m.fill_kg(), &source.kilograms.clone(), typed)
                    .fault(fault_at(desk.lang, m, self.fault, Field::Source(at)))
                    .inputmode("decimal")
                    .html();
                Some(
                    el("li")
                        .with(
                            el_of("label", "choice")
                                .with(
                                    el("input")
                                        .at(&["type", "class"], &["checkbox", "d-source"])
                                        .checked(source.chosen)
                                        .on(When::Change, choose),
                                )
                                .with(
                                    el("span")
                                        .with(el("b").with(name))
                                        .with(el("small").with(from).with(" · ").with(kg(source.remaining))),
                                ),
                        )
                        .with(source.chosen.then_some(field))
                        .html(),
                )
            });
            el_of("ul", "d-sources").all(lines).html()
        };
        let pack = on.link().callback(|event: Event| {
            event.prevent_default();
            Message::Pack
        });
        let nothing =
            fault_at(desk.lang, m, self.fault.filter(|(_, fault)| *fault == Fault::NothingChosen), Field::Source(0));
        let fills = self
            .filling
            .fills()
            .map(|boxes| format!(", {}", fill(m.fill_fills(), &[("count", &boxes.to_string())])))
            .unwrap_or_default();
        nodes()
            .with(el("h2").with(m.pack_step_fill()))
            .with(el("p").with(m.fill_lead()))
            .with(
                el("form")
                    .on(When::Submit, pack)
                    .with(body)
                    .with(el("p").at(&["class", "role"], &["error", "alert"]).with(nothing))
                    .with(
                        el_of("div", "d-pair")
                            .with(self.field(on, m, (Field::Boxes, m.fill_boxes(), ""), &self.filling.boxes))
                            .with(self.field(on, m, (Field::PerBox, m.fill_per_box(), ""), &self.filling.per_box)),
                    )
                    .with(
                        el("p")
                            .at(&["role", "id"], &["status", "chosen"])
                            .with(fill(m.fill_chosen(), &[("kg", &kg(self.filling.chosen()))]))
                            .with(fills),
                    )
                    .with(el("button").at(&["class", "id"], &["button", "pack"]).with(m.fill_do())),
            )
            .html()
    }
}

/// From whom a batch came: the households of its plots, or the batches it was made of.
fn came_from(desk: &Desk, lot: &Lot) -> String {
    let name = |chain: &ChainId| {
        let owner =
            desk.listing.households.iter().find(|household| household.plots.iter().any(|plot| plot.plot == *chain));
        owner.map_or_else(|| desk.bench.name_of(chain), |household| desk.name_of(&household.actor))
    };
    let mut names: Vec<String> = lot.came.iter().take(3).map(|(chain, _)| name(chain)).collect();
    names.dedup();
    if lot.came.len() > 3 {
        names.push(format!("+{}", lot.came.len() - 3));
    }
    names.join(", ")
}

/// The codes of the growing areas that a lot's fruit came from, as far as this desk knows: at most two.
fn areas(desk: &Desk, lot: &Lot) -> Rc<[String]> {
    let Some(work) = desk.bench.work() else { return Rc::from(Vec::new()) };
    let mut found: Vec<String> = Vec::new();
    let mut open: Vec<ChainId> = lot.came.iter().map(|(chain, _)| *chain).collect();
    let mut seen = std::collections::BTreeSet::new();
    while let Some(chain) = open.pop() {
        if !seen.insert(chain) {
            continue;
        }
        if let Some(batch) = history::batch(&work.book, &work.outbox, &chain) {
            let inputs =
                crate::lots::lots(&work.book, &work.outbox, &batch.owner).into_iter().find(|one| one.chain == chain);
            open.extend(inputs.iter().flat_map(|one| one.came.iter().map(|(chain, _)| *chain)));
        }
        // A plot of a household below this registrar is in its list; another's chain is at hand, since the batch refers to it.
        let plots = desk.listing.households.iter().flat_map(|household| &household.plots);
        let listed = plots.filter(|plot| plot.plot == chain).map(|plot| plot.area).next();
        let area = listed.or_else(|| history::plot(&work.book, &work.outbox, &chain, desk.bench.now())?.area);
        let code = area.and_then(|area| {
            let known = desk.listing.area(&area).and_then(|area| area.code.as_ref().map(ToString::to_string));
            known.or_else(|| work.book.stored(&area).map(|_| desk.bench.name_of(&area)))
        });
        found.extend(code);
    }
    found.sort();
    found.dedup();
    found.truncate(2);
    found.into()
}
