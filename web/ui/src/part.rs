//! Parts of a page that have a life of their own: state, messages, what they are given. One component type for all of them,
//! because yew compiles its whole life cycle, some 7 KB of wasm, again for each type of component.

use std::any::Any;
use std::marker::PhantomData;
use std::rc::Rc;

use yew::html::Scope;
use yew::prelude::*;
use yew::virtual_dom::{Key, VComp};

/// A part. As yew's `Component`, but for how it is put on a page: by [`part`].
pub trait Part: Sized + 'static {
    /// What happens to it
    type Message: 'static;
    /// What it is given
    type Properties: PartialEq + 'static;

    /// A new one.
    fn create(on: &On<'_, Self>) -> Self;

    /// It is given something else than this; whether it has to be drawn anew.
    fn changed(&mut self, _: &On<'_, Self>, _: &Self::Properties) -> bool {
        true
    }

    /// Something happened; whether it has to be drawn anew.
    fn update(&mut self, on: &On<'_, Self>, message: Self::Message) -> bool;

    /// How it is drawn.
    fn view(&self, on: &On<'_, Self>) -> Html;

    /// It was drawn.
    fn rendered(&mut self, _: &On<'_, Self>, _: bool) {}

    /// It goes.
    fn destroy(&mut self, _: &On<'_, Self>) {}
}

/// Where a part stands.
pub struct On<'a, P: Part> {
    link: &'a Scope<Whole>,
    props: &'a P::Properties,
}

/// What sends messages to a part.
pub struct Link<P>(Scope<Whole>, PhantomData<fn(P)>);

impl<P: Part> On<'_, P> {
    /// What it is given.
    #[must_use]
    pub const fn props(&self) -> &P::Properties {
        self.props
    }

    /// What sends messages to it.
    #[must_use]
    pub fn link(&self) -> Link<P> {
        Link(self.link.clone(), PhantomData)
    }
}

impl<P: Part> Link<P> {
    /// A callback that sends what this makes of what it is called with.
    pub fn callback<E: 'static>(&self, message: impl Fn(E) -> P::Message + 'static) -> Callback<E> {
        let link = self.0.clone();
        Callback::from(move |event| send(&link, Box::new(message(event))))
    }
}

impl<P: Part> Link<P> {
    /// The same where it may make nothing.
    pub fn perhaps<E: 'static>(&self, message: impl Fn(E) -> Option<P::Message> + 'static) -> Callback<E> {
        let link = self.0.clone();
        Callback::from(move |event| {
            if let Some(message) = message(event) {
                send(&link, Box::new(message));
            }
        })
    }

    /// Sends a message.
    pub fn send_message(&self, message: P::Message) {
        send(&self.0, Box::new(message));
    }
}

#[inline(never)]
fn send(link: &Scope<Whole>, message: Box<dyn Any>) {
    link.send_message(message);
}

/// A part on a page, and what it is given.
#[inline(never)]
pub fn part<P: Part>(props: P::Properties) -> Html {
    VComp::new::<Whole>(Rc::new(given::<P>(props)), None).into()
}

/// The same under a key: with another key it is another one, which begins anew.
pub fn part_of<P: Part>(key: impl Into<Key>, props: P::Properties) -> Html {
    VComp::new::<Whole>(Rc::new(given::<P>(props)), Some(key.into())).into()
}

/// The part that is the whole page, as its renderer is given it.
#[must_use]
pub fn given<P: Part>(props: P::Properties) -> Given {
    Given { part: Rc::new(Of::<P>(props)) }
}

/// What a part is given, whichever it is.
#[derive(Clone, Properties)]
pub struct Given {
    part: Rc<dyn Begins>,
}

impl PartialEq for Given {
    fn eq(&self, other: &Self) -> bool {
        self.part.is_same(&*other.part)
    }
}

/// Every part as yew sees it.
pub struct Whole(Box<dyn Stands>);

/// What a part is given, told apart from what other parts are given by the part's type: several may be given the same.
struct Of<P: Part>(P::Properties);
struct Standing<P>(P);

fn of<P: Part>(given: &dyn Any) -> Option<&P::Properties> {
    given.downcast_ref::<Of<P>>().map(|of| &of.0)
}

trait Begins {
    fn begin(&self, link: &Scope<Whole>) -> Box<dyn Stands>;
    fn is_same(&self, other: &dyn Begins) -> bool;
    fn props(&self) -> &dyn Any;
}

trait Stands {
    /// `None` if it is another part that is given something.
    fn changed(&mut self, link: &Scope<Whole>, new: &dyn Any, old: &dyn Any) -> Option<bool>;
    fn update(&mut self, link: &Scope<Whole>, props: &dyn Any, message: Box<dyn Any>) -> bool;
    fn view(&self, link: &Scope<Whole>, props: &dyn Any) -> Html;
    fn rendered(&mut self, link: &Scope<Whole>, props: &dyn Any, first: bool);
    fn destroy(&mut self, link: &Scope<Whole>, props: &dyn Any);
}

impl<P: Part> Begins for Of<P> {
    fn begin(&self, link: &Scope<Whole>) -> Box<dyn Stands> {
        Box::new(Standing(P::create(&On { link, props: &self.0 })))
    }

    fn is_same(&self, other: &dyn Begins) -> bool {
        of::<P>(other.props()) == Some(&self.0)
    }

    fn props(&self) -> &dyn Any {
        self
    }
}

impl<P: Part> Stands for Standing<P> {
    fn changed(&mut self, link: &Scope<Whole>, new: &dyn Any, old: &dyn Any) -> Option<bool> {
        let (props, old) = (of::<P>(new)?, of::<P>(old)?);
        Some(self.0.changed(&On { link, props }, old))
    }

    fn update(&mut self, link: &Scope<Whole>, props: &dyn Any, message: Box<dyn Any>) -> bool {
        match (of::<P>(props), message.downcast()) {
            (Some(props), Ok(message)) => self.0.update(&On { link, props }, *message),
            _ => false,
        }
    }

    fn view(&self, link: &Scope<Whole>, props: &dyn Any) -> Html {
        of::<P>(props).map(|props| self.0.view(&On { link, props })).unwrap_or_default()
    }

    fn rendered(&mut self, link: &Scope<Whole>, props: &dyn Any, first: bool) {
        if let Some(props) = of::<P>(props) {
            self.0.rendered(&On { link, props }, first);
        }
    }

    fn destroy(&mut self, link: &Scope<Whole>, props: &dyn Any) {
        if let Some(props) = of::<P>(props) {
            self.0.destroy(&On { link, props });
        }
    }
}

impl Component for Whole {
    type Message = Box<dyn Any>;
    type Properties = Given;

    fn create(ctx: &Context<Self>) -> Self {
        Self(ctx.props().part.begin(ctx.link()))
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Given) -> bool {
        let (link, new) = (ctx.link(), &ctx.props().part);
        self.0.changed(link, new.props(), old.part.props()).unwrap_or_else(|| {
            self.0.destroy(link, old.part.props());
            self.0 = new.begin(link);
            true
        })
    }

    fn update(&mut self, ctx: &Context<Self>, message: Box<dyn Any>) -> bool {
        self.0.update(ctx.link(), ctx.props().part.props(), message)
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        self.0.view(ctx.link(), ctx.props().part.props())
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        self.0.rendered(ctx.link(), ctx.props().part.props(), first);
    }

    fn destroy(&mut self, ctx: &Context<Self>) {
        self.0.destroy(ctx.link(), ctx.props().part.props());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct One;
    struct Other;

    macro_rules! nothing {
        ($($part:ty),+) => {$(
            impl Part for $part {
                type Message = ();
                type Properties = u8;

                fn create(_: &On<'_, Self>) -> Self {
                    unreachable!("nothing is drawn")
                }

                fn update(&mut self, _: &On<'_, Self>, (): ()) -> bool {
                    false
                }

                fn view(&self, _: &On<'_, Self>) -> Html {
                    Html::default()
                }
            }
        )+};
    }

    nothing! { One, Other }

    #[test]
    fn two_parts_that_are_given_the_same_are_not_one() {
        assert!(given::<One>(1) == given::<One>(1));
        assert!(given::<One>(1) != given::<One>(2));
        assert!(given::<One>(1) != given::<Other>(1));
        assert!(of::<Other>(given::<One>(1).part.props()).is_none());
    }
}
