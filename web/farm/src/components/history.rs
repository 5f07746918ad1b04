//! Everything that was written down: how far it is, what was wrong, how it goes on, what it said before.

use nguon_draft::outbox::{Entry, Stage};
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
    let Some(work) = &state.work else { return html! { <p role="status">{ m.loading }</p> } };
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
        html! { <><h2>{ day(state.lang, number * 86_400) }</h2><ul class="entries">{ for rows }</ul></> }
    };
    let more = entries.len().saturating_sub(SHOWN);
    let count = refused.count();
    html! {
        <section class="history" aria-labelledby="title">
            { title(m.history_title, m.history_lead) }
            { maybe((count > 0).then(|| html! { <p class="error">{ fill(m.waiting_refused, &[("count", &count.to_string())]) }</p> })) }
            { maybe(entries.is_empty().then(|| html! { <p class="note">{ m.history_none }</p> })) }
            { for days.into_iter().map(of_day) }
            { maybe((more > 0).then(|| html! { <p class="small">{ fill(m.history_more, &[("count", &more.to_string())]) }</p> })) }
        </section>
    }
}

fn row(state: &State, work: &Work, doing: &Doing, entry: &Entry, held: bool) -> Html {
    let lang = state.lang;
    let m = lang.messages();
    let (tone, words) = standing(lang, entry, work.book.has_log(), held);
    let looked = state.looked == Some(entry.id);
    let id = entry.id;
    let look = doing.act.reform(move |_: MouseEvent| Action::Look((!looked).then_some(id)));
    let corrected = corrections(&work.outbox, entry);
    let corrected = (!corrected.is_empty()).then(|| {
        let now = corrected.last().map_or_else(String::new, |last| detail(lang, &last.draft, &work.book));
        html! { <p class="corrected"><b>{ m.entry_was_corrected }</b>{ " " }<ins>{ now }</ins></p> }
    });
    let said = detail(lang, &entry.draft, &work.book);
    let said = if corrected.is_some() {
        html! { <del>{ said }</del> }
    } else {
        html! { <span>{ said }</span> }
    };
    let why = if let Stage::Refused(trouble) = &entry.stage {
        html! { <p class="why">{ advice(lang, trouble) }</p> }
    } else if held {
        html! { <p class="why">{ m.advice_earlier_first }</p> }
    } else {
        html! {}
    };
    html! {
        <li class={classes!("entry", tone.class())} data-entry={id.to_string()}>
            <button type="button" class="line" aria-expanded={if looked { "true" } else { "false" }} onclick={look}>
                <span class="what"><b>{ title_of(lang, &entry.draft) }</b>{ said }</span>
                { told(tone, words) }
            </button>
            { maybe(corrected) }
            { why }
            { maybe((looked || matches!(entry.stage, Stage::Refused(_))).then(|| ways(state, doing, entry))) }
            { maybe(looked.then(|| more(state, work, entry))) }
        </li>
    }
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
        .then(|| button("quiet", m.entry_again, doing.go(move |bench| async move { drop(bench.again(id).await) })));
    let back = (entry.waits() && !entry.in_doubt).then(|| {
        button("quiet", m.entry_withdraw, doing.go(move |bench| async move { drop(bench.withdraw(id).await) }))
    });
    html! { <div class="row ways">{ maybe(correct) }{ maybe(again) }{ maybe(back) }</div> }
}

/// All that is known of an entry.
fn more(state: &State, work: &Work, entry: &Entry) -> Html {
    let (lang, m) = (state.lang, state.lang.messages());
    let earlier = entry.earlier.iter().map(|version| {
        let why = version.trouble.as_ref().map(|trouble| advice(lang, trouble));
        html! { <li><del>{ detail(lang, &version.draft, &work.book) }</del>{ " " }<small>{ moment(lang, version.signed_at.get()) }{ maybe(why.map(|why| html! { <>{ " · " }{ why }</> })) }</small></li> }
    });
    let corrected = corrections(&work.outbox, entry);
    let place = if let Stage::Logged { index, .. } = &entry.stage { Some(index.to_string()) } else { None };
    let photos = (!entry.photos.is_empty()).then(|| {
        let sent = entry.photos.iter().filter(|(_, sent)| *sent).count();
        fill(m.entry_photos_sent, &[("sent", &sent.to_string()), ("all", &entry.photos.len().to_string())])
    });
    html! {
        <div class="more">
            <dl>
                { fact(m.entry_written, moment(lang, entry.written_at.get())) }
                { maybe(entry.draft.at().map(|at| fact(m.entry_happened, moment(lang, at.get())))) }
                { maybe(place.map(|place| fact(m.entry_place, place))) }
                { maybe(photos.map(|photos| fact(m.entry_photos, photos))) }
                { maybe(entry.on_behalf_of.map(|_| fact(m.entry_on_behalf, m.yes))) }
            </dl>
            { maybe((!entry.earlier.is_empty()).then(|| html! { <><h3>{ m.entry_earlier }</h3><ul>{ for earlier }</ul></> })) }
            { maybe((!corrected.is_empty()).then(|| html! {
                <><h3>{ m.entry_corrections }</h3><ul>{ for corrected.iter().map(|one| html! { <li>{ detail(lang, &one.draft, &work.book) }{ " " }<small>{ moment(lang, one.written_at.get()) }</small></li> }) }</ul></>
            })) }
        </div>
    }
}
