//! A task half done: what was typed and chosen, and where the farmer is in it. Everything that can change it is an
//! [`Action`]; nothing here asks the browser.

use nguon_core::ids::ChainId;

use super::amount;
use super::facts::Facts;
use super::field::{Fault, Faults, Field};

/// What a screen asks for; one thought each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Which plot
    Plot,
    /// Which product
    Product,
    /// How much of it
    Amount,
    /// All of it once more
    Check,
    /// Weights, crate by crate
    Weigh,
    /// The other's code is read
    Scan,
    /// From which batch, how much
    From,
    /// This device's code is read
    Show,
    /// What arrived
    Arrived,
    /// Whose fruit
    Farmer,
    /// What to change
    Edit,
}

/// What can happen on a task page.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Something was typed or chosen in a field
    Type(Field, String),
    /// A key of the page's own was pressed for a field
    Key(Field, &'static str),
    /// A plot was chosen
    Plot(ChainId),
    /// A batch was chosen; `None`: a new one
    Batch(Option<ChainId>),
    /// The typed weight is a crate's, and there is another crate
    AddCrate,
    /// A crate is not counted
    RemoveCrate(usize),
    /// A field's help is wanted, or no more
    Help(Field),
    /// Another screen
    Go(Step),
    /// These are wrong
    Wrong(Faults),
}

/// A task half done.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Where the farmer is
    pub step: Step,
    /// Where they were before, oldest first
    pub behind: Vec<Step>,
    texts: Vec<(Field, String)>,
    /// The plot
    pub plot: Option<ChainId>,
    /// The batch; within, `None`: a new one
    pub batch: Option<Option<ChainId>>,
    /// Grams of each crate
    pub crates: Vec<u64>,
    /// What is wrong
    pub faults: Faults,
    /// Whose help is open
    pub help: Option<Field>,
}

impl Sheet {
    /// An empty one.
    #[must_use]
    pub fn new(step: Step) -> Self {
        let (behind, texts, crates, faults) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { step, behind, texts, plot: None, batch: None, crates, faults, help: None }
    }

    /// What stands in a field.
    #[must_use]
    pub fn text(&self, field: Field) -> &str {
        self.texts.iter().find(|(known, _)| *known == field).map_or("", |(_, text)| text)
    }

    /// Writes into a field.
    pub fn set(&mut self, field: Field, text: impl Into<String>) {
        let text = text.into();
        match self.texts.iter_mut().find(|(known, _)| *known == field) {
            Some((_, known)) => *known = text,
            None => self.texts.push((field, text)),
        }
    }

    /// What is wrong with a field.
    #[must_use]
    pub fn fault(&self, field: Field) -> Option<Fault> {
        self.faults.iter().find(|(known, _)| *known == field).map(|(_, fault)| *fault)
    }

    /// Changes it.
    pub fn act(&mut self, action: Action, facts: &Facts) {
        match action {
            Action::Type(field, text) => {
                self.set(field, text);
                self.faults.retain(|(known, _)| *known != field);
            }
            Action::Key(field, key) => {
                let text = press(self.text(field), key);
                self.act(Action::Type(field, text), facts);
            }
            Action::Plot(plot) => {
                self.plot = Some(plot);
                self.faults.retain(|(known, _)| *known != Field::Plot);
                let batch = facts.plot(&plot).and_then(|plot| facts.todays_batch(&plot.variety));
                self.batch = Some(batch.map(|batch| batch.id));
            }
            Action::Batch(batch) => {
                self.batch = Some(batch);
                self.faults.retain(|(known, _)| !matches!(known, Field::From | Field::Into));
            }
            Action::AddCrate => match amount::more_than_nothing(self.text(Field::Weight)) {
                Ok(grams) => {
                    self.crates.push(grams);
                    self.set(Field::Weight, "");
                    self.faults.clear();
                }
                Err(fault) => self.faults = vec![(Field::Weight, fault)],
            },
            Action::RemoveCrate(at) if at < self.crates.len() => {
                self.crates.remove(at);
            }
            Action::RemoveCrate(_) => {}
            Action::Help(field) => self.help = (self.help != Some(field)).then_some(field),
            Action::Go(step) => {
                // Back where one was: what lies behind that is kept, what lies after it is done again.
                match self.behind.iter().position(|known| *known == step) {
                    Some(at) => self.behind.truncate(at),
                    None if step != self.step => self.behind.push(self.step),
                    None => {}
                }
                (self.step, self.help) = (step, None);
                self.faults.clear();
            }
            Action::Wrong(faults) => self.faults = faults,
        }
    }

    /// Grams of every crate, the typed one included.
    ///
    /// # Errors
    /// Nothing was weighed, or what is typed is no weight.
    pub fn weights(&self) -> Result<Vec<u64>, Fault> {
        let mut all = self.crates.clone();
        match amount::more_than_nothing(self.text(Field::Weight)) {
            Ok(grams) => all.push(grams),
            // The last crate is in the list already.
            Err(Fault::Empty) if !all.is_empty() => {}
            Err(fault) => return Err(fault),
        }
        Ok(all)
    }

    /// Grams in all, as far as what is typed can be read.
    #[must_use]
    pub fn total(&self) -> u64 {
        let typed = amount::thousandths(self.text(Field::Weight)).unwrap_or(0);
        self.crates.iter().sum::<u64>() + typed
    }
}

/// What a field holds after a key.
#[must_use]
pub fn press(stands: &str, key: &str) -> String {
    match key {
        "⌫" => {
            let mut shorter = stands.to_owned();
            shorter.pop();
            shorter
        }
        "," if stands.contains([',', '.']) => stands.to_owned(),
        "," if stands.is_empty() => "0,".to_owned(),
        key if stands.len() < 12 => format!("{stands}{key}"),
        _ => stands.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tasks::samples::facts;

    #[test]
    fn the_keys_type_what_can_be_a_weight() {
        let (mut sheet, facts) = (Sheet::new(Step::Weigh), facts());
        for key in ["2", "4", ",", "5", ",", "⌫", "2", "5"] {
            sheet.act(Action::Key(Field::Weight, key), &facts);
        }
        assert_eq!(sheet.text(Field::Weight), "24,25");
        assert_eq!(press("", ","), "0,");
        assert_eq!(press("", "⌫"), "");
        assert_eq!(press("123456789012", "3"), "123456789012");
    }
}
