//! What this process used of the CPU.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// CPU time of all threads of this process since it began, in user and kernel.
pub(crate) fn used() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
    Duration::from_secs(seconds)
        + Duration::from_nanos(u64::try_from(time.tv_nsec).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    #[test]
    fn work_takes_time() {
        let before = super::used();
        let sum = (0..10_000_000_u64).fold(0_u64, |sum, n| std::hint::black_box(sum ^ n));
        assert_ne!(sum, 1);
        assert!(super::used() > before);
    }
}
