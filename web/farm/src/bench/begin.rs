//! Opening the app: who may write, who uses this device, what they wrote down.

use std::rc::Rc;

use nguon_core::trust::{Roots, TrustRoot};
use nguon_draft::kept;
use wasm_bindgen_futures::spawn_local;

use super::Bench;
use crate::browser;
use crate::browser::store::{self, Shelf, Writer};
use crate::products;
use crate::state::{Action, Person, Standing};
use crate::sync::{Kept, Server, Work};

/// Who was at work last.
pub(super) const AT_WORK: &str = "at_work";
const PRODUCTS: &str = "products";
/// Between two looks at what the server has, milliseconds.
const LOOK: u32 = 300_000;

impl Bench {
    /// Opens everything; `steal`: also if another page of this browser has it open.
    pub async fn begin(&self, steal: bool) {
        let writer = store::own(steal).await;
        if writer != Writer::Here {
            self.tell(Action::Writer(writer));
            return;
        }
        if !self.find_server().await {
            self.tell(Action::Writer(Writer::Refused));
            return;
        }
        let Some(people) = store::all_bytes(Shelf::People).await else {
            self.tell(Action::Writer(Writer::Refused));
            return;
        };
        let people: Vec<Person> = people.iter().filter_map(|bytes| kept::from_bytes(bytes)).collect();
        let last = store::text(Shelf::Things, AT_WORK).await;
        let at_work = last.filter(|id| people.iter().any(|person| person.id == *id));
        let at_work = at_work.or_else(|| people.first().map(|person| person.id.clone()));
        *self.inner.people.borrow_mut() = people.clone();
        self.inner.at_work.borrow_mut().clone_from(&at_work);
        self.tell(Action::People(people, at_work));
        self.tell(Action::Writer(Writer::Here));
        self.on_screen();
        let told = self.clone();
        spawn_local(async move {
            store::lost().await;
            told.tell(Action::Writer(Writer::Elsewhere));
        });
        if self.person().is_some() {
            self.persist().await;
        }
        self.open_work().await;
        self.watch();
    }

    /// This page takes over from another one of this browser.
    pub async fn take_over(&self) {
        *self.inner.work.borrow_mut() = None;
        self.begin(true).await;
    }

    /// The other side: a server, or the practice world.
    async fn find_server(&self) -> bool {
        if self.inner.practises {
            return self.begin_practice().await;
        }
        let Ok(trust) = TrustRoot::from_bytes(&browser::root()) else { return false };
        *self.inner.trust.borrow_mut() = Some(trust);
        *self.inner.server.borrow_mut() = Some(Server::Http(browser::setting("api").unwrap_or_default()));
        true
    }

    /// Whether the app is on the screen, or can be put there.
    fn on_screen(&self) {
        self.tell(Action::OnScreen { installed: browser::installed(), offered: browser::can_install() });
    }

    /// Asks the browser to keep what is kept, and to put the app on the screen.
    pub async fn persist(&self) {
        let kept = store::persist().await;
        self.tell(Action::Persisted(kept));
        self.on_screen();
    }

    /// Has the browser put the app on the screen.
    pub async fn install(&self) {
        browser::install().await;
        self.persist().await;
    }

    /// Takes up the work of who is at work, if their key is open.
    pub(super) async fn open_work(&self) {
        let Some(person) = self.person() else { return };
        let Some(key) = person.key else { return };
        if !self.inner.ring.is_open(&key) {
            return;
        }
        let Some(trust) = self.inner.trust.borrow().clone() else { return };
        let kept = read_work(&person.id).await;
        let (work, unreadable) = Work::restore(&person.id, Roots::new(trust), &kept);
        if unreadable > 0 {
            self.tell(Action::Unreadable(unreadable));
        }
        self.set_work(Some(Rc::new(work)));
        self.tell(Action::Unlocked);
        if let Some(text) = store::text(Shelf::Things, PRODUCTS).await {
            self.set_products(text.as_bytes());
        }
        if let Standing::Enrolled(enrolment) = &person.standing {
            self.recall_households(enrolment).await;
        }
        let bench = self.clone();
        spawn_local(async move {
            bench.ask_register().await;
            bench.ask_products().await;
        });
    }

    async fn ask_products(&self) {
        let Some(server) = self.server() else { return };
        let Some(bytes) = server.get("/v1/products").await.ok() else { return };
        if let (true, Ok(text)) = (self.set_products(&bytes), String::from_utf8(bytes)) {
            let _ = store::write(&[store::Change::text(Shelf::Things, PRODUCTS, text)]).await;
        }
    }

    fn set_products(&self, bytes: &[u8]) -> bool {
        let Some(list) = products::read(bytes) else { return false };
        *self.inner.products.borrow_mut() = list.into();
        self.tell(Action::Products);
        true
    }

    /// Looks again whenever the network comes, the page is seen again, and now and then.
    fn watch(&self) {
        let bench = self.clone();
        spawn_local(async move {
            loop {
                browser::network_changed().await;
                bench.tell(Action::Online(bench.online()));
                if bench.online() {
                    bench.look_again().await;
                }
            }
        });
        let bench = self.clone();
        spawn_local(async move {
            loop {
                browser::shown().await;
                bench.on_screen();
                bench.look_again().await;
            }
        });
        let bench = self.clone();
        spawn_local(async move {
            loop {
                browser::wait(LOOK).await;
                if !browser::hidden() {
                    bench.look_again().await;
                }
            }
        });
        self.watch_register();
    }

    async fn look_again(&self) {
        self.try_now().await;
        self.ask_register().await;
    }
}

/// What is on disk of a person's work.
async fn read_work(person: &str) -> Kept {
    let prefix = format!("{person}/");
    let (names, all) = (store::keys(Shelf::Entries).await, store::all_bytes(Shelf::Entries).await.unwrap_or_default());
    let own = names.iter().zip(all).filter(|(name, _)| name.starts_with(&prefix));
    let (chains, bytes) = (store::keys(Shelf::Chains).await, store::all_bytes(Shelf::Chains).await.unwrap_or_default());
    Kept {
        entries: own.map(|(_, bytes)| bytes).collect(),
        state: store::bytes(Shelf::Work, person).await,
        chains: chains.into_iter().zip(bytes).collect(),
    }
}
