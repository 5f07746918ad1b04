//! Every page of the desk, narrow and wide, by day and by night: by the automated checker of the WCAG.

use nguon_tests::browser::{Browser, Look};

use super::super::farm_tasks::ground::apart;
use super::ground::{Ground, at_the_desk};
use super::{all_sent, part, press, show, type_into};
use crate::access::axe;

/// A page, what is opened on it, and what shows that it is there.
const PAGES: [(&str, &str, &str, &str); 7] = [
    ("nhap", "#desk/nhap", "", "#list"),
    ("ho", "#desk/ho", ".d-title .button", "#newcomer"),
    ("dong-goi", "#desk/dong-goi", "", "#labels"),
    ("don-hang", "#desk/don-hang", "#order-new", "#order-buyer"),
    ("giao", "#desk/don-hang", "#give", "#give-lot"),
    ("can-doi", "#desk/can-doi", "tbody .text", ".card"),
    ("can-bo", "#desk/can-bo", "", "main table"),
];

#[test]
fn checker_finds_nothing_on_any_page_of_the_desk() {
    let mut ground = Ground::start();
    let mut found = Vec::new();
    Browser::run(&Look::desktop(), async |page| {
        let coop = at_the_desk(page, &mut ground).await;
        apart(|| ground.lot(&coop, "VT-0614")).await;
        press(page, ".d-title .button").await;
        type_into(page, "new-name", "Nguyễn Văn Bảy").await;
        press(page, "#newcomer form .button").await;
        page.until("location.hash.startsWith('#desk/ho/')").await;
        all_sent(page).await;
        let household = page.text_of("location.hash").await;
        for (name, fragment, opens, there) in
            PAGES.into_iter().chain([("mot-ho", household.as_str(), "#enrol", "#typed-code")])
        {
            page.look(&Look::desktop()).await;
            page.reload().await;
            part(page, fragment).await;
            if !opens.is_empty() {
                press(page, opens).await;
            }
            page.until(&format!("document.querySelector({there:?})")).await;
            axe::bring(page).await;
            for (width, dark) in [(360, false), (360, true), (1280, false), (1280, true)] {
                page.look(&Look { window: (width, 900), dark, ..Look::default() }).await;
                let faults = axe::faults(page).await;
                found.extend(faults.into_iter().map(|fault| format!("{name} {width} dark: {dark}: {fault}")));
                if !dark {
                    show(page, &format!("desk-{name}-{width}")).await;
                }
            }
        }
        page.complaints().await;
    });
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}
