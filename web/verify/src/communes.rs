//! Communes of Tỉnh Bắc Ninh since 1 July 2025 and the names that went into each. Records carry the five-digit code;
//! people know the names, the old ones better than the new.

use std::sync::OnceLock;

/// One commune a line: code, P (phường) or X (xã), name, and after a colon the names before the merger of 2025.
/// Source: dvhcvn, mapping of 2025-07-01 (MIT).
pub const TEXT: &str = include_str!("communes.txt");
/// The file of it that the page fetches: until it has come, communes are written as their codes.
pub const FILE: &str = "communes.txt";

static TABLE: OnceLock<&str> = OnceLock::new();

/// Takes the text.
pub fn learn(text: String) {
    let _ = TABLE.set(text.leak());
}

fn table() -> &'static str {
    // Programs that are no page carry it.
    TABLE.get().copied().unwrap_or(if cfg!(target_arch = "wasm32") { "" } else { TEXT })
}

const PROVINCE: &str = "Tỉnh Bắc Ninh";

/// A commune by its names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Commune {
    urban: bool,
    name: &'static str,
    before: &'static str,
}

impl Commune {
    /// The commune of a five-digit code, if it lies in the province.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        if code.len() != 5 {
            return None;
        }
        let names = table().lines().find_map(|line| line.strip_prefix(code))?;
        let (names, before) = names.split_once(':').unwrap_or((names, ""));
        let urban = names.starts_with('P');
        Some(Self { urban, name: names.strip_prefix(['P', 'X']).unwrap_or(names), before })
    }

    /// Its name with its kind: "Phường Chũ".
    #[must_use]
    pub fn name(self) -> String {
        let kind = if self.urban { "Phường" } else { "Xã" };
        [kind, "\u{a0}", &self.name.replace(' ', "\u{a0}")].concat()
    }

    /// Whether others than its own name went into it.
    #[must_use]
    pub const fn has_former_names(self) -> bool {
        !self.before.is_empty()
    }

    /// The names that went into it in 2025, as a list; empty if only its own did.
    #[must_use]
    pub fn before(self) -> String {
        self.before.replace(',', ", ")
    }
}

/// A commune as the page writes it: its name and province, or the bare code of one elsewhere.
#[must_use]
pub fn place(code: &str) -> String {
    Commune::of(code).map_or_else(|| code.to_owned(), |commune| [&*commune.name(), ", ", PROVINCE].concat())
}

/// Several communes in one line, the province named once.
#[must_use]
pub fn places(codes: &[String]) -> String {
    let names: Vec<String> =
        codes.iter().map(|code| Commune::of(code).map_or_else(|| code.clone(), Commune::name)).collect();
    let ours = !codes.is_empty() && codes.iter().all(|code| Commune::of(code).is_some());
    let names = names.join(", ");
    if ours { [&*names, ", ", PROVINCE].concat() } else { names }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orchards_are_found_by_the_names_people_know() {
        let chu = Commune::of("07525").unwrap();
        assert_eq!(chu.name(), "Phường\u{a0}Chũ");
        assert_eq!(chu.before(), "Thanh Hải, Hồng Giang, Trù Hựu");
        let both = ["07525", "07552"].map(str::to_owned);
        assert_eq!(places(&both), "Phường\u{a0}Chũ, Xã\u{a0}Kiên\u{a0}Lao, Tỉnh Bắc Ninh");
        assert_eq!(places(&[]), "");
        assert_eq!(Commune::of("07246").unwrap().name(), "Xã\u{a0}Xuân\u{a0}Lương");
        assert_eq!(place("07582"), "Xã\u{a0}Lục\u{a0}Ngạn, Tỉnh Bắc Ninh");
        assert!(Commune::of("07582").unwrap().before().contains("Giáp Sơn"));
        for code in ["07552", "07603", "07330"] {
            assert!(Commune::of(code).is_some(), "{code}");
        }
    }

    #[test]
    fn every_line_of_the_table_can_be_read() {
        let mut codes: Vec<_> = TEXT.lines().map(|line| &line[..5]).collect();
        assert_eq!(codes.len(), 99);
        for code in &codes {
            assert!(code.bytes().all(|digit| digit.is_ascii_digit()), "{code}");
            assert!(!Commune::of(code).unwrap().name().is_empty());
        }
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), 99);
    }

    #[test]
    fn a_code_from_elsewhere_is_shown_as_it_is() {
        assert_eq!(place("00001"), "00001");
        assert_eq!(place("nowhere"), "nowhere");
        assert_eq!(place(""), "");
        assert_eq!(place("Xã"), "Xã");
    }
}
