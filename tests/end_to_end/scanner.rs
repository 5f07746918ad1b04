//! The scanner, with a camera that sees videos of labels, and with pictures.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use nguon_tests::browser::{Browser, Look};
use nguon_tests::camera::{self, Symbol};
use nguon_tests::world::{Weather, world};
use serde_json::json;

use crate::verdicts::UNLOGGED;
use crate::visit::{Visit, visit};

const AUDIT: &str = include_str!("audit.js");
const OPEN: &str = "#scan-open";
const STATUS: &str = ".scan-status";
const PANEL: &str = ".scan-panel";

/// A browser whose camera sees nothing, and asks nobody.
fn blind() -> Look {
    let flags = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"].map(str::to_owned);
    Look { flags: flags.into(), ..Look::default() }
}

/// Lets `test` visit the season with a camera that sees what `frames` makes of the server's origin, over and over.
fn seeing(frames: impl FnOnce(&str) -> Vec<Vec<Symbol>>, test: impl AsyncFnOnce(&mut Visit<'_>)) {
    seeing_with(blind(), frames, test);
}

fn seeing_with(mut look: Look, frames: impl FnOnce(&str) -> Vec<Vec<Symbol>>, test: impl AsyncFnOnce(&mut Visit<'_>)) {
    let store = world().store();
    let server = world().server(store.path());
    let video = camera::video(frames(server.origin()));
    look.flags.push(format!("--use-file-for-fake-video-capture={}", video.path().display()));
    Browser::run(&look, async |browser| {
        let mut visit = Visit { browser, server, store };
        test(&mut visit).await;
        assert_eq!(browser.complaints().await, Vec::<String>::new());
    });
}

/// Opens the home page and waits for the scanner.
async fn home(visit: &Visit<'_>) {
    visit.browser.open(visit.server.origin()).await;
    visit.browser.until("document.querySelector('#scan-open')").await;
}

async fn scan(visit: &Visit<'_>) {
    home(visit).await;
    visit.browser.click(OPEN).await;
}

async fn panel_says(page: &Browser, words: &str) {
    let quoted = serde_json::Value::from(words);
    page.until(&format!("document.querySelector('{PANEL}')?.innerText.includes({quoted})")).await;
}

async fn status_is(page: &Browser, words: &str) {
    let quoted = serde_json::Value::from(words);
    page.until(&format!("document.querySelector('{STATUS}')?.innerText === {quoted}")).await;
}

/// That no camera runs, and that nothing on the page leads to what a code says.
async fn is_harmless(page: &Browser, home: &str) {
    assert_eq!(page.value("document.querySelector('#scan-video')").await, serde_json::Value::Null);
    assert_eq!(page.count(".scan a[href]:not([href^='mailto:'])").await, 0);
    assert_eq!(page.address().await.trim_end_matches('/'), home);
}

fn export(origin: &str) -> String {
    world().link("export").at(origin)
}

#[test]
fn a_label_held_still_leads_to_its_lot_with_its_commitment_and_back_and_forward_work() {
    seeing(
        |origin| vec![vec![Symbol::label(&export(origin))]],
        async |visit| {
            let page = visit.browser;
            scan(visit).await;
            visit.says(UNLOGGED).await;
            assert_eq!(page.address().await, export(visit.server.origin()));
            assert!(page.text("#verdict").await.contains("Tem chỉ theo lô"));

            page.value("history.back()").await;
            page.until("!document.querySelector('#verdict') && document.querySelector('#scan-open')").await;
            assert_eq!(page.count("#scan-video").await, 0, "who comes back finds the camera off");
            page.value("history.forward()").await;
            visit.says(UNLOGGED).await;
            assert_eq!(page.address().await, export(visit.server.origin()));

            // Another label, from the page of this one.
            page.until("document.querySelector('#scan-open')").await;
            page.click(OPEN).await;
            page.until("document.querySelector('#verdict[aria-busy=true]') || document.querySelector('.scan-status').innerText").await;
            visit.says(UNLOGGED).await;
        },
    );
}

#[test]
fn a_label_that_moves_and_turns_is_read() {
    let frames = |origin: &str| {
        let label = Symbol::label(&export(origin));
        let frame = |at: u32| {
            let part = f64::from(at) / 12.0;
            let middle = (520.0 + 240.0 * part, 330.0 + 60.0 * (part * 6.0).sin());
            vec![Symbol { middle, turned: part * 0.5, size: 360.0 + 80.0 * part, ..label.clone() }]
        };
        (0..12).map(frame).collect()
    };
    seeing(frames, async |visit| {
        scan(visit).await;
        visit.says(UNLOGGED).await;
    });
}

#[test]
fn a_label_held_at_a_slant_is_read() {
    let frames = |origin: &str| {
        let label = Symbol::label(&export(origin));
        vec![vec![Symbol { tilted: 0.1, turned: 0.06, size: 520.0, ..label }]]
    };
    seeing(frames, async |visit| {
        scan(visit).await;
        visit.says(UNLOGGED).await;
    });
}

#[test]
fn of_two_labels_in_view_the_reader_chooses() {
    let frames = |origin: &str| {
        let one = Symbol { middle: (330.0, 360.0), size: 400.0, ..Symbol::label(&export(origin)) };
        let other =
            Symbol { middle: (940.0, 360.0), size: 400.0, ..Symbol::of(b"WIFI:T:WPA;S:Quan ca phe;P:12345678;;") };
        vec![vec![one, other]]
    };
    seeing(frames, async |visit| {
        let page = visit.browser;
        scan(visit).await;
        panel_says(page, "Có 2 mã trong hình. Hãy chọn một mã.").await;
        is_harmless(page, visit.server.origin()).await;
        assert_eq!(page.text_of("document.activeElement.id").await, "scan-found");
        assert_eq!(page.value(AUDIT).await, json!([]));
        let ours = format!("Xem lô {}", world().link("export").lot());
        let texts = page.texts(".scan-one").await;
        assert_eq!(texts[0], ours);
        assert!(texts[1].starts_with("mã vào Wi-Fi"), "{texts:?}");

        page.click("li:nth-child(2) .scan-one").await;
        panel_says(page, "Đây là mã vào Wi-Fi, không phải tem truy xuất nguồn gốc").await;
        page.click(".scan-panel .button.quiet").await;
        page.until("document.querySelectorAll('.scan-one').length === 2").await;
        page.click("li:nth-child(1) .scan-one").await;
        visit.says(UNLOGGED).await;
    });
}

#[test]
fn without_a_code_the_reader_is_advised_and_escape_closes() {
    seeing(
        |_| vec![vec![]],
        async |visit| {
            let page = visit.browser;
            // Nothing of the scanner travels before it is asked for.
            home(visit).await;
            page.until("document.querySelector('#code')").await;
            let asked = page.requests().await;
            assert!(!asked.iter().any(|request| request.url.contains("scan-worker")), "{asked:?}");
            page.click(OPEN).await;
            status_is(page, "Đang tìm mã…").await;
            page.until("document.querySelector('#scan-video').videoWidth === 1280").await;
            assert_eq!(page.value(AUDIT).await, json!([]));
            assert_eq!(
                page.text_of("document.querySelector('#scan-video').getAttribute('aria-label')").await,
                "Hình từ camera"
            );
            status_is(page, "Chưa thấy mã. Giữ máy cách tem khoảng 15 cm, đủ sáng, tránh bóng lóa.").await;

            page.value("window.track = document.querySelector('#scan-video').srcObject.getTracks()[0], 0").await;
            page.press("Escape").await;
            page.until("document.querySelector('#scan-open')").await;
            page.until("track.readyState === 'ended'").await;
            page.until("document.activeElement.id === 'scan-open'").await;

            // A page that is put away does not look, and says so when it is back.
            page.click(OPEN).await;
            status_is(page, "Đang tìm mã…").await;
            page.value("window.track = document.querySelector('#scan-video').srcObject.getTracks()[0], 0").await;
            page.value(
                "(Object.defineProperty(document, 'hidden', {configurable: true, value: true}), \
                 document.dispatchEvent(new Event('visibilitychange')))",
            )
            .await;
            status_is(page, "Camera đã tắt vì trang không còn hiển thị.").await;
            assert_eq!(page.text_of("track.readyState").await, "ended");
            page.value("delete document.hidden").await;
            page.click(".scan .button").await;
            status_is(page, "Đang tìm mã…").await;
            page.click("#scan-stop").await;
            page.until("document.querySelector('#scan-open')").await;
        },
    );
}

#[test]
fn a_foreign_code_is_named_and_never_opened() {
    seeing(
        |_| vec![vec![Symbol::of("https://shop.example/uu-dai?a=1".as_bytes())]],
        async |visit| {
            let page = visit.browser;
            scan(visit).await;
            panel_says(page, "Đây là địa chỉ của trang khác, không phải tem truy xuất nguồn gốc").await;
            panel_says(page, "https://shop.example/uu-dai?a=1").await;
            is_harmless(page, visit.server.origin()).await;
            assert_eq!(page.value(AUDIT).await, json!([]));
            status_is(page, "Đã đọc mã.").await;
            let asked = page.requests().await;
            assert!(!asked.iter().any(|request| request.url.contains("shop.example")), "{asked:?}");
        },
    );
}

#[test]
fn a_lot_of_another_host_is_looked_up_here_if_the_reader_wants_that() {
    seeing(
        |_| vec![vec![Symbol::label(&export("https://tem.example"))]],
        async |visit| {
            let page = visit.browser;
            scan(visit).await;
            panel_says(page, "Tem này ghi địa chỉ của trang khác: tem.example").await;
            is_harmless(page, visit.server.origin()).await;
            assert_eq!(page.count(".scan-panel.alert").await, 0);
            page.click(".scan-panel .button").await;
            visit.says(UNLOGGED).await;
            assert_eq!(page.address().await, export(visit.server.origin()));
        },
    );
}

#[test]
fn a_look_alike_host_is_called_out() {
    // This page's host, and after it that of another.
    let frames = |origin: &str| {
        let port = origin.rsplit(':').next().unwrap_or_default();
        vec![vec![Symbol::label(&export(&format!("http://127.0.0.1.tem.example:{port}")))]]
    };
    seeing(frames, async |visit| {
        let page = visit.browser;
        scan(visit).await;
        panel_says(page, "Tên của trang này được gài vào tên khác.").await;
        panel_says(page, "Đây có thể là tem giả. Đừng mở địa chỉ này; hãy báo nơi bán.").await;
        assert_eq!(page.count(".scan-panel.alert").await, 1);
        is_harmless(page, visit.server.origin()).await;
        assert_eq!(page.value(AUDIT).await, json!([]));
    });
}

#[test]
fn a_program_in_a_code_does_not_run() {
    seeing(
        |_| vec![vec![Symbol::of(b"javascript:window.ran=1;alert('<img src=x onerror=window.ran=1>')")]],
        async |visit| {
            let page = visit.browser;
            scan(visit).await;
            panel_says(page, "Đây là mã lệnh chạy trong trình duyệt, không phải tem truy xuất nguồn gốc").await;
            panel_says(page, "<img src=x onerror=window.ran=1>").await;
            is_harmless(page, visit.server.origin()).await;
            assert_eq!(page.value("window.ran === undefined && !document.querySelector('.scan img')").await, true);
        },
    );
}

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

#[test]
fn a_refused_camera_is_said_plainly_with_the_other_ways_in() {
    visit(&Look { flags: vec!["--use-fake-device-for-media-stream".into()], ..Look::default() }, async |visit| {
        let page = visit.browser;
        let permission = |setting| json!({"permission": {"name": "camera"}, "setting": setting});
        page.devtools("Browser.setPermission", permission("denied")).await;
        scan(visit).await;
        panel_says(page, "Trình duyệt chưa được phép dùng camera.").await;
        panel_says(page, "Có thể chọn ảnh chụp mã, hoặc gõ mã in trên tem vào ô bên dưới.").await;
        assert_eq!(page.count(".scan-panel [role=alert]").await, 1);
        assert_eq!(page.count("#scan-file").await, 1);
        assert_eq!(page.value(AUDIT).await, json!([]));

        // Allowed after all.
        page.devtools("Browser.setPermission", permission("granted")).await;
        page.click(".scan > .button:not(.quiet)").await;
        status_is(page, "Đang tìm mã…").await;
    });
}

#[test]
fn a_camera_that_is_missing_busy_or_out_of_reach_has_its_own_sentence() {
    let failing = |name: &str| {
        // Not on about:blank, which has none.
        format!(
            "if (navigator.mediaDevices) {{ \
             navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', '{name}')); }}"
        )
    };
    let gone = "Object.defineProperty(Navigator.prototype, 'mediaDevices', {get: () => undefined});";
    for (before, says) in [
        (String::new(), "Không tìm thấy camera trên máy này."),
        (failing("NotReadableError"), "Camera đang được ứng dụng khác dùng."),
        (gone.to_owned(), "Trình duyệt này không cho trang web dùng camera."),
        (
            format!("{gone}Object.defineProperty(window, 'isSecureContext', {{value: false}});"),
            "Trang này chưa được mở qua kết nối https",
        ),
        (
            format!(
                "{gone}Object.defineProperty(Navigator.prototype, 'userAgent', {{get: () => 'Mozilla/5.0 Zalo'}});"
            ),
            "Hãy mở trang này bằng trình duyệt",
        ),
    ] {
        visit(&Look::after(&before), async |visit| {
            scan(visit).await;
            panel_says(visit.browser, says).await;
            assert_eq!(visit.browser.count("#scan-file").await, 1, "{says}");
        });
    }
}

#[test]
fn a_scanner_that_does_not_come_is_said_and_tried_again() {
    let store = world().store();
    let server = world().server(store.path());
    Browser::run(&blind(), async |page| {
        let visit = Visit { browser: page, server, store };
        let network = visit.network(Weather::Dropped("/assets/scan-worker".into()));
        page.open(network.origin()).await;
        page.until("document.querySelector('#scan-open')").await;
        page.click(OPEN).await;
        panel_says(page, "Chưa tải được máy quét. Hãy thử lại khi có mạng.").await;
        network.turn(Weather::Fair);
        page.click(".scan > .button:not(.quiet)").await;
        status_is(page, "Đang tìm mã…").await;
    });
}

/// Puts a script before the worker's own.
fn before_worker(script: &str) -> String {
    let quoted = serde_json::Value::from(script);
    format!(
        "const make = URL.createObjectURL; URL.createObjectURL = blob => make.call(URL, \
         /javascript/.test(blob.type) ? new Blob([{quoted} + ';', blob], {{type: blob.type}}) : blob);"
    )
}

/// A `BarcodeDetector` in the worker that answers as `detect` says.
fn detector(detect: &str) -> Look {
    let script = format!(
        "globalThis.looks = 0; globalThis.BarcodeDetector = class {{ static async getSupportedFormats() {{ return ['qr_code']; }} \
         async detect(source) {{ looks++; {detect} }} }}"
    );
    Look { before: before_worker(&script), ..blind() }
}

#[test]
fn a_detector_that_lies_is_silent_or_hangs_does_not_keep_the_label_from_being_read() {
    for detect in [
        // Knows QR symbols by name only.
        "return [];",
        "return [{rawValue: 'https://evil.example/'}];",
        "throw new DOMException('no', 'NotSupportedError');",
        // Reads what is known, and nothing else.
        "return looks === 1 ? [{rawValue: 'NGUON'}] : [];",
        "if (looks > 1) { await new Promise(() => {}); } return [{rawValue: 'NGUON'}];",
    ] {
        let frames = |origin: &str| vec![vec![Symbol::label(&export(origin))]];
        seeing_with(detector(detect), frames, async |visit| {
            scan(visit).await;
            visit.says(UNLOGGED).await;
            assert_eq!(visit.browser.address().await, export(visit.server.origin()), "{detect}");
        });
    }
}

#[test]
fn a_detector_that_works_is_used() {
    let detect = "return [{rawValue: looks === 1 ? 'NGUON' : 'https://only-the-detector.example/'}];";
    seeing_with(
        detector(detect),
        |_| vec![vec![]],
        async |visit| {
            scan(visit).await;
            panel_says(visit.browser, "https://only-the-detector.example/").await;
        },
    );
}

#[test]
fn a_worker_that_dies_is_started_anew_and_then_given_up_in_plain_words() {
    // Dies on its second frame, each time.
    let dying = "let frames = 0; const listen = Object.getOwnPropertyDescriptor(globalThis, 'onmessage').set; \
                 Object.defineProperty(globalThis, 'onmessage', {set(f) { listen.call(globalThis, e => \
                 e.data.program || frames++ < 1 ? f(e) : postMessage({failed: true})); }})";
    let look = Look { before: before_worker(dying), ..blind() };
    let frames = |origin: &str| vec![vec![Symbol::label(&export(origin))]];
    seeing_with(look, frames, async |visit| {
        scan(visit).await;
        visit.says(UNLOGGED).await;
    });
    let dead = "Object.defineProperty(WebAssembly, 'instantiate', {value: () => Promise.reject(new Error('no'))})";
    let look = Look { before: before_worker(dead), ..blind() };
    seeing_with(
        look,
        |_| vec![vec![]],
        async |visit| {
            scan(visit).await;
            panel_says(visit.browser, "Máy quét gặp lỗi và đã dừng. Hãy thử lại.").await;
        },
    );
}

#[test]
fn torch_and_lens_are_offered_where_the_device_has_them() {
    let before = "MediaStreamTrack.prototype.getCapabilities = () => ({torch: true}); window.lit = []; window.asked = []; \
                  MediaStreamTrack.prototype.applyConstraints = async wanted => { lit.push(wanted.advanced[0].torch); }; \
                  if (navigator.mediaDevices) { const get = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices); \
                  navigator.mediaDevices.getUserMedia = wanted => { asked.push(wanted.video); return get(wanted); }; }";
    let flags =
        ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream=device-count=2"].map(str::to_owned);
    visit(&Look { flags: flags.into(), ..Look::after(before) }, async |visit| {
        let page = visit.browser;
        scan(visit).await;
        status_is(page, "Đang tìm mã…").await;
        assert_eq!(
            page.value("asked[0]").await,
            json!({"width": {"ideal": 1280}, "height": {"ideal": 720}, "facingMode": {"ideal": "environment"}})
        );
        assert_eq!(page.value(AUDIT).await, json!([]));
        page.click("[aria-pressed=false].button").await;
        page.until("document.querySelector('.scan [aria-pressed=true]')").await;
        assert_eq!(page.value("lit").await, json!([true]));
        page.click(".scan [aria-pressed=true]").await;
        page.until("document.querySelector('.scan [aria-pressed=false]')").await;
        assert_eq!(page.value("lit").await, json!([true, false]));

        assert_eq!(page.count("#scan-lens option").await, 2);
        page.value(
            "(() => { const lens = document.querySelector('#scan-lens'); lens.selectedIndex = 1 - lens.selectedIndex; \
             window.other = lens.value; lens.dispatchEvent(new Event('change', {bubbles: true})); })()",
        )
        .await;
        page.until("asked.length === 2 && asked[1].deviceId.exact === other").await;
        page.until("document.querySelector('#scan-lens')?.value === other").await;
    });
}
