//! What this computer keeps and cannot read is neither written over nor passed over in silence.

use nguon_tests::browser::{Browser, Look};

use super::ground::{Ground, at_the_desk};
use super::{part, press, type_into};

const STORE: &str = "new Promise((done, fail) => { const ask = indexedDB.open('nguon-farm'); ask.onerror = fail; \
    ask.onsuccess = () => { const [key, text] = arguments, work = ask.result.transaction('things', 'readwrite'), \
        things = work.objectStore('things'); \
        const got = text === undefined ? things.get(key) : things.put(text, key); \
        work.oncomplete = () => { ask.result.close(); done(typeof got.result === 'string' ? got.result : 'bytes'); }; \
        work.onabort = fail; }; })";

#[test]
fn orders_and_names_that_cannot_be_read_stay_where_they_are_and_the_page_says_so() {
    let mut ground = Ground::start();
    Browser::run(&Look::desktop(), async |page| {
        let coop = at_the_desk(page, &mut ground).await.coop;
        let keys = ["orders", "people"].map(|what| format!("desk/{what}/{coop}"));
        for key in &keys {
            page.call(STORE, vec![key.as_str().into(), "hỏng".into()]).await;
        }
        page.reload().await;
        part(page, "#desk/don-hang").await;
        page.until("document.querySelectorAll('.band.amber').length === 2").await;
        assert!(page.text("main .band.amber").await.contains("không đọc được"));
        // Work goes on, beside what cannot be read.
        press(page, "#order-new").await;
        type_into(page, "order-buyer", "Siêu thị Hà Đông").await;
        type_into(page, "order-kg", "100").await;
        press(page, "#order-take").await;
        page.until("document.querySelector('.d-orders li')").await;
        part(page, "#desk/ho").await;
        press(page, ".d-title .button").await;
        type_into(page, "new-name", "Nguyễn Văn Bảy").await;
        press(page, "#newcomer form .button").await;
        page.until("location.hash.startsWith('#desk/ho/')").await;
        page.reload().await;
        page.until("document.querySelector('h1')?.textContent === 'Nguyễn Văn Bảy'").await;
        part(page, "#desk/don-hang").await;
        page.until("document.querySelector('.d-orders li')?.textContent.includes('Siêu thị Hà Đông')").await;
        assert_eq!(page.count(".band.amber").await, 2, "it is still said");
        for key in &keys {
            let kept = page.call(STORE, vec![key.as_str().into()]).await;
            assert_eq!(kept.as_str(), Some("hỏng"), "{key}");
            let beside = page.call(STORE, vec![format!("{key}/1").into()]).await;
            assert_eq!(beside.as_str(), Some("bytes"), "{key}");
        }
    });
}
