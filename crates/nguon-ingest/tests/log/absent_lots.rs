//! "No such lot" is the log's word, not the server's.

use nguon_core::values::Time;
use nguon_core::verify::verify_absence;

use crate::cosigners::now;
use crate::site::{COSE, Site};
use crate::world::label;

#[test]
fn an_unknown_label_is_absent_and_provably_so() {
    let mut site = Site::new();
    site.world.batch(Some("L1"));
    let running = site.start();
    site.post_all(&running);
    let answer = running.get("/v1/bundles/01/09521234543213/10/L2");
    assert_eq!((answer.status, answer.header("content-type")), (404, "application/cbor"));
    let at = Time::new(now()).unwrap();
    let absent = |lot: &str| {
        let label = label(lot);
        verify_absence(&answer.body, &site.world.trust, label.gtin.get(), label.lot.get(), at)
    };
    let found = absent("L2").unwrap();
    assert_eq!((found.checkpoint.size, found.stale), (running.checkpoint().0.size, false));
    assert!(absent("L1").is_err(), "a lot that is there cannot be proven absent");

    let serial = running.get("/v1/bundles/01/09521234543213/10/L2/21/7");
    assert_eq!((serial.status, serial.header("content-type")), (404, "application/cbor"));
    let json = [("accept", "application/json")];
    running.get_with("/v1/bundles/01/09521234543213/10/L2", &json).problem(404, "no_such_batch");
}

#[test]
fn a_label_is_absent_until_the_checkpoint_that_holds_it() {
    let mut site = Site::new();
    let running = site.start();
    site.post_all(&running);
    site.cosigners.auditor.sleep(true);
    let base = site.world.records.len();
    site.world.batch(Some("L1"));
    for record in &site.world.records[base..] {
        assert_eq!(running.post("/v1/records?wait=0", COSE, record.as_bytes()).status, 202);
    }
    let path = "/v1/bundles/01/09521234543213/10/L1";
    let answer = running.get(path);
    let l1 = label("L1");
    let at = Time::new(now()).unwrap();
    assert_eq!(answer.status, 404);
    verify_absence(&answer.body, &site.world.trust, l1.gtin.get(), l1.lot.get(), at).unwrap();
    site.cosigners.auditor.sleep(false);
    running.until("the label", || running.get(path).status == 200);
}
