//! What the work is done at: who is at work with which key, what they wrote down, the chains it stands on, and the server on
//! the other side. Pages ask it and have it do things; it tells what happened by [`Action`]s.

mod begin;
mod half;
mod people;
#[cfg(feature = "practice")]
mod practice;
mod register;
mod write;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use nguon_core::event::Role;
use nguon_core::ids::ChainId;
use nguon_core::record::Signer;
use nguon_core::trust::TrustRoot;
use nguon_core::values::{Time, UtcOffset};
use nguon_draft::{Book, Hand, Outbox};
use yew::Callback;

pub use write::{Besides, NotWritten, Written, made};

use crate::browser;
use crate::browser::store::{self, NotKept};
use crate::keys::Ring;
use crate::products::Product;
use crate::state::{Action, Person, Sending};
use crate::sync::{Held, Lock, Server, Work};

/// A hand on the bench. A new one is given whenever something that it shows changed, so that what is drawn with it is drawn
/// again.
#[derive(Clone)]
pub struct Bench {
    inner: Rc<Inner>,
    version: u64,
}

impl PartialEq for Bench {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.inner, &other.inner) && self.version == other.version
    }
}

pub(crate) struct Inner {
    tell: Callback<Action>,
    server: RefCell<Option<Server>>,
    trust: RefCell<Option<TrustRoot>>,
    ring: Ring,
    lock: Lock,
    people: RefCell<Vec<Person>>,
    at_work: RefCell<Option<String>>,
    work: RefCell<Option<Rc<Work>>>,
    products: RefCell<Rc<[Product]>>,
    /// What people are called whom who is at work enrolled, by their chains
    names: RefCell<Rc<[(ChainId, String)]>>,
    sending: Cell<Sending>,
    running: Cell<bool>,
    once_more: Cell<bool>,
    /// Which of the waits counts: one at a time
    wait: Cell<u64>,
    practises: bool,
}

impl Bench {
    /// A bench that tells what happens.
    #[must_use]
    pub fn new(tell: Callback<Action>) -> Self {
        let inner = Inner {
            tell,
            server: RefCell::default(),
            trust: RefCell::default(),
            ring: Ring::default(),
            lock: Lock::default(),
            people: RefCell::default(),
            at_work: RefCell::default(),
            work: RefCell::default(),
            products: RefCell::new(Rc::from(Vec::new())),
            names: RefCell::new(Rc::from(Vec::new())),
            sending: Cell::default(),
            running: Cell::default(),
            once_more: Cell::default(),
            wait: Cell::default(),
            practises: browser::practises(),
        };
        Self { inner: Rc::new(inner), version: 0 }
    }

    /// The same, to be told apart from what it was.
    #[must_use]
    pub fn renewed(&self) -> Self {
        Self { inner: self.inner.clone(), version: self.version + 1 }
    }

    /// Who is at work.
    #[must_use]
    pub fn person(&self) -> Option<Person> {
        let id = self.inner.at_work.borrow().clone()?;
        self.inner.people.borrow().iter().find(|person| person.id == id).cloned()
    }

    /// Their chain.
    #[must_use]
    pub fn me(&self) -> Option<ChainId> {
        self.person()?.actor()
    }

    /// What they are.
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        self.person()?.role()
    }

    /// What they wrote down, and the chains it stands on; none before somebody is at work.
    #[must_use]
    pub fn work(&self) -> Option<Rc<Work>> {
        self.inner.work.borrow().clone()
    }

    /// The chains at hand.
    #[must_use]
    pub fn book(&self) -> Option<Rc<Book>> {
        Some(Rc::new(self.work()?.book.clone()))
    }

    /// What was written down.
    #[must_use]
    pub fn outbox(&self) -> Option<Rc<Outbox>> {
        Some(Rc::new(self.work()?.outbox.clone()))
    }

    /// Plant protection products that can be picked.
    #[must_use]
    pub fn products(&self) -> Rc<[Product]> {
        self.inner.products.borrow().clone()
    }

    /// Now, by this device's clock.
    #[must_use]
    pub fn now(&self) -> Time {
        browser::time()
    }

    /// Minutes east of UTC.
    #[must_use]
    pub fn utc_offset(&self) -> UtcOffset {
        UtcOffset::try_from(browser::utc_offset()).unwrap_or(UtcOffset::VIETNAM)
    }

    /// Whether this is practice.
    #[must_use]
    pub fn practises(&self) -> bool {
        self.inner.practises
    }

    /// Whether the browser thinks that there is a network.
    #[must_use]
    pub fn online(&self) -> bool {
        self.inner.practises || browser::online()
    }

    /// Whoever is at work, about to sign; none if their key does not count.
    #[must_use]
    pub fn hand(&self) -> Option<Hand> {
        let person = self.person().filter(Person::may_sign)?;
        let (actor, key) = (person.actor()?, person.key?);
        let now = self.now();
        let mut hand = Hand::new(Signer::Actor(actor), key.public, now);
        hand.utc_offset = self.utc_offset();
        // What the server's clock said last, carried on by this one's.
        hand.true_now = self.inner.sending.get().ahead.and_then(|ahead| {
            let now = i64::try_from(now.get()).ok()?.checked_sub(ahead)?;
            Time::new(u64::try_from(now).ok()?).ok()
        });
        Some(hand)
    }

    /// What a chain is called on this device: by the register's list of households, or see [`crate::names`].
    #[must_use]
    pub fn name_of(&self, chain: &ChainId) -> String {
        let names = self.inner.names.borrow();
        if let Ok(at) = names.binary_search_by_key(chain, |(known, _)| *known) {
            return names.get(at).map(|(_, name)| name.clone()).unwrap_or_default();
        }
        self.work().map_or_else(String::new, |work| crate::names::name_of(&work.book, chain))
    }

    /// Holds the work: nobody else writes anything down, nor takes up what came of sending, while this lives.
    pub async fn hold(&self) -> Held {
        self.inner.lock.take().await
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.inner
    }

    pub(crate) fn tell(&self, action: Action) {
        self.inner.tell.emit(action);
    }

    pub(crate) fn server(&self) -> Option<Server> {
        self.inner.server.borrow().clone()
    }

    /// Practice begins anew.
    pub async fn practice_anew(&self) {
        if self.inner.practises && browser::clear_practice().await {
            browser::reload();
        }
    }

    /// Changes the work, and what is on disk with it: both or neither. `change` says which chains of the book are to be written
    /// too.
    ///
    /// # Errors
    /// Nothing was changed, and why.
    pub async fn change<T>(
        &self,
        besides: Vec<store::Change>,
        change: impl FnOnce(&mut Work) -> (T, Vec<ChainId>),
    ) -> Result<T, NotKept> {
        let mut work = self.copy()?;
        let (done, chains) = change(&mut work);
        self.keep(work, chains, besides).await?;
        Ok(done)
    }

    #[inline(never)]
    fn copy(&self) -> Result<Box<Work>, NotKept> {
        Ok(Box::new((*self.work().ok_or(NotKept::Refused)?).clone()))
    }

    /// The part of every change that waits.
    async fn keep(
        &self,
        mut work: Box<Work>,
        chains: Vec<ChainId>,
        besides: Vec<store::Change>,
    ) -> Result<(), NotKept> {
        let mut changes = work.changes(&chains);
        changes.extend(besides);
        if !changes.is_empty()
            && let Err(why) = store::write(&changes).await
        {
            self.not_kept(why);
            return Err(why);
        }
        self.set_work(Some(Rc::new(*work)));
        Ok(())
    }

    pub(crate) fn set_work(&self, work: Option<Rc<Work>>) {
        *self.inner.work.borrow_mut() = work.clone();
        if let Some(work) = work {
            self.tell(Action::Work(work));
        }
    }

    pub(crate) fn not_kept(&self, why: NotKept) {
        self.tell(Action::NotKept(why));
        if why == NotKept::Elsewhere {
            self.tell(Action::Writer(store::Writer::Elsewhere));
        }
    }

    /// Tells how the sending goes.
    pub(crate) fn sending(&self, change: impl FnOnce(&mut Sending)) {
        let mut sending = self.inner.sending.get();
        change(&mut sending);
        if sending != self.inner.sending.replace(sending) {
            self.tell(Action::Sending(sending));
        }
    }
}

/// This program has no world to practise in: `load.js` starts the other one for that.
#[cfg(not(feature = "practice"))]
impl Bench {
    async fn begin_practice(&self) -> bool {
        false
    }

    /// The practice co-op takes up the code.
    pub async fn practice_enrol(&self) {}

    /// The practice co-op revokes the key.
    pub async fn practice_lose(&self) {}
}

impl Inner {
    pub(crate) fn lock(&self) -> &Lock {
        &self.lock
    }

    /// Begins to run; `false` if it runs already, which then looks once more.
    pub(crate) fn begin_run(&self) -> bool {
        if self.running.replace(true) {
            self.once_more.set(true);
            return false;
        }
        self.once_more.set(false);
        true
    }

    /// Ends a run; whether somebody asked for one more meanwhile.
    pub(crate) fn end_run(&self) -> bool {
        self.running.set(false);
        self.once_more.replace(false)
    }

    /// A new wait: those before do not count any more.
    pub(crate) fn new_wait(&self) -> u64 {
        let next = self.wait.get().wrapping_add(1);
        self.wait.set(next);
        next
    }

    pub(crate) fn is_wait(&self, wait: u64) -> bool {
        self.wait.get() == wait
    }
}
