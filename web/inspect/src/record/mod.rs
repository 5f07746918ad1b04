//! Recording an inspection: the entry on the device, the record that is signed, and how far it has come.

pub mod entry;
pub mod journal;
pub mod key;
pub mod photo;
pub mod qr;
pub mod sign;

pub use entry::{Answer, Entry, Photo, Stage, Step, Target, Trouble, Words};
pub use journal::Journal;
pub use key::{Device, Standing};
pub use sign::{Hand, Head};
