//! Memory that holds secrets: not dumped, and not read by other processes of the same person.

use std::process::Command;

use orgdeck::auth;
use rustix::process::{Resource, getrlimit};

/// The variable that makes this test the process that is looked at.
const GUARDED: &str = "ORGDECK_TEST_GUARDS_ITS_MEMORY";

#[expect(
    clippy::disallowed_methods,
    reason = "it is how this test knows its other half"
)]
fn is_the_guarded_one() -> bool {
    std::env::var_os(GUARDED).is_some()
}

#[test]
fn r68_memory_is_for_this_process_alone() {
    if is_the_guarded_one() {
        auth::guard_memory();
        let core = getrlimit(Resource::Core);
        assert_eq!((core.current, core.maximum), (Some(0), Some(0)));
        #[cfg(target_os = "linux")]
        {
            use rustix::process::{DumpableBehavior, dumpable_behavior};
            assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::NotDumpable);
        }
        return;
    }
    let mut command = Command::new(std::env::current_exe().unwrap());
    let name = "auth::memory::r68_memory_is_for_this_process_alone";
    let told = command
        .args(["--exact", name])
        .env(GUARDED, "1")
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(
        told.status.success() && words.contains("1 passed"),
        "{words}"
    );
}
