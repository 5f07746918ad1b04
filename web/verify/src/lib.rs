//! The shopper's page behind the Digital Link: fetches the bundle of a lot, verifies it on the reader's own device against
//! the trust root packaged into the page, and says in one sentence whether it holds.
//!
//! - [`model`]: what there is to show, as plain values, and the reducer; tested natively
//! - [`check`]: from the bundle's bytes to the model, by way of `nguon-core`; no browser either
//! - [`messages`], [`mod@format`], [`communes`]: how it is said, in each language; [`later`]: what of it is fetched
//! - [`components`]: how it is drawn
//! - [`browser`], [`load`]: what the page asks of the browser; [`codec`]: how its worker tells it of a large bundle
//!
//! The page claims what was proven and no more: signatures say who recorded something and that it is unchanged, not that
//! this very box holds that fruit. It has no router, cookie, font or third party, and trusts no server.

pub mod browser;
pub mod check;
pub mod codec;
pub mod communes;
pub mod components;
pub mod format;
#[cfg(feature = "gallery")]
pub mod gallery;
pub mod lang;
pub mod later;
pub mod link;
pub mod load;
pub mod messages;
pub mod model;
#[cfg(any(test, feature = "gallery"))]
mod sample;
