//! The farmer's app: written down in the orchard, signed on the phone, sent when there is a network.
//!
//! - [`state`]: what the app shows and everything that can change it, as plain values; tested natively
//! - [`tasks`]: what is written down, a page each
//! - [`mod@bench`]: what the work is done at: who is at work with which key, what they wrote down, the server on the other side
//! - [`sync`]: from the device to the server and back; the rules are `nguon-draft`'s
//! - [`keys`]: keys on this device; [`enrol`]: the code by which a co-op takes one up
//! - [`photos`]: what goes with an entry; [`scanner`]: codes by camera and picture
//! - [`practice`]: a deployment of its own, in the page
//! - [`browser`]: what is asked of the browser; [`components`]: how it is drawn; [`mod@messages`]: how it is said
//!
//! What the server says of chains decides what is signed here, and the server judges that again; every verdict on a lot is the
//! shopper's page's. Left out: verifying bundles, anchors (a record says no checkpoint that this device verified), and later
//! versions of the trust root than the one that is packed in.

pub mod bench;
pub mod browser;
pub mod components;
pub mod enrol;
pub mod format;
pub mod history;
pub mod keys;
pub mod lang;
pub mod messages;
pub mod names;
pub mod photos;
#[cfg(feature = "practice")]
pub mod practice;
pub mod products;
pub mod qr;
pub mod scanner;
pub mod state;
pub mod sync;
pub mod tasks;
