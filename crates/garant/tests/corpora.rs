//! Replays the corpora of the fuzz targets.

#[path = "../../../fuzz/targets.rs"]
mod targets;

use std::path::Path;

/// Says something even when the test passes: the harness keeps what `println!` says to itself.
macro_rules! tell {
    ($($words:tt)*) => {{
        use std::io::Write;
        let _ = writeln!(std::io::stdout(), $($words)*);
    }};
}

#[test]
fn no_known_input_makes_a_parser_stumble() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    for (name, target) in targets::TARGETS {
        let folder = corpora.join(name);
        let entries = std::fs::read_dir(&folder)
            .unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let mut count = 0;
        for entry in entries {
            let path = entry.expect("an entry").path();
            target(&std::fs::read(&path).expect("a readable file"));
            count += 1;
        }
        tell!("{name}: {count} inputs");
        assert!(count > 0, "{name} has no corpus");
    }
}

/// Every target is known to the fuzzer too.
#[test]
fn every_target_is_fuzzed() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/Cargo.toml");
    let manifest = std::fs::read_to_string(manifest).expect("fuzz/Cargo.toml");
    for (name, _) in targets::TARGETS {
        assert!(manifest.contains(&format!("name = \"{name}\"\n")), "{name}");
    }
}
