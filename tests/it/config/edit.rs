//! Tests of changes to the configuration file: what is added, what is cut out, and that nothing else
//! is touched.

use orgdeck::config::edit::{Draft, with, without};
use orgdeck::config::file;
use orgdeck::domain::secret::{Place, SignIn};

use super::KNOWN;

const FILE: &str = "# mine\n\n# the shop\n[profiles.shop]   # a comment\nprovider = \"clerk\"\ntoken = { env = \"T\" }\n\n\
                    # the fleet\n[profiles.prod]\nprovider = \"balena\"\n[profiles.prod.token]\nfile = '/x'\n\n\
                    # the rest\n[profiles.me]\ntoken = { env = \"V\" }\nprovider = \"vulos\"\n";

fn draft(name: &str, token: Place) -> Draft {
    Draft {
        name: name.to_owned(),
        provider: "vulos".to_owned(),
        url: None,
        token,
        production: false,
        read_only: false,
        ca_file: None,
    }
}

fn places() -> Vec<Place> {
    vec![
        Place::Env {
            name: "NOT_SET_HERE".to_owned(),
            value: None,
        },
        Place::Command(vec!["pass".into(), "a \"b\" \\ c".into(), "ü".into()]),
        Place::File("/a 'b'/\"c\"".into()),
        Place::Keyring("work".to_owned()),
        Place::SignIn(SignIn {
            client_id: "a-b".to_owned(),
            redirect: "http://127.0.0.1:8080/callback".to_owned(),
        }),
    ]
}

#[test]
fn a_profile_is_added_at_the_end_and_read_back_as_it_was_meant() {
    for place in places() {
        let wanted = Draft {
            url: Some("https://id.example".to_owned()),
            production: true,
            read_only: true,
            ca_file: Some("/ca file.pem".into()),
            ..draft("new", place.clone())
        };
        let after = with(FILE, &wanted, KNOWN).unwrap();
        assert!(after.starts_with(FILE), "{after}");
        let read = file::parse(after.as_bytes(), "c", KNOWN)
            .unwrap()
            .pop()
            .unwrap();
        assert_eq!((read.name.as_str(), read.provider), ("new", "vulos"));
        assert_eq!(read.token, place);
        assert_eq!(read.origin.as_str(), "https://id.example");
        assert_eq!((read.production, read.read_only), (Some(true), true));
        assert_eq!(read.ca_file, wanted.ca_file);
    }
}

#[test]
fn what_was_added_can_be_removed_again() {
    for text in [FILE, "", "# only a comment\n"] {
        let wanted = draft("new", places().remove(0));
        let after = with(text, &wanted, KNOWN).unwrap();
        assert_eq!(without(&after, "new", KNOWN).unwrap(), text);
    }
    let unfinished = FILE.trim_end();
    let after = with(unfinished, &draft("new", places().remove(0)), KNOWN).unwrap();
    assert_eq!(without(&after, "new", KNOWN).unwrap(), FILE);
}

#[test]
fn a_removed_profile_takes_its_own_comments_and_tables_along_and_nothing_else() {
    let after = without(FILE, "prod", KNOWN).unwrap();
    let gone = "# the fleet\n[profiles.prod]\nprovider = \"balena\"\n[profiles.prod.token]\nfile = '/x'\n\n";
    assert_eq!(after, FILE.replace(gone, ""));
}

#[test]
fn names_that_are_taken_wrong_or_missing_change_nothing() {
    let place = || places().remove(0);
    for (name, words) in [
        ("shop", "there is a profile shop already"),
        ("No", "a profile's name is made of a-z, 0-9, _ and -"),
        ("a]\nb", "key with no value, expected `=`"),
    ] {
        let said = with(FILE, &draft(name, place()), KNOWN)
            .unwrap_err()
            .to_string();
        assert!(said.ends_with(words), "{said}");
    }
    let said = without(FILE, "other", KNOWN).unwrap_err().to_string();
    assert_eq!(said, "there is no profile other");
}

/// Nothing in a value can become a key: it is quoted, whatever it is.
#[test]
fn a_value_stays_a_value() {
    let hostile = "x\" }\nread_only = false\n[profiles.evil]\n";
    let wanted = draft("new", Place::Keyring(hostile.to_owned()));
    let after = with("", &wanted, KNOWN).unwrap();
    let read = file::parse(after.as_bytes(), "c", KNOWN).unwrap();
    assert_eq!(read.len(), 1);
    assert_eq!(read[0].token, Place::Keyring(hostile.to_owned()));
}

#[test]
fn what_cannot_be_cut_out_safely_is_left_alone() {
    let inline = "profiles = { x = { provider = \"clerk\", token = { env = \"T\" } } }\n";
    let said = without(inline, "x", KNOWN).unwrap_err().to_string();
    assert_eq!(said, "x is not a table of its own: change the file by hand");
    let said = with(inline, &draft("new", places().remove(0)), KNOWN).unwrap_err();
    assert!(said.to_string().starts_with("config.toml:"), "{said}");
    let tricky = "[profiles.x]\nprovider = \"clerk\"\ntoken.command = ['''\n[profiles.x]\n''']\n\
                  [profiles.y]\nprovider = \"clerk\"\ntoken = { env = \"T\" }\n";
    let after = without(tricky, "y", KNOWN).unwrap();
    let left = file::parse(after.as_bytes(), "c", KNOWN).unwrap();
    assert_eq!(
        left[0].token,
        Place::Command(vec!["[profiles.x]\n".to_owned()])
    );
}
