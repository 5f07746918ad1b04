//! The operator changes one byte in its database, while the server runs: the page refuses the record and names it.

use nguon_core::envelope::SignedRecord;
use nguon_core::event::EventName;
use nguon_core::record::Record;
use nguon_tests::browser::Look;
use nguon_tests::world::{Link, world};
use rusqlite::{Connection, params};

use crate::verdicts::UNLOGGED;
use crate::visit::{Visit, visit};

/// A record as the database holds it.
struct Row {
    position: i64,
    /// The first bytes of its chain's id, as the page writes them.
    chain: String,
    sequence: u64,
    bytes: Vec<u8>,
}

impl Row {
    /// The page's sentence when this record is not what was signed.
    fn refused(&self, what: &str) -> String {
        let Self { chain, sequence, .. } = self;
        format!("Hồ sơ không hợp lệ ở bước {sequence} của chuỗi {chain} ({what}): chữ ký không khớp với nội dung.")
    }
}

impl Visit<'_> {
    fn database(&self) -> Connection {
        Connection::open(self.store.path().join("nguon.db")).expect("the server's database")
    }

    /// The record of a labelled lot's chain in which this happened.
    fn row(&self, link: &Link, event: EventName) -> Row {
        let database = self.database();
        let mut records = database
            .prepare(
                "SELECT position, lower(substr(hex(chain_id), 1, 8)), sequence, bytes \
                 FROM record JOIN label USING (chain_id) WHERE gtin = ?1 AND lot = ?2 ORDER BY sequence",
            )
            .expect("the store's tables");
        let rows = records.query_map(params![link.gtin(), link.lot()], |row| {
            Ok(Row { position: row.get(0)?, chain: row.get(1)?, sequence: row.get(2)?, bytes: row.get(3)? })
        });
        let happened = |row: &Row| {
            let signed = SignedRecord::from_bytes(row.bytes.clone()).expect("a stored record is one");
            Record::from_payload(signed.payload()).expect("a stored record decodes").event.name() == event
        };
        rows.expect("the lot's records").map_while(Result::ok).find(happened).expect("the lot has such a record")
    }

    /// Stores a record with one bit changed.
    fn flip(&self, row: &Row, at: usize) {
        let mut bytes = row.bytes.clone();
        bytes[at] ^= 1;
        self.store(row, &bytes);
    }

    fn store(&self, row: &Row, bytes: &[u8]) {
        let update = "UPDATE record SET bytes = ?1 WHERE position = ?2";
        let changed = self.database().execute(update, params![bytes, row.position]).expect("the database takes it");
        assert_eq!(changed, 1);
    }
}

/// Where the last byte of `grams` stands: the kilograms that somebody would like to be other.
fn weight(row: &Row) -> usize {
    let key = row.bytes.windows(5).rposition(|window| window == b"grams").expect("a record with grams");
    // One byte of head: a 32-bit number follows.
    assert_eq!(row.bytes[key + 5], 0x1a);
    key + 9
}

#[test]
fn changed_weight_is_refused_and_the_record_is_named() {
    visit(&Look::default(), async |visit| {
        assert_eq!(visit.scan("household").await, UNLOGGED);
        let row = visit.row(world().link("household"), EventName::Harvested);
        visit.flip(&row, weight(&row));
        visit.browser.reload().await;
        assert_eq!(visit.verdict().await, row.refused("Thu hoạch"));
        let page = visit.browser;
        assert_eq!(page.count("#verdict.alert [role=alert] h1").await, 1);
        assert_eq!(page.count(".journey").await, 0, "nothing of what it says is shown as if it held");
        let checks = page.text(".checks").await;
        assert!(checks.contains("Đây là bản ghi không đạt, đúng như máy chủ gửi đến."), "{checks}");

        visit.store(&row, &row.bytes);
        page.reload().await;
        assert_eq!(visit.verdict().await, UNLOGGED);
    });
}

#[test]
fn changed_signature_is_refused() {
    visit(&Look::default(), async |visit| {
        let row = visit.row(world().link("household"), EventName::Opened);
        visit.flip(&row, row.bytes.len() - 1);
        assert_eq!(visit.scan("household").await, row.refused("Mở lô"));
    });
}

#[test]
fn changed_record_of_a_household_spoils_the_lot_it_was_merged_into() {
    visit(&Look::default(), async |visit| {
        assert_eq!(visit.scan("export").await, UNLOGGED);
        let row = visit.row(world().link("household"), EventName::Harvested);
        visit.flip(&row, weight(&row));
        assert_eq!(visit.scan("export").await, row.refused("Thu hoạch"));
    });
}

#[test]
fn removed_record_leaves_a_hole() {
    visit(&Look::default(), async |visit| {
        let row = visit.row(world().link("household"), EventName::Harvested);
        let removed = visit.database().execute("DELETE FROM record WHERE position = ?1", [row.position]);
        assert_eq!(removed.expect("the database takes it"), 1);
        let sentence = visit.scan("household").await;
        let Row { chain, sequence, .. } = &row;
        // What stands in its place was signed for another.
        let place = format!("Hồ sơ không hợp lệ ở bước {sequence} của chuỗi {chain} (Giao hàng): ");
        assert_eq!(sentence, place + "có bản ghi bị thêm, bớt, sửa hoặc đổi chỗ.");
    });
}
