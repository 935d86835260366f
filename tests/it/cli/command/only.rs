//! Read-only: no write leaves the process, however it is switched on and whatever is asked for.

use orgdeck::sandbox::Service;

use super::dry::WRITES;
use super::stage::Stage;

/// A line with the flags that would send it, and the variable that may forbid it.
fn tried(stage: &Stage, (line, flag): (&str, &str), variable: Option<&str>) {
    let line = format!("{flag} {line} --yes");
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut command = stage.command(&words);
    if let Some(value) = variable {
        command.env("ORGDECK_READ_ONLY", value);
    }
    let ran = crate::support::program::run(&mut command);
    assert_eq!(ran.code, Some(5), "{line}: {ran}");
    assert!(ran.stderr.contains("writing is off"), "{line}: {ran}");
}

#[test]
fn r15_no_write_goes_out_by_flag_by_variable_or_by_profile() {
    let by_profile = Stage::new();
    by_profile.make("read_only");
    let stage = Stage::new();
    for (_, line) in WRITES {
        tried(&stage, (line, "--read-only"), None);
        tried(&stage, (line, ""), Some("1"));
        tried(&by_profile, (line, ""), None);
    }
    for service in Service::ALL {
        assert_eq!(stage.writes(service), Vec::<String>::new());
        assert_eq!(by_profile.writes(service), Vec::<String>::new());
    }
}
