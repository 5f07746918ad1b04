//! Phones and officers: a code scanned from a picture, a lost phone, an officer who leaves.

use nguon_core::SigningKey;
use nguon_core::event::{Event, KeyAdded, KeyRevoked, RevocationReason, Role};
use nguon_core::ids::{KeyId, PublicKeyBytes};
use nguon_draft::handover::{EnrolCode, WantedRole};
use nguon_examples::season::Seed;
use nguon_tests::browser::{Browser, Look};
use nguon_tests::camera::{Symbol, picture};

use super::super::farm_tasks::ground::{apart, enrolled, new_phone};
use super::ground::{Coop, Ground, at_the_desk};
use super::{all_sent, choose_file, part, press, show, type_into};

fn phone(name: &str) -> (SigningKey, EnrolCode) {
    let key = Seed::sample().key(name);
    let code = EnrolCode { key: PublicKeyBytes::from(&key), role: WantedRole::New(Role::Farm) };
    (key, code)
}

/// A household entered by hand, whose page is open; its chain, from the address.
async fn newcomer(page: &Browser) -> nguon_core::ids::ChainId {
    press(page, ".d-title .button").await;
    type_into(page, "new-name", "Nguyễn Văn Bảy").await;
    type_into(page, "new-phone", "0912 345 678").await;
    press(page, "#newcomer form .button").await;
    page.until("location.hash.startsWith('#desk/ho/')").await;
    page.until("document.getElementById('enrol')").await;
    page.text_of("location.hash.split('/').at(-1)").await.parse().expect("a chain")
}

#[test]
fn a_phone_is_entered_from_a_picture_of_its_code_and_a_lost_one_replaced_and_the_household_stays_the_same() {
    let mut ground = Ground::start();
    let ((_, first), (_, second)) = (phone("desk/first"), phone("desk/second"));
    Browser::run(&Look::default(), async |page| {
        at_the_desk(page, &mut ground).await;
        let household = newcomer(page).await;
        press(page, "#enrol").await;
        // Something else is told, not taken.
        type_into(page, "typed-code", "vải thiều").await;
        press(page, "#read-code").await;
        page.until("document.getElementById('enrol-error').textContent.includes('không phải mã')").await;
        page.until("document.getElementById('scan-picture')").await;
        choose_file(page, "scan-picture", "ma.png", "image/png", &picture(&[Symbol::of(first.to_text().as_bytes())]))
            .await;
        page.until("document.getElementById('compare')").await;
        assert_eq!(page.text("#compare").await, first.digits(), "both sides see the same digits");
        show(page, "desk-360-compare").await;
        press(page, "#same").await;
        page.until("document.querySelector('.d-good')").await;
        all_sent(page).await;
        show(page, "desk-360-household").await;
        // The phone is lost: its key goes, the new one comes, typed this time.
        press(page, ".d-keyline .button").await;
        type_into(page, "since", "31/4/2026").await;
        press(page, "#revoke-do").await;
        page.until("document.getElementById('since').getAttribute('aria-invalid') === 'true'").await;
        type_into(page, "since", "1/1/2999").await;
        press(page, "#revoke-do").await;
        page.until("document.getElementById('since-error').textContent.includes('chưa tới')").await;
        show(page, "desk-360-revoke").await;
        type_into(page, "since", "5/6/2026").await;
        press(page, "#revoke-do").await;
        page.until("document.querySelector('.d-keyline')?.textContent.includes('mất máy')").await;
        press(page, "#enrol").await;
        type_into(page, "typed-code", &second.to_typed()).await;
        press(page, "#read-code").await;
        press(page, "#same").await;
        page.until("document.querySelectorAll('.d-keyline').length === 2").await;
        all_sent(page).await;
        let records = apart(|| ground.find(&household)).await;
        let events: Vec<&Event> = records.iter().map(|record| &record.event).collect();
        let [Event::Enrolled(enrolled), Event::KeyAdded(added), Event::KeyRevoked(revoked), Event::KeyAdded(again)] =
            events[..]
        else {
            panic!("enrolled, added, revoked, added: {events:?}")
        };
        assert!(enrolled.key.is_none());
        assert_eq!((added.key, again.key), (first.key, second.key));
        assert_eq!((revoked.key, revoked.reason), (KeyId::of(&first.key), RevocationReason::Lost));
        // Vietnam's midnight, whatever the browser's clock is set to.
        assert_eq!(revoked.suspect_since.map(nguon_core::values::Time::get), Some(1_780_592_400));
        // A key that is somebody's already is not entered again.
        press(page, "#enrol").await;
        type_into(page, "typed-code", &second.to_typed()).await;
        press(page, "#read-code").await;
        page.until("document.getElementById('enrol-error').textContent.includes('rồi')").await;
    });
}

/// The households as the server lists them, once it has their names too: those follow the records.
async fn named(ground: &Ground, coop: &Coop) -> Vec<serde_json::Value> {
    for _ in 0..300 {
        let all = apart(|| ground.households(&coop.coop)).await;
        if all.iter().all(|one| one.get("name").is_some()) {
            return all;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the names never came")
}

#[test]
fn an_officer_who_leaves_takes_nothing_along() {
    let mut ground = Ground::start();
    Browser::run(&Look::desktop(), async |page| {
        let coop = at_the_desk(page, &mut ground).await;
        newcomer(page).await;
        all_sent(page).await;
        let before = named(&ground, &coop).await;
        let left = KeyId::of(&PublicKeyBytes::from(&ground.officer));
        let revoked = KeyRevoked { key: left, reason: RevocationReason::Left, suspect_since: None, details: None };
        apart(|| ground.append(None, &coop.coop, revoked)).await;
        part(page, "#desk/can-bo").await;
        page.until("document.querySelector('main table')?.textContent.includes('đã nghỉ việc')").await;
        let officers = page.texts("main table tr").await;
        assert_eq!(officers.len(), 2);
        assert!(officers.iter().any(|line| line.contains("máy này") && line.contains("đang dùng")), "{officers:?}");
        show(page, "desk-officers").await;
        assert_eq!(apart(|| ground.households(&coop.coop)).await, before);
        // The other one goes on.
        part(page, "#desk/ho").await;
        press(page, ".d-title .button").await;
        type_into(page, "new-name", "Trần Thị Ánh").await;
        press(page, "#newcomer form .button").await;
        page.until("document.querySelector('h1')?.textContent === 'Trần Thị Ánh'").await;
        all_sent(page).await;
        assert_eq!(apart(|| ground.households(&coop.coop)).await.len(), 2);
    });
}

#[test]
fn two_officers_work_side_by_side_and_one_who_left_signs_nothing_more() {
    let mut ground = Ground::start();
    Browser::run(&Look::desktop(), async |one| {
        let coop = at_the_desk(one, &mut ground).await;
        newcomer(one).await;
        all_sent(one).await;
        let address = ground.address("");
        let of_ground = &mut ground;
        // The second browser has a thread of its own, for each has its own runtime.
        let second = apart(|| {
            let mut second = None;
            Browser::run(&Look::desktop(), async |two| {
                let key = new_phone(two, &address, "Anh Dũng").await;
                apart(|| of_ground.append(None, &coop.coop, KeyAdded { key, holder: None })).await;
                enrolled(two).await;
                two.open("about:blank").await;
                two.open(&of_ground.address("#desk/ho")).await;
                // What the first one registered is here, and theirs beside it.
                two.until("document.querySelectorAll('.d-list tbody th a').length === 1").await;
                press(two, ".d-title .button").await;
                type_into(two, "new-name", "Trần Thị Ánh").await;
                press(two, "#newcomer form .button").await;
                two.until("document.querySelector('h1')?.textContent === 'Trần Thị Ánh'").await;
                all_sent(two).await;
                part(two, "#desk/can-bo").await;
                two.until("document.querySelectorAll('main table tr').length === 3").await;
                second = Some(key);
            });
            second.expect("a key")
        })
        .await;
        let households = named(&ground, &coop).await;
        assert_eq!(households.len(), 2);
        // The first one leaves: at their computer nothing can be signed any more, and of what they signed nothing changes.
        let records = apart(|| ground.find(&coop.coop)).await;
        let first = records.iter().find_map(|record| match &record.event {
            Event::Enrolled(enrolled) => enrolled.key,
            _ => None,
        });
        let left = KeyId::of(&first.expect("the first officer's key"));
        let revoked = KeyRevoked { key: left, reason: RevocationReason::Left, suspect_since: None, details: None };
        apart(|| ground.append(None, &coop.coop, revoked)).await;
        one.reload().await;
        one.until("document.querySelector('.d-gate')?.textContent.includes('đã bị hủy')").await;
        assert_eq!(one.count(".d-parts").await, 0);
        show(one, "desk-left").await;
        assert_eq!(apart(|| ground.households(&coop.coop)).await, households);
        let signers: Vec<_> = apart(|| ground.find(&coop.coop)).await;
        assert!(signers.iter().any(|record| matches!(&record.event, Event::KeyAdded(added) if added.key == second)));
    });
}
