//! A browser, its WebDriver and a font with Vietnamese letters: what the end-to-end tests drive and see.

use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::shell;
use crate::tools::{apt, find};

/// Where the browser and its driver are.
pub struct Browser {
    /// Chromium
    pub browser: PathBuf,
    /// ChromeDriver of the same version
    pub driver: PathBuf,
}

/// Finds the browser, its driver and a font, and installs what is missing.
///
/// # Errors
/// Something is missing and cannot be installed.
pub fn ensure() -> Result<Browser> {
    let mut missing = Vec::new();
    if browser().is_none() {
        missing.push("chromium");
    }
    if driver().is_none() {
        missing.push("chromium-driver");
    }
    if !has_vietnamese_font() {
        missing.push("fonts-noto-core");
    }
    if !missing.is_empty() {
        apt::install("what the browser tests need", &missing)?;
    }
    Ok(Browser {
        browser: browser().context("no chromium, though its package is installed: is it in PATH?")?,
        driver: driver().context("no chromedriver, though its package is installed: is it in PATH?")?,
    })
}

fn browser() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(find)
}

fn driver() -> Option<PathBuf> {
    find("chromedriver")
}

fn has_vietnamese_font() -> bool {
    shell::capture(shell::command("fc-list").args([":lang=vi", "family"])).is_ok_and(|fonts| !fonts.is_empty())
}
