//! Who somebody is.

use nguon_core::event::{Event, Role};
use nguon_core::ids::ChainId;
use nguon_core::verify::Opened;

use super::{Facts, Personal};

/// An actor, as far as it may be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Its chain.
    pub actor: ChainId,
    /// What it is; `None`: its chain was not verified.
    pub role: Option<Role>,
    /// Its name, if it is opened and may be written.
    pub name: Option<String>,
    /// Its telephone number (E.164), likewise.
    pub phone: Option<String>,
    /// Five digits of its seat's commune.
    pub commune: Option<String>,
    /// Its GS1 location number.
    pub gln: Option<String>,
    /// Whether a telephone number was recorded at all.
    pub has_phone: bool,
}

impl Party {
    pub(super) fn of(facts: &Facts<'_>, actor: &ChainId) -> Self {
        let mut party =
            Self { actor: *actor, role: None, name: None, phone: None, commune: None, gln: None, has_phone: false };
        let Some(first) = facts.chain(actor).and_then(|chain| chain.records().first()) else { return party };
        let Event::Enrolled(enrolled) = &first.record().event else { return party };
        party.role = Some(enrolled.role);
        party.commune = enrolled.commune.as_ref().map(|code| code.as_str().to_owned());
        party.gln = enrolled.gln.as_ref().map(ToString::to_string);
        party.has_phone = enrolled.phone.is_some();
        let opened = |path| match facts.history().opened(&first.id(), path) {
            Opened::Value(nguon_core::opening::FieldValue::Text(text)) => Some(text),
            _ => None,
        };
        if facts.personal() == Personal::Opened || enrolled.role != Role::Farm {
            party.name = opened("enrolled/name");
        }
        if facts.personal() == Personal::Opened {
            party.phone = opened("enrolled/phone");
        }
        party
    }

    /// Its name, or the first eight digits of its id.
    #[must_use]
    pub fn called(&self) -> String {
        self.name.clone().unwrap_or_else(|| self.short())
    }

    /// The first eight digits of its id.
    #[must_use]
    pub fn short(&self) -> String {
        self.actor.to_string().chars().take(8).collect()
    }
}
