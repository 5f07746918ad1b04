//! What the reader can do about a verdict.

use yew::prelude::*;

use super::icon::{Tool, tool_icon};
use crate::browser;
use crate::messages::{Messages, fill};
use crate::model::{Action, Answer, Contact, Lot, Name, NextStep, Report, State, Titled, Tone};

/// Draws the next steps, most useful first.
pub fn next_steps(state: &State, lot: &Lot, answer: &Answer, report: Option<&Report>, act: &Callback<Action>) -> Html {
    let steps = answer.next_steps();
    if steps.is_empty() {
        return Html::default();
    }
    let m = state.lang.messages();
    let alarming = answer.tone() == Tone::Alert;
    html! {
        <div class="next">
            { for steps.iter().enumerate().map(|(index, step)| match step {
                NextStep::TryAgain => again(m, index == 0, act),
                NextStep::ContactSeller => contact(m, lot, report.and_then(|report| report.contact.as_ref()), index == 0 && alarming),
                NextStep::ReportLabel => report_label(m, lot, index == 0 && alarming),
                NextStep::TypeCode => type_code(m, index == 0),
            }) }
        </div>
    }
}

fn button_class(primary: bool) -> Classes {
    classes!("button", (!primary).then_some("quiet"))
}

fn again(m: &Messages, primary: bool, act: &Callback<Action>) -> Html {
    html! {
        <button type="button" class={button_class(primary)} onclick={act.reform(|_: MouseEvent| Action::Retry)}>
            { tool_icon(Tool::Retry) }{ m.next_try_again }
        </button>
    }
}

fn contact(m: &Messages, lot: &Lot, contact: Option<&Contact>, primary: bool) -> Html {
    let phone = contact.and_then(|contact| contact.phone.as_ref());
    html! {
        <details class="ask">
            <summary class={button_class(primary)}>{ tool_icon(Tool::Phone) }{ m.next_contact_title }</summary>
            <div>
                if let Some(contact) = contact {
                    <p>{ fill(m.next_contact_known, &[("name", &party(m, contact))]) }</p>
                }
                if let Some(phone) = phone {
                    <p><a class="phone" href={format!("tel:{phone}")}>{ phone }</a></p>
                } else {
                    <p>{ fill(m.next_contact_unknown, &[("lot", &lot.lot)]) }</p>
                }
            </div>
        </details>
    }
}

fn party(m: &Messages, contact: &Contact) -> String {
    let role = contact.role.title(m);
    match &contact.name {
        Name::Known(name) => format!("{name} ({role})"),
        Name::Withheld => format!("{role} ({})", m.name_withheld),
    }
}

fn report_label(m: &Messages, lot: &Lot, primary: bool) -> Html {
    let subject = fill(m.next_report_subject, &[("lot", &lot.lot)]);
    let mail = browser::report_address().map(|address| browser::mail_link(&address, &subject));
    html! {
        <details class="ask">
            <summary class={button_class(primary)}>{ tool_icon(Tool::Flag) }{ m.next_report }</summary>
            <div>
                <p>{ m.next_report_text }</p>
                if let Some(mail) = mail {
                    <p><a href={mail}>{ browser::report_address().unwrap_or_default() }</a></p>
                }
            </div>
        </details>
    }
}

fn type_code(m: &Messages, primary: bool) -> Html {
    html! {
        <button type="button" class={button_class(primary)} onclick={|_: MouseEvent| browser::focus("code")}>
            { tool_icon(Tool::Type) }{ m.next_type_code }
        </button>
    }
}
