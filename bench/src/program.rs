//! The program as a whole process: how quickly it begins, how much memory a check takes at most.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::server::Directory;
use crate::world;

/// What must be reached.
const VERSION_MAX: Duration = Duration::from_millis(10);
const MEMORY_MAX_KIB: u64 = 25 * 1024;
/// Runs of which the median counts.
const RUNS: usize = 21;

/// Runs the benchmark and prints it; whether every target is met.
pub(crate) fn run() -> Result<bool> {
    let program = program()?;
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let began = Instant::now();
        let status = Command::new(&program)
            .arg("--version")
            .stdout(Stdio::null())
            .status()?;
        times.push(began.elapsed());
        ensure!(status.success(), "--version succeeds");
    }
    times.sort();
    let median = times[RUNS / 2];
    let quick = median <= VERSION_MAX;
    println!(
        "garant --version, whole process: {:.1} ms (at most {} ms): {}",
        median.as_secs_f64() * 1000.0,
        VERSION_MAX.as_millis(),
        if quick { "met" } else { "MISSED" }
    );
    let peak = peak_memory(&program)?;
    let small = peak <= MEMORY_MAX_KIB;
    println!(
        "peak memory of one check: {:.1} MiB (at most {} MiB): {}",
        peak as f64 / 1024.0,
        MEMORY_MAX_KIB / 1024,
        if small { "met" } else { "MISSED" }
    );
    Ok(quick && small)
}

/// The program, built beforehand by `cargo build --release` in the workspace.
pub(crate) fn program() -> Result<PathBuf> {
    let folder = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"),
        PathBuf::from,
    );
    let path = folder.join("release/garant");
    ensure!(
        path.is_file(),
        "{} is built by `cargo build --release`",
        path.display()
    );
    Ok(path)
}

/// The largest of ten checks, as the operating system accounts for them.
fn peak_memory(program: &Path) -> Result<u64> {
    const SCRIPT: &str = "import resource, subprocess, sys\n\
        subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=False)\n\
        print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)";
    let world = world::generate(10);
    let directory = Directory::new(&std::env::temp_dir(), "bench-program");
    let server = world.serve(&directory)?;
    let mut peak = 0;
    for domain in &world.domains {
        let output = Command::new("python3")
            .args(["-c", SCRIPT])
            .arg(program)
            .args(["check", domain, "--nameserver", &server.address.to_string()])
            .output()?;
        let text = String::from_utf8(output.stdout)?;
        let kib: u64 = text.trim().parse().context("kibibytes")?;
        peak = peak.max(kib);
    }
    Ok(peak)
}
