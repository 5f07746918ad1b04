//! Practice: its world, and what the co-op does in it at the press of a button.

use std::cell::RefCell;
use std::rc::Rc;

use nguon_draft::kept;

use super::Bench;
use crate::browser;
use crate::browser::store::{self, Change, Shelf};
use crate::practice::{self, Seed, World};
use crate::sync::Server;

const SEED: &str = "practice-seed";

impl Bench {
    /// The practice world of this device: made at the first time.
    pub(super) async fn begin_practice(&self) -> bool {
        let kept = store::bytes(Shelf::Things, SEED).await.and_then(|bytes| kept::from_bytes(&bytes));
        let seed = match kept {
            Some(seed) => seed,
            None => {
                let Some(bytes) = browser::random::<32>() else { return false };
                let seed = Seed { bytes, began: browser::now() };
                if store::write(&[Change::bytes(Shelf::Things, SEED, kept::to_bytes(&seed))]).await.is_err() {
                    return false;
                }
                seed
            }
        };
        let records = store::bytes(Shelf::Things, crate::sync::PRACTICE).await.unwrap_or_default();
        let Ok(world) = World::again(seed, &records) else { return false };
        *self.inner.trust.borrow_mut() = Some(world.ledger().trust().clone());
        let server = Rc::new(RefCell::new(practice::Server::new(world)));
        *self.inner.server.borrow_mut() = Some(Server::Practice(server));
        true
    }

    /// The practice co-op takes up the code.
    pub async fn practice_enrol(&self) {
        let (Some(Server::Practice(server)), Some(person)) = (self.server(), self.person()) else { return };
        let Some(key) = person.key else { return };
        let done = server.borrow_mut().world.enrol(key.public, person.actor(), self.now()).is_ok();
        if done && Server::keep(&server).await {
            self.ask_register().await;
        }
    }

    /// The practice co-op revokes the key, as of a lost phone.
    pub async fn practice_lose(&self) {
        let (Some(Server::Practice(server)), Some(person)) = (self.server(), self.person()) else { return };
        let Some((actor, key)) = person.actor().zip(person.key) else { return };
        let done = server.borrow_mut().world.revoke(actor, &key.public, self.now()).is_ok();
        if done && Server::keep(&server).await {
            self.ask_register().await;
            self.tell(crate::state::Action::Show(crate::state::Page::Today));
        }
    }
}
