//! Load by wrk: as many requests as its connections take, for some seconds.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

/// Threads, connections and seconds of one turn.
const SETTINGS: [&str; 3] = ["-t2", "-c32", "-d3s"];
const SCRIPT: &str = include_str!("wrk.lua");

/// What one turn measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Load {
    /// Answers a second.
    pub(super) per_second: f64,
    /// Within which 99 of 100 answers came.
    pub(super) p99: Duration,
}

impl Load {
    /// Puts load on one page; any error fails.
    pub(super) fn put(directory: &Path, address: SocketAddr, path: &str) -> Result<Self> {
        let script = directory.join("wrk.lua");
        std::fs::write(&script, SCRIPT)?;
        let output = Command::new("wrk")
            .args(SETTINGS)
            .arg("-s")
            .arg(script)
            .arg(format!("http://{address}{path}"))
            .output()
            .context("wrk is installed by `sh tools/install.sh bench`")?;
        Self::read(&String::from_utf8(output.stdout)?)
    }

    /// Reads the line of `wrk.lua`.
    fn read(text: &str) -> Result<Self> {
        let line = text.lines().find_map(|line| line.strip_prefix("measured "));
        let line = line.context("wrk tells what it measured")?;
        let numbers: Vec<u64> = line.split(' ').map(str::parse).collect::<Result<_, _>>()?;
        let [requests, microseconds, p99, errors] = numbers[..] else {
            anyhow::bail!("four numbers, not {line:?}");
        };
        ensure!(errors == 0, "wrk met {errors} errors");
        Ok(Self {
            per_second: requests as f64 / Duration::from_micros(microseconds).as_secs_f64(),
            p99: Duration::from_micros(p99),
        })
    }

    /// The medians of some turns.
    pub(super) fn median(turns: Vec<Self>) -> Self {
        let mut rates: Vec<f64> = turns.iter().map(|turn| turn.per_second).collect();
        let mut p99s: Vec<Duration> = turns.iter().map(|turn| turn.p99).collect();
        rates.sort_by(f64::total_cmp);
        p99s.sort();
        Self {
            per_second: rates[rates.len() / 2],
            p99: p99s[p99s.len() / 2],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_read_and_errors_are_not_passed_over() {
        let read = |text: &str| Load::read(text).ok();
        let load = |per_second, ms| {
            Some(Load {
                per_second,
                p99: Duration::from_millis(ms),
            })
        };
        for (text, expect) in [
            ("Running\nmeasured 1000 2000000 3000 0\n", load(500.0, 3)),
            ("measured 1000 2000000 3000 1\n", None),
            ("measured 1000 2000000\n", None),
            ("", None),
        ] {
            assert_eq!(read(text), expect, "{text:?}");
        }
        let turns = [load(1.0, 9), load(3.0, 1), load(2.0, 2)].map(|turn| turn.expect("is one"));
        assert_eq!(Some(Load::median(turns.to_vec())), load(2.0, 2));
    }
}
