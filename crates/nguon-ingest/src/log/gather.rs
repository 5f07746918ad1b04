//! Gathering cosignatures for a checkpoint: as soon as enough are there, and no longer than the patience.

use std::sync::Arc;
use std::time::Instant;

use nguon_core::values::Time;
use nguon_store::Store;
use nguon_tlog::hash::Hash;

use super::cosigner::{Ask, Said, Told, now};
use super::error::LogError;
use super::policy::Kind;
use super::sequencer::{Sequencer, Signed};

/// What a round of asking is for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    /// Cosignatures that vouch for no later time are of no use.
    pub later_than: u64,
    /// Later ones are not waited for.
    pub enough: u64,
    /// New leaves are more important.
    pub gives_way: bool,
}

impl Wanted {
    /// For a checkpoint that nobody has cosigned.
    pub(super) const FIRST: Self = Self { later_than: 0, enough: 0, gives_way: false };
}

/// What came of a round.
#[derive(Debug, Clone, Copy)]
pub(super) enum Round {
    /// Enough have cosigned, and vouch for this time.
    Enough(u64),
    /// Too few, within the patience.
    Short,
    /// Something more important came up.
    Interrupted,
}

impl Sequencer {
    /// Asks everybody once.
    pub(super) async fn gather(&mut self, signed: &Signed, wanted: Wanted) -> Result<Round, LogError> {
        let patience = self.config.witness_patience;
        let ask = Arc::new(Ask {
            size: signed.size,
            root: signed.root,
            note: signed.note.clone(),
            text: signed.parsed.text().to_owned(),
            newer_than: wanted.later_than,
            until: Instant::now() + patience,
        });
        self.peers.ask(&ask);
        let over = tokio::time::sleep(patience);
        tokio::pin!(over);
        let log = self.log.clone();
        let mut missing = self.peers.len();
        while missing > 0 {
            let told = tokio::select! {
                Some(told) = self.peers.told() => told,
                () = &mut over => break,
                () = self.stop.begun() => return Ok(Round::Interrupted),
                () = log.wake.notified(), if wanted.gives_way => {
                    log.wake.notify_one();
                    return Ok(Round::Interrupted);
                }
            };
            if Arc::ptr_eq(&told.ask, &ask) {
                missing -= 1;
            }
            self.hear(told, Some((signed.size, signed.root))).await?;
            if self.vouched(wanted).is_some_and(|as_of| as_of >= wanted.enough) {
                break;
            }
        }
        Ok(self.vouched(wanted).map_or(Round::Short, Round::Enough))
    }

    /// The time that the cosignatures so far vouch for, if it is of use.
    fn vouched(&self, wanted: Wanted) -> Option<u64> {
        self.cosignatures.as_of(self.policy.threshold).filter(|as_of| *as_of > wanted.later_than)
    }

    /// Takes in what somebody said, now or late, given the newest signed checkpoint.
    pub(super) async fn hear(&mut self, told: Told, newest: Option<(u64, Hash)>) -> Result<(), LogError> {
        let Told { name, kind, ask, said } = told;
        let status = &self.log.status;
        match said {
            Said::Cosigned(cosignature) => {
                status.answers(&name, Some(ask.size));
                // One that comes late, from an earlier round, counts if it is for the same checkpoint.
                if newest == Some((ask.size, ask.root)) {
                    self.cosignatures.add(kind, &name, cosignature);
                }
            }
            Said::Holds { size, root } => {
                compare(&*self.store, &name, size, root, self.newest_signed).await?;
                status.fails(&name, "it does not cosign what continues the checkpoint that it shows");
            }
            Said::Failed(problem) => status.fails(&name, &problem),
            Said::Overtaken => {}
        }
        Ok(())
    }

    /// Why a checkpoint is not published, in words.
    pub(super) fn shortage(&self) -> String {
        let [witnesses, auditors] = [Kind::Witness, Kind::Auditor].map(|kind| self.cosignatures.count(kind));
        let needed = self.policy.threshold;
        let mut missing = Vec::new();
        if witnesses < needed {
            missing.push(format!("{witnesses} of the {needed} witnesses needed have cosigned"));
        }
        if auditors == 0 {
            missing.push("no map auditor has cosigned".to_owned());
        }
        missing.join(", and ")
    }
}

/// Whether a checkpoint that the log's key signed, wherever it was found, is one of this store's.
pub(super) async fn compare(
    store: &dyn Store,
    who: &str,
    size: u64,
    root: Hash,
    newest_signed: u64,
) -> Result<(), LogError> {
    let ours = store.checkpoint(size).await?.and_then(|checkpoint| checkpoint.tree_root);
    if ours == Some(root) || size == 0 {
        Ok(())
    } else if size > newest_signed {
        Err(LogError::Behind { who: who.to_owned(), theirs: size, ours: newest_signed })
    } else {
        Err(LogError::OtherHistory { who: who.to_owned(), size })
    }
}

/// A cosignature's time as the store keeps it.
pub(super) fn time(seconds: u64) -> Result<Time, LogError> {
    Time::new(seconds.min(now() + 600)).map_err(|error| LogError::Damaged(format!("this computer's clock: {error}")))
}
