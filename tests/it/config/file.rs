//! Tests of the configuration file: what may stand in it, and the words for everything else.

use std::time::Duration;

use orgdeck::config::{Profile, file};
use orgdeck::domain::connection::BodyFormat;
use orgdeck::domain::secret::{Place, SignIn};
use orgdeck::domain::{Refresh, Secret};

use super::KNOWN;

fn parse(text: &str) -> Result<Vec<Profile>, String> {
    file::parse(text.as_bytes(), "c.toml", KNOWN).map_err(|wrong| wrong.to_string())
}

/// One profile with these lines beside its provider and token.
fn profile(lines: &str) -> Profile {
    let text = format!("[profiles.x]\nprovider = \"vulos\"\ntoken = {{ env = \"T\" }}\n{lines}");
    parse(&text).unwrap().remove(0)
}

#[test]
fn a_whole_file_is_read() {
    let profiles = parse(
        r#"
[profiles.prod]                        # a comment
provider = "balena"
url = "https://api.balena-cloud.com/v1/"
token = { env = "BALENA_TOKEN" }
production = true
ca_file = "/etc/ca.pem"

[profiles.a-b_9]
provider = "vulos"
url = "http://127.0.0.1:8080"
token = { command = ["pass", "show", "vulos token"] }
read_only = true
body = "form"

[profiles.file.token]
file = "/home/me/token"
[profiles.file]
provider = "clerk"
"#,
    )
    .unwrap();
    let names: Vec<&str> = profiles
        .iter()
        .map(|profile| profile.name.as_str())
        .collect();
    assert_eq!(names, ["prod", "a-b_9", "file"]);
    let [prod, vulos, file] = &profiles[..] else {
        panic!("three profiles");
    };
    assert_eq!(prod.origin.as_str(), "https://api.balena-cloud.com");
    assert_eq!((prod.production, prod.read_only), (Some(true), false));
    assert_eq!(prod.ca_file.as_ref().unwrap().to_str(), Some("/etc/ca.pem"));
    assert_eq!(prod.body, BodyFormat::Json);
    let words = ["pass", "show", "vulos token"].map(str::to_owned).to_vec();
    assert_eq!(vulos.token, Place::Command(words));
    assert_eq!((vulos.production, vulos.read_only), (None, true));
    assert_eq!(vulos.body, BodyFormat::Form);
    assert_eq!(file.origin.as_str(), "https://api.clerk.com");
    assert_eq!(file.token, Place::File("/home/me/token".into()));
}

#[test]
fn nothing_is_no_profile() {
    for text in ["", "\u{feff}", "# nothing yet\n", "[profiles]\n"] {
        assert!(parse(text).unwrap().is_empty(), "{text:?}");
    }
}

#[test]
fn a_byte_order_mark_and_dos_lines_are_taken() {
    let text = "\u{feff}[profiles.x]\r\nprovider = \"clerk\"\r\ntoken = { env = \"T\" }\r\n";
    assert_eq!(parse(text).unwrap()[0].name, "x");
    let wrong = text.replace("provider", "povider");
    let words = parse(&wrong).unwrap_err();
    assert!(words.starts_with("c.toml:2:1: "), "{words}");
}

#[test]
fn keyrings_and_sign_ins_are_places_too() {
    let of = |token: &str| {
        let text = format!("[profiles.x]\nprovider = \"vulos\"\ntoken = {token}\n");
        parse(&text).map(|mut profiles| profiles.remove(0).token)
    };
    assert_eq!(
        of("{ keyring = \"work\" }"),
        Ok(Place::Keyring("work".to_owned()))
    );
    let redirect = "http://localhost:8080/callback";
    assert_eq!(
        of(&format!(
            "{{ oauth = {{ client_id = \"a\", redirect = \"{redirect}\" }} }}"
        )),
        Ok(Place::SignIn(SignIn {
            client_id: "a".to_owned(),
            redirect: redirect.to_owned(),
        }))
    );
    for elsewhere in [
        "https://a.example/callback",
        "http://a.example/callback",
        "http://127.0.0.1:8080/callback?x=1",
        "callback",
    ] {
        let token = format!("{{ oauth = {{ client_id = \"a\", redirect = \"{elsewhere}\" }} }}");
        let words = of(&token).unwrap_err();
        assert!(
            words.starts_with("c.toml:3:9: token: `redirect` is an http address on this machine"),
            "{words}"
        );
    }
}

#[test]
fn a_live_key_at_hand_means_production_unless_the_file_says_otherwise() {
    for (value, said, production) in [
        ("sk_live_1", None, Some(true)),
        ("sk_test_1", None, None),
        ("sk_live_1", Some(false), Some(false)),
    ] {
        let mut read = profile("");
        read.token = Place::Given(Secret::new(value));
        read.production = said;
        assert_eq!(read.is_production(), production, "{value}");
    }
}

#[test]
fn a_variable_that_is_not_set_is_found_out_when_it_is_used() {
    let place = profile("").token;
    let name = "T".to_owned();
    assert_eq!(place, Place::Env { name, value: None });
}

#[test]
fn urls_are_origins() {
    for (url, origin) in [
        ("https://x.example", "https://x.example"),
        ("https://x.example/", "https://x.example"),
        ("https://x.example:8443/v1", "https://x.example:8443"),
        ("http://localhost:9", "http://localhost:9"),
        ("http://[::1]:9/", "http://[::1]:9"),
    ] {
        let read = profile(&format!("url = \"{url}\""));
        assert_eq!(read.origin.as_str(), origin);
    }
}

/// Every kind of mistake: what is written, and what is said of it.
const WRONG: &[(&str, &str)] = &[
    (
        "[profiles.x]\nprovder = \"clerk\"\ntoken = { env = \"T\" }\n",
        "c.toml:2:1: unknown field `provder`, expected one of `provider`, `url`, `token`, `production`, `read_only`, `ca_file`, `body`; did you mean `provider`?",
    ),
    (
        "[profile.x]\n",
        "c.toml:1:2: unknown field `profile`, expected one of `journal_keep`, `removal_cap`, `refresh`, `profiles`; did you mean `profiles`?",
    ),
    (
        "[profiles.x]\nprovider = \"clark\"\ntoken = { env = \"T\" }\n",
        "c.toml:2:12: unknown provider `clark`, expected balena, clerk, vulos; did you mean `clerk`?",
    ),
    (
        "[profiles.x]\nprovider = \"okta\"\ntoken = { env = \"T\" }\n",
        "c.toml:2:12: unknown provider `okta`, expected balena, clerk, vulos",
    ),
    (
        "[profiles.x]\nprovider = 7\ntoken = { env = \"T\" }\n",
        "c.toml:2:12: invalid type: integer `7`, expected a string",
    ),
    (
        "[profiles.x]\nprovider = \"clerk\"\ntoken = { env = \"T\" }\nread_only = \"yes\"\n",
        "c.toml:4:13: invalid type: string, expected true or false",
    ),
    (
        "[profiles.x]\nprovider = \"clerk\"\n",
        "c.toml:1:1: missing field `token`",
    ),
    (
        "[profiles.x]\ntoken = { env = \"T\" }\n",
        "c.toml:1:1: missing field `provider`",
    ),
    (
        "[profiles.x]\nprovider = \"clerk\"\ntoken = \"sk_test_1\"\n",
        "c.toml:3:9: invalid type: string, expected the place of a secret, such as { env = \"NAME\" }, and not the secret",
    ),
    (
        "[profiles.x]\nprovider = \"clerk\"\ntoken = {}\n",
        "c.toml:3:9: token: exactly one of `env`, `command`, `file`, `keyring`, `oauth` is needed",
    ),
    (
        "[profiles.x]\nprovider = \"clerk\"\ntoken = { env = \"T\", file = \"t\" }\n",
        "c.toml:3:9: token: exactly one of `env`, `command`, `file`, `keyring`, `oauth` is needed",
    ),
    (
        "[profiles.x]\nprovider = \"clerk\"\ntoken = { envv = \"T\" }\n",
        "c.toml:3:11: unknown field `envv`, expected one of `env`, `command`, `file`, `keyring`, `oauth`; did you mean `env`?",
    ),
    (
        "[profiles.x]\nprovider = \"clerk\"\ntoken = { command = \"pass show x\" }\n",
        "c.toml:3:21: invalid type: string, expected a list, such as [\"pass\", \"show\", \"x\"]",
    ),
    (
        "[profiles.x]\nprovider = \"clerk\"\ntoken = { command = [] }\n",
        "c.toml:3:9: token: `command` needs a program and its arguments, such as [\"pass\", \"show\", \"x\"]",
    ),
    (
        "[profiles.x]\nprovider = \"clerk\"\ntoken = { oauth = { client_id = \"a\" } }\n",
        "c.toml:3:19: missing field `redirect`",
    ),
    (
        "[profiles.x]\nprovider = \"clerk\"\nurl = \"http://api.example\"\ntoken = { env = \"T\" }\n",
        "c.toml:3:7: url: plain http is used to this machine's own loopback addresses only",
    ),
    (
        "[profiles.x]\nprovider = \"clerk\"\nurl = \"api.example\"\ntoken = { env = \"T\" }\n",
        "c.toml:3:7: url: not a web address",
    ),
    (
        "[profiles.x]\nprovider = \"clerk\"\nurl = \"https://me:pw@api.example\"\ntoken = { env = \"T\" }\n",
        "c.toml:3:7: url: an address without path, query and user is needed",
    ),
    (
        "[profiles.x]\nprovider = \"clerk\"\nurl = \"https://api.example/v2\"\ntoken = { env = \"T\" }\n",
        "c.toml:3:7: url: an address without path, query and user is needed",
    ),
    (
        "[profiles.x]\nprovider = \"vulos\"\ntoken = { env = \"T\" }\nbody = \"xml\"\n",
        "c.toml:4:8: unknown body `xml`, expected json, form",
    ),
    (
        "[profiles.Prod]\nprovider = \"clerk\"\ntoken = { env = \"T\" }\n",
        "c.toml:1:11: a profile's name is made of a-z, 0-9, _ and -",
    ),
    (
        "[profiles.\"\"]\nprovider = \"clerk\"\ntoken = { env = \"T\" }\n",
        "c.toml:1:11: a profile's name is made of a-z, 0-9, _ and -",
    ),
    (
        "[profiles.x]\nprovider = \"clerk\"\ntoken = { env = \"T\" }\n[profiles.x]\n",
        "c.toml:4:11: duplicate key",
    ),
    (
        "[profiles.x]\nprovider = \"clerk\"\nprovider = \"clerk\"\ntoken = { env = \"T\" }\n",
        "c.toml:3:1: duplicate key",
    ),
    (
        "profiles = 7\n",
        "c.toml:1:12: invalid type: integer `7`, expected a table",
    ),
    (
        "journal_keep = \"a year\"\n",
        "c.toml:1:16: journal_keep: a number of days is needed, such as \"400d\"",
    ),
    (
        "journal_keep = 400\n",
        "c.toml:1:16: invalid type: integer `400`, expected a string",
    ),
    ("[profiles.x\n", "c.toml:1:12: unclosed table, expected `]`"),
    (
        "removal_cap = 101\n",
        "c.toml:1:15: removal_cap: per cent, from 0 to 100",
    ),
    (
        "removal_cap = \"all\"\n",
        "c.toml:1:15: invalid type: string, expected u8",
    ),
    (
        "refresh = 9\n",
        "c.toml:1:11: refresh: seconds, 10 at the least; 0 or \"off\" is never",
    ),
    ("refresh = \"often\"\n", "c.toml:1:11: seconds, or \"off\""),
    (
        "ü = 7\n",
        "c.toml:1:1: invalid unquoted key, expected letters, numbers, `-`, `_`",
    ),
];

#[test]
fn every_mistake_has_its_place_and_what_would_be_right() {
    let mut others = Vec::new();
    for (text, words) in WRONG {
        let said = parse(text).unwrap_err();
        if said != *words {
            others.push(format!("{text}{said}\n"));
        }
    }
    assert!(others.is_empty(), "{}", others.join("\n"));
}

/// The keys of a table, as the schema has them.
fn keys(table: &str) -> Vec<String> {
    let schema = file::schema(KNOWN);
    let properties = match table {
        "" => &schema["properties"],
        table => &schema["$defs"][table]["properties"],
    };
    let keys = properties.as_object().unwrap().keys();
    keys.cloned().collect()
}

/// The texts in which a line of each table stands, and the line and column where it begins.
const TABLES: [(&str, &str, &str, usize, usize); 4] = [
    ("", "", "\n", 1, 1),
    ("ProfileFile", "[profiles.x]\n", "\n", 2, 1),
    ("TokenFile", "[profiles.x]\ntoken = { ", " }\n", 2, 11),
    (
        "OauthFile",
        "[profiles.x]\ntoken = { oauth = { ",
        " } }\n",
        2,
        21,
    ),
];

/// Every key there is, with a slip: its place is named, and itself as what was meant.
#[test]
fn each_key_with_a_slip_is_recognised() {
    let mut count = 0;
    for (table, before, behind, line, column) in TABLES {
        for key in keys(table) {
            let slip = format!("{key}x");
            let said = parse(&format!("{before}{slip} = 7{behind}")).unwrap_err();
            let begin = format!("c.toml:{line}:{column}: unknown field `{slip}`, expected ");
            assert!(said.starts_with(&begin), "{said}");
            let meant = format!("; did you mean `{key}`?");
            assert!(said.ends_with(&meant), "{said}");
            count += 1;
        }
    }
    assert_eq!(count, 18, "a key more or less: {TABLES:?}");
}

/// Every value there is, of a kind that fits nowhere: its place is named, and what belongs there.
#[test]
fn each_value_of_a_wrong_kind_is_named_with_its_place() {
    for (table, before, behind, line, column) in TABLES {
        // A number is what two keys want.
        let keys = keys(table).into_iter();
        for key in keys.filter(|key| key != "removal_cap" && key != "refresh") {
            let said = parse(&format!("{before}{key} = 7{behind}")).unwrap_err();
            let column = column + key.len() + " = ".len();
            let begin = format!("c.toml:{line}:{column}: invalid type: integer `7`, expected ");
            assert!(said.starts_with(&begin), "{key}: {said}");
        }
    }
}

#[test]
fn a_secret_in_the_wrong_place_is_not_repeated() {
    for line in [
        "token = \"sk_live_s3cret\"",
        "token = { env = \"T\" }\nread_only = \"sk_live_s3cret\"",
        "token = { command = \"echo sk_live_s3cret\" }",
        "token = { env = \"sk_live_s3cret\" }",
        "token = { env = \"Qm4s3cretVtrpLw8zKxJ2nHdYb6GfA1\" }",
        "token = { env = \"eyJh.s3cret.x\" }",
        "token = { env = \"T\" }\nurl = \"https://x:sk_live_s3cret@api.example\"",
    ] {
        let text = format!("[profiles.x]\nprovider = \"clerk\"\n{line}\n");
        let said = parse(&text).unwrap_err();
        assert!(!said.contains("s3cret"), "{said}");
    }
}

#[test]
fn what_is_no_text_is_said_so_at_its_place() {
    let wrong = file::parse(b"[profiles.x]\nprovider = \"\xff\"", "c.toml", KNOWN);
    assert_eq!(
        wrong.unwrap_err().to_string(),
        "c.toml:2:13: not UTF-8 text"
    );
}

#[test]
fn the_cap_on_removals_stands_beside_the_profiles() {
    let options = |text: &str| file::options(text.as_bytes(), "c.toml").unwrap();
    assert_eq!(options("").removal_cap, None);
    assert_eq!(options("removal_cap = 40\n").removal_cap, Some(40));
}

#[test]
fn how_often_lists_are_read_stands_beside_the_profiles() {
    let refresh = |text: &str| {
        let options = file::options(text.as_bytes(), "c.toml");
        options.unwrap().refresh
    };
    assert_eq!(refresh(""), None);
    let every = |seconds| Some(Refresh::Every(Duration::from_secs(seconds)));
    assert_eq!(refresh("refresh = 10\n"), every(10));
    assert_eq!(refresh("refresh = 300\n"), every(300));
    assert_eq!(refresh("refresh = 0\n"), Some(Refresh::Off));
    assert_eq!(refresh("refresh = \"off\"\n"), Some(Refresh::Off));
}
