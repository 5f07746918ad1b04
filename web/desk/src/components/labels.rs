//! Labels for a lot: paper, printer, how many; a PDF from the printer program, which is fetched now.

use std::rc::Rc;

use nguon_core::ids::ChainId;
use nguon_core::judge::Chains as _;
use nguon_core::values::Label;
use nguon_draft::Draft;
use nguon_farm_app::browser::store::{self, Change, Shelf};
use nguon_farm_app::browser::{self, net};
use nguon_farm_app::lang::Lang;
use nguon_farm_app::tasks::amount;
use nguon_gs1::Serial;
use nguon_ui::el::{Inside, When, el, el_of, is, nodes, yes};
use nguon_ui::part::{On, Part};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::Desk;
use super::pack::per_box_kept_as;
use super::ui::{fault_at, go_to, text_field, ticked, value_of};
use crate::browser::{Printed, print, save};
use crate::lots::Lot;
use crate::messages::{Messages, fill, words};
use crate::pack::{Fault, Field, LabelForm, Words, links, order, serials};

/// Papers that are sold everywhere: `nguon_label::FORMATS` by name.
const PAPERS: [&str; 26] = [
    "a4-65-38.1x21.2",
    "a4-44-48.5x25.4",
    "a4-40-52.5x29.7",
    "a4-24-63.5x33.9",
    "a4-24-64.6x33.8",
    "a4-24-70x37",
    "a4-21-63.5x38.1",
    "a4-18-63.5x46.6",
    "a4-16-99.1x33.9",
    "a4-14-99.1x38.1",
    "a4-12-63.5x72",
    "a4-12-105x48",
    "a4-10-99.1x57",
    "a4-8-99.1x67.7",
    "a4-8-105x74",
    "a4-6-99.1x93.1",
    "a4-4-99.1x139",
    "a4-2-199.6x143.5",
    "roll-40x30",
    "roll-50x30",
    "roll-60x40",
    "roll-70x50",
    "roll-100x50",
    "roll-100x70",
    "roll-100x100",
    "roll-100x150",
];
const DPI: [u16; 3] = [203, 300, 600];
/// Where labels led last.
const HOST: &str = "desk-host";

/// What it needs.
#[derive(Clone, PartialEq)]
pub struct Props {
    /// What every page is given
    pub desk: Desk,
    /// The lot
    pub lot: Rc<Lot>,
    /// Codes of the growing areas it came from
    pub areas: Rc<[String]>,
}

/// What can happen.
pub enum Message {
    /// A field
    Typed(Field, String),
    /// The line of one's own
    Note(String),
    /// The paper
    Paper(String),
    /// The printer
    Dpi(u16),
    /// Serials or none
    Serials(bool),
    /// Print the labels, or a test page
    Print(bool),
    /// What came
    Printed(Printed),
    /// Save it
    Save,
    /// Nothing was signed, in words
    Failed(String),
    /// Net kilograms of a box, as they were typed
    PerBox(String),
}

/// The form.
pub struct Labels {
    form: LabelForm,
    per_box: String,
    fault: Option<(Field, Fault)>,
    busy: bool,
    failed: Option<String>,
    pdf: Option<(Rc<Vec<u8>>, u32)>,
}

impl Part for Labels {
    type Message = Message;
    type Properties = Props;

    fn create(on: &On<'_, Self>) -> Self {
        let Props { lot, .. } = on.props();
        let host = browser::recall(HOST).unwrap_or_else(crate::browser::origin);
        let count = if lot.boxes > 0 { lot.boxes.to_string() } else { String::new() };
        let (tell, name) = (on.link().callback(Message::PerBox), per_box_kept_as(&lot.chain));
        spawn_local(async move {
            if let Some(text) = store::text(Shelf::Things, &name).await {
                tell.emit(text);
            }
        });
        let form = LabelForm { host, count, ..LabelForm::default() };
        Self { form, per_box: String::new(), fault: None, busy: false, failed: None, pdf: None }
    }

    fn changed(&mut self, on: &On<'_, Self>, old: &Props) -> bool {
        let new = on.props();
        if new.lot.boxes != old.lot.boxes && new.lot.boxes > 0 {
            self.form.count = new.lot.boxes.to_string();
        }
        true
    }

    fn update(&mut self, on: &On<'_, Self>, message: Message) -> bool {
        match message {
            Message::Typed(Field::Labels, text) => self.form.count = text,
            Message::Typed(Field::Start, text) => self.form.start = text,
            Message::Typed(_, text) => self.form.host = text,
            Message::Note(text) => self.form.note = text,
            Message::Paper(paper) => self.form.paper = paper,
            Message::Dpi(dpi) => self.form.dpi = dpi,
            Message::Serials(on) => self.form.serials = on,
            Message::PerBox(text) => self.per_box = text,
            Message::Print(test) => self.print(on, test),
            Message::Printed(printed) => {
                let m = words(on.props().desk.lang);
                self.busy = false;
                match printed {
                    Printed::Pdf(pdf, pages) => self.pdf = Some((Rc::new(pdf), pages)),
                    Printed::Fault(words) => self.failed = Some(words),
                    Printed::Missing => self.failed = Some(m.labels_missing().to_owned()),
                }
            }
            Message::Save => {
                if let Some((pdf, _)) = &self.pdf {
                    let lot = on.props().lot.lot.clone().unwrap_or_default();
                    save(pdf, "application/pdf", &format!("tem-{lot}.pdf"));
                }
                return false;
            }
            Message::Failed(words) => (self.failed, self.busy) = (Some(words), false),
        }
        true
    }

    fn view(&self, on: &On<'_, Self>) -> Html {
        let Props { desk, lot, .. } = on.props();
        let m = words(desk.lang);
        let wait = (!lot.stored).then(|| el_of("p", "note").with(m.labels_wait()).html());
        let ready = self.pdf.as_ref().map(|(_, pages)| {
            let save = on.link().callback(|_: Event| Message::Save);
            el("div")
                .at(&["class", "id"], &["band d-good", "pdf"])
                .with(el("p").with(fill(m.labels_ready(), &[("pages", &pages.to_string())])))
                .with(
                    el("button")
                        .at(&["type", "class", "id"], &["button", "button small", "save-pdf"])
                        .on(When::Click, save)
                        .with(m.labels_save()),
                )
                .html()
        });
        let busy = self.busy.then(|| el("p").with(m.labels_printing()).html());
        let failed = self.failed.clone().map(|words| el_of("p", "band alert").with(words).html());
        let print = on.link().callback(|event: Event| {
            event.prevent_default();
            Message::Print(false)
        });
        let test = on.link().callback(|_: Event| Message::Print(true));
        el_of("form", "d-labels")
            .on(When::Submit, print)
            .with(el("p").with(m.labels_lead()))
            .with(wait)
            .with(self.fields(on, m))
            .with(el("div").at(&["role"], &["status"]).with(busy).with(failed).with(ready))
            .with(
                el_of("div", "row")
                    .with(
                        el("button")
                            .any(
                                &["class", "id", "disabled"],
                                &[is("button"), is("print"), yes(!lot.stored || self.busy)],
                            )
                            .with(m.labels_print()),
                    )
                    .with(
                        el("button")
                            .any(
                                &["type", "class", "id", "disabled"],
                                &[is("button"), is("button quiet"), is("print-test"), yes(self.busy)],
                            )
                            .on(When::Click, test)
                            .with(m.labels_test()),
                    ),
            )
            .html()
    }
}

impl Labels {
    fn fields(&self, on: &On<'_, Self>, m: &'static Messages) -> Html {
        let lang = on.props().desk.lang;
        let field = |field: Field, label: &'static str, hint: &'static str, value: &str, inputmode: &'static str| {
            let typed = on.link().callback(move |text| Message::Typed(field, text));
            text_field(&field.id(), label, value, typed)
                .hint(hint)
                .fault(fault_at(lang, m, self.fault, field))
                .inputmode(inputmode)
                .html()
        };
        let paper = |name: &&'static str| {
            el("option")
                .any(&["value", "selected"], &[is(name), yes(*name == self.form.paper)])
                .with(spoken(m, name))
                .html()
        };
        let dpi = |dpi: u16| {
            el("option")
                .any(&["value", "selected"], &[is(&dpi.to_string()), yes(dpi == self.form.dpi)])
                .with(dpi.to_string())
                .html()
        };
        let choose_paper = on.link().callback(|event: Event| Message::Paper(value_of(&event)));
        let choose_dpi = on.link().perhaps(|event: Event| value_of(&event).parse().ok().map(Message::Dpi));
        let serials = on.link().callback(|event: Event| Message::Serials(ticked(&event)));
        nodes()
            .with(
                el_of("div", "d-pair")
                    .with(
                        el_of("div", "field").with(el("label").at(&["for"], &["paper"]).with(m.labels_paper())).with(
                            el("select")
                                .at(&["id"], &["paper"])
                                .on(When::Change, choose_paper)
                                .all(PAPERS.iter().map(paper)),
                        ),
                    )
                    .with(
                        el_of("div", "field")
                            .with(el("label").at(&["for"], &["dpi"]).with(m.labels_dpi()))
                            .with(el("select").at(&["id"], &["dpi"]).on(When::Change, choose_dpi).all(DPI.map(dpi))),
                    )
                    .with(field(Field::Labels, m.labels_count(), "", &self.form.count, "numeric"))
                    .with(field(Field::Start, m.labels_start(), "", &self.form.start, "numeric"))
                    .with(field(Field::Host, m.labels_host(), m.labels_host_hint(), &self.form.host, "url"))
                    .with(text_field(
                        "note",
                        m.labels_note(),
                        &self.form.note.clone(),
                        on.link().callback(Message::Note),
                    )),
            )
            .with(
                el_of("label", "choice")
                    .with(
                        el("input")
                            .at(&["type", "id"], &["checkbox", "serials"])
                            .checked(self.form.serials)
                            .on(When::Change, serials),
                    )
                    .with(el("span").with(m.labels_serials()).with(el("small").with(m.labels_serials_why()))),
            )
            .html()
    }

    fn print(&mut self, on: &On<'_, Self>, test: bool) {
        (self.fault, self.failed, self.pdf) = (None, None, None);
        let Props { desk, lot, areas } = on.props().clone();
        let english = desk.lang == Lang::En;
        let Some(label) = label_of(&desk, &lot.chain) else { return };
        let fresh = (self.form.serials && !test)
            .then(|| serials(&lot.chain, self.form.labels().unwrap_or(0), browser::random::<16>))
            .flatten();
        let given: Vec<Serial> = fresh.as_ref().map(|fresh| fresh.serials.clone()).unwrap_or_default();
        let links = if test {
            Ok(Vec::new())
        } else {
            self.form.labels().and_then(|_| links(&self.form, &label, &lot.chain, &given))
        };
        let words = self.words(&lot, &areas);
        let made = links.and_then(|links| order(&self.form, links, words, english));
        let order = match made {
            Ok(order) => order,
            Err((field, fault)) => {
                self.fault = Some((field, fault));
                return go_to(field);
            }
        };
        let json = order.to_json();
        browser::remember(HOST, self.form.host.trim());
        self.busy = true;
        let tell = on.link().callback(|message| message);
        spawn_local(async move {
            // Drawn first: a label that cannot be read is refused before anything is signed for it.
            let printed = print(&json).await;
            if let (Printed::Pdf(..), Some(fresh)) = (&printed, fresh)
                && let Err(words) = issue(&desk, &lot.chain, fresh.draft, fresh.list, &fresh.serials).await
            {
                return tell.emit(Message::Failed(words));
            }
            tell.emit(Message::Printed(printed));
        });
    }

    fn words(&self, lot: &Lot, areas: &Rc<[String]>) -> Words {
        let (year, month, day) = nguon_farm_app::format::date(browser::now());
        let packed = u16::try_from(year).ok().zip(u8::try_from(month).ok().zip(u8::try_from(day).ok()));
        Words {
            product: lot.product.clone(),
            growing_areas: areas.to_vec(),
            packed: packed.filter(|_| lot.boxes > 0).map(|(year, (month, day))| (year, month, day)),
            grams: amount::more_than_nothing(&self.per_box).ok(),
        }
    }
}

/// Signs for serials and keeps them; their hashes go to the server, at the latest the next time that it is asked.
async fn issue(desk: &Desk, lot: &ChainId, draft: Draft, list: Vec<u8>, serials: &[Serial]) -> Result<(), String> {
    let all: Vec<&str> = serials.iter().map(Serial::as_str).collect();
    let name = format!("desk/serials/{lot}/{}", browser::now());
    let kept = [
        Change::text(Shelf::Things, name.clone(), all.join("\n")),
        Change::bytes(Shelf::Things, format!("{name}/list"), list),
    ];
    store::write(&kept).await.map_err(|why| desk.why(&why.into()))?;
    desk.bench.write(draft, Vec::new()).await.map_err(|why| desk.why(&why))?;
    let lot = *lot;
    spawn_local(async move { hand_in(lot, &name).await });
    Ok(())
}

/// Hands the hashes of serials in as soon as the server has the record that signs for them.
async fn hand_in(lot: ChainId, name: &str) {
    const TRIES: u32 = 60;
    let list = format!("{name}/list");
    for _ in 0..TRIES {
        browser::wait(2_000).await;
        let Some(bytes) = store::bytes(Shelf::Things, &list).await else { return };
        let origin = browser::setting("api").unwrap_or_default();
        let got =
            net::send("POST", &format!("{origin}/v1/serials/{lot}"), "application/octet-stream", "", &bytes).await;
        if got.status == 200 {
            let _ = store::write(&[Change::gone(Shelf::Things, list)]).await;
            return;
        }
    }
}

/// Hands in what could not be before.
pub async fn hand_in_all() {
    for key in store::keys(Shelf::Things).await {
        let parts: Vec<&str> = key.split('/').collect();
        if let ["desk", "serials", lot, moment, "list"] = parts.as_slice()
            && let Ok(chain) = lot.parse()
        {
            hand_in(chain, &format!("desk/serials/{lot}/{moment}")).await;
        }
    }
}

fn label_of(desk: &Desk, lot: &ChainId) -> Option<Label> {
    desk.bench.work()?.book.chain(lot)?.batch()?.label.clone()
}

/// `A4, 21 × 63,5×38,1 mm` rather than a name for programs.
fn spoken(m: &Messages, name: &str) -> String {
    match name.split('-').collect::<Vec<_>>().as_slice() {
        ["a4", count, size] => format!("A4 · {count} · {} mm", size.replace('x', " × ").replace('.', ",")),
        ["roll", size] => format!("{} · {} mm", m.roll(), size.replace('x', " × ")),
        _ => name.to_owned(),
    }
}
