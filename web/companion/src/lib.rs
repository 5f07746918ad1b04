//! What the shopper's page loads once the verdict stands, or at once where there is no lot: scanning, the shelf of what was
//! looked at, the map, serial numbers, keeping and sharing. The first load has no room for it, and a verdict needs none of it.
//!
//! - [`told`]: what the page says is on it, each time that changes
//! - [`app`]: one component, which draws into the places that the page left for it (`components::el::slot`)
//! - [`sticker`]: the label's serial number
//! - [`typed`]: the code typed from the label
//! - [`keep`]: the proof as a file, a link, a picture, on paper
//! - [`shelf`]: the lots looked at on this device
//! - [`installed`]: the page as an app: without a network, and newer versions
//! - [`browser`]: what it asks of the browser beyond the page's own tools
//!
//! The page draws the verdict, this program never does: it takes the page's own [`model`](nguon_verify_app::model) and adds to it.
//! Without it, because it did not come or the browser is too old, the page says all that it has to say of a lot.

pub mod app;
pub mod browser;
pub mod installed;
pub mod keep;
pub mod map;
pub mod messages;
pub mod scan;
pub mod shelf;
pub mod sticker;
pub mod told;
pub mod typed;
