//! A limit on how often one domain's servers are looked at, whoever asks for it.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::rate::RateOfEach;
use crate::authority::{Authority, Topmost, ZoneFuture, ZoneView};
use crate::{Name, Question};

/// Looks at the servers of one registrable domain in a minute at most: each may put two hundred questions to addresses that
/// its owner chose, and a check needs a few.
pub const VIEWS_PER_MINUTE: u32 = 30;

/// How often each domain was looked at: one for all checks of a program.
pub struct Views {
    topmost: Topmost,
    rate: RateOfEach<Name>,
}

impl Views {
    /// Nothing was looked at; `topmost` tells the domain of a name.
    pub fn new(topmost: Topmost) -> Self {
        Self {
            topmost,
            rate: RateOfEach::new(VIEWS_PER_MINUTE, Duration::from_secs(60)),
        }
    }

    fn permits(&self, name: &Name) -> bool {
        let domain = (self.topmost)(name).unwrap_or_else(|| name.clone());
        self.rate.try_take(domain, Instant::now())
    }
}

/// Looks at zones, but at none too often: what it may not look at is [`ZoneView::unknown`].
pub struct Sparing<A> {
    inner: A,
    views: Arc<Views>,
}

impl<A> Sparing<A> {
    /// Counts in `views`.
    pub fn new(inner: A, views: Arc<Views>) -> Self {
        Self { inner, views }
    }
}

impl<A: Authority> Authority for Sparing<A> {
    fn view<'a>(&'a self, name: &'a Name, questions: &'a [Question]) -> ZoneFuture<'a> {
        if self.views.permits(name) {
            return self.inner.view(name, questions);
        }
        Box::pin(async move { ZoneView::unknown(name.clone()) })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[derive(Default)]
    struct Counted(AtomicU32);

    impl Authority for Counted {
        fn view<'a>(&'a self, name: &'a Name, _: &'a [Question]) -> ZoneFuture<'a> {
            self.0.fetch_add(1, Ordering::Relaxed);
            Box::pin(async move { ZoneView::unknown(name.clone()) })
        }
    }

    /// The last two labels.
    fn topmost(name: &Name) -> Option<Name> {
        let mut name = name.clone();
        while name.label_count() > 2 {
            name = name.parent()?;
        }
        Some(name)
    }

    #[tokio::test(start_paused = true)]
    async fn a_domain_is_not_looked_at_too_often_by_whatever_name() {
        let sparing = Sparing::new(Counted::default(), Arc::new(Views::new(topmost)));
        let seen = || sparing.inner.0.swap(0, Ordering::Relaxed);
        for number in 0..2 * VIEWS_PER_MINUTE {
            let name: Name = format!("n{number}.exemple.fr").parse().unwrap();
            sparing.view(&name, &[]).await;
        }
        assert_eq!(seen(), VIEWS_PER_MINUTE);
        sparing.view(&"example.org".parse().unwrap(), &[]).await;
        assert_eq!(seen(), 1);
        tokio::time::advance(Duration::from_secs(2)).await;
        for _ in 0..5 {
            sparing.view(&"exemple.fr".parse().unwrap(), &[]).await;
        }
        assert_eq!(seen(), 1);
    }
}
