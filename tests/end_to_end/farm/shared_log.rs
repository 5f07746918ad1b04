//! A server with a log, its witnesses and its auditor: an entry goes all the way, and the phone says how far it is.

use nguon_core::envelope::SignedRecord;
use nguon_core::event::KeyAdded;
use nguon_core::ids::PublicKeyBytes;
use nguon_core::judge::Chains as _;
use nguon_core::ledger::{Pen, next_record};
use nguon_core::record::Signer;
use nguon_tests::browser::{Browser, Look};
use nguon_tests::world::{Deployment, deployment_with_farm};

use super::{all_are, apart, enrolled, go, new_phone};
use crate::farm_tasks::ground::{Taps, now};

/// The co-op adds the phone's key to a household that had none.
fn add(at: &Deployment, household: &str, key: PublicKeyBytes) {
    let season = at.season();
    let coop = season.key("coop");
    let chain = season.ledger.chain(&season.id(household)).expect("the household");
    let added = KeyAdded { key, holder: None };
    let record = next_record(&Pen::new(Signer::Actor(season.id("coop")), &coop, now()), added.into(), &chain);
    let signed = SignedRecord::sign(&record, &coop, season.ledger.trust().deployment()).expect("a record");
    let url = format!("{}/v1/records?wait=20", at.server.origin());
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let mut answer = agent.post(&url).content_type("application/cose").send(signed.as_bytes()).expect("an answer");
    assert_eq!(answer.status().as_u16(), 201, "{}", answer.body_mut().read_to_string().expect("a body"));
}

#[test]
fn an_entry_comes_into_the_shared_log_and_says_at_which_place() {
    let at = deployment_with_farm();
    Browser::run(&Look::default(), async |page| {
        let key = new_phone(page, &format!("{}/farm/", at.server.origin()), "Sửu").await;
        apart(|| add(&at, "suu", key)).await;
        enrolled(page).await;
        let mut taps = Taps::of(page, "phân bón, vào sổ chung");
        taps.on(".plot .row .button").await;
        taps.on(".t-chips .t-chip:nth-child(2)").await;
        taps.typed("t-product", "NPK 5-10-3").await;
        taps.on("#t-own").await;
        taps.typed("t-dose", "12").await;
        taps.on("#t-next").await;
        taps.on("#t-sign").await;
        taps.kept(7).await;
        all_are(page, 1, "Đã ghi vào sổ chung").await;
        page.click(".entry .line").await;
        page.until("/Số mục trong sổ chung/.test(document.querySelector('.more')?.innerText ?? '')").await;
        // It is known without asking again.
        page.reload().await;
        go(page, "#history").await;
        all_are(page, 1, "Đã ghi vào sổ chung").await;
    });
}
