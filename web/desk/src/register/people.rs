//! Names and telephone numbers that this desk knows, since it registered them itself. They stay on this computer.

use std::collections::BTreeMap;

use nguon_core::ids::ChainId;
use nguon_draft::kept::{self, Decoder, Kept, put_array};
use nguon_draft::kept_fields;

use crate::kept::Form;

/// By actor chain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People(pub BTreeMap<ChainId, Known>);

/// Somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Their name
    pub name: String,
    /// Their telephone number, as it is said
    pub phone: Option<String>,
    /// Their village
    pub village: Option<String>,
}

kept_fields! { Known { name, phone, village } }

impl Kept for People {
    fn put(&self, to: &mut Vec<u8>) {
        put_map(&self.0, to);
    }

    fn take(from: &mut Decoder<'_>) -> Self {
        Self(take_map(from))
    }
}

impl Form for People {
    fn to_bytes(&self) -> Vec<u8> {
        kept::to_bytes(self)
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        kept::from_bytes(bytes)
    }
}

/// Writes keys and values one after the other.
pub(super) fn put_map<K: Kept, V: Kept>(map: &BTreeMap<K, V>, to: &mut Vec<u8>) {
    put_array(2 * map.len(), to);
    for (key, value) in map {
        key.put(to);
        value.put(to);
    }
}

/// Reads them again.
pub(super) fn take_map<K: Kept + Ord, V: Kept>(from: &mut Decoder<'_>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    for _ in 0..from.array() / 2 {
        map.insert(K::take(from), V::take(from));
        if !from.is_sound() {
            break;
        }
    }
    map
}

impl People {
    /// Under which name they are kept.
    #[must_use]
    pub fn kept_as(registrar: &ChainId) -> String {
        format!("desk/people/{registrar}")
    }

    /// Somebody.
    #[must_use]
    pub fn of(&self, actor: &ChainId) -> Option<&Known> {
        self.0.get(actor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_again() {
        let known = Known { name: "Nguyễn Văn Bảy".into(), phone: Some("0912 345 678".into()), village: None };
        let people = People([(ChainId::from_bytes([1; 32]), known)].into());
        assert_eq!(People::from_bytes(&people.to_bytes()), Some(people.clone()));
        assert_eq!(People::from_bytes(&people.to_bytes()[1..]), None);
        assert_eq!(People::from_bytes(b"{}"), None);
    }
}
