//! The changes a proposal makes, as options.

use nguon_core::ids::{KeyId, PublicKeyBytes};
use nguon_core::trust::{Authority, LogPolicy, LogVerifier, RootPayload};
use nguon_core::values::List;

use crate::command::init::text;
use crate::command::key::public_key;
use crate::command::log_keys::{Cosigner, seconds};
use crate::error::Error;
use crate::home::{KeyFile, KeyName};
use crate::random;
use crate::session::Session;

/// What is to change.
#[derive(Debug, clap::Args)]
pub struct Edits {
    /// A root key to add; may be repeated, like all that adds or retires
    #[arg(long, value_name = "PUBKEY|KEY", help_heading = "Root keys")]
    add_root_key: Vec<String>,
    /// A root key that is to sign no further version (it still signs this one, for the version before)
    #[arg(long, value_name = "KEYID|KEY", help_heading = "Root keys")]
    retire_root_key: Vec<String>,
    /// How many of its root keys must sign a version: the new one already, and the one after
    #[arg(long, value_name = "K", help_heading = "Root keys")]
    threshold: Option<u64>,
    /// A key that signs for the authority
    #[arg(long, value_name = "PUBKEY|KEY", help_heading = "Authorities")]
    add_authority_key: Vec<String>,
    /// A key of the authority that counts no longer: from this version's place in the log on
    #[arg(long, value_name = "KEYID|KEY", help_heading = "Authorities")]
    retire_authority_key: Vec<String>,
    /// The authority whose keys change, by its name or the first digits of its id; needed where there are several
    #[arg(long, value_name = "NAME|ID", help_heading = "Authorities")]
    authority: Option<String>,
    /// Another authority, with its first key
    #[arg(long, value_name = "NAME=PUBKEY", help_heading = "Authorities")]
    add_authority: Vec<String>,
    /// An authority that leaves with all its keys
    #[arg(long, value_name = "NAME|ID", help_heading = "Authorities")]
    remove_authority: Vec<String>,
    /// A witness
    #[arg(long, value_name = "NAME=KEY[@URL]", help_heading = "Log")]
    add_witness: Vec<Cosigner>,
    /// A witness that counts no longer
    #[arg(long, value_name = "NAME", help_heading = "Log")]
    retire_witness: Vec<String>,
    /// How many witnesses must have cosigned a checkpoint
    #[arg(long, value_name = "K", help_heading = "Log")]
    witness_threshold: Option<u64>,
    /// A map auditor
    #[arg(long, value_name = "NAME=KEY[@URL]", help_heading = "Log")]
    add_auditor: Vec<Cosigner>,
    /// A map auditor that counts no longer
    #[arg(long, value_name = "NAME", help_heading = "Log")]
    retire_auditor: Vec<String>,
    /// For how long a checkpoint is fresh to readers who are online, such as 1h
    #[arg(long, value_name = "TIME", value_parser = seconds, help_heading = "Log")]
    fresh_online: Option<u64>,
    /// For how long it is fresh to readers who are offline, such as 24h
    #[arg(long, value_name = "TIME", value_parser = seconds, help_heading = "Log")]
    fresh_offline: Option<u64>,
}

impl Edits {
    /// Makes them, what is retired before what is added.
    pub fn apply(&self, session: &Session, root: &mut RootPayload) -> Result<(), Error> {
        let mut keys = root.root_keys.to_vec();
        for typed in &self.retire_root_key {
            take(session, &mut keys, typed, "root key")?;
        }
        add(session, &mut keys, &self.add_root_key)?;
        root.root_keys = list("root keys", keys)?;
        root.threshold = self.threshold.unwrap_or(root.threshold);

        let mut authorities = root.authorities.to_vec();
        self.change_authorities(session, &mut authorities)?;
        root.authorities = list("authorities", authorities)?;
        match &mut root.log {
            Some(log) => self.change_log(session, log),
            None if self.is_about_log() => Err(Error::caller("this deployment has no log, and never gains one")
                .next("leave out what is about witnesses, auditors and freshness")),
            None => Ok(()),
        }
    }

    fn change_authorities(&self, session: &Session, all: &mut Vec<Authority>) -> Result<(), Error> {
        for typed in &self.remove_authority {
            let at = position(all, Some(typed))?;
            all.remove(at);
        }
        if !(self.add_authority_key.is_empty() && self.retire_authority_key.is_empty()) {
            let at = position(all, self.authority.as_deref())?;
            self.change_keys(session, &mut all[at])?;
        }
        for typed in &self.add_authority {
            let (name, key) = typed
                .split_once('=')
                .ok_or_else(|| Error::caller(format_args!("--add-authority {typed:?}: write it like NAME=PUBKEY")))?;
            let name = text("--add-authority", name)?;
            all.push(Authority::new(random::authority_id()?, name, public_key(session, key)?));
        }
        Ok(())
    }

    fn change_keys(&self, session: &Session, authority: &mut Authority) -> Result<(), Error> {
        let mut keys = authority.keys.to_vec();
        let mut retired: Vec<PublicKeyBytes> = authority.retired.iter().flatten().copied().collect();
        for typed in &self.retire_authority_key {
            retired.push(take(session, &mut keys, typed, "key of this authority")?);
        }
        add(session, &mut keys, &self.add_authority_key)?;
        authority.keys = list("keys of an authority (an authority without one leaves: --remove-authority)", keys)?;
        authority.retired = if retired.is_empty() { None } else { Some(list("retired keys", retired)?) };
        Ok(())
    }

    fn is_about_log(&self) -> bool {
        let cosigners = self.add_witness.len() + self.add_auditor.len();
        let names = self.retire_witness.len() + self.retire_auditor.len();
        cosigners + names > 0 || self.witness_threshold.or(self.fresh_online).or(self.fresh_offline).is_some()
    }

    fn change_log(&self, session: &Session, log: &mut LogPolicy) -> Result<(), Error> {
        log.witnesses = cosigners(session, "witness", &log.witnesses, &self.retire_witness, &self.add_witness)?;
        log.auditors = cosigners(session, "map auditor", &log.auditors, &self.retire_auditor, &self.add_auditor)?;
        log.witness_threshold = self.witness_threshold.unwrap_or(log.witness_threshold);
        log.fresh_online = self.fresh_online.unwrap_or(log.fresh_online);
        log.fresh_offline = self.fresh_offline.unwrap_or(log.fresh_offline);
        Ok(())
    }
}

type Cosigners = List<LogVerifier, 1, 64>;

fn cosigners(
    session: &Session,
    what: &str,
    old: &Cosigners,
    retire: &[String],
    add: &[Cosigner],
) -> Result<Cosigners, Error> {
    let mut all = old.to_vec();
    for name in retire {
        let at = all.iter().position(|cosigner| cosigner.name.as_str() == name).ok_or_else(|| {
            let names: Vec<&str> = all.iter().map(|cosigner| cosigner.name.as_str()).collect();
            Error::caller(format_args!("there is no {what} {name:?}"))
                .next(format_args!("there are: {}", names.join(", ")))
        })?;
        all.remove(at);
    }
    for cosigner in add {
        all.push(cosigner.resolve(session)?);
    }
    list(what, all)
}

fn add(session: &Session, keys: &mut Vec<PublicKeyBytes>, typed: &[String]) -> Result<(), Error> {
    for text in typed {
        keys.push(public_key(session, text)?);
    }
    Ok(())
}

/// Takes out the key typed: the first digits of its id, the key itself, or the name of a key here.
fn take(session: &Session, keys: &mut Vec<PublicKeyBytes>, typed: &str, what: &str) -> Result<PublicKeyBytes, Error> {
    let named = typed.parse::<KeyName>().ok().and_then(|name| KeyFile::load(&session.home.keys(), &name).ok());
    let is_meant = |key: &PublicKeyBytes| match &named {
        Some(file) => file.public == *key,
        None => key.to_string() == typed || KeyId::of(key).to_string().starts_with(typed),
    };
    let found: Vec<usize> = keys.iter().enumerate().filter(|(_, key)| is_meant(key)).map(|(at, _)| at).collect();
    match found.as_slice() {
        [at] => Ok(keys.remove(*at)),
        _ => {
            let known: Vec<String> = keys.iter().map(|key| KeyId::of(key).to_string()).collect();
            Err(Error::caller(format_args!("{typed:?} names {} {what}s", found.len()))
                .next(format_args!("their ids are: {}", known.join(", "))))
        }
    }
}

/// The authority typed, or the only one there is.
fn position(all: &[Authority], typed: Option<&str>) -> Result<usize, Error> {
    let is_meant = |authority: &Authority| {
        typed.is_none_or(|typed| authority.name.as_str() == typed || authority.id.to_string().starts_with(typed))
    };
    let found: Vec<usize> = all.iter().enumerate().filter(|(_, one)| is_meant(one)).map(|(at, _)| at).collect();
    match found.as_slice() {
        [at] => Ok(*at),
        _ => {
            let known: Vec<String> = all.iter().map(|one| format!("{} ({})", one.name, one.id)).collect();
            Err(Error::caller(format_args!("{} authorities are meant", found.len()))
                .next(format_args!("name one with --authority: {}", known.join(", "))))
        }
    }
}

fn list<T, const LEAST: usize, const MOST: usize>(what: &str, items: Vec<T>) -> Result<List<T, LEAST, MOST>, Error> {
    List::new(items).map_err(|error| Error::caller(format_args!("{what}: {error}")))
}
