//! Elements, built by calls. `html!` writes out the construction of each element where it stands, about 500 bytes of wasm
//! apiece; the page has some 150 of them.

use std::rc::Rc;

use yew::prelude::*;
use yew::virtual_dom::{AttributeOrProperty, Attributes, Key, Listener, ListenerKind, VTag};

/// What can stand inside an element.
pub trait Inside {
    /// As it stands there.
    fn html(self) -> Html;
}

impl Inside for Html {
    fn html(self) -> Html {
        self
    }
}

impl Inside for El {
    fn html(self) -> Html {
        self.into()
    }
}

impl Inside for Nodes {
    fn html(self) -> Html {
        group(self.0)
    }
}

impl Inside for AttrValue {
    #[inline(never)]
    fn html(self) -> Html {
        Html::VText(self.into())
    }
}

impl Inside for &'static str {
    fn html(self) -> Html {
        AttrValue::from(self).html()
    }
}

impl Inside for String {
    fn html(self) -> Html {
        AttrValue::from(self).html()
    }
}

/// Something or nothing, in one place either way: what follows it in the document stays the element that it was, with what was
/// typed into it.
impl<T: Inside> Inside for Option<T> {
    fn html(self) -> Html {
        self.map(Inside::html).unwrap_or_default()
    }
}

/// Several nodes without an element around them, under construction.
pub struct Nodes(Vec<Html>);

/// Begins several nodes without an element around them.
#[must_use]
pub const fn nodes() -> Nodes {
    Nodes(Vec::new())
}

impl Nodes {
    #[inline(never)]
    fn push(mut self, node: Html) -> Self {
        self.0.push(node);
        self
    }

    /// With one more.
    #[must_use]
    pub fn with(self, node: impl Inside) -> Self {
        self.push(node.html())
    }

    /// With each of these.
    #[must_use]
    pub fn all<T: Inside>(mut self, all: impl IntoIterator<Item = T>) -> Self {
        for node in all {
            self = self.push(node.html());
        }
        self
    }
}

/// The value of an attribute that is always there.
#[must_use]
pub fn is<T: AsRef<str> + ?Sized>(value: &T) -> Option<&str> {
    Some(value.as_ref())
}

/// An attribute that is there or not, without a value.
#[must_use]
pub const fn yes(there: bool) -> Option<&'static str> {
    if there { Some("") } else { None }
}

/// An element under construction.
pub struct El(Box<VTag>);

/// Begins an element.
#[inline(never)]
pub fn el(tag: &'static str) -> El {
    El(Box::new(VTag::new(tag)))
}

/// Begins an element of a class.
#[inline(never)]
pub fn el_of(tag: &'static str, class: &'static str) -> El {
    el(tag).at(&["class"], &[class])
}

impl El {
    /// With attributes: their names, and as many values. All at once, for yew keeps attributes that are added one by one in
    /// a hash map.
    #[inline(never)]
    pub fn at(mut self, keys: &'static [&'static str], values: &[&str]) -> Self {
        let value = |value: &&str| Some(AttributeOrProperty::Attribute(AttrValue::from((*value).to_owned())));
        self.0.attributes = Attributes::Dynamic { keys, values: values.iter().map(value).collect() };
        self
    }

    /// With attributes of which some may not be there.
    #[inline(never)]
    pub fn any(mut self, keys: &'static [&'static str], values: &[Option<&str>]) -> Self {
        let value =
            |value: &Option<&str>| value.map(|value| AttributeOrProperty::Attribute(AttrValue::from(value.to_owned())));
        self.0.attributes = Attributes::Dynamic { keys, values: values.iter().map(value).collect() };
        self
    }

    /// With what is typed in it, and what it is set to whenever that changes.
    #[inline(never)]
    pub fn value(mut self, value: &str) -> Self {
        self.0.set_value(value.to_owned());
        self
    }

    /// Chosen, or not.
    #[inline(never)]
    pub fn checked(mut self, checked: bool) -> Self {
        self.0.set_checked(checked);
        self
    }

    /// With something that happens.
    #[inline(never)]
    pub fn on(mut self, when: When, then: Callback<Event>) -> Self {
        self.0.add_listener(Rc::new(On { when, then }));
        self
    }

    /// With a key: an element of another key is another element.
    pub fn key(mut self, key: &'static str) -> Self {
        self.0.key = Some(key.into());
        self
    }

    /// With a key that is made up: one of several elements of a list.
    pub fn keyed(mut self, key: impl Into<Key>) -> Self {
        self.0.key = Some(key.into());
        self
    }

    /// With a listener for what [`When`] does not name.
    pub fn hears(mut self, listener: Rc<dyn Listener>) -> Self {
        self.0.add_listener(listener);
        self
    }

    #[inline(never)]
    fn push(mut self, child: Html) -> Self {
        self.0.add_child(child);
        self
    }

    /// With something inside.
    pub fn with(self, child: impl Inside) -> Self {
        self.push(child.html())
    }

    /// With something inside, if it is there.
    pub fn maybe(self, child: Option<impl Inside>) -> Self {
        match child {
            Some(child) => self.push(child.html()),
            None => self,
        }
    }

    /// With each of several inside.
    pub fn all<T: Inside>(mut self, children: impl IntoIterator<Item = T>) -> Self {
        for child in children {
            self = self.push(child.html());
        }
        self
    }

    /// With words inside.
    pub fn text(self, words: impl Into<AttrValue>) -> Self {
        self.words(words.into())
    }

    #[inline(never)]
    fn words(self, words: AttrValue) -> Self {
        self.push(Html::VText(words.into()))
    }
}

impl From<El> for Html {
    #[inline(never)]
    fn from(element: El) -> Self {
        Self::from(*element.0)
    }
}

/// What can happen to an element. Not all that yew knows: to copy one of its hundred kinds is a kilobyte and a half.
#[derive(Clone, Copy, Debug)]
pub enum When {
    /// It is pressed
    Click,
    /// Something else is chosen in it
    Change,
    /// It is sent
    Submit,
    /// It is folded or unfolded
    Toggle,
    /// Something is typed into it
    Input,
}

/// One listener for all kinds of events: yew has a type for each.
#[derive(Debug)]
struct On {
    when: When,
    then: Callback<Event>,
}

impl Listener for On {
    fn kind(&self) -> ListenerKind {
        match self.when {
            When::Click => ListenerKind::onclick,
            When::Change => ListenerKind::onchange,
            When::Submit => ListenerKind::onsubmit,
            When::Toggle => ListenerKind::ontoggle,
            When::Input => ListenerKind::oninput,
        }
    }

    fn handle(&self, event: Event) {
        self.then.emit(event);
    }

    fn passive(&self) -> bool {
        false
    }
}

/// Those of several elements that are there, without an element around them.
pub fn some<const N: usize>(elements: [Option<El>; N]) -> Html {
    group(elements.into_iter().flatten().map(Html::from).collect())
}

/// Several nodes without an element around them.
#[inline(never)]
pub fn group(nodes: Vec<Html>) -> Html {
    nodes.into_iter().collect()
}

/// A section with its heading.
pub fn section(class: &'static str, title: &'static str) -> El {
    let heading = el("h2").at(&["id"], &[class]).text(title);
    el("section").at(&["class", "aria-labelledby"], &[class, class]).with(heading)
}

/// A place that the companion fills.
pub fn slot(id: &'static str) -> El {
    el("div").at(&["id"], &[id])
}

/// Words for screen readers only.
pub fn unseen(words: &'static str) -> El {
    el_of("span", "hidden").text(words)
}

/// A button that does not send a form.
pub fn button(class: &'static str, press: Callback<Event>, inside: impl Into<Html>) -> Html {
    button_of(class, press, inside.into())
}

#[inline(never)]
fn button_of(class: &'static str, press: Callback<Event>, inside: Html) -> Html {
    el("button").at(&["type", "class"], &["button", class]).on(When::Click, press).with(inside).into()
}
