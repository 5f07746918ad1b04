//! Another way in: the code typed from the label.

use yew::prelude::*;

use super::el::{el, el_of};
use super::seal::seal;
use crate::browser;
use crate::lang::Lang;
use crate::link::{TypedError, typed_path};
use crate::model::Seal;

/// A field for the code and a button.
pub struct CodeForm {
    field: NodeRef,
    error: Option<TypedError>,
}

#[derive(Properties, PartialEq)]
pub struct Props {
    /// In which language
    pub lang: Lang,
    /// Whether it stands alone, on the home page
    pub alone: bool,
}

impl Component for CodeForm {
    type Message = SubmitEvent;
    type Properties = Props;

    fn create(_: &Context<Self>) -> Self {
        Self { field: NodeRef::default(), error: None }
    }

    fn update(&mut self, _: &Context<Self>, event: SubmitEvent) -> bool {
        event.prevent_default();
        let typed = self.field.cast::<web_sys::HtmlInputElement>().map(|field| field.value()).unwrap_or_default();
        match typed_path(&typed) {
            Ok(path) => {
                browser::go(&path);
                false
            }
            Err(error) => {
                self.error = Some(error);
                browser::focus("code");
                true
            }
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { lang, alone } = *ctx.props();
        let m = lang.messages();
        let wrong = self.error.as_ref().map(|error| error.sentence(m));
        let invalid = if wrong.is_some() { "true" } else { "false" };
        let fields = html! {
            <form onsubmit={ctx.link().callback(|event: SubmitEvent| event)} novalidate=true>
                { el("label").at(&["for"], ["code"]).text(m.code_label) }
                <input ref={self.field.clone()} id="code" type="text" autocomplete="off" autocapitalize="characters"
                    spellcheck="false" enterkeyhint="go" aria-describedby="code-hint code-error" aria-invalid={invalid} />
                { el("p").at(&["class", "id", "role"], ["error", "code-error", "alert"]).text(wrong.unwrap_or_default()) }
                { el("p").at(&["class", "id"], ["small", "code-hint"]).text(m.code_hint) }
                { el("button").at(&["class", "type"], ["button", "submit"]).text(m.code_button) }
            </form>
        };
        let (heading, title) = if alone { ("h1", m.home_title) } else { ("h2", m.another_title) };
        el("section")
            .at(&["class", "aria-labelledby"], [if alone { "another home" } else { "another" }, "another"])
            .maybe(alone.then(|| seal(Seal::Open)))
            .with(el(heading).at(&["id"], ["another"]).text(title))
            .maybe(alone.then(|| el_of("p", "lead").text(m.home_text)))
            .with(fields)
            .into()
    }
}
