//! Waiting for a store's answer: answers come from the store's own threads, so the plainest runtime will do.

pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}
