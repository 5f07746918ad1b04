//! What the pages can have done: their buttons call this, and it tells what happened by actions.

use yew::Callback;

use crate::bench::Bench;
use crate::state::{Action, Page};

/// A hand on everything that a page's buttons do.
#[derive(Clone)]
pub struct Doing {
    /// What the work is done at
    pub bench: Bench,
    /// Where it is told
    pub act: Callback<Action>,
}

impl Doing {
    /// A button that leads to a page.
    #[must_use]
    pub fn show<E>(&self, page: Page) -> Callback<E> {
        self.act.reform(move |_| Action::Show(page.clone()))
    }

    /// A button that does something which takes time.
    #[must_use]
    pub fn go<E, F: Future<Output = ()> + 'static>(&self, work: impl Fn(Bench) -> F + 'static) -> Callback<E> {
        let bench = self.bench.clone();
        Callback::from(move |_| wasm_bindgen_futures::spawn_local(work(bench.clone())))
    }
}
