//! How a payload is put before a reader without playing tricks on them.

/// Letters shown at most: a code holds up to seven thousand.
const LETTERS: usize = 300;
/// Lines shown at most.
const LINES: usize = 8;

/// A text that shows what it is: nothing in it is invisible, turns the direction of writing or clears the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its beginning, or all of it
    pub text: String,
    /// Letters that are left out
    pub left_out: usize,
}

impl Shown {
    /// Of what was read.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut shown = String::new();
        let mut lines = 1;
        let mut letters = 0;
        for letter in text.chars() {
            lines += usize::from(letter == '\n');
            if letters == LETTERS || lines > LINES {
                break;
            }
            push(&mut shown, letter);
            letters += 1;
        }
        Self { text: shown, left_out: text.chars().count() - letters }
    }
}

fn push(shown: &mut String, letter: char) {
    match letter {
        '\n' => shown.push_str("↵\n"),
        // Unicode has a picture of each control character of ASCII.
        '\0'..='\u{1f}' => shown.push(char::from_u32(0x2400 + u32::from(letter)).unwrap_or('␦')),
        '\u{7f}' => shown.push('␡'),
        letter if is_unseen(letter) => shown.push_str(&format!("⟨U+{:04X}⟩", u32::from(letter))),
        letter => shown.push(letter),
    }
}

/// Whether a character is not seen itself but changes how others are: control and format characters, separators other than the
/// space, fillers, variation selectors and tags. More than Unicode's `Default_Ignorable_Code_Point`.
const fn is_unseen(letter: char) -> bool {
    matches!(letter,
        '\u{80}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{206f}'
        | '\u{2800}' | '\u{3000}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffd}'
        | '\u{e000}'..='\u{f8ff}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_turns_or_hides_is_written_out() {
        let shown = Shown::of("an\u{202e}nib\u{200b}\u{7}\u{1b}[2J\r\nhai");
        assert_eq!(shown.text, "an⟨U+202E⟩nib⟨U+200B⟩␇␛[2J␍↵\nhai");
        assert_eq!(Shown::of("Vải thiều Lục Ngạn 荔枝 라이치").text, "Vải thiều Lục Ngạn 荔枝 라이치");
    }

    #[test]
    fn four_kilobytes_are_shortened_and_it_is_said_by_how_much() {
        let shown = Shown::of(&"vải ".repeat(1024));
        assert_eq!(shown.left_out, 4096 - LETTERS);
        assert_eq!(shown.text.chars().count(), LETTERS);
        let lines = Shown::of(&"a\n".repeat(50));
        assert!(lines.text.lines().count() <= LINES && lines.left_out > 0);
    }

    proptest! {
        #[test]
        fn nothing_unseen_is_left_and_nothing_is_lost(text in proptest::collection::vec(any::<char>(), 0..400)) {
            let text: String = text.into_iter().collect();
            let shown = Shown::of(&text);
            prop_assert!(shown.text.chars().all(|letter| letter == '\n' || !letter.is_control() && !is_unseen(letter)));
            prop_assert!(shown.left_out <= text.chars().count());
            prop_assert!(shown.left_out > 0 || text.chars().count() <= LETTERS);
        }
    }
}
