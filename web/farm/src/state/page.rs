//! The pages of the app and their addresses: each is a step of the browser's own way back.

use crate::tasks::Task;

/// A page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// Today's plots, what waits, what can be done
    #[default]
    Today,
    /// Everything written down
    History,
    /// This device: who uses it, keys, practice, language
    Device,
    /// First run: one of three steps
    Welcome(u8),
    /// The code that the co-op takes up
    Code,
    /// Who uses this device now
    People,
    /// Somebody else is to use this device too
    NewPerson,
    /// What to do about a lost phone
    Lost,
    /// One of the tasks
    Task(Task),
}

impl Page {
    /// Its address.
    #[must_use]
    pub fn fragment(&self) -> String {
        let fixed = match self {
            Self::Today => "#today",
            Self::History => "#history",
            Self::Device => "#device",
            Self::Welcome(step) => return format!("#welcome/{step}"),
            Self::Code => "#code",
            Self::People => "#people",
            Self::NewPerson => "#new-person",
            Self::Lost => "#lost",
            Self::Task(task) => return task.fragment(),
        };
        fixed.to_owned()
    }

    /// The page of an address; today's where it names none.
    #[must_use]
    pub fn of_fragment(fragment: &str) -> Self {
        match fragment {
            "#history" => Self::History,
            "#device" => Self::Device,
            "#code" => Self::Code,
            "#people" => Self::People,
            "#new-person" => Self::NewPerson,
            "#lost" => Self::Lost,
            _ => match fragment.strip_prefix("#welcome/").and_then(|step| step.parse().ok()) {
                Some(step @ 0..=2) => Self::Welcome(step),
                _ => Task::of_fragment(fragment).map_or(Self::Today, Self::Task),
            },
        }
    }

    /// Whether the bar at the bottom stands on it: a task has the screen for itself.
    #[must_use]
    pub const fn has_bar(&self) -> bool {
        matches!(self, Self::Today | Self::History | Self::Device | Self::People | Self::Lost | Self::Code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_again_by_its_address() {
        for page in [
            Page::Today,
            Page::History,
            Page::Device,
            Page::Welcome(0),
            Page::Welcome(2),
            Page::Code,
            Page::People,
            Page::NewPerson,
            Page::Lost,
        ] {
            assert_eq!(Page::of_fragment(&page.fragment()), page);
        }
        for strange in ["", "#", "#welcome/9", "#nothing", "x"] {
            assert_eq!(Page::of_fragment(strange), Page::Today, "{strange}");
        }
    }
}
