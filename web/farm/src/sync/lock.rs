//! One thing at a time: who writes something down and who sends what waits change the same work, each over several steps.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

#[derive(Default)]
struct Inner {
    held: Cell<bool>,
    waiting: RefCell<VecDeque<Waker>>,
}

/// A lock that is awaited.
#[derive(Clone, Default)]
pub struct Lock(Rc<Inner>);

/// It is held while this lives.
pub struct Held(Rc<Inner>);

struct Take(Rc<Inner>);

impl Lock {
    /// Waits until nobody holds it.
    pub async fn take(&self) -> Held {
        Take(self.0.clone()).await
    }
}

impl Future for Take {
    type Output = Held;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Held> {
        if self.0.held.replace(true) {
            self.0.waiting.borrow_mut().push_back(context.waker().clone());
            return Poll::Pending;
        }
        Poll::Ready(Held(self.0.clone()))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.0.held.set(false);
        // All of them ask again: one that is not there any more must not keep the others waiting.
        let waiting: Vec<Waker> = self.0.waiting.borrow_mut().drain(..).collect();
        waiting.into_iter().for_each(Waker::wake);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn poll<T>(work: Pin<&mut impl Future<Output = T>>) -> Poll<T> {
        work.poll(&mut Context::from_waker(Waker::noop()))
    }

    #[test]
    fn a_second_one_waits_until_the_first_is_done() {
        let lock = Lock::default();
        let (mut one, mut two) = (Box::pin(lock.take()), Box::pin(lock.take()));
        let Poll::Ready(held) = poll(one.as_mut()) else { panic!("nobody holds it") };
        assert!(poll(two.as_mut()).is_pending());
        drop(held);
        assert!(poll(two.as_mut()).is_ready());
    }
}
