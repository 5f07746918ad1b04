//! A browser that cannot check says so in a plain sentence instead of a blank page.

use nguon_tests::browser::{Browser, Look};
use nguon_tests::world::world;

use crate::visit::visit;

const TOO_OLD: &str = "Trình duyệt này quá cũ để tự kiểm tra hồ sơ. Hãy mở đường dẫn bằng Chrome, Safari hoặc Firefox bản mới, \
                       hoặc nhờ một máy khác.";
const NO_SCRIPTS: &str = "Trang này cần JavaScript: việc kiểm tra diễn ra ngay trên máy của bạn, không phải ở máy chủ.";

async fn is_told(page: &Browser, url: &str) {
    page.open(url).await;
    page.until("document.documentElement.classList.contains('failed-old')").await;
    assert_eq!(page.text(".boot-old h1").await, TOO_OLD);
    assert!(page.text(".boot-old p[lang=en]").await.contains("too old"));
    assert_eq!(page.text("#app").await, "");
    assert_eq!(page.text(".boot-wait").await, "");
}

#[test]
fn browser_that_lacks_what_the_page_needs_is_told() {
    for lacking in [
        "delete window.WebAssembly",
        "delete window.fetch",
        "delete window.AbortController",
        "delete window.BigInt",
        "delete HTMLScriptElement.prototype.noModule",
    ] {
        visit(&Look::after(lacking), async |visit| {
            is_told(visit.browser, &world().link("export").at(visit.server.origin())).await;
        });
    }
}

/// It has WebAssembly, but not the version of it that the program was compiled to.
#[test]
fn browser_with_too_old_a_webassembly_is_told() {
    let old = "for (const name of ['instantiate', 'instantiateStreaming', 'compile', 'compileStreaming']) \
               WebAssembly[name] = () => Promise.reject(new WebAssembly.CompileError('unknown opcode'))";
    visit(&Look::after(old), async |visit| {
        is_told(visit.browser, &world().link("export").at(visit.server.origin())).await;
        assert!(visit.browser.complaints().await.iter().all(|one| one.contains("unknown opcode")));
    });
}

#[test]
fn reader_without_scripts_is_told() {
    visit(&Look { scripts: false, ..Look::default() }, async |visit| {
        visit.browser.open(&world().link("export").at(visit.server.origin())).await;
        let text = visit.browser.text("body").await;
        assert!(text.contains(NO_SCRIPTS) && text.contains("This page needs JavaScript"), "{text}");
        assert!(!text.contains("Đang mở trang"), "{text}");
    });
}
