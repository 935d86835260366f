//! Tests of `orgdeck config`.

use std::fs;

use tempfile::TempDir;

use crate::support::program::{Ran, orgdeck, run};

const GOOD: &str = "[profiles.prod]\nprovider = \"balena\"\ntoken = { env = \"T\" }\n";
const BROKEN: &str = "[profiles.prod]\nprovidr = \"balena\"\ntoken = { env = \"T\" }\n";

fn with(text: &str, arguments: &[&str]) -> Ran {
    let home = TempDir::new().unwrap();
    let path = home.path().join("c.toml");
    fs::write(&path, text).unwrap();
    let path = path.display().to_string();
    let mut command = orgdeck(&[&["--config", &path], arguments].concat(), home.path());
    let ran = run(command
        .env("T", "canary-4f1d9b2e-token")
        .env("ORGDECK_READ_ONLY", "1"));
    let short = |text: &str| text.replace(&path, "CONFIG");
    Ran {
        code: ran.code,
        stdout: short(&ran.stdout),
        stderr: short(&ran.stderr),
    }
}

#[test]
fn each_value_tells_where_it_came_from() {
    let ran = with(GOOD, &["config", "show", "--origin"]);
    assert_eq!(ran.code, Some(0), "{ran}");
    assert_eq!(
        ran.stdout.lines().collect::<Vec<_>>(),
        [
            "config\tCONFIG\tflag --config",
            "profile\t-\tdefault",
            "read_only\ttrue\tenvironment ORGDECK_READ_ONLY",
            "color\tauto\tdefault",
            "log\t-\tdefault",
            "journal_keep\t400d\tdefault",
            "removal_cap\t25\tdefault",
            "refresh\t60\tdefault",
            "profiles.prod.provider\tbalena\tfile CONFIG:2",
            "profiles.prod.url\thttps://api.balena-cloud.com\tdefault",
            "profiles.prod.token\tenvironment variable T\tfile CONFIG:3",
            "profiles.prod.production\t-\tdefault",
            "profiles.prod.read_only\ttrue\tenvironment ORGDECK_READ_ONLY",
            "profiles.prod.ca_file\t-\tdefault",
            "profiles.prod.body\tjson\tdefault",
        ]
    );
    let bare = with(GOOD, &["config", "show"]);
    assert!(bare.stdout.contains("\nread_only\ttrue\n"), "{bare}");
    let json = with(GOOD, &["config", "show", "--origin", "-o", "json"]);
    let document: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(document["version"], 1);
    assert_eq!(
        document["settings"][2]["origin"],
        "environment ORGDECK_READ_ONLY"
    );
    assert!(!format!("{ran}{bare}{json}").contains("canary"));
}

#[test]
fn a_check_names_the_place_and_the_nearest_right_word() {
    let good = with(GOOD, &["config", "check"]);
    assert_eq!(
        (good.code, good.stdout.as_str()),
        (Some(0), "CONFIG: right, 1 profile\n")
    );
    let broken = with(BROKEN, &["config", "check"]);
    assert_eq!((broken.code, broken.stdout.as_str()), (Some(2), ""));
    assert!(
        broken
            .stderr
            .starts_with("error: CONFIG:2:1: unknown field `providr`"),
        "{broken}"
    );
    assert!(
        broken.stderr.contains("did you mean `provider`?\nhint: "),
        "{broken}"
    );
}

#[test]
fn a_broken_file_stops_none_of_the_others() {
    let shown = with(BROKEN, &["config", "show", "--origin"]);
    assert_eq!(shown.code, Some(2));
    assert!(
        shown.stdout.starts_with("config\tCONFIG\tflag --config\n"),
        "{shown}"
    );
    let path = with(BROKEN, &["config", "path"]);
    assert_eq!((path.code, path.stdout.as_str()), (Some(0), "CONFIG\n"));
    let schema = with(BROKEN, &["config", "schema"]);
    let schema: serde_json::Value = serde_json::from_str(&schema.stdout).unwrap();
    assert_eq!(schema["title"], "orgdeck/config.toml");
}

/// Whatever is wrong with it: the place is named, what needs no configuration goes on, nobody writes to it.
#[test]
fn r89_a_file_that_cannot_be_used_stops_what_needs_it_alone_and_stays_as_it_is() {
    let large = "# as long as nobody would write it\n".repeat(300_000);
    for (text, said) in [
        (BROKEN, "CONFIG:2:1: "),
        ("[profiles.prod]\nprovider = 7\n", "CONFIG:2:12: "),
        ("version = 99\n[profiles.prod\n", "CONFIG:"),
        (
            "\u{feff}[profiles.prod]\nread_only = \"yes\"\n",
            "CONFIG:2:13: ",
        ),
        (large.as_str(), "CONFIG: larger than "),
    ] {
        let home = TempDir::new().unwrap();
        let path = home.path().join("c.toml");
        fs::write(&path, text).unwrap();
        let place = path.display().to_string();
        let ran = |words: &[&str]| {
            run(&mut orgdeck(
                &[&["--config", &place], words].concat(),
                home.path(),
            ))
        };
        for words in [&["org", "list"][..], &["config", "check"], &["whoami"]] {
            let ran = ran(words);
            let said = said.replace("CONFIG", &place);
            assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{ran}");
            assert!(ran.stderr.contains(&said), "{said}: {ran}");
        }
        for words in [
            &["--help"][..],
            &["--version"],
            &["config", "path"],
            &["snapshot", "--demo"],
        ] {
            let ran = ran(words);
            assert_eq!(ran.code, Some(0), "{words:?}: {ran}");
        }
        let doctor = ran(&["doctor"]);
        assert!(doctor.stdout.contains(&place), "{doctor}");
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
}
