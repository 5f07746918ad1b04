//! A deployment with a log, against witnesses and a map auditor that listen: what is published, to whom, and when not.

#[path = "support/cosigners.rs"]
mod cosigners;
#[path = "support/failing.rs"]
mod failing;
#[path = "support/live.rs"]
mod live;
#[path = "support/site.rs"]
mod site;
#[path = "../../nguon-store/tests/support/world.rs"]
mod world;

#[path = "log/absent_lots.rs"]
mod absent_lots;
#[path = "log/bundles.rs"]
mod bundles;
#[path = "log/cosigners_that_fail.rs"]
mod cosigners_that_fail;
#[path = "log/failing_disk.rs"]
mod failing_disk;
#[path = "log/groups.rs"]
mod groups;
#[path = "log/idle.rs"]
mod idle;
#[path = "log/lost_state.rs"]
mod lost_state;
#[path = "log/one_server_a_log.rs"]
mod one_server_a_log;
#[path = "log/reading.rs"]
mod reading;
#[path = "log/recalls.rs"]
mod recalls;
#[path = "log/receipts.rs"]
mod receipts;
#[path = "log/restart.rs"]
mod restart;
#[path = "log/roots.rs"]
mod roots;
