//! The code that a phone shows to be enrolled, and how its key is said to be kept.

use nguon_core::event::Role;
use nguon_core::ids::{KeyId, PublicKeyBytes};
use nguon_draft::handover::{EnrolCode, WantedRole};

use crate::keys::{DeviceKey, Keeping};
use crate::lang::Lang;
use crate::state::Person;

/// What this phone asks for: to be somebody new, or, where its person is enrolled already, a further key for them.
#[must_use]
pub const fn code(key: &PublicKeyBytes, person: &Person) -> EnrolCode {
    let role = if person.actor().is_some() { WantedRole::Further } else { WantedRole::New(Role::Farm) };
    EnrolCode { key: *key, role }
}

/// The beginning of a key's id, as registrars see it too.
#[must_use]
pub fn short(key: &PublicKeyBytes) -> String {
    let id = KeyId::of(key).to_string();
    let part = |from: usize| id.get(from..from + 4).unwrap_or_default();
    format!("{} {} {}", part(0), part(4), part(8))
}

/// How a key is kept, in words.
#[must_use]
pub fn kept(lang: Lang, key: &DeviceKey) -> &'static str {
    let m = lang.messages();
    match key.keeping {
        Keeping::Held => m.key_held(),
        Keeping::Passphrase => m.key_passphrase(),
        Keeping::Pin => m.key_pin(),
    }
}
