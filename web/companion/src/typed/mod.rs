//! Another way in: the code under the QR symbol, typed.

mod code;

use nguon_verify_app::browser as page;
use nguon_verify_app::components::el::{El, When, el};
use nguon_verify_app::lang::Lang;
use yew::prelude::*;

use crate::messages;

pub use code::{TypedError, typed_path};

/// The page's language.
#[derive(Properties, PartialEq)]
pub struct Speaks {
    /// It
    pub lang: Lang,
}

/// A field for the code, and what is wrong with what was typed last.
pub struct Typed(Option<TypedError>);

impl Component for Typed {
    type Message = TypedError;
    type Properties = Speaks;

    fn create(_: &Context<Self>) -> Self {
        Self(None)
    }

    fn update(&mut self, _: &Context<Self>, wrong: TypedError) -> bool {
        self.0 = Some(wrong);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let m = messages::of(ctx.props().lang);
        let mistyped = ctx.link().callback(|error| error);
        let go = Callback::from(move |event: Event| {
            event.prevent_default();
            match typed_path(&page::typed(FIELD)) {
                Ok(path) => page::go(&path),
                Err(error) => {
                    mistyped.emit(error);
                    page::focus(FIELD);
                }
            }
        });
        let wrong = self.0.as_ref().map(|error| error.sentence(m)).unwrap_or_default();
        el("form")
            .at(&["novalidate"], &[""])
            .on(When::Submit, go)
            .with(el("label").at(&["for"], &[FIELD]).text(m.code_label))
            .with(field(self.0.is_some()))
            .with(el("p").at(&["class", "id", "role"], &["error", "code-error", "alert"]).text(wrong))
            .with(el("p").at(&["class", "id"], &["small", "code-hint"]).text(m.code_hint))
            .with(el("button").at(&["class", "type"], &["button", "submit"]).text(m.code_button))
            .into()
    }
}

/// The page moves the keyboard here where it asks for a code.
const FIELD: &str = "code";

fn field(invalid: bool) -> El {
    el("input").at(
        &[
            "id",
            "type",
            "autocomplete",
            "autocapitalize",
            "spellcheck",
            "enterkeyhint",
            "aria-describedby",
            "aria-invalid",
        ],
        &[
            FIELD,
            "text",
            "off",
            "characters",
            "false",
            "go",
            "code-hint code-error",
            if invalid { "true" } else { "false" },
        ],
    )
}
