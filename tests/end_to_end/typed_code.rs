//! Without a camera: the code under the QR symbol, typed.

use nguon_tests::browser::Look;
use nguon_tests::world::world;

use crate::verdicts::UNLOGGED;
use crate::visit::visit;

/// The border of a field, by day: at rest, and with something wrong in it.
const EDGE: &str = "rgb(140, 123, 107)";
const ALERT: &str = "rgb(155, 28, 28)";

#[test]
fn home_page_asks_for_the_code() {
    visit(&Look::default(), async |visit| {
        visit.browser.open(visit.server.origin()).await;
        visit.browser.until("document.querySelector('h1')").await;
        assert_eq!(visit.browser.text("h1").await, "Kiểm tra nguồn gốc một lô hàng");
        assert_eq!(visit.browser.count("#verdict").await, 0);
    });
}

#[test]
fn slip_of_the_finger_is_explained_and_the_right_code_leads_to_the_lot() {
    visit(&Look::default(), async |visit| {
        let page = visit.browser;
        let link = world().link("export");
        page.open(visit.server.origin()).await;
        page.until("document.querySelector('#code')").await;
        let border = "getComputedStyle(document.querySelector('#code')).borderTopColor";
        assert_eq!(page.text_of(border).await, EDGE);
        page.click("#code").await;

        // The last digit is the check digit.
        let (body, digit) = link.gtin().split_at(link.gtin().len() - 1);
        let wrong = (digit.parse::<u8>().expect("a digit") + 1) % 10;
        page.type_text(&format!("(01) {body}{wrong} (10) {}", link.lot())).await;
        page.press("Enter").await;
        page.until("document.querySelector('#code-error').innerText").await;
        let help = page.text("#code-error").await;
        assert_eq!(
            help,
            format!("Có lẽ gõ nhầm một chữ số: {body}{wrong} không khớp số kiểm tra. Hãy so lại với tem.")
        );
        assert_eq!(page.text_of(border).await, ALERT);
        assert_eq!(page.text_of("document.activeElement.id").await, "code");
        assert_eq!(page.text_of("document.activeElement.getAttribute('aria-invalid')").await, "true");

        page.value("document.activeElement.select()").await;
        page.type_text(&format!("(01) {} (10) {}", link.gtin(), link.lot())).await;
        page.press("Enter").await;
        visit.says(UNLOGGED).await;
        assert!(page.address().await.ends_with(&format!("/01/{}/10/{}", link.gtin(), link.lot())));
        assert!(page.text("#verdict").await.contains("Tem không gắn với mã lô"));
    });
}

#[test]
fn pasted_link_leads_to_the_lot_with_its_commitment() {
    visit(&Look::default(), async |visit| {
        let page = visit.browser;
        page.open(visit.server.origin()).await;
        page.until("document.querySelector('#code')").await;
        page.click("#code").await;
        page.type_text(&world().link("export").at("https://elsewhere.example")).await;
        page.click("form button").await;
        visit.says(UNLOGGED).await;
        assert_eq!(page.address().await, world().link("export").at(visit.server.origin()));
        assert!(page.text("#verdict").await.contains("Tem chỉ theo lô"));
    });
}

#[test]
fn nothing_and_nonsense_are_answered() {
    visit(&Look::default(), async |visit| {
        let page = visit.browser;
        page.open(visit.server.origin()).await;
        page.until("document.querySelector('#code')").await;
        for (typed, help) in [
            ("", "Hãy nhập mã in trên tem."),
            ("vải thiều", "Chưa đọc được mã này. Mã gồm dãy số sau (01) và số lô sau (10)."),
            ("(01) 09529876000019", "Còn thiếu số lô: phần sau (10) trên tem."),
        ] {
            page.value("document.querySelector('#code').value = ''").await;
            page.click("#code").await;
            page.type_text(typed).await;
            page.press("Enter").await;
            let quoted = serde_json::Value::from(help);
            page.until(&format!("document.querySelector('#code-error').innerText === {quoted}")).await;
        }
    });
}
