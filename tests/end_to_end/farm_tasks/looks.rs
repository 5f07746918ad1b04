//! Every page of the tasks on a small telephone, in Vietnamese: nothing is cut off, nothing is too small for a thumb, the checker of
//! WCAG 2.2 AA finds nothing by day and by night, and the pictures are left for people to look at.

use nguon_core::event::Role;
use nguon_farm_app::tasks::Task;
use nguon_farm_app::tasks::field::Field;
use nguon_tests::browser::{Browser, Look};
use nguon_tests::workspace::target;

use super::ground::{Ground, Taps, apart, enrolled, new_phone, plots_are_here};
use crate::access::axe;
use crate::farm::kept;

/// What is wider than the screen, or too small to be tapped.
const FAULTS: &str = "(() => { const found = []; \
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth; \
    if (wide > 0) found.push('wider than the screen by ' + wide); \
    for (const one of document.querySelectorAll('.task button, .task input:not([type=radio]):not([type=checkbox]):not(.file), .task select, .task .t-choice')) { \
        const box = one.getBoundingClientRect(); \
        const least = one.classList.contains('t-help') || one.closest('.photos, .scanner') ? 44 : 56; \
        if (box.width && (box.height < least - 0.5 || box.width < 44)) found.push(`${one.id || one.className} is ${Math.round(box.width)}×${Math.round(box.height)}`); \
    } return found; })()";

/// Holds the page that is open to all of it: what is wrong with it.
pub async fn look(page: &Browser, name: &str) -> Vec<String> {
    let mut found: Vec<String> = serde_json::from_value(page.value(FAULTS).await).expect("a list");
    axe::bring(page).await;
    for dark in [true, false] {
        page.look(&Look { dark, ..Look::default() }).await;
        found.extend(axe::faults(page).await);
    }
    let folder = target().join("e2e/farm-tasks");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join(format!("{name}.png")), page.whole_picture().await).expect("a picture");
    found.dedup();
    found.into_iter().map(|fault| format!("{name}: {fault}")).collect()
}

#[test]
fn every_page_of_a_farmer_fits_a_small_telephone_and_a_thumb() {
    let (mut ground, mut found) = (Ground::start(), Vec::new());
    Browser::run(&Look::default(), async |page| {
        let key = new_phone(page, &ground.address(""), "Bảy").await;
        let orchard = apart(|| ground.orchard("Nguyễn Văn Bảy", Some(key))).await;
        enrolled(page).await;
        plots_are_here(page).await;
        let plot = format!("[id='plot-{}']", orchard.plots[0]);
        let mut taps = Taps::of(page, "xem các trang");
        taps.on(".action[data-task=log]").await;
        page.until("document.querySelector('.t-row')").await;
        found.extend(look(page, "01-thua").await);
        taps.on(&plot).await;
        page.until("document.getElementById('t-product')").await;
        found.extend(look(page, "02-thuoc").await);
        taps.on(".t-row").await;
        page.until("document.getElementById('t-dose')").await;
        taps.on(".t-field:has(#t-dose) .t-help").await;
        found.extend(look(page, "03-lieu-luong").await);
        taps.on("#t-next").await;
        page.until("document.querySelector('#t-dose-error:not([hidden])')").await;
        found.extend(look(page, "04-loi").await);
        taps.typed("t-dose", "60").await;
        taps.on("#t-next").await;
        page.until("document.querySelector('.t-earliest b')").await;
        found.extend(look(page, "05-xem-lai").await);
        taps.on("#t-sign").await;
        page.until("document.querySelector('.t-saved')").await;
        found.extend(look(page, "06-da-luu").await);
        taps.on("#t-correct").await;
        page.until("document.getElementById('t-phi')").await;
        taps.typed("t-phi", "14").await;
        page.until("document.querySelector('#t-fate:not([hidden])')").await;
        found.extend(look(page, "07-dinh-chinh-phun").await);
        taps.on("#t-back").await;
        taps.on(".action[data-task=harvest]").await;
        page.until("document.querySelector('.t-row')").await;
        found.extend(look(page, "08-thu-hoach-thua").await);
        taps.on(&plot).await;
        taps.digits("24,5").await;
        taps.on("#t-add").await;
        taps.digits("600").await;
        page.until("document.querySelector('.t-warnings:not([hidden])')").await;
        found.extend(look(page, "09-con-cach-ly").await);
        taps.on("#t-sign").await;
        page.until("document.getElementById('t-trouble').innerText").await;
        found.extend(look(page, "10-tu-choi").await);
        taps.on("#t-back").await;
        taps.on(&format!("[id='plot-{}']", orchard.plots[1])).await;
        page.value("[...document.querySelectorAll('.t-key')].at(-1).click()").await;
        page.value("[...document.querySelectorAll('.t-key')].at(-1).click()").await;
        page.value("[...document.querySelectorAll('.t-key')].at(-1).click()").await;
        taps.digits("23").await;
        found.extend(look(page, "11-can").await);
        kept::is_kept(page, &Task::Harvest(None), Field::Weight, "23").await;
        page.reload().await;
        page.until("document.getElementById('t-afresh')").await;
        found.extend(look(page, "20-ghi-do").await);
        taps.on("#t-sign").await;
        page.until("document.querySelector('.t-saved')").await;
        found.extend(look(page, "12-thu-hoach-da-luu").await);
        taps.on("#t-correct").await;
        page.until("document.getElementById('t-was')").await;
        found.extend(look(page, "13-dinh-chinh-can").await);
        taps.on("#t-back").await;
        taps.on(".action[data-task=give]").await;
        page.until("document.getElementById('t-use')").await;
        found.extend(look(page, "14-giao-quet").await);
        let offer = nguon_draft::handover::Offer {
            batch: nguon_core::ids::ChainId::from_bytes([5; 32]),
            owner: nguon_core::ids::ChainId::from_bytes([6; 32]),
            product: "vải thiều".parse().expect("text"),
        };
        taps.typed("t-code", &offer.to_text()).await;
        taps.on("#t-use").await;
        page.until("document.getElementById('t-given')").await;
        taps.digits("20").await;
        found.extend(look(page, "15-giao").await);
        taps.on("#t-sign").await;
        page.until("document.querySelector('.t-saved')").await;
        found.extend(look(page, "16-giao-ma").await);
        taps.on("#t-done").await;
        taps.on(".action[data-task=receive]").await;
        page.until("document.getElementById('t-offer-make')").await;
        found.extend(look(page, "17-nhan").await);
        taps.on("#t-offer-make").await;
        page.until("document.getElementById('t-offer')").await;
        found.extend(look(page, "18-nhan-ma").await);
        taps.on("#t-back").await;
        taps.on(".action[data-task=gone]").await;
        page.until("document.getElementById('t-gone')").await;
        found.extend(look(page, "19-hao-hut").await);
        let wrong = page.complaints().await;
        assert!(wrong.iter().all(|one| one.contains("404")), "{wrong:?}");
    });
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}

#[test]
fn every_page_of_a_weighing_station_fits_a_small_telephone_and_a_thumb() {
    let (mut ground, mut found) = (Ground::start(), Vec::new());
    Browser::run(&Look::default(), async |page| {
        let key = new_phone(page, &ground.address(""), "Điểm cân").await;
        apart(|| ground.enrol(Role::Collector, "Điểm cân Hùng", Some(key))).await;
        enrolled(page).await;
        let mut taps = Taps::of(page, "xem điểm cân");
        taps.on(".action[data-task='weigh-in']").await;
        page.until("document.getElementById('t-phone')").await;
        found.extend(look(page, "21-diem-can").await);
        taps.on("#t-phone").await;
        page.until("document.getElementById('t-offer')").await;
        found.extend(look(page, "22-diem-can-ma").await);
        taps.on("#t-scan").await;
        page.until("document.getElementById('t-use')").await;
        found.extend(look(page, "23-diem-can-quet").await);
        taps.on("#t-back").await;
        taps.on("#t-back").await;
        taps.on("#t-back").await;
        taps.on(".action[data-task=cool]").await;
        page.until("document.querySelector('#task .t-empty')").await;
        found.extend(look(page, "24-lam-lanh").await);
    });
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}
