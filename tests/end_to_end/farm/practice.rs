//! Practice: it goes as the real thing does, and can never count there.

use nguon_tests::browser::{Browser, Look};

use super::{Ground, go, kept, plots_are_here};
use crate::farm_tasks::ground::{Taps, apart};

#[test]
fn practice_says_so_goes_its_own_way_and_its_records_are_refused_by_the_real_server() {
    let ground = Ground::start();
    Browser::run(&Look::default(), async |page| {
        page.open(&ground.address("")).await;
        page.until("document.querySelector('.button.quiet.big')").await;
        page.click(".button.quiet.big").await;
        page.until("document.querySelector('.band.practice')").await;
        assert!(page.text(".band.practice").await.starts_with("TẬP THỬ"));
        go(page, "#welcome/2").await;
        page.until("document.getElementById('name')").await;
        page.value("(() => { document.getElementById('name').value = 'Bảy'; })()").await;
        page.click("form .button").await;
        // The page of the code is opened last of all, from its top.
        page.until("location.hash === '#code' && document.activeElement.id === 'title'").await;
        page.until("document.querySelector('.card .button.big')").await;
        page.value("document.querySelector('.card .button.big').scrollIntoView({block: 'center'})").await;
        page.click(".card .button.big").await;
        page.until("document.querySelector('.told.leaf')").await;
        page.click(".button.big").await;
        plots_are_here(page).await;
        let mut taps = Taps::of(page, "tập thử: phun");
        taps.on(".plot .row .button").await;
        taps.on(".t-row").await;
        taps.typed("t-dose", "60").await;
        taps.on("#t-next").await;
        taps.on("#t-sign").await;
        taps.kept(9).await;
        super::all_are(page, 1, "Đã gửi").await;

        // The very bytes that practice took, at the real server.
        let entries: Vec<nguon_draft::outbox::Entry> = kept::all(page, "nguon-farm-practice", "entries").await;
        let bytes = &entries[0].records[0].record.0;
        let url = ground.address("").replace("/farm/", "/v1/records");
        let (status, said) = apart(|| {
            let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
            let mut answer = agent.post(&url).content_type("application/cose").send(bytes).expect("an answer");
            (answer.status().as_u16(), answer.body_mut().read_to_string().expect("a body"))
        })
        .await;
        assert!(matches!(status, 400..=499), "{status} {said}");
        // Nothing of it is in the database of the real thing.
        let names = page.text_of("indexedDB.databases().then(all => all.map(one => one.name).sort().join())").await;
        assert!(names.contains("nguon-farm-practice"), "{names}");
        page.click(".band.practice .button").await;
        page.until("!document.querySelector('.band.practice') && document.querySelector('.welcome')").await;
    });
}
