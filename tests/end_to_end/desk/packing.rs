//! A lot opened, filled and labelled; its labels read again from the PDF.

use nguon_tests::browser::{Browser, Look};

use super::super::farm_tasks::ground::apart;
use super::ground::{Ground, at_the_desk};
use super::{KEEPS_SAVED, all_sent, decoded, part, press, show, type_into};

#[test]
fn a_lot_is_opened_packed_and_its_labels_printed_as_a_pdf() {
    let mut ground = Ground::start();
    Browser::run(&Look::desktop(), async |page| {
        let coop = at_the_desk(page, &mut ground).await;
        apart(|| ground.weighed(&coop, None)).await;
        page.reload().await;
        part(page, "#desk/dong-goi").await;
        page.until("document.getElementById('lot-product')").await;
        // What is wrong is said at its field.
        type_into(page, "lot-product", "Vải thiều Lục Ngạn").await;
        type_into(page, "lot-gtin", "09521234543214").await;
        type_into(page, "lot-lot", "VT-0612").await;
        press(page, "#open-lot").await;
        page.until("document.getElementById('lot-gtin').getAttribute('aria-invalid') === 'true'").await;
        show(page, "desk-pack-fault").await;
        type_into(page, "lot-gtin", "09521234543213").await;
        press(page, "#open-lot").await;
        page.until("document.querySelector('.d-good')?.textContent.includes('VT-0612')").await;
        all_sent(page).await;
        page.until("document.querySelector('.d-source')").await;
        press(page, ".d-source").await;
        type_into(page, "per-box", "2,5").await;
        page.until("document.getElementById('chosen').textContent.includes('60 thùng')").await;
        type_into(page, "boxes", "60").await;
        press(page, "#pack").await;
        page.until("document.querySelector('.d-good')?.textContent.includes('60')").await;
        all_sent(page).await;
        // Labels, each with a number of its own.
        page.until("document.getElementById('labels')?.value === '60'").await;
        type_into(page, "host", "https://nguon.example").await;
        press(page, "#serials").await;
        show(page, "desk-pack").await;
        page.value(KEEPS_SAVED).await;
        page.until("!document.getElementById('print').disabled").await;
        press(page, "#print").await;
        page.until("document.getElementById('pdf')").await;
        assert!(page.text("#pdf").await.contains("3 trang"), "60 labels on sheets of 21: {}", page.text("#pdf").await);
        press(page, "#save-pdf").await;
        page.until("window.saved.length").await;
        let pdf = page.text_of("btoa(window.saved[0])").await;
        look_at(&pdf);
        all_sent(page).await;
        // What came in is what went out and is left.
        part(page, "#desk/can-doi").await;
        page.until("document.querySelector('tfoot')").await;
        let sum = page.text("tfoot").await.replace('\u{a0}', " ");
        assert!(sum.contains("150,5 kg"), "{sum}");
        assert!(!page.text("main").await.contains("chưa khớp"));
        show(page, "desk-lots").await;
    });
}

/// The PDF says in letters what is printed, Vietnamese and all.
fn look_at(base64: &str) {
    let bytes = decoded(base64);
    assert!(bytes.starts_with(b"%PDF-"));
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("tem.pdf");
    std::fs::write(&file, &bytes).expect("a file");
    if let Some(shots) = std::env::var_os("NGUON_SHOTS") {
        std::fs::write(std::path::Path::new(&shots).join("tem.pdf"), &bytes).expect("a file");
    }
    let text = std::process::Command::new("pdftotext")
        .arg("-layout")
        .arg(&file)
        .arg("-")
        .output()
        .expect("pdftotext (poppler-utils)");
    let text = String::from_utf8_lossy(&text.stdout).into_owned();
    assert!(text.matches("VT-0612").count() >= 60, "{text}");
    assert!(text.contains("Vải thiều") && text.contains("VN-BGOR-0123"), "{text}");
    let serials: std::collections::BTreeSet<&str> =
        text.split("(21)").skip(1).filter_map(|rest| rest.split_whitespace().next()).collect();
    assert_eq!(serials.len(), 60, "each label has a number of its own");
}
