//! The table of verbs.

use std::collections::BTreeSet;

use orgdeck::domain::{Class, Verb};

#[test]
fn verbs_have_names_of_their_own() {
    let names: BTreeSet<&str> = Verb::ALL.iter().map(|verb| verb.name()).collect();
    assert_eq!(names.len(), Verb::ALL.len());
    assert_eq!(Verb::ALL.len(), 25);
}

#[test]
fn what_takes_away_is_destruction() {
    for verb in Verb::ALL {
        let last = verb.name().rsplit(' ').next().unwrap();
        let destroys = ["delete", "remove", "leave", "revoke"].contains(&last);
        assert_eq!(verb.class() == Class::Destroy, destroys, "{verb:?}");
        let reads = ["whoami", "list", "show", "roles", "find", "memberships"].contains(&last);
        assert_eq!(verb.is_read(), reads, "{verb:?}");
    }
}
