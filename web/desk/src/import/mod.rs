//! From a file to signed records: previewed cell by cell, mended in place or in the file, taken as a whole or not at all, and
//! safe to repeat.

mod source;
mod table;

use std::collections::BTreeMap;
use std::rc::Rc;

use nguon_core::ids::ChainId;
use nguon_core::values::{Code, Time};
use nguon_import::Error;
use nguon_import::finding::{Mark, Place, Severity};
use nguon_import::plan::{Counts, Plan, plan};
use nguon_import::preview::{Area, Options, Preview, preview};
use nguon_import::register::Register;
use nguon_import::table::{Address, Workbook};

pub use source::Drafts;
pub use table::{Shown, shown};

/// Bytes of a file that is taken from the browser: one more than is read, so that too much is told.
pub const MOST_BYTES: u32 = 16 << 20;

/// How far it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Stage {
    /// No file yet
    #[default]
    Empty,
    /// A file is being read
    Reading,
    /// It gave no table
    Unreadable(Error),
    /// It is shown
    Previewed,
    /// It is being signed: so many records of so many
    Signing(usize, usize),
    /// It is signed, and on its way
    Signed(Counts),
    /// Nothing was signed, in words
    Failed(String),
}

/// A season to import into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Season {
    /// Its name
    pub name: Code,
    /// When harvesting begins and ends in each growing area that has it
    pub windows: BTreeMap<ChainId, (Time, Time)>,
}

/// What the page is told from outside.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Around {
    /// Growing areas, with what the chosen season leaves of them
    pub areas: Vec<Area>,
    /// The seasons to choose from, newest first
    pub seasons: Vec<Season>,
    /// What this computer registered before
    pub register: Register,
}

/// The page's state.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Import {
    /// How far it is
    pub stage: Stage,
    /// The file's name
    pub file: String,
    /// Its season, of those there are
    pub season: Option<Code>,
    /// Which rows are shown: only those with something to mend
    pub only_bad: bool,
    /// How many cells were mended here
    pub mended: usize,
    /// What was read
    pub preview: Option<Rc<Preview>>,
    /// What would be signed
    pub plan: Option<Rc<Plan>>,
    workbook: Option<Rc<Workbook>>,
}

/// What can happen.
#[derive(Debug)]
pub enum Action {
    /// A file was chosen
    Chosen(String),
    /// Its bytes are here
    Read(Vec<u8>),
    /// A cell is mended here
    Mend(Address, String),
    /// Another season
    Season(Option<Code>),
    /// Only rows to mend, or all
    OnlyBad(bool),
    /// So many records of so many are signed
    Signing(usize, usize),
    /// All are
    Signed,
    /// None is
    Failed(String),
    /// Another file
    Anew,
}

impl Import {
    /// Changes it.
    pub fn act(&mut self, action: Action, around: &Around) {
        match action {
            Action::Chosen(file) => {
                *self = Self { stage: Stage::Reading, file, season: self.season.clone(), ..Self::default() }
            }
            Action::Read(bytes) => match nguon_import::read(&bytes) {
                Ok(workbook) => {
                    self.workbook = Some(Rc::new(workbook));
                    self.season =
                        self.season.take().or_else(|| around.seasons.first().map(|season| season.name.clone()));
                    self.look(around);
                    self.only_bad = self.preview.as_ref().is_some_and(|preview| !preview.is_clean());
                }
                Err(error) => self.stage = Stage::Unreadable(error),
            },
            Action::Mend(at, text) => {
                if let Some(workbook) = &mut self.workbook {
                    Rc::make_mut(workbook).set(&at, &text);
                    self.mended += 1;
                    self.look(around);
                    // Nothing is left to be mended: an empty table would say nothing.
                    self.only_bad &= self.preview.as_ref().is_some_and(|preview| !preview.is_clean());
                }
            }
            Action::Season(season) => {
                self.season = season;
                self.look(around);
            }
            Action::OnlyBad(only) => self.only_bad = only,
            Action::Signing(done, of) => self.stage = Stage::Signing(done, of),
            Action::Signed => {
                let counts = self.plan.as_ref().map(|plan| plan.counts()).unwrap_or_default();
                self.stage = Stage::Signed(counts);
                self.look_again(around);
            }
            Action::Failed(words) => self.stage = Stage::Failed(words),
            Action::Anew => *self = Self { season: self.season.clone(), ..Self::default() },
        }
    }

    /// Looks at the file anew: areas came, a cell was mended.
    pub fn look(&mut self, around: &Around) {
        if matches!(self.stage, Stage::Signing(..)) {
            return;
        }
        self.stage = match self.look_again(around) {
            None => return,
            Some(Ok(())) => Stage::Previewed,
            Some(Err(error)) => Stage::Unreadable(error),
        };
    }

    fn look_again(&mut self, around: &Around) -> Option<Result<(), Error>> {
        let workbook = self.workbook.as_ref()?;
        let options = Options { areas: Some(around.areas.clone()), ..Options::default() };
        let found = match preview(workbook, &options) {
            Ok(found) => found,
            Err(error) => return Some(Err(error)),
        };
        // A season of another growing area is none that can be opened on these plots.
        let season = around.seasons.iter().find(|season| Some(&season.name) == self.season.as_ref());
        self.plan = Some(Rc::new(plan(&found, &around.register, &around.areas, season.map(|season| &season.name))));
        self.preview = Some(Rc::new(found));
        Some(Ok(()))
    }

    /// All that is to be said of the file, of this severity: of its cells, and of what is registered already.
    pub fn marks(&self, severity: Severity) -> impl Iterator<Item = &Mark> {
        let of_file = self.preview.iter().flat_map(|preview| &preview.marks);
        let of_plan = self.plan.iter().flat_map(|plan| &plan.marks);
        of_file.chain(of_plan).filter(move |mark| mark.finding.severity() == severity)
    }

    /// Whether it may be signed: nothing is to be mended, and something is new.
    #[must_use]
    pub fn may_sign(&self) -> bool {
        let sound = self.preview.as_ref().is_some_and(|preview| preview.is_clean())
            && self.plan.as_ref().is_some_and(|plan| plan.is_sound());
        sound && !self.nothing_new() && matches!(self.stage, Stage::Previewed | Stage::Failed(_))
    }

    /// Whether all of it is registered already.
    #[must_use]
    pub fn nothing_new(&self) -> bool {
        self.plan.as_ref().is_some_and(|plan| plan.steps.is_empty())
            && self.preview.as_ref().is_some_and(|preview| preview.is_clean())
    }
}

/// A mark's cell, if it stands in one: it can be mended in place.
#[must_use]
pub const fn cell(mark: &Mark) -> Option<&Address> {
    match &mark.at {
        Place::Cell(at) => Some(at),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
