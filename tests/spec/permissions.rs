//! Section 7: the permission table, row by row.

use std::collections::BTreeSet;

use nguon_core::event::Role;
use nguon_core::permission::{ChainSort, TABLE, Who};

use crate::page::{quoted, rows};

type Entry = (String, String, String);

fn of_page() -> Vec<Entry> {
    let mut entries = Vec::new();
    for row in rows(7) {
        let [chains, events, who] = row[..] else { panic!("a row of three cells, not {row:?}") };
        for chain in chains.split(", ") {
            for event in quoted(events) {
                entries.extend(who.split(", ").map(|who| (chain.into(), event.into(), who.into())));
            }
        }
    }
    entries
}

fn chain_name(chain: ChainSort) -> String {
    chain.to_string().split_once(' ').expect("an article").1.to_owned()
}

fn who_name(who: Who) -> String {
    match who {
        Who::Authority => "authority".into(),
        Who::Registrar => "registrar".into(),
        Who::RegistrarAbove => "registrar above".into(),
        Who::Custodian => "custodian".into(),
        Who::Role(Role::Inspector) => "inspector".into(),
        Who::Role(Role::Lab) => "lab".into(),
        Who::Role(role) => panic!("SPEC.md has no word for {role:?} in its table"),
    }
}

#[test]
fn the_page_and_the_code_have_the_same_table() {
    let page = of_page();
    let of_code = TABLE.iter().flat_map(|row| {
        let pairs = row.chains.iter().flat_map(|chain| row.who.iter().map(|who| (*chain, *who)));
        pairs.map(|(chain, who)| (chain_name(chain), row.event.as_str().to_owned(), who_name(who)))
    });
    let code: Vec<Entry> = of_code.collect();
    let [in_page, in_code]: [BTreeSet<&Entry>; 2] = [page.iter().collect(), code.iter().collect()];
    assert_eq!(in_page, in_code);
    assert_eq!((page.len(), code.len()), (in_page.len(), in_code.len()), "no entry stands twice");
}
