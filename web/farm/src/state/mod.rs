//! What the app shows and everything that can change it, as plain values.

pub mod page;
pub mod person;

use std::rc::Rc;

pub use page::Page;
pub use person::{Enrolment, Person, Revoked, Standing};

use crate::browser::store::{NotKept, Writer};
use crate::keys::NoKey;
use crate::lang::Lang;
use crate::sync::{Entry, EntryId, Work};

/// Where the app stands with what it needs before anything can be written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Not known yet
    Opening,
    /// Another page of this browser has it
    Elsewhere,
    /// The browser does not let anything be kept
    NoStorage,
    /// Nobody uses this device yet
    Nobody,
    /// Somebody does, and their secret is wanted
    Locked,
    /// Somebody does, and the co-op has not entered their key
    NotEnrolled,
    /// Somebody's key counts no more
    Revoked,
    /// All is there
    Ready,
}

/// Why a secret was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretFault {
    /// It is not the right one
    Wrong,
    /// Too many wrong ones: from this second on another may be tried
    Wait(u64),
    /// No PIN: digits, six at least, and not those that everybody tries first
    NoPin,
    /// A passphrase that is too short
    Short,
    /// No name
    NoName,
}

/// How a part of the program that comes behind the first page stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// It is on its way
    #[default]
    Coming,
    /// It is here
    Here,
    /// It did not come
    Missing,
}

impl Part {
    /// Once it was asked for.
    #[must_use]
    pub const fn now(here: bool) -> Self {
        if here { Self::Here } else { Self::Missing }
    }
}

/// How the sending goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sending {
    /// Something is being sent now
    pub busy: bool,
    /// When the server was last reached, Unix seconds
    pub reached: Option<u64>,
    /// Whether the last attempt did not reach it
    pub failed: bool,
    /// Seconds by which this device's clock is ahead of the server's
    pub ahead: Option<i64>,
}

/// From how many seconds on a clock is wrong enough to say so.
pub const WRONG_CLOCK: u64 = 6 * 3600;

impl Sending {
    /// By how much the clock is wrong, if it is.
    #[must_use]
    pub fn wrong_clock(&self) -> Option<i64> {
        self.ahead.filter(|ahead| ahead.unsigned_abs() > WRONG_CLOCK)
    }
}

/// What can happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Another page
    Show(Page),
    /// The browser went to another page
    Came(Page),
    /// Another language
    Speak(Lang),
    /// The network came or went
    Online(bool),
    /// Whether this page may write
    Writer(Writer),
    /// Whether the browser keeps what is kept when space runs short
    Persisted(bool),
    /// Whether the app is on the screen, and whether the browser offers to put it there
    OnScreen {
        /// It is there
        installed: bool,
        /// It can be put there
        offered: bool,
    },
    /// Who uses this device, and who does now
    People(Vec<Person>, Option<String>),
    /// A person's keys are open
    Unlocked,
    /// Nobody's are
    Lock,
    /// A secret was not taken
    SecretFault(Option<SecretFault>),
    /// No key was made
    NoKey(NoKey),
    /// What is written down changed
    Work(Rc<Work>),
    /// Something was not kept
    NotKept(NotKept),
    /// How the sending goes
    Sending(Sending),
    /// What the server says of keys was asked for
    Asked,
    /// An entry is looked at, or no more
    Look(Option<EntryId>),
    /// Several people use this phone (at the first run)
    Several(bool),
    /// How the tasks' part of the program stands
    Tasks(Part),
    /// Plant protection products came
    Products,
    /// What was said is read
    Heard,
    /// So many things that were kept cannot be read any more
    Unreadable(usize),
}

/// The app.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Which page
    pub page: Page,
    /// In which language
    pub lang: Lang,
    /// Whether the browser thinks that there is a network
    pub online: bool,
    /// Whether this is practice
    pub practises: bool,
    /// Whether this page may write
    pub writer: Writer,
    /// Whether what is kept stays when space runs short; not known yet
    pub persisted: Option<bool>,
    /// Whether the app stands on the phone's screen
    pub installed: bool,
    /// Whether the browser offers to put it there
    pub can_install: bool,
    /// Who uses this device; not known yet
    pub people: Option<Vec<Person>>,
    /// Who does now
    pub at_work: Option<String>,
    /// Whether their key is open
    pub open: bool,
    /// Why a secret was not taken
    pub secret_fault: Option<SecretFault>,
    /// Why there is no key
    pub no_key: Option<NoKey>,
    /// Whether several people will use this phone
    pub several: bool,
    /// What is written down
    pub work: Option<Rc<Work>>,
    /// Something was not kept
    pub not_kept: Option<NotKept>,
    /// How the sending goes
    pub sending: Sending,
    /// How often the server was asked about keys: so that the page can say that it looked
    pub asked: u32,
    /// The entry that is looked at
    pub looked: Option<EntryId>,
    /// How many kept things cannot be read any more
    pub unreadable: usize,
    /// How the tasks' part of the program stands
    pub tasks: Part,
}

impl State {
    /// The app as it opens.
    #[must_use]
    pub fn new(page: Page, lang: Lang, online: bool, practises: bool) -> Self {
        Self {
            page,
            lang,
            online,
            practises,
            writer: Writer::Unknown,
            persisted: None,
            installed: false,
            can_install: false,
            people: None,
            at_work: None,
            open: false,
            secret_fault: None,
            no_key: None,
            several: false,
            work: None,
            not_kept: None,
            sending: Sending::default(),
            asked: 0,
            looked: None,
            unreadable: 0,
            tasks: Part::Coming,
        }
    }

    /// Who uses the device now.
    #[must_use]
    pub fn person(&self) -> Option<&Person> {
        let id = self.at_work.as_ref()?;
        self.people.iter().flatten().find(|person| person.id == *id)
    }

    /// Where the app stands with what it needs.
    #[must_use]
    pub fn stage(&self) -> Stage {
        match (self.writer, &self.people) {
            (Writer::Elsewhere, _) => return Stage::Elsewhere,
            (Writer::Refused, _) => return Stage::NoStorage,
            (Writer::Unknown, _) | (_, None) => return Stage::Opening,
            _ => {}
        }
        let Some(person) = self.person().filter(|person| person.key.is_some()) else { return Stage::Nobody };
        match person.standing {
            _ if person.is_locked_away() && !self.open => Stage::Locked,
            Standing::Unknown | Standing::Waiting(_) => Stage::NotEnrolled,
            Standing::Revoked(..) => Stage::Revoked,
            Standing::Enrolled(_) => Stage::Ready,
        }
    }

    /// What is written down, newest first.
    #[must_use]
    pub fn entries(&self) -> Vec<&Entry> {
        self.work.as_ref().map(|work| work.newest_first()).unwrap_or_default()
    }

    /// Changes it.
    pub fn act(&mut self, action: Action) {
        match action {
            Action::Show(page) | Action::Came(page) => {
                (self.page, self.secret_fault, self.looked) = (page, None, None);
            }
            Action::Speak(lang) => self.lang = lang,
            Action::Online(online) => self.online = online,
            Action::Writer(writer) => self.writer = writer,
            Action::Persisted(kept) => self.persisted = Some(kept),
            Action::OnScreen { installed, offered } => (self.installed, self.can_install) = (installed, offered),
            Action::People(people, at_work) => {
                if at_work != self.at_work {
                    (self.open, self.work, self.looked) = (false, None, None);
                }
                (self.people, self.at_work, self.no_key) = (Some(people), at_work, None);
            }
            Action::Unlocked => (self.open, self.secret_fault) = (true, None),
            Action::Lock => (self.open, self.work, self.looked) = (false, None, None),
            Action::SecretFault(fault) => self.secret_fault = fault,
            Action::NoKey(why) => self.no_key = Some(why),
            Action::Work(work) => self.work = Some(work),
            Action::NotKept(why) => self.not_kept = Some(why),
            Action::Sending(sending) => self.sending = sending,
            Action::Asked => self.asked = self.asked.saturating_add(1),
            Action::Look(entry) => self.looked = entry,
            Action::Several(several) => self.several = several,
            Action::Heard => self.not_kept = None,
            Action::Unreadable(count) => self.unreadable = count,
            Action::Tasks(part) => self.tasks = part,
            Action::Products => {}
        }
    }
}

#[cfg(test)]
mod tests;
