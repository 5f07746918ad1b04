//! A form half filled in, as it is kept until it is signed: a phone that runs short of memory ends the page, most of all while
//! its camera is open.

use nguon_core::bytes::ByteString;
use nguon_core::ids::ChainId;
use nguon_draft::{kept, kept_fields, kept_words};

use super::Task;
use super::day::Day;
use super::field::Field;
use super::sheet::{Action, Sheet, Step};
use crate::photos::{Kind, Photo};

/// A form as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Half {
    /// When it was typed last, Unix seconds
    pub at: u64,
    step: Step,
    behind: Vec<Step>,
    /// What stands in the fields, by their elements
    texts: Vec<(String, String)>,
    plot: Option<ChainId>,
    batch: Option<Option<ChainId>>,
    crates: Vec<u64>,
}

kept_fields! { Half { at, step, behind, texts, plot, batch, crates } }
kept_words! { Step { Plot, Product, Amount, Check, Weigh, Scan, From, Show, Arrived, Farmer, Edit } }
kept_words! { Kind { Jpeg, Png, Webp, Heic, Pdf } }

/// What a task's form is kept under. The plot that was chosen beforehand is part of what stands in it.
#[must_use]
pub fn name(task: &Task) -> String {
    match task {
        Task::Log(_) => Task::Log(None).fragment(),
        Task::Harvest(_) => Task::Harvest(None).fragment(),
        other => other.fragment(),
    }
}

/// Whether a form is begun by this: something is typed into it. What is chosen or looked for costs nothing to do again.
#[must_use]
pub const fn begins(action: &Action) -> bool {
    match action {
        Action::Type(field, _) | Action::Key(field, _) => !matches!(field, Field::Code | Field::Farmer),
        Action::AddCrate | Action::RemoveCrate(_) => true,
        _ => false,
    }
}

impl Half {
    /// Of a form, as it stands at this moment.
    #[must_use]
    pub fn of(sheet: &Sheet, at: u64) -> Self {
        let texts = Field::ALL.iter().map(|field| (field.id().to_owned(), sheet.text(*field).to_owned()));
        Self {
            at,
            step: sheet.step,
            behind: sheet.behind.clone(),
            texts: texts.filter(|(_, text)| !text.is_empty()).collect(),
            plot: sheet.plot,
            batch: sheet.batch,
            crates: sheet.crates.clone(),
        }
    }

    /// As it was kept.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        kept::from_bytes(bytes)
    }

    /// To be kept.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        kept::to_bytes(self)
    }

    /// Fills a form that was just opened: whether it is one for what was opened. What two phones showed each other is not kept:
    /// where a task has that, it begins with it again, and what was weighed is still there; but at a weighing station, where it
    /// could come under another household's name.
    #[must_use]
    pub fn fill(self, task: &Task, sheet: &mut Sheet) -> bool {
        if let Task::Log(Some(plot)) | Task::Harvest(Some(plot)) = task
            && self.plot != Some(*plot)
        {
            return false;
        }
        let meets = matches!(self.step, Step::Scan | Step::From | Step::Show | Step::Arrived);
        if meets && matches!(task, Task::WeighIn) {
            return false;
        }
        for (id, text) in self.texts {
            if let Some(field) = Field::ALL.iter().find(|field| field.id() == id && **field != Field::Code) {
                sheet.set(*field, text);
            }
        }
        // Not what is weighed on another day is put on this one.
        if sheet.text(Field::Day).is_empty() {
            sheet.set(Field::Day, Day::of(self.at).to_field());
        }
        (sheet.plot, sheet.batch, sheet.crates) = (self.plot, self.batch, self.crates);
        if !meets {
            (sheet.step, sheet.behind) = (self.step, self.behind);
        }
        true
    }
}

/// Photos of a form, to be kept beside it.
#[must_use]
pub fn pack(photos: &[Photo]) -> Vec<u8> {
    let one = |photo: &Photo| (photo.kind, (ByteString(photo.bytes.clone()), photo.has_place));
    kept::to_bytes(&photos.iter().map(one).collect::<Vec<_>>())
}

/// What [`pack`] wrote.
#[must_use]
pub fn unpack(bytes: &[u8]) -> Vec<Photo> {
    let all: Vec<(Kind, (ByteString, bool))> = kept::from_bytes(bytes).unwrap_or_default();
    all.into_iter().map(|(kind, (bytes, has_place))| Photo { kind, bytes: bytes.0, has_place }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tasks::samples::{NOW, facts, id};

    fn weighed() -> Sheet {
        let (mut sheet, facts) = (Sheet::new(Step::Plot), facts());
        sheet.act(Action::Plot(id(2)), &facts);
        sheet.act(Action::Go(Step::Weigh), &facts);
        for key in ["4", "0"] {
            sheet.act(Action::Key(Field::Weight, key), &facts);
        }
        sheet.act(Action::AddCrate, &facts);
        sheet.act(Action::Key(Field::Weight, "7"), &facts);
        sheet
    }

    #[test]
    fn what_was_typed_is_there_again_with_the_day_it_was_typed_on() {
        let sheet = weighed();
        let half = Half::read(&Half::of(&sheet, NOW).to_bytes()).unwrap();
        let mut again = Sheet::new(Step::Plot);
        assert!(half.fill(&Task::Harvest(None), &mut again));
        assert_eq!((again.crates.clone(), again.text(Field::Weight)), (vec![40_000], "7"));
        assert_eq!((again.step, again.plot, again.text(Field::Day)), (Step::Weigh, Some(id(2)), "05/06/2026"));
        assert_eq!(again.behind, sheet.behind);
    }

    #[test]
    fn a_form_of_one_plot_is_not_put_on_another_that_was_chosen() {
        let mut again = Sheet::new(Step::Plot);
        assert!(!Half::of(&weighed(), NOW).fill(&Task::Harvest(Some(id(3))), &mut again));
        assert_eq!(again, Sheet::new(Step::Plot));
        assert!(Half::of(&weighed(), NOW).fill(&Task::Harvest(Some(id(2))), &mut again));
    }

    #[test]
    fn two_phones_meet_anew_and_what_was_weighed_stays() {
        let (mut sheet, facts) = (weighed(), facts());
        sheet.act(Action::Go(Step::Arrived), &facts);
        sheet.set(Field::Code, "NGUON:GIAO/1");
        assert!(!Half::of(&sheet, NOW).fill(&Task::WeighIn, &mut Sheet::new(Step::Farmer)));
        let mut again = Sheet::new(Step::Show);
        assert!(Half::of(&sheet, NOW).fill(&Task::Receive, &mut again));
        assert_eq!((again.step, again.text(Field::Code), again.crates.len()), (Step::Show, "", 1));
    }

    #[test]
    fn choosing_and_looking_for_something_begins_no_form() {
        assert!(!begins(&Action::Plot(id(2))) && !begins(&Action::Type(Field::Farmer, "bảy".into())));
        assert!(begins(&Action::Key(Field::Weight, "2")) && begins(&Action::Type(Field::Dose, "60".into())));
    }

    #[test]
    fn bytes_that_are_no_form_are_none() {
        assert_eq!(Half::read(b"{}"), None);
        assert!(unpack(b"{}").is_empty());
        let photo = Photo { kind: Kind::Jpeg, bytes: vec![1, 2], has_place: true };
        assert_eq!(unpack(&pack(std::slice::from_ref(&photo))), [photo]);
    }
}
