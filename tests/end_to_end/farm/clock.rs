//! A clock that is wrong by a year: what is written counts, and the app says what is wrong and what counts.

use nguon_tests::browser::{Browser, Look};

use super::{Ground, all_are, apart, enrolled, new_phone, plots_are_here, write};

#[test]
fn a_year_off_is_accepted_flagged_and_explained() {
    let mut ground = Ground::start();
    let ahead = "(() => { const real = Date.now.bind(Date), year = 365 * 86400e3; Date.now = () => real() + year; })()";
    Browser::run(&Look::after(ahead), async |page| {
        let key = new_phone(page, &ground.address(""), "Bảy").await;
        let orchard = apart(|| ground.orchard("Nguyễn Văn Bảy", Some(key))).await;
        enrolled(page).await;
        plots_are_here(page).await;
        page.until("[...document.querySelectorAll('.band')].some(band => /Đồng hồ máy nhanh khoảng 36[456] ngày/.test(band.innerText))").await;
        write(page, &orchard).await;
        all_are(page, 1, "Đã gửi").await;
        let records = apart(|| ground.records(&orchard.plots[0])).await;
        let year = records[2].signed_at.get() - records[1].signed_at.get();
        assert!(year > 300 * 86_400, "signed by the phone's own clock, which anybody can see: {year} s");
    });
}
