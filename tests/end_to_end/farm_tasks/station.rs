//! The weighing station: household by household, signed on behalf where there is no phone; and what is lost afterwards.

use nguon_core::event::Event;
use nguon_core::record::Signer;
use nguon_tests::browser::{Browser, Look};

use super::ground::{Ground, Taps, apart, enrolled, new_phone, plots_are_here};
use super::looks::look;

#[test]
fn grams_that_are_gone_are_recorded_with_why() {
    let mut ground = Ground::start();
    Browser::run(&Look::default(), async |page| {
        let key = new_phone(page, &ground.address(""), "Bảy").await;
        let orchard = apart(|| ground.orchard("Nguyễn Văn Bảy", Some(key))).await;
        enrolled(page).await;
        plots_are_here(page).await;
        let mut taps = Taps::of(page, "thu hoạch rồi hao hụt");
        taps.on(".action[data-task=harvest]").await;
        taps.on(&format!("[id='plot-{}']", orchard.plots[0])).await;
        taps.digits("50").await;
        taps.on("#t-sign").await;
        taps.kept(4).await;
        page.click("#t-done").await;
        let mut taps = Taps::of(page, "hao hụt");
        taps.on(".action[data-task=gone]").await;
        taps.digits("3,5").await;
        taps.on("input[value=spoilage]").await;
        taps.on("#t-sign").await;
        taps.kept(4).await;
        let Event::HarvestDrawn(drawn) = ground.wait_for(page, &orchard.plots[0], 3).await else { panic!("a draw") };
        let Event::Lost(lost) = ground.wait_for(page, &drawn.to, 3).await else { panic!("a loss") };
        assert_eq!(lost.grams.get(), 3_500);
    });
}

#[test]
fn a_registrar_weighs_in_a_household_without_a_phone_and_the_record_says_on_whose_behalf() {
    let mut ground = Ground::start();
    Browser::run(&Look::default(), async |page| {
        let key = new_phone(page, &ground.address(""), "Cán bộ").await;
        let (coop, orchard) = apart(|| (ground.officer(key), ground.orchard("Trần Thị Sửu", None))).await;
        enrolled(page).await;
        let mut taps = Taps::of(page, "điểm cân: ký thay hộ, hai sọt");
        taps.on(".action[data-task='weigh-in']").await;
        taps.on(&format!("[id='plot-{}']", orchard.plots[0])).await;
        assert!(page.text(".t-note").await.contains("ký thay"));
        taps.digits("40").await;
        taps.on("#t-add").await;
        taps.digits("41,5").await;
        taps.on("#t-sign").await;
        taps.kept(4).await;
        assert_eq!(page.text(".t-net").await, "81,5 kg");
        let records = ground.until(page, &orchard.plots[0], 3).await;
        let draw = &records[2];
        assert_eq!((draw.signer, draw.on_behalf_of), (Signer::Actor(coop), Some(orchard.household)));
        let Event::HarvestDrawn(drawn) = &draw.event else { panic!("a draw") };
        let Event::Opened(batch) = ground.wait_for(page, &drawn.to, 1).await else { panic!("a batch") };
        assert_eq!(batch.owner, coop);
        // The next household, in two taps and a weight.
        let mut taps = Taps::of(page, "điểm cân: hộ tiếp theo");
        taps.on("#t-again").await;
        page.until("document.querySelector('.t-note')").await;
        assert!(page.text(".t-note").await.contains("81,5 kg"), "the day's sum");
        taps.on(&format!("[id='plot-{}']", orchard.plots[1])).await;
        taps.digits("20").await;
        taps.on("#t-sign").await;
        taps.kept(3).await;
        ground.until(page, &orchard.plots[1], 3).await;
    });
}

#[test]
fn an_officers_today_leads_to_the_desk_and_a_farmers_does_not() {
    let mut ground = Ground::start();
    Browser::run(&Look::default(), async |page| {
        let key = new_phone(page, &ground.address(""), "Bảy").await;
        apart(|| ground.orchard("Nguyễn Văn Bảy", Some(key))).await;
        enrolled(page).await;
        assert_eq!(page.count(".desk-link").await, 0);
    });
    Browser::run(&Look::default(), async |page| {
        let key = new_phone(page, &ground.address(""), "Cán bộ").await;
        apart(|| ground.officer(key)).await;
        enrolled(page).await;
        let found = look(page, "45-hom-nay-can-bo").await;
        assert!(found.is_empty(), "{found:?}");
        page.click(".desk-link").await;
        page.until("location.hash.startsWith('#desk') && document.querySelector('.d-parts')").await;
    });
}
