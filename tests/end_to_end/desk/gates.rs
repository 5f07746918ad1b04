//! When the desk cannot be used, and in which language it speaks.

use nguon_tests::browser::{Browser, Look};

use super::ground::{Ground, at_the_desk};
use super::{part, press, show};

#[test]
fn nobody_works_at_the_desk_while_the_device_practises() {
    let ground = Ground::start();
    Browser::run(&Look::default(), async |page| {
        page.open(&ground.address("#welcome")).await;
        page.value("sessionStorage.setItem('mode', 'tap-thu')").await;
        page.open("about:blank").await;
        page.open(&ground.address("#desk")).await;
        page.until("document.querySelector('.d-gate')?.textContent.includes('tập dùng')").await;
        assert_eq!(page.count(".d-parts").await, 0);
        show(page, "desk-360-practises").await;
    });
}

#[test]
fn the_desk_speaks_other_languages_once_their_files_have_come() {
    let mut ground = Ground::start();
    Browser::run(&Look::desktop(), async |page| {
        at_the_desk(page, &mut ground).await;
        for (tag, title) in [("en", "Households and plots"), ("zh", "农户与地块"), ("vi", "Hộ và thửa")] {
            press(page, &format!(".languages button[lang={tag}]")).await;
            page.until(&format!("document.querySelector('h1')?.textContent === {title:?}")).await;
            assert_eq!(page.text_of("document.documentElement.lang").await, tag);
        }
        // The choice outlives the page.
        press(page, ".languages button[lang=en]").await;
        page.reload().await;
        part(page, "#desk/can-bo").await;
        page.until("document.querySelector('h1')?.textContent === 'Officers'").await;
    });
}
