//! Who uses this device, and how the register stands to them.

use nguon_core::cbor::{self, Limits};
use nguon_core::event::{RevocationReason, Role};
use nguon_core::ids::{ChainId, PublicKeyBytes};
use nguon_core::values::Time;
use nguon_draft::json::Json;
use nguon_draft::{kept_choice, kept_fields};

use crate::keys::{DeviceKey, Keeping, Tries};

const WORD: Limits = Limits { length: 64, depth: 1 };

/// One of the people who use this device. Only here: the name never leaves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Random, for this device alone
    pub id: String,
    /// What they are called here
    pub name: String,
    /// Their key
    pub key: Option<DeviceKey>,
    /// Keys they had before, newest first: entries signed with one may still have to be signed again
    pub earlier: Vec<DeviceKey>,
    /// Wrong PINs since one was right
    pub tries: Tries,
    /// How the register stands to them
    pub standing: Standing,
}

/// How the register stands to a person's key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// Nobody has entered the key yet: the code is shown
    #[default]
    Unknown,
    /// They are enrolled, and have a new key that nobody has entered yet: the code is shown
    Waiting(Enrolment),
    /// The key counts
    Enrolled(Enrolment),
    /// It counts no more
    Revoked(Enrolment, Revoked),
}

/// An enrolment, as the server tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolment {
    /// The person's chain
    pub actor: ChainId,
    /// What they are
    pub role: Role,
    /// Who enrolled them, in public; empty if it is not told
    pub by: String,
}

/// What became of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revoked {
    /// Why, as the registrar said it
    pub reason: Option<RevocationReason>,
    /// When, Unix seconds
    pub at: u64,
}

kept_fields! { Person { id, name, key, earlier, tries, standing } }
kept_choice! {
    Standing { 0 = Unknown, 1 = Waiting(enrolment), 2 = Enrolled(enrolment), 3 = Revoked(enrolment, revoked) }
    else |from| Self::Unknown
}
kept_fields! { Enrolment { actor, role, by } }
kept_fields! { Revoked { reason, at } }

impl Person {
    /// Somebody new, who has no key yet.
    #[must_use]
    pub fn new(id: [u8; 8], name: String) -> Self {
        let id = id.iter().map(|byte| format!("{byte:02x}")).collect();
        Self { id, name, key: None, earlier: Vec::new(), tries: Tries::default(), standing: Standing::Unknown }
    }

    /// Their chain, once they are enrolled.
    #[must_use]
    pub const fn actor(&self) -> Option<ChainId> {
        match &self.standing {
            Standing::Unknown => None,
            Standing::Waiting(enrolment) | Standing::Enrolled(enrolment) | Standing::Revoked(enrolment, _) => {
                Some(enrolment.actor)
            }
        }
    }

    /// What they are, once they are enrolled.
    #[must_use]
    pub const fn role(&self) -> Option<Role> {
        match &self.standing {
            Standing::Unknown => None,
            Standing::Waiting(enrolment) | Standing::Enrolled(enrolment) | Standing::Revoked(enrolment, _) => {
                Some(enrolment.role)
            }
        }
    }

    /// Whether what they sign counts.
    #[must_use]
    pub const fn may_sign(&self) -> bool {
        matches!(self.standing, Standing::Enrolled(_)) && self.key.is_some()
    }

    /// Whether a secret has to be typed before they can sign.
    #[must_use]
    pub fn is_locked_away(&self) -> bool {
        self.key.is_some_and(|key| key.keeping != Keeping::Held)
    }

    /// A new key in place of the one they have, which stays known: what it signed may have to be signed again.
    pub fn rekey(&mut self, key: DeviceKey) {
        if let Some(old) = self.key.replace(key) {
            self.earlier.insert(0, old);
        }
        self.tries = Tries::default();
    }

    /// The key that was revoked is not the one they have any more: what the server says of the new one is not known.
    pub fn forget_revocation(&mut self) {
        if let Standing::Revoked(enrolment, _) = &self.standing {
            self.standing = Standing::Waiting(enrolment.clone());
        }
    }

    /// What the server says of the key. Who was enrolled once keeps the chain: a key that nobody knows any more is one that
    /// has yet to be added, not a person that is gone.
    pub fn learn(&mut self, found: Option<(Enrolment, Option<Revoked>)>) -> bool {
        let before = self.standing.clone();
        match found {
            Some((enrolment, None)) => self.standing = Standing::Enrolled(enrolment),
            Some((enrolment, Some(revoked))) => self.standing = Standing::Revoked(enrolment, revoked),
            None => {}
        }
        self.standing != before
    }

    /// Whether this key is or was theirs.
    #[must_use]
    pub fn has(&self, key: &PublicKeyBytes) -> bool {
        self.key.iter().chain(&self.earlier).any(|known| known.public == *key)
    }
}

/// Reads what a server says of a key (`GET /v1/keys/{id}`): where several actors had it, one for which it still counts. `None`
/// for an answer that cannot be read, which says nothing.
#[must_use]
pub fn read_key_answer(bytes: &[u8]) -> Option<(Enrolment, Option<Revoked>)> {
    let answer = nguon_draft::json::read(bytes)?;
    let all = answer.get("actors")?.as_array()?;
    let gone = |one: &&Json| {
        one.get("revoked").is_some_and(Json::is_object) || one.get("retired").and_then(Json::as_bool) == Some(true)
    };
    let one = all.iter().min_by_key(gone)?;
    let text = |name: &str| one.get(name).and_then(Json::as_str);
    let actor = text("actor")?.parse().ok()?;
    let by = text("enrolled_by_name").unwrap_or_default().to_owned();
    let enrolment = Enrolment { actor, role: word(text("role")?)?, by };
    let told = |name: &str| one.get("revoked").and_then(|revoked| revoked.get(name));
    let revoked = gone(&one).then(|| Revoked {
        reason: told("reason").and_then(|reason| word(reason.as_str()?)),
        at: told("time").and_then(Json::as_u64).unwrap_or(0),
    });
    Some((enrolment, revoked))
}

/// One of the words of a type, as records have it.
fn word<T: cbor::Decode>(word: &str) -> Option<T> {
    let mut bytes = Vec::new();
    cbor::put_text(word, &mut bytes);
    cbor::from_canonical(&bytes, WORD).ok()
}

/// When it was revoked, if that is known.
#[must_use]
pub fn revoked_at(revoked: &Revoked) -> Option<Time> {
    Time::new(revoked.at).ok().filter(|time| time.get() > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> DeviceKey {
        let public = PublicKeyBytes::from(&nguon_core::SigningKey::from_bytes(&[byte; 32]));
        DeviceKey { public, keeping: Keeping::Held }
    }

    fn answer(rest: &str) -> Vec<u8> {
        format!(r#"{{"key_id":"x","actors":[{rest}],"authorities":[]}}"#).into_bytes()
    }

    fn actor(byte: &str, rest: &str) -> String {
        let chain = byte.repeat(32);
        format!(r#"{{"actor":"{chain}","role":"farm","enrolled_by":"x","since":{{"sequence":0,"time":5}}{rest}}}"#)
    }

    #[test]
    fn a_key_that_counts_for_somebody_is_preferred_to_one_that_was_revoked() {
        let gone = r#","revoked":{"sequence":3,"time":99,"reason":"lost"}"#;
        let (one, two) = (actor("0a", gone), actor("0b", ""));
        let (enrolment, revoked) = read_key_answer(&answer(&format!("{one},{two}"))).unwrap();
        assert_eq!((enrolment.actor.to_string(), revoked), ("0b".repeat(32), None));
        let (_, revoked) = read_key_answer(&answer(&one)).unwrap();
        assert_eq!(revoked, Some(Revoked { reason: Some(RevocationReason::Lost), at: 99 }));
        assert_eq!(read_key_answer(&answer("")), None);
        assert_eq!(read_key_answer(b"<html>"), None);
    }

    #[test]
    fn a_lost_phone_leaves_the_person_the_same() {
        let mut person = Person::new([1; 8], "Lan".into());
        person.rekey(key(1));
        let (enrolment, _) = read_key_answer(&answer(&actor("0a", ""))).unwrap();
        assert!(person.learn(Some((enrolment.clone(), None))) && person.may_sign());
        let gone = Revoked { reason: Some(RevocationReason::Lost), at: 7 };
        assert!(person.learn(Some((enrolment.clone(), Some(gone)))) && !person.may_sign());
        let actor = person.actor();
        person.rekey(key(2));
        person.forget_revocation();
        assert!(!person.learn(None), "nobody has entered the new key yet");
        assert!(!person.may_sign());
        person.learn(Some((enrolment, None)));
        assert!(person.may_sign());
        assert_eq!(person.actor(), actor);
        assert!(person.has(&key(1).public) && person.has(&key(2).public));
    }
}
