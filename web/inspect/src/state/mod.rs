//! What the page shows and everything that can change it.

mod check;
mod recording;
mod trace;

use std::rc::Rc;

use nguon_core::ids::ChainId;

pub use check::{Check, PORTION};
pub use recording::{Actor, Drafted, Picked, Recording};
pub use trace::{Asked, Ending, Trace};

use crate::check::Conclusion;
use crate::check::list::Row;
use crate::code::{CodeFault, Direction, Kind};
use crate::lang::Lang;
use crate::record::{Device, Entry};
use crate::trace::{Focus, FoldId, Key, line::Line};

/// The parts of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// Walking the graph
    #[default]
    Trace,
    /// Checking many lots
    Check,
    /// Recording an inspection
    Record,
}

impl Tab {
    /// All, in the order of the navigation.
    pub const ALL: [Self; 3] = [Self::Trace, Self::Check, Self::Record];

    /// The part of the address behind `#`.
    #[must_use]
    pub const fn fragment(self) -> &'static str {
        match self {
            Self::Trace => "#trace",
            Self::Check => "#check",
            Self::Record => "#record",
        }
    }

    /// The part that an address names.
    #[must_use]
    pub fn of_fragment(fragment: &str) -> Self {
        Self::ALL.into_iter().find(|tab| fragment.starts_with(tab.fragment())).unwrap_or_default()
    }
}

/// What can happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Another part of the page
    Show(Tab),
    /// Another language
    Speak(Lang),
    /// The network came or went
    Online(bool),
    /// A trace is wanted
    Ask(Asked),
    /// The code names nothing
    Mistyped(CodeFault),
    /// Lines arrived for a trace, and so many that could not be read
    Lines(u32, Vec<Line>, usize),
    /// A trace ended
    Traced(u32, Ending),
    /// A node's facts are wanted, or no more
    Open(Option<ChainId>),
    /// More of a fold
    Unfold(FoldId),
    /// Everything folded again
    FoldUp,
    /// A key that walks
    Walk(Key),
    /// The keyboard is somewhere
    Focused(Focus),
    /// A node's own bundle is being checked
    Proving(ChainId),
    /// What it proves
    Proved(ChainId, Conclusion),
    /// A list was pasted
    Listed(u32, Vec<Row>),
    /// A portion of the list is drawn: the next one
    Drawn(u32),
    /// A row is being checked: so many records of so many
    Checking(u32, usize, usize, usize),
    /// A row is concluded
    Concluded(u32, usize, Conclusion),
    /// The key on this device
    Device(Device),
    /// Why the key could not be made or opened
    KeyFault(bool),
    /// The inspector's actor chain, and what is known of it
    Actor(Actor),
    /// The outbox
    Outbox(Vec<Entry>),
    /// Photos for the next entry
    Photos(Vec<Rc<Drafted>>),
    /// One of them is not wanted
    NoPhoto(usize),
    /// The next entry is about this
    Picked(Picked),
    /// The form lacks something
    FormFault(CodeFault),
    /// An entry is on the device
    Saved,
    /// The device could not keep it
    NotSaved,
    /// The outbox is being worked on, or no more
    Sending(bool),
}

/// The page.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Which part
    pub tab: Tab,
    /// In which language
    pub lang: Lang,
    /// Whether the browser thinks that there is a network
    pub online: bool,
    /// Whether the deployment has a log
    pub logged: bool,
    /// Walking the graph
    pub trace: Trace,
    /// Checking many lots
    pub check: Check,
    /// Recording an inspection
    pub recording: Recording,
}

impl State {
    /// The page as it opens.
    #[must_use]
    pub fn new(tab: Tab, lang: Lang, online: bool, logged: bool) -> Self {
        let (trace, check, recording) = Default::default();
        Self { tab, lang, online, logged, trace, check, recording }
    }

    /// Changes it.
    pub fn act(&mut self, action: Action) {
        match action {
            Action::Show(tab) => self.tab = tab,
            Action::Speak(lang) => self.lang = lang,
            Action::Online(online) => self.online = online,
            Action::Picked(_) => {
                self.recording.act(action);
                self.tab = Tab::Record;
            }
            Action::Ask(_) => {
                self.trace.act(action);
                self.tab = Tab::Trace;
            }
            Action::Mistyped(_)
            | Action::Lines(..)
            | Action::Traced(..)
            | Action::Open(_)
            | Action::Unfold(_)
            | Action::FoldUp
            | Action::Walk(_)
            | Action::Focused(_)
            | Action::Proving(_)
            | Action::Proved(..) => self.trace.act(action),
            Action::Listed(..) | Action::Drawn(_) | Action::Checking(..) | Action::Concluded(..) => {
                self.check.act(action);
            }
            Action::Device(_)
            | Action::KeyFault(_)
            | Action::Actor(_)
            | Action::Outbox(_)
            | Action::Photos(_)
            | Action::NoPhoto(_)
            | Action::FormFault(_)
            | Action::Saved
            | Action::NotSaved
            | Action::Sending(_) => self.recording.act(action),
        }
    }
}

/// What a trace is asked for by.
#[must_use]
pub fn fragment_of(code: &str, kind: Kind, direction: Direction) -> String {
    format!("#trace?code={}&kind={}&direction={}", crate::code::percent(code), kind.value(), direction.word())
}

#[cfg(test)]
mod tests;
