//! Secrets show themselves to nobody.

use orgdeck::domain::secret::{Pass, Place};
use orgdeck::domain::{Mutation, Secret};

use super::sample::profile;
use crate::support::can::{Can, Cannot as _};

#[test]
fn debug_output_holds_no_secret_however_deep_it_lies() {
    let token = Secret::new("sk_live_42");
    let change = Mutation::AcceptInvite {
        profile: profile(),
        token: token.clone(),
    };
    assert_eq!(format!("{token:?}"), "***");
    assert!(!format!("{change:?} {:?}", Some(token)).contains("sk_live"));
}

#[test]
fn white_space_around_a_secret_is_none_of_it() {
    let token = Secret::new(" sk_live_42\r\n");
    assert_eq!(token.expose(), "sk_live_42");
    assert_eq!(token, serde_json::from_str(r#""sk_live_42\t""#).unwrap());
    assert_ne!(token, Secret::new("sk_live_43"));
    assert!(Secret::new(" \n").is_empty());
    assert!(!token.is_empty());
}

#[test]
fn the_place_of_a_secret_is_told_without_it() {
    let value = || Secret::new("sk_live_42");
    let variable = Place::Env {
        name: "ORGDECK_SHOP_TOKEN".to_owned(),
        value: Some(value()),
    };
    let command = ["pass".to_owned(), "show sk_live_42".to_owned()];
    for (place, words) in [
        (variable, "environment variable ORGDECK_SHOP_TOKEN"),
        (Place::Command(command.into()), "command pass"),
        (Place::Command(Vec::new()), "command "),
        (Place::File("/run/token".into()), "file /run/token"),
        (Place::Given(value()), "the sandbox"),
        (Place::Keyring("work".to_owned()), "keyring entry work"),
    ] {
        assert_eq!(place.words(), words);
    }
    assert!(!format!("{:?}", Place::Given(value())).contains("sk_live"));
}

#[test]
fn r8_a_secret_can_neither_be_shown_nor_written() {
    assert_eq!((Can::<String>::SHOW, Can::<String>::WRITE), (true, true));
    assert_eq!((Can::<Secret>::SHOW, Can::<Secret>::WRITE), (false, false));
    assert_eq!((Can::<Pass>::SHOW, Can::<Pass>::WRITE), (false, false));
    assert_eq!((Can::<Place>::SHOW, Can::<Place>::WRITE), (false, false));
}
