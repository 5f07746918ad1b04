//! What was recorded on this device, and how far each entry is.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::ui::{button, maybe, told};
use crate::check::conclusion::Tone;
use crate::format;
use crate::lang::Lang;
use crate::messages::{Messages, fill};
use crate::record::{Entry, Stage, Step, Trouble};
use crate::state::{Action, State};
use crate::work;
use crate::work::outbox::Sender;
use nguon_core::event::{InspectionPurpose, InspectionResult};

/// Draws the outbox.
pub fn view(state: &State, act: &Callback<Action>, sender: Sender) -> Html {
    let m = state.lang.messages();
    let recording = &state.recording;
    if recording.entries.is_empty() {
        return html! {};
    }
    let send = {
        let (act, sender) = (act.clone(), sender.clone());
        Callback::from(move |_| spawn_local(work::outbox::send(sender.clone(), act.clone())))
    };
    let waits = recording.entries.iter().any(|entry| !entry.is_done(state.logged));
    let lacks = waits.then(|| lacking(state)).flatten();
    html! {
        <section aria-labelledby="outbox-title">
            <h2 id="outbox-title">{ m.outbox_title }</h2>
            { maybe(lacks.map(|words| html! { <p class="told amber">{ words }</p> })) }
            <ul class="entries" aria-live="polite">{ for recording.entries.iter().map(|entry| row(state, entry, act, &sender)) }</ul>
            { maybe((waits && !recording.sending).then(|| button("quiet", m.outbox_send, send))) }
            { maybe(recording.sending.then(|| html! { <p role="status">{ m.outbox_sending }</p> })) }
        </section>
    }
}

/// What has to be there before anything can be signed and sent.
fn lacking(state: &State) -> Option<&'static str> {
    let (m, recording) = (state.lang.messages(), &state.recording);
    if recording.device.public().is_none() {
        Some(m.outbox_no_key)
    } else if recording.actor.chain().is_none() {
        Some(m.outbox_no_actor)
    } else if !recording.device.is_open() {
        Some(m.outbox_locked)
    } else if !state.online {
        Some(m.outbox_offline)
    } else {
        None
    }
}

fn stage(state: &State, entry: &Entry) -> (Tone, String) {
    let m = state.lang.messages();
    let is_done = entry.is_done(state.logged);
    match &entry.stage {
        Stage::Draft => (Tone::Grey, m.stage_draft.to_owned()),
        Stage::Signed(_) => (Tone::Grey, m.stage_signed.to_owned()),
        Stage::Sent(_) if is_done => (Tone::Leaf, m.stage_sent_unlogged.to_owned()),
        Stage::Sent(_) => (Tone::Amber, m.stage_sent.to_owned()),
        Stage::Logged(_, index) => {
            let at = format::count(state.lang, *index);
            let words = if is_done { m.stage_logged } else { m.stage_logged_photos };
            (if is_done { Tone::Leaf } else { Tone::Amber }, fill(words, &[("index", &at)]))
        }
        Stage::Refused(_) => (Tone::Alert, m.stage_refused.to_owned()),
    }
}

/// Why it was refused, in plain words, with the way out.
fn refusal(trouble: &Trouble, m: &Messages) -> String {
    let words = match trouble.code.as_str() {
        Trouble::WENT_BACK => m.refused_went_back,
        Trouble::NO_SUCH_TARGET | "no_such_chain" => m.refused_no_target,
        Trouble::BAD_TARGET => m.refused_bad_target,
        Trouble::PHOTO_LOST => m.refused_photo_lost,
        "not_permitted" | "out_of_scope" => m.refused_not_permitted,
        "unknown_key" | "key_not_then" | "revoked_key" => m.refused_key,
        "forked_chain" | "forked" => m.refused_forked,
        "body_too_large" | "record_too_large" => m.refused_too_large,
        _ => return fill(m.refused_other, &[("code", &trouble.code), ("detail", &trouble.detail)]),
    };
    words.to_owned()
}

fn row(state: &State, entry: &Entry, act: &Callback<Action>, sender: &Sender) -> Html {
    let (lang, m) = (state.lang, state.lang.messages());
    let (tone, words) = stage(state, entry);
    let why = if let Stage::Refused(trouble) = &entry.stage { Some(refusal(trouble, m)) } else { None };
    let races = (entry.stage == Stage::Draft && entry.next(state.logged) == Step::Rest).then_some(m.refused_races);
    let again = (why.is_some() || races.is_some()).then(|| {
        let (act, entry, sender) = (act.clone(), entry.clone(), sender.clone());
        button(
            "quiet",
            m.try_again,
            Callback::from(move |_| {
                spawn_local(work::outbox::try_again(entry.clone(), sender.clone(), act.clone()));
            }),
        )
    });
    // What the log has is not undone by forgetting it here; what waits would be lost.
    let forget = (entry.is_done(state.logged) || why.is_some()).then(|| {
        let (act, entry) = (act.clone(), entry.clone());
        button("text", m.forget, Callback::from(move |_| spawn_local(work::outbox::forget(entry.clone(), act.clone()))))
    });
    html! {
        <li class="entry" key={entry.id.clone()}>
            <div class="sum"><b class="code">{ entry.target.title.clone() }</b><small>{ format::moment(lang, entry.at) }</small></div>
            <p>{ summary(lang, entry) }</p>
            { told(tone, words) }
            { for why.into_iter().chain(races.map(str::to_owned)).map(|words| html! { <p class="why">{ words }</p> }) }
            <div class="row">{ maybe(again) }{ maybe(forget) }</div>
        </li>
    }
}

fn summary(lang: Lang, entry: &Entry) -> String {
    let m = lang.messages();
    let result = match entry.result {
        InspectionResult::Conforms => m.result_conforms,
        InspectionResult::Defects => m.result_defects,
        InspectionResult::Fails => m.result_fails,
    };
    let purpose = match entry.purpose {
        InspectionPurpose::Routine => m.purpose_routine,
        InspectionPurpose::Complaint => m.purpose_complaint,
        InspectionPurpose::Export => m.purpose_export,
        InspectionPurpose::FollowUp => m.purpose_follow_up,
    };
    let mut words = format!("{result} · {purpose}");
    if !entry.photos.is_empty() {
        let sent = entry.photos.iter().filter(|photo| photo.sent).count();
        let numbers = [("sent", sent.to_string()), ("n", entry.photos.len().to_string())];
        words.push_str(" · ");
        words.push_str(&fill(m.entry_photos, &numbers.each_ref().map(|(name, value)| (*name, value.as_str()))));
    }
    words
}
