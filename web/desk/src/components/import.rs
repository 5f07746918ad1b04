//! A list taken in: dropped or chosen, previewed with every bad cell marked, mended in place, signed as a whole.

mod drawn;

use std::rc::Rc;

use nguon_core::judge::Chains as _;
use nguon_core::values::Code;
use nguon_farm_app::browser;
use nguon_import::register::Register;
use nguon_import::words as said;
use nguon_ui::el::{Inside, When, el, el_of};
use nguon_ui::part::{On, Part, part};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::Desk;
use super::ui::number;
use crate::import::{Action, Around, Drafts, Import, MOST_BYTES, Season, Stage};
use crate::messages::{Messages, fill, of_lists, words};
use crate::work::{self, Source as _};

/// Files that may be lists: their endings, and what browsers call them.
const ACCEPT: &str = ".xlsx,.csv,.tsv,.txt,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,text/csv";
/// Marks of one kind that are shown at a time.
const MARKS: usize = 50;
/// Height of a row of the preview, pixels: `desk.css` says the same.
const ROW: usize = 44;
/// Rows of the preview that are drawn.
const SEEN: usize = 24;

/// What can happen.
pub enum Message {
    /// In the page's own state
    Act(Action),
    /// A file was chosen in the field
    File,
    /// The template is wanted
    Template,
    /// It came, or not
    Came(bool),
    /// Sign it
    Sign,
    /// It is signed, and kept
    Signed,
    /// The preview was scrolled to this row
    Scrolled(usize),
}

/// The page: the door to the part `desk-import` of the program, which has to be here ([`crate::browser::lists`]).
#[inline(never)]
pub fn page(desk: Desk) -> Html {
    part::<ImportPage>(desk)
}

/// What it holds.
pub struct ImportPage {
    import: Import,
    /// Whether the template came, once it was wanted
    template: Option<bool>,
    top: usize,
}

fn around(desk: &Desk, season: Option<&Code>) -> Around {
    let seasons: Vec<Season> = desk
        .listing
        .seasons()
        .into_iter()
        .map(|season| {
            let of = |area: &crate::register::Area| {
                let own = area.seasons.iter().find(|own| own.season == season.season)?;
                Some((area.area, (own.from, own.until)))
            };
            Season { windows: desk.listing.areas.iter().filter_map(of).collect(), name: season.season }
        })
        .collect();
    let chosen = season.or(seasons.first().map(|season| &season.name)).cloned();
    Around { areas: desk.listing.areas_for(chosen.as_ref()), seasons, register: Register::clone(&desk.register) }
}

impl Part for ImportPage {
    type Message = Message;
    type Properties = Desk;

    fn create(_: &On<'_, Self>) -> Self {
        Self { import: Import::default(), template: None, top: 0 }
    }

    fn changed(&mut self, on: &On<'_, Self>, old: &Desk) -> bool {
        let new = on.props();
        let same = Rc::ptr_eq(&new.listing, &old.listing) && Rc::ptr_eq(&new.register, &old.register);
        if !same && self.import.stage == Stage::Previewed {
            self.import.look(&around(new, self.import.season.as_ref()));
        }
        true
    }

    fn update(&mut self, on: &On<'_, Self>, message: Message) -> bool {
        let desk = on.props();
        match message {
            Message::File => {
                let name = crate::browser::file_name("list");
                self.top = 0;
                self.import.act(Action::Chosen(name), &around(desk, None));
                let tell = on.link().callback(Message::Act);
                spawn_local(async move {
                    browser::breathe().await;
                    match browser::files("list", MOST_BYTES).await.into_iter().next() {
                        Some(bytes) => tell.emit(Action::Read(bytes)),
                        None => tell.emit(Action::Anew),
                    }
                });
            }
            Message::Act(action) => {
                let season = match &action {
                    Action::Season(season) => season.clone(),
                    _ => self.import.season.clone(),
                };
                self.import.act(action, &around(desk, season.as_ref()));
            }
            Message::Template => {
                let tell = on.link().callback(Message::Came);
                spawn_local(async move { tell.emit(crate::browser::template().await) });
                return false;
            }
            Message::Came(came) => self.template = Some(came),
            Message::Sign => self.sign(on),
            Message::Signed => {
                self.import.act(Action::Signed, &around(desk, self.import.season.as_ref()));
                desk.changed.emit(());
            }
            Message::Scrolled(row) if row == self.top => return false,
            Message::Scrolled(row) => self.top = row,
        }
        true
    }

    fn view(&self, on: &On<'_, Self>) -> Html {
        let desk = on.props();
        let m = words(desk.lang);
        let file = on.link().callback(|_: Event| Message::File);
        let import = &self.import;
        let elsewhere = desk
            .listing
            .households
            .iter()
            .filter(|household| !desk.register.households.contains_key(&household.actor))
            .count();
        let elsewhere =
            (elsewhere > 0 && import.preview.is_some() && !matches!(import.stage, Stage::Signed(_))).then(|| {
                el_of("p", "note")
                    .with(fill(m.import_elsewhere(), &[("count", &number(desk.lang, elsewhere as u64))]))
                    .html()
            });
        let no_areas = (desk.listing.whole && desk.listing.areas.is_empty())
            .then(|| el_of("p", "note").with(m.import_areas_none()).html());
        let choose = if import.preview.is_some() { m.import_another() } else { m.import_choose() };
        el("section")
            .at(&["aria-labelledby"], &["title"])
            .with(el("h1").at(&["id", "tabindex"], &["title", "-1"]).with(m.import_title()))
            .with(el_of("p", "lead").with(m.import_lead()))
            .with(no_areas)
            .with(
                el("div")
                    .at(&["class"], &[if import.preview.is_some() { "d-drop d-small" } else { "d-drop" }])
                    .with(el("input").at(&["id", "type", "accept"], &["list", "file", ACCEPT]).on(When::Change, file))
                    .with(
                        el("label")
                            .at(&["for"], &["list"])
                            .with(el_of("span", "button").with(choose))
                            .with(el("span").with(m.import_drop())),
                    ),
            )
            .with(self.template(on, m))
            .with(el("div").at(&["role"], &["status"]).with(self.told(desk, m)))
            .with(elsewhere)
            .with(
                import
                    .preview
                    .clone()
                    .filter(|_| !matches!(import.stage, Stage::Reading | Stage::Unreadable(_)))
                    .map(|preview| self.preview(on, m, &preview)),
            )
            .html()
    }
}

impl ImportPage {
    fn sign(&mut self, on: &On<'_, Self>) {
        let desk = on.props().clone();
        let (Some(preview), Some(plan)) = (self.import.preview.clone(), self.import.plan.clone()) else { return };
        let around = around(&desk, self.import.season.as_ref());
        let season = around.seasons.into_iter().find(|season| Some(&season.name) == self.import.season.as_ref());
        let enroller = desk.bench.work().and_then(|work| work.book.chain(&desk.me));
        let (register, people) = ((*desk.register).clone(), (*desk.people).clone());
        let mut drafts = Drafts::new((desk.me, enroller), (preview, plan, season), register, people);
        let count = drafts.count();
        self.import.stage = Stage::Signing(0, count);
        let tell = on.link().callback(|message| message);
        spawn_local(async move {
            work::have(&desk.bench, &drafts.needed()).await;
            let told = tell.clone();
            let progress = move |done| told.emit(Message::Act(Action::Signing(done, count)));
            match work::sign_all(&desk.bench, &mut drafts, &progress).await {
                Ok(_) => tell.emit(Message::Signed),
                Err(why) => tell.emit(Message::Act(Action::Failed(desk.why(&why)))),
            }
        });
    }

    /// Where to begin for those who have no list yet; away once there is one.
    fn template(&self, on: &On<'_, Self>, m: &'static Messages) -> Option<Html> {
        let none = matches!(self.import.stage, Stage::Empty | Stage::Unreadable(_));
        let want = on.link().callback(|_: Event| Message::Template);
        none.then(|| {
            let missing = (self.template == Some(false)).then(|| el_of("p", "error").with(m.import_template_missing()));
            el("div")
                .with(
                    el("button")
                        .at(&["type", "class", "id"], &["button", "button small quiet", "template"])
                        .on(When::Click, want)
                        .with(m.import_template()),
                )
                .with(el_of("p", "small").with(m.import_template_why()))
                .with(el("div").at(&["role"], &["alert"]).with(missing))
                .html()
        })
    }

    /// How far it is, in a sentence.
    fn told(&self, desk: &Desk, m: &Messages) -> Html {
        let lang = of_lists(desk.lang);
        let count = |count: usize| number(desk.lang, count as u64);
        match &self.import.stage {
            Stage::Empty | Stage::Previewed => Html::default(),
            Stage::Reading => el("p").with(fill(m.import_reading(), &[("file", &self.import.file)])).html(),
            Stage::Unreadable(error) => {
                let said::Said { what, todo } = said::error(lang, error);
                el_of("div", "band alert").with(el("p").with(what).with(" ").with(todo)).html()
            }
            Stage::Signing(done, of) => el_of("div", "band")
                .with(el("p").with(fill(m.import_signing(), &[("done", &count(*done)), ("all", &count(*of))])))
                .with(el("progress").at(&["max", "value"], &[&of.to_string(), &done.to_string()]))
                .html(),
            Stage::Signed(counts) => el("p")
                .at(&["class", "id"], &["band d-good", "signed"])
                .with(fill(
                    m.import_signed(),
                    &[("households", &count(counts.households)), ("plots", &count(counts.plots))],
                ))
                .html(),
            Stage::Failed(words) => el_of("p", "band alert").with(words.clone()).html(),
        }
    }
}
