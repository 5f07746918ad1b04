//! Labels and other codes before the camera.

use super::*;

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
