//! What holds of every message in every language.

use std::path::Path;

use super::*;

fn placeholders(message: &str) -> Vec<&str> {
    let mut names: Vec<_> =
        message.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name)).collect();
    names.sort_unstable();
    names
}

fn all() -> impl Iterator<Item = (Lang, &'static str, &'static str)> {
    Lang::ALL.into_iter().flat_map(|lang| of(lang).entries().into_iter().map(move |(name, text)| (lang, name, text)))
}

#[test]
fn every_language_fills_in_the_same_values() {
    for lang in Lang::ALL {
        for ((name, vi), (_, other)) in of(Lang::Vi).entries().into_iter().zip(of(lang).entries()) {
            assert_eq!(placeholders(vi), placeholders(other), "{lang:?} {name}");
        }
    }
}

#[test]
fn no_message_is_empty_and_none_shouts() {
    for (lang, name, text) in all() {
        assert!(!text.is_empty() && text == text.trim(), "{lang:?} {name}");
        assert!(!text.contains(['!', '！']), "{lang:?} {name}");
    }
}

#[test]
fn nothing_more_is_said_than_was_proven() {
    let boasts = ["blockchain", "100%", "100 %", "secure", "guarantee", "区块链", "保证", "保証", "보증", "보장"];
    for (lang, name, text) in all() {
        let text = text.to_lowercase();
        assert!(!boasts.iter().any(|phrase| text.contains(phrase)), "{lang:?} {name}: {text}");
    }
}

#[test]
fn each_language_is_composed_and_in_its_own_script() {
    let loose = |letter| matches!(letter, '\u{300}'..='\u{36f}' | '\u{3099}'..='\u{309c}' | '\u{1100}'..='\u{11ff}');
    for (lang, name, text) in all() {
        assert!(!text.chars().any(loose), "{lang:?} {name} is not NFC");
        let (han, kana, hangul) = (
            text.chars().any(|letter| matches!(letter, '\u{4e00}'..='\u{9fff}')),
            text.chars().any(|letter| matches!(letter, '\u{3040}'..='\u{30ff}')),
            text.chars().any(|letter| matches!(letter, '\u{ac00}'..='\u{d7a3}')),
        );
        let own = match lang {
            Lang::Vi | Lang::En => !han && !kana && !hangul,
            Lang::Zh => han && !kana && !hangul,
            Lang::Ja => (han || kana) && !hangul,
            Lang::Ko => hangul && !han && !kana,
        };
        assert!(own, "{lang:?} {name}: {text}");
    }
}

#[test]
fn vietnamese_is_written_in_one_spelling() {
    for (name, text) in of(Lang::Vi).entries() {
        assert!(!text.contains("khoá") && !text.contains("hoá"), "{name}");
    }
}

/// Words that nobody says are five translations that nobody reads: of this program's words and of the page's.
#[test]
fn every_message_is_said_somewhere() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut here, mut there) = (String::new(), String::new());
    read(&sources.join("src"), &mut here);
    read(&sources.join("../verify/src"), &mut there);
    let said = |name: &str, source: &str| source.contains(&format!(".{name}"));
    for (name, _) in of(Lang::Vi).entries() {
        assert!(said(name, &here), "{name}");
    }
    for (name, _) in nguon_verify_app::messages::of(Lang::Vi).entries() {
        assert!(said(name, &there) || there.contains(&format!("=> {name},")) || said(name, &here), "{name}");
    }
}

/// All that is written in a folder, but for the tables of messages.
fn read(folder: &Path, all: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("messages") {
            read(&path, all);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            all.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}
