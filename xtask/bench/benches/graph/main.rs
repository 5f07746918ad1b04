//! The group `graph`: tracing and proving in a province of a million records (see `xtask_bench::province`), all of them
//! accepted by the store. The first run makes the province, which takes some minutes, and keeps it.

mod bundle;
mod made;
mod process;
mod trace;

use std::sync::LazyLock;

use nguon_store::sqlite::SqliteStore;
use tokio::runtime::Runtime;
use xtask_bench::figures::Wanted;
use xtask_bench::root::{policy, trust};

fn main() {
    let wanted = Wanted::from_arguments();
    if !wanted.has("graph") {
        return;
    }
    let made = made::made();
    let store = SqliteStore::open(&made.folder, trust(Some(policy(&[])))).expect("a store");
    trace::measure(&wanted, &made, &store);
    bundle::measure(&wanted, &made, &store);
}

/// Waits for a store's answer.
fn wait<T>(answer: impl Future<Output = T>) -> T {
    static RUNTIME: LazyLock<Runtime> =
        LazyLock::new(|| tokio::runtime::Builder::new_current_thread().build().expect("a runtime"));
    RUNTIME.block_on(answer)
}
