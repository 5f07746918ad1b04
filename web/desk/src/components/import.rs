//! A list taken in: dropped or chosen, previewed with every bad cell marked, mended in place, signed as a whole.

use std::rc::Rc;

use nguon_core::judge::Chains as _;
use nguon_core::values::Code;
use nguon_farm_app::browser;
use nguon_import::finding::{Mark, Place, Severity};
use nguon_import::preview::Preview;
use nguon_import::table::Address;
use nguon_import::words as said;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use yew::prelude::*;

use super::Desk;
use super::ui::{maybe, number, stretch, ticked, value_of};
use crate::import::{Action, Around, Drafts, Import, MOST_BYTES, Season, Stage, cell, shown};
use crate::messages::{Messages, fill, of_lists, words};
use crate::work::{self, Source as _};

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
    /// Sign it
    Sign,
    /// It is signed, and kept
    Signed,
    /// The preview was scrolled to this row
    Scrolled(usize),
}

/// The page.
pub struct ImportPage {
    import: Import,
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
    Around { areas: desk.listing.areas_for(chosen.as_ref()), seasons, register: (*desk.register).clone() }
}

impl Component for ImportPage {
    type Message = Message;
    type Properties = Desk;

    fn create(_: &Context<Self>) -> Self {
        Self { import: Import::default(), top: 0 }
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Desk) -> bool {
        let new = ctx.props();
        let same = Rc::ptr_eq(&new.listing, &old.listing) && Rc::ptr_eq(&new.register, &old.register);
        if !same && self.import.stage == Stage::Previewed {
            self.import.look(&around(new, self.import.season.as_ref()));
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        let desk = ctx.props();
        match message {
            Message::File => {
                let name = crate::browser::file_name("list");
                self.top = 0;
                self.import.act(Action::Chosen(name), &around(desk, None));
                let tell = ctx.link().callback(Message::Act);
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
            Message::Sign => self.sign(ctx),
            Message::Signed => {
                self.import.act(Action::Signed, &around(desk, self.import.season.as_ref()));
                desk.changed.emit(());
            }
            Message::Scrolled(row) if row == self.top => return false,
            Message::Scrolled(row) => self.top = row,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let desk = ctx.props();
        let m = words(desk.lang);
        let file = ctx.link().callback(|_: Event| Message::File);
        let import = &self.import;
        let elsewhere = desk
            .listing
            .households
            .iter()
            .filter(|household| !desk.register.households.contains_key(&household.actor))
            .count();
        let elsewhere = (elsewhere > 0 && import.preview.is_some() && !matches!(import.stage, Stage::Signed(_))).then(|| {
            html! { <p class="note">{ fill(m.import_elsewhere, &[("count", &number(desk.lang, elsewhere as u64))]) }</p> }
        });
        let no_areas = (desk.listing.whole && desk.listing.areas.is_empty())
            .then(|| html! { <p class="note">{ m.import_areas_none }</p> });
        let choose = if import.preview.is_some() { m.import_another } else { m.import_choose };
        html! {
            <section aria-labelledby="title">
                <h1 id="title" tabindex="-1">{ m.import_title }</h1>
                <p class="lead">{ m.import_lead }</p>
                { maybe(no_areas) }
                <div class={classes!("d-drop", import.preview.is_some().then_some("d-small"))}>
                    <input id="list" type="file" accept=".xlsx,.csv,.tsv,.txt,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,text/csv" onchange={file} />
                    <label for="list"><span class="button">{ choose }</span><span>{ m.import_drop }</span></label>
                </div>
                <div role="status">{ self.told(desk, m) }</div>
                { maybe(elsewhere) }
                { maybe(import.preview.clone().filter(|_| !matches!(import.stage, Stage::Reading | Stage::Unreadable(_))).map(|preview| self.preview(ctx, m, &preview))) }
            </section>
        }
    }
}

impl ImportPage {
    fn sign(&mut self, ctx: &Context<Self>) {
        let desk = ctx.props().clone();
        let (Some(preview), Some(plan)) = (self.import.preview.clone(), self.import.plan.clone()) else { return };
        let around = around(&desk, self.import.season.as_ref());
        let season = around.seasons.into_iter().find(|season| Some(&season.name) == self.import.season.as_ref());
        let enroller = desk.bench.work().and_then(|work| work.book.chain(&desk.me));
        let (register, people) = ((*desk.register).clone(), (*desk.people).clone());
        let mut drafts = Drafts::new((desk.me, enroller), (preview, plan, season), register, people);
        let count = drafts.count();
        self.import.stage = Stage::Signing(0, count);
        let tell = ctx.link().callback(|message| message);
        spawn_local(async move {
            work::have(&desk.bench, &drafts.needed()).await;
            let told = tell.clone();
            let progress = move |done| told.emit(Message::Act(Action::Signing(done, count)));
            match work::sign_all(&desk.bench, &mut drafts, progress).await {
                Ok(_) => tell.emit(Message::Signed),
                Err(why) => tell.emit(Message::Act(Action::Failed(desk.why(&why)))),
            }
        });
    }

    /// How far it is, in a sentence.
    fn told(&self, desk: &Desk, m: &Messages) -> Html {
        let lang = of_lists(desk.lang);
        let count = |count: usize| number(desk.lang, count as u64);
        match &self.import.stage {
            Stage::Empty | Stage::Previewed => html! {},
            Stage::Reading => html! { <p>{ fill(m.import_reading, &[("file", &self.import.file)]) }</p> },
            Stage::Unreadable(error) => {
                let said::Said { what, todo } = said::error(lang, error);
                html! { <div class="band alert"><p>{ what }{ " " }{ todo }</p></div> }
            }
            Stage::Signing(done, of) => html! {
                <div class="band"><p>{ fill(m.import_signing, &[("done", &count(*done)), ("all", &count(*of))]) }</p><progress max={of.to_string()} value={done.to_string()}></progress></div>
            },
            Stage::Signed(counts) => html! {
                <p class="band d-good" id="signed">{ fill(m.import_signed, &[("households", &count(counts.households)), ("plots", &count(counts.plots))]) }</p>
            },
            Stage::Failed(words) => html! { <p class="band alert">{ words.clone() }</p> },
        }
    }

    fn preview(&self, ctx: &Context<Self>, m: &'static Messages, preview: &Preview) -> Html {
        let desk = ctx.props();
        let count = |count: usize| number(desk.lang, count as u64);
        let (bad, doubtful) = (self.import.marks(Severity::Bad).count(), self.import.marks(Severity::Doubtful).count());
        let told = self.import.marks(Severity::Told).count();
        let values = [
            ("households", count(preview.households.len())),
            ("plots", count(preview.plots())),
            ("file", self.import.file.clone()),
        ];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        let mended = (self.import.mended > 0)
            .then(|| html! { <p class="small">{ fill(m.import_fixed, &[("count", &count(self.import.mended))]) }</p> });
        let fold = |title: String, severity| {
            html! { <details class="d-fold"><summary>{ title }</summary><ul class="d-marks">{ self.marks(ctx, m, severity) }</ul></details> }
        };
        let doubts =
            (doubtful > 0).then(|| fold(fill(m.import_doubtful, &[("count", &count(doubtful))]), Severity::Doubtful));
        let tolds = (told > 0).then(|| fold(fill(m.import_told, &[("count", &count(told))]), Severity::Told));
        let bads = (bad > 0).then(|| html! {
            <div class="d-bad"><h2>{ fill(m.import_bad, &[("count", &count(bad))]) }</h2><p>{ m.import_all_or_nothing }{ " " }{ m.import_fix_or_file }</p>
                <ul class="d-marks" id="bad">{ self.marks(ctx, m, Severity::Bad) }</ul>
            </div>
        });
        let clean = (bad == 0).then(|| html! { <p class="told leaf">{ m.import_clean }</p> });
        html! {
            <>
            <h2 id="count">{ fill(m.import_count, &values) }</h2>
            { maybe(mended) }
            { maybe(bads) }
            { maybe(clean) }
            { self.plan(ctx, m) }
            { maybe(doubts) }
            { maybe(tolds) }
            { self.table(ctx, m, preview) }
            </>
        }
    }

    /// What is said of cells, each with its place, what stands there, what is wrong and what to do; bad ones can be mended here.
    fn marks(&self, ctx: &Context<Self>, m: &'static Messages, severity: Severity) -> Html {
        let desk = ctx.props();
        let lang = of_lists(desk.lang);
        let one = |mark: &Mark| {
            let said::Said { what, todo } = said::finding(lang, &mark.finding);
            let place = match &mark.at {
                Place::File => m.import_whole_file.to_owned(),
                Place::Sheet(name) => name.to_string(),
                Place::Cell(at) => at.to_string(),
            };
            let read = (!mark.read.is_empty())
                .then(|| html! { <span class="d-quiet">{ fill(m.import_read, &[("read", &mark.read)]) }</span> });
            let mend = (severity == Severity::Bad).then(|| cell(mark)).flatten().map(|at| {
                let id = format!("mend-{}", at.to_string().replace(|one: char| !one.is_ascii_alphanumeric(), "-"));
                mend_form(ctx, m, at.clone(), id, mark.read.clone())
            });
            html! { <li key={format!("{place}{what}")}><b class="d-place">{ place }</b><div><p>{ what }{ " " }<b>{ todo }</b></p>{ maybe(read) }{ maybe(mend) }</div></li> }
        };
        let all: Vec<&Mark> = self.import.marks(severity).collect();
        let more = all.len().saturating_sub(MARKS);
        let more = (more > 0).then(|| html! { <li class="d-quiet"><span></span>{ fill(m.import_more, &[("count", &number(desk.lang, more as u64))]) }</li> });
        html! { <>{ for all.into_iter().take(MARKS).map(one) }{ maybe(more) }</> }
    }

    /// The season, what would be signed, and the button that does.
    fn plan(&self, ctx: &Context<Self>, m: &'static Messages) -> Html {
        let desk = ctx.props();
        let Some(plan) = &self.import.plan else { return html! {} };
        let seasons = desk.listing.seasons();
        let chosen = self.import.season.clone();
        let option = |name: &Code| html! { <option value={name.to_string()} selected={Some(name) == chosen.as_ref()}>{ name.to_string() }</option> };
        let choose = ctx.link().callback(|event: Event| Message::Act(Action::Season(value_of(&event).parse().ok())));
        let counts = plan.counts();
        let lines = [
            (counts.households, m.import_plan_households),
            (counts.plots, m.import_plan_plots),
            (counts.seasons, m.import_plan_seasons),
            (counts.shares, m.import_plan_shares),
            (counts.keys, m.import_plan_keys),
        ];
        let line = |(count, words): (usize, &'static str)| {
            (count > 0).then(|| html! { <li>{ fill(words, &[("count", &number(desk.lang, count as u64))]) }</li> })
        };
        let sign = ctx.link().callback(|_: MouseEvent| Message::Sign);
        let nothing = (self.import.nothing_new() && !matches!(self.import.stage, Stage::Signed(_)))
            .then(|| html! { <p id="nothing-new" class="band d-good">{ m.import_nothing_new }</p> });
        let absent = (plan.not_in_file > 0).then(|| html! { <p class="small">{ fill(m.import_not_in_file, &[("count", &number(desk.lang, plan.not_in_file as u64))]) }</p> });
        let will = (!plan.steps.is_empty()).then(|| html! { <div><h3>{ m.import_plan }</h3><ul class="d-plan">{ for lines.into_iter().filter_map(line) }</ul></div> });
        html! {
            <div class="card d-sign">
                <div class="field"><label for="season">{ m.import_season }</label>
                    <select id="season" onchange={choose}>
                        { for seasons.iter().map(|season| option(&season.season)) }
                        <option value="" selected={chosen.is_none()}>{ m.import_no_season }</option>
                    </select>
                    <small>{ if chosen.is_none() { m.import_no_season_why } else { "" } }</small>
                </div>
                { maybe(will) }
                { maybe(nothing) }
                { maybe(absent) }
                <button type="button" class="button" id="sign" disabled={!self.import.may_sign()} onclick={sign}>{ m.import_sign }</button>
            </div>
        }
    }

    /// The file's rows, drawn as far as they are seen.
    fn table(&self, ctx: &Context<Self>, m: &'static Messages, preview: &Preview) -> Html {
        let lang = of_lists(ctx.props().lang);
        let shown = shown(preview, self.import.only_bad);
        let first = self.top.min(shown.rows.len().saturating_sub(1));
        let end = (first + SEEN).min(shown.rows.len());
        let scrolled = ctx.link().batch_callback(|event: Event| {
            let list: Element = event.target_dyn_into()?;
            Some(Message::Scrolled(usize::try_from(list.scroll_top()).unwrap_or(0) / ROW))
        });
        let only = ctx.link().callback(|event: Event| Message::Act(Action::OnlyBad(ticked(&event))));
        let lines =
            shown.rows.get(first..end).unwrap_or_default().iter().filter_map(|at| preview.rows.get(*at)).map(|row| {
                let cells = shown.columns.iter().map(|column| {
                    let cell = row.cells.iter().find(|cell| cell.column == *column);
                    let tone = cell.and_then(|cell| cell.severity).map(|severity| match severity {
                        Severity::Bad => "d-cell-bad",
                        Severity::Doubtful => "d-cell-doubt",
                        Severity::Told => "d-cell-told",
                    });
                    let words = cell
                        .and_then(|cell| cell.severity)
                        .map(|severity| html! { <span class="hidden">{ said::severity(lang, severity) }</span> });
                    let text =
                        cell.map(|cell| cell.taken.clone().unwrap_or_else(|| cell.read.clone())).unwrap_or_default();
                    html! { <td class={classes!(tone)}>{ text }{ maybe(words) }</td> }
                });
                html! { <tr key={row.at.to_string()}><th scope="row">{ row.at.row }</th>{ for cells }</tr> }
            });
        let columns = shown.columns.len() + 1;
        html! {
            <>
            <div class="d-title"><h2>{ m.import_rows }</h2>
                <label class="choice small"><input type="checkbox" id="only-bad" checked={self.import.only_bad} onchange={only} />{ m.import_only_bad }</label>
            </div>
            <div class="d-list d-preview" tabindex="0" role="region" aria-label={m.import_rows} onscroll={scrolled}>
                <table aria-rowcount={(shown.rows.len() + 1).to_string()}>
                    <thead><tr><th scope="col">{ m.import_row }</th>{ for shown.columns.iter().map(|column| html! { <th scope="col">{ said::column(lang, *column) }</th> }) }</tr></thead>
                    <tbody>{ stretch(first * ROW, columns) }{ for lines }{ stretch((shown.rows.len() - end) * ROW, columns) }</tbody>
                </table>
            </div>
            </>
        }
    }
}

fn mend_form(ctx: &Context<ImportPage>, m: &'static Messages, at: Address, id: String, read: String) -> Html {
    let field = id.clone();
    let mend = ctx.link().callback(move |event: SubmitEvent| {
        event.prevent_default();
        Message::Act(Action::Mend(at.clone(), browser::typed(&field)))
    });
    html! {
        <form class="d-mend" onsubmit={mend}><label class="hidden" for={id.clone()}>{ m.import_fix }</label><input {id} value={read} autocomplete="off" /><button class="button small quiet">{ m.import_fix }</button></form>
    }
}
