//! The page of a task: one component for all of them. It keeps what was typed, and hands drafts to the bench.

mod drawn;
mod exchange;
mod kept;
mod message;
mod signed;

use std::rc::Rc;

use nguon_core::event::Event;
use nguon_core::ids::ChainId;
use nguon_draft::history;
use nguon_ui::part::{On, Part, part};
use yew::prelude::*;

pub use message::Message;

use super::facts::Facts;
use super::field::{Faults, Field};
use super::meeting::Meeting;
use super::screens::saved::Saved;
use super::sheet::{Action, Sheet, Step};
use super::{Task, correct, half, known, spray};
use crate::bench::Bench;
use crate::browser;
use crate::lang::Lang;
use crate::messages::tasks::words;
use crate::photos::Photo;

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

/// The page of a task: the door to the part `tasks` of the program, which has to be here ([`crate::browser::part`]).
#[inline(never)]
pub fn page(task: Task, lang: Lang, bench: Bench, leave: Callback<()>) -> Html {
    part::<Page>(Props { task, lang, bench, leave })
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
    /// Which opening of a form it is: what is kept of one is put into that one
    opened: u32,
    /// Whether what is kept of it is still being looked for: nothing is asked before
    looks: bool,
    /// When what was found there was typed, Unix seconds
    found: Option<u64>,
    /// Whether something stands in it that it was not opened with: only then it is kept
    begun: bool,
    /// Which change of it was the last
    typed: u32,
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
            opened: 0,
            looks: true,
            found: None,
            begun: false,
            typed: 0,
            turning: 0,
        };
        page.begin(ctx);
        page
    }

    fn changed(&mut self, ctx: &On<'_, Self>, old: &Props) -> bool {
        let props = ctx.props();
        self.facts = read_facts(props);
        // What is to be corrected may only now be at hand.
        let waits = self.target.is_none() && matches!(props.task, Task::Correct { .. });
        if props.task != old.task || waits {
            self.begin(ctx);
        }
        true
    }

    fn update(&mut self, ctx: &On<'_, Self>, message: Message) -> bool {
        match message {
            Message::Act(action) => {
                self.begun |= half::begins(&action);
                self.act(ctx, action);
                self.keep_later(ctx);
            }
            Message::Found(opened, half) => self.fill_in(ctx, opened, half),
            Message::Keep(typed) if typed == self.typed && self.saved.is_none() => {
                self.keep(ctx, None);
                return false;
            }
            Message::Keep(_) => return false,
            Message::Afresh => self.begin_afresh(ctx),
            Message::Product(product) => {
                self.begun = true;
                self.keep_later(ctx);
                spray::choose(&mut self.sheet, &product, &self.facts);
                self.go(Step::Amount);
                self.goes_to = Some(Field::Dose.id().into());
            }
            Message::Amount => {
                self.keep_later(ctx);
                let faults = spray::amount_faults(&self.sheet);
                if faults.is_empty() { self.go(Step::Check) } else { self.blame(faults) }
            }
            Message::Photos(photos) => {
                (self.photos, self.begun) = (photos, true);
                self.keep(ctx, Some(half::pack(&self.photos)));
            }
            Message::Sign => self.sign(ctx),
            Message::Written(result) => self.written(ctx, *result),
            Message::Second(result) => {
                if let Err(why) = *result {
                    self.say(ctx, &why);
                }
            }
            Message::Again => self.begin_again(ctx),
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
        self.drawn(ctx)
    }

    fn rendered(&mut self, _: &On<'_, Self>, _: bool) {
        // Before that there is nothing to go to.
        if !self.looks
            && let Some(id) = self.goes_to.take()
        {
            browser::focus(&id);
        }
    }
}

/// What the bench knows, as the pages need it.
fn read_facts(props: &Props) -> Facts {
    let bench = &props.bench;
    let now = bench.now().get();
    let here = known::Here {
        me: bench.me().unwrap_or(ChainId::from_bytes([0; 32])),
        now,
        others: matches!(props.task, Task::WeighIn),
    };
    let list = bench.products().to_vec();
    let Some(work) = bench.work() else {
        let (plots, batches, used) = Default::default();
        return Facts { me: here.me, now, plots, batches, used, list, weighed: (0, 0) };
    };
    let shelf = known::Shelf { book: &work.book, outbox: &work.outbox };
    known::facts(shelf, here, list, &|chain| bench.name_of(chain))
}

impl Page {
    /// The first screen of a task.
    fn begin(&mut self, ctx: &On<'_, Self>) {
        let props = ctx.props();
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
        self.look_for_half(ctx);
    }

    fn begin_again(&mut self, ctx: &On<'_, Self>) {
        self.begin(ctx);
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

    pub(super) fn go(&mut self, step: Step) {
        self.sheet.act(Action::Go(step), &self.facts);
        self.trouble = None;
        self.goes_to = Some("t-step".into());
        browser::top();
    }

    pub(super) fn blame(&mut self, faults: Faults) {
        self.goes_to = faults.first().map(|(field, _)| field.id().to_owned());
        self.sheet.act(Action::Wrong(faults), &self.facts);
    }
}
