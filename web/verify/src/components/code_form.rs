//! Another way in: the code typed from the label.

use yew::prelude::*;

use super::el::{el, el_of};
use super::seal::seal;
use crate::browser;
use crate::lang::Lang;
use crate::link::{TypedError, typed_path};
use crate::model::Seal;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// In which language
    pub lang: Lang,
    /// The heading, which differs between home and the end of a page
    pub title: &'static str,
    /// Whether it stands alone, on the home page
    #[prop_or_default]
    pub alone: bool,
}

/// A field for the code and a button.
#[component]
pub fn CodeForm(props: &Props) -> Html {
    let m = props.lang.messages();
    let field = use_node_ref();
    let error = use_state_eq(|| None::<TypedError>);
    let submit = {
        let (field, error) = (field.clone(), error.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(field) = field.cast::<web_sys::HtmlInputElement>() else { return };
            match typed_path(&field.value()) {
                Ok(path) => browser::go(&path),
                Err(found) => {
                    error.set(Some(found));
                    browser::focus("code");
                }
            }
        })
    };
    let wrong = error.as_ref().map(|error| error.sentence(m));
    let heading = if props.alone { el("h1") } else { el("h2") };
    let fields = html! {
        <form onsubmit={submit} novalidate=true>
            { el("label").at("for", "code").text(m.code_label) }
            <input ref={field} id="code" name="code" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false"
                enterkeyhint="go" aria-describedby="code-hint code-error" aria-invalid={wrong.is_some().then_some("true")} />
            { el_of("p", "error").at("id", "code-error").at("role", "alert").text(wrong.unwrap_or_default()) }
            { el_of("p", "small").at("id", "code-hint").text(m.code_hint) }
            { el_of("button", "button").at("type", "submit").text(m.code_button) }
        </form>
    };
    el_of("section", if props.alone { "another home" } else { "another" })
        .at("aria-labelledby", "another")
        .maybe(props.alone.then(|| seal(Seal::Open)))
        .with(heading.at("id", "another").text(props.title))
        .maybe(props.alone.then(|| el("p").text(m.home_text)))
        .with(fields)
        .into()
}
