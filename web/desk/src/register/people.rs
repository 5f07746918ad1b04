//! Names and telephone numbers that this desk knows, since it registered them itself. They stay on this computer.

use std::collections::BTreeMap;

use nguon_core::ids::ChainId;
use serde::{Deserialize, Serialize};

/// By actor chain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct People(pub BTreeMap<ChainId, Known>);

/// Somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Their name
    #[serde(rename = "n")]
    pub name: String,
    /// Their telephone number, as it is said
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Their village
    #[serde(rename = "v", default, skip_serializing_if = "Option::is_none")]
    pub village: Option<String>,
}

impl People {
    /// Under which name they are kept.
    #[must_use]
    pub fn kept_as(registrar: &ChainId) -> String {
        format!("desk/people/{registrar}")
    }

    /// As they are kept; nobody if nothing is.
    #[must_use]
    pub fn of_json(text: Option<&str>) -> Self {
        text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
    }

    /// To be kept.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
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
        assert_eq!(People::of_json(Some(&people.to_json())), people);
        assert_eq!(People::of_json(None), People::default());
        assert_eq!(People::of_json(Some("damaged")), People::default());
    }
}
