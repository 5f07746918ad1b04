//! Recording an inspection: the key, the form, the outbox.

use nguon_core::event::{InspectionPurpose, InspectionResult};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::ui::{button, choice, maybe, menu};
use super::{key, outbox};
use crate::browser;
use crate::format;
use crate::messages::fill;
use crate::state::{Action, State};
use crate::work;
use crate::work::outbox::Sender;
use crate::work::record::Form;

/// As many as a record may have.
const MOST_PHOTOS: usize = 16;

/// Draws the part.
pub fn view(state: &State, act: &Callback<Action>, sender: Sender) -> Html {
    let m = state.lang.messages();
    html! {
        <>
        <section aria-labelledby="record-title">
            <h1 id="record-title" tabindex="-1">{ m.record_title }</h1>
            <p class="lead">{ m.record_lead }</p>
            { form(state, act) }
        </section>
        { outbox::view(state, act, sender) }
        { key::view(state, act) }
        </>
    }
}

fn result_of(value: &str) -> InspectionResult {
    match value {
        "defects" => InspectionResult::Defects,
        "fails" => InspectionResult::Fails,
        _ => InspectionResult::Conforms,
    }
}

fn purpose_of(value: &str) -> InspectionPurpose {
    match value {
        "complaint" => InspectionPurpose::Complaint,
        "export" => InspectionPurpose::Export,
        "follow_up" => InspectionPurpose::FollowUp,
        _ => InspectionPurpose::Routine,
    }
}

fn form(state: &State, act: &Callback<Action>) -> Html {
    let (m, recording) = (state.lang.messages(), &state.recording);
    let save = {
        let (act, photos, picked) = (act.clone(), recording.photos.clone(), recording.picked.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let form = Form {
                code: browser::typed("target"),
                picked: picked.clone(),
                result: result_of(&browser::chosen("result")),
                purpose: purpose_of(&browser::typed("purpose")),
                words: browser::typed("words"),
                photos: photos.clone(),
            };
            let act = act.clone();
            spawn_local(async move {
                if work::record::save(form, act).await {
                    browser::type_into("words", "");
                    browser::type_into("target", "");
                }
            });
        })
    };
    let results = [("conforms", m.result_conforms), ("defects", m.result_defects), ("fails", m.result_fails)];
    let purposes = [
        ("routine", m.purpose_routine),
        ("complaint", m.purpose_complaint),
        ("export", m.purpose_export),
        ("follow_up", m.purpose_follow_up),
    ];
    html! {
        <form class="record" onsubmit={save}>
            { target(state, act) }
            { choice("result", m.result_label, &results) }
            { menu("purpose", m.purpose_label, &purposes, "routine") }
            <div class="field wide">
                <label for="words">{ m.words_label }</label>
                <textarea id="words" rows="4" maxlength="4000" />
            </div>
            { photos(state, act) }
            <div class="row"><button class="button">{ m.record_save }</button></div>
            <p role="status" class={if recording.not_saved { "error" } else { "saved" }}>
                { if recording.saved { m.record_saved } else if recording.not_saved { m.record_not_saved } else { "" } }
            </p>
        </form>
    }
}

fn target(state: &State, act: &Callback<Action>) -> Html {
    let (m, recording) = (state.lang.messages(), &state.recording);
    let scan = {
        let stop = m.scan_stop;
        Callback::from(move |_: MouseEvent| {
            spawn_local(async move {
                if let Some(code) = browser::scan(stop).await {
                    browser::type_into("target", &code);
                }
            });
        })
    };
    let picked = recording.picked.as_ref().map(|picked| {
        html! { <p class="picked">{ m.target_picked }{ " " }<b>{ picked.title.clone() }</b></p> }
    });
    let invalid = recording.fault.map(|_| "true");
    let _ = act;
    html! {
        <div class="field wide">
            { maybe(picked) }
            <label for="target">{ m.target_label }</label>
            <input id="target" autocomplete="off" autocapitalize="off" spellcheck="false" disabled={recording.picked.is_some()}
                aria-describedby="target-hint target-error" aria-invalid={invalid} />
            <p id="target-hint" class="small">{ m.target_hint }</p>
            <p id="target-error" class="error" role="alert">{ recording.fault.map(|fault| fault.sentence(m)) }</p>
            { maybe(browser::can_scan().then(|| button("quiet", m.scan, scan))) }
        </div>
    }
}

fn photos(state: &State, act: &Callback<Action>) -> Html {
    let (lang, recording) = (state.lang, &state.recording);
    let m = lang.messages();
    let take = {
        let act = act.clone();
        Callback::from(move |_: Event| spawn_local(work::record::take_photos("photo", act.clone())))
    };
    let shown = recording.photos.iter().enumerate().map(|(n, photo)| {
        let number = (n + 1).to_string();
        let kilobytes = format::count(lang, photo.bytes.len() as u64 / 1024);
        html! {
            <li key={photo.address.clone()}>
                <img src={photo.address.clone()} alt={fill(m.photo_alt, &[("n", &number)])} />
                <small>{ format!("{kilobytes}\u{a0}KB") }</small>
                { button("text", m.photo_remove, act.reform(move |_| Action::NoPhoto(n))) }
            </li>
        }
    });
    html! {
        <div class="field wide photos">
            <p class="label" id="photo-label">{ m.photo_label }</p>
            <input id="photo" class="file" type="file" accept="image/*" capture="environment" multiple=true onchange={take}
                disabled={recording.photos.len() >= MOST_PHOTOS} aria-describedby="photo-hint" />
            <label for="photo" class="button quiet">{ m.photo_take }</label>
            <p id="photo-hint" class="small">{ m.photo_hint }</p>
            <ul>{ for shown }</ul>
        </div>
    }
}
