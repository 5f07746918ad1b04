//! How the app is drawn: a function a part, of the state alone. The tasks bring components of their own.

mod app;
mod bands;
mod code;
mod device;
mod doing;
mod frame;
mod history;
mod lost;
mod people;
mod today;
pub mod ui;
mod unlock;
mod welcome;

pub use app::App;
pub use doing::Doing;
pub use frame::languages;
