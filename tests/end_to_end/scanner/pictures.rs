//! Pictures and pasted text, which are judged like what a camera sees.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::*;

/// Hands a file to the page: `how` is JavaScript over `file`.
async fn give(page: &Browser, name: &str, kind: &str, bytes: &[u8], how: &str) {
    let script = format!(
        "(() => {{ const file = new File([Uint8Array.from(atob(arguments[0]), c => c.charCodeAt(0))], arguments[1], {{type: arguments[2]}}); \
         const data = new DataTransfer(); data.items.add(file); {how}; return true; }}).apply(null, arguments)"
    );
    page.call(&script, vec![STANDARD.encode(bytes).into(), name.into(), kind.into()]).await;
}

const CHOOSE: &str = "const field = document.querySelector('#scan-file'); field.files = data.files; \
                      field.dispatchEvent(new Event('change', {bubbles: true}))";
const PASTE: &str =
    "document.body.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}))";
const DROP: &str = "document.querySelector('main').dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}))";

#[test]
fn a_picture_is_read_however_it_comes() {
    visit(&Look::default(), async |visit| {
        let page = visit.browser;
        let label = Symbol { tilted: 0.05, turned: 0.3, ..Symbol::label(&export(visit.server.origin())) };
        let picture = camera::picture(&[label]);
        for how in [CHOOSE, PASTE, DROP] {
            home(visit).await;
            give(page, "tem.png", "image/png", &picture, how).await;
            visit.says(UNLOGGED).await;
            assert_eq!(page.address().await, export(visit.server.origin()), "{how}");
        }
    });
}

#[test]
fn a_picture_without_a_code_or_no_picture_at_all_is_said_plainly() {
    visit(&Look::default(), async |visit| {
        let page = visit.browser;
        home(visit).await;
        give(page, "ban.png", "image/png", &camera::picture(&[]), CHOOSE).await;
        panel_says(page, "Không thấy mã nào trong ảnh này.").await;
        panel_says(page, "Có thể chọn ảnh chụp mã, hoặc gõ mã in trên tem vào ô bên dưới.").await;
        assert_eq!(page.value(AUDIT).await, json!([]));
        give(page, "hong.png", "image/png", b"not a picture", CHOOSE).await;
        panel_says(page, "Không mở được tệp này như một ảnh.").await;
        page.press("Escape").await;
        page.until("document.querySelector('#scan-open')").await;
    });
}

#[test]
fn four_kilobytes_of_text_are_shown_shortened() {
    visit(&Look::default(), async |visit| {
        let page = visit.browser;
        let text: String = ('A'..='Z').cycle().take(4096).collect();
        let symbol = Symbol { size: 715.0, ..Symbol::of(text.as_bytes()) };
        home(visit).await;
        give(page, "dai.png", "image/png", &camera::picture(&[symbol]), CHOOSE).await;
        panel_says(page, "Đây là đoạn chữ, không phải tem truy xuất nguồn gốc").await;
        panel_says(page, "… còn 3796 ký tự nữa").await;
        for window in [(320, 640), (1280, 900)] {
            page.look(&Look { window, ..Look::default() }).await;
            assert_eq!(page.value(AUDIT).await, json!([]), "{window:?}");
        }
    });
}

#[test]
fn text_that_turns_and_hides_is_written_out() {
    visit(&Look::default(), async |visit| {
        let page = visit.browser;
        let symbol = Symbol::of("Vải thiều \u{202e}gnuht aig\u{202c}\u{200b}".as_bytes());
        home(visit).await;
        give(page, "ma.png", "image/png", &camera::picture(&[symbol]), CHOOSE).await;
        panel_says(page, "Vải thiều ⟨U+202E⟩gnuht aig⟨U+202C⟩⟨U+200B⟩").await;
        is_harmless(page, visit.server.origin()).await;
    });
}

#[test]
fn a_pasted_address_is_judged_like_a_code() {
    visit(&Look::default(), async |visit| {
        let page = visit.browser;
        let paste = |text: &str| {
            let text = serde_json::Value::from(text);
            format!(
                "(() => {{ const data = new DataTransfer(); data.setData('text/plain', {text}); document.body.dispatchEvent(\
                 new ClipboardEvent('paste', {{clipboardData: data, bubbles: true}})); return true; }})()"
            )
        };
        home(visit).await;
        page.value(&paste("javascript:window.ran=1")).await;
        panel_says(page, "Đây là mã lệnh chạy trong trình duyệt").await;
        is_harmless(page, visit.server.origin()).await;
        page.value(&paste(&export(visit.server.origin()))).await;
        visit.says(UNLOGGED).await;
    });
}
