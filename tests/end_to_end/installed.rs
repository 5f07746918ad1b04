//! The page as an app: it opens without a network after the first visit, and a newer version waits until it is asked for.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use nguon_tests::browser::{Browser, Look};
use nguon_tests::world::{Weather, deployment, world};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use crate::verdicts::UNLOGGED;
use crate::visit::{Visit, visit};

const UNREACHABLE: &str = "Không kết nối được. Hãy thử lại khi có mạng.";
const KEPT: &str = "Không lấy được hồ sơ qua mạng. Đây là hồ sơ đã lưu trên máy này lúc ";
const NEWER: &str = "Có phiên bản mới của trang này.";
/// Which build of the page is open.
const API: &str = "document.querySelector('meta[name=nguon-api]').content";

/// Waits until the page that is open has its service worker, and the bundle on it is kept.
pub async fn is_installed(page: &Browser) {
    page.until("navigator.serviceWorker.controller").await;
    eventually(page, "navigator.serviceWorker.ready.then(found => found.active.state === 'activated')").await;
    if page.count("#verdict").await > 0 {
        eventually(page, "caches.open('nguon bundles').then(all => all.keys()).then(all => all.length > 0)").await;
    }
}

/// Waits until the value of a promise is true.
pub async fn eventually(page: &Browser, promise: &str) {
    for _ in 0..1200 {
        if page.value(promise).await == true {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("never became true: {promise}");
}

/// Takes the device off the network, or puts it back: the browser knows of it.
pub async fn offline(page: &Browser, offline: bool) {
    page.devtools("Network.enable", json!({})).await;
    let conditions = json!({"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
    page.devtools("Network.emulateNetworkConditions", conditions).await;
}

async fn complains_of_the_network_alone(page: &Browser) {
    let complaints = page.complaints().await;
    let is_expected = |one: &String| ["ERR_", "404"].iter().any(|word| one.contains(word));
    assert!(complaints.iter().all(is_expected), "{complaints:?}");
}

#[test]
fn after_the_first_visit_the_page_and_the_lot_open_without_a_network() {
    visit(&Look::default(), async |visit| {
        assert_eq!(visit.scan("export").await, UNLOGGED);
        let page = visit.browser;
        is_installed(page).await;
        assert_eq!(page.count(".standing").await, 0, "what came from the network is not said to be kept");
        visit.server.kill();
        offline(page, true).await;
        page.reload().await;
        assert_eq!(visit.verdict().await, UNLOGGED);
        page.until("document.querySelector('.standing')").await;
        assert!(page.text(".standing").await.starts_with(KEPT), "{}", page.text(".standing").await);

        // A language that was never asked for is here too.
        page.click(".languages button[lang=en]").await;
        visit.says("Signatures hold; completeness is not proven.").await;
        page.click(".languages button[lang=vi]").await;
        visit.says(UNLOGGED).await;

        // What was never looked at is not made up.
        assert_eq!(visit.scan("household").await, UNREACHABLE);
        page.open(visit.server.origin()).await;
        page.until("document.querySelector('.shelf a.title')").await;
        page.click(".shelf a.title").await;
        page.until("location.pathname.startsWith('/01/')").await;
        assert_eq!(visit.verdict().await, UNLOGGED);
        complains_of_the_network_alone(page).await;
    });
}

/// Back above ground the network decides again.
#[test]
fn kept_records_give_way_to_the_network_as_soon_as_it_answers() {
    visit(&Look::default(), async |visit| {
        assert_eq!(visit.scan("export").await, UNLOGGED);
        let page = visit.browser;
        is_installed(page).await;
        let port = visit.server.port();
        visit.server.kill();
        page.reload().await;
        assert_eq!(visit.verdict().await, UNLOGGED);
        page.until("document.querySelector('.standing button')").await;
        visit.server = world().server_on(port, visit.store.path(), Some(world().page()));
        page.click(".standing button").await;
        page.until("!document.querySelector('.standing')").await;
        assert_eq!(visit.verdict().await, UNLOGGED);
        page.until("document.querySelector('.keep')").await;
        assert_eq!(page.count(".standing").await, 0);
        complains_of_the_network_alone(page).await;
    });
}

/// The service worker asks for the lot as soon as the page is opened, and the page takes that answer: one question each time.
#[test]
fn an_installed_page_is_asked_for_its_lot_once_and_early() {
    visit(&Look::default(), async |visit| {
        let network = visit.network(Weather::Fair);
        let link = world().link("export").at(network.origin());
        assert_eq!(visit.open(&link).await, UNLOGGED);
        let page = visit.browser;
        is_installed(page).await;
        let asked = || network.paths().iter().filter(|path| path.starts_with("/v1/bundles/")).count();
        let before = asked();
        assert_eq!(visit.open(&link).await, UNLOGGED);
        assert_eq!(asked(), before + 1);
        // What was asked for without being taken up is no answer for the page of later.
        let early = "fetch(location.origin + '/v1/bundles/01/09529876000019/10/NONE').then(answer => answer.status)";
        assert_eq!(page.value(early).await, 404);
        assert_eq!(asked(), before + 2);
        complains_of_the_network_alone(page).await;
    });
}

#[test]
fn what_the_log_confirmed_is_green_without_a_network_and_says_as_of_when() {
    let mut at = deployment();
    let link = at.link("household").at(at.server.origin());
    Browser::run(&Look::default(), async |page| {
        let green = "document.querySelector('#verdict.leaf:not([aria-busy=true])')";
        page.open(&link).await;
        page.until(green).await;
        let as_of = page.text("#verdict .as-of").await;
        assert!(!as_of.is_empty());
        is_installed(page).await;
        at.server.kill();
        at.end_watchers();
        offline(page, true).await;
        page.reload().await;
        page.until(green).await;
        assert_eq!(page.text("#verdict .as-of").await, as_of, "no younger than it was");
        page.until("document.querySelector('.standing')").await;
        assert!(page.text(".standing").await.starts_with(KEPT));
        complains_of_the_network_alone(page).await;
    });
}

/// Another build on the same origin: the files are exchanged, as a new release does.
async fn release(visit: &mut Visit<'_>, page: &Path) {
    let port = visit.server.port();
    visit.server.end();
    visit.server = world().server_on(port, visit.store.path(), Some(page));
}

const LOOK_FOR_IT: &str =
    "navigator.serviceWorker.getRegistration().then(found => found.update()).then(() => 1, () => 1)";
const NOTHING_WAITS: &str =
    "navigator.serviceWorker.getRegistration().then(found => !found.installing && !found.waiting)";

#[test]
fn newer_version_waits_until_it_is_asked_for_and_then_comes_whole() {
    visit(&Look::default(), async |visit| {
        let origin = visit.server.origin().to_owned();
        let (newer, broken) = (newer_than(world().page(), &origin), newer_than(world().page(), &origin));
        let index = fs::read_to_string(broken.path().join("index.html")).expect("the page");
        fs::write(broken.path().join("index.html"), index.replace("</body>", "<p>x</p></body>")).expect("a page");

        assert_eq!(visit.scan("export").await, UNLOGGED);
        let page = visit.browser;
        is_installed(page).await;
        assert_eq!(page.text_of(API).await, "");

        // One file of the newer version is not what its list says: nothing of it is taken.
        release(visit, broken.path()).await;
        page.value(LOOK_FOR_IT).await;
        eventually(page, NOTHING_WAITS).await;
        page.reload().await;
        visit.says(UNLOGGED).await;
        assert_eq!(page.text_of(API).await, "");
        assert_eq!(page.count(".standing").await, 0);

        release(visit, newer.path()).await;
        page.value(LOOK_FOR_IT).await;
        page.until("document.querySelector('.standing button')").await;
        assert!(page.text(".standing").await.starts_with(NEWER));
        // Until it is asked for everything is of the version that is open, and all of that is there.
        page.click(".languages button[lang=en]").await;
        visit.says("Signatures hold; completeness is not proven.").await;
        page.click(".languages button[lang=vi]").await;
        page.open(&world().link("household").at(&origin)).await;
        visit.verdict().await;
        assert_eq!(page.text_of(API).await, "");
        page.until("document.querySelector('.standing button')").await;

        page.click(".standing button").await;
        page.until(&format!("{API} === '{origin}'")).await;
        visit.says(UNLOGGED).await;
        page.until("document.querySelector('.keep')").await;
        assert_eq!(page.count(".standing").await, 0);
        complains_of_the_network_alone(page).await;
    });
}

#[test]
fn newer_version_takes_over_by_itself_when_no_page_of_the_old_one_is_open() {
    visit(&Look::default(), async |visit| {
        let origin = visit.server.origin().to_owned();
        let newer = newer_than(world().page(), &origin);
        assert_eq!(visit.scan("export").await, UNLOGGED);
        let page = visit.browser;
        is_installed(page).await;
        release(visit, newer.path()).await;
        page.value(LOOK_FOR_IT).await;
        page.until("document.querySelector('.standing button')").await;
        assert_eq!(page.text_of(API).await, "");
        page.open("about:blank").await;
        // The old version is given up a moment after its last page.
        for _ in 0..100 {
            page.open(&world().link("household").at(&origin)).await;
            visit.says(UNLOGGED).await;
            if page.text_of(API).await == origin {
                break;
            }
            page.open("about:blank").await;
        }
        assert_eq!(page.text_of(API).await, origin);
        complains_of_the_network_alone(page).await;
    });
}

/// The same page as the next build would make it for another address of the server: its own files stay, `index.html` is
/// another, and the list in `sw.js` says so.
fn newer_than(page: &Path, api: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    copy(page, folder.path());
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("a file of the page");
    let (old, worker) = (read("index.html"), read("sw.js"));
    let new = old.replace(r#"name="nguon-api" content="""#, &format!(r#"name="nguon-api" content="{api}""#));
    assert_ne!(new, old);
    let integrity = |text: &str| format!("sha256-{}", STANDARD.encode(Sha256::digest(text)));
    let hash = |text: &str| Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let list = worker.replace(&integrity(&old), &integrity(&new)).replace(&hash(&old), &hash(&new));
    for (name, text) in [("index.html", new), ("sw.js", list)] {
        fs::write(folder.path().join(name), text).expect("a file");
        for ending in ["br", "gz"] {
            fs::remove_file(folder.path().join(format!("{name}.{ending}"))).expect("its packed form");
        }
    }
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").map_while(Result::ok) {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).expect("a copy");
        }
    }
}

#[test]
fn back_and_forward_lead_to_the_same_verdicts() {
    visit(&Look::default(), async |visit| {
        let page = visit.browser;
        visit.scan("export").await;
        is_installed(page).await;
        page.open(&world().link("household").at(visit.server.origin())).await;
        visit.verdict().await;
        let lots = ["export", "household"].map(|name| world().link(name).lot().to_owned());
        for (go, lot) in [("back", &lots[0]), ("forward", &lots[1]), ("back", &lots[0])] {
            page.value(&format!("setTimeout(() => history.{go}())")).await;
            page.until(&format!("decodeURIComponent(location.pathname).includes('{lot}')")).await;
            assert_eq!(visit.verdict().await, UNLOGGED);
            assert!(page.text("#verdict .lot").await.contains(lot.as_str()));
        }
    });
}

#[test]
fn browser_offers_to_install_what_the_manifest_names() {
    visit(&Look::default(), async |visit| {
        let page = visit.browser;
        page.open(visit.server.origin()).await;
        page.until("document.querySelector('link[rel=manifest]')").await;
        is_installed(page).await;
        let manifest = page.devtools("Page.getAppManifest", json!({})).await;
        assert_eq!(manifest["errors"], json!([]), "{manifest}");
        let said = manifest["data"].as_str().expect("a manifest");
        let said: serde_json::Value = serde_json::from_str(said).expect("JSON");
        assert_eq!((said["short_name"].as_str(), said["display"].as_str()), (Some("Nguồn"), Some("standalone")));
        for icon in said["icons"].as_array().expect("icons") {
            let found = page.value(&format!("fetch({}).then(answer => answer.ok)", icon["src"])).await;
            assert_eq!(found, true, "{icon}");
        }
        let reasons = page.devtools("Page.getInstallabilityErrors", json!({})).await;
        assert_eq!(reasons["installabilityErrors"], json!([]), "{reasons}");
    });
}
