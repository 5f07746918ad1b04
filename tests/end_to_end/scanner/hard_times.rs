//! Cameras, detectors and workers that do not do as they should, and what a device has besides.

use super::*;

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
