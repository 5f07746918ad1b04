//! What is said of the label.

use std::rc::Rc;

use nguon_core::serial::Why;
use nguon_core::serial::scans::{Advice, ScanCounts};
use nguon_verify_app::browser as page;
use nguon_verify_app::components::el::{El, el, el_of, some};
use nguon_verify_app::components::icon::{Tool, icon, tool_icon};
use nguon_verify_app::format;
use nguon_verify_app::lang::Lang;
use nguon_verify_app::messages::fill;
use nguon_verify_app::model::{Icon, Labels, Lot, Report, Stamp};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::ask::{Found, ask};
use crate::messages::{self, Messages};

/// A label with a serial number, and the report of its lot.
#[derive(Properties, PartialEq)]
pub struct Shown {
    /// The page's language
    pub lang: Lang,
    /// The lot
    pub lot: Lot,
    /// Its report
    pub report: Rc<Report>,
}

/// What is said of one label.
pub struct Sticker {
    found: Found,
    asked: Option<(Labels, String)>,
}

impl Sticker {
    fn start(&mut self, ctx: &Context<Self>) {
        let Shown { lot, report, .. } = ctx.props();
        let asked = report.labels.clone().zip(lot.serial.clone());
        if self.asked == asked {
            return;
        }
        self.asked.clone_from(&asked);
        match asked {
            Some((labels, serial)) => {
                self.found = Found::Asking;
                let tell = ctx.link().callback(|found| found);
                spawn_local(async move { tell.emit(ask(labels, serial).await) });
            }
            None => self.found = Found::NotProven(Why::NoLabels),
        }
    }
}

impl Component for Sticker {
    type Message = Found;
    type Properties = Shown;

    fn create(ctx: &Context<Self>) -> Self {
        let mut new = Self { found: Found::NotProven(Why::NoLabels), asked: None };
        new.start(ctx);
        new
    }

    fn changed(&mut self, ctx: &Context<Self>, _: &Shown) -> bool {
        self.start(ctx);
        true
    }

    fn update(&mut self, _: &Context<Self>, found: Found) -> bool {
        self.found = found;
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Shown { lang, lot, report } = ctx.props();
        let told = told_of(&self.found, report.logged, messages::of(*lang));
        let serial = lot.serial.as_deref().unwrap_or_default();
        // There before anything is known, so that what comes is announced; an alarm is an element of its own.
        let said =
            el_of("p", "told").with(icon(told.icon)).with(el("span").text(fill(told.sentence, &[("serial", serial)])));
        let role = if told.alarm { "alert" } else { "status" };
        let said = el("div").at(&["role"], &[role]).key(role).with(said);
        let counts = if let Found::Issued(Some(counts)) = &self.found { Some(counted(*lang, counts)) } else { None };
        let class = if told.alarm { "sticker alarm" } else { "sticker" };
        el("section")
            .at(&["class", "aria-labelledby"], &[class, "sticker"])
            .with(el("h2").at(&["id"], &["sticker"]).text(messages::of(*lang).serial_title))
            .with(said)
            .with(some([counts, told.alarm.then(|| report_label(*lang, lot))]))
            .into()
    }
}

/// What is said of a label.
#[derive(Debug, PartialEq, Eq)]
pub struct Told {
    /// The sentence; `{serial}` is filled in
    pub sentence: &'static str,
    /// Its sign, for colour is never the only one
    pub icon: Icon,
    /// Whether the label is to be mistrusted
    pub alarm: bool,
}

/// What is said; `logged`: whether the history is proven to be all there is.
#[must_use]
pub fn told_of(found: &Found, logged: bool, words: &'static Messages) -> Told {
    let calm = |sentence| Told { sentence, icon: Icon::Dash, alarm: false };
    match found {
        Found::Asking => calm(words.serial_asking),
        Found::Issued(_) => Told { sentence: words.serial_issued, icon: Icon::Tick, alarm: false },
        Found::NeverIssued if logged => Told { sentence: words.serial_never_issued, icon: Icon::Cross, alarm: true },
        Found::NeverIssued => calm(words.serial_not_among),
        Found::NotProven(Why::NoLabels) => calm(words.serial_no_labels),
        Found::NotProven(Why::NoList) => calm(words.serial_no_list),
        Found::NotProven(Why::OtherLabels) => calm(words.serial_other_labels),
        Found::NotProven(_) => calm(words.serial_broken),
        Found::NotReachable => calm(words.serial_not_reachable),
    }
}

/// The server's word.
fn counted(lang: Lang, counts: &ScanCounts) -> El {
    let words = messages::of(lang);
    let (sentence, advice) = match counts.advice() {
        Advice::First => (words.serial_first_scan, words.serial_first_advice),
        Advice::Usual => (words.serial_scans, words.serial_usual_advice),
        Advice::Many => (words.serial_scans, words.serial_many_advice),
    };
    let noon =
        |day: nguon_core::serial::scans::Day| i64::try_from(day.number()).unwrap_or(0).saturating_mul(86_400) + 18_000;
    let first = counts.first.map(|day| format::day(lang, Stamp { unix: noon(day), offset: 420 })).unwrap_or_default();
    let sentence = fill(sentence, &[("n", &format::count(lang, counts.total)), ("first", &first)]);
    el_of("div", "counts")
        .with(el("p").text(sentence))
        .with(el("p").text(advice))
        .with(el_of("p", "small").text(words.serial_counts_note))
}

fn report_label(lang: Lang, lot: &Lot) -> El {
    let words = messages::of(lang);
    let m = lang.messages();
    let subject = fill(m.next_report_subject(), &[("lot", &lot.lot)]);
    let address = page::report_address().map(|address| {
        let link = page::report_link(&address, &subject);
        el("p")
            .with(el("a").at(&["class", "href"], &["button", &link]).with(tool_icon(Tool::Flag)).text(m.next_report()))
    });
    el_of("div", "next").with(el("p").text(words.serial_never_advice)).maybe(address)
}
