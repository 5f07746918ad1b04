//! What is drawn, one component a file. A component decides nothing: words, colours and order come from the model.

mod app;
mod checks;
mod exhibit;
mod facts;
mod footer;
mod head;
pub mod icon;
mod journey;
mod next;
mod notes;
mod product;
mod seal;
mod step;
mod verdict;
mod ways_in;

pub use app::App;
pub use nguon_ui::el;
use nguon_ui::live;
