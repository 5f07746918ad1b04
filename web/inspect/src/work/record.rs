//! The key, the inspector's chain, and new entries.

use std::cell::RefCell;
use std::rc::Rc;

use nguon_core::SigningKey;
use nguon_core::event::{InspectionPurpose, InspectionResult};
use nguon_core::ids::{ChainId, Salt};
use yew::Callback;

use super::{api, outbox};
use crate::browser::{self, keys, net, store};
use crate::code::Code;
use crate::record::{Device, Entry, Photo, Stage, Target, Words, key, photo};
use crate::state::{Action, Actor, Drafted, Picked};

/// Under these names things are kept.
const ACTOR: &str = "actor";
pub(super) const THINGS: &str = "things";
pub(super) const OUTBOX: &str = "outbox";
pub(super) const PHOTOS: &str = "photos";

thread_local! {
    /// A key kept under a passphrase, for as long as the page is open.
    static OPEN: RefCell<Option<SigningKey>> = const { RefCell::new(None) };
}

/// Looks up what is on the device.
pub async fn begin(act: Callback<Action>) {
    act.emit(Action::Device(keys::find().await));
    if let Some(actor) = store::kept(THINGS, ACTOR).await.and_then(|text| text.parse::<ChainId>().ok()) {
        act.emit(Action::Actor(Actor::Entered(actor)));
    }
    act.emit(Action::Outbox(outbox::entries().await));
}

/// Makes a key that the browser holds; where it cannot, one under a passphrase.
pub async fn make_key(passphrase: String, act: Callback<Action>) {
    if let Some(device) = keys::make().await {
        store::hold_on().await;
        return act.emit(Action::Device(device));
    }
    if passphrase.chars().count() < 8 {
        return act.emit(Action::KeyFault(true));
    }
    match keys::make_wrapped(&passphrase).await {
        Some((device, key)) => {
            OPEN.with(|open| *open.borrow_mut() = Some(key));
            store::hold_on().await;
            act.emit(Action::Device(device));
        }
        None => act.emit(Action::KeyFault(true)),
    }
}

/// Opens the key that is kept under a passphrase.
pub async fn open_key(passphrase: String, device: Device, act: Callback<Action>) {
    match (keys::open(&passphrase).await, device) {
        (Some(key), Device::Wrapped(public, _)) => {
            OPEN.with(|open| *open.borrow_mut() = Some(key));
            act.emit(Action::Device(Device::Wrapped(public, true)));
        }
        _ => act.emit(Action::KeyFault(false)),
    }
}

/// Signs with the key on this device.
pub(super) async fn sign(message: &[u8], device: &Device) -> Option<Vec<u8>> {
    use ed25519_dalek::Signer as _;
    match device {
        Device::Held(_) => keys::sign(message).await,
        Device::Wrapped(..) => {
            OPEN.with(|open| open.borrow().as_ref().map(|key| key.sign(message).to_bytes().to_vec()))
        }
        _ => None,
    }
}

/// Enters the inspector's actor chain, and looks it up where there is a network.
pub async fn enter_actor(text: String, device: Device, act: Callback<Action>) {
    let Ok(actor) = text.trim().to_ascii_lowercase().parse::<ChainId>() else {
        return act.emit(Action::Actor(Actor::Unreadable));
    };
    store::keep(THINGS, ACTOR, &actor.to_string()).await;
    act.emit(Action::Actor(Actor::Entered(actor)));
    look_up(actor, &device, &act).await;
}

/// Asks what the register says of the inspector's key.
pub async fn look_up(actor: ChainId, device: &Device, act: &Callback<Action>) {
    let Some(public) = device.public() else { return };
    let got = net::get(&format!("{}/v1/chains/{actor}/records", api())).await;
    let standing = match got.status {
        200 => key::standing(&got.bytes, &public),
        404 => crate::record::Standing::NotAnActor,
        _ => return,
    };
    act.emit(Action::Actor(Actor::LookedUp(actor, standing)));
}

/// Takes photos from a field.
pub async fn take_photos(field: &str, act: Callback<Action>) {
    let photos = browser::photos(field).await.into_iter();
    // Drawn anew there is nothing in them but the picture; what is not so is not kept.
    let photos = photos.filter(|bytes| photo::is_plain(bytes));
    let drafted = photos.map(|bytes| Rc::new(Drafted { address: browser::photo_address(&bytes), bytes }));
    act.emit(Action::Photos(drafted.collect()));
}

/// What the form says.
pub struct Form {
    /// What is inspected, as it was typed
    pub code: String,
    /// The same, if it was picked
    pub picked: Option<Picked>,
    /// What was found
    pub result: InspectionResult,
    /// Why it was looked at
    pub purpose: InspectionPurpose,
    /// In words
    pub words: String,
    /// Photos
    pub photos: Vec<Rc<Drafted>>,
}

/// Keeps a new entry on the device; whether it is there.
pub async fn save(form: Form, act: Callback<Action>) -> bool {
    let target = match (&form.picked, Code::read_lot(&form.code)) {
        (Some(picked), _) => Target {
            code: picked.chain.to_string(),
            title: picked.title.clone(),
            chain: Some(picked.chain),
            owner: Some(picked.owner),
        },
        (None, Ok(code)) => {
            let chain = if let Code::Chain(chain) = code { Some(chain) } else { None };
            Target { code: form.code.trim().to_owned(), title: code.title(), chain, owner: None }
        }
        (None, Err(fault)) => {
            act.emit(Action::FormFault(fault));
            return false;
        }
    };
    match entry(form, target).await {
        Some(()) => {
            store::hold_on().await;
            // In the outbox first: what is there is sent once it is said to be saved.
            act.emit(Action::Outbox(outbox::entries().await));
            act.emit(Action::Saved);
            true
        }
        None => {
            act.emit(Action::NotSaved);
            false
        }
    }
}

/// Photos first, then the entry that names them: one without its photos is never seen.
async fn entry(form: Form, target: Target) -> Option<()> {
    let id = nguon_core::bytes::to_hex(&browser::random::<8>()?);
    let salt = || browser::random::<16>().map(Salt::from_bytes);
    let mut photos = Vec::new();
    for (n, drafted) in form.photos.iter().enumerate() {
        if !store::keep_bytes(PHOTOS, &format!("{id}/{n}"), &drafted.bytes).await {
            return None;
        }
        photos.push(Photo { salt: salt()?, length: drafted.bytes.len() as u64, sent: false });
    }
    let text = form.words.trim();
    let words = if text.is_empty() { None } else { Some(Words { text: text.to_owned(), salt: salt()? }) };
    let (result, purpose) = (form.result, form.purpose);
    let at = browser::now();
    let entry = Entry { id, at, target, result, purpose, words, photos, stage: Stage::Draft, opened: false, races: 0 };
    outbox::keep(&entry).await.then_some(())
}
