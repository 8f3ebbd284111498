//! Every world gives the codes that it names. The form of the worlds is described in `world/mod.rs`.

#[allow(
    dead_code,
    reason = "shared by several test programs, each of which uses a part"
)]
mod world;

/// Says something even when the test passes: the harness keeps what `println!` says to itself.
macro_rules! tell {
    ($($words:tt)*) => {{
        use std::io::Write;
        let _ = writeln!(std::io::stdout(), $($words)*);
    }};
}

#[test]
fn every_world_gives_its_codes() {
    let worlds = world::all();
    let mut faults = Vec::new();
    for world in &worlds {
        for fault in world.faults() {
            faults.push(format!("{} {}: {fault}", world.place, world.title));
        }
    }
    tell!("worlds: {}", worlds.len());
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn judging_twice_gives_the_same() {
    for world in world::all() {
        assert_eq!(
            world.assess(),
            world.assess(),
            "{} {}",
            world.place,
            world.title
        );
    }
}
