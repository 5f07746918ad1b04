//! Whom to call, and how much may still be picked: read from what the households themselves recorded.

use nguon_tests::browser::{Browser, Look};

use super::super::farm_tasks::ground::apart;
use super::ground::{Coop, Ground, Orchard, at_the_desk, now};
use super::{part, press, show};

/// Presses a filter by the words on it.
async fn filter(page: &Browser, words: &str) -> String {
    let find = format!("[...document.querySelectorAll('.d-chip')].find(one => one.textContent.includes({words:?}))");
    page.until(&find).await;
    page.value(&format!("{find}.click()")).await;
    page.until(&format!("{find}.getAttribute('aria-pressed') === 'true'")).await;
    page.text_of(&format!("{find}.querySelector('b').textContent")).await
}

/// Whose rows are shown, by the address that each leads to.
async fn shown(page: &Browser) -> Vec<String> {
    let links =
        page.text_of("[...document.querySelectorAll('.d-list tbody th a')].map(one => one.hash).join(' ')").await;
    links.split_whitespace().map(|link| link.replace("#desk/ho/", "")).collect()
}

/// Three households: one that picked, one that picked nearly all of its share, one that never did.
fn three(ground: &mut Ground, coop: &Coop) -> [Orchard; 3] {
    let [busy, near, silent] = [("Nguyễn Văn Bảy", 1_000_000), ("Lê Văn Tám", 100_000), ("Trần Thị Ánh", 500_000)]
        .map(|(name, share)| ground.orchard(coop, name, share));
    for (orchard, grams) in [(&near, 95_000), (&busy, 150_500)] {
        let batch = ground.batch(coop, None, now());
        ground.pick(coop, orchard, &batch, grams, now());
    }
    [busy, near, silent]
}

#[test]
fn who_recorded_nothing_this_week_is_found_until_they_do_and_what_is_left_to_pick_is_told() {
    let mut ground = Ground::start();
    Browser::run(&Look::desktop(), async |page| {
        let coop = at_the_desk(page, &mut ground).await;
        let [_, near, silent] = apart(|| three(&mut ground, &coop)).await;
        page.reload().await;
        part(page, "#desk/ho").await;
        page.until("document.querySelectorAll('.d-list tbody th a').length === 3").await;
        assert_eq!(filter(page, "Tuần này chưa ghi").await, "1");
        assert_eq!(shown(page).await, [silent.household.to_string()]);
        show(page, "desk-quiet").await;
        // Who picked nearly all of their share; by its page, by the list, and by the growing area.
        assert_eq!(filter(page, "Gần hết sản lượng").await, "1");
        assert_eq!(shown(page).await, [near.household.to_string()]);
        let words = |text: String| text.replace('\u{a0}', " ");
        let row = words(page.text(".d-list tbody tr:has(th)").await);
        assert!(row.contains("95 kg trên 100 kg, còn 5 kg"), "{row}");
        let area = words(page.text("main table:not([aria-rowcount]) tbody tr").await);
        for sum in ["9.000.000 kg", "1.600 kg", "245,5 kg", "1.354,5 kg"] {
            assert!(area.contains(sum), "{sum} in {area}");
        }
        press(page, ".d-list tbody th a").await;
        page.until("document.querySelector('.d-columns')?.textContent.includes('còn')").await;
        let plot = words(page.text(".d-columns .card").await);
        assert!(plot.contains("95 kg trên 100 kg, còn 5 kg"), "{plot}");
        show(page, "desk-household-near").await;
        // The one who never did picks now.
        apart(|| {
            let batch = ground.batch(&coop, None, now());
            ground.pick(&coop, &silent, &batch, 20_000, now());
        })
        .await;
        part(page, "#desk/ho").await;
        page.reload().await;
        page.until("document.querySelectorAll('.d-list tbody th a').length === 3").await;
        assert_eq!(filter(page, "Tuần này chưa ghi").await, "0");
        assert_eq!(shown(page).await, Vec::<String>::new());
        page.complaints().await;
    });
}
