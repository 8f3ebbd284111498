//! Work for the processor, out of the way of those who serve requests.
//!
//! To observe and to plan is to judge again and again, and a domain that is made for it needs seconds of that. A thread
//! of the runtime that does it serves nobody else meanwhile, so it passes its other tasks on to another one first; the
//! system then shares the processor among all of them.

use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::runtime::{Handle, RuntimeFlavor};

/// A future each step of which may take long.
pub struct Aside<F>(Pin<Box<F>>);

impl<F: Future> Aside<F> {
    /// The same future, each step of it out of the way of others.
    pub fn new(future: F) -> Self {
        Self(Box::pin(future))
    }
}

impl<F: Future> Future for Aside<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let inner = self.0.as_mut();
        // A runtime of one thread has nobody to pass its tasks on to.
        let has_others = Handle::try_current()
            .is_ok_and(|runtime| runtime.runtime_flavor() == RuntimeFlavor::MultiThread);
        if has_others {
            tokio::task::block_in_place(|| inner.poll(context))
        } else {
            inner.poll(context)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 1)]
    async fn others_are_served_while_one_works() {
        let (begun, is_begun) = tokio::sync::oneshot::channel();
        let (tell, told) = mpsc::channel();
        let working = tokio::spawn(Aside::new(async move {
            begun.send(()).unwrap();
            // This thread is taken until another task was served.
            told.recv_timeout(Duration::from_secs(60))
        }));
        let other = tokio::spawn(async move {
            is_begun.await.unwrap();
            tell.send(()).unwrap();
        });
        other.await.unwrap();
        assert_eq!(working.await.unwrap(), Ok(()));
    }

    #[tokio::test]
    async fn on_a_runtime_of_one_thread_it_is_done_all_the_same() {
        assert_eq!(Aside::new(async { 1 }).await, 1);
    }
}
