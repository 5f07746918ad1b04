//! One phone, several people: a key and a PIN each.

use nguon_farm_app::state::Person;
use nguon_tests::browser::{Browser, Look};

use super::{Ground, apart, enrolled, kept};

async fn add(page: &Browser, name: &str, pin: &str) {
    page.until("document.getElementById('secret')").await;
    for (id, text) in [("name", name), ("secret", pin)] {
        page.call(
            "(() => { document.getElementById(arguments[0]).value = arguments[1]; })()",
            vec![id.into(), text.into()],
        )
        .await;
    }
    page.click("form .button.big").await;
}

async fn unlock(page: &Browser, pin: &str) {
    page.until("document.querySelector('.unlock')").await;
    page.call("(() => { document.getElementById('secret').value = arguments[0]; })()", vec![pin.into()]).await;
    page.click(".unlock form .button").await;
}

/// A clock that stands: how long it takes to come back does not count against the wait.
const STANDS: &str =
    "try { const kept = Number(sessionStorage.clock ||= Date.now()); Date.now = () => kept; } catch (none) {}";

/// How many wrong PINs are written down in all.
async fn wrong_ones(page: &Browser) -> u32 {
    kept::all::<Person>(page, "nguon-farm", "people").await.iter().map(|person| person.tries.wrong).sum()
}

#[test]
fn another_person_is_two_taps_and_a_pin_away_and_wrong_pins_cost_time() {
    let mut ground = Ground::start();
    Browser::run(&Look::after(STANDS), async |page| {
        page.open("about:blank").await;
        page.open(&ground.address("#welcome/2")).await;
        page.until("document.querySelector('input[value=many]')").await;
        page.click("input[value=many]").await;
        add(page, "Lan", "123456").await;
        page.until("/dễ đoán/.test(document.getElementById('secret-error').innerText)").await;
        add(page, "Lan", "260693").await;
        page.until("document.getElementById('code-typed')").await;
        let typed = page.text_of("document.getElementById('code-typed').textContent").await;
        let key = nguon_draft::handover::EnrolCode::from_text(&typed).expect("a code").key;
        apart(|| ground.orchard("Nguyễn Thị Lan", Some(key))).await;
        enrolled(page).await;
        // The second person.
        page.click(".who").await;
        page.click("main .button.big").await;
        add(page, "Hùng", "918273").await;
        page.until("document.getElementById('code-typed')").await;
        assert_eq!(page.text(".who").await, "Hùng");

        // Back to the first: her name above, her name in the list, her PIN.
        page.click(".who").await;
        page.until("document.querySelectorAll('.person').length === 2").await;
        page.value("[...document.querySelectorAll('.person')].find(one => /Lan/.test(one.innerText)).click()").await;
        for wrong in 1..=3 {
            unlock(page, "000001").await;
            while wrong_ones(page).await != wrong {}
        }
        page.until("/Hãy đợi/.test(document.getElementById('secret-error').innerText)").await;
        // Closing the app does not shorten the wait, nor does the right PIN.
        page.reload().await;
        unlock(page, "260693").await;
        page.until("/Hãy đợi/.test(document.getElementById('secret-error').innerText)").await;
        assert_eq!(page.count(".today").await, 0);

        // No key of hers stands in the database as it is.
        let kept = page
            .value(
                "new Promise(done => { const ask = indexedDB.open('nguon-farm'); ask.onsuccess = () => { \
            const keys = ask.result.transaction('keys').objectStore('keys').getAll(); \
            keys.onsuccess = () => done(keys.result.every(one => one.outer && !one.held)); }; })",
            )
            .await;
        assert_eq!(kept, true);
    });
}
