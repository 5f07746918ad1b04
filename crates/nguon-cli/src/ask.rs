//! Asking a person before something is done.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use crate::error::Error;

/// Whether a person sits here who can be asked.
pub fn somebody_is_here() -> bool {
    io::stdin().is_terminal()
}

/// Asks; whether the answer is yes.
pub fn agrees(question: &str) -> Result<bool, Error> {
    let mut out = io::stderr().lock();
    let mut answer = String::new();
    write!(out, "{question} [y/N] ")
        .and_then(|()| out.flush())
        .and_then(|()| io::stdin().lock().read_line(&mut answer))
        .map_err(Error::system)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes" | "c" | "có"))
}
