//! Keys that are lost, revoked and replaced: the person stays the same, and nothing that was written down goes.

use nguon_core::event::{KeyRevoked, RevocationReason};
use nguon_core::ids::{ChainId, KeyId, PublicKeyBytes};
use nguon_tests::browser::{Browser, Look};

use super::{Ground, STAGES, add_key, all_are, apart, enrolled, new_phone, offline, plots_are_here, write, written};

/// The office revokes a key, as of a lost phone.
pub async fn revoke(ground: &mut Ground, actor: ChainId, key: PublicKeyBytes) {
    let revoked =
        KeyRevoked { key: KeyId::of(&key), reason: RevocationReason::Lost, suspect_since: None, details: None };
    apart(|| ground.append(&actor, revoked)).await;
}

/// The key that the page shows.
async fn key(page: &Browser) -> PublicKeyBytes {
    let typed = page.text_of("document.getElementById('code-typed').textContent").await;
    nguon_draft::handover::EnrolCode::from_text(&typed).expect("a code").key
}

#[test]
fn a_lost_phone_is_replaced_and_the_new_one_is_the_same_person_with_the_same_plots() {
    let mut ground = Ground::start();
    let mut lost = None;
    Browser::run(&Look::default(), async |page| {
        let key = new_phone(page, &ground.address(""), "Bảy").await;
        let orchard = apart(|| ground.orchard("Nguyễn Văn Bảy", Some(key))).await;
        enrolled(page).await;
        write(page, &orchard).await;
        all_are(page, 1, "Đã gửi").await;
        lost = Some((orchard, key));
    });
    let (orchard, old) = lost.expect("a phone");
    Browser::run(&Look::default(), async |page| {
        let key = new_phone(page, &ground.address(""), "Bảy").await;
        revoke(&mut ground, orchard.household, old).await;
        add_key(&mut ground, orchard.household, key).await;
        enrolled(page).await;
        plots_are_here(page).await;
        write(page, &orchard).await;
        all_are(page, 1, "Đã gửi").await;
        assert_eq!(written(&ground, &orchard.plots[0]).await, 2);
        let records = apart(|| ground.records(&orchard.plots[0])).await;
        assert!(records.iter().rev().take(2).all(|record| record.signer == orchard.household.into()));
    });
}

#[test]
fn entries_of_a_revoked_key_that_were_not_sent_are_signed_again_by_the_new_one() {
    let mut ground = Ground::start();
    Browser::run(&Look::default(), async |page| {
        let first = new_phone(page, &ground.address(""), "Bảy").await;
        let orchard = apart(|| ground.orchard("Nguyễn Văn Bảy", Some(first))).await;
        enrolled(page).await;
        plots_are_here(page).await;
        offline(page, true).await;
        write(page, &orchard).await;
        write(page, &orchard).await;
        revoke(&mut ground, orchard.household, first).await;
        offline(page, false).await;
        page.value("location.hash = '#today'").await;
        // What happened, what is kept, how to go on.
        page.until("document.querySelector('.revoked')").await;
        let said = page.text(".revoked").await;
        for words in ["không còn hiệu lực", "báo mất máy", "vẫn trên máy này", "Tạo khóa mới"] {
            assert!(said.contains(words), "{words}: {said}");
        }
        page.click(".revoked .button.big").await;
        page.until("document.getElementById('code-typed')").await;
        let second = key(page).await;
        assert_ne!(first, second);
        add_key(&mut ground, orchard.household, second).await;
        enrolled(page).await;
        all_are(page, 2, "Đã gửi").await;
        assert_eq!(written(&ground, &orchard.plots[0]).await, 2);
        assert_eq!(page.text_of(STAGES).await, "Đã gửi|Đã gửi");
    });
}
