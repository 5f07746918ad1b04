//! A form half filled in when the page ends: it is there again, and gone once it is signed.

use nguon_core::event::Event;
use nguon_farm_app::tasks::field::Field;
use nguon_farm_app::tasks::half::unpack;
use nguon_farm_app::tasks::task::Task;
use nguon_tests::browser::{Browser, Look};

use super::{Ground, all_are, at_work, go, kept, offline, plots_are_here};
use crate::farm_tasks::field_log::PHOTO;
use crate::farm_tasks::ground::Taps;

#[test]
fn weights_typed_before_the_tab_crashed_are_there_again_and_signed_once() {
    let mut ground = Ground::start();
    Browser::run(&Look::default(), async |page| {
        let orchard = at_work(page, &mut ground).await;
        page.until("navigator.serviceWorker.controller").await;
        offline(page, true).await;
        let mut taps = Taps::of(page, "thu hoạch, mất trang giữa chừng");
        taps.on(".action[data-task=harvest]").await;
        taps.on(&format!("[id='plot-{}']", orchard.plots[0])).await;
        taps.digits("40").await;
        taps.on("#t-add").await;
        taps.digits("39,5").await;
        kept::is_kept(page, &Task::Harvest(None), Field::Weight, "39,5").await;
        page.reload().await;
        page.until("document.getElementById('t-total')").await;
        let note = page.text(".t-note").await;
        assert!(note.starts_with("Mục này ghi dở từ "), "{note}");
        assert_eq!(page.text("b#t-total").await, "79,5 kg");
        assert_eq!(page.count(".t-crates li").await, 1);
        taps.on("#t-sign").await;
        taps.kept(5).await;
        // It was forgotten in the very transaction that kept the entry.
        assert!(kept::bytes(page, "#harvest").await.is_empty());
        page.reload().await;
        go(page, "#today").await;
        plots_are_here(page).await;
        page.click(".action[data-task=harvest]").await;
        page.until("document.querySelector('.t-row')").await;
        assert_eq!(page.count("#t-afresh").await, 0);
        offline(page, false).await;
        all_are(page, 1, "Đã gửi").await;
        let Event::HarvestDrawn(drawn) = ground.wait_for(page, &orchard.plots[0], 3).await else { panic!("a draw") };
        assert_eq!(drawn.grams.get(), 79_500);
    });
}

#[test]
fn a_photo_taken_before_the_camera_ended_the_page_is_there_again_and_a_form_can_be_begun_anew() {
    let mut ground = Ground::start();
    Browser::run(&Look::default(), async |page| {
        let orchard = at_work(page, &mut ground).await;
        let mut taps = Taps::of(page, "ghi nhật ký, mất trang khi chụp ảnh");
        taps.dose(&orchard, "60").await;
        page.until("document.querySelector('.t-earliest b')").await;
        page.value(PHOTO).await;
        page.until("document.querySelector('.photos img')").await;
        kept::is_kept(page, &Task::Log(None), Field::Dose, "60").await;
        while kept::bytes(page, "#log/photos").await.first().is_none_or(|bytes| unpack(bytes).len() != 1) {}
        page.reload().await;
        page.until("document.querySelector('.photos img')?.naturalWidth > 0").await;
        assert!(page.text(".t-facts").await.contains("60 ml"));
        taps.on("#t-afresh").await;
        page.until("document.querySelector('.t-row') && !document.querySelector('#t-afresh')").await;
        assert!(kept::bytes(page, "#log").await.is_empty());
        assert!(kept::bytes(page, "#log/photos").await.is_empty());
    });
}
