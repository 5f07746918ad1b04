//! Witnesses (C2SP tlog-witness v1, "add-checkpoint") and map auditors, each asked by a thread of its own: however slow,
//! silent or false one of them is, it holds up nobody but that thread.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use nguon_core::bytes::to_hex;
use nguon_core::trust::Roots;
use nguon_tlog::checkpoint::Checkpoint;
use nguon_tlog::hash::Hash;
use nguon_tlog::note::Note;
use nguon_tlog::tree;
use nguon_tlog::witness::{self, AddCheckpoint};
use sha2::{Digest as _, Sha256};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::http::Client;
use super::policy::{Cosignature, Cosigner, Kind, Policy, signed_checkpoint};
use super::tiles::{TileFolder, unreadable};

/// Between two looks at what an auditor has cosigned; twice as long each time, up to the second.
const POLL: [Duration; 2] = [Duration::from_millis(20), Duration::from_millis(250)];

/// A checkpoint to be cosigned.
pub(super) struct Ask {
    pub size: u64,
    pub root: Hash,
    /// Signed by the log alone.
    pub note: String,
    pub text: String,
    /// An auditor's cosignature of this time is known already.
    pub newer_than: u64,
    pub until: Instant,
}

/// What came of asking.
pub(super) struct Told {
    pub name: String,
    pub kind: Kind,
    /// What was asked.
    pub ask: Arc<Ask>,
    pub said: Said,
}

/// What a cosigner said.
pub(super) enum Said {
    Cosigned(Cosignature),
    /// Instead of cosigning it shows another checkpoint that the log signed.
    Holds {
        size: u64,
        root: Hash,
    },
    Failed(String),
    /// Nothing: something newer was asked before it came to this.
    Overtaken,
}

/// The newest checkpoint that somebody shows.
pub(super) enum Newest {
    /// None: it has never seen this log.
    Nothing,
    Signed {
        size: u64,
        root: Hash,
        note: Note,
    },
    Away(String),
}

/// What all threads work with.
pub(super) struct Desk {
    /// The log's name among those of other logs: hexadecimal SHA-256 of its origin.
    id: String,
    roots: Arc<Roots>,
    tiles: TileFolder,
    client: Client,
}

impl Desk {
    pub(super) fn new(policy: &Policy, roots: Arc<Roots>, tiles: &TileFolder, patience: Duration) -> Self {
        let id = to_hex(&Sha256::digest(policy.log.name()));
        Self { id, roots, tiles: tiles.clone(), client: Client::new(patience) }
    }

    /// Asks for the newest checkpoint. What the log did not sign is nobody's checkpoint.
    pub(super) fn newest(&self, address: &str) -> Newest {
        let answer = match self.client.get(&format!("{address}/{}/checkpoint", self.id)) {
            Ok(answer) => answer,
            Err(error) => return Newest::Away(error),
        };
        match answer.status {
            404 => Newest::Nothing,
            200 => self
                .signed(&answer.body)
                .unwrap_or_else(|| Newest::Away("it shows a checkpoint that this log never signed".to_owned())),
            status => Newest::Away(format!("it answers with HTTP status {status}")),
        }
    }

    fn signed(&self, body: &[u8]) -> Option<Newest> {
        let note = Note::parse(std::str::from_utf8(body).ok()?).ok()?;
        let Checkpoint { size, root, .. } = signed_checkpoint(&note, &self.roots)?;
        Some(Newest::Signed { size, root, note })
    }
}

/// The threads. Dropping it lets each end after what it is doing.
pub(super) struct Peers {
    asks: Vec<Sender<Arc<Ask>>>,
    told: UnboundedReceiver<Told>,
}

impl Peers {
    /// Starts a thread for everybody whose address is known.
    pub(super) fn start(policy: &Policy, desk: &Arc<Desk>) -> io::Result<Self> {
        let (tell, told) = unbounded_channel();
        let mut peers = Self { asks: Vec::new(), told };
        for cosigner in &policy.cosigners {
            let Some(address) = cosigner.address.clone() else { continue };
            let (ask, asks) = channel();
            let (desk, cosigner, tell) = (desk.clone(), cosigner.clone(), tell.clone());
            let name = format!("nguon-log {}", cosigner.name());
            let peer = Peer { desk, cosigner, address, cosigned: 0, asks, tell };
            std::thread::Builder::new().name(name).spawn(move || peer.run())?;
            peers.asks.push(ask);
        }
        Ok(peers)
    }

    /// How many can be asked.
    pub(super) fn len(&self) -> usize {
        self.asks.len()
    }

    /// Asks everybody. Who is still busy with an earlier checkpoint takes up the newest one next.
    pub(super) fn ask(&self, ask: &Arc<Ask>) {
        for asks in &self.asks {
            let _ = asks.send(ask.clone());
        }
    }

    /// What the next one says; `None` if there is nobody.
    pub(super) async fn told(&mut self) -> Option<Told> {
        self.told.recv().await
    }
}

struct Peer {
    desk: Arc<Desk>,
    cosigner: Cosigner,
    address: String,
    /// The size it last said it has cosigned.
    cosigned: u64,
    asks: Receiver<Arc<Ask>>,
    tell: UnboundedSender<Told>,
}

impl Peer {
    fn run(mut self) {
        let mut next = self.asks.recv().ok();
        while let Some(mut ask) = next.take() {
            while let Ok(newer) = self.asks.try_recv() {
                ask = newer;
            }
            let said = match self.cosigner.kind {
                Kind::Witness => self.add_checkpoint(&ask),
                Kind::Auditor => self.await_audit(&ask, &mut next),
            };
            let (name, kind) = (self.cosigner.name().to_owned(), self.cosigner.kind);
            if self.tell.send(Told { name, kind, ask, said }).is_err() {
                return;
            }
            next = next.or_else(|| self.asks.recv().ok());
        }
    }

    fn add_checkpoint(&mut self, ask: &Ask) -> Said {
        // Once more after a conflict, from the size that it names.
        for _ in 0..2 {
            let old_size = self.cosigned;
            let tree = self.desk.tiles.tree(ask.size);
            let proof = match tree::consistency_proof(&tree, old_size, ask.size) {
                Ok(proof) => proof,
                Err(error) => return Said::Failed(format!("no proof can be made for it: {}", unreadable(&error))),
            };
            let body = AddCheckpoint { old_size, proof, note: ask.note.clone() }.to_body();
            let answer = match self.desk.client.post(&format!("{}/add-checkpoint", self.address), &body) {
                Ok(answer) => answer,
                Err(error) => return Said::Failed(error),
            };
            match (answer.status, witness::size(&answer.body)) {
                (200, _) => {
                    self.cosigned = ask.size;
                    return self.own_line(ask, &answer.body);
                }
                (409, Some(size)) if size != old_size && size <= ask.size => self.cosigned = size,
                // It has seen more, or another history; or it says so. Its own checkpoint shows.
                (409 | 422, _) => return self.hold_against(),
                (status, _) => return Said::Failed(format!("it answers with HTTP status {status}")),
            }
        }
        Said::Failed("it names another size each time it is asked".to_owned())
    }

    fn own_line(&self, ask: &Ask, body: &[u8]) -> Said {
        let note = witness::cosignatures(&ask.text, body);
        let found = note.ok().and_then(|note| Cosignature::find(&note, &self.cosigner.key, now()));
        found.map_or_else(|| Said::Failed("its cosignature does not hold".to_owned()), Said::Cosigned)
    }

    fn hold_against(&mut self) -> Said {
        self.cosigned = 0;
        match self.desk.newest(&self.address) {
            Newest::Signed { size, root, .. } => Said::Holds { size, root },
            Newest::Nothing => Said::Failed("it says that it has seen more, and shows nothing".to_owned()),
            Newest::Away(reason) => Said::Failed(reason),
        }
    }

    /// Looks at what the auditor has cosigned until it is this checkpoint, or there is something newer to ask.
    fn await_audit(&self, ask: &Ask, next: &mut Option<Arc<Ask>>) -> Said {
        let mut pause = POLL[0];
        let mut found = None;
        loop {
            let said = match self.desk.newest(&self.address) {
                Newest::Signed { size, root, .. } if size > ask.size || (size == ask.size && root != ask.root) => {
                    return Said::Holds { size, root };
                }
                Newest::Signed { size, note, .. } if size == ask.size => {
                    match Cosignature::find(&note, &self.cosigner.key, now()) {
                        Some(cosignature) if cosignature.time > ask.newer_than => return Said::Cosigned(cosignature),
                        Some(cosignature) => {
                            found = Some(cosignature);
                            Said::Failed(String::new())
                        }
                        None => Said::Failed("its cosignature does not hold".to_owned()),
                    }
                }
                Newest::Signed { size, .. } => Said::Failed(format!("it has come to size {size}")),
                Newest::Nothing => Said::Failed("it has cosigned nothing yet".to_owned()),
                Newest::Away(reason) => Said::Failed(reason),
            };
            let left = ask.until.saturating_duration_since(Instant::now());
            match self.asks.recv_timeout(pause.min(left)) {
                Ok(newer) => {
                    *next = Some(newer);
                    return found.map_or(Said::Overtaken, Said::Cosigned);
                }
                Err(RecvTimeoutError::Disconnected) => return Said::Overtaken,
                Err(RecvTimeoutError::Timeout) if left > pause => {
                    pause = (pause * 2).min(POLL[1]);
                    continue;
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
            // Not renewed, but sound: nothing is wrong with this auditor.
            return found.map_or(said, Said::Cosigned);
        }
    }
}

/// Unix seconds.
pub(super) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
