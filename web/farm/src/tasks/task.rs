//! The tasks, and how the address names them.

use nguon_core::ids::ChainId;

use crate::lang::Lang;
use crate::messages::tasks::words;

/// What a farmer, collector or co-op writes down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// The field log, on a plot chosen before or not
    Log(Option<ChainId>),
    /// Harvest, from a plot chosen before or not
    Harvest(Option<ChainId>),
    /// Handing over
    Give,
    /// Receiving
    Receive,
    /// The weighing station
    WeighIn,
    /// Lost or disposed of
    Gone,
    /// Cooling
    Cool,
    /// An entry should have said something else
    Correct {
        /// On which chain
        chain: ChainId,
        /// Which record
        sequence: u64,
    },
}

impl Task {
    /// How the address names it.
    #[must_use]
    pub fn fragment(&self) -> String {
        let on = |name: &str, plot: &Option<ChainId>| {
            plot.map_or_else(|| format!("#{name}"), |plot| format!("#{name}/{plot}"))
        };
        match self {
            Self::Log(plot) => on("log", plot),
            Self::Harvest(plot) => on("harvest", plot),
            Self::Give => "#give".into(),
            Self::Receive => "#receive".into(),
            Self::WeighIn => "#weigh-in".into(),
            Self::Gone => "#gone".into(),
            Self::Cool => "#cool".into(),
            Self::Correct { chain, sequence } => format!("#correct/{chain}/{sequence}"),
        }
    }

    /// The task that an address names.
    #[must_use]
    pub fn of_fragment(fragment: &str) -> Option<Self> {
        let mut parts = fragment.trim_start_matches('#').split('/');
        let name = parts.next()?;
        let chain = parts.next().map(|id| id.parse::<ChainId>().ok());
        let task = match (name, chain) {
            ("log", None) => Self::Log(None),
            ("log", Some(plot)) => Self::Log(Some(plot?)),
            ("harvest", None) => Self::Harvest(None),
            ("harvest", Some(plot)) => Self::Harvest(Some(plot?)),
            ("give", None) => Self::Give,
            ("receive", None) => Self::Receive,
            ("weigh-in", None) => Self::WeighIn,
            ("gone", None) => Self::Gone,
            ("cool", None) => Self::Cool,
            ("correct", Some(chain)) => Self::Correct { chain: chain?, sequence: parts.next()?.parse().ok()? },
            _ => return None,
        };
        parts.next().is_none().then_some(task)
    }
}

/// What a task is called, on its button and above its page.
#[must_use]
pub fn name(lang: Lang, task: &Task) -> &'static str {
    let m = words(lang);
    match task {
        Task::Log(_) => m.log_title(),
        Task::Harvest(_) => m.harvest_title(),
        Task::Give => m.give_title(),
        Task::Receive => m.receive_title(),
        Task::WeighIn => m.weigh_title(),
        Task::Gone => m.gone_title(),
        Task::Cool => m.cool_title(),
        Task::Correct { .. } => m.correct_title(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_task_is_found_again_by_its_address() {
        let chain = ChainId::from_bytes([7; 32]);
        for task in [
            Task::Log(None),
            Task::Log(Some(chain)),
            Task::Harvest(None),
            Task::Harvest(Some(chain)),
            Task::Give,
            Task::Receive,
            Task::WeighIn,
            Task::Gone,
            Task::Cool,
            Task::Correct { chain, sequence: 12 },
        ] {
            assert_eq!(Task::of_fragment(&task.fragment()), Some(task.clone()), "{task:?}");
        }
    }

    #[test]
    fn an_address_that_names_nothing_opens_nothing() {
        for fragment in ["", "#", "#log/x", "#correct", "#correct/aa/1", "#give/now", "#harvest/", "#today"] {
            assert_eq!(Task::of_fragment(fragment), None, "{fragment}");
        }
    }
}
