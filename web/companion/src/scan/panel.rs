//! What was read, put before the reader.

use nguon_verify_app::browser as page;
use nguon_verify_app::components::el::{El, button, el, el_of};
use nguon_verify_app::components::icon::{Tool, icon, tool_icon};
use nguon_verify_app::messages::fill;
use nguon_verify_app::model::{Icon, Lot};
use yew::prelude::*;

use super::host::{Disguise, Host};
use super::payload::{Finding, Kind};
use super::shown::Shown;
use crate::messages::Messages;

/// What the reader may do with it.
#[derive(Clone, PartialEq)]
pub struct Ways {
    /// Look at one of several, or at their list
    pub choose: Callback<Option<usize>>,
    /// Go to its lot's page here
    pub go: Callback<Event>,
    /// Copy what it says
    pub copy: Callback<Event>,
}

/// The heading that is given the focus.
pub const HEADING: &str = "scan-found";

/// Several codes, to choose from.
pub fn list(words: &Messages, findings: &[Finding], ways: &Ways) -> El {
    let number = findings.len().to_string();
    let items = findings.iter().enumerate().map(|(at, finding)| {
        let choose = ways.choose.clone();
        let class = if finding.disguise().is_some() { "scan-one alert" } else { "scan-one" };
        el("li").with(button(class, Callback::from(move |_: Event| choose.emit(Some(at))), name(words, finding)))
    });
    el_of("div", "scan-panel").with(heading(fill(words.scan_choose, &[("n", &number)]))).with(el("ol").all(items))
}

/// One of several codes in a line.
fn name(words: &Messages, finding: &Finding) -> String {
    let lot = |pattern, lot: &Lot, serial: &str| fill(pattern, &[("lot", &lot.lot), ("serial", serial)]);
    match finding {
        Finding::Here { lot: found, .. } => match &found.serial {
            Some(serial) => lot(words.scan_lot_serial, found, serial),
            None => lot(words.scan_lot, found, ""),
        },
        Finding::Elsewhere { lot: found, host: Some(host), .. } => {
            fill(words.scan_lot_at, &[("lot", &found.lot), ("host", &shown(host))])
        }
        Finding::Elsewhere { lot: found, .. } => fill(words.scan_bare, &[("lot", &found.lot)]),
        Finding::Foreign { kind, host, text, .. } => {
            let says = host.as_ref().map(shown).or_else(|| Some(beginning(text.as_ref()?)));
            let kind = kind_name(*kind, words);
            says.map_or_else(|| kind.to_owned(), |says| [kind, " · ", &says].concat())
        }
    }
}

/// One code.
pub fn one(words: &Messages, own: &Host, finding: &Finding, of_several: bool, ways: &Ways, copied: Option<bool>) -> El {
    let tone = if finding.disguise().is_some() { "alert" } else { "grey" };
    let panel = el("div").at(&["class"], &[&["scan-panel ", tone].concat()]);
    let panel = match finding {
        Finding::Here { lot, .. } => panel.with(heading(fill(words.scan_leaving, &[("lot", &lot.lot)]))),
        Finding::Elsewhere { lot, host, disguise, .. } => {
            let warned = host.as_ref().zip(*disguise).map(|(host, disguise)| warning(words, own, host, disguise));
            let title = host.as_ref().map_or_else(
                || fill(words.scan_bare, &[("lot", &lot.lot)]),
                |host| fill(words.scan_elsewhere, &[("host", &shown(host))]),
            );
            let (title, warning) = match warned {
                Some((title, warning)) => (titled(Icon::Warning, title), Some(warning)),
                None => (heading(title), None),
            };
            let text = if host.is_some() { words.scan_elsewhere_text } else { words.scan_bare_text };
            let check = button("button quiet", ways.go.clone(), words.scan_check_here);
            panel
                .with(title)
                .maybe(warning)
                .with(el("p").text(fill(text, &[("lot", &lot.lot), ("own", own.as_str())])))
                .with(check)
        }
        Finding::Foreign { kind, host, disguise, text } => {
            let warned = host.as_ref().zip(*disguise).map(|(host, disguise)| warning(words, own, host, disguise));
            let (title, warning) = match warned {
                Some((title, warning)) => (titled(Icon::Warning, title), Some(warning)),
                None => (heading(fill(words.scan_foreign, &[("kind", kind_name(*kind, words))])), None),
            };
            panel
                .with(title)
                .maybe(warning)
                .with(el("p").text(words.scan_foreign_text))
                .maybe(text.as_ref().map(|text| contents(words, text, ways, copied)))
        }
    };
    let choose = ways.choose.clone();
    let back = || button("button quiet", Callback::from(move |_: Event| choose.emit(None)), words.scan_several);
    panel.maybe(of_several.then(back))
}

/// That an address passes itself off as this page's: title, and the rest.
fn warning(words: &Messages, own: &Host, host: &Host, disguise: Disguise) -> (String, El) {
    let host = shown(host);
    let how = match disguise {
        Disguise::Near => words.scan_near.to_owned(),
        Disguise::Inside => words.scan_inside_name.to_owned(),
        Disguise::Mixed => words.scan_mixed.to_owned(),
        Disguise::Encoded => words.scan_encoded.to_owned(),
        Disguise::Front => fill(words.scan_front, &[("host", &host)]),
    };
    let title = fill(words.scan_look_alike, &[("host", &host), ("own", own.as_str())]);
    let report = page::report_address().map(|address| {
        let link = page::report_link(&address, &title);
        el("a")
            .at(&["class", "href", "rel"], &["button", &link, "noreferrer"])
            .with(tool_icon(Tool::Flag))
            .text(words.scan_report)
    });
    let rest = el("div")
        .with(el("p").text(how))
        .with(el_of("p", "scan-advice").text(words.scan_look_alike_advice))
        .maybe(report);
    (title, rest)
}

/// What a code says, as text and nothing but text.
fn contents(words: &Messages, text: &str, ways: &Ways, copied: Option<bool>) -> El {
    let shown = Shown::of(text);
    let left_out = (shown.left_out > 0)
        .then(|| el_of("p", "small").text(fill(words.scan_left_out, &[("n", &shown.left_out.to_string())])));
    let said = match copied {
        None => "",
        Some(true) => words.scan_copied,
        Some(false) => words.scan_not_copied,
    };
    let copy = el("button")
        .at(&["type", "class"], &["button", "tool"])
        .on(nguon_verify_app::components::el::When::Click, ways.copy.clone())
        .with(tool_icon(Tool::Copy))
        .text(words.scan_copy);
    let bare = !text.is_empty();
    el("div")
        .maybe(bare.then(|| el_of("p", "small").text(words.scan_says)))
        .maybe(bare.then(|| el("pre").at(&["class", "dir", "translate"], &["code", "ltr", "no"]).text(shown.text)))
        .maybe(left_out)
        .maybe(bare.then_some(copy))
        .with(el("span").at(&["class", "role"], &["small", "status"]).text(said))
}

fn heading(words: impl Into<AttrValue>) -> El {
    titled(Icon::Search, words)
}

fn titled(sign: Icon, words: impl Into<AttrValue>) -> El {
    el("h2").at(&["id", "tabindex"], &[HEADING, "-1"]).with(icon(sign)).with(el("span").text(words))
}

/// A host that cannot play tricks, and is no longer than a line or two.
fn shown(host: &Host) -> String {
    let text: String = host.as_str().chars().take(80).collect();
    Shown::of(&text).text
}

fn beginning(text: &str) -> String {
    let line: String = text.chars().take(28).filter(|letter| *letter != '\n').collect();
    let more = if text.chars().count() > 28 { "…" } else { "" };
    [&*Shown::of(&line).text, more].concat()
}

fn kind_name(kind: Kind, words: &Messages) -> &'static str {
    match kind {
        Kind::OwnLink => words.scan_own_link,
        Kind::Link => words.scan_link,
        Kind::Script => words.scan_script,
        Kind::Wifi => words.scan_wifi,
        Kind::Contact => words.scan_contact,
        Kind::Phone => words.scan_phone,
        Kind::Message => words.scan_message,
        Kind::Mail => words.scan_mail,
        Kind::Place => words.scan_place,
        Kind::Event => words.scan_event,
        Kind::Payment => words.scan_payment,
        Kind::Secret => words.scan_secret,
        Kind::App => words.scan_app,
        Kind::Number => words.scan_number,
        Kind::Text => words.scan_text,
        Kind::Binary => words.scan_binary,
    }
}
