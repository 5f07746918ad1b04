//! Every page of the app around its tasks, on a small telephone, in Vietnamese: first run, code, today, history, this phone, its
//! people, a lost phone, a key that was revoked.

use nguon_tests::browser::{Browser, Look};

use super::keys::revoke;
use super::{Ground, apart, enrolled, go, look, new_phone, offline, plots_are_here, write};

#[test]
fn every_page_around_the_tasks_fits_a_small_telephone_and_passes_the_checker() {
    let (mut ground, mut found) = (Ground::start(), Vec::new());
    Browser::run(&Look::default(), async |page| {
        page.open(&ground.address("")).await;
        page.until("document.querySelector('.welcome .button.quiet')").await;
        found.extend(look(page, "31-chao").await);
        for (step, name) in [("#welcome/1", "32-chu-ky"), ("#welcome/2", "33-ai-dung-may")] {
            page.value(&format!("location.hash = '{step}'")).await;
            page.until("document.querySelectorAll('.welcome .count .on').length > 1").await;
            found.extend(look(page, name).await);
        }
        page.until("document.querySelector('input[value=many]')").await;
        page.click("input[value=many]").await;
        page.until("document.getElementById('secret')").await;
        page.click("form .button.big").await;
        page.until("document.getElementById('name-error').innerText").await;
        found.extend(look(page, "34-thieu-ten").await);
        let key = new_phone(page, &ground.address(""), "Bảy").await;
        found.extend(look(page, "35-ma-cua-may").await);
        let orchard = apart(|| ground.orchard("Nguyễn Văn Bảy", Some(key))).await;
        enrolled(page).await;
        plots_are_here(page).await;
        found.extend(look(page, "36-hom-nay").await);
        offline(page, true).await;
        write(page, &orchard).await;
        found.extend(look(page, "37-da-luu-khi-mat-mang").await);
        go(page, "#today").await;
        plots_are_here(page).await;
        found.extend(look(page, "38-hom-nay-mat-mang").await);
        go(page, "#history").await;
        page.click(".entry button").await;
        found.extend(look(page, "39-da-ghi").await);
        for (fragment, name) in [
            ("#device", "40-may-nay"),
            ("#people", "41-nguoi-dung-may"),
            ("#new-person", "42-them-nguoi"),
            ("#lost", "43-mat-may"),
        ] {
            go(page, fragment).await;
            found.extend(look(page, name).await);
        }
        revoke(&mut ground, orchard.household, key).await;
        page.value("location.hash = '#today'").await;
        offline(page, false).await;
        page.until("document.querySelector('.revoked')").await;
        found.extend(look(page, "44-khoa-bi-huy").await);
    });
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}
