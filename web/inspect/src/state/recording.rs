//! Recording an inspection.

use std::rc::Rc;

use nguon_core::ids::ChainId;

use super::Action;
use crate::code::CodeFault;
use crate::record::{Device, Entry, Standing};

/// The inspector in the register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Actor {
    /// Not entered yet
    #[default]
    Unknown,
    /// This is no id of a chain
    Unreadable,
    /// Entered; what the register says of it is not known (no network)
    Entered(ChainId),
    /// Looked up
    LookedUp(ChainId, Standing),
}

impl Actor {
    /// Under which chain entries are signed.
    #[must_use]
    pub const fn chain(&self) -> Option<ChainId> {
        match self {
            Self::Unknown | Self::Unreadable => None,
            Self::Entered(chain) | Self::LookedUp(chain, _) => Some(*chain),
        }
    }
}

/// A photo for the next entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drafted {
    /// JPEG
    pub bytes: Vec<u8>,
    /// Where the page shows it from
    pub address: String,
}

/// What was picked from a trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picked {
    /// Its chain
    pub chain: ChainId,
    /// What it is called
    pub title: String,
    /// Whose it is
    pub owner: ChainId,
}

/// The form, the key and the outbox.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recording {
    /// The key on this device
    pub device: Device,
    /// Whether making (`true`) or opening (`false`) the key failed
    pub key_fault: Option<bool>,
    /// The inspector
    pub actor: Actor,
    /// What was recorded, newest first
    pub entries: Vec<Entry>,
    /// Photos for the next entry
    pub photos: Vec<Rc<Drafted>>,
    /// What the next entry is about, if it was picked
    pub picked: Option<Picked>,
    /// What the form lacks
    pub fault: Option<CodeFault>,
    /// Whether an entry was just saved
    pub saved: bool,
    /// Whether the device could not keep it
    pub not_saved: bool,
    /// Whether the outbox is being worked on
    pub sending: bool,
}

impl Recording {
    /// Changes it.
    pub fn act(&mut self, action: Action) {
        match action {
            Action::Device(device) => (self.device, self.key_fault) = (device, None),
            Action::KeyFault(making) => self.key_fault = Some(making),
            Action::Actor(actor) => self.actor = actor,
            Action::Outbox(mut entries) => {
                entries.sort_by(|one, other| other.at.cmp(&one.at).then(one.id.cmp(&other.id)));
                self.entries = entries;
            }
            Action::Photos(photos) => {
                self.photos.extend(photos);
                (self.saved, self.not_saved) = (false, false);
            }
            Action::NoPhoto(at) if at < self.photos.len() => {
                self.photos.remove(at);
            }
            Action::Picked(picked) => {
                (self.picked, self.fault, self.saved) = (Some(picked), None, false);
            }
            Action::FormFault(fault) => (self.fault, self.saved) = (Some(fault), false),
            Action::Saved => {
                (self.photos, self.picked, self.fault) = Default::default();
                (self.saved, self.not_saved) = (true, false);
            }
            Action::NotSaved => (self.saved, self.not_saved) = (false, true),
            Action::Sending(sending) => self.sending = sending,
            _ => {}
        }
    }
}
