//! Four witnesses, as they run everywhere, and a stand-in for a map auditor.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use nguon_core::SigningKey;
use nguon_tlog::note::{Note, assemble, cosign};
use nguon_witness::served::{self, Served};
use nguon_witness::{Clock, Cosigner, Listening, LogKey, Witness, witness};
use xtask_bench::root::{COSIGNERS, cosigner_keys, policy};

pub struct Cosigners {
    /// In the order of [`COSIGNERS`].
    pub addresses: Vec<String>,
    auditor: Arc<Auditor>,
    _listening: Vec<Listening>,
}

impl Cosigners {
    pub async fn start(folder: &Path) -> Self {
        let log = LogKey::of_policy(&policy(&[])).expect("a log's key");
        let auditor = Arc::new(Auditor::default());
        let mut listening = Vec::new();
        for (at, (name, key)) in COSIGNERS.into_iter().zip(cosigner_keys()).enumerate() {
            let routes = if at + 1 < COSIGNERS.len() {
                let cosigner = Cosigner::new(name, key).expect("a cosigner");
                let witness = Witness::open(cosigner, vec![log.clone()], &folder.join(name)).expect("a witness");
                witness::routes::routes(Arc::new(witness), Clock::system())
            } else {
                served::routes(auditor.clone())
            };
            listening.push(Listening::start(([127, 0, 0, 1], 0).into(), routes).await.expect("a port"));
        }
        let addresses = listening.iter().map(|listening| format!("http://{}", listening.local_addr())).collect();
        Self { addresses, auditor, _listening: listening }
    }

    /// The auditor cosigns what this server signs, from now on.
    pub fn audit(&self, server: SocketAddr) {
        let auditor = self.auditor.clone();
        std::thread::spawn(move || auditor.follow(server));
    }
}

/// Cosigns every checkpoint that is to be published, without a look at its leaves.
#[derive(Default)]
struct Auditor(Mutex<Option<String>>);

impl Auditor {
    fn follow(&self, server: SocketAddr) {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let (name, key) = COSIGNERS.into_iter().zip(cosigner_keys()).next_back().expect("an auditor");
        let mut before = String::new();
        loop {
            let pending = agent.get(format!("http://{server}/log/pending")).call();
            let note = pending.ok().filter(|answer| answer.status() == 200);
            let note = note.and_then(|mut answer| answer.body_mut().read_to_string().ok());
            if let Some(note) = note.filter(|note| *note != before) {
                *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(cosigned(&note, name, &key));
                before = note;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Served for Auditor {
    fn newest(&self, _log: &str) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn about(&self) -> String {
        "a stand-in for a map auditor\n".to_owned()
    }
}

fn cosigned(note: &str, name: &str, key: &SigningKey) -> String {
    let note = Note::parse(note).expect("a note");
    let mut lines: Vec<String> = note.signatures().iter().map(nguon_tlog::note::NoteSignature::to_line).collect();
    lines.push(cosign(note.text(), name, key, Clock::system().now()));
    assemble(note.text(), &lines)
}
