//! Everything that was written down: how far it is, what was wrong, how it goes on, what it said before.

use nguon_draft::outbox::{Entry, Stage};
use nguon_ui::el::{Inside, When, el, el_of, nodes};
use yew::prelude::*;

use super::Doing;
use super::ui::{button, fact, maybe, title, told};
use crate::format::{day, day_number, moment};
use crate::history::{advice, correctable, corrections, detail, standing, title as title_of};
use crate::messages::fill;
use crate::state::{Action, Page, State};
use crate::sync::Work;
use crate::tasks::{Task, name};

/// As many are drawn at once; more on demand.
const SHOWN: usize = 100;

/// The page.
pub fn view(state: &State, doing: &Doing) -> Html {
    let m = state.lang.messages();
    let Some(work) = &state.work else { return el("p").at(&["role"], &["status"]).with(m.loading()).html() };
    let held = work.outbox.held_back();
    let entries = work.newest_first();
    let refused = entries.iter().filter(|entry| matches!(entry.stage, Stage::Refused(_)));
    let mut days: Vec<(u64, Vec<Html>)> = Vec::new();
    for entry in entries.iter().take(SHOWN) {
        let number = day_number(entry.written_at.get());
        let drawn = row(state, work, doing, entry, held.contains_key(&entry.id));
        match days.last_mut().filter(|(known, _)| *known == number) {
            Some((_, rows)) => rows.push(drawn),
            None => days.push((number, vec![drawn])),
        }
    }
    let of_day = |(number, rows): (u64, Vec<Html>)| {
        nodes().with(el("h2").with(day(state.lang, number * 86_400))).with(el_of("ul", "entries").all(rows)).html()
    };
    let more = entries.len().saturating_sub(SHOWN);
    let count = refused.count();
    el("section")
        .at(&["class", "aria-labelledby"], &["history", "title"])
        .with(title(m.history_title(), m.history_lead()))
        .with(maybe(
            (count > 0)
                .then(|| el_of("p", "error").with(fill(m.waiting_refused(), &[("count", &count.to_string())])).html()),
        ))
        .with(maybe(entries.is_empty().then(|| el_of("p", "note").with(m.history_none()).html())))
        .all(days.into_iter().map(of_day))
        .with(maybe(
            (more > 0)
                .then(|| el_of("p", "small").with(fill(m.history_more(), &[("count", &more.to_string())])).html()),
        ))
        .html()
}

fn row(state: &State, work: &Work, doing: &Doing, entry: &Entry, held: bool) -> Html {
    let lang = state.lang;
    let m = lang.messages();
    let (tone, words) = standing(lang, entry, work.book.has_log(), held);
    let looked = state.looked == Some(entry.id);
    let id = entry.id;
    let look = doing.act.reform(move |_: Event| Action::Look((!looked).then_some(id)));
    let corrected = corrections(&work.outbox, entry);
    let corrected = (!corrected.is_empty()).then(|| {
        let now = corrected.last().map_or_else(String::new, |last| detail(lang, &last.draft, &work.book));
        el_of("p", "corrected").with(el("b").with(m.entry_was_corrected())).with(" ").with(el("ins").with(now)).html()
    });
    let said = detail(lang, &entry.draft, &work.book);
    let said = if corrected.is_some() { el("del").with(said).html() } else { el("span").with(said).html() };
    let why = if let Stage::Refused(trouble) = &entry.stage {
        el_of("p", "why").with(advice(lang, trouble)).html()
    } else if held {
        el_of("p", "why").with(m.advice_earlier_first()).html()
    } else {
        Html::default()
    };
    el("li")
        .at(&["class", "data-entry"], &[&["entry ", tone.class()].concat(), &id.to_string()])
        .with(
            el("button")
                .at(&["type", "class", "aria-expanded"], &["button", "line", (if looked { "true" } else { "false" })])
                .on(When::Click, look)
                .with(el_of("span", "what").with(el("b").with(title_of(lang, &entry.draft))).with(said))
                .with(told(tone, words)),
        )
        .with(maybe(corrected))
        .with(why)
        .with(maybe((looked || matches!(entry.stage, Stage::Refused(_))).then(|| ways(state, doing, entry))))
        .with(maybe(looked.then(|| more(state, work, entry))))
        .html()
}

/// What can be done with an entry.
fn ways(state: &State, doing: &Doing, entry: &Entry) -> Html {
    let m = state.lang.messages();
    let id = entry.id;
    let refused = matches!(entry.stage, Stage::Refused(_));
    let correct = correctable(entry).map(|(chain, sequence)| {
        let task = Task::Correct { chain, sequence };
        button("quiet", name(state.lang, &task), doing.show(Page::Task(task.clone())))
    });
    let again = refused
        .then(|| button("quiet", m.entry_again(), doing.go(move |bench| async move { drop(bench.again(id).await) })));
    let back = (entry.waits() && !entry.in_doubt).then(|| {
        button("quiet", m.entry_withdraw(), doing.go(move |bench| async move { drop(bench.withdraw(id).await) }))
    });
    el_of("div", "row ways").with(maybe(correct)).with(maybe(again)).with(maybe(back)).html()
}

/// All that is known of an entry.
fn more(state: &State, work: &Work, entry: &Entry) -> Html {
    let (lang, m) = (state.lang, state.lang.messages());
    let earlier = entry.earlier.iter().map(|version| {
        let why = version.trouble.as_ref().map(|trouble| advice(lang, trouble));
        el("li")
            .with(el("del").with(detail(lang, &version.draft, &work.book)))
            .with(" ")
            .with(
                el("small")
                    .with(moment(lang, version.signed_at.get()))
                    .with(maybe(why.map(|why| nodes().with(" · ").with(why).html()))),
            )
            .html()
    });
    let corrected = corrections(&work.outbox, entry);
    let place = if let Stage::Logged { index, .. } = &entry.stage { Some(index.to_string()) } else { None };
    let photos = (!entry.photos.is_empty()).then(|| {
        let sent = entry.photos.iter().filter(|(_, sent)| *sent).count();
        fill(m.entry_photos_sent(), &[("sent", &sent.to_string()), ("all", &entry.photos.len().to_string())])
    });
    el_of("div", "more")
        .with(
            el("dl")
                .with(fact(m.entry_written(), moment(lang, entry.written_at.get())))
                .with(maybe(entry.draft.at().map(|at| fact(m.entry_happened(), moment(lang, at.get())))))
                .with(maybe(place.map(|place| fact(m.entry_place(), place))))
                .with(maybe(photos.map(|photos| fact(m.entry_photos(), photos))))
                .with(maybe(entry.on_behalf_of.map(|_| fact(m.entry_on_behalf(), m.yes())))),
        )
        .with(maybe(
            (!entry.earlier.is_empty())
                .then(|| nodes().with(el("h3").with(m.entry_earlier())).with(el("ul").all(earlier)).html()),
        ))
        .with(maybe((!corrected.is_empty()).then(|| {
            nodes()
                .with(el("h3").with(m.entry_corrections()))
                .with(el("ul").all(corrected.iter().map(|one| {
                    el("li")
                        .with(detail(lang, &one.draft, &work.book))
                        .with(" ")
                        .with(el("small").with(moment(lang, one.written_at.get())))
                        .html()
                })))
                .html()
        })))
        .html()
}
