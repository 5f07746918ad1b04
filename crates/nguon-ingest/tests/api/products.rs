//! The list of plant protection products.

use std::sync::Arc;

use nguon_ingest::{Config, read_products};

use crate::live::Live;
use crate::world::World;

#[test]
fn without_a_list_it_is_empty() {
    let live = Live::start(&World::new().trust);
    assert_eq!(live.get("/v1/products").json(), serde_json::json!([]));
}

#[test]
fn the_list_is_served_by_name_and_not_sent_twice() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("products.json");
    let text = r#"[
        {"name": "Thuốc mẫu B", "active_ingredient": "Mancozeb", "phi_days": 14, "registration": "1/CNĐKT-BVTV"},
        {"name": "Thuốc mẫu A", "active_ingredient": "Abamectin + Emamectin", "phi_days": 0}
    ]"#;
    std::fs::write(&file, text).unwrap();
    let products = read_products(&file).unwrap();
    let live = Live::with(&World::new().trust, |config| Config { products: Arc::clone(&products), ..config });
    let answer = live.get("/v1/products");
    let expected = serde_json::json!([
        {"name": "Thuốc mẫu A", "active_ingredient": "Abamectin + Emamectin", "phi_days": 0},
        {"name": "Thuốc mẫu B", "active_ingredient": "Mancozeb", "phi_days": 14, "registration": "1/CNĐKT-BVTV"},
    ]);
    assert_eq!((answer.status, answer.json()), (200, expected));
    let again = live.get_with("/v1/products", &[("if-none-match", answer.header("etag"))]);
    assert_eq!((again.status, again.body.len()), (304, 0));
    assert_eq!(again.header("access-control-allow-origin"), "*");
}

#[test]
fn a_list_that_is_none_says_where_it_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("products.json");
    let one = r#"{"name": "A", "active_ingredient": "B", "phi_days": 7}"#;
    for (text, wanted) in [
        ("".to_owned(), "EOF"),
        ("{}".to_owned(), "a list is expected"),
        (r#"[{"name": "A", "phi_days": 7}]"#.to_owned(), "active_ingredient"),
        (r#"[{"name": "A", "active_ingredient": "B", "phi_days": 7, "days": 7}]"#.to_owned(), "unknown field `days`"),
        (r#"[{"name": "", "active_ingredient": "B", "phi_days": 7}]"#.to_owned(), "1 to 120"),
        (r#"[{"name": "A", "active_ingredient": "B", "phi_days": 4000}]"#.to_owned(), "line 1"),
        (r#"[{"name": "Va\u0309i", "active_ingredient": "B", "phi_days": 7}]"#.to_owned(), "NFC"),
        (format!("[{one}, {one}]"), "product 2 (A) is there twice"),
    ] {
        std::fs::write(&file, &text).unwrap();
        let error = read_products(&file).unwrap_err().to_string();
        assert!(error.contains(wanted) && error.contains("products.json"), "{text}: {error}");
    }
    let missing = read_products(&folder.path().join("missing")).unwrap_err().to_string();
    assert!(missing.contains("missing"), "{missing}");
}
