//! The scanner, for any page: the camera while it stands there, and pictures of codes where there is no camera.

mod view;

pub use view::{Props, Scanner, scanner};
