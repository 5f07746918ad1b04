//! Who uses this device: somebody new, somebody else, and their keys.

use nguon_draft::kept;

use super::{Bench, begin::AT_WORK};
use crate::browser::store::{self, Change, Shelf};
use crate::browser::{self, vault};
use crate::keys::{self, DeviceKey, Keeping, NoKey, SHORTEST_PASSPHRASE, Tries};
use crate::state::{Action, Page, Person, SecretFault};

impl Bench {
    /// Somebody new: makes their key and remembers them.
    pub async fn new_person(&self, name: &str, secret: &str, several: bool) {
        let name = name.trim();
        if name.is_empty() {
            return self.tell(Action::SecretFault(Some(SecretFault::NoName)));
        }
        let Some(id) = browser::random::<8>() else { return self.tell(Action::NoKey(NoKey::Insecure)) };
        let Some(key) = self.make_key(secret, several).await else { return };
        let mut person = Person::new(id, name.to_owned());
        person.rekey(key);
        if !self.keep_person(&person, true).await {
            return;
        }
        self.persist().await;
        self.open_work().await;
        self.tell(Action::Show(Page::Code));
    }

    /// Makes a key: the browser's own, or one under a secret; tells why not.
    async fn make_key(&self, secret: &str, several: bool) -> Option<DeviceKey> {
        let made = if several {
            if !keys::is_pin(secret) {
                self.tell(Action::SecretFault(Some(SecretFault::NoPin)));
                return None;
            }
            self.inner.ring.clear();
            keys::make_locked(Keeping::Pin, secret, &self.inner.ring).await
        } else if secret.is_empty() {
            keys::make_held().await
        } else if secret.chars().count() < SHORTEST_PASSPHRASE {
            self.tell(Action::SecretFault(Some(SecretFault::Short)));
            return None;
        } else {
            keys::make_locked(Keeping::Passphrase, secret, &self.inner.ring).await
        };
        made.map_err(|why| self.tell(Action::NoKey(why))).ok()
    }

    /// Remembers a person; `at_work`: and that they are at work now.
    pub(super) async fn keep_person(&self, person: &Person, at_work: bool) -> bool {
        let mut changes = vec![Change::bytes(Shelf::People, person.id.clone(), kept::to_bytes(person))];
        if at_work {
            changes.push(Change::text(Shelf::Things, AT_WORK, person.id.clone()));
        }
        if let Err(why) = store::write(&changes).await {
            self.not_kept(why);
            return false;
        }
        {
            let mut people = self.inner.people.borrow_mut();
            match people.iter_mut().find(|known| known.id == person.id) {
                Some(known) => *known = person.clone(),
                None => people.push(person.clone()),
            }
        }
        if at_work {
            *self.inner.at_work.borrow_mut() = Some(person.id.clone());
        }
        self.tell_people();
        true
    }

    fn tell_people(&self) {
        let (people, at_work) = (self.inner.people.borrow().clone(), self.inner.at_work.borrow().clone());
        self.tell(Action::People(people, at_work));
    }

    /// Another person takes the device: keys that were open are closed.
    pub async fn switch(&self, id: &str) {
        let same = self.inner.at_work.borrow().as_deref() == Some(id);
        if !same {
            let _held = self.inner.lock.take().await;
            if let Err(why) = store::write(&[Change::text(Shelf::Things, AT_WORK, id)]).await {
                return self.not_kept(why);
            }
            self.inner.ring.clear();
            *self.inner.work.borrow_mut() = None;
            *self.inner.names.borrow_mut() = Vec::new().into();
            *self.inner.at_work.borrow_mut() = Some(id.to_owned());
            self.tell_people();
        }
        self.tell(Action::Show(Page::Today));
        if !same {
            self.open_work().await;
        }
    }

    /// Closes the key of who is at work.
    pub fn lock(&self) {
        self.inner.ring.clear();
        *self.inner.work.borrow_mut() = None;
        self.tell(Action::Lock);
    }

    /// Opens the key of who is at work.
    pub async fn unlock(&self, secret: &str) {
        let Some(mut person) = self.person() else { return };
        let Some(key) = person.key else { return };
        let now = browser::now();
        let wait = person.tries.wait(now);
        if wait > 0 {
            return self.tell(Action::SecretFault(Some(SecretFault::Wait(now + wait))));
        }
        // Written down as wrong before it is tried: closing the app in between does not make it untried.
        person.tries = person.tries.one_more(now);
        if !self.keep_person(&person, false).await {
            return;
        }
        let Some(open) = vault::open(&key.public, secret).await else {
            let wait = person.tries.wait(browser::now());
            let fault = if wait > 0 { SecretFault::Wait(browser::now() + wait) } else { SecretFault::Wrong };
            return self.tell(Action::SecretFault(Some(fault)));
        };
        self.inner.ring.put(open);
        person.tries = Tries::default();
        self.keep_person(&person, false).await;
        self.open_work().await;
    }

    /// A new key for who is at work: the one they had counts no more. It is kept as that one was where nothing has to be typed
    /// for it; else the page asks for a new secret.
    pub async fn new_key(&self) {
        let Some(mut person) = self.person() else { return };
        let secret = browser::typed("secret");
        let several = person.key.is_some_and(|key| key.keeping == Keeping::Pin);
        let Some(key) = self.make_key(&secret, several).await else { return };
        person.rekey(key);
        person.forget_revocation();
        if self.keep_person(&person, true).await {
            self.open_work().await;
            self.tell(Action::Show(Page::Code));
        }
    }
}
