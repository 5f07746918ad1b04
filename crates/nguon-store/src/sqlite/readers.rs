//! Threads that read, each with a connection of its own. In WAL mode they and the writer do not wait for each other.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use futures_channel::oneshot;
use rusqlite::{Connection, Transaction};

use super::connect;
use super::location::Location;
use crate::error::StoreError;
use crate::store::Answer;

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// A handle on the threads; dropping it waits for reads under way.
#[derive(Debug)]
pub(super) struct Readers {
    queue: Option<Sender<Job>>,
    threads: Vec<JoinHandle<()>>,
}

impl Readers {
    pub(super) fn start(location: &Location, count: usize) -> Result<Self, StoreError> {
        let (queue, jobs) = channel::<Job>();
        let jobs = Arc::new(Mutex::new(jobs));
        let mut readers = Self { queue: Some(queue), threads: Vec::new() };
        for _ in 0..count {
            let mut connection = connect::reader(location)?;
            let jobs = jobs.clone();
            let body = move || {
                while let Some(job) = next(&jobs) {
                    job(&mut connection);
                }
            };
            let thread = std::thread::Builder::new().name("nguon-store reader".to_owned()).spawn(body);
            readers.threads.push(thread.map_err(StoreError::file(&location.records))?);
        }
        Ok(readers)
    }

    /// Runs `work` on what the database holds at one moment.
    pub(super) fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Answer<'static, T> {
        let (reply, answer) = oneshot::channel();
        let job = move |connection: &mut Connection| {
            // Nobody waits any more: a client that went away costs nothing.
            if !reply.is_canceled() {
                let result = connection.transaction().map_err(StoreError::from).and_then(|snapshot| work(&snapshot));
                let _ = reply.send(result);
            }
        };
        if let Some(queue) = &self.queue {
            let _ = queue.send(Box::new(job));
        }
        Box::pin(async { answer.await.unwrap_or(Err(StoreError::Stopped)) })
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        self.queue = None;
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a reader thread panicked");
            }
        }
    }
}

fn next(jobs: &Mutex<Receiver<Job>>) -> Option<Job> {
    jobs.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}
