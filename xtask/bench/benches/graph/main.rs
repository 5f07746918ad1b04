//! The group `graph`: tracing and proving in a province of a million records (see `xtask_bench::province`), all of them
//! accepted by the store. The first run makes the province, which takes some minutes, and keeps it.

mod made;

use xtask_bench::figures::Wanted;

fn main() {
    let wanted = Wanted::from_arguments();
    if !wanted.has("graph") {
        return;
    }
    let made = made::made();
    eprintln!("{}", made.merged);
}

/// Waits for a store's answer.
fn wait<T>(answer: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().expect("a runtime").block_on(answer)
}
