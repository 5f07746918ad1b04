//! Keys on an actor's chain.

use nguon_core::event::{KeyAdded, KeyRevoked, RevocationReason};
use nguon_core::ids::{KeyId, PublicKeyBytes};
use nguon_core::key::PublicKey;
use serde_json::json;

use super::Signing;
use crate::compose::Sealer;
use crate::desk::Desk;
use crate::error::Error;
use crate::home::{KeyFile, KeyName};
use crate::moment;
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
Examples:
  nguon key revoke bay 5d0e… --reason lost --suspect-since 2026-06-10 --as coop
  nguon key add bay 8f21… --as coop       the public key from `nguon key show` on the new phone

Lost phone: revoke and add. Records that the lost key signed read \"Suspect\" until re-attested.";

/// Options of `nguon key add`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Add {
    /// The actor
    actor: String,
    /// The public key in hexadecimal, or the name of a key here
    #[arg(value_name = "PUBKEY|KEY")]
    key: String,
    /// Name of the person who holds it (personal: sealed)
    #[arg(long, value_name = "NAME")]
    holder: Option<String>,
    #[command(flatten)]
    signing: Signing,
}

/// Options of `nguon key revoke`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Revoke {
    /// The actor
    actor: String,
    /// The key's id, its first digits, or the name of a key here
    #[arg(value_name = "KEYID|KEY")]
    key: String,
    /// Why
    #[arg(long, value_enum)]
    reason: Reason,
    /// Time from which on records by this key are in doubt
    #[arg(long, value_name = "TIME")]
    suspect_since: Option<String>,
    /// Further words (sealed)
    #[arg(long, value_name = "TEXT")]
    details: Option<String>,
    #[command(flatten)]
    signing: Signing,
}

/// Why a key is revoked.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub enum Reason {
    /// The device is lost
    Lost,
    /// The device was stolen
    Stolen,
    /// Somebody else has had the key
    Compromised,
    /// A new key took its place
    Superseded,
    /// Its holder left
    Left,
}

impl From<Reason> for RevocationReason {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::Lost => Self::Lost,
            Reason::Stolen => Self::Stolen,
            Reason::Compromised => Self::Compromised,
            Reason::Superseded => Self::Superseded,
            Reason::Left => Self::Left,
        }
    }
}

/// A public key typed in hexadecimal, or that of a key here.
pub fn public_key(session: &Session, text: &str) -> Result<PublicKeyBytes, Error> {
    let bytes = match text.parse::<PublicKeyBytes>() {
        Ok(bytes) => bytes,
        Err(_) => {
            let name: KeyName = text.parse().map_err(|_| {
                Error::caller(format_args!(
                    "{text:?} is neither a public key of 64 hexadecimal digits nor a key's name"
                ))
            })?;
            KeyFile::load(&session.home.keys(), &name)?.public
        }
    };
    PublicKey::from_bytes(&bytes)
        .map_err(|error| Error::caller(format_args!("{text}: {error}")).next("copy the key again"))?;
    Ok(bytes)
}

/// Adds a key.
pub fn add(session: &Session, args: &Add) -> Result<Report, Error> {
    let key = public_key(session, &args.key)?;
    let mut desk = Desk::open(session, &args.signing)?;
    let actor = desk.find(&args.actor)?;
    let mut sealer = Sealer::default();
    let holder = args.holder.as_deref().map(|name| sealer.text("key_added/holder", name)).transpose()?;
    let added = desk.append(actor, sealer.with(KeyAdded { key, holder }), None)?;
    let number = desk.finish()?;
    let id = KeyId::of(&key);
    let text = format!("Signed: key {id} is added to {}.\nNext: nguon push", args.actor);
    Ok(Report::new(text, json!({ "outbox": number, "actor": actor, "key_id": id, "statement_id": added.statement })))
}

/// Revokes a key.
pub fn revoke(session: &Session, args: &Revoke) -> Result<Report, Error> {
    let suspect_since = args.suspect_since.as_deref().map(|text| moment::parse(text, session.offset));
    let suspect_since =
        suspect_since.transpose().map_err(|error| Error::caller(format_args!("--suspect-since: {error}")))?;
    let mut desk = Desk::open(session, &args.signing)?;
    let actor = desk.find(&args.actor)?;
    let key = key_of(session, &desk, &actor, &args.key)?;
    let mut sealer = Sealer::default();
    let details = args.details.as_deref().map(|text| sealer.text("key_revoked/details", text)).transpose()?;
    let event = KeyRevoked { key, reason: args.reason.into(), suspect_since, details };
    let added = desk.append(actor, sealer.with(event), None)?;
    let number = desk.finish()?;
    let text = format!(
        "Signed: key {key} of {} is revoked. It counts until this is accepted.\nNext: nguon push, at once",
        args.actor
    );
    Ok(Report::new(text, json!({ "outbox": number, "actor": actor, "key_id": key, "statement_id": added.statement })))
}

fn key_of(session: &Session, desk: &Desk<'_>, actor: &nguon_core::ids::ChainId, text: &str) -> Result<KeyId, Error> {
    if let Ok(name) = text.parse::<KeyName>()
        && let Ok(file) = KeyFile::load(&session.home.keys(), &name)
    {
        return Ok(file.id());
    }
    let state = desk.book.need(actor)?;
    let keys = state.actor().map(|actor| actor.keys.as_slice()).unwrap_or_default();
    let ids: Vec<KeyId> = keys.iter().map(|key| key.key.id()).filter(|id| id.to_string().starts_with(text)).collect();
    match ids.as_slice() {
        [one] => Ok(*one),
        _ => {
            let known: Vec<String> = keys.iter().map(|key| key.key.id().to_string()).collect();
            Err(Error::caller(format_args!("{} keys of this actor begin with {text:?}", ids.len()))
                .next(format_args!("its keys are: {}", known.join(", "))))
        }
    }
}
