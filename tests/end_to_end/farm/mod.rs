//! The farmer's app around its tasks: days without a network, crashes, several devices, keys that are lost or revoked, browsers
//! that keep nothing, wrong clocks, practice.

mod clock;
mod day_offline;
mod devices;
mod half_typed;
pub mod kept;
mod keys;
mod pages;
mod parts;
mod practice;
mod queue;
mod shared_log;
mod shared_phone;
mod storage;

use nguon_core::event::KeyAdded;
use nguon_core::ids::{ChainId, PublicKeyBytes};
use nguon_tests::browser::Browser;
use serde_json::json;

use super::farm_tasks::field_log::spray;
use super::farm_tasks::ground::{Ground, Orchard, apart, enrolled, new_phone, plots_are_here};
use super::farm_tasks::looks::look;

/// How far each entry is, newest first.
const STAGES: &str = "[...document.querySelectorAll('.entry .line .told')].map(one => one.innerText).join('|')";

/// Takes the device off the network, or puts it back: by the browser's own switch.
async fn offline(page: &Browser, offline: bool) {
    page.devtools("Network.enable", json!({})).await;
    let conditions = json!({"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
    page.devtools("Network.emulateNetworkConditions", conditions).await;
}

/// A phone whose owner is enrolled with an orchard.
async fn at_work(page: &Browser, ground: &mut Ground) -> Orchard {
    let key = new_phone(page, &ground.address(""), "Bảy").await;
    let orchard = apart(|| ground.orchard("Nguyễn Văn Bảy", Some(key))).await;
    enrolled(page).await;
    plots_are_here(page).await;
    orchard
}

/// Writes a spray down, and comes back to today's page.
async fn write(page: &Browser, orchard: &Orchard) {
    go(page, "#today").await;
    plots_are_here(page).await;
    spray(page, orchard, "phun").await;
    page.until("document.querySelector('.t-saved')").await;
}

async fn go(page: &Browser, fragment: &str) {
    page.value(&format!("location.hash = {fragment:?}")).await;
    let shown = match fragment {
        "#history" => "document.querySelector('.history')",
        "#today" => "document.querySelector('.today')",
        _ => "document.querySelector('#title')",
    };
    page.until(shown).await;
}

/// Waits until every entry stands like this.
async fn all_are(page: &Browser, count: usize, stage: &str) {
    go(page, "#history").await;
    page.until(&format!(
        "(stages => stages.length === {count} && stages.every(stage => stage === {stage:?}))({STAGES}.split('|'))"
    ))
    .await;
}

/// The office adds a key to somebody's chain, and counts on.
async fn add_key(ground: &mut Ground, actor: ChainId, key: PublicKeyBytes) {
    apart(|| ground.append(&actor, KeyAdded { key, holder: None })).await;
}

/// How many records of a plot are entries: all but its registration and its season.
async fn written(ground: &Ground, plot: &ChainId) -> usize {
    apart(|| ground.records(plot)).await.len() - 2
}
