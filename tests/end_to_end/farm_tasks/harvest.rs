//! Harvest: at most four taps for one weight; warned before signing; corrected afterwards.

use nguon_core::event::{Event, Role};
use nguon_tests::browser::{Browser, Look};

use super::ground::{Ground, Taps, apart, enrolled, new_phone, plots_are_here};

#[test]
fn one_weight_takes_at_most_four_taps_and_signs_draw_and_input_as_one_group() {
    let mut ground = Ground::start();
    Browser::run(&Look::default(), async |page| {
        let key = new_phone(page, &ground.address(""), "Bảy").await;
        let orchard = apart(|| ground.orchard("Nguyễn Văn Bảy", Some(key))).await;
        enrolled(page).await;
        plots_are_here(page).await;
        let mut taps = Taps::of(page, "thu hoạch, một mã cân");
        taps.on(".action[data-task=harvest]").await;
        taps.on(&format!("[id='plot-{}']", orchard.plots[0])).await;
        taps.digits("24,5").await;
        taps.on("#t-sign").await;
        taps.kept(4).await;
        let drawn = ground.wait_for(page, &orchard.plots[0], 3).await;
        let Event::HarvestDrawn(drawn) = drawn else { panic!("{drawn:?}") };
        assert_eq!(drawn.grams.get(), 24_500);
        let Event::Harvested(into) = ground.wait_for(page, &drawn.to, 2).await else { panic!("no input") };
        assert_eq!((into.inputs[0].grams.get(), into.inputs[0].from), (24_500, orchard.plots[0]));
        assert!(page.complaints().await.iter().all(|one| one.contains("404")));
    });
}

#[test]
fn keys_pressed_before_the_page_is_drawn_again_all_count() {
    let mut ground = Ground::start();
    Browser::run(&Look::default(), async |page| {
        let key = new_phone(page, &ground.address(""), "Bảy").await;
        let orchard = apart(|| ground.orchard("Nguyễn Văn Bảy", Some(key))).await;
        enrolled(page).await;
        plots_are_here(page).await;
        let mut taps = Taps::of(page, "thu hoạch, bấm nhanh");
        taps.on(".action[data-task=harvest]").await;
        taps.on(&format!("[id='plot-{}']", orchard.plots[0])).await;
        page.until("document.querySelector('.t-pad')").await;
        // All within one turn of the browser: nothing is drawn in between.
        page.value("['4', '0', ',', '5'].forEach(digit => [...document.querySelectorAll('.t-key')].find(key => key.textContent === digit).click())").await;
        page.until("document.getElementById('t-weight').value === '40,5'").await;
        taps.on("#t-sign").await;
        taps.kept(4).await;
        let Event::HarvestDrawn(drawn) = ground.wait_for(page, &orchard.plots[0], 3).await else { panic!("a draw") };
        assert_eq!(drawn.grams.get(), 40_500);
    });
}

#[test]
fn crates_are_summed_and_the_next_harvest_of_the_day_joins_the_same_lot() {
    let mut ground = Ground::start();
    Browser::run(&Look::default(), async |page| {
        let key = new_phone(page, &ground.address(""), "Bảy").await;
        let orchard = apart(|| ground.orchard("Nguyễn Văn Bảy", Some(key))).await;
        enrolled(page).await;
        plots_are_here(page).await;
        let mut taps = Taps::of(page, "thu hoạch, ba sọt");
        taps.on(".action[data-task=harvest]").await;
        taps.on(&format!("[id='plot-{}']", orchard.plots[0])).await;
        for weight in ["24,5", "23", "25,25"] {
            taps.digits(weight).await;
            if weight != "25,25" {
                taps.on("#t-add").await;
            }
        }
        assert_eq!(page.text("#t-total").await, "72,75 kg");
        taps.on("#t-sign").await;
        taps.kept(6).await;
        let Event::HarvestDrawn(first) = ground.wait_for(page, &orchard.plots[0], 3).await else { panic!("a draw") };
        // The other plot, the same variety, the same day.
        page.click("#t-again").await;
        let mut taps = Taps::of(page, "thu hoạch, thửa thứ hai");
        taps.on(&format!("[id='plot-{}']", orchard.plots[1])).await;
        taps.digits("10").await;
        taps.on("#t-sign").await;
        taps.kept(3).await;
        let Event::HarvestDrawn(second) = ground.wait_for(page, &orchard.plots[1], 3).await else { panic!("a draw") };
        assert_eq!(first.to, second.to);
    });
}

#[test]
fn a_share_that_is_used_up_is_told_before_signing_and_nothing_is_signed() {
    let mut ground = Ground::start();
    Browser::run(&Look::default(), async |page| {
        let key = new_phone(page, &ground.address(""), "Bảy").await;
        let orchard = apart(|| ground.orchard("Nguyễn Văn Bảy", Some(key))).await;
        enrolled(page).await;
        plots_are_here(page).await;
        let mut taps = Taps::of(page, "thu hoạch, quá phần");
        taps.on(".action[data-task=harvest]").await;
        taps.on(&format!("[id='plot-{}']", orchard.plots[0])).await;
        taps.digits("500,001").await;
        page.until("/chỉ còn 500/.test(document.querySelector('.t-warnings').innerText)").await;
        taps.on("#t-sign").await;
        page.until("/chỉ còn 500/.test(document.getElementById('t-trouble').innerText)").await;
        assert_eq!(page.count(".t-saved").await, 0);
        assert_eq!(apart(|| ground.records(&orchard.plots[0])).await.len(), 2);
        // What was typed stays, and less of it is taken.
        page.value("[...document.querySelectorAll('.t-key')].at(-1).click()").await;
        page.value("[...document.querySelectorAll('.t-key')].at(-1).click()").await;
        taps.on("#t-sign").await;
        taps.kept(4).await;
    });
}

#[test]
fn a_weight_typed_wrong_is_corrected_on_plot_and_batch_and_both_figures_stay() {
    let mut ground = Ground::start();
    Browser::run(&Look::default(), async |page| {
        let key = new_phone(page, &ground.address(""), "Bảy").await;
        let orchard = apart(|| ground.orchard("Nguyễn Văn Bảy", Some(key))).await;
        enrolled(page).await;
        plots_are_here(page).await;
        let mut taps = Taps::of(page, "thu hoạch để đính chính");
        taps.on(".action[data-task=harvest]").await;
        taps.on(&format!("[id='plot-{}']", orchard.plots[0])).await;
        taps.digits("245").await;
        assert!(page.text(".t-warnings").await.contains("245 kg"), "a comma may be missing");
        taps.on("#t-sign").await;
        taps.kept(4).await;
        let mut taps = Taps::of(page, "đính chính số cân");
        taps.on("#t-correct").await;
        page.until("document.getElementById('t-was')").await;
        assert_eq!(page.text("#t-was").await, "245 kg");
        for _ in 0..3 {
            page.value("[...document.querySelectorAll('.t-key')].find(key => key.textContent === '⌫').click()").await;
        }
        taps.digits("24,5").await;
        assert_eq!(page.text("#t-now").await, "24,5 kg");
        taps.on("input[value=typing]").await;
        taps.on("#t-sign").await;
        taps.kept(4).await;
        let Event::HarvestDrawn(drawn) = ground.wait_for(page, &orchard.plots[0], 3).await else { panic!("a draw") };
        let Event::Corrected(batch) = ground.wait_for(page, &drawn.to, 3).await else { panic!("a correction") };
        let Event::Corrected(plot) = ground.wait_for(page, &orchard.plots[0], 4).await else { panic!("a correction") };
        assert_eq!((batch.sequence, plot.sequence), (1, 2));
        assert_eq!(batch.event.inputs()[0].grams.get(), 24_500);
    });
}

#[test]
fn the_day_a_spray_forbids_is_told_at_harvest_with_the_product() {
    let mut ground = Ground::start();
    Browser::run(&Look::default(), async |page| {
        let key = new_phone(page, &ground.address(""), "Bảy").await;
        let orchard = apart(|| ground.orchard("Nguyễn Văn Bảy", Some(key))).await;
        enrolled(page).await;
        plots_are_here(page).await;
        super::field_log::spray(page, &orchard, "ghi nhật ký trước thu hoạch").await.kept(6).await;
        page.click("#t-done").await;
        let mut taps = Taps::of(page, "thu hoạch khi còn cách ly");
        taps.on(".action[data-task=harvest]").await;
        taps.on(&format!("[id='plot-{}']", orchard.plots[0])).await;
        page.until("/Abamectin 3.6EC/.test(document.querySelector('.t-warnings').innerText)").await;
        taps.digits("20").await;
        taps.on("#t-sign").await;
        page.until("/cách ly/.test(document.getElementById('t-trouble').innerText)").await;
        assert_eq!(page.count(".t-saved").await, 0);
    });
}

#[test]
fn a_role_other_than_a_farm_still_weighs_nothing_that_is_not_theirs() {
    let mut ground = Ground::start();
    Browser::run(&Look::default(), async |page| {
        let key = new_phone(page, &ground.address(""), "Điểm cân").await;
        apart(|| ground.enrol(Role::Collector, "Điểm cân Bảy", Some(key))).await;
        enrolled(page).await;
        page.open(&ground.address("#harvest")).await;
        page.until("document.querySelector('.t-empty')").await;
        assert!(page.text(".t-empty").await.contains("Chưa có thửa nào"));
    });
}
