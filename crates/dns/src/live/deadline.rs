//! A limit on how long one check takes, whatever the DNS does.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use crate::authority::{Direct, DirectAnswer, DirectFuture};
use crate::{Answer, AnswerFuture, Question, Resolver, Source, Status};

/// Asks another resolver, or servers directly, until its time is over; then every question, waiting or new,
/// is answered with [`Status::Timeout`] at once.
pub struct Deadline<R> {
    inner: R,
    until: Instant,
}

impl<R> Deadline<R> {
    /// The time begins now.
    pub fn new(inner: R, after: Duration) -> Self {
        Self {
            inner,
            until: Instant::now() + after,
        }
    }
}

impl<R: Resolver> Resolver for Deadline<R> {
    fn resolve<'a>(&'a self, question: &'a Question) -> AnswerFuture<'a> {
        Box::pin(async move {
            if Instant::now() < self.until
                && let Ok(answer) = timeout_at(self.until, self.inner.resolve(question)).await
            {
                return answer;
            }
            Arc::new(Answer::bare(Status::Timeout, Source::Nobody))
        })
    }
}

impl<D: Direct> Direct for Deadline<D> {
    fn ask<'a>(&'a self, server: SocketAddr, question: &'a Question) -> DirectFuture<'a> {
        Box::pin(async move {
            if Instant::now() < self.until
                && let Ok(answer) = timeout_at(self.until, self.inner.ask(server, question)).await
            {
                return answer;
            }
            DirectAnswer::bare(Status::Timeout)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{RecordType, Replay};

    /// Never answers.
    struct Silence;

    impl Resolver for Silence {
        fn resolve<'a>(&'a self, _: &'a Question) -> AnswerFuture<'a> {
            Box::pin(std::future::pending())
        }
    }

    impl Direct for Silence {
        fn ask<'a>(&'a self, _: SocketAddr, _: &'a Question) -> DirectFuture<'a> {
            Box::pin(std::future::pending())
        }
    }

    #[tokio::test(start_paused = true)]
    async fn after_the_deadline_everybody_hears_the_same_at_once() {
        let question = Question::new("exemple.fr".parse().expect("valid"), RecordType::A);
        let begin = Instant::now();
        let patient = Deadline::new(Silence, Duration::from_secs(30));
        assert_eq!(patient.resolve(&question).await.status, Status::Timeout);
        assert_eq!(begin.elapsed().as_secs(), 30);
        assert_eq!(patient.resolve(&question).await.status, Status::Timeout);
        assert_eq!(
            begin.elapsed().as_secs(),
            30,
            "a new question does not wait"
        );
        let server = SocketAddr::from(([192, 0, 2, 1], 53));
        let direct = Deadline::new(Silence, Duration::from_secs(5));
        for _ in 0..2 {
            assert_eq!(direct.ask(server, &question).await.status, Status::Timeout);
            assert_eq!(begin.elapsed().as_secs(), 35);
        }

        let quick = Deadline::new(
            Replay::new([].into_iter().collect()),
            Duration::from_secs(30),
        );
        assert_eq!(quick.resolve(&question).await.status, Status::NotRecorded);
        tokio::time::advance(Duration::from_secs(31)).await;
        assert_eq!(quick.resolve(&question).await.status, Status::Timeout);
    }
}
