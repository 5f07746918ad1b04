//! The page of a task: one component for all of them. It keeps what was typed, and hands drafts to the bench.

use std::rc::Rc;

use nguon_core::event::Event;
use nguon_core::ids::ChainId;
use nguon_core::record::Record;
use nguon_draft::handover::{Offer, frames, parcel_of};
use nguon_draft::{Draft, history};
use nguon_ui::el::{Inside, When, el, el_of, nodes};
use nguon_ui::part::{On, Part, part};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::facts::Facts;
use super::field::Field;
use super::meeting::{Awaits, Came, Meeting};
use super::parts::{Draw, maybe};
use super::screens::saved::Saved;
use super::sheet::{Action, Sheet, Step};
use super::{Task, correct, drafts, known, name, product, refusal, screens, spray, transfer};
use crate::bench::{Bench, NotWritten, Written};
use crate::browser;
use crate::lang::Lang;
use crate::messages::fill;
use crate::messages::tasks::words;
use crate::photos::Photo;
use crate::products::Product;

/// Milliseconds for which a code is shown before the next one.
const TURN: u32 = 700;

/// What the page is given.
#[derive(Clone, PartialEq)]
pub struct Props {
    /// Which task
    pub task: Task,
    /// In which language
    pub lang: Lang,
    /// Who is at work, and what is known
    pub bench: Bench,
    /// Back to today
    pub leave: Callback<()>,
}

/// The page of a task.
pub fn page(task: Task, lang: Lang, bench: Bench, leave: Callback<()>) -> Html {
    part::<Page>(Props { task, lang, bench, leave })
}

/// What happens on it.
pub enum Message {
    /// The form changes
    Act(Action),
    /// A product was chosen
    Product(Product),
    /// The amount was told
    Amount,
    /// Photos were taken
    Photos(Rc<Vec<Photo>>),
    /// Sign and keep
    Sign,
    /// It was kept, or not
    Written(Box<Result<Written, NotWritten>>),
    /// Its other half was kept, or not
    Second(Box<Result<Written, NotWritten>>),
    /// Another one of the same
    Again,
    /// Something of it was wrong: to its correction
    Correct(ChainId, u64),
    /// The household signs on its own phone
    Phone,
    /// Show a code for what is received
    Offer,
    /// It was kept, or not
    Offered(Box<Result<Written, NotWritten>>),
    /// A code was scanned
    Heard(Vec<u8>),
    /// The typed code is to be used
    Typed,
    /// The next code, by itself or by a press
    Turn(Option<u32>),
    /// The code stays, or no more
    Hold,
    /// The codes as text
    Copy,
    /// Scan the other's code
    Scan,
    /// Back
    Back,
}

/// An entry that is being corrected.
struct Target {
    chain: ChainId,
    sequence: u64,
    event: Event,
    signed_at: u64,
    lines: Vec<(Event, bool)>,
}

/// The page of a task.
pub struct Page {
    facts: Facts,
    sheet: Sheet,
    photos: Rc<Vec<Photo>>,
    meeting: Meeting,
    target: Option<Target>,
    busy: bool,
    saved: Option<Saved>,
    wrong: Option<(ChainId, u64)>,
    trouble: Option<String>,
    goes_to: Option<String>,
    /// Which row of codes takes turns: one at a time
    turning: u32,
}

impl Part for Page {
    type Message = Message;
    type Properties = Props;

    fn create(ctx: &On<'_, Self>) -> Self {
        let props = ctx.props();
        let facts = read_facts(props);
        let mut page = Self {
            sheet: Sheet::new(Step::Plot),
            facts,
            photos: Rc::default(),
            meeting: Meeting::default(),
            target: None,
            busy: false,
            saved: None,
            wrong: None,
            trouble: None,
            goes_to: None,
            turning: 0,
        };
        page.begin(props);
        page
    }

    fn changed(&mut self, ctx: &On<'_, Self>, old: &Props) -> bool {
        let props = ctx.props();
        self.facts = read_facts(props);
        // What is to be corrected may only now be at hand.
        let waits = self.target.is_none() && matches!(props.task, Task::Correct { .. });
        if props.task != old.task || waits {
            self.begin(props);
        }
        true
    }

    fn update(&mut self, ctx: &On<'_, Self>, message: Message) -> bool {
        match message {
            Message::Act(action) => self.act(ctx, action),
            Message::Product(product) => {
                spray::choose(&mut self.sheet, &product, &self.facts);
                self.go(Step::Amount);
                self.goes_to = Some(Field::Dose.id().into());
            }
            Message::Amount => {
                let faults = spray::amount_faults(&self.sheet);
                if faults.is_empty() { self.go(Step::Check) } else { self.blame(faults) }
            }
            Message::Photos(photos) => self.photos = photos,
            Message::Sign => self.sign(ctx),
            Message::Written(result) => self.written(ctx, *result),
            Message::Second(result) => {
                if let Err(why) = *result {
                    self.say(ctx, &why);
                }
            }
            Message::Again => self.begin_again(ctx.props()),
            Message::Correct(chain, sequence) => browser::go(&Task::Correct { chain, sequence }.fragment()),
            Message::Phone => {
                self.meeting = Meeting::default();
                self.go(Step::Show);
                self.offer(ctx);
            }
            Message::Offer => self.offer(ctx),
            Message::Offered(result) => self.offered(ctx, *result),
            Message::Heard(bytes) => self.heard(&String::from_utf8_lossy(&bytes)),
            Message::Typed => {
                let typed = self.sheet.text(Field::Code).to_owned();
                self.heard(&typed);
                if self.meeting.told.is_some() {
                    self.goes_to = Some(Field::Code.id().into());
                }
            }
            Message::Turn(Some(turning)) if turning == self.turning && self.shows_frames() => {
                self.meeting.turn();
                self.turn_later(ctx);
            }
            Message::Turn(Some(_)) => return false,
            Message::Turn(None) => {
                let held = std::mem::replace(&mut self.meeting.holds, false);
                self.meeting.turn();
                self.meeting.holds = held;
            }
            Message::Hold => self.meeting.holds = !self.meeting.holds,
            Message::Copy => match &self.meeting.offer {
                Some(offer) if self.meeting.frames.is_empty() => browser::copy(&offer.to_text()),
                _ => browser::copy(&self.meeting.frames.join("\n")),
            },
            Message::Scan => self.scan(),
            Message::Back => match self.sheet.behind.last() {
                Some(step) if self.saved.is_none() => self.go(*step),
                _ => ctx.props().leave.emit(()),
            },
        }
        true
    }

    fn view(&self, ctx: &On<'_, Self>) -> Html {
        let props = ctx.props();
        let act = ctx.link().callback(Message::Act);
        let d = Draw::new(props.lang, &self.facts, &self.sheet, &act);
        let back = ctx.link().callback(|_| Message::Back);
        let faults = self.sheet.faults.len();
        let told = (faults > 0).then(|| fill(d.m.faults(), &[("n", &faults.to_string())]));
        el("section")
            .at(&["class", "id"], &["task", "task"])
            .with(
                el_of("div", "t-head")
                    .with(
                        el("button")
                            .at(&["type", "class", "id", "aria-label"], &["button", "t-back", "t-back", d.m.back()])
                            .on(When::Click, back)
                            .with("←"),
                    )
                    .with(el("h1").at(&["id", "tabindex"], &["title", "-1"]).with(name(props.lang, &props.task))),
            )
            .with(match &self.saved {
                Some(saved) => self.after(ctx, &d, saved),
                None => self.step(ctx, &d),
            })
            .with(el("p").at(&["class", "role", "id"], &["t-error", "alert", "t-trouble"]).with(self.trouble.clone()))
            .with(el("p").at(&["class", "role"], &["hidden", "status"]).with(told))
            .html()
    }

    fn rendered(&mut self, _: &On<'_, Self>, _: bool) {
        if let Some(id) = self.goes_to.take() {
            browser::focus(&id);
        }
    }
}

/// What the bench knows, as the pages need it.
fn read_facts(props: &Props) -> Facts {
    let bench = &props.bench;
    let (now, offset) = (bench.now().get(), i64::from(bench.utc_offset()));
    let here = known::Here {
        me: bench.me().unwrap_or(ChainId::from_bytes([0; 32])),
        now,
        offset: i16::try_from(offset).unwrap_or(420),
        others: matches!(props.task, Task::WeighIn),
    };
    let list = bench.products().to_vec();
    let Some(work) = bench.work() else {
        let (plots, batches, used) = Default::default();
        return Facts { me: here.me, now, offset: here.offset, plots, batches, used, list, weighed: (0, 0) };
    };
    let shelf = known::Shelf { book: &work.book, outbox: &work.outbox };
    known::facts(shelf, here, list, &|chain| bench.name_of(chain))
}

impl Page {
    /// The first screen of a task.
    fn begin(&mut self, props: &Props) {
        let first = match props.task {
            Task::Log(_) | Task::Harvest(_) => Step::Plot,
            Task::Give => Step::Scan,
            Task::Receive => Step::Show,
            Task::WeighIn => Step::Farmer,
            Task::Gone | Task::Cool => Step::Weigh,
            Task::Correct { .. } => Step::Edit,
        };
        self.sheet = Sheet::new(first);
        (self.photos, self.meeting, self.target) = Default::default();
        (self.saved, self.wrong, self.trouble, self.busy) = (None, None, None, false);
        self.sheet.set(Field::Produce, words(props.lang).produce_default());
        if let Task::Correct { chain, sequence } = props.task {
            self.open_target(props, chain, sequence);
        }
        let chosen = match props.task {
            Task::Log(plot) | Task::Harvest(plot) => plot.filter(|plot| self.facts.plot(plot).is_some()),
            _ => None,
        };
        // One plot is no choice.
        let only = match &self.facts.plots[..] {
            [only] => Some(only.id),
            _ => None,
        };
        let task_has_plot = matches!(props.task, Task::Log(_) | Task::Harvest(_));
        if let Some(plot) = chosen.or(only).filter(|_| task_has_plot) {
            self.choose_plot(&props.task, plot);
            self.sheet.behind.clear();
        }
        self.goes_to = Some("title".into());
    }

    fn begin_again(&mut self, props: &Props) {
        self.begin(props);
        self.goes_to = Some("t-step".into());
    }

    fn open_target(&mut self, props: &Props, chain: ChainId, sequence: u64) {
        let Some(work) = props.bench.work() else { return };
        let lines = history::of_chain(&work.book, &work.outbox, &chain);
        let Some(line) = lines.into_iter().find(|line| line.sequence == sequence) else { return };
        let shelf = known::Shelf { book: &work.book, outbox: &work.outbox };
        let signed_at = shelf.record(&chain, sequence).map_or(0, |record| record.signed_at.get());
        let corrections = line.corrections.iter().map(|one| (one.event.clone(), one.counts));
        let all: Vec<(Event, bool)> = std::iter::once((line.said.clone(), true)).chain(corrections).collect();
        let event = line.now.unwrap_or(line.said);
        self.sheet.plot = Some(chain);
        correct::fill(&mut self.sheet, &event, signed_at, &self.facts);
        self.target = Some(Target { chain, sequence, event, signed_at, lines: all });
    }

    fn act(&mut self, ctx: &On<'_, Self>, action: Action) {
        let task = &ctx.props().task;
        match action {
            Action::Plot(plot) if matches!(task, Task::Log(_) | Task::Harvest(_) | Task::WeighIn) => {
                self.choose_plot(task, plot);
                self.goes_to =
                    Some(if matches!(task, Task::Log(_)) { "t-step".into() } else { Field::Weight.id().into() });
            }
            // Plot or batch: what is given from is one of them.
            Action::Plot(plot) => (self.sheet.plot, self.sheet.batch) = (Some(plot), None),
            Action::Batch(batch) if matches!(task, Task::Give) => {
                (self.sheet.plot, self.sheet.batch) = (None, Some(batch));
            }
            Action::AddCrate => {
                self.sheet.act(Action::AddCrate, &self.facts);
                self.goes_to = Some(Field::Weight.id().into());
            }
            Action::Go(step) => self.go(step),
            other => self.sheet.act(other, &self.facts),
        }
    }

    fn choose_plot(&mut self, task: &Task, plot: ChainId) {
        self.sheet.act(Action::Plot(plot), &self.facts);
        let step = if matches!(task, Task::Log(_)) { Step::Product } else { Step::Weigh };
        if matches!(task, Task::Log(_)) {
            spray::fill(&mut self.sheet, &self.facts);
        }
        self.go(step);
    }

    fn go(&mut self, step: Step) {
        self.sheet.act(Action::Go(step), &self.facts);
        self.trouble = None;
        self.goes_to = Some("t-step".into());
        browser::top();
    }

    fn blame(&mut self, faults: super::field::Faults) {
        self.goes_to = faults.first().map(|(field, _)| field.id().to_owned());
        self.sheet.act(Action::Wrong(faults), &self.facts);
    }

    fn say(&mut self, ctx: &On<'_, Self>, why: &NotWritten) {
        let m = words(ctx.props().lang);
        let why = refusal::words(ctx.props().lang, why, self.facts.offset);
        self.trouble = Some(format!("{} {}", fill(m.not_saved(), &[("why", &why)]), m.not_saved_again()));
        self.goes_to = Some("t-trouble".into());
    }

    /// What is to be written down, or what is wrong with it.
    fn drafts(&self, props: &Props) -> Result<Vec<Draft>, super::field::Faults> {
        let (sheet, facts) = (&self.sheet, &self.facts);
        let one = |draft| vec![draft];
        match &props.task {
            Task::Log(_) => drafts::applied(sheet, facts).map(one),
            Task::Harvest(_) => drafts::harvested(sheet, facts).map(one),
            Task::WeighIn if self.meeting.parcel.is_none() => drafts::weighed_in(sheet, facts).map(one),
            Task::Receive | Task::WeighIn => drafts::received(sheet, &self.meeting).map(one),
            Task::Give => {
                let to = self.meeting.offer.as_ref().map(|offer| offer.batch);
                let to = to.ok_or_else(|| vec![(Field::Code, super::field::Fault::NotAnOffer)])?;
                transfer::give(sheet, facts, to).map(one)
            }
            Task::Gone => super::gone::check(sheet, facts).map(one),
            Task::Cool => super::gone::check_cooling(sheet, facts).map(one),
            Task::Correct { .. } => {
                let Some(target) = &self.target else { return Ok(Vec::new()) };
                let event = correct::check(sheet, &target.event, target.signed_at, facts)?;
                let work = props.bench.work();
                let shelf = work.as_ref().map(|work| known::Shelf { book: &work.book, outbox: &work.outbox });
                Ok(drafts::corrected(sheet, target.chain, target.sequence, &target.event, &event, shelf))
            }
        }
    }

    fn sign(&mut self, ctx: &On<'_, Self>) {
        if self.busy {
            return;
        }
        let props = ctx.props();
        // The clock goes on while a farmer thinks.
        self.facts.now = props.bench.now().get();
        match self.drafts(props) {
            Err(faults) => self.blame(faults),
            Ok(all) => {
                let mut all = all.into_iter();
                let Some(first) = all.next() else { return };
                (self.busy, self.trouble) = (true, None);
                let (bench, link, photos) = (props.bench.clone(), ctx.link(), self.photos.to_vec());
                let rest: Vec<Draft> = all.collect();
                spawn_local(async move {
                    let written = bench.write(first, photos).await;
                    let kept = written.is_ok();
                    link.send_message(Message::Written(Box::new(written)));
                    for draft in rest.into_iter().filter(|_| kept) {
                        let written = bench.write(draft, Vec::new()).await;
                        link.send_message(Message::Second(Box::new(written)));
                    }
                });
            }
        }
    }

    fn written(&mut self, ctx: &On<'_, Self>, result: Result<Written, NotWritten>) {
        self.busy = false;
        let written = match result {
            Ok(written) => written,
            Err(why) => return self.say(ctx, &why),
        };
        browser::vibrate();
        let records: Vec<Record> =
            written.records.iter().filter_map(|signed| Record::from_payload(signed.payload()).ok()).collect();
        self.wrong = drafts::correctable(&records, self.facts.me);
        self.saved = Some(drafts::told(ctx.props().lang, &ctx.props().task, &self.sheet, &self.facts, &self.meeting));
        self.goes_to = Some("t-step".into());
        browser::top();
        if matches!(ctx.props().task, Task::Give) || self.meeting.parcel.is_some() {
            self.show_frames(ctx, written.entry);
        }
    }

    fn show_frames(&mut self, ctx: &On<'_, Self>, entry: nguon_draft::EntryId) {
        let work = ctx.props().bench.work();
        let parcel = work.and_then(|work| parcel_of(&work.outbox, entry));
        match parcel.map(|parcel| frames(&parcel)) {
            Some(Ok(all)) => {
                (self.meeting.frames, self.meeting.shown) = (all, 0);
                self.turn_later(ctx);
            }
            _ => self.meeting.told = Some(super::meeting::Told::TooMuch),
        }
    }

    fn shows_frames(&self) -> bool {
        self.meeting.frames.len() > 1
    }

    fn turn_later(&mut self, ctx: &On<'_, Self>) {
        self.turning = self.turning.wrapping_add(1);
        let (link, turning) = (ctx.link(), self.turning);
        spawn_local(async move {
            browser::wait(TURN).await;
            link.send_message(Message::Turn(Some(turning)));
        });
    }

    /// Opens the batch that is to receive. One that waits empty is used again.
    fn offer(&mut self, ctx: &On<'_, Self>) {
        let props = ctx.props();
        let typed = product::lower(self.sheet.text(Field::Produce).trim());
        let Ok(product) = typed.parse() else {
            return self.blame(vec![(Field::Produce, super::field::Fault::Empty)]);
        };
        let empty =
            self.facts.batches.iter().find(|batch| batch.left == 0 && batch.takes_more && batch.product == typed);
        if let (Some(batch), Some(owner)) = (empty, props.bench.me()) {
            self.meeting.offer = Some(Offer { batch: batch.id, owner, product });
            self.goes_to = Some("t-step".into());
            return;
        }
        if std::mem::replace(&mut self.busy, true) {
            return;
        }
        let (bench, link) = (props.bench.clone(), ctx.link());
        let draft = Draft::Opened(nguon_draft::NewBatch::of(product));
        spawn_local(async move {
            let written = bench.write(draft, Vec::new()).await;
            link.send_message(Message::Offered(Box::new(written)));
        });
    }

    fn offered(&mut self, ctx: &On<'_, Self>, result: Result<Written, NotWritten>) {
        self.busy = false;
        let written = match result {
            Ok(written) => written,
            Err(why) => return self.say(ctx, &why),
        };
        let work = ctx.props().bench.work();
        let begun = work.and_then(|work| work.outbox.entry(written.entry)?.begins().first().copied());
        let product = product::lower(self.sheet.text(Field::Produce).trim()).parse();
        if let (Some(batch), Some(owner), Ok(product)) = (begun, ctx.props().bench.me(), product) {
            self.meeting.offer = Some(Offer { batch, owner, product });
            self.goes_to = Some("t-step".into());
        }
    }

    fn scan(&mut self) {
        self.meeting.awaits = if self.saved.is_some() { Awaits::Answer } else { Awaits::Parcel };
        self.meeting.gather = Default::default();
        self.meeting.told = None;
        self.sheet.set(Field::Code, "");
        self.go(Step::Scan);
    }

    fn heard(&mut self, text: &str) {
        let before = self.meeting.gather.missing();
        let came = self.meeting.hear(text);
        if came == Came::All || self.meeting.gather.missing() != before {
            browser::vibrate();
        }
        if came == Came::All {
            self.sheet.set(Field::Code, "");
            match self.meeting.awaits {
                Awaits::Offer => {
                    self.go(Step::From);
                }
                Awaits::Parcel => {
                    self.go(Step::Arrived);
                    self.goes_to = Some(Field::Weight.id().into());
                }
                // Both figures stand on the page that says that it is kept.
                Awaits::Answer => self.go(Step::From),
            }
        }
    }

    /// The screen of the step.
    fn step(&self, ctx: &On<'_, Self>, d: &Draw<'_>) -> Html {
        let link = ctx.link();
        let sign = link.callback(|_| Message::Sign);
        match (&ctx.props().task, self.sheet.step) {
            (Task::Log(_), _) => {
                let press = screens::log::Press {
                    product: link.callback(Message::Product),
                    amount: link.callback(|_| Message::Amount),
                    sign,
                };
                screens::log::view(d, &press, self.picker(ctx, d), self.busy)
            }
            (Task::Harvest(_), _) => screens::weights::harvest(d, sign, self.busy),
            (Task::WeighIn, Step::Farmer | Step::Weigh) => {
                let phone = link.callback(|_| Message::Phone);
                screens::weigh::view(d, phone, sign, self.busy)
            }
            (Task::Give | Task::Receive | Task::WeighIn, step) => self.meet(ctx, d, step),
            (Task::Gone, _) => screens::gone::gone(d, sign, self.busy),
            (Task::Cool, _) => screens::gone::cool(d, sign, self.busy),
            (Task::Correct { .. }, _) => self.correction(d, sign),
        }
    }

    fn meet(&self, ctx: &On<'_, Self>, d: &Draw<'_>, step: Step) -> Html {
        let (press, meeting) = (self.press(ctx), &self.meeting);
        let name_of = |chain: Option<ChainId>| {
            let found = chain.map(|chain| ctx.props().bench.name_of(&chain)).filter(|name| !name.is_empty());
            found.unwrap_or_else(|| d.m.unknown_person().to_owned())
        };
        match step {
            Step::Scan => screens::meet::scan(d, meeting, &press),
            Step::From => {
                screens::meet::give(d, &name_of(meeting.offer.as_ref().map(|offer| offer.owner)), &press, self.busy)
            }
            Step::Arrived => screens::meet::arrived(d, meeting, &name_of(meeting.giver), &press, self.busy),
            _ if meeting.offer.is_some() => screens::meet::offer(d, meeting, &press),
            _ => {
                let make = ctx.link().callback(|_| Message::Offer);
                screens::meet::produce(d, make, self.busy)
            }
        }
    }

    fn press(&self, ctx: &On<'_, Self>) -> screens::meet::Press {
        let link = ctx.link();
        screens::meet::Press {
            heard: link.callback(Message::Heard),
            typed: link.callback(|_| Message::Typed),
            turn: link.callback(|_| Message::Turn(None)),
            hold: link.callback(|_| Message::Hold),
            copy: link.callback(|_| Message::Copy),
            done: ctx.props().leave.reform(|_| ()),
            scan: link.callback(|_| Message::Scan),
            sign: link.callback(|_| Message::Sign),
        }
    }

    fn picker(&self, ctx: &On<'_, Self>, d: &Draw<'_>) -> Html {
        el_of("div", "t-field")
            .with(
                el_of("div", "t-label")
                    .with(el("span").with(d.m.photo_label()))
                    .with(super::parts::help_button(d, Field::Photo)),
            )
            .with(super::parts::help(d, Field::Photo))
            .with(crate::photos::picker(
                d.lang,
                Field::Photo.id(),
                self.photos.clone(),
                ctx.link().callback(Message::Photos),
            ))
            .html()
    }

    fn correction(&self, d: &Draw<'_>, sign: Callback<web_sys::Event>) -> Html {
        let Some(target) = &self.target else {
            return el("p")
                .at(&["id", "tabindex", "class"], &["t-step", "-1", "t-empty"])
                .with(d.m.why_unknown())
                .html();
        };
        let lines = target.lines.iter().filter(|_| target.lines.len() > 1);
        let lines: Vec<(String, bool)> =
            lines.map(|(event, counts)| (screens::correct::figure(d, event), *counts)).collect();
        let entry = screens::correct::Entry { event: &target.event, history: &lines, signed_at: target.signed_at };
        screens::correct::view(d, &entry, sign, self.busy)
    }

    /// What stands there once it is kept.
    fn after(&self, ctx: &On<'_, Self>, d: &Draw<'_>, saved: &Saved) -> Html {
        let link = ctx.link();
        if self.sheet.step == Step::Scan && self.meeting.awaits == Awaits::Answer {
            return screens::meet::scan(d, &self.meeting, &self.press(ctx));
        }
        let press = screens::saved::Press {
            leave: ctx.props().leave.reform(|_| ()),
            again: link.callback(|_| Message::Again),
            correct: self.wrong.map(|(chain, sequence)| link.callback(move |_| Message::Correct(chain, sequence))),
        };
        screens::saved::view(d, saved, self.exchange(ctx, d), &press)
    }

    /// The codes that the other scans, and both figures.
    fn exchange(&self, ctx: &On<'_, Self>, d: &Draw<'_>) -> Html {
        let (meeting, press) = (&self.meeting, self.press(ctx));
        let gives = matches!(ctx.props().task, Task::Give);
        if meeting.frames.is_empty() && meeting.told.is_none() {
            return Html::default();
        }
        let typed = super::amount::thousandths(self.sheet.text(Field::Given)).unwrap_or(0);
        let (given, arrived) =
            if gives { (typed, meeting.answered) } else { (transfer::sum(&meeting.given), Some(self.sheet.total())) };
        let lead = if gives { d.m.frames_lead() } else { d.m.answer_lead() };
        nodes()
            .with(screens::meet::figures(d, given, arrived))
            .with(maybe((gives && arrived.is_none()).then(|| el("h2").with(d.m.frames_title()).html())))
            .with(maybe(arrived.is_none_or(|_| !gives).then(|| screens::meet::frames(d, meeting, lead, &press))))
            .with(maybe(meeting.told.map(|_| el_of("p", "t-error").with(d.m.frames_too_much()).html())))
            .with(maybe((gives && arrived.is_none()).then(|| {
                nodes()
                    .with(el("p").with(d.m.answer_waits()))
                    .with(super::parts::quiet_button("t-answer", d.m.answer_scan(), press.scan.clone()))
                    .html()
            })))
            .with(maybe(
                (gives && arrived.is_some()).then(|| el_of("p", "t-note").with(el("b").with(d.m.both_signed())).html()),
            ))
            .html()
    }
}
