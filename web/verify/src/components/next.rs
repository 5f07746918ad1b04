//! What the reader can do about a verdict.

use yew::prelude::*;

use super::el::{El, button, el, el_of, group};
use super::icon::{Tool, tool_icon};
use crate::browser;
use crate::messages::{Messages, fill};
use crate::model::{Action, Answer, Contact, Lot, Name, NextStep, Report, State, Titled, Tone};

/// Draws the next steps, most useful first. `None` where there is nothing to do.
pub fn next_steps(
    state: &State,
    lot: &Lot,
    answer: &Answer,
    report: Option<&Report>,
    act: &Callback<Action>,
) -> Option<El> {
    let m = state.lang.messages();
    let alarming = answer.tone() == Tone::Alert;
    let mut next = el_of("div", "next");
    for (index, step) in answer.next_steps().iter().enumerate() {
        let first = index == 0;
        next = next.with(match step {
            NextStep::TryAgain => {
                let again = act.reform(|_: Event| Action::Retry);
                button(button_class(first), again, label(Tool::Retry, m.next_try_again()))
            }
            NextStep::TypeCode => {
                let focus = Callback::from(|_: Event| browser::focus("code"));
                button(button_class(first), focus, label(Tool::Type, m.next_type_code()))
            }
            NextStep::ContactSeller => {
                let words = contact(m, lot, report.and_then(|report| report.contact.as_ref()));
                ask(first && alarming, label(Tool::Phone, m.next_contact_title()), words)
            }
            NextStep::ReportLabel => ask(first && alarming, label(Tool::Flag, m.next_report()), report_label(m, lot)),
        });
    }
    (!answer.next_steps().is_empty()).then_some(next)
}

const fn button_class(primary: bool) -> &'static str {
    if primary { "button" } else { "button quiet" }
}

fn label(tool: Tool, words: &'static str) -> Html {
    group(vec![tool_icon(tool), words.into()])
}

/// A button that opens to words.
fn ask(primary: bool, label: Html, words: El) -> Html {
    el_of("details", "ask").with(el_of("summary", button_class(primary)).with(label)).with(words).into()
}

fn contact(m: &Messages, lot: &Lot, contact: Option<&Contact>) -> El {
    let known = contact.map(|contact| el("p").text(fill(m.next_contact_known(), &[("name", &party(m, contact))])));
    let phone = contact.and_then(|contact| contact.phone.clone());
    let reach = match phone {
        Some(phone) => el("p").with(el("a").at(&["class", "href"], &["phone", &["tel:", &phone].concat()]).text(phone)),
        None => el("p").text(fill(m.next_contact_unknown(), &[("lot", &lot.lot)])),
    };
    el("div").maybe(known).with(reach)
}

fn party(m: &Messages, contact: &Contact) -> String {
    let role = contact.role.title(m);
    match &contact.name {
        Name::Known(name) => [name, " (", role, ")"].concat(),
        Name::Withheld => [role, " (", m.name_withheld(), ")"].concat(),
    }
}

fn report_label(m: &Messages, lot: &Lot) -> El {
    let subject = fill(m.next_report_subject(), &[("lot", &lot.lot)]);
    let address = browser::report_address().map(|address| {
        let link = browser::report_link(&address, &subject);
        el("p").with(el("a").at(&["href"], &[&link]).text(address))
    });
    el("div").with(el("p").text(m.next_report_text())).maybe(address)
}
