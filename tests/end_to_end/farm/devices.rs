//! Two devices of one person, writing on one chain: the race is lost by one of them, and nothing is.

use nguon_core::event::Event;
use nguon_tests::browser::{Browser, Look};

use super::{Ground, add_key, all_are, apart, at_work, enrolled, new_phone, offline, plots_are_here, write, written};

#[test]
fn two_devices_offline_on_one_plot_both_get_all_they_wrote_into_one_history() {
    let mut ground = Ground::start();
    Browser::run(&Look::default(), async |one| {
        let orchard = at_work(one, &mut ground).await;
        let address = ground.address("");
        // The second browser runs inside the first one's test: on a thread of its own, for each has its own runtime.
        let ground_of = &mut ground;
        offline(one, true).await;
        write(one, &orchard).await;
        apart(|| {
            Browser::run(&Look::default(), async |two| {
                let key = new_phone(two, &address, "Bảy, máy hai").await;
                add_key(ground_of, orchard.household, key).await;
                enrolled(two).await;
                plots_are_here(two).await;
                write(two, &orchard).await;
                write(two, &orchard).await;
                all_are(two, 2, "Đã gửi").await;
            });
        })
        .await;
        offline(one, false).await;
        all_are(one, 1, "Đã gửi").await;
        assert_eq!(written(&ground, &orchard.plots[0]).await, 3);
        let records = apart(|| ground.records(&orchard.plots[0])).await;
        // Signed again on the new head by the key that lost the race; nothing says that it replaces what another key signed.
        let sprays: Vec<_> = records.iter().filter(|record| matches!(record.event, Event::InputApplied(_))).collect();
        assert_eq!(sprays.len(), 3);
        assert!(sprays.windows(2).all(|pair| pair[0].sequence + 1 == pair[1].sequence));
    });
}
