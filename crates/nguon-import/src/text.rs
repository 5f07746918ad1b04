//! Text as people type it: composed, squeezed, and folded for comparing.

mod latin;

use self::latin::{composed, decomposed, is_mark};

pub(crate) use self::latin::{capital, small};

/// Composed Latin letters (NFC), every kind of white space one space, none at the ends, nothing invisible.
#[must_use]
pub fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in composed(text).chars() {
        if c.is_whitespace() || c == '\u{2060}' {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !c.is_control()
            && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{feff}' | '\u{ad}')
        {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    // Taking something out between a letter and a mark can leave them to be composed.
    if out.chars().any(is_mark) { composed(&out) } else { out }
}

/// Small letters, as far as Latin ones are meant; no letter changes its length.
#[must_use]
pub(crate) fn lower(text: &str) -> String {
    text.chars().map(small).collect()
}

/// Lower case without marks, đ as d, words of letters and digits one space apart: `Xã/phường:` is `xa phuong`.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut apart = false;
    let letters = decomposed(text).into_iter().filter(|c| !is_mark(*c));
    for c in letters.map(small) {
        let c = match c {
            'đ' => 'd',
            '²' => '2',
            '\u{ff01}'..='\u{ff5e}' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
            // A letter whose small form has a mark.
            c if is_mark(c) => continue,
            c => c,
        };
        if c.is_alphanumeric() {
            if apart && !out.is_empty() {
                out.push(' ');
            }
            apart = false;
            out.push(c);
        } else {
            apart = true;
        }
    }
    out
}

/// The same without spaces: `Đồng Kỳ` and `đồng kì` differ, `HONG GIANG` and `Hồng-Giang` do not.
#[must_use]
pub fn squeeze(text: &str) -> String {
    let mut folded = fold(text);
    folded.retain(|c| c != ' ');
    folded
}

/// How many letters apart two folded texts are, if they are so near that one may be meant for the other.
#[must_use]
pub fn nearness(one: &str, other: &str) -> Option<usize> {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let most = if one.len().min(other.len()) >= 6 { 2 } else { 1 };
    if one.len().abs_diff(other.len()) > most || one.len().max(other.len()) > 40 || one.is_empty() {
        return None;
    }
    Some(distance(&one, &other)).filter(|distance| *distance <= most)
}

/// Levenshtein's distance.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut line: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut corner = i;
        let mut left = i + 1;
        if let Some(first) = line.first_mut() {
            *first = left;
        }
        for (b, cell) in other.iter().zip(line.iter_mut().skip(1)) {
            let best = (corner + usize::from(a != b)).min(left + 1).min(*cell + 1);
            corner = *cell;
            *cell = best;
            left = best;
        }
    }
    line.last().copied().unwrap_or(0)
}

/// How text went wrong on its way into the file, if that shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Garbled {
    /// Letters of an old font (TCVN3: `NguyÔn V¨n`).
    OldFont,
    /// UTF-8 read as another encoding (`Nguyá»…n`).
    Misread,
    /// Letters replaced by question marks (`Nguy?n`).
    Lost,
}

/// Looks for the marks of garbled Vietnamese.
#[must_use]
pub fn garbled(text: &str) -> Option<Garbled> {
    if text.contains('\u{fffd}') || has_question_inside(text) {
        return Some(Garbled::Lost);
    }
    if ["á»", "áº", "Ã¡", "Ã¢", "Ãª", "Ã´", "Ä‘", "Æ°", "Æ¡"].iter().any(|pair| text.contains(pair))
    {
        return Some(Garbled::Misread);
    }
    let mut before = ' ';
    for c in text.chars() {
        // In TCVN3 these stand for ă, â, ê, ô, ơ, ư, đ and accented vowels, so within a word.
        let sign = matches!(
            c,
            '¨' | '©'
                | 'ª'
                | '«'
                | '¬'
                | '\u{ad}'
                | '®'
                | 'µ'
                | '¸'
                | '¶'
                | '·'
                | '¹'
                | '»'
                | '¼'
                | '½'
                | '¾'
                | 'Ê'
                | 'Ç'
                | 'Ò'
                | 'Ô'
                | 'Û'
                | 'Ü'
                | 'Ý'
                | '×'
                | 'Ø'
                | 'ß'
        );
        let lower_before = before.is_lowercase();
        if sign && lower_before && (!c.is_uppercase() || before.is_ascii()) {
            return Some(Garbled::OldFont);
        }
        before = c;
    }
    None
}

fn has_question_inside(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    letters
        .windows(3)
        .any(|three| matches!(three, [a, '?', b] if a.is_alphabetic() && (b.is_alphabetic() || *b == '?')))
}

/// What somebody writes who means "the same as above".
#[must_use]
pub fn is_ditto(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    matches!(
        bare.as_str(),
        "\"" | "''" | "”" | "“" | "″" | "〃" | "//" | "nt" | "NT" | "Nt" | "n/t" | "N/T" | "n.t" | "nt."
    ) || matches!(fold(text).as_str(), "nhu tren" | "nt nhu tren" | "nhu dong tren")
}

/// What somebody writes who means "nothing".
#[must_use]
pub fn is_none(text: &str) -> bool {
    matches!(text, "-" | "--" | "—" | "–" | "x" | "X" | "." | "…" | "...")
        || matches!(fold(text).as_str(), "khong" | "khong co" | "chua co" | "k co" | "ko co" | "n a" | "none")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn typed_text_is_one_text() {
        for typed in [
            "Nguyễn Văn Bảy",
            "  Nguyễn\u{a0}Văn  Bảy ",
            "Nguye\u{302}\u{303}n Va\u{306}n Ba\u{309}y",
            "\u{feff}Nguyễn Văn\tBảy\n",
        ] {
            assert_eq!(tidy(typed), "Nguyễn Văn Bảy");
        }
        assert_eq!(fold("Xã/phường: ĐỒNG  Kỵ (cũ)"), "xa phuong dong ky cu");
        assert_eq!(fold("m²"), "m2");
    }

    #[test]
    fn garbled_text_is_told_by_what_garbled_it() {
        for (text, by) in [
            ("NguyÔn V¨n B¶y", Garbled::OldFont),
            ("Nguyá»…n VÄƒn Báº£y", Garbled::Misread),
            ("Nguy?n V?n B?y", Garbled::Lost),
            ("Nguy\u{fffd}n", Garbled::Lost),
        ] {
            assert_eq!(garbled(text), Some(by), "{text}");
        }
        for sound in ["Nguyễn Văn Bảy", "NGÔ THỊ ÊM", "Thửa số 2?", "12 m²", "Lò Văn Ún", "Đặng Thị Ô"]
        {
            assert_eq!(garbled(sound), None, "{sound}");
        }
    }

    #[test]
    fn near_is_a_slip_of_a_key() {
        for (one, other, near) in
            [("honggiang", "hongjiang", true), ("kep", "kap", true), ("kep", "chu", false), ("", "a", false)]
        {
            assert_eq!(nearness(one, other).is_some(), near, "{one} {other}");
        }
    }

    proptest! {
        #[test]
        fn tidying_and_folding_twice_is_once(text in "\\PC{0,60}") {
            let once = tidy(&text);
            prop_assert_eq!(tidy(&once), once.clone());
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded);
            let _ = (garbled(&text), is_ditto(&text), is_none(&text), squeeze(&text));
        }
    }
}
