//! The symbol as text, to be scanned off a terminal.

use crate::error::Error;
use crate::label::{Label, Symbol};
use crate::level::Level;

/// How light and dark come about on a terminal. A phone needs dark modules on a light ground, quiet
/// zone included, whatever colours the terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Terminal {
    /// Black and white by ANSI escape sequences, right on light and dark terminals.
    #[default]
    Ansi,
    /// Plain text: light modules are drawn, dark ones left out. For terminals with light text on
    /// a dark ground, and for logs that keep no colours.
    DarkGround,
}

/// White on black from the 256-colour table: unlike the first 16 colours, no theme changes these.
const WHITE_ON_BLACK: &str = "\u{1B}[38;5;231;48;5;16m";
const RESET: &str = "\u{1B}[0m";

impl Label {
    /// Lines of text, each of two rows of modules, every line ended by a line feed.
    pub fn to_terminal(&self, terminal: Terminal) -> String {
        self.symbol().to_terminal(terminal)
    }
}

/// Some ASCII text, such as what one device shows another one, as a symbol for a terminal, at level M.
///
/// ```
/// use nguon_label::{Terminal, text_to_terminal};
///
/// print!("{}", text_to_terminal("NGUON:GIAO/04A2", Terminal::Ansi)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// It does not fit the largest symbol.
pub fn text_to_terminal(text: &str, terminal: Terminal) -> Result<String, Error> {
    Ok(Symbol::of(text, Level::M)?.to_terminal(terminal))
}

impl Symbol {
    fn to_terminal(&self, terminal: Terminal) -> String {
        let (before, after) = match terminal {
            Terminal::Ansi => (WHITE_ON_BLACK, RESET),
            Terminal::DarkGround => ("", ""),
        };
        let mut text = String::new();
        for y in (0..self.modules()).step_by(2) {
            text.push_str(before);
            for x in 0..self.modules() {
                // The number of rows is odd; the one too many is quiet zone, and light.
                text.push(match (self.is_dark(x, y), self.is_dark(x, y + 1)) {
                    (false, false) => '█',
                    (false, true) => '▀',
                    (true, false) => '▄',
                    (true, true) => ' ',
                });
            }
            text.push_str(after);
            text.push('\n');
        }
        text
    }
}
