//! How the tasks are drawn: functions of what is known and what was typed.

pub mod correct;
pub mod gone;
pub mod log;
pub mod meet;
pub mod plots;
pub mod saved;
pub mod weigh;
pub mod weights;
