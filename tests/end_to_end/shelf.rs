//! What this browser remembers of the lots looked at: on this device only, as a memory, erasable; or nothing, and it says so.

use nguon_tests::browser::{Browser, Look};
use nguon_tests::world::world;
use serde_json::json;

use crate::installed::{eventually, is_installed};
use crate::verdicts::UNLOGGED;
use crate::visit::visit;

const DENIED: &str = "Trình duyệt không cho ghi nhớ trên máy này: những lô đã xem sẽ không được giữ lại.";
const FULL: &str = "Máy đã hết chỗ: lô này không được ghi nhớ. Xóa bớt những lô đã xem để có chỗ.";
const NOTE: &str = "Đây là kết luận lúc bạn xem, không phải kết luận bây giờ.";
const BUNDLES: &str = "caches.open('nguon bundles').then(all => all.keys()).then(all => all.length)";

/// The home page, once the shelf is there.
async fn home(page: &Browser, origin: &str, rows: usize) {
    page.open(origin).await;
    page.until(&format!("document.querySelectorAll('.shelf li').length === {rows}")).await;
}

#[test]
fn lots_looked_at_are_listed_as_memories_and_can_be_erased() {
    visit(&Look::default(), async |visit| {
        let page = visit.browser;
        let origin = visit.server.origin().to_owned();
        for name in ["export", "recalled", "no-such-lot"] {
            visit.scan(name).await;
            page.until("document.querySelector('.shelf li [aria-current=page]')").await;
        }
        // The answer to a lot that is not there is a 404, of which a browser complains.
        page.complaints().await;
        is_installed_home(page, &origin).await;
        assert!(page.text(".shelf").await.contains(NOTE));
        let texts = page.texts(".shelf li").await;
        let lots = ["no-such-lot", "recalled", "export"].map(|name| world().link(name).lot());
        let words = ["Không tìm thấy lô", "Đã thu hồi", "Chưa kiểm tra được hồ sơ có đầy đủ"];
        for (text, lot) in texts.iter().zip(lots) {
            assert!(text.contains(lot) && text.contains("Xem lúc"), "{text}");
        }
        assert_eq!(page.count(".shelf li .sign svg").await, 3, "no colour without a sign: {words:?}");
        assert!(texts[1].contains("Vải thiều") && texts[1].contains("tính đến"), "{}", texts[1]);
        assert!(texts[0].contains("Cần có mạng") && texts[2].contains("Mở được khi không có mạng"), "{texts:?}");
        assert_eq!(page.value(BUNDLES).await, 2);

        // One goes, and its records with it.
        page.click(".shelf li:nth-child(3) button").await;
        page.until("document.querySelectorAll('.shelf li').length === 2").await;
        eventually(page, &format!("{BUNDLES}.then(left => left === 1)")).await;
        home(page, &origin, 2).await;

        // All go, but not by a slip of the finger.
        page.click(".shelf .forget button").await;
        page.until("document.querySelector('.sure')").await;
        page.click(".sure button.quiet").await;
        page.until("!document.querySelector('.sure')").await;
        assert_eq!(page.count(".shelf li").await, 2);
        page.click(".shelf .forget button").await;
        page.until("document.querySelector('.sure')").await;
        page.click(".sure button").await;
        page.until("!document.querySelector('.shelf li')").await;
        eventually(page, "caches.has('nguon bundles').then(left => !left)").await;
        page.open(&origin).await;
        page.until("document.querySelector('link[rel=manifest]')").await;
        assert_eq!(page.count(".shelf").await, 0);
    });
}

async fn is_installed_home(page: &Browser, origin: &str) {
    home(page, origin, 3).await;
    is_installed(page).await;
}

/// Nobody is told which lots were looked at, until the reader asks for their newest records.
#[test]
fn opening_the_shelf_asks_nobody_and_its_button_fetches_what_is_newest() {
    visit(&Look::default(), async |visit| {
        let page = visit.browser;
        let network = visit.network(nguon_tests::world::Weather::Fair);
        visit.open(&world().link("export").at(network.origin())).await;
        is_installed(page).await;
        let before = network.paths().len();
        home(page, network.origin(), 1).await;
        assert!(network.paths().split_off(before).iter().all(|path| !path.starts_with("/v1/")), "nothing is asked");
        page.click(".shelf .refresh button").await;
        page.until("/Đã tải hồ sơ của 1 trên 1 lô/.test(document.querySelector('.shelf .said').innerText)").await;
        let asked = network.paths().split_off(before);
        assert_eq!(asked.iter().filter(|path| path.starts_with("/v1/bundles/")).count(), 1, "{asked:?}");
    });
}

#[test]
fn browser_that_forbids_storage_checks_all_the_same_and_says_that_nothing_is_remembered() {
    let forbidden = "for (const name of ['indexedDB', 'caches', 'localStorage']) \
                     Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError') } })";
    visit(&Look::after(forbidden), async |visit| {
        assert_eq!(visit.scan("export").await, UNLOGGED);
        let page = visit.browser;
        page.until("document.querySelector('.shelf')").await;
        assert!(page.text(".shelf").await.contains(DENIED), "{}", page.text(".shelf").await);
        page.until("document.querySelector('.keep button')").await;
    });
}

#[test]
fn full_device_says_so_and_checks_all_the_same() {
    visit(&Look::default(), async |visit| {
        let page = visit.browser;
        let origin = visit.server.origin().to_owned();
        page.devtools("Storage.overrideQuotaForOrigin", json!({"origin": origin, "quotaSize": 1})).await;
        assert_eq!(visit.scan("export").await, UNLOGGED);
        page.until("document.querySelector('.shelf')").await;
        assert!(page.text(".shelf").await.contains(FULL), "{}", page.text(".shelf").await);
        page.complaints().await;
    });
}
