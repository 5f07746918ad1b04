//! Starting a log: what is there is looked through, and witnesses are asked what they have seen, before anything is
//! added.

use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use nguon_core::ids::PublicKeyBytes;
use nguon_core::trust::Roots;
use nguon_store::{Store, StoredCheckpoint};
use nguon_tlog::hash::Hash;
use nguon_tlog::map::Map;
use nguon_tlog::note::Note;
use nguon_tlog::tile::TileBuilder;
use nguon_tlog::tree;
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::ahead::Ahead;
use super::config::LogConfig;
use super::cosigner::{Desk, Newest, Peers, now};
use super::error::LogError;
use super::gather::compare;
use super::lock::Lock;
use super::policy::{Cosignature, Cosignatures, Kind, Policy, signed_checkpoint};
use super::published::{Head, Published};
use super::recalls::Recalls;
use super::sequencer::{Closing, Sequencer, Signed, Stage, blocking};
use super::status::{State, Status};
use super::tiles::{TileFolder, unreadable};
use crate::stopping::Stopping;

/// Leaves that are read from the store at a time.
const LEAVES_AT_A_TIME: u64 = 8192;

/// Before witnesses that did not answer are asked again.
const ASK_AGAIN: Duration = Duration::from_secs(1);

/// Between two rounds of asking, leaves that came meanwhile are closed. Map auditors refuse leaves that were left waiting
/// for some minutes while an older checkpoint was shown to them.
const LONGEST_PATIENCE: Duration = Duration::from_secs(60);

/// What handlers see of a log.
pub(crate) struct Log {
    pub published: Published,
    pub status: Status,
    pub tiles: TileFolder,
    pub recalls: Recalls,
    /// There are new leaves.
    pub wake: Notify,
    /// The newest checkpoint, signed by the log alone: for auditors.
    pending: RwLock<Option<String>>,
    _lock: Lock,
}

impl Log {
    /// The newest checkpoint, published or not, signed by the log alone.
    pub(crate) fn pending(&self) -> Option<String> {
        self.pending.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Nothing is shown while leaves may be waiting that the newest checkpoint does not hold: an auditor that signed it
    /// again would later take them for back-dated.
    pub(super) fn show_pending(&self, note: Option<&str>) {
        *self.pending.write().unwrap_or_else(PoisonError::into_inner) = note.map(ToOwned::to_owned);
    }

    /// Why nothing can be accepted now, if so.
    pub(crate) fn closed_for(&self) -> Option<State> {
        match self.status.state() {
            State::Publishing | State::Waiting(_) => None,
            closed => Some(closed),
        }
    }
}

/// A log that is being run.
pub(crate) struct Running {
    pub log: Arc<Log>,
    stop: Stopping,
    task: JoinHandle<()>,
}

impl Running {
    /// Looks everything through and begins. If too few witnesses answer it begins as soon as enough do; until then
    /// nothing is accepted.
    pub(crate) async fn start(mut config: LogConfig, store: Arc<dyn Store>) -> Result<Self, LogError> {
        config.witness_patience = config.witness_patience.min(LONGEST_PATIENCE);
        let roots = store.roots();
        let policy = check(&config, &roots)?;
        let tiles = TileFolder::open(&config.tiles)?;
        let lock = Lock::take(tiles.path())?;
        let desk = Arc::new(Desk::new(&policy, roots.clone(), &tiles, config.witness_patience));
        let found = take_stock(&*store, &roots, &config, &tiles).await?;

        let published = Published::new(found.head, found.map);
        let pending = RwLock::new(None);
        let status = Status::new();
        status.expect(&policy);
        let recalls = Recalls::open(tiles.path(), &roots)?;
        let log = Arc::new(Log { published, status, tiles, recalls, wake: Notify::new(), pending, _lock: lock });
        log.wake.notify_one();
        let stop = Stopping::default();
        let peers = Peers::start(&policy, &desk).map_err(LogError::file(log.tiles.path()))?;
        let sequencer = Sequencer {
            log: log.clone(),
            store,
            config,
            desk,
            policy,
            peers,
            tree: Arc::new(Mutex::new(found.tree)),
            stage: found.stage,
            ahead: Arc::new(Mutex::new(found.ahead)),
            cosignatures: found.cosignatures,
            closed_size: found.closed_size,
            newest_signed: found.newest_signed,
            is_unsure: false,
            in_trouble: false,
            published: found.published,
            closed_at: None,
            recosign_at: Instant::now(),
            stop: stop.clone(),
        };
        let heard = sequencer.hear_witnesses().await?;
        let task = tokio::spawn(sequencer.run_when_sure(heard));
        Ok(Self { log, stop, task })
    }

    /// Ends it after the step it is at.
    pub(crate) async fn stop(self) {
        self.stop.begin();
        let _ = self.task.await;
    }
}

/// What the configuration and the trust root say of each other.
fn check(config: &LogConfig, roots: &Roots) -> Result<Policy, LogError> {
    let policy = Policy::of(roots.newest(), &config.addresses)?;
    let (given, named) = (PublicKeyBytes::from(&config.key), PublicKeyBytes::from_bytes(*policy.log.public()));
    if given != named {
        return Err(LogError::OtherKey { given, named });
    }
    let policies: Vec<Policy> =
        roots.versions().iter().map(|root| Policy::of(root, &config.addresses)).collect::<Result<_, _>>()?;
    let known = |name: &str| policies.iter().any(|policy| policy.cosigners.iter().any(|known| known.name() == name));
    if let Some(name) = config.addresses.keys().find(|name| !known(name)) {
        return Err(LogError::UnknownName(name.clone()));
    }
    policy.check_addresses()?;
    Ok(policy)
}

/// What a start finds.
struct Found {
    head: Option<Head>,
    map: Map,
    published: Option<Box<Signed>>,
    cosignatures: Cosignatures,
    tree: TileBuilder,
    stage: Stage,
    ahead: Ahead,
    closed_size: u64,
    newest_signed: u64,
}

/// Looks through store and folder, each held to the other.
async fn take_stock(
    store: &dyn Store,
    roots: &Roots,
    config: &LogConfig,
    tiles: &TileFolder,
) -> Result<Found, LogError> {
    let newest = store.newest_checkpoint().await?;
    let cosigned = store.newest_cosigned().await?;
    // Between a cosigned checkpoint and one that is not even signed there may be others that were signed; the tree can
    // be grown from the cosigned one just as well.
    let signed = newest.clone().filter(|newest| newest.signed.is_some()).or_else(|| cosigned.clone());
    let newest_signed = signed.as_ref().map_or(0, |signed| signed.size);
    let closed_size = newest.as_ref().map_or(0, |newest| newest.size);
    check_folder(store, roots, tiles, newest_signed).await?;
    let tree = grown_tree(store, tiles, signed.as_ref()).await?;

    let map = map_at(store, cosigned.as_ref()).await?;
    let published = cosigned.as_ref().map(|stored| signed_of(stored, tiles)).transpose()?;
    let mut cosignatures = Cosignatures::default();
    let mut head = None;
    if let (Some(stored), Some(published)) = (&cosigned, &published)
        && let Some(cosigned) = &stored.cosigned
    {
        let policy = Policy::of(roots.for_checkpoint(stored.size), &config.addresses)?;
        cosignatures = read_cosignatures(&cosigned.note, &policy);
        if tiles.published()?.as_ref() != Some(&cosigned.note) {
            tiles.publish(&cosigned.note)?;
        }
        head = Some(Head {
            size: stored.size,
            note: cosigned.note.clone(),
            as_of: cosigned.as_of.get(),
            map_root: stored.map_root,
            map_time: stored.map_time,
            inclusion: published.inclusion.clone(),
        });
    }
    let (mut stage, mut ahead) = (Stage::Published, Ahead::NOTHING);
    if let Some(newest) = newest.filter(|newest| newest.cosigned.is_none()) {
        ahead = Ahead::Whole(map_at(store, Some(&newest)).await?);
        cosignatures = Cosignatures::default();
        stage = if newest.signed.is_some() {
            Stage::Signed(Box::new(signed_of(&newest, tiles)?))
        } else {
            let leaves = leaves(store, newest_signed, newest.size).await?;
            let StoredCheckpoint { size, map_root, map_time, .. } = newest;
            Stage::Closed(Closing { size, map_root, map_time, leaves })
        };
    }
    let published = published.map(Box::new);
    Ok(Found { head, map, published, cosignatures, tree, stage, ahead, closed_size, newest_signed })
}

/// Refuses to run behind what the folder has published.
async fn check_folder(
    store: &dyn Store,
    roots: &Roots,
    tiles: &TileFolder,
    newest_signed: u64,
) -> Result<(), LogError> {
    let Some(note) = tiles.published()? else { return Ok(()) };
    let who = tiles.path().join("checkpoint").display().to_string();
    let strange = || LogError::File { path: who.clone().into(), reason: "it is no checkpoint of this log".to_owned() };
    let checkpoint = Note::parse(&note).ok().and_then(|note| signed_checkpoint(&note, roots)).ok_or_else(strange)?;
    compare(store, &who, checkpoint.size, checkpoint.root, newest_signed).await
}

/// The tree up to the newest signed checkpoint: its right edge out of the tiles or, if they are not there, all of it out
/// of the store.
async fn grown_tree(
    store: &dyn Store,
    tiles: &TileFolder,
    signed: Option<&StoredCheckpoint>,
) -> Result<TileBuilder, LogError> {
    let Some((size, Some(root))) = signed.map(|signed| (signed.size, signed.tree_root)) else {
        return Ok(TileBuilder::new());
    };
    match TileBuilder::resume(size, tiles) {
        Ok(tree) if tree.frontier().root() == root => return Ok(tree),
        Ok(_) => tracing::warn!("the tiles do not give the signed root: they are made anew from the store"),
        Err(error) => {
            let error = unreadable(&error);
            tracing::warn!(%error, "the tiles cannot be read: they are made anew from the store");
        }
    }
    let mut tree = TileBuilder::new();
    for leaf in leaves(store, 0, size).await? {
        tree.append(&leaf).map_err(|error| LogError::Damaged(error.to_string()))?;
    }
    if tree.frontier().root() != root {
        return Err(LogError::Damaged(format!("its leaves do not give the root that was signed at size {size}")));
    }
    let tiles = tiles.clone();
    blocking(move || tiles.flush(&mut tree).map(|()| tree)).await
}

pub(super) async fn leaves(store: &dyn Store, from: u64, to: u64) -> Result<Vec<Vec<u8>>, LogError> {
    let mut all = Vec::new();
    let mut at = from;
    while at < to {
        let some = store.leaves(at, LEAVES_AT_A_TIME.min(to - at)).await?;
        if some.is_empty() {
            return Err(LogError::Damaged(format!("leaf {at} is missing")));
        }
        at += u64::try_from(some.len()).unwrap_or(u64::MAX);
        all.extend(some);
    }
    Ok(all)
}

/// The map at a checkpoint, held to the root in its map leaf.
pub(super) async fn map_at(store: &dyn Store, checkpoint: Option<&StoredCheckpoint>) -> Result<Map, LogError> {
    let mut map = Map::new();
    let Some(checkpoint) = checkpoint else { return Ok(map) };
    let contents = store.map_contents(checkpoint.size).await?;
    map.set(&contents).map_err(|error| LogError::Damaged(error.to_string()))?;
    if map.root() == checkpoint.map_root {
        Ok(map)
    } else {
        Err(LogError::Damaged(format!("its chains do not give the map's root at size {}", checkpoint.size)))
    }
}

/// A checkpoint that the store says is signed.
fn signed_of(stored: &StoredCheckpoint, tiles: &TileFolder) -> Result<Signed, LogError> {
    let StoredCheckpoint { size, map_root, map_time, tree_root, signed, .. } = stored.clone();
    let damaged = |what: &str| LogError::Damaged(format!("checkpoint {size} {what}"));
    let (root, note): (Hash, String) = tree_root.zip(signed).ok_or_else(|| damaged("is not signed"))?;
    let parsed = Note::parse(&note).map_err(|_| damaged("has a note that is none"))?;
    let inclusion = tree::inclusion_proof(&tiles.tree(size), size.saturating_sub(1), size);
    let inclusion = inclusion.map_err(|error| damaged(&unreadable(&error)))?;
    Ok(Signed { size, root, note, parsed, map_root, map_time, inclusion })
}

fn read_cosignatures(note: &str, policy: &Policy) -> Cosignatures {
    let mut found = Cosignatures::default();
    let Ok(note) = Note::parse(note) else { return found };
    for cosigner in &policy.cosigners {
        if let Some(cosignature) = Cosignature::find(&note, &cosigner.key, now()) {
            found.add(cosigner.kind, cosigner.name(), cosignature);
        }
    }
    found
}

impl Sequencer {
    /// Asks everybody for their newest checkpoint. Whether as many witnesses as must cosign have answered; an error if
    /// anybody has seen what this store does not hold.
    async fn hear_witnesses(&self) -> Result<bool, LogError> {
        let (tell, mut told) = mpsc::unbounded_channel();
        for cosigner in &self.policy.cosigners {
            let Some(address) = cosigner.address.clone() else { continue };
            let (desk, tell) = (self.desk.clone(), tell.clone());
            let (name, kind) = (cosigner.name().to_owned(), cosigner.kind);
            let ask = move || {
                let newest = desk.newest(&address);
                let _ = tell.send((name, kind, newest));
            };
            let thread = std::thread::Builder::new().name("nguon-log start".to_owned()).spawn(ask);
            thread.map_err(LogError::file(self.log.tiles.path()))?;
        }
        drop(tell);
        let mut answers = 0;
        // Each gives up after the patience.
        while let Some((name, kind, newest)) = told.recv().await {
            let size = match newest {
                Newest::Away(problem) => {
                    self.log.status.fails(&name, &problem);
                    continue;
                }
                Newest::Nothing => None,
                Newest::Signed { size, root, .. } => {
                    compare(&*self.store, &name, size, root, self.newest_signed).await?;
                    Some(size)
                }
            };
            self.log.status.answers(&name, size);
            answers += usize::from(kind == Kind::Witness);
        }
        Ok(answers >= self.policy.threshold)
    }

    /// Waits for enough witnesses, then runs.
    async fn run_when_sure(self, mut sure: bool) {
        while !sure {
            if tokio::time::timeout(ASK_AGAIN, self.stop.begun()).await.is_ok() {
                return;
            }
            match self.hear_witnesses().await {
                Ok(heard) => sure = heard,
                Err(error) if error.is_passing() => tracing::warn!(%error, "the log cannot be started yet"),
                Err(error) => return self.log.status.set(State::Stopped(error.to_string())),
            }
        }
        self.log.status.set(State::Publishing);
        self.run().await;
    }
}
