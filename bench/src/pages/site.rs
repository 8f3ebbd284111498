//! The program as a reader's machine and as an owner's machine run it. Each ends when dropped.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context, Result};

use crate::program::program;

/// Questions a second to the demo's recursive server: no limit to speak of, it is on this machine.
const QUESTIONS_PER_SECOND: u32 = 1_000_000;

/// A process, and what it writes, which somebody must read.
struct Running {
    child: Child,
    output: BufReader<ChildStdout>,
}

impl Running {
    fn start(command: &mut Command) -> Result<Self> {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let output = child.stdout.take().context("the pipe was asked for")?;
        Ok(Self {
            child,
            output: BufReader::new(output),
        })
    }

    /// The address in the next line that has one behind these words.
    fn address_behind(&mut self, words: &str) -> Result<SocketAddr> {
        loop {
            let mut line = String::new();
            let read = self.output.read_line(&mut line)?;
            anyhow::ensure!(read > 0, "the program ended before it told of {words:?}");
            if let Some(address) = address_behind(&line, words) {
                return Ok(address);
            }
        }
    }
}

fn address_behind(line: &str, words: &str) -> Option<SocketAddr> {
    let (_, rest) = line.split_once(words)?;
    let address = rest.split(['/', ' ', '\n']).next()?;
    address.parse().ok()
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `garant demo`, with numbered domains.
pub(super) struct Demo {
    _running: Running,
    /// Where its pages are.
    pub(super) address: SocketAddr,
    /// The name server that plays the recursive one.
    pub(super) recursive: SocketAddr,
}

impl Demo {
    /// Starts it, and waits until it answers.
    pub(super) fn start(domains: usize) -> Result<Self> {
        let mut command = Command::new(program()?);
        command.args([
            "demo",
            "--lang",
            "en",
            "--listen",
            "127.0.0.1:0",
            "--numbered",
        ]);
        let mut running = Running::start(command.arg(domains.to_string()))?;
        Ok(Self {
            address: running.address_behind("http://")?,
            recursive: running.address_behind("--nameserver ")?,
            _running: running,
        })
    }
}

/// `garant serve` with a database in a directory, which asks one name server and has no rates.
pub(super) struct Serve {
    running: Running,
    /// Where its pages are.
    pub(super) address: SocketAddr,
}

/// Memory that a process has of the machine, in octets.
pub(super) struct Memory {
    /// Now.
    pub(super) now: u64,
    /// At most until now.
    pub(super) peak: u64,
}

impl Serve {
    /// Starts it, and waits until it answers. Its log goes into a file, one line a request.
    pub(super) fn start(directory: &Path, recursive: SocketAddr) -> Result<Self> {
        let configuration = directory.join("garant.toml");
        let database = directory.join("garant.sqlite");
        let text = format!(
            "listen = ['127.0.0.1:0']\n\
             database = '{}'\n\
             dns.resolvers = ['{recursive}']\n\
             dns.queries_per_second = {QUESTIONS_PER_SECOND}\n\
             limits.checks_per_client_per_minute = 0\n\
             limits.checks_per_minute = 0\n\
             limits.requests_per_client_per_minute = 0\n",
            database.display()
        );
        std::fs::write(&configuration, text)?;
        let mut command = Command::new(program()?);
        command
            .args(["serve", "--lang", "en", "--config"])
            .arg(configuration);
        command.stderr(File::create(directory.join("serve.log"))?);
        let mut running = Running::start(&mut command)?;
        Ok(Self {
            address: running.address_behind("http://")?,
            running,
        })
    }

    /// What the kernel says of its memory.
    pub(super) fn memory(&self) -> Result<Memory> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.running.child.id()))?;
        let octets = |name| octets(&status, name).with_context(|| format!("{name} in {status}"));
        Ok(Memory {
            now: octets("VmRSS:")?,
            peak: octets("VmHWM:")?,
        })
    }
}

/// A line of `/proc/PID/status`, which counts in kibibytes.
fn octets(status: &str, name: &str) -> Option<u64> {
    let value = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kibibytes: u64 = value.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_what_the_program_prints() {
        let address = |text: &str| text.parse::<SocketAddr>().ok();
        for (line, words, expect) in [
            (
                "  http://127.0.0.1:8753/en/\n",
                "http://",
                address("127.0.0.1:8753"),
            ),
            (
                "  garant check a.fr --nameserver 127.0.0.1:53 \n",
                "--nameserver ",
                address("127.0.0.1:53"),
            ),
            ("at http://[::1]:80/\n", "http://", address("[::1]:80")),
            ("The pages:\n", "http://", None),
        ] {
            assert_eq!(address_behind(line, words), expect, "{line:?}");
        }
    }

    #[test]
    fn memory_is_read_from_what_the_kernel_says() {
        let status = "VmHWM:\t   19652 kB\nVmRSS:\t   18000 kB\nThreads:\t4\n";
        assert_eq!(octets(status, "VmRSS:"), Some(18_000 * 1024));
        assert_eq!(octets(status, "VmHWM:"), Some(19_652 * 1024));
        assert_eq!(octets(status, "Threads:"), None);
    }
}
