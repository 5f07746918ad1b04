//! A deployment with a log: four witnesses, a map auditor, the server with its sequencer, and the page that asks them all.

use std::time::Duration;

use nguon_core::event::{RecallReason, Recalled};
use nguon_core::judge::Chains as _;
use nguon_core::ledger::{Pen, next_record};
use nguon_core::values::Time;
use nguon_tests::browser::{Browser, Look};
use nguon_tests::world::{Deployment, Weather, deployment, deployment_behind};

use crate::installed::is_installed;

const RECALLED: &str =
    "Lô hàng này đã bị thu hồi: dư lượng thuốc bảo vệ thực vật vượt mức. Vui lòng không sử dụng và liên hệ nơi bán.";
const INCOMPLETE: &str = "Hồ sơ chưa đầy đủ, chưa thể kết luận. Vui lòng thử tải lại.";
const NO_SUCH_LOT: &str = "Không tìm thấy lô này trong sổ đăng ký.";
/// The colours of `shared/UI.md` in daylight.
const LEAF: &str = "rgb(46, 107, 62)";
const AMBER: &str = "rgb(138, 90, 0)";
const ALERT: &str = "rgb(155, 28, 28)";

const COLOUR: &str = "getComputedStyle(document.querySelector('#verdict .badge')).color";

/// Opens an address and gives the page's sentence once it has made up its mind.
async fn sentence(page: &Browser, url: &str) -> String {
    page.open("about:blank").await;
    page.open(url).await;
    verdict(page).await
}

async fn verdict(page: &Browser) -> String {
    page.until("document.querySelector('#verdict:not([aria-busy=true])')").await;
    page.text("#verdict h1").await
}

/// Browsers complain of every 404 (nobody has signed a list of recalls here) and of every host that is gone. Anything else,
/// such as a policy violation, is a fault of the page.
async fn complains_only_of(page: &Browser, expected: &[&str]) {
    let complaints = page.complaints().await;
    let is_expected = |one: &String| expected.iter().any(|word| one.contains(word));
    assert!(complaints.iter().all(is_expected), "{complaints:?}");
}

fn is_green(sentence: &str) -> bool {
    sentence.starts_with("Hồ sơ lô hàng đầy đủ, chưa bị sửa đổi. Đã kiểm tra ")
}

fn now() -> Time {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a clock after 1970");
    Time::new(since.as_secs()).expect("a time")
}

/// The authority recalls the household's lot; when this returns the log has published it.
async fn recall(at: &Deployment, server: &str) {
    let season = at.season();
    let office = season.key("office/1");
    let chain = season.ledger.chain(&season.id("hung/0614")).expect("the household's lot");
    let recalled = Recalled {
        reason: RecallReason::PesticideResidue,
        harvests: None,
        consignment: None,
        product_lot: None,
        details: None,
    };
    let record = next_record(&Pen::new(season.authority, &office, now()), recalled.into(), &chain);
    let deployment = season.ledger.trust().deployment();
    let signed = nguon_core::envelope::SignedRecord::sign(&record, &office, deployment).expect("a record");
    let url = format!("{server}/v1/records?wait=20");
    let bytes = signed.as_bytes().to_vec();
    let status = tokio::task::spawn_blocking(move || {
        let agent = ureq::Agent::new_with_defaults();
        let sent = agent.post(&url).content_type("application/cose; cose-type=\"cose-sign1\"").send(&bytes[..]);
        sent.expect("the server takes it").status().as_u16()
    });
    assert_eq!(status.await.expect("a thread"), 201, "accepted and published");
}

#[test]
fn every_link_leads_to_its_verdict_and_sound_lots_are_green() {
    let at = deployment();
    Browser::run(&Look::default(), async |page| {
        for link in at.links() {
            let found = sentence(page, &link.at(at.server.origin())).await;
            let colour = page.text_of(COLOUR).await;
            match link.expected.as_str() {
                "valid" => {
                    assert!(is_green(&found), "{}: {found}", link.name);
                    assert_eq!(colour, LEAF, "{}", link.name);
                    assert_eq!(page.count("#verdict .seal-closed").await, 1, "{}", link.name);
                    assert!(page.text("#verdict .as-of").await.starts_with("Đúng tính đến "), "{}", link.name);
                }
                "recalled" => assert_eq!(found, RECALLED, "{}", link.name),
                "suspect" => assert!(found.contains("khóa đã bị báo mất hoặc lộ"), "{}: {found}", link.name),
                "incomplete" => assert_eq!(found, INCOMPLETE, "{}", link.name),
                "invalid" => assert!(found.starts_with("Tem không khớp"), "{}: {found}", link.name),
                "no_such_batch" => assert_eq!(found, NO_SUCH_LOT, "{}", link.name),
                other => panic!("{}: the season expects {other:?}", link.name),
            }
        }
        complains_only_of(page, &["404"]).await;
    });
}

#[test]
fn after_a_recall_the_page_turns_red() {
    let at = deployment();
    let link = at.link("household").at(at.server.origin());
    Browser::run(&Look::default(), async |page| {
        assert!(is_green(&sentence(page, &link).await));
        recall(&at, at.server.origin()).await;
        assert_eq!(sentence(page, &link).await, RECALLED);
        assert_eq!(page.text_of(COLOUR).await, ALERT);
        // What came from the lot is recalled with it.
        let export = at.link("export").at(at.server.origin());
        assert_eq!(sentence(page, &export).await, RECALLED);
        complains_only_of(page, &["404"]).await;
    });
}

/// A network before the server, which the operator can have answer with what it kept.
#[test]
fn the_operator_who_serves_the_old_bundle_is_found_out() {
    let (at, network) = deployment_behind();
    let link = at.link("household").at(network.origin());
    let path = format!("/v1/bundles/01/{}/10/{}", at.link("household").gtin(), at.link("household").lot());
    Browser::run(&Look::default(), async |page| {
        assert!(is_green(&sentence(page, &link).await));
        let old = kept(&format!("{}{path}", at.server.origin())).await;
        recall(&at, at.server.origin()).await;
        network.turn(Weather::Answered(path.clone(), 200, old.clone()));
        // A browser that has never been here: a witness tells it.
        page.value("localStorage.clear()").await;
        let found = sentence(page, &link).await;
        assert!(found.starts_with("Hồ sơ đúng tính đến ") && found.ends_with("Chưa có xác nhận mới hơn."), "{found}");
        assert_eq!(page.text_of(COLOUR).await, AMBER);
        assert!(page.text(".notes").await.contains("Sổ chung đã có mục mới hơn hồ sơ này."));
        // The honest answer, which is remembered; then the old one again, with every witness silenced.
        network.turn(Weather::Fair);
        assert_eq!(sentence(page, &link).await, RECALLED);
        network.turn(Weather::Answered(path, 200, old));
        let found = sentence(page, &link).await;
        assert!(!is_green(&found), "{found}");
        assert_ne!(page.text_of(COLOUR).await, LEAF);
        complains_only_of(page, &["404"]).await;
    });
}

#[test]
fn a_bare_not_found_is_not_believed() {
    let (at, network) = deployment_behind();
    let link = at.link("household").at(network.origin());
    let path = format!("/v1/bundles/01/{}/10/{}", at.link("household").gtin(), at.link("household").lot());
    Browser::run(&Look::default(), async |page| {
        network.turn(Weather::Answered(path, 404, Vec::new()));
        assert_eq!(sentence(page, &link).await, INCOMPLETE);
        network.turn(Weather::Fair);
        assert!(is_green(&sentence(page, &link).await));
        let nowhere = at.link("no-such-lot").at(network.origin());
        assert_eq!(sentence(page, &nowhere).await, NO_SUCH_LOT);
        complains_only_of(page, &["404"]).await;
    });
}

/// Puts bytes into the page's file field, as a reader does who chooses a file.
async fn choose(page: &Browser, bytes: &[u8]) {
    let numbers = serde_json::to_string(bytes).expect("numbers");
    page.value(&format!(
        "(() => {{ const files = new DataTransfer(); \
         files.items.add(new File([new Uint8Array({numbers})], 'saved.cbor', {{ type: 'application/cbor' }})); \
         const field = document.getElementById('file'); field.files = files.files; \
         field.dispatchEvent(new Event('change', {{ bubbles: true }})) }})()"
    ))
    .await;
}

async fn kept(url: &str) -> Vec<u8> {
    let url = url.to_owned();
    let read = tokio::task::spawn_blocking(move || {
        let mut answer = ureq::Agent::new_with_defaults().get(&url).call().expect("the bundle");
        answer.body_mut().read_to_vec().expect("its bytes")
    });
    read.await.expect("a thread")
}

#[test]
fn a_saved_file_opens_with_the_server_and_all_witnesses_gone() {
    let mut at = deployment();
    let url = format!(
        "{}/v1/bundles/01/{}/10/{}",
        at.server.origin(),
        at.link("household").gtin(),
        at.link("household").lot()
    );
    let home = format!("{}/", at.server.origin());
    Browser::run(&Look::default(), async |page| {
        let bytes = kept(&url).await;
        page.open(&home).await;
        page.until("document.getElementById('file')").await;
        // What it keeps for later is fetched by itself, and would complain of a server that went away meanwhile.
        is_installed(page).await;
        at.server.kill();
        at.end_watchers();
        choose(page, &bytes).await;
        let found = verdict(page).await;
        assert!(is_green(&found), "{found}");
        assert!(page.text("#verdict .lot").await.contains(at.link("household").lot()));
        // Bent by one bit on the way it does not.
        let mut bent = bytes.clone();
        let middle = bent.len() / 2;
        bent[middle] ^= 1;
        choose(page, &bent).await;
        page.until("document.querySelector('#verdict:not(.leaf):not([aria-busy=true])')").await;
        complains_only_of(page, &["404", "ERR_CONNECTION", "icon from the Manifest"]).await;
    });
}

#[test]
fn a_browser_that_remembers_a_newer_log_says_so_of_an_older_one() {
    let at = deployment();
    let link = at.link("household").at(at.server.origin());
    Browser::run(&Look::default(), async |page| {
        assert!(is_green(&sentence(page, &link).await));
        let seen = page.text_of("localStorage.getItem('seen')").await;
        assert!(
            seen.split_once(' ').is_some_and(|(size, root)| size.parse::<u64>().is_ok() && root.len() == 64),
            "{seen}"
        );
        // Another root at the same size: the log that this browser saw was another.
        let (size, _) = seen.split_once(' ').expect("size and root");
        page.value(&format!("localStorage.setItem('seen', '{size} {}')", "ab".repeat(32))).await;
        let found = sentence(page, &link).await;
        assert_eq!(found, "Lô này có hai bộ hồ sơ mâu thuẫn. Chưa nên tin bộ nào; hãy báo nơi bán.");
        assert_eq!(page.text_of(COLOUR).await, ALERT);
        complains_only_of(page, &["404"]).await;
    });
}

/// The server restarts in the middle of things: what was acknowledged is there, and the page is as green as before.
#[test]
fn a_server_killed_and_started_again_goes_on_with_the_same_log() {
    let mut at = deployment();
    Browser::run(&Look::default(), async |page| {
        let link = at.link("household").at(at.server.origin());
        assert!(is_green(&sentence(page, &link).await));
        recall(&at, at.server.origin()).await;
        at.server.kill();
        at.serve_again();
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_eq!(sentence(page, &link).await, RECALLED);
        complains_only_of(page, &["404"]).await;
    });
}
