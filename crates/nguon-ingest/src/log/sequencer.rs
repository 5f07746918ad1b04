//! The sequencer: from pending leaves to a published checkpoint, one durable step after the other.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use nguon_core::ids::PublicKeyBytes;
use nguon_core::values::Time;
use nguon_store::{MapEntry, Store, StoredCheckpoint};
use nguon_tlog::checkpoint::Checkpoint;
use nguon_tlog::hash::Hash;
use nguon_tlog::map::MapError;
use nguon_tlog::note::{self, Note};
use nguon_tlog::tile::TileBuilder;
use tokio::time::Instant;

use super::ahead::{Ahead, Desktop, locked};
use super::config::LogConfig;
use super::cosigner::{Desk, Peers, now};
use super::crash::{self, Step};
use super::error::LogError;
use super::gather::{Round, Wanted, time};
use super::policy::{Cosignatures, Policy};
use super::published::Head;
use super::start::{Log, leaves, map_at};
use super::status::State;
use crate::stopping::Stopping;

/// Before something that failed is tried again.
const PAUSE: Duration = Duration::from_secs(1);

/// A checkpoint whose leaves are in the store.
pub(super) struct Closing {
    pub size: u64,
    pub map_root: Hash,
    pub map_time: Time,
    /// The leaves since the checkpoint that was signed before, or more.
    pub leaves: Vec<Vec<u8>>,
}

/// A checkpoint that the log has signed.
pub(super) struct Signed {
    pub size: u64,
    pub root: Hash,
    pub note: String,
    pub parsed: Note,
    pub map_root: Hash,
    pub map_time: Time,
    pub inclusion: Vec<Hash>,
}

/// How far the newest checkpoint has come.
pub(super) enum Stage {
    /// It is published.
    Published,
    /// Its leaves are in the store.
    Closed(Closing),
    /// So is the log's signature.
    Signed(Box<Signed>),
}

/// A client that went away at the wrong moment leaves a record behind of which nobody told the sequencer.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// Runs one log.
pub(super) struct Sequencer {
    pub log: Arc<Log>,
    pub store: Arc<dyn Store>,
    pub config: LogConfig,
    pub desk: Arc<Desk>,
    pub policy: Policy,
    pub peers: Peers,
    pub tree: Arc<Mutex<TileBuilder>>,
    pub stage: Stage,
    pub ahead: Arc<Mutex<Ahead>>,
    /// Of the newest checkpoint.
    pub cosignatures: Cosignatures,
    /// Size of the newest checkpoint that is closed, and of the newest one that the log signed.
    pub closed_size: u64,
    pub newest_signed: u64,
    /// Whether a checkpoint may have been closed that is not known here.
    pub is_unsure: bool,
    /// Whether the last step failed.
    pub in_trouble: bool,
    /// The published checkpoint, to be cosigned again.
    pub published: Option<Box<Signed>>,
    pub closed_at: Option<Instant>,
    pub recosign_at: Instant,
    pub stop: Stopping,
}

impl Sequencer {
    /// Runs until it is told to stop, or must not go on.
    pub(super) async fn run(mut self) {
        let mut begun = false;
        while !self.is_stopping() {
            let result = match self.stage {
                // First of all, so that nothing older is shown to auditors: what was accepted before a crash is not to
                // be younger than what they sign.
                _ if !begun => self.close().await.map(|()| begun = true),
                Stage::Published => self.rest().await,
                Stage::Closed(_) => self.sign().await,
                Stage::Signed(_) => self.publish().await,
            };
            match result {
                Ok(()) if std::mem::take(&mut self.in_trouble) && matches!(self.stage, Stage::Published) => {
                    self.log.status.set(State::Publishing);
                }
                Ok(()) => {}
                Err(error) if error.is_passing() => {
                    self.in_trouble = true;
                    self.log.show_pending(None);
                    self.log.status.set(State::Waiting(error.to_string()));
                    self.pause(PAUSE).await;
                }
                Err(error) => {
                    self.log.show_pending(None);
                    return self.log.status.set(State::Stopped(error.to_string()));
                }
            }
        }
    }

    /// Waits for something to do, and begins it.
    async fn rest(&mut self) -> Result<(), LogError> {
        self.log.show_pending(self.published.as_ref().map(|published| published.note.as_str()));
        let told = tokio::select! {
            () = self.log.wake.notified() => None,
            () = tokio::time::sleep(LOOK_AGAIN) => None,
            () = tokio::time::sleep_until(self.recosign_at), if self.published.is_some() => return self.recosign().await,
            Some(told) = self.peers.told() => Some(told),
            () = self.stop.begun() => return Ok(()),
        };
        if let Some(told) = told {
            let newest = self.published.as_ref().map(|published| (published.size, published.root));
            return self.hear(told, newest).await;
        }
        if let Some(before) = self.closed_at {
            let soonest = before + self.config.interval;
            self.pause(soonest.saturating_duration_since(Instant::now())).await;
        }
        if self.is_stopping() {
            return Ok(());
        }
        let closed = self.close().await;
        if closed.is_err() {
            // What woke this is still to be done.
            self.log.wake.notify_one();
        }
        closed
    }

    /// Step 1: all pending leaves, and the map over them as the last leaf, into the store. Nothing is done if there are
    /// none. A checkpoint that is not published yet is left behind: the next one holds all that it holds.
    async fn close(&mut self) -> Result<(), LogError> {
        if self.is_unsure {
            self.look_again().await?;
            self.is_unsure = false;
        }
        let desktop = Desktop::default();
        let (log, ahead, result) = (self.log.clone(), self.ahead.clone(), desktop.clone());
        let prepare = move |changes: &[MapEntry]| result.prepare(&ahead, &log.published, changes);
        let closed = self.store.close(Box::new(prepare)).await;
        self.is_unsure = closed.is_err();
        let Some(closed) = closed? else { return Ok(()) };
        crash::after(Step::Closed);
        self.closed_at = Some(Instant::now());
        self.closed_size = closed.size;
        let draft = desktop.take().ok_or_else(|| LogError::Damaged("a map leaf was not prepared".to_owned()))?;
        locked(&self.ahead).take(draft).map_err(map_in_memory)?;
        let mut leaves = match std::mem::replace(&mut self.stage, Stage::Published) {
            Stage::Closed(before) => before.leaves,
            Stage::Published | Stage::Signed(_) => Vec::new(),
        };
        leaves.extend(closed.leaves);
        let (size, map_root, map_time) = (closed.size, closed.map_root, closed.map_time);
        self.stage = Stage::Closed(Closing { size, map_root, map_time, leaves });
        Ok(())
    }

    /// The store failed while it closed a checkpoint, and may have done so all the same. The next map must be made out of
    /// the newest one that it holds.
    async fn look_again(&mut self) -> Result<(), LogError> {
        let newest = self.store.newest_checkpoint().await?;
        let Some(newest) = newest.filter(|newest| newest.size > self.closed_size) else { return Ok(()) };
        let map = map_at(&*self.store, Some(&newest)).await?;
        let known = locked(&self.tree).size();
        let leaves = leaves(&*self.store, known, newest.size).await?;
        *locked(&self.ahead) = Ahead::Whole(map);
        self.closed_size = newest.size;
        let StoredCheckpoint { size, map_root, map_time, .. } = newest;
        self.stage = Stage::Closed(Closing { size, map_root, map_time, leaves });
        Ok(())
    }

    /// Steps 2 and 3: tiles, then the log's signature.
    async fn sign(&mut self) -> Result<(), LogError> {
        let Stage::Closed(closing) = &self.stage else { return Ok(()) };
        let (size, leaves) = (closing.size, closing.leaves.clone());
        self.follow_policy(size)?;
        let (root, inclusion) = self.flush(size, leaves).await?;
        crash::after(Step::TilesFlushed);
        let (note, parsed) = self.sign_note(size, root)?;
        crash::after(Step::Signed);
        self.store.sign_checkpoint(size, root, note.clone()).await?;
        crash::after(Step::SignatureStored);
        self.newest_signed = size;
        self.cosignatures = Cosignatures::default();
        if let Stage::Closed(closing) = std::mem::replace(&mut self.stage, Stage::Published) {
            let Closing { map_root, map_time, .. } = closing;
            self.stage = Stage::Signed(Box::new(Signed { size, root, note, parsed, map_root, map_time, inclusion }));
        }
        Ok(())
    }

    /// Writes the tiles up to this size. Safe to do again.
    async fn flush(&self, size: u64, leaves: Vec<Vec<u8>>) -> Result<(Hash, Vec<Hash>), LogError> {
        let (tree, tiles) = (self.tree.clone(), self.log.tiles.clone());
        blocking(move || {
            let mut tree = locked(&tree);
            let damaged = |reason: String| LogError::Damaged(reason);
            // Those at the end of the list that the tree does not have yet.
            let missing = usize::try_from(size.saturating_sub(tree.size())).unwrap_or(usize::MAX);
            let known = leaves.len().checked_sub(missing);
            let known = known.ok_or_else(|| damaged(format!("leaves before {size} are not in the tree")))?;
            for leaf in leaves.iter().skip(known) {
                tree.append(leaf).map_err(|error| damaged(error.to_string()))?;
            }
            tiles.flush(&mut tree)?;
            Ok((tree.frontier().root(), tree.frontier().last_leaf_proof()))
        })
        .await
    }

    fn sign_note(&self, size: u64, root: Hash) -> Result<(String, Note), LogError> {
        let key = &self.config.key;
        let (given, named) = (PublicKeyBytes::from(key), PublicKeyBytes::from_bytes(*self.policy.log.public()));
        if given != named {
            return Err(LogError::OtherKey { given, named });
        }
        let origin = self.policy.log.name().to_owned();
        let text = Checkpoint { origin: origin.clone(), size, root, extensions: Vec::new() }.to_text();
        let note = note::assemble(&text, &[note::sign(&text, &origin, key)]);
        let parsed = Note::parse(&note).map_err(|error| LogError::Damaged(error.to_string()))?;
        Ok((note, parsed))
    }

    /// Steps 4 to 6: cosignatures into the store, the checkpoint into the folder, and in front of readers.
    async fn publish(&mut self) -> Result<(), LogError> {
        let Stage::Signed(signed) = std::mem::replace(&mut self.stage, Stage::Published) else { return Ok(()) };
        let (note, as_of) = match self.cosign(&signed).await {
            Ok(Some(cosigned)) => cosigned,
            other => {
                self.stage = Stage::Signed(signed);
                other?;
                // Leaves that came meanwhile are not left to grow old.
                return if self.is_stopping() { Ok(()) } else { self.close().await };
            }
        };
        let Signed { size, map_root, map_time, .. } = *signed;
        let before = self.log.published.head().map_or(0, |head| head.size);
        let head = Head { size, note, as_of, map_root, map_time, inclusion: signed.inclusion.clone() };
        let next = locked(&self.ahead).publish();
        let next = next.ok_or_else(|| LogError::Damaged("a checkpoint without a map".to_owned()))?;
        self.log.published.swap(head, next).map_err(map_in_memory)?;
        crash::after(Step::Swapped);
        self.published = Some(signed);
        self.recosign_at = Instant::now() + self.recosign_every();
        self.log.status.set(State::Publishing);
        let tiles = self.log.tiles.clone();
        blocking(move || {
            tiles.drop_partial(before, size);
            Ok(())
        })
        .await
    }

    /// Gathers cosignatures, and publishes the note. `None`: not enough yet.
    async fn cosign(&mut self, signed: &Signed) -> Result<Option<(String, u64)>, LogError> {
        self.follow_policy(signed.size)?;
        self.log.show_pending(Some(&signed.note));
        let as_of = match self.gather(signed, Wanted::FIRST).await? {
            Round::Enough(as_of) => as_of,
            Round::Interrupted => return Ok(None),
            Round::Short => {
                self.log.status.set(State::Waiting(self.shortage()));
                self.pause(PAUSE).await;
                return Ok(None);
            }
        };
        crash::after(Step::Cosigned);
        let note = self.cosignatures.note(&signed.parsed);
        self.make_public(signed.size, &note, as_of).await?;
        Ok(Some((note, as_of)))
    }

    async fn make_public(&self, size: u64, note: &str, as_of: u64) -> Result<(), LogError> {
        self.store.cosign_checkpoint(size, note.to_owned(), time(as_of)?).await?;
        crash::after(Step::CosignaturesStored);
        let (tiles, note) = (self.log.tiles.clone(), note.to_owned());
        blocking(move || tiles.publish(&note)).await?;
        crash::after(Step::CheckpointPublished);
        Ok(())
    }

    /// Nothing was added: has the same checkpoint cosigned again, so that readers see that nothing is kept back.
    async fn recosign(&mut self) -> Result<(), LogError> {
        // Soon again, unless it works.
        self.recosign_at = Instant::now() + (self.recosign_every() / 5).max(PAUSE);
        let Some(signed) = self.published.take() else { return Ok(()) };
        let result = self.recosign_now(&signed).await;
        self.published = Some(signed);
        result
    }

    async fn recosign_now(&mut self, signed: &Signed) -> Result<(), LogError> {
        self.follow_policy(signed.size)?;
        let before = self.log.published.head().map_or(0, |head| head.as_of);
        let every = self.recosign_every();
        let enough = now().saturating_sub(every.as_secs() / 4);
        if before >= enough {
            // It was just cosigned, by an earlier run of this server.
            self.recosign_at = Instant::now() + every;
            return Ok(());
        }
        let wanted = Wanted { later_than: before, enough, gives_way: true };
        let as_of = match self.gather(signed, wanted).await? {
            Round::Enough(as_of) => as_of,
            Round::Interrupted => return Ok(()),
            Round::Short => {
                let reason = "the published checkpoint was not cosigned again: its age shows to readers".to_owned();
                self.log.status.set(State::Waiting(reason));
                return Ok(());
            }
        };
        let note = self.cosignatures.note(&signed.parsed);
        self.make_public(signed.size, &note, as_of).await?;
        self.log.published.refresh(note, as_of);
        self.log.status.set(State::Publishing);
        if as_of >= enough {
            self.recosign_at = Instant::now() + every;
        }
        Ok(())
    }

    /// Turns to those whom the trust root names for a checkpoint of this size.
    fn follow_policy(&mut self, size: u64) -> Result<(), LogError> {
        let roots = self.store.roots();
        let root = roots.for_checkpoint(size);
        if root.payload().version == self.policy.version {
            return Ok(());
        }
        self.policy = Policy::of(root, &self.config.addresses)?;
        self.desk = Arc::new(Desk::new(&self.policy, roots.clone(), &self.log.tiles, self.config.witness_patience));
        self.peers = Peers::start(&self.policy, &self.desk).map_err(LogError::file(self.log.tiles.path()))?;
        self.log.status.expect(&self.policy);
        tracing::info!(version = self.policy.version, "another version of the trust root names who cosigns");
        Ok(())
    }

    fn recosign_every(&self) -> Duration {
        let fresh = Duration::from_secs(self.policy.fresh_online);
        self.config.recosign_every.min(fresh / 3).max(PAUSE)
    }

    fn is_stopping(&self) -> bool {
        self.stop.has_begun()
    }

    async fn pause(&self, time: Duration) {
        let _ = tokio::time::timeout(time, self.stop.begun()).await;
    }
}

fn map_in_memory(error: MapError) -> LogError {
    LogError::Damaged(format!("the map in memory: {error}"))
}

/// Work that waits for the disk.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, LogError> + Send + 'static,
) -> Result<T, LogError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(LogError::Damaged(format!("work on the log's files was cut short: {error}"))))
}
