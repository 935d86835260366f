//! Tests of what is found on a machine without a configuration.

use std::fs;

use orgdeck::config::{Environment, file, found};
use orgdeck::domain::secret::Place;
use tempfile::TempDir;

use super::KNOWN;

fn environment(credentials: &[&'static str]) -> Environment {
    Environment {
        credentials: credentials.to_vec(),
        ..Environment::default()
    }
}

#[test]
fn an_empty_machine_gets_an_example_of_each_service() {
    let found = found::found(&environment(&[]));
    assert!(found.is_empty());
    let profiles = file::parse(found::toml(&found).as_bytes(), "x", KNOWN).unwrap();
    let names: Vec<&str> = profiles.iter().map(|profile| profile.provider).collect();
    assert_eq!(names, ["balena", "clerk", "vulos"]);
}

#[test]
fn what_is_offered_can_be_written_down_as_it_is() {
    let home = TempDir::new().unwrap();
    fs::create_dir(home.path().join(".balena")).unwrap();
    fs::write(home.path().join(".balena/token"), "x").unwrap();
    let all = [
        "CLERK_SECRET_KEY",
        "BALENA_TOKEN",
        "BALENA_API_KEY",
        "VULOS_TOKEN",
    ];
    let found = found::found(&Environment {
        home: Some(home.path().to_owned()),
        ..environment(&all)
    });
    let profiles = file::parse(found::toml(&found).as_bytes(), "x", KNOWN).unwrap();
    assert_eq!(profiles.len(), 5);
    assert!(profiles.iter().all(|profile| profile.read_only));
    let places: Vec<String> = profiles.iter().map(|p| p.token.words()).collect();
    for name in all {
        assert!(
            places.contains(&format!("environment variable {name}")),
            "{name}"
        );
    }
    let token = home.path().join(".balena/token");
    assert!(
        profiles
            .iter()
            .any(|p| p.token == Place::File(token.clone()))
    );
}

#[test]
fn a_path_with_every_kind_of_character_is_written_as_toml() {
    let home = TempDir::new().unwrap();
    let odd = home.path().join("a \"b\" \\ 'c' ü");
    fs::create_dir_all(odd.join(".balena")).unwrap();
    fs::write(odd.join(".balena/token"), "x").unwrap();
    let found = found::found(&Environment {
        home: Some(odd.clone()),
        ..environment(&[])
    });
    let profiles = file::parse(found::toml(&found).as_bytes(), "x", KNOWN).unwrap();
    assert_eq!(profiles[0].token, Place::File(odd.join(".balena/token")));
}

#[test]
fn places_are_those_of_the_service() {
    let home = TempDir::new().unwrap();
    fs::create_dir(home.path().join(".balena")).unwrap();
    fs::write(home.path().join(".balena/token"), "x").unwrap();
    let environment = Environment {
        home: Some(home.path().to_owned()),
        ..environment(&["CLERK_SECRET_KEY", "BALENA_API_KEY"])
    };
    let words = |provider| -> Vec<String> {
        let places = found::places(&environment, provider);
        places.iter().map(Place::words).collect()
    };
    assert_eq!(words("clerk"), ["environment variable CLERK_SECRET_KEY"]);
    let file = format!("file {}", home.path().join(".balena/token").display());
    assert_eq!(
        words("balena"),
        ["environment variable BALENA_API_KEY", &file]
    );
    assert!(words("vulos").is_empty());
}

#[test]
fn the_address_is_the_one_that_balenas_own_tools_use() {
    let home = TempDir::new().unwrap();
    let settings = home.path().join(".balenarc.yml");
    let mut environment = Environment {
        home: Some(home.path().to_owned()),
        ..environment(&[])
    };
    assert_eq!(found::url(&environment, "balena"), None);
    fs::write(
        &settings,
        "projectsDirectory: /x\nbalenaUrl: 'open.example' # ours\n",
    )
    .unwrap();
    let open = Some("https://api.open.example".to_owned());
    assert_eq!(found::url(&environment, "balena"), open);
    assert_eq!(found::url(&environment, "clerk"), None);
    environment.balena_domain = Some("other.example".to_owned());
    let other = Some("https://api.other.example".to_owned());
    assert_eq!(found::url(&environment, "balena"), other);
}
