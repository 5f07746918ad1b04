//! Parts of a page that have a life of their own: state, messages, what they are given. One component type for all of them,
//! because yew compiles its whole life cycle, some 7 KB of wasm, again for each type of component.

use std::any::Any;
use std::marker::PhantomData;
use std::rc::Rc;

use yew::html::Scope;
use yew::prelude::*;
use yew::virtual_dom::VComp;

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

struct Of<P: Part>(P::Properties);
struct Standing<P>(P);

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
        other.props().downcast_ref() == Some(&self.0)
    }

    fn props(&self) -> &dyn Any {
        &self.0
    }
}

impl<P: Part> Stands for Standing<P> {
    fn changed(&mut self, link: &Scope<Whole>, new: &dyn Any, old: &dyn Any) -> Option<bool> {
        let (props, old) = (new.downcast_ref()?, old.downcast_ref()?);
        Some(self.0.changed(&On { link, props }, old))
    }

    fn update(&mut self, link: &Scope<Whole>, props: &dyn Any, message: Box<dyn Any>) -> bool {
        match (props.downcast_ref(), message.downcast()) {
            (Some(props), Ok(message)) => self.0.update(&On { link, props }, *message),
            _ => false,
        }
    }

    fn view(&self, link: &Scope<Whole>, props: &dyn Any) -> Html {
        props.downcast_ref().map(|props| self.0.view(&On { link, props })).unwrap_or_default()
    }

    fn rendered(&mut self, link: &Scope<Whole>, props: &dyn Any, first: bool) {
        if let Some(props) = props.downcast_ref() {
            self.0.rendered(&On { link, props }, first);
        }
    }

    fn destroy(&mut self, link: &Scope<Whole>, props: &dyn Any) {
        if let Some(props) = props.downcast_ref() {
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
