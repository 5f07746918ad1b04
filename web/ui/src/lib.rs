//! What the pages are drawn with: elements built by calls, and one component type with a little state. Left out: all that
//! says something; each page has its own words and parts.

pub mod el;
pub mod live;
pub mod part;
