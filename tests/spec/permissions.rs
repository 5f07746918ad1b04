//! Section 7: its tables are what the code gives.

use std::collections::BTreeSet;

use nguon_core::event::EventName;
use nguon_core::permission::TABLE;

use crate::page::{PAGE, quoted, rows};
use crate::tables::{chain_name, who_name, written_into};

#[test]
fn the_page_has_the_tables_that_the_code_gives() {
    assert!(written_into(PAGE) == PAGE, "write them with `cargo xtask spec`");
}

type Entry = (String, String, String);

/// Read back from the page, every entry of the code's table stands there, once.
#[test]
fn a_reader_of_the_page_finds_every_entry_once() {
    let mut page: Vec<Entry> = Vec::new();
    for row in rows(7).iter().filter(|row| row.len() == 4) {
        let event = quoted(row[1])[0];
        for chain in row[0].split(", ") {
            page.extend(row[2].split(", ").map(|who| (chain.into(), event.into(), who.into())));
        }
    }
    let code: BTreeSet<Entry> = TABLE
        .iter()
        .flat_map(|row| {
            let pairs = row.chains.iter().flat_map(|chain| row.who.iter().map(|who| (*chain, *who)));
            pairs.map(|(chain, who)| (chain_name(chain), row.event.as_str().to_owned(), who_name(who).to_owned()))
        })
        .collect();
    assert_eq!(page.len(), code.len(), "no entry stands twice");
    assert_eq!(page.into_iter().collect::<BTreeSet<_>>(), code);
}

/// An event without a row could be recorded by nobody; a correction asks the row of what it corrects.
#[test]
fn every_event_has_a_row() {
    for event in EventName::ALL.iter().filter(|event| **event != EventName::Corrected) {
        assert!(TABLE.iter().any(|row| row.event == *event), "{event}");
    }
    assert!(TABLE.iter().all(|row| row.event != EventName::Corrected));
}

#[test]
fn a_page_with_another_word_in_its_tables_is_noticed() {
    for (right, wrong) in [("| custodian, carrier |", "| custodian |"), ("another key |", "any key |"), ("(g)", "(kg)")]
    {
        let drifted = PAGE.replacen(right, wrong, 1);
        assert_ne!(drifted, PAGE, "{right}");
        assert_eq!(written_into(&drifted), PAGE, "{right}");
    }
    // A field that the CDDL gains shows in the table.
    let grown = PAGE.replacen("sold = { grams: grams,", "sold = { grams: grams, to: id32,", 1);
    assert_ne!(grown, PAGE);
    assert_ne!(written_into(&grown), grown);
}
