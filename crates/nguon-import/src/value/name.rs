//! Names of people, as they should stand in a list.

use crate::text::{capital, fold, lower, small, tidy};

/// A person's name: composed, in the usual capitals, without the polite word before it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonName(String);

/// Why a cell is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameFault {
    /// Digits or signs in it.
    Characters,
    /// A single letter or word too short for a name.
    TooShort,
    /// Longer than names are.
    TooLong,
}

impl PersonName {
    /// Reads a name, and says whether it stands otherwise than it was written.
    pub fn read(text: &str) -> Result<(Self, bool), NameFault> {
        let written = tidy(text);
        if written.chars().count() > 80 {
            return Err(NameFault::TooLong);
        }
        // A word in brackets tells people of one name apart: "Nguyễn Văn Nam (Hùng)".
        let permitted = |c: char| c.is_alphabetic() || matches!(c, ' ' | '\'' | '’' | '-' | '.' | '(' | ')' | ',');
        if !written.chars().all(permitted) {
            return Err(NameFault::Characters);
        }
        let bare = without_address(&written);
        if bare.chars().filter(|c| c.is_alphabetic()).count() < 2 {
            return Err(NameFault::TooShort);
        }
        let name = if has_odd_capitals(bare) { capitalised(bare) } else { bare.to_owned() };
        let changed = name != written;
        Ok((Self(name), changed))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// For comparing: marks count, since Hùng and Hưng are two people, capitals do not.
    #[must_use]
    pub fn key(&self) -> String {
        let lower = lower(&self.0);
        lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// For comparing with a list that was typed without marks.
    #[must_use]
    pub fn bare_key(&self) -> String {
        fold(&self.0)
    }
}

/// Without "Ông", "Bà", "Hộ ông" before at least two further words.
fn without_address(name: &str) -> &str {
    const ADDRESS: [&str; 8] =
        ["hộ gia đình ông ", "hộ gia đình bà ", "hộ ông ", "hộ bà ", "ông ", "bà ", "anh ", "chị "];
    let lower = lower(name);
    for address in ADDRESS {
        // Lower case of Vietnamese letters has as many bytes as upper case; if some other letter has not, nothing is cut.
        if lower.starts_with(address) && lower.len() == name.len() {
            let rest = name.get(address.len()..).unwrap_or(name).trim_start_matches([':', '.', ' ']);
            if rest.contains(' ') {
                return rest;
            }
        }
    }
    name
}

/// All capitals, or all small.
fn has_odd_capitals(name: &str) -> bool {
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    letters().count() > 2 && (letters().all(|c| !c.is_lowercase()) || letters().all(|c| !c.is_uppercase()))
}

fn capitalised(name: &str) -> String {
    let mut begins = true;
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if begins {
            out.push(capital(c));
        } else {
            out.push(small(c));
        }
        begins = !c.is_alphabetic() && !matches!(c, '\'' | '’');
    }
    tidy(&out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_stand_in_the_usual_capitals() {
        for (typed, name, changed) in [
            ("Nguyễn Văn Bảy", "Nguyễn Văn Bảy", false),
            ("NGUYỄN VĂN BẢY", "Nguyễn Văn Bảy", true),
            ("nguyễn  văn bảy ", "Nguyễn Văn Bảy", true),
            ("Hộ ông Nguyễn Văn Bảy", "Nguyễn Văn Bảy", true),
            ("Bà Lò Thị Ún", "Lò Thị Ún", true),
            ("Ông Tư", "Ông Tư", false),
            ("Nguyễn Văn Nam (Hùng)", "Nguyễn Văn Nam (Hùng)", false),
            ("Nguye\u{302}\u{303}n Văn Bảy", "Nguyễn Văn Bảy", false),
        ] {
            assert_eq!(PersonName::read(typed), Ok((PersonName(name.into()), changed)), "{typed}");
        }
        for (typed, fault) in
            [("0912345678", NameFault::Characters), ("A", NameFault::TooShort), ("--", NameFault::TooShort)]
        {
            assert_eq!(PersonName::read(typed), Err(fault), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn a_name_that_was_read_is_read_the_same(text in "[A-Za-zÀ-ỹ ().'-]{0,40}") {
            if let Ok((name, _)) = PersonName::read(&text) {
                prop_assert_eq!(PersonName::read(name.as_str()).map(|(name, _)| name.key()), Ok(name.key()));
            }
        }

        #[test]
        fn nothing_makes_it_panic(text in "\\PC{0,60}") {
            let _ = PersonName::read(&text);
        }
    }
}
