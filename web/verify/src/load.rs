//! From an address to a report: fetch, verify in small steps, tell.

use std::rc::Rc;

use nguon_gs1::LabelCode;
use wasm_bindgen::JsValue;
use yew::Callback;

use crate::browser;
use crate::check::Checker;
use crate::link;
use crate::model::Action;

/// Longer than this the browser is not kept from drawing and answering.
const BREATH: f64 = 40.0;
/// Records verified between two looks at the clock.
const PORTION: usize = 8;

/// Fetches and verifies the bundle of a code, reporting each step.
pub async fn load(code: LabelCode, tell: Callback<Action>) {
    let url = browser::setting("api").unwrap_or_default() + &link::bundle_path(&code);
    match browser::get(&url).await {
        Some(answer) if answer.status == 200 => verify(&code, answer.bytes, &tell).await,
        Some(answer) if matches!(answer.status, 404 | 410) => tell.emit(Action::NoSuchLot),
        _ => tell.emit(Action::NotReachable),
    }
}

async fn verify(code: &LabelCode, bundle: Vec<u8>, tell: &Callback<Action>) {
    let root = browser::setting_bytes("root").unwrap_or_default();
    let Some(checker) = Checker::new(&root, code, browser::now()) else {
        // A page packaged without a sound trust root can say nothing at all of a lot.
        web_sys::console::error_1(&JsValue::from_str("no trust root in this page"));
        browser::broken();
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
