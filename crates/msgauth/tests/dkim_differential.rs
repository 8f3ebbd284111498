//! What dkimpy and OpenDKIM say of messages in every form, and we.

mod differential;
#[allow(dead_code, reason = "other tests use other parts of it")]
mod world;

use differential::others::Others;

/// Messages of one run; `make soak` takes more.
const MESSAGES: usize = 200;
const SEED: u64 = 6376;

#[test]
fn others_say_the_same_of_signatures() {
    let Some(others) = Others::find() else { return };
    let figures = differential::run(&others, SEED, MESSAGES);
    assert_eq!(figures.unknown, 0, "{figures}");
}

/// Chains of one run.
const CHAINS: usize = 24;

#[test]
fn dkimpy_says_the_same_of_chains() {
    let Some(others) = Others::find() else { return };
    let figures = differential::chains::run(&others, SEED, CHAINS);
    assert_eq!(figures.unknown, 0, "{figures}");
}
