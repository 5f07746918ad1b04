//! From an address to a report: fetch, verify in small steps, tell.

use std::rc::Rc;

use nguon_gs1::LabelCode;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use crate::check::Checker;
use crate::lang::Lang;
use crate::model::Action;
use crate::{browser, communes, link, messages};

/// Longer than this the browser is not kept from drawing and answering.
const BREATH: f64 = 40.0;
/// Records verified between two looks at the clock.
const PORTION: usize = 8;

/// Fetches and verifies the bundle of a code, reporting each step.
pub async fn load(code: LabelCode, tell: Callback<Action>) {
    let url = browser::setting("api").unwrap_or_default() + &link::bundle_path(&code);
    match browser::get(&url).await {
        Some(answer) if answer.status == 200 => {
            // On their way while the signatures are checked.
            spawn_local(communes(tell.clone()));
            verify(&code, answer.bytes, &tell).await;
        }
        Some(answer) if matches!(answer.status, 404 | 410) => tell.emit(Action::NoSuchLot),
        _ => tell.emit(Action::NotReachable),
    }
}

async fn verify(code: &LabelCode, bundle: Vec<u8>, tell: &Callback<Action>) {
    let root = browser::setting_bytes("root").unwrap_or_default();
    let Some(checker) = Checker::new(&root, code, browser::now()) else {
        // A page packaged without a sound trust root can say nothing at all of a lot.
        browser::broken("no trust root in this page");
        return;
    };
    let mut run = checker.run(&bundle);
    let mut breath = browser::milliseconds();
    while let Some((done, total)) = run.step(PORTION) {
        if browser::milliseconds() - breath > BREATH {
            tell.emit(Action::Progress { done, total });
            browser::breathe().await;
            breath = browser::milliseconds();
        }
    }
    let report = run.report();
    tell.emit(Action::Finished(Rc::new(crate::model::Report { bundle, ..report })));
}

/// Has a language here; says whether it is.
pub async fn language(lang: Lang) -> bool {
    if messages::is_here(lang) {
        return true;
    }
    let text = browser::later(&lang.file()).await;
    text.is_some_and(|text| messages::learn(lang, text))
}

/// Has the names of communes here, which a report can do without for a moment.
pub async fn communes(tell: Callback<Action>) {
    if let Some(text) = browser::later(communes::FILE).await {
        communes::learn(text);
        tell.emit(Action::PlacesKnown);
    }
}
