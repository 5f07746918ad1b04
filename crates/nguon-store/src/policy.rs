//! Which openings leave the store in bundles.

use std::collections::BTreeSet;

/// The paths (`event/field`, `attachments`) whose openings are public. By default `enrolled/name`: who took part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpeningPolicy(BTreeSet<String>);

impl OpeningPolicy {
    /// These paths; `attachments` stands for every attachment.
    pub fn of<T: Into<String>>(paths: impl IntoIterator<Item = T>) -> Self {
        Self(paths.into_iter().map(Into::into).collect())
    }

    /// Nothing is opened.
    #[must_use]
    pub const fn nothing() -> Self {
        Self(BTreeSet::new())
    }

    /// Whether an opening under this path is public.
    #[must_use]
    pub fn opens(&self, path: &str) -> bool {
        self.0.contains(path) || (path.starts_with("attachments/") && self.0.contains("attachments"))
    }
}

impl Default for OpeningPolicy {
    fn default() -> Self {
        Self::of(["enrolled/name"])
    }
}
