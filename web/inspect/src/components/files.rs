//! Files for other readers, of a lot that was checked: importers, customs, markets, auditors.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::ui::{button, maybe};
use crate::code::Code;
use crate::lang::Lang;
use crate::messages::{Messages, fill};
use crate::work::files::{self, Making};

/// What a file is called.
type Name = fn(&Messages) -> &'static str;

/// A file by its name, and what it is called.
const FILES: [(&str, Name); 8] = [
    ("dossier.pdf", |m| m.file_dossier),
    ("fsma.xlsx", |m| m.file_fsma),
    ("epcis.jsonld", |m| m.file_epcis),
    ("circular02.xlsx", |m| m.file_circular02),
    ("circular02.json", |m| m.file_circular02_json),
    ("passport.html", |m| m.file_passport),
    ("passport.json", |m| m.file_passport_json),
    ("vietgap.xlsx", |m| m.file_vietgap),
];

/// Of which lot.
#[derive(Clone, PartialEq, Properties)]
pub struct FilesProps {
    /// The language
    pub lang: Lang,
    /// The lot
    pub code: Code,
}

/// Unfolds to a button a file; below them, how it went.
#[component]
pub fn Files(props: &FilesProps) -> Html {
    let making = use_state(Making::default);
    // Two hundred lots have sixteen hundred buttons, of which few are wanted.
    let open = use_state(|| false);
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: Event| open.set(!*open))
    };
    let m = props.lang.messages();
    let press = |file: &'static str, despite: bool| {
        let (making, code) = (making.setter(), props.code.clone());
        Callback::from(move |_: MouseEvent| {
            let (making, code) = (making.clone(), code.clone());
            spawn_local(async move {
                making.set(Making::Underway(file));
                making.set(files::make(&code, file, despite).await);
            });
        })
    };
    let under_way = matches!(*making, Making::Underway(_));
    let one = |(file, name): &(&'static str, Name)| {
        html! { <button type="button" class="button quiet" disabled={under_way} onclick={press(file, false)}>{ name(m) }</button> }
    };
    let again = match &*making {
        Making::BadVerdict(file, _) => Some(button("quiet", m.file_despite, press(file, true))),
        _ => None,
    };
    html! {
        <details class="files" ontoggle={toggle}>
            <summary>{ m.files_title }</summary>
            { maybe(open.then(|| html! {
                <>
                <p class="small">{ m.files_lead }</p>
                <div class="row">{ for FILES.iter().map(one) }</div>
                <div role="status">{ told(m, &making) }</div>
                { maybe(again) }
                </>
            })) }
        </details>
    }
}

fn told(m: &Messages, making: &Making) -> Html {
    match making {
        Making::Nothing => Html::default(),
        Making::Underway(file) => html! { <p>{ fill(m.file_making, &[("file", file)]) }</p> },
        Making::BadVerdict(_, words) | Making::Failed(words) => html! { <p class="alert-words">{ words.clone() }</p> },
        Making::NotReachable => html! { <p class="alert-words">{ m.file_not_reachable }</p> },
        Making::Saved(file, missing) if missing.is_empty() => {
            html! { <p>{ fill(m.file_saved, &[("file", file)]) }</p> }
        }
        Making::Saved(file, missing) => html! {
            <>
            <p>{ fill(m.file_saved_missing, &[("file", file), ("n", &missing.len().to_string())]) }</p>
            <ul class="missing">{ for missing.iter().map(|line| html! { <li>{ line.clone() }</li> }) }</ul>
            </>
        },
    }
}
