//! Section 7's tables, as the code's permission table and section 4's CDDL give them. `cargo xtask spec` writes them into
//! the page between its marks.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use nguon_core::event::{EventName, Role};
use nguon_core::permission::{ChainSort, Permission, TABLE, Who};

const FROM: &str = "<!-- written by `cargo xtask spec` -->\n";
const UNTIL: &str = "<!-- end of what is written -->";

/// The page with its tables as they should be.
///
/// # Panics
/// The page has no marks, or its CDDL lacks an event.
pub fn written_into(page: &str) -> String {
    let (before, rest) = page.split_once(FROM).expect("SPEC.md has the mark where its tables begin");
    let (_, after) = rest.split_once(UNTIL).expect("SPEC.md has the mark where its tables end");
    format!("{before}{FROM}\n{}\n{}\n{UNTIL}{after}", permissions(), fields(page))
}

fn permissions() -> String {
    let mut table = "| on | event | by | needs |\n|---|---|---|---|\n".to_owned();
    for row in TABLE {
        let Permission { chains, event, who, needs } = row;
        let chains = joined(chains.iter().map(|chain| chain_name(*chain)));
        let who = joined(who.iter().map(|who| who_name(*who)));
        let _ = writeln!(table, "| {chains} | `{event}` | {who} | {needs} |");
    }
    table
}

/// A chain without its article.
pub fn chain_name(chain: ChainSort) -> String {
    chain.to_string().split_once(' ').expect("an article").1.to_owned()
}

/// A standing, in the page's words.
pub fn who_name(who: Who) -> &'static str {
    match who {
        Who::Authority => "authority",
        Who::Registrar => "registrar",
        Who::RegistrarAbove => "registrar above",
        Who::Custodian => "custodian",
        Who::Shipper => "carrier",
        Who::ConsignmentOwner => "owner of the consignment",
        Who::Approver => "approver",
        Who::Role(Role::Inspector) => "inspector",
        Who::Role(Role::Lab) => "lab",
        Who::Role(role) => panic!("SPEC.md has no word for {role:?} in its table"),
    }
}

fn fields(page: &str) -> String {
    let maps = maps(page);
    let mut table = "| event | required | may have |\n|---|---|---|\n".to_owned();
    for event in EventName::ALL {
        let map = maps.get(event.as_str()).unwrap_or_else(|| panic!("the CDDL has no map {event}"));
        let of = |optional: bool| {
            let members = map.iter().filter(|member| member.optional == optional);
            joined(members.map(|member| format!("`{}`{}", member.name, unit(member))))
        };
        let _ = writeln!(table, "| `{event}` | {} | {} |", of(false), of(true));
    }
    table
}

fn joined(words: impl Iterator<Item = impl AsRef<str>>) -> String {
    let words: Vec<_> = words.collect();
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    words.join(", ")
}

/// One entry of a map in the page's CDDL.
struct Member<'a> {
    name: &'a str,
    kind: &'a str,
    optional: bool,
}

/// What a number counts, where its name does not say it.
fn unit(member: &Member<'_>) -> &'static str {
    match (member.kind, member.name) {
        ("grams", _) => " (g)",
        ("moment", _) => " (s)",
        ("digest", _) => " (digest)",
        ("inputs", _) => " (g of each source)",
        (_, "allotments") => " (g of each plot)",
        (_, "dose") => " (mg or µl)",
        (_, "analytes") => " (µg/kg)",
        ("treatment", _) => " (section 4)",
        ("millicelsius", _) => " (0.001 °C)",
        ("area", _) => " (m²)",
        _ => "",
    }
}

/// The maps of section 4, by name.
fn maps(page: &str) -> BTreeMap<&str, Vec<Member<'_>>> {
    let (_, block) = page.split_once("\n```cddl\nrecord = ").expect("section 4 has its CDDL");
    let (block, _) = block.split_once("\n```").expect("the fence is closed");
    let mut found = BTreeMap::new();
    for (at, _) in block.match_indices(" = { ") {
        let name = block[..at].rsplit('\n').next().unwrap_or_default();
        let body = &block[at + " = { ".len()..];
        found.insert(name, members(body));
    }
    found
}

/// The entries up to the brace that closes the map.
fn members(body: &str) -> Vec<Member<'_>> {
    let (mut found, mut depth, mut from) = (Vec::new(), 0, 0);
    for (at, c) in body.char_indices() {
        match c {
            '{' | '[' | '(' => depth += 1,
            '}' if depth == 0 => {
                found.extend(member(&body[from..at]));
                return found;
            }
            '}' | ']' | ')' => depth -= 1,
            ',' if depth == 0 => {
                found.extend(member(&body[from..at]));
                from = at + 1;
            }
            _ => {}
        }
    }
    panic!("a map of the CDDL is not closed: {body}")
}

fn member(text: &str) -> Option<Member<'_>> {
    let (name, kind) = text.split_once(':')?;
    let name = name.trim();
    let optional = name.starts_with('?');
    Some(Member { name: name.trim_start_matches('?').trim(), kind: kind.trim(), optional })
}
