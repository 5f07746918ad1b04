//! Communes of Tỉnh Bắc Ninh, by the names and codes of now and of before 1 July 2025, when Bắc Giang and Bắc Ninh became one
//! province and 316 communes became 99.

use std::collections::HashMap;
use std::sync::OnceLock;

use nguon_core::values::CommuneCode;

use crate::text::{fold, nearness, squeeze};

/// The facts; sources and licences in `data/README.md`.
const TABLE: &str = include_str!("../data/communes.tsv");

/// A commune that may be meant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// Its code now.
    pub code: CommuneCode,
    /// Its name now, with its kind: `Xã Hồng Giang`.
    pub name: String,
    /// What it was called by before, with its district: `Xã Đồng Tiến, Yên Thế`.
    pub was: Option<String>,
}

/// What became of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// One commune.
    One(Candidate),
    /// Several: a district or a kind (xã, phường, thị trấn) tells them apart.
    Several(Vec<Candidate>),
    /// None of this name; those whose names are near.
    None(Vec<Candidate>),
}

struct Entry {
    /// Kind and name as they are (or were).
    kind: Kind,
    name: &'static str,
    /// The name, squeezed.
    key: String,
    /// Folded districts; empty for a commune of now.
    districts: Vec<String>,
    district: &'static str,
    /// The commune of now.
    now: usize,
}

struct Table {
    now: Vec<(&'static str, Kind, &'static str)>,
    entries: Vec<Entry>,
    by_key: HashMap<String, Vec<usize>>,
    by_code: HashMap<&'static str, usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Xa,
    Phuong,
    ThiTran,
}

impl Kind {
    const fn word(self) -> &'static str {
        match self {
            Self::Xa => "Xã",
            Self::Phuong => "Phường",
            Self::ThiTran => "Thị trấn",
        }
    }
}

fn table() -> &'static Table {
    static READ: OnceLock<Table> = OnceLock::new();
    READ.get_or_init(|| {
        let mut table = Table { now: Vec::new(), entries: Vec::new(), by_key: HashMap::new(), by_code: HashMap::new() };
        for line in TABLE.lines() {
            let fields: Vec<&'static str> = line.split('\t').collect();
            let kind = |text: &str| match text {
                "P" => Kind::Phuong,
                "T" => Kind::ThiTran,
                _ => Kind::Xa,
            };
            match fields.as_slice() {
                ["N", code, of, name] => {
                    let now = table.now.len();
                    table.now.push((*code, kind(of), *name));
                    table.by_code.insert(*code, now);
                    add(
                        &mut table,
                        Entry { kind: kind(of), name, key: squeeze(name), districts: Vec::new(), district: "", now },
                        "",
                    );
                }
                ["O", code, of, name, districts, becomes, keys @ ..] => {
                    let Some(now) = table.by_code.get(becomes).copied() else { continue };
                    table.by_code.entry(*code).or_insert(now);
                    let district = districts.split(',').next().unwrap_or_default();
                    let districts = districts.split(',').map(squeeze).collect();
                    let keys = keys.first().copied().unwrap_or_default();
                    add(&mut table, Entry { kind: kind(of), name, key: squeeze(name), districts, district, now }, keys);
                }
                _ => {}
            }
        }
        table
    })
}

fn add(table: &mut Table, entry: Entry, keys: &str) {
    let at = table.entries.len();
    let own = entry.key.clone();
    for key in keys.split(',').filter(|key| !key.is_empty() && *key != own) {
        table.by_key.entry(key.to_owned()).or_default().push(at);
    }
    table.by_key.entry(own).or_default().push(at);
    table.entries.push(entry);
}

/// The name of a commune of now: `Xã Hồng Giang`.
#[must_use]
pub fn name_of(code: &CommuneCode) -> Option<String> {
    let table = table();
    let at = *table.by_code.get(code.as_str())?;
    table
        .now
        .get(at)
        .filter(|(found, _, _)| *found == code.as_str())
        .map(|(_, kind, name)| format!("{} {name}", kind.word()))
}

/// The same with the province, by the five digits of its code: `Xã Hồng Giang, Bắc Ninh`.
#[must_use]
pub fn in_province(code: &str) -> Option<String> {
    name_of(&code.parse().ok()?).map(|name| format!("{name}, Bắc Ninh"))
}

/// Finds the commune that is meant by a code or a name, with or without its kind, marks, district and province.
#[must_use]
pub fn find(text: &str, district: Option<&str>) -> Found {
    look(text, district, true)
}

/// The same; whether names that are near are looked for is the caller's choice, since that takes a while.
pub(crate) fn look(text: &str, district: Option<&str>, near: bool) -> Found {
    let table = table();
    if let Some(now) = code(text).and_then(|code| table.by_code.get(code.as_str())) {
        return candidate(*now, None).map_or(Found::None(Vec::new()), Found::One);
    }
    let mut parts = text
        .split([',', ';', '\n', '('])
        .flat_map(|part| part.split(" - "))
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let Some(first) = parts.next() else { return Found::None(Vec::new()) };
    let mut districts: Vec<String> = parts.chain(district).filter_map(district_key).collect();
    let (kind, name) = kind_and_name(first);
    let mut key = squeeze(name);
    let mut matching = table.by_key.get(&key).map(Vec::as_slice).unwrap_or_default();
    if matching.is_empty() {
        // "Hồng Giang Lục Ngạn": the district behind, without a comma.
        if let Some((commune, district)) = split_at_district(table, &key) {
            districts.push(district);
            key = commune;
            matching = table.by_key.get(&key).map(Vec::as_slice).unwrap_or_default();
        }
    }
    let entries: Vec<&Entry> = matching.iter().filter_map(|at| table.entries.get(*at)).collect();
    if entries.is_empty() && !near {
        return Found::None(Vec::new());
    }
    if entries.is_empty() {
        let near = table.entries.iter().filter_map(|entry| Some((nearness(&entry.key, &key)?, entry)));
        let mut near: Vec<(usize, &Entry)> = near.collect();
        near.sort_by_key(|(distance, _)| *distance);
        return Found::None(distinct(near.into_iter().map(|(_, entry)| entry).take(4)));
    }
    // Each hint narrows, unless it would leave none: people keep saying "huyện Lục Ngạn" of what is the town of Chũ.
    let narrowed = narrow(entries, |entry| {
        !entry.districts.is_empty() && districts.iter().any(|district| entry.districts.contains(district))
    });
    let narrowed = narrow(narrowed, |entry| entry.key == key);
    let narrowed = narrow(narrowed, |entry| kind.is_some_and(|kind| entry.kind == kind));
    // Marks tell Đồng Kỳ from Đồng Kỵ, if there are any.
    let spelled = lower(name);
    let narrowed =
        if fold(name) == spelled { narrowed } else { narrow(narrowed, |entry| lower(entry.name) == spelled) };
    let mut candidates = distinct(narrowed.into_iter());
    match candidates.len() {
        1 => candidates.pop().map_or(Found::None(Vec::new()), Found::One),
        _ => Found::Several(candidates),
    }
}

fn lower(name: &str) -> String {
    crate::text::lower(&crate::text::tidy(name))
}

fn narrow(entries: Vec<&Entry>, keep: impl Fn(&Entry) -> bool) -> Vec<&Entry> {
    let kept: Vec<&Entry> = entries.iter().copied().filter(|entry| keep(entry)).collect();
    if kept.is_empty() { entries } else { kept }
}

/// One candidate a commune of now, under the name that was found first.
fn distinct<'a>(entries: impl Iterator<Item = &'a Entry>) -> Vec<Candidate> {
    let mut seen = Vec::new();
    let mut candidates = Vec::new();
    for entry in entries {
        if !seen.contains(&entry.now) {
            seen.push(entry.now);
            candidates.extend(candidate(entry.now, Some(entry)));
        }
    }
    candidates
}

fn candidate(now: usize, entry: Option<&Entry>) -> Option<Candidate> {
    let (code, kind, name) = table().now.get(now)?;
    let was = entry.filter(|entry| !entry.district.is_empty());
    let was = was.map(|entry| format!("{} {}, {}", entry.kind.word(), entry.name, entry.district));
    Some(Candidate { code: code.parse().ok()?, name: format!("{} {name}", kind.word()), was })
}

/// Five digits, or four where a spreadsheet took the 0 away.
fn code(text: &str) -> Option<String> {
    let text = text.trim();
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    match text.len() {
        5 if digits => Some(text.to_owned()),
        4 if digits => Some(format!("0{text}")),
        _ => None,
    }
}

/// "TT. Chũ", "P.Đa Mai", "Xã Hồng Giang".
fn kind_and_name(text: &str) -> (Option<Kind>, &str) {
    const KINDS: [(&str, Kind); 15] = [
        ("thị trấn ", Kind::ThiTran),
        ("thi tran ", Kind::ThiTran),
        ("thị trấn.", Kind::ThiTran),
        ("tt. ", Kind::ThiTran),
        ("tt.", Kind::ThiTran),
        ("tt ", Kind::ThiTran),
        ("phường ", Kind::Phuong),
        ("phuong ", Kind::Phuong),
        ("p. ", Kind::Phuong),
        ("p.", Kind::Phuong),
        ("xã: ", Kind::Xa),
        ("xã ", Kind::Xa),
        ("xa ", Kind::Xa),
        ("x. ", Kind::Xa),
        ("x.", Kind::Xa),
    ];
    let lower = crate::text::lower(text);
    for (word, kind) in KINDS {
        if lower.starts_with(word)
            && let Some(rest) = text.get(word.len()..).map(str::trim).filter(|rest| !rest.is_empty())
        {
            // "Xa Lý" is a name of its own, typed without its mark or not.
            if word == "xa " && table().by_key.contains_key(&squeeze(text)) {
                continue;
            }
            return (Some(kind), rest);
        }
    }
    (None, text)
}

/// A district's name without its kind; nothing for the province, which names two of them.
fn district_key(text: &str) -> Option<String> {
    let folded = fold(text);
    let prefixes = ["huyen ", "thi xa ", "thanh pho ", "quan ", "tx ", "tp ", "h ", "q "];
    let rest = prefixes.iter().find_map(|prefix| folded.strip_prefix(prefix));
    if rest.is_none() && (folded.starts_with("tinh ") || folded == "viet nam") {
        return None;
    }
    let key = squeeze(rest.unwrap_or(&folded));
    // Said without "thành phố", these two are the province.
    (rest.is_some() || (key != "bacgiang" && key != "bacninh")).then_some(key)
}

fn split_at_district(table: &Table, key: &str) -> Option<(String, String)> {
    let districts = table.entries.iter().flat_map(|entry| &entry.districts);
    districts
        .filter_map(|district| {
            let commune = key.strip_suffix(district.as_str())?;
            let commune =
                ["huyen", "thixa", "thanhpho"].iter().find_map(|kind| commune.strip_suffix(kind)).unwrap_or(commune);
            table.by_key.contains_key(commune).then(|| (commune.to_owned(), district.clone()))
        })
        .next()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn one(text: &str, district: Option<&str>) -> String {
        match find(text, district) {
            Found::One(candidate) => candidate.code.to_string(),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn the_table_keeps_its_laws() {
        let table = table();
        let old = TABLE.lines().filter(|line| line.starts_with("O\t")).count();
        assert_eq!((table.now.len(), old, table.entries.len()), (99, 316, 415));
        let codes: Vec<&str> = table.now.iter().map(|(code, _, _)| *code).collect();
        assert!(codes.is_sorted() && codes.iter().collect::<BTreeSet<_>>().len() == 99);
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let fields: Vec<&str> = line.split('\t').collect();
            assert!(
                fields[1].parse::<CommuneCode>().is_ok()
                    && crate::text::tidy(line.split('\t').nth(3).unwrap()) == fields[3],
                "{line}"
            );
            if fields[0] == "O" {
                assert!(codes.contains(&fields[5]), "{line}");
            }
        }
        // A commune of now took the code of one of those it was made of, and no code means two things.
        for code in &codes {
            let own = format!("O\t{code}\t");
            let line = TABLE.lines().find(|line| line.starts_with(&own)).unwrap();
            assert_eq!(line.split('\t').nth(5), Some(*code), "{line}");
        }
    }

    #[test]
    fn the_page_of_the_shopper_knows_the_same_communes() {
        let page = include_str!("../../../web/verify/src/communes.txt");
        for line in page.lines().filter(|line| !line.is_empty()) {
            let (code, rest) = line.split_at(5);
            let name = rest.get(1..).unwrap().split(':').next().unwrap();
            let kind = if rest.starts_with('P') { "Phường" } else { "Xã" };
            assert_eq!(name_of(&code.parse().unwrap()).as_deref(), Some(format!("{kind} {name}").as_str()));
        }
    }

    #[test]
    fn every_name_and_code_leads_to_what_it_became() {
        let table = table();
        for line in TABLE.lines().filter(|line| line.starts_with("O\t")) {
            let fields: Vec<&str> = line.split('\t').collect();
            let (kind, name, districts, now) = (fields[2], fields[3], fields[4], fields[5]);
            assert_eq!(one(fields[1], None), now);
            let word = match kind {
                "P" => "phường",
                "T" => "thị trấn",
                _ => "xã",
            };
            for district in districts.split(',') {
                let plain = fold(&format!("{word} {name}"));
                assert_eq!(one(&format!("{word} {name}, huyện {district}, tỉnh Bắc Giang"), None), now, "{line}");
                assert_eq!(one(&plain, Some(&format!("H. {district}"))), now, "{line}");
                assert_eq!(one(name, Some(district)).len(), 5);
            }
        }
        for (code, kind, name) in &table.now {
            assert_eq!(one(code, None), *code);
            // A name of now may have been that of another commune as well; then the kind or the marks decide, or it is asked back.
            if let Found::One(found) = find(&format!("{} {name}", kind.word()), None) {
                assert!(found.code.as_str() == *code || found.was.is_some());
            }
        }
    }

    #[test]
    fn names_are_found_however_they_are_typed() {
        let typed = [
            "Hồng Giang",
            "xã Hồng Giang",
            "HONG GIANG",
            "X. Hồng Giang",
            "Hồng Giang - Lục Ngạn - Bắc Giang",
            "Hồng Giang Lục Ngạn",
        ];
        let codes: BTreeSet<String> = typed.iter().map(|text| one(text, None)).collect();
        assert_eq!(codes.len(), 1, "{codes:?}");
        assert_eq!(one("TT. Chũ", None), "07525");
        assert_eq!(one("7525", None), "07525");
        assert_eq!(one("Xa Lý", None), one("Sa Lý", None));
    }

    #[test]
    fn what_can_be_two_communes_is_asked_back() {
        let Found::Several(candidates) = find("Đồng Tiến", None) else { panic!("there are two") };
        let was: Vec<_> = candidates.iter().filter_map(|candidate| candidate.was.as_deref()).collect();
        assert_eq!(was, ["Xã Đồng Tiến, Yên Thế", "Xã Đồng Tiến, Hiệp Hòa"]);
        assert_eq!(one("Đồng Tiến", Some("Yên Thế")), "07246");
        let Found::Several(candidates) = find("dong tien", None) else { panic!("without marks there are three") };
        assert_eq!(candidates.len(), 3);
        let Found::None(near) = find("Hồng Giag", None) else { panic!("no such name") };
        assert!(near.iter().any(|candidate| candidate.was.as_deref() == Some("Phường Hồng Giang, Chũ")), "{near:?}");
        assert_eq!(find("Bát Tràng", None), Found::None(Vec::new()));
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in "\\PC{0,40}", district in "\\PC{0,20}") {
            let _ = find(&text, Some(&district));
        }
    }
}
