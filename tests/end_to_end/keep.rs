//! Keeping the proof and passing it on: file, link, picture, paper; and the way out of browsers that can do none of that.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use nguon_tests::browser::{Browser, Look};
use nguon_tests::world::world;
use serde_json::json;

use crate::verdicts::UNLOGGED;
use crate::visit::visit;

/// Files that the page has the browser save are seen here too.
const CATCH: &str = "window.saved = []; const make = URL.createObjectURL.bind(URL); \
    URL.createObjectURL = blob => { window.saved.push(blob); return make(blob); }; \
    window.printed = 0; window.print = () => { window.printed += 1; };";

/// A telephone's browser, which can pass things on.
const SHARES: &str = "window.shared = []; navigator.canShare = () => true; \
    navigator.share = async what => { window.shared.push(what); };";

async fn buttons(page: &Browser) -> Vec<String> {
    page.until("document.querySelector('.keep .row button')").await;
    page.texts(".keep .row button").await
}

async fn press(page: &Browser, label: &str) {
    let all = buttons(page).await;
    let at = all.iter().position(|text| text == label).unwrap_or_else(|| panic!("no {label:?} in {all:?}"));
    page.click(&format!(".keep .row button:nth-of-type({})", at + 1)).await;
}

#[test]
fn proof_is_saved_as_it_came_and_the_link_is_copied_where_it_cannot_be_shared() {
    let clipboard = "Object.defineProperty(navigator, 'clipboard', \
                     { value: { writeText: async text => { window.copied = text; } } });";
    visit(&Look::after(&[CATCH, clipboard].concat()), async |visit| {
        assert_eq!(visit.scan("export").await, UNLOGGED);
        let page = visit.browser;
        assert_eq!(buttons(page).await, ["Lưu tệp hồ sơ", "Chép đường dẫn", "Lưu ảnh", "In giấy chứng nhận"]);
        press(page, "Lưu tệp hồ sơ").await;
        page.until("saved.length === 1").await;
        let link = world().link("export");
        let same = format!(
            "(async () => {{ const answer = await fetch('/v1/bundles/01/{}/10/{}', {{ headers: {{ accept: 'application/cbor' }} }}); \
             const [one, other] = await Promise.all([answer.arrayBuffer(), saved[0].arrayBuffer()]); \
             return one.byteLength > 1000 && one.byteLength === other.byteLength; }})()",
            link.gtin(),
            link.lot()
        );
        assert_eq!(page.value(&same).await, true);
        press(page, "Chép đường dẫn").await;
        page.until("document.querySelector('.keep .said').innerText === 'Đã chép đường dẫn.'").await;
        assert_eq!(
            page.text_of("copied").await,
            page.text_of("location.origin + location.pathname + location.hash").await
        );
        assert!(page.text_of("copied").await.contains('#'), "the label stays bound");
    });
}

#[test]
fn telephone_passes_on_link_picture_and_file() {
    visit(&Look::after(&[CATCH, SHARES].concat()), async |visit| {
        assert!(visit.scan("recalled").await.contains("thu hồi"));
        let page = visit.browser;
        press(page, "Chia sẻ đường dẫn").await;
        page.until("shared.length === 1").await;
        assert_eq!(page.text_of("shared[0].url").await, page.address().await);
        press(page, "Chia sẻ ảnh").await;
        page.until("shared.length === 2").await;
        let size = "createImageBitmap(shared[1].files[0]).then(picture => [picture.width, picture.height > 900])";
        assert_eq!(page.value(size).await, json!([1080, true]));
        assert!(page.text_of("shared[1].files[0].name").await.ends_with(".png"));
        press(page, "Chia sẻ tệp hồ sơ").await;
        page.until("shared.length === 3").await;
        assert!(page.text_of("shared[2].files[0].name").await.ends_with(".cbor"));
    });
}

#[test]
fn certificate_is_one_page_with_the_link_and_the_hash_of_the_page() {
    visit(&Look::after(CATCH), async |visit| {
        assert_eq!(visit.scan("export").await, UNLOGGED);
        let page = visit.browser;
        press(page, "In giấy chứng nhận").await;
        page.until("printed === 1").await;
        let index = std::fs::read(world().page().join("index.html")).expect("the page");
        let hash = page.text_of("document.querySelector('.paper .hash').textContent").await;
        let published = format!(
            "crypto.subtle.digest('SHA-256', Uint8Array.from(atob('{}'), c => c.charCodeAt(0))) \
            .then(hash => [...new Uint8Array(hash)].map(byte => byte.toString(16).padStart(2, '0')).join(''))",
            STANDARD.encode(index)
        );
        let published = page.text_of(&published).await;
        assert!(published.len() == 64 && hash.ends_with(&published), "{hash}");
        assert!(page.text_of("document.querySelector('.paper .address').textContent").await.contains("/01/"));
        let options =
            json!({"printBackground": true, "paperWidth": 8.27, "paperHeight": 11.69, "preferCSSPageSize": true});
        let printed = page.devtools("Page.printToPDF", options).await;
        let pdf = STANDARD.decode(printed["data"].as_str().expect("a document")).expect("base64");
        let folder = nguon_tests::workspace::target().join("e2e/printed");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join("certificate.pdf"), &pdf).expect("a file");
        let pages = pdf
            .windows(12)
            .filter(|bytes| bytes.starts_with(b"/Type /Page\n") || bytes.starts_with(b"/Type /Page "))
            .count();
        assert_eq!(pages, 1);
    });
}

/// Zalo's browser on Android, as it is: no service worker, no storage, no downloads.
const ZALO: &str = "Object.defineProperty(navigator, 'userAgent', { get: () => \
    'Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0 Mobile Safari/537.36 Zalo android/24110000' }); \
    for (const name of ['indexedDB', 'caches', 'localStorage', 'sessionStorage']) Object.defineProperty(window, name, { value: undefined }); \
    delete Navigator.prototype.serviceWorker; delete Navigator.prototype.clipboard; \
    document.execCommand = () => { window.copied = document.activeElement.value; return true; };";

#[test]
fn inside_zalo_everything_is_checked_and_the_way_out_is_offered() {
    visit(&Look::after(ZALO), async |visit| {
        assert_eq!(visit.scan("export").await, UNLOGGED);
        let page = visit.browser;
        assert_eq!(buttons(page).await, ["Chép đường dẫn"], "what cannot work is not offered");
        assert_eq!(page.text(".way-out a").await, "Mở bằng trình duyệt");
        let intent = page.text_of("document.querySelector('.way-out a').getAttribute('href')").await;
        let link = page.address().await;
        let (scheme, rest) = link.split_once("://").expect("an address");
        assert_eq!(intent, format!("intent://{rest}#Intent;scheme={scheme};action=android.intent.action.VIEW;end"));
        press(page, "Chép đường dẫn").await;
        page.until("document.querySelector('.keep .said').innerText === 'Đã chép đường dẫn.'").await;
        assert_eq!(page.text_of("copied").await, link);
        // The next lot works as the first one did, from the home page too.
        page.open(visit.server.origin()).await;
        page.until("document.querySelector('#code, .scan, main h1')").await;
        visit.scan("recalled").await;
        assert!(page.text("#verdict h1").await.contains("thu hồi"));
    });
}
