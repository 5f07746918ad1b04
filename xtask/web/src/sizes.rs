//! What a first visit costs, file by file, beside what it may cost.

use std::fmt;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Serialize;

/// The most a first load may take: page, style sheet, script and wasm, as Brotli sends them. What the page fetches later,
/// such as other languages, is beside it.
pub const FIRST_LOAD_BUDGET: usize = 153_600;

/// One file, as it is and as it is sent.
#[derive(Serialize)]
pub struct Size {
    /// Its path below the page's folder.
    pub path: String,
    /// Bytes as they are.
    pub raw: usize,
    /// Bytes as Brotli sends them.
    pub brotli: usize,
    /// Bytes as gzip sends them.
    pub gzip: usize,
    /// Whether the page needs it before it works.
    pub first_load: bool,
}

/// A page's files and the sum that counts.
#[derive(Serialize)]
pub struct Sizes {
    first_load: usize,
    budget: usize,
    files: Vec<Size>,
}

impl Default for Sizes {
    fn default() -> Self {
        Self { first_load: 0, budget: FIRST_LOAD_BUDGET, files: Vec::new() }
    }
}

impl Sizes {
    /// The same under another budget.
    #[must_use]
    pub fn within(self, budget: usize) -> Self {
        Self { budget, ..self }
    }

    /// Counts one more file.
    pub fn push(&mut self, size: Size) {
        if size.first_load {
            self.first_load += size.brotli;
        }
        self.files.push(size);
    }

    /// Writes them as JSON; `cargo xtask` holds them against the budget.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn save(&self, path: &Path) -> Result<()> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(path, serde_json::to_vec_pretty(self)?).with_context(|| path.display().to_string())
    }
}

impl fmt::Display for Sizes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:>9} {:>9} {:>9}  file (* first load)", "raw", "gzip", "brotli")?;
        for file in &self.files {
            let mark = if file.first_load { '*' } else { ' ' };
            writeln!(f, "{:>9} {:>9} {:>9} {mark} {}", file.raw, file.gzip, file.brotli, file.path)?;
        }
        writeln!(f, "first load {} of {} bytes", self.first_load, self.budget)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_load_counts() {
        let file = |brotli, first_load| Size { path: String::new(), raw: 9, brotli, gzip: 8, first_load };
        let mut sizes = Sizes::default();
        for (brotli, first_load) in [(5, true), (7, false), (6, true)] {
            sizes.push(file(brotli, first_load));
        }
        assert_eq!(sizes.first_load, 11);
        assert!(sizes.to_string().contains("first load 11 of 153600 bytes"));
    }
}
