//! What is built is what was looked at: every dependency is locked to the bytes of the public registry.

const LOCK: &str = include_str!("../../../Cargo.lock");
const CHECKS: &str = include_str!("../../../.ci/run");

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

#[test]
fn r85_every_dependency_is_locked_to_its_bytes() {
    let packages = LOCK.split("[[package]]\n").skip(1);
    let mut ours = 0;
    for package in packages {
        let value = |key: &str| {
            let line = package.lines().find_map(|line| line.strip_prefix(key));
            line.map(|rest| rest.trim_matches([' ', '=', '"']))
        };
        let name = value("name").unwrap();
        let Some(source) = value("source") else {
            ours += 1;
            assert_eq!(name, env!("CARGO_PKG_NAME"));
            continue;
        };
        assert_eq!(source, REGISTRY, "{name}");
        assert_eq!(value("checksum").map(str::len), Some(64), "{name}");
    }
    assert_eq!(ours, 1);
    // The README's command stands there as it is; what is built before it has refused a stale lock.
    let stages = CHECKS.lines().filter(|line| line.starts_with("stage"));
    let builds = stages.filter(|line| line.contains("cargo ") && !line.contains("cargo fmt"));
    let (tests, before): (Vec<_>, Vec<_>) = builds.partition(|line| line.contains("cargo test"));
    assert_eq!(
        (tests.len(), before.len()),
        (1, 2),
        "lints, documentation, tests"
    );
    assert!(CHECKS.find(before[0]) < CHECKS.find(tests[0]));
    for line in before {
        assert!(line.contains("--locked"), "{line}");
    }
}
