//! The tasks: what is written down, a page each. Forms are plain values with rules that are tested natively; the pages draw
//! them, and hand a draft to the bench, which signs and keeps it.
//!
//! - [`task`]: which tasks there are; [`sheet`]: one half done; [`field`]: its fields and what can be wrong with them
//! - [`amount`], [`day`], [`product`]: how numbers, days and products are typed; [`say`]: how they are written
//! - [`facts`]: what is known of plots and batches; [`known`]: where that is read from
//! - [`half`]: what is kept of a form until it is signed
//! - [`spray`], [`harvest`], [`transfer`], [`gone`], [`correct`]: what each task asks, checks and warns of; [`drafts`]: what
//!   is written down then; [`meeting`]: what two phones show each other
//! - [`parts`], [`screens`], [`mod@page`]: how it is drawn

pub mod amount;
pub mod correct;
pub mod day;
pub mod drafts;
pub mod facts;
pub mod field;
pub mod gone;
pub mod half;
pub mod harvest;
pub mod known;
pub mod meeting;
pub mod page;
pub mod parts;
pub mod product;
pub mod refusal;
#[cfg(test)]
mod samples;
pub mod say;
pub mod screens;
pub mod sheet;
pub mod spray;
pub mod task;
pub mod transfer;

pub use page::{Page, page};
pub use task::{Task, name};
