//! Another way in: the code typed from the label.

use yew::prelude::*;

use crate::browser;
use crate::lang::Lang;
use crate::link::{TypedError, typed_path};

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
    html! {
        <section class={classes!("another", props.alone.then_some("home"))} aria-labelledby="another">
            if props.alone {
                { super::seal::seal(crate::model::Seal::Open) }
                <h1 id="another">{ props.title }</h1>
                <p>{ m.home_text }</p>
            } else {
                <h2 id="another">{ props.title }</h2>
            }
            <form onsubmit={submit} novalidate=true>
                <label for="code">{ m.code_label }</label>
                <input ref={field} id="code" name="code" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false"
                    enterkeyhint="go" aria-describedby="code-hint code-error" aria-invalid={wrong.is_some().then_some("true")} />
                <p id="code-error" class="error" role="alert">{ wrong.unwrap_or_default() }</p>
                <p id="code-hint" class="small">{ m.code_hint }</p>
                <button class="button" type="submit">{ m.code_button }</button>
            </form>
        </section>
    }
}
