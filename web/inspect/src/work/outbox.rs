//! The outbox: every entry taken as far as it goes, one after the other, each step written down before the next.

use nguon_core::ids::ChainId;
use nguon_core::record::Anchor;
use nguon_core::trust::TrustRoot;
use nguon_core::values::Time;
use nguon_core::verify::Bundle;
use yew::Callback;

use super::api;
use super::proof::remembered;
use super::record::{OUTBOX, PHOTOS, THINGS, sign};
use crate::browser::net::{self, Got};
use crate::browser::{self, store};
use crate::code::Code;
use crate::record::sign::{openings, photo_digest, prepare};
use crate::record::{Answer, Device, Entry, Hand, Head, Journal, Stage, Step, Trouble};
use crate::state::Action;

const JOURNAL: &str = "journal";
const COSE: &str = "application/cose; cose-type=\"cose-sign1\"";

/// Who sends.
#[derive(Clone)]
pub struct Sender {
    /// The device's key
    pub device: Device,
    /// The inspector's actor chain, if it is known
    pub actor: Option<ChainId>,
}

/// What is in the outbox.
pub async fn entries() -> Vec<Entry> {
    let all = store::all(OUTBOX).await.unwrap_or_default();
    all.iter().filter_map(|text| serde_json::from_str(text).ok()).collect()
}

/// Writes an entry down; whether it is on disk.
pub async fn keep(entry: &Entry) -> bool {
    match serde_json::to_string(entry) {
        Ok(text) => store::keep(OUTBOX, &entry.id, &text).await,
        Err(_) => false,
    }
}

/// Removes an entry and its photos from the device.
pub async fn forget(entry: Entry, act: Callback<Action>) {
    store::forget(OUTBOX, &entry.id).await;
    for n in 0..entry.photos.len() {
        store::forget(PHOTOS, &format!("{}/{n}", entry.id)).await;
    }
    act.emit(Action::Outbox(entries().await));
}

/// The inspector tries a refused entry again.
pub async fn try_again(mut entry: Entry, sender: Sender, act: Callback<Action>) {
    entry.try_again();
    keep(&entry).await;
    act.emit(Action::Outbox(entries().await));
    send(sender, act).await;
}

/// Takes every entry as far as it goes now.
pub async fn send(sender: Sender, act: Callback<Action>) {
    let Some(_alone) = store::alone().await else { return };
    let Ok(trust) = TrustRoot::from_bytes(&browser::root()) else { return };
    act.emit(Action::Sending(true));
    let mut waiting = entries().await;
    // In the order they were written down: an earlier entry about a chain comes before a later one.
    waiting.sort_by(|one, other| one.at.cmp(&other.at).then(one.id.cmp(&other.id)));
    for mut entry in waiting {
        if !entry.is_done(trust.payload().log.is_some()) {
            advance(&mut entry, &sender, &trust).await;
            act.emit(Action::Outbox(entries().await));
        }
    }
    act.emit(Action::Sending(false));
}

/// Takes one entry step by step until it rests or a step changes nothing.
async fn advance(entry: &mut Entry, sender: &Sender, trust: &TrustRoot) {
    let has_log = trust.payload().log.is_some();
    loop {
        let before = entry.clone();
        match entry.next(has_log) {
            Step::Rest => return,
            Step::FindTarget => find_target(entry).await,
            Step::Sign => sign_entry(entry, sender, trust).await,
            Step::Post => post(entry).await,
            step @ Step::Openings => {
                let Some((statement, actor)) = sent(entry).zip(sender.actor) else { return };
                let body = openings(entry, statement, actor);
                let got = net::send("POST", &(api() + "/v1/openings"), "application/cbor", &body).await;
                entry.answered(step, answer(&got));
            }
            step @ Step::Photo(at) => {
                let Some(bytes) = photo(entry, at).await else {
                    entry.stage = Stage::Refused(Trouble::own(Trouble::PHOTO_LOST));
                    keep(entry).await;
                    return;
                };
                let Some(digest) = photo_digest(entry, at, &bytes) else { return };
                let url = format!("{}/v1/attachments/{digest}", api());
                let got = net::send("PUT", &url, "application/octet-stream", &bytes).await;
                entry.answered(step, answer(&got));
            }
            step @ Step::AskReceipt => {
                let Some(statement) = sent(entry) else { return };
                let got = net::get(&format!("{}/v1/receipts/{statement}", api())).await;
                entry.answered(step, answer(&got));
            }
        }
        if *entry == before || !keep(entry).await {
            return;
        }
    }
}

fn answer(got: &Got) -> Answer<'_> {
    Answer { status: got.status, body: &got.bytes }
}

const fn sent(entry: &Entry) -> Option<nguon_core::ids::StatementId> {
    match &entry.stage {
        Stage::Sent(statement) | Stage::Logged(statement, _) => Some(*statement),
        _ => None,
    }
}

async fn photo(entry: &Entry, at: usize) -> Option<Vec<u8>> {
    store::kept_bytes(PHOTOS, &format!("{}/{at}", entry.id)).await
}

/// Which chain the code names: a label's is asked for by its bundle.
async fn find_target(entry: &mut Entry) {
    let Some(code) = entry.code() else {
        entry.stage = Stage::Refused(Trouble::own(Trouble::BAD_TARGET));
        return;
    };
    if let Code::Chain(chain) = code {
        entry.target.chain = Some(chain);
        return;
    }
    let got = net::get(&(api() + &code.bundle_path().unwrap_or_default())).await;
    match got.status {
        200 => {
            if let Some((chain, owner)) = batch_of(&got.bytes) {
                (entry.target.chain, entry.target.owner) = (Some(chain), Some(owner));
            }
        }
        404 | 410 => entry.stage = Stage::Refused(Trouble::own(Trouble::NO_SUCH_TARGET)),
        _ => {}
    }
}

/// The batch that a bundle is about, and its owner: the bundle's first chain. The server's word, as the head it is signed on.
fn batch_of(bundle: &[u8]) -> Option<(ChainId, ChainId)> {
    let trust = TrustRoot::from_bytes(&browser::root()).ok()?;
    let bundle = Bundle::from_bytes(bundle).ok()?;
    let first = bundle.chains.first()?.first()?.0.clone();
    let statement = nguon_core::admit::Statement::from_bytes(first, trust.deployment()).ok()?;
    let nguon_core::event::Event::Opened(opened) = &statement.record.event else { return None };
    Some((statement.chain(), opened.owner))
}

/// Signs after the chain's newest record, unless this device has signed there already and the server knows.
async fn sign_entry(entry: &mut Entry, sender: &Sender, trust: &TrustRoot) {
    let (Some(chain), Some(actor), Some(key)) = (entry.target.chain, sender.actor, sender.device.public()) else {
        return;
    };
    if !sender.device.is_open() {
        return;
    }
    let got = net::get(&format!("{}/v1/chains/{chain}", api())).await;
    if got.status == 404 {
        entry.stage = Stage::Refused(Trouble::own(Trouble::NO_SUCH_TARGET));
        return;
    }
    let Some(head) = got.ok().and_then(|bytes| serde_json::from_slice::<Head>(&bytes).ok()) else { return };
    let mut journal = journal().await;
    let Ok(replaces) = journal.replaces(&chain, &head.head) else {
        entry.stage = Stage::Refused(Trouble::own(Trouble::WENT_BACK));
        return;
    };
    let mut photos = Vec::new();
    for at in 0..entry.photos.len() {
        match photo(entry, at).await {
            Some(bytes) => photos.push(bytes),
            None => {
                entry.stage = Stage::Refused(Trouble::own(Trouble::PHOTO_LOST));
                return;
            }
        }
    }
    let Ok(now) = Time::new(browser::now()) else { return };
    let anchor = remembered().map(|seen| Anchor { size: seen.size, root: seen.root });
    let hand = Hand { actor, key, now, anchor };
    let Ok(prepared) = prepare(entry, &photos, &hand, &head, replaces, trust.deployment()) else { return };
    // Before it can be seen by anybody: the next record after the same one has to name it.
    journal.note(chain, head.head, prepared.statement);
    if !keep_journal(&journal).await {
        return;
    }
    let Some(signature) = sign(&prepared.to_be_signed, &sender.device).await else { return };
    if let Ok(signature) = prepared.seal(&signature) {
        entry.stage = Stage::Signed(signature);
    }
}

async fn post(entry: &mut Entry) {
    let Stage::Signed(signature) = &entry.stage else { return };
    let statement = signature.statement;
    let got = net::send("POST", &(api() + "/v1/records?wait=10"), COSE, &signature.record.0).await;
    if matches!(got.status, 200..=202) {
        let mut journal = journal().await;
        journal.stored(&statement);
        keep_journal(&journal).await;
    }
    entry.posted(answer(&got));
}

async fn journal() -> Journal {
    let kept = store::kept(THINGS, JOURNAL).await;
    kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

async fn keep_journal(journal: &Journal) -> bool {
    match serde_json::to_string(journal) {
        Ok(text) => store::keep(THINGS, JOURNAL, &text).await,
        Err(_) => false,
    }
}
