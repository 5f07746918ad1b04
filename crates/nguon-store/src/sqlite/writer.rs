//! The one thread that writes: it takes all that has queued up while the last commit ran, does it in one transaction,
//! commits once, and only then answers.

use std::cell::RefCell;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use futures_channel::oneshot;
use rusqlite::{Connection, TransactionBehavior};

use super::clock::Clock;
use super::states::{Cache, States};
use super::tail::{Shared, Tail};
use crate::error::StoreError;
use crate::store::Answer;

/// Jobs in one commit, so that nobody waits for an endless queue.
const MOST_JOBS: usize = 512;

/// What a job works with, inside the transaction.
pub(super) struct Desk<'a> {
    pub connection: &'a Connection,
    /// Unix seconds.
    pub now: u64,
    pub tail: &'a RefCell<Tail>,
    pub cache: &'a Cache,
}

impl Desk<'_> {
    pub(super) fn states(&self) -> States<'_> {
        States::new(self.connection, self.tail.borrow().roots.clone(), self.cache)
    }

    /// Does something that leaves nothing behind if it fails or is refused.
    pub(super) fn undoable<T, R>(
        &self,
        work: impl FnOnce(&Self) -> Result<Result<T, R>, StoreError>,
    ) -> Result<Result<T, R>, StoreError> {
        self.connection.execute_batch("SAVEPOINT job")?;
        let before = self.tail.borrow().clone();
        let result = work(self);
        if !matches!(result, Ok(Ok(_))) {
            // States advanced by earlier jobs of this commit go too; they are read again.
            self.cache.undo();
            *self.tail.borrow_mut() = before;
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

/// What the thread writes in, and where it stands.
pub(super) struct Book {
    pub connection: Connection,
    pub clock: Clock,
    /// As of the last commit.
    pub tail: Tail,
    pub shared: Arc<Shared>,
}

/// A handle on the thread; dropping it finishes what has been queued and waits for the end.
#[derive(Debug)]
pub(super) struct Writer {
    queue: Option<Sender<Message>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(mut book: Book, cached_chains: NonZeroUsize) -> std::io::Result<Self> {
        let (queue, jobs) = channel();
        let thread = std::thread::Builder::new()
            .name("nguon-store writer".to_owned())
            .spawn(move || work(&mut book, &Cache::new(cached_chains), &jobs))?;
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

fn work(book: &mut Book, cache: &Cache, messages: &Receiver<Message>) {
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
            commit_group(book, cache, group);
        }
        if let Some(job) = alone {
            job(&mut book.connection);
        }
    }
}

fn commit_group(book: &mut Book, cache: &Cache, mut group: Vec<Box<dyn Job>>) {
    let committed = match in_one_transaction(book, cache, &mut group) {
        Ok(tail) => {
            cache.commit();
            book.shared.set(&tail.roots);
            book.tail = tail;
            Ok(())
        }
        Err(error) => {
            tracing::error!(%error, jobs = group.len(), "a commit failed");
            cache.clear();
            Err(error)
        }
    };
    for job in group {
        job.answer(&committed);
    }
}

/// The tail that was committed.
fn in_one_transaction(book: &mut Book, cache: &Cache, group: &mut [Box<dyn Job>]) -> Result<Tail, StoreError> {
    // Deferred: records do not wait for the other file, which a long erasure may hold. Nobody else writes this one.
    let transaction = book.connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
    // As far as SQLite counts. A clock beyond that is broken; log times do not follow it.
    let now = book.clock.now().min(i64::MAX.cast_unsigned());
    let tail = RefCell::new(book.tail.clone());
    for job in group {
        job.run(&Desk { connection: &transaction, now, tail: &tail, cache });
        if transaction.is_autocommit() {
            // SQLite gave the whole transaction up (disk full, input or output error): nothing of the group is stored.
            return Err(StoreError::Database(Arc::new(rusqlite::Error::SqliteFailure(
                rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_ABORT_ROLLBACK),
                Some("SQLite rolled the transaction back".to_owned()),
            ))));
        }
    }
    transaction.commit()?;
    Ok(tail.into_inner())
}
