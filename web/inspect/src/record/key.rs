//! The device's key, and what the register says of it.

use nguon_core::cbor;
use nguon_core::envelope::SignedRecord;
use nguon_core::event::{Event, Role};
use nguon_core::ids::{KeyId, PublicKeyBytes};
use nguon_core::record::Record;

/// The key on this device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Device {
    /// Not looked up yet
    #[default]
    Unknown,
    /// There is none
    None,
    /// The browser cannot keep one here: it is not reached over https
    Impossible,
    /// Held by the browser, which signs with it and gives it to nobody
    Held(PublicKeyBytes),
    /// Encrypted under a passphrase; whether it is open now
    Wrapped(PublicKeyBytes, bool),
}

impl Device {
    /// The public half.
    #[must_use]
    pub const fn public(&self) -> Option<PublicKeyBytes> {
        match self {
            Self::Held(key) | Self::Wrapped(key, _) => Some(*key),
            Self::Unknown | Self::None | Self::Impossible => None,
        }
    }

    /// Whether it can sign without asking for anything.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Held(_) | Self::Wrapped(_, true))
    }
}

/// What an actor's records say of a key. The server's word, to help the inspector: whoever reads the record verifies it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The key is that actor's, who is an inspector (or may at least inspect as a registrar)
    Enrolled,
    /// The key was revoked
    Revoked,
    /// The actor has other keys
    Stranger,
    /// The actor has another role
    OtherRole,
    /// These are not an actor's records
    NotAnActor,
}

/// Reads an actor's records, one COSE_Sign1 after the other.
#[must_use]
pub fn standing(records: &[u8], key: &PublicKeyBytes) -> Standing {
    let (mut role, mut known, mut revoked) = (None, false, false);
    let id = KeyId::of(key);
    for record in split(records) {
        match record.event {
            Event::Enrolled(event) => {
                role = Some(event.role);
                known |= event.key == Some(*key);
            }
            Event::KeyAdded(event) => known |= event.key == *key,
            Event::KeyRevoked(event) => revoked |= event.key == id,
            _ => {}
        }
    }
    match role {
        None => Standing::NotAnActor,
        Some(_) if !known => Standing::Stranger,
        Some(_) if revoked => Standing::Revoked,
        Some(Role::Inspector | Role::Registrar) => Standing::Enrolled,
        Some(_) => Standing::OtherRole,
    }
}

/// The records of a CBOR sequence that can be read.
fn split(sequence: &[u8]) -> Vec<Record> {
    let items = cbor::split_sequence(sequence).unwrap_or_default().into_iter();
    let signed = items.filter_map(|item| SignedRecord::from_bytes(item.to_vec()).ok());
    signed.filter_map(|signed| Record::from_payload(signed.payload()).ok()).collect()
}

#[cfg(test)]
mod tests {
    use nguon_core::SigningKey;
    use nguon_core::envelope::Deployment;
    use nguon_core::event::{Enrolled, EventName, KeyAdded, KeyRevoked, RevocationReason, Scope};
    use nguon_core::ids::{AuthorityId, ChainId, FieldDigest, Nonce};
    use nguon_core::ledger::{Pen, begin_record};
    use nguon_core::values::Time;

    use super::*;

    fn sequence(events: Vec<Event>) -> Vec<u8> {
        let office = SigningKey::from_bytes(&[1; 32]);
        let pen = Pen::new(AuthorityId::from_bytes([1; 32]), &office, Time::new(1_780_000_000).unwrap());
        let deployment = Deployment::of_first_root(b"root");
        let mut bytes = Vec::new();
        for (n, event) in events.into_iter().enumerate() {
            let mut record = begin_record(&pen, event, Nonce::from_bytes([7; 16]));
            if n > 0 {
                record.kind = nguon_core::record::ChainKind::Actor;
                record.chain = Some(ChainId::from_bytes([9; 32]));
                record.previous = Some(nguon_core::ids::StatementId::from_bytes([9; 32]));
                (record.sequence, record.nonce) = (n as u64, None);
            }
            bytes.extend_from_slice(SignedRecord::sign(&record, &office, &deployment).unwrap().as_bytes());
        }
        bytes
    }

    fn enrolled(role: Role, key: Option<PublicKeyBytes>) -> Event {
        let scope = Scope::of_events(&[EventName::Inspected]).unwrap();
        let name = FieldDigest::from_bytes([0; 32]);
        Enrolled { role, scope, key, name, phone: None, commune: None, gln: None }.into()
    }

    fn public(seed: u8) -> PublicKeyBytes {
        PublicKeyBytes::from(&SigningKey::from_bytes(&[seed; 32]))
    }

    #[test]
    fn a_key_is_known_by_enrolment_or_by_being_added_until_it_is_revoked() {
        let mine = public(5);
        let added = KeyAdded { key: mine, holder: None };
        let revoked =
            KeyRevoked { key: KeyId::of(&mine), reason: RevocationReason::Lost, suspect_since: None, details: None };
        let first = enrolled(Role::Inspector, Some(mine));
        assert_eq!(standing(&sequence(vec![first.clone()]), &mine), Standing::Enrolled);
        let later = vec![enrolled(Role::Inspector, None), added.into()];
        assert_eq!(standing(&sequence(later), &mine), Standing::Enrolled);
        assert_eq!(standing(&sequence(vec![first.clone(), revoked.into()]), &mine), Standing::Revoked);
        assert_eq!(standing(&sequence(vec![first]), &public(6)), Standing::Stranger);
        assert_eq!(standing(&sequence(vec![enrolled(Role::Farm, Some(mine))]), &mine), Standing::OtherRole);
        assert_eq!(standing(b"nonsense", &mine), Standing::NotAnActor);
    }
}
