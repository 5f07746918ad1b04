//! The page on one host and the records on another, as a real deployment has them: the page's origin is the authority's
//! or an NGO's, not the data operator's.

use nguon_tests::browser::{Browser, Look};
use nguon_tests::world::{Weather, free_port, world};

use crate::verdicts::UNLOGGED;
use crate::visit::visit;

const UNREACHABLE: &str = "Không kết nối được. Hãy thử lại khi có mạng.";

#[test]
fn page_of_one_host_reads_records_of_another() {
    let port = free_port();
    let operator = format!("http://127.0.0.1:{port}");
    let page = world().page_for(&operator);
    visit(&Look::default(), async |visit| {
        let hosts_store = tempfile::tempdir().expect("a folder");
        let host = world().server_on(0, hosts_store.path(), Some(&page.path().join("page")));
        let link = world().link("export").at(host.origin());

        // The operator is not there yet.
        assert_eq!(visit.open(&link).await, UNREACHABLE);
        let complaints = visit.browser.complaints().await;
        assert!(complaints.iter().all(|one| one.contains("ERR_CONNECTION_REFUSED")), "{complaints:?}");

        let store = world().store();
        let _operator = world().server_on(port, store.path(), None);
        visit.browser.click("#verdict .next button").await;
        visit.says(UNLOGGED).await;

        visit.browser.requests().await;
        visit.browser.reload().await;
        visit.says(UNLOGGED).await;
        let asked = visit.browser.requests().await;
        let of_operator: Vec<_> = asked.iter().filter(|request| request.url.starts_with(&operator)).collect();
        assert_eq!(of_operator.len(), 1, "{asked:?}");
        assert!(of_operator[0].url.contains("/v1/bundles/"), "{of_operator:?}");
        assert!(
            asked.iter().all(|request| request.url.starts_with(&operator) || request.url.starts_with(host.origin()))
        );
    });
}

/// The policy in force is the page's own, in the file: a host that sets no header cannot weaken it.
#[test]
fn policy_lets_the_page_talk_to_nobody_else() {
    visit(&Look::default(), async |visit| {
        visit.scan("household").await;
        let page = visit.browser;
        let stranger = visit.network(Weather::Fair);
        let elsewhere = stranger.origin();
        for attempt in [
            format!("fetch('{elsewhere}/x')"),
            format!("Object.assign(new Image(), {{src: '{elsewhere}/x.png'}})"),
            "document.body.append(Object.assign(document.createElement('script'), {text: 'window.evil = 1'}))"
                .to_owned(),
            format!("document.body.append(Object.assign(document.createElement('iframe'), {{src: '{elsewhere}/x'}}))"),
        ] {
            assert!(refused(page, &attempt).await, "{attempt}");
        }
        assert_eq!(stranger.paths(), Vec::<String>::new());
        assert_eq!(page.text_of("String(window.evil)").await, "undefined");
        page.complaints().await;
    });
}

/// Whether an attempt violates the page's policy.
async fn refused(page: &Browser, attempt: &str) -> bool {
    let script = format!(
        "new Promise(done => {{ addEventListener('securitypolicyviolation', () => done(true), {{once: true}}); \
         Promise.resolve({attempt}).catch(() => 0); }})"
    );
    page.value(&script).await == true
}
