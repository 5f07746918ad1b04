//! A person's data is erased: the history verifies as before, and the page says that the name is not published.

use std::process::Command;

use nguon_tests::browser::Look;
use nguon_tests::world::world;
use rusqlite::Connection;

use crate::verdicts::UNLOGGED;
use crate::visit::{Visit, visit};

const NAME: &str = "Giáp Văn Hùng";
const WITHHELD: &str = "tên không công bố";

/// The chain id of the person of this name, as the erasing command takes it.
fn person(visit: &Visit<'_>, name: &str) -> String {
    let database = Connection::open(visit.store.path().join("nguon.personal.db")).expect("the file of openings");
    let query = "SELECT lower(hex(about)) FROM opening WHERE path = 'enrolled/name' AND instr(value, CAST(?1 AS BLOB))";
    database.query_row(query, [name], |row| row.get(0)).expect("a person of this name")
}

#[test]
fn erased_name_is_gone_and_the_history_still_verifies() {
    visit(&Look::default(), async |visit| {
        let page = visit.browser;
        for lot in ["household", "export"] {
            assert_eq!(visit.scan(lot).await, UNLOGGED);
            page.unfold("main").await;
            assert!(page.text("main").await.contains(NAME), "{lot}");
        }

        let person = person(visit, NAME);
        let mut erase = Command::new(world().program("nguon"));
        let home = tempfile::tempdir().expect("a folder");
        erase.arg("--home").arg(home.path()).args(["erase", &person, "--yes", "--store"]).arg(visit.store.path());
        let erased = erase.output().expect("nguon starts");
        assert!(erased.status.success(), "{}", String::from_utf8_lossy(&erased.stderr));

        for lot in ["household", "export"] {
            assert_eq!(visit.scan(lot).await, UNLOGGED, "{lot}");
            page.unfold("main").await;
            let text = page.text("main").await;
            assert!(!text.contains(NAME) && text.contains(WITHHELD), "{lot}: {text}");
        }
    });
}
