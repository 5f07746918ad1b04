//! The season's links in the terminal, each with the QR code that would be on the box.

use anyhow::Result;

use crate::demo::season::Link;
use crate::shell;

/// Prints each link, what its page must say, and its QR code as `nguon label` draws it.
///
/// # Errors
/// `nguon` is not there, or refuses an address.
pub fn print(links: &[Link]) -> Result<()> {
    for link in links {
        let mut label = shell::command(shell::target().join("release/nguon"));
        let symbol = shell::capture(label.args(["label", "--terminal", &link.url]))?;
        println!("\n{}\n{symbol}\n{}\nverdict: {}", link.title, link.url, link.expected);
    }
    Ok(())
}
