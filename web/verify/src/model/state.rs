//! The state of the page and everything that can change it.

use std::rc::Rc;

use super::{Answer, Lot, Proven, Report};
use crate::lang::Lang;

/// What the page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// No lot in the address: the form for typing a code
    Home,
    /// A lot without a finished report: loading, checking, not found, not reachable
    Waiting {
        /// The lot
        lot: Lot,
        /// What there is to say
        answer: Answer,
    },
    /// A lot and its report
    Report {
        /// The lot
        lot: Lot,
        /// The report
        report: Rc<Report>,
    },
}

/// The page and its language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// What it shows
    pub page: Page,
    /// In which language
    pub lang: Lang,
    /// The language that the reader asked for last: it has to be fetched
    pub wish: Lang,
    /// The language that was asked for and did not come
    pub missing: Option<Lang>,
    /// How often loading was tried again
    pub attempt: u32,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// The reader wants another language
    Wish(Lang),
    /// A language is here
    Speak(Lang),
    /// A language did not come
    Missing(Lang),
    /// The names of communes are here
    PlacesKnown,
    /// The verdict is seen: time for what stands below it
    Shown,
    /// The reader tries again
    Retry,
    /// The verifier got on
    Progress {
        /// Signatures checked
        done: usize,
        /// Signatures there are
        total: usize,
        /// What the log has proven of them before
        proven: Option<Proven>,
    },
    /// A file was chosen in the field for it
    Chosen,
    /// A file was opened, about this lot if it says so
    Opened(Lot),
    /// The register is said to have no such lot, and nothing proves it
    Unproven,
    /// The register has no such lot
    NoSuchLot,
    /// Nothing came
    NotReachable,
    /// The verifier finished
    Finished(Rc<Report>),
}

impl Page {
    /// The lot that it is about.
    #[must_use]
    pub const fn lot(&self) -> Option<&Lot> {
        match self {
            Self::Home => None,
            Self::Waiting { lot, .. } | Self::Report { lot, .. } => Some(lot),
        }
    }

    /// What it says at its top, unless it is home.
    #[must_use]
    pub fn answer(&self) -> Option<&Answer> {
        match self {
            Self::Home => None,
            Self::Waiting { answer, .. } => Some(answer),
            Self::Report { report, .. } => Some(&report.answer),
        }
    }
}

impl State {
    /// The page for an address: a lot to be loaded, or home.
    #[must_use]
    pub fn new(lot: Option<Lot>, lang: Lang) -> Self {
        let page = lot.map_or(Page::Home, |lot| Page::Waiting { lot, answer: Answer::Loading });
        Self { page, lang, wish: lang, missing: None, attempt: 0 }
    }

    /// The lot that the address names.
    #[must_use]
    pub const fn lot(&self) -> Option<&Lot> {
        self.page.lot()
    }

    /// What the page says at its top, unless it is home.
    #[must_use]
    pub fn answer(&self) -> Option<&Answer> {
        self.page.answer()
    }

    /// The state after an action.
    #[must_use]
    pub fn after(mut self, action: Action) -> Self {
        match action {
            Action::Wish(lang) => (self.wish, self.missing) = (lang, None),
            // What comes late is not what the reader wants any more.
            Action::Speak(lang) if lang == self.wish => self.lang = lang,
            Action::Missing(lang) if lang == self.wish => (self.wish, self.missing) = (self.lang, Some(lang)),
            Action::Speak(_) | Action::Missing(_) | Action::PlacesKnown | Action::Shown | Action::Chosen => {}
            Action::Retry => {
                if let Some(lot) = self.lot().cloned() {
                    self.page = Page::Waiting { lot, answer: Answer::Loading };
                    self.attempt += 1;
                }
            }
            Action::Progress { done, total, proven } => self.say(Answer::Checking { done, total, proven }),
            Action::Opened(lot) => self.page = Page::Waiting { lot, answer: Answer::Loading },
            Action::Unproven => self.say(Answer::Incomplete),
            Action::NoSuchLot => self.say(Answer::NoSuchLot),
            Action::NotReachable => self.say(Answer::NotReachable),
            Action::Finished(report) => {
                if let Page::Waiting { lot, answer } = &self.page
                    && !answer.is_final()
                {
                    self.page = Page::Report { lot: lot.clone(), report };
                }
            }
        }
        self
    }

    /// Says something of a lot still being checked. A page that has made up its mind is not talked out of it by what a
    /// slower attempt brings.
    fn say(&mut self, next: Answer) {
        if let Page::Waiting { answer, .. } = &mut self.page
            && !answer.is_final()
        {
            *answer = next;
        }
    }
}
