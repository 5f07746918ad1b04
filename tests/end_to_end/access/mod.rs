//! WCAG 2.2 AA in every state of the shopper's page: by an automated checker, and by what such a checker cannot see: enlarged
//! text, forced colours, reduced motion, and whether the meaning is there without colour.

pub(crate) mod axe;
mod states;

use std::collections::BTreeMap;

use nguon_tests::browser::{Browser, Look};
use nguon_tests::world::{deployment, deployment_with_inspector};
use serde_json::{Value, json};

use crate::visit::visit;
use states::{STATES, settled};

/// A telephone and a desk, by day and by night.
fn looks() -> impl Iterator<Item = Look> {
    let windows = [(360, 780), (1280, 900)];
    windows.into_iter().flat_map(|window| [false, true].map(|dark| Look { window, dark, ..Look::default() }))
}

/// A telephone whose camera sees a test picture and asks nobody.
fn telephone() -> Look {
    let flags = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"].map(str::to_owned);
    Look { flags: flags.into(), ..Look::default() }
}

/// Emulates what a reader has set in the system.
async fn prefers(page: &Browser, feature: &str, value: &str) {
    page.devtools("Emulation.setEmulatedMedia", json!({"features": [{"name": feature, "value": value}]})).await;
}

#[test]
fn checker_finds_nothing_in_any_state() {
    let mut found = Vec::new();
    visit(&telephone(), async |visit| {
        let page = visit.browser;
        for state in STATES {
            page.look(&Look::default()).await;
            let network = state.open(page, &visit.server).await;
            axe::bring(page).await;
            for look in looks() {
                page.look(&look).await;
                note(&mut found, page, &format!("{} {:?} dark: {}", state.name, look.window, look.dark)).await;
            }
            if state.is_verdict() {
                page.look(&Look::default()).await;
                page.unfold("main").await;
                settled(page).await;
                note(&mut found, page, &format!("{} unfolded", state.name)).await;
            }
            states::leave(network);
        }
        page.complaints().await;
    });
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}

/// What the browser remembers of the log before, where the reader is to doubt it: a larger one, another of this size.
const LOGGED: [(&str, &str, &str, &str); 6] = [
    ("green", "export", "", ".leaf"),
    ("green by hand", "unbound-label", "", ".leaf"),
    ("behind", "household", "9999999", ".amber"),
    ("forked", "household", "same", ".alert"),
    ("recalled", "recalled", "", ".alert"),
    ("proven absent", "no-such-lot", "", ".grey"),
];

#[test]
fn checker_finds_nothing_where_a_log_speaks() {
    let mut found = Vec::new();
    let at = deployment();
    Browser::run(&Look::default(), async |page| {
        for (name, link, seen, tone) in LOGGED {
            let decided = format!("document.querySelector('#verdict{tone}:not([aria-busy=true])') && window.nguonTold");
            page.look(&Look::default()).await;
            page.open("about:blank").await;
            page.open(&at.link(link).at(at.server.origin())).await;
            page.until("document.querySelector('#verdict:not([aria-busy=true])') && window.nguonTold").await;
            if !seen.is_empty() {
                let remember = format!(
                    "(() => {{ const [size] = localStorage.getItem('seen').split(' '); \
                     localStorage.setItem('seen', '{seen} '.replace('same', size) + 'ab'.repeat(32)) }})()"
                );
                page.value(&remember).await;
                page.reload().await;
            }
            page.until(&decided).await;
            page.until("document.querySelectorAll('#keep > *, #typed > *').length").await;
            settled(page).await;
            axe::bring(page).await;
            for look in looks() {
                page.look(&look).await;
                note(&mut found, page, &format!("{name} {:?} dark: {}", look.window, look.dark)).await;
            }
            page.look(&Look::default()).await;
            page.unfold("main").await;
            settled(page).await;
            note(&mut found, page, &format!("{name} unfolded")).await;
            page.value("localStorage.clear()").await;
        }
        page.complaints().await;
    });
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}

/// Parts of the inspector's page, what is done there, and what shows that it has been done.
const INSPECTED: [(&str, &str, &str); 4] = [
    ("", "0", "document.querySelector('#code')"),
    ("trace", "0", "document.querySelector('.status[aria-busy=false]') && document.querySelector('.cell')"),
    (
        "check",
        "document.querySelector('form .button').click()",
        "/xong/.test(document.querySelector('section [role=status]')?.innerText)",
    ),
    ("record", "document.querySelector('.card .button').click()", "document.querySelector('.symbol')"),
];

#[test]
fn checker_finds_nothing_on_the_inspectors_page() {
    let mut found = Vec::new();
    let at = deployment_with_inspector();
    let origin = at.server.origin();
    let all: Vec<String> = at.links().iter().map(|link| link.at(origin)).collect();
    Browser::run(&Look::default(), async |page| {
        for (part, then, done) in INSPECTED {
            let code = at.link("export").at(origin).replace('#', "%23");
            let code = if part == "trace" { format!("?code={code}&direction=both") } else { String::new() };
            page.look(&Look::default()).await;
            page.open("about:blank").await;
            page.open(&format!("{origin}/inspect/#{part}{code}")).await;
            page.until("document.querySelector('main h1')").await;
            if part == "check" {
                page.value(&format!("document.querySelector('#codes').value = {}", json!(all.join("\n")))).await;
            }
            page.value(&format!("({then}, 0)")).await;
            page.until(done).await;
            settled(page).await;
            axe::bring(page).await;
            for look in looks() {
                page.look(&look).await;
                note(&mut found, page, &format!("inspect {part} {:?} dark: {}", look.window, look.dark)).await;
            }
        }
        page.complaints().await;
    });
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}

async fn note(found: &mut Vec<String>, page: &Browser, where_: &str) {
    found.extend(axe::faults(page).await.into_iter().map(|fault| format!("{where_}: {fault}")));
}

/// 320 px is a window of 640 at 200 %, and of 1280 at 400 % (WCAG 1.4.10); letters alone at 200 % are 1.4.4.
#[test]
fn enlarged_twice_nothing_is_cut_off_and_one_scrolls_one_way_only() {
    const WIDER: &str = "(() => { const wide = document.scrollingElement.scrollWidth; \
        const cut = [...document.querySelectorAll('main *')].filter(e => { \
            const s = getComputedStyle(e); \
            return e.checkVisibility() && s.overflowX !== 'visible' && !e.matches('code, .hidden, pre') \
                && !e.closest('.hidden') && e.scrollWidth > e.clientWidth + 1; }); \
        return [wide > innerWidth ? [`${wide} px in ${innerWidth}`] : [], \
            wide > innerWidth ? [...document.querySelectorAll('body *')].filter(e => e.checkVisibility() \
                && e.getBoundingClientRect().right > innerWidth + 1).slice(0, 3).map(e => e.outerHTML.slice(0, 90)) : [], \
            cut.map(e => 'cut off: ' + e.outerHTML.slice(0, 90))].flat(); })()";
    let mut found = Vec::new();
    visit(&telephone(), async |visit| {
        let page = visit.browser;
        for state in STATES {
            let network = state.open(page, &visit.server).await;
            if state.is_verdict() {
                page.unfold("main").await;
            }
            for (window, letters) in [((320, 640), "100%"), ((640, 1280), "200%")] {
                page.look(&Look { window, ..Look::default() }).await;
                page.value(&format!("document.documentElement.style.fontSize = '{letters}'")).await;
                settled(page).await;
                let faults: Vec<String> = serde_json::from_value(page.value(WIDER).await).expect("a list");
                found.extend(faults.into_iter().map(|fault| format!("{} {window:?} {letters}: {fault}", state.name)));
            }
            states::leave(network);
        }
        page.complaints().await;
    });
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Where the system chooses all colours, backgrounds are gone: signs, buttons and fields are there by lines and words.
#[test]
fn in_forced_colours_everything_has_its_outline() {
    const LOST: &str = "(() => { const faults = []; \
        const shown = e => e.checkVisibility({ visibilityProperty: true }) && !e.closest('.skip, .hidden'); \
        for (const e of document.querySelectorAll('.button, input:not([type=file], [type=checkbox], [type=radio])')) { \
            const s = getComputedStyle(e); \
            if (shown(e) && (s.borderTopStyle === 'none' || parseFloat(s.borderTopWidth) < 1 \
                || s.borderTopColor === getComputedStyle(document.body).backgroundColor)) { \
                faults.push('no outline: ' + e.outerHTML.slice(0, 90)); } } \
        for (const e of document.querySelectorAll('.mark svg, .sign svg')) { \
            const s = getComputedStyle(e); \
            const behind = getComputedStyle(e.parentElement).backgroundColor; \
            if (shown(e) && (s.stroke === behind || s.stroke === 'none')) { \
                faults.push(`cannot be seen (${s.stroke} on ${behind}): ` + e.parentElement.outerHTML.slice(0, 90)); } } \
        return matchMedia('(forced-colors: active)').matches ? faults : ['colours are not forced']; })()";
    let mut found = Vec::new();
    visit(&telephone(), async |visit| {
        let page = visit.browser;
        for state in STATES {
            let network = state.open(page, &visit.server).await;
            prefers(page, "forced-colors", "active").await;
            axe::bring(page).await;
            let faults: Vec<String> = serde_json::from_value(page.value(LOST).await).expect("a list");
            found.extend(faults.into_iter().map(|fault| format!("{}: {fault}", state.name)));
            note(&mut found, page, state.name).await;
            prefers(page, "forced-colors", "none").await;
            states::leave(network);
        }
        page.complaints().await;
    });
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn where_motion_is_reduced_nothing_moves() {
    // Any movement would be begun while the seal closes: what moves is asked for at every frame until the verdict stands.
    const WATCH: &str = "window.moved = []; (function look() { \
        for (const one of document.getAnimations?.() ?? []) { \
            if (one.playState === 'running' && (one.effect?.getTiming().duration ?? 0) > 1) { \
                moved.push(one.effect.target?.outerHTML.slice(0, 90)); } } \
        requestAnimationFrame(look); })()";
    visit(&Look::after(WATCH), async |visit| {
        let page = visit.browser;
        for state in ["export", "recalled"] {
            prefers(page, "prefers-reduced-motion", "reduce").await;
            visit.scan(state).await;
            page.unfold("main").await;
            let moved = page.value("moved").await;
            assert_eq!(moved, json!([]), "{state}");
            let smooth = page.text_of("getComputedStyle(document.documentElement).scrollBehavior").await;
            assert_eq!(smooth, "auto", "{state}");
        }
    });
}

/// Whoever sees no colours is told the same: two verdicts of different colours differ in sign and words as well.
#[test]
fn verdicts_that_differ_in_colour_differ_in_sign_and_words() {
    const SIGNS: &str = "(() => { const one = document.querySelector('#verdict'); return { \
        colour: getComputedStyle(one.querySelector('.badge')).color, \
        words: one.querySelector('.badge').innerText.trim(), sign: one.querySelector('.mark svg').innerHTML }; })()";
    visit(&Look::default(), async |visit| {
        let page = visit.browser;
        let mut colours: BTreeMap<String, Value> = BTreeMap::new();
        for state in STATES.iter().filter(|state| state.is_verdict() && state.name != "home") {
            let network = state.open(page, &visit.server).await;
            let shown = page.value(SIGNS).await;
            for part in ["words", "sign"] {
                let said = shown[part].as_str().expect("text");
                assert!(!said.is_empty(), "{}: no {part}", state.name);
                let before = colours.entry(format!("{part}: {said}")).or_insert_with(|| shown["colour"].clone());
                assert_eq!(*before, shown["colour"], "{}: {said:?} stands for two colours", state.name);
            }
            states::leave(network);
        }
        page.complaints().await;
    });
}
