//! Tests of the environment.

use std::path::Path;

use orgdeck::config::Environment;
use orgdeck::config::environment::{Charset, Wish};

fn with(variables: &[(&str, &str)]) -> Environment {
    Environment::of(|name| {
        let set = variables.iter().find(|(known, _)| *known == name);
        set.map(|(_, value)| value.into())
    })
}

#[test]
fn nothing_set_is_nothing_wanted() {
    let environment = with(&[]);
    assert!(environment.config.is_none() && environment.log.is_none());
    assert!(environment.profiles.is_empty() && environment.credentials.is_empty());
    assert!(!environment.read_only);
    assert_eq!(environment.color, Wish::Untold);
    assert_eq!(environment.charset, Charset::Untold);
    assert_eq!(environment.user, "unknown");
}

#[test]
fn profiles_are_a_comma_list() {
    for (list, names) in [
        ("prod", vec!["prod"]),
        ("prod,shop", vec!["prod", "shop"]),
        (" prod , ,shop,", vec!["prod", "shop"]),
        (",", vec![]),
        ("", vec![]),
    ] {
        assert_eq!(
            with(&[("ORGDECK_PROFILE", list)]).profiles,
            names,
            "{list:?}"
        );
    }
}

#[test]
fn read_only_is_on_unless_it_is_plainly_off() {
    for (value, read_only) in [
        ("1", true),
        ("yes", true),
        ("false", true),
        ("0", false),
        ("", false),
    ] {
        let environment = with(&[("ORGDECK_READ_ONLY", value)]);
        assert_eq!(environment.read_only, read_only, "{value:?}");
    }
}

#[test]
fn no_color_comes_before_clicolor_force() {
    for (no_color, force, wish) in [
        ("", "", Wish::Untold),
        ("1", "", Wish::Never),
        ("0", "", Wish::Never),
        ("", "1", Wish::Always),
        ("", "0", Wish::Untold),
        ("1", "1", Wish::Never),
    ] {
        let environment = with(&[("NO_COLOR", no_color), ("CLICOLOR_FORCE", force)]);
        assert_eq!(environment.color, wish, "{no_color:?} {force:?}");
    }
}

#[test]
fn the_first_locale_that_is_set_names_the_characters() {
    for (variables, charset) in [
        (&[("LANG", "de_DE.UTF-8")][..], Charset::Unicode),
        (&[("LANG", "C.utf8")], Charset::Unicode),
        (&[("LANG", "C")], Charset::Other),
        (&[("LANG", "en_US.UTF-8"), ("LC_ALL", "C")], Charset::Other),
        (
            &[("LANG", "C"), ("LC_CTYPE", "en_US.UTF-8")],
            Charset::Unicode,
        ),
        (&[("LANG", "C.UTF-8"), ("LC_ALL", "")], Charset::Unicode),
    ] {
        assert_eq!(with(variables).charset, charset, "{variables:?}");
    }
}

#[test]
fn files_are_named_as_they_are() {
    let environment = with(&[("ORGDECK_CONFIG", "/x/y z.toml"), ("ORGDECK_LOG", "log")]);
    assert_eq!(
        environment.config.as_deref(),
        Some(Path::new("/x/y z.toml"))
    );
    assert_eq!(environment.log.as_deref(), Some(Path::new("log")));
}

#[test]
fn r65_proxies_are_told_without_the_passwords_in_them() {
    let environment = with(&[
        ("HTTPS_PROXY", "http://me:s3cret@proxy.example:3128"),
        ("no_proxy", "localhost"),
        ("SSH_TTY", "/dev/pts/1"),
    ]);
    let told = |name, value: &str| (name, value.to_owned());
    assert_eq!(
        environment.proxies,
        [
            told("HTTPS_PROXY", "http://***@proxy.example:3128"),
            told("no_proxy", "localhost")
        ]
    );
    assert!(environment.remote && !with(&[]).remote);
}

#[test]
fn credentials_are_found_by_name_and_kept_by_name() {
    let environment = with(&[("VULOS_TOKEN", "s3cret"), ("BALENA_TOKEN", "")]);
    assert_eq!(environment.credentials, ["VULOS_TOKEN"]);
    assert!(!format!("{environment:?}").contains("s3cret"));
}
