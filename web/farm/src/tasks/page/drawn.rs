//! The page of a task as it is drawn: the screen of its step, or what stands there once it is kept.

use nguon_core::ids::ChainId;
use nguon_ui::el::{Inside, When, el, el_of, nodes};
use nguon_ui::part::On;
use yew::prelude::*;

use super::{Message, Page};
use crate::format;
use crate::messages::fill;
use crate::tasks::field::Field;
use crate::tasks::meeting::Awaits;
use crate::tasks::parts::{Draw, help, help_button, maybe, quiet_button};
use crate::tasks::screens::saved::Saved;
use crate::tasks::sheet::Step;
use crate::tasks::{Task, amount, name, screens, transfer};

impl Page {
    /// All of it.
    pub(super) fn drawn(&self, ctx: &On<'_, Self>) -> Html {
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
                // What is kept of the form comes in a moment: nothing is typed that it would replace.
                None if self.looks => Html::default(),
                None => nodes().with(maybe(self.half_done(ctx, &d))).with(self.step(ctx, &d)).html(),
            })
            .with(el("p").at(&["class", "role", "id"], &["t-error", "alert", "t-trouble"]).with(self.trouble.clone()))
            .with(el("p").at(&["class", "role"], &["hidden", "status"]).with(told))
            .html()
    }

    /// That the form was half filled in before, and a way to begin it anew.
    fn half_done(&self, ctx: &On<'_, Self>, d: &Draw<'_>) -> Option<Html> {
        let words = fill(d.m.half_done(), &[("time", &format::moment(d.lang, self.found?))]);
        let afresh = ctx.link().callback(|_| Message::Afresh);
        Some(
            el("div")
                .at(&["class", "role"], &["t-note", "status"])
                .with(el("p").with(words))
                .with(quiet_button("t-afresh", d.m.half_afresh(), afresh))
                .html(),
        )
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
            .with(el_of("div", "t-label").with(el("span").with(d.m.photo_label())).with(help_button(d, Field::Photo)))
            .with(help(d, Field::Photo))
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
        let typed = amount::thousandths(self.sheet.text(Field::Given)).unwrap_or(0);
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
                    .with(quiet_button("t-answer", d.m.answer_scan(), press.scan.clone()))
                    .html()
            })))
            .with(maybe(
                (gives && arrived.is_some()).then(|| el_of("p", "t-note").with(el("b").with(d.m.both_signed())).html()),
            ))
            .html()
    }
}
