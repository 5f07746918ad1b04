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
use super::words::Words;

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
pub fn list(words: &Words, findings: &[Finding], ways: &Ways) -> El {
    let number = findings.len().to_string();
    let items = findings.iter().enumerate().map(|(at, finding)| {
        let choose = ways.choose.clone();
        let class = if finding.disguise().is_some() { "scan-one alert" } else { "scan-one" };
        el("li").with(button(class, Callback::from(move |_: Event| choose.emit(Some(at))), name(words, finding)))
    });
    el_of("div", "scan-panel").with(heading(fill(words.choose, &[("n", &number)]))).with(el("ol").all(items))
}

/// One of several codes in a line.
fn name(words: &Words, finding: &Finding) -> String {
    let lot = |pattern, lot: &Lot, serial: &str| fill(pattern, &[("lot", &lot.lot), ("serial", serial)]);
    match finding {
        Finding::Here { lot: found, .. } => match &found.serial {
            Some(serial) => lot(words.lot_serial, found, serial),
            None => lot(words.lot, found, ""),
        },
        Finding::Elsewhere { lot: found, host: Some(host), .. } => {
            fill(words.lot_at, &[("lot", &found.lot), ("host", &shown(host))])
        }
        Finding::Elsewhere { lot: found, .. } => fill(words.bare, &[("lot", &found.lot)]),
        Finding::Foreign { kind, host, text, .. } => {
            let says = host.as_ref().map(shown).or_else(|| Some(beginning(text.as_ref()?)));
            let kind = kind_name(*kind, words);
            says.map_or_else(|| kind.to_owned(), |says| [kind, " · ", &says].concat())
        }
    }
}

/// One code.
pub fn one(words: &Words, own: &Host, finding: &Finding, of_several: bool, ways: &Ways, copied: Option<bool>) -> El {
    let tone = if finding.disguise().is_some() { "alert" } else { "grey" };
    let panel = el("div").at(&["class"], &[&["scan-panel ", tone].concat()]);
    let panel = match finding {
        Finding::Here { lot, .. } => panel.with(heading(fill(words.leaving, &[("lot", &lot.lot)]))),
        Finding::Elsewhere { lot, host, disguise, .. } => {
            let warned = host.as_ref().zip(*disguise).map(|(host, disguise)| warning(words, own, host, disguise));
            let title = host.as_ref().map_or_else(
                || fill(words.bare, &[("lot", &lot.lot)]),
                |host| fill(words.elsewhere, &[("host", &shown(host))]),
            );
            let (title, warning) = match warned {
                Some((title, warning)) => (heading(title), Some(warning)),
                None => (heading(title), None),
            };
            let text = if host.is_some() { words.elsewhere_text } else { words.bare_text };
            let check = button("button quiet", ways.go.clone(), words.check_here);
            panel
                .with(title)
                .maybe(warning)
                .with(el("p").text(fill(text, &[("lot", &lot.lot), ("own", own.as_str())])))
                .with(check)
        }
        Finding::Foreign { kind, host, disguise, text } => {
            let warned = host.as_ref().zip(*disguise).map(|(host, disguise)| warning(words, own, host, disguise));
            let (title, warning) = match warned {
                Some((title, warning)) => (title, Some(warning)),
                None => (fill(words.foreign, &[("kind", kind_name(*kind, words))]), None),
            };
            panel
                .with(heading(title))
                .maybe(warning)
                .with(el("p").text(words.foreign_text))
                .maybe(text.as_ref().map(|text| contents(words, text, ways, copied)))
        }
    };
    let choose = ways.choose.clone();
    let back = || button("button quiet", Callback::from(move |_: Event| choose.emit(None)), words.several);
    panel.maybe(of_several.then(back))
}

/// That an address passes itself off as this page's: title, and the rest.
fn warning(words: &Words, own: &Host, host: &Host, disguise: Disguise) -> (String, El) {
    let host = shown(host);
    let how = match disguise {
        Disguise::Near => words.near.to_owned(),
        Disguise::Inside => words.inside_name.to_owned(),
        Disguise::Mixed => words.mixed.to_owned(),
        Disguise::Encoded => words.encoded.to_owned(),
        Disguise::Front => fill(words.front, &[("host", &host)]),
    };
    let title = fill(words.look_alike, &[("host", &host), ("own", own.as_str())]);
    let report = page::report_address().map(|address| {
        let link = page::report_link(&address, &title);
        el("a")
            .at(&["class", "href", "rel"], &["button", &link, "noreferrer"])
            .with(tool_icon(Tool::Flag))
            .text(words.report)
    });
    let rest =
        el("div").with(el("p").text(how)).with(el_of("p", "scan-advice").text(words.look_alike_advice)).maybe(report);
    (title, rest)
}

/// What a code says, as text and nothing but text.
fn contents(words: &Words, text: &str, ways: &Ways, copied: Option<bool>) -> El {
    let shown = Shown::of(text);
    let left_out = (shown.left_out > 0)
        .then(|| el_of("p", "small").text(fill(words.left_out, &[("n", &shown.left_out.to_string())])));
    let said = match copied {
        None => "",
        Some(true) => words.copied,
        Some(false) => words.not_copied,
    };
    let copy = el("button")
        .at(&["type", "class"], &["button", "tool"])
        .on(nguon_verify_app::components::el::When::Click, ways.copy.clone())
        .with(tool_icon(Tool::Copy))
        .text(words.copy);
    let bare = !text.is_empty();
    el("div")
        .maybe(bare.then(|| el_of("p", "small").text(words.says)))
        .maybe(bare.then(|| el("pre").at(&["class", "dir", "translate"], &["code", "ltr", "no"]).text(shown.text)))
        .maybe(left_out)
        .maybe(bare.then_some(copy))
        .with(el("span").at(&["class", "role"], &["small", "status"]).text(said))
}

fn heading(words: impl Into<AttrValue>) -> El {
    el("h3").at(&["id", "tabindex"], &[HEADING, "-1"]).with(icon(Icon::Search)).with(el("span").text(words))
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

fn kind_name(kind: Kind, words: &Words) -> &'static str {
    match kind {
        Kind::OwnLink => words.own_link,
        Kind::Link => words.link,
        Kind::Script => words.script,
        Kind::Wifi => words.wifi,
        Kind::Contact => words.contact,
        Kind::Phone => words.phone,
        Kind::Message => words.message,
        Kind::Mail => words.mail,
        Kind::Place => words.place,
        Kind::Event => words.event,
        Kind::Payment => words.payment,
        Kind::Secret => words.secret,
        Kind::App => words.app,
        Kind::Number => words.number,
        Kind::Text => words.text,
        Kind::Binary => words.binary,
    }
}
