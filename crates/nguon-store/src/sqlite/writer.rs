//! The one thread that writes: it takes all that has queued up while the last commit ran, does it in one transaction,
//! commits once, and only then answers.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::{SystemTime, UNIX_EPOCH};

use futures_channel::oneshot;
use nguon_core::trust::TrustRoot;
use rusqlite::{Connection, TransactionBehavior};

use super::states::{Cache, States};
use crate::error::StoreError;
use crate::store::Answer;

/// Jobs in one commit, so that nobody waits for an endless queue.
const MOST_JOBS: usize = 512;

/// What a job works with, inside the transaction.
pub(super) struct Desk<'a> {
    pub connection: &'a Connection,
    pub trust: &'a TrustRoot,
    /// Unix seconds.
    pub now: i64,
    cache: &'a Cache,
}

impl Desk<'_> {
    pub(super) const fn states(&self) -> States<'_> {
        States::new(self.connection, self.trust, self.cache)
    }

    /// Does something that leaves nothing behind if it fails or is refused.
    pub(super) fn undoable<T, R>(
        &self,
        work: impl FnOnce(&Self) -> Result<Result<T, R>, StoreError>,
    ) -> Result<Result<T, R>, StoreError> {
        self.connection.execute_batch("SAVEPOINT job")?;
        let result = work(self);
        if !matches!(result, Ok(Ok(_))) {
            // States advanced by earlier jobs of this commit go too; they are read again.
            self.cache.undo();
            self.connection.execute_batch("ROLLBACK TO job")?;
        }
        self.connection.execute_batch("RELEASE job")?;
        result
    }
}

/// One piece of work for the writer.
trait Job: Send {
    /// Does it inside the transaction.
    fn run(&mut self, desk: &Desk<'_>);
    /// Tells what became of it, after the commit.
    fn answer(self: Box<Self>, commit: &Result<(), StoreError>);
}

struct Task<T, F> {
    work: Option<F>,
    result: Result<T, StoreError>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<T: Send, F: FnOnce(&Desk<'_>) -> Result<T, StoreError> + Send> Job for Task<T, F> {
    fn run(&mut self, desk: &Desk<'_>) {
        if let Some(work) = self.work.take() {
            // A job that fails must not take the others of its commit with it.
            let done = desk.undoable(|desk| Ok::<_, StoreError>(work(desk)));
            self.result = done.and_then(|result| result);
        }
    }

    fn answer(self: Box<Self>, commit: &Result<(), StoreError>) {
        let result = commit.clone().and(self.result);
        // Whoever asked may have gone away; what was committed stays.
        let _ = self.reply.send(result);
    }
}

enum Message {
    Job(Box<dyn Job>),
    /// An erasure, which cannot run inside a transaction.
    Alone(Box<dyn FnOnce(&mut Connection) + Send>),
}

/// A handle on the thread; dropping it finishes what has been queued and waits for the end.
#[derive(Debug)]
pub(super) struct Writer {
    queue: Option<Sender<Message>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(
        connection: Connection,
        trust: Arc<TrustRoot>,
        cached_chains: NonZeroUsize,
    ) -> std::io::Result<Self> {
        let (queue, jobs) = channel();
        let thread = std::thread::Builder::new()
            .name("nguon-store writer".to_owned())
            .spawn(move || work(connection, &trust, &Cache::new(cached_chains), &jobs))?;
        Ok(Self { queue: Some(queue), thread: Some(thread) })
    }

    /// Runs `work` in the next transaction; the answer comes after its commit.
    pub(super) fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Desk<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Answer<'static, T> {
        let (reply, answer) = oneshot::channel();
        let task = Task { work: Some(work), result: Err(StoreError::Stopped), reply };
        self.send(Message::Job(Box::new(task)));
        Box::pin(async { answer.await.unwrap_or(Err(StoreError::Stopped)) })
    }

    /// Runs `work` between two transactions.
    pub(super) fn run_alone<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Answer<'static, T> {
        let (reply, answer) = oneshot::channel();
        self.send(Message::Alone(Box::new(move |connection| {
            let _ = reply.send(work(connection));
        })));
        Box::pin(async { answer.await.unwrap_or(Err(StoreError::Stopped)) })
    }

    fn send(&self, message: Message) {
        if let Some(queue) = &self.queue {
            // If the thread is gone the message is dropped, and with it the reply: `Stopped`.
            let _ = queue.send(message);
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the writer thread panicked");
        }
    }
}

fn work(mut connection: Connection, trust: &TrustRoot, cache: &Cache, messages: &Receiver<Message>) {
    while let Ok(first) = messages.recv() {
        let mut group = Vec::new();
        let mut alone = None;
        for message in std::iter::once(first).chain(messages.try_iter().take(MOST_JOBS)) {
            match message {
                Message::Job(job) => group.push(job),
                Message::Alone(job) => {
                    alone = Some(job);
                    break;
                }
            }
        }
        if !group.is_empty() {
            commit_group(&mut connection, trust, cache, group);
        }
        if let Some(job) = alone {
            job(&mut connection);
        }
    }
}

fn commit_group(connection: &mut Connection, trust: &TrustRoot, cache: &Cache, mut group: Vec<Box<dyn Job>>) {
    let committed = in_one_transaction(connection, trust, cache, &mut group);
    match &committed {
        Ok(()) => cache.commit(),
        Err(error) => {
            tracing::error!(%error, jobs = group.len(), "a commit failed");
            cache.clear();
        }
    }
    for job in group {
        job.answer(&committed);
    }
}

fn in_one_transaction(
    connection: &mut Connection,
    trust: &TrustRoot,
    cache: &Cache,
    group: &mut [Box<dyn Job>],
) -> Result<(), StoreError> {
    // Deferred: records do not wait for the other file, which a long erasure may hold. Nobody else writes this one.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let now = i64::try_from(now).unwrap_or(i64::MAX);
    for job in group {
        job.run(&Desk { connection: &transaction, trust, now, cache });
        if transaction.is_autocommit() {
            // SQLite gave the whole transaction up (disk full, input or output error): nothing of the group is stored.
            return Err(StoreError::Database(Arc::new(rusqlite::Error::SqliteFailure(
                rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_ABORT_ROLLBACK),
                Some("SQLite rolled the transaction back".to_owned()),
            ))));
        }
    }
    transaction.commit()?;
    Ok(())
}
