//! Names: every way to say which organization, member, invite or user is meant.

use orgdeck::sandbox::Service;

use super::stage::{Stage, column};

#[test]
fn an_organization_has_an_id_a_slug_and_a_name() {
    let stage = Stage::new();
    for name in ["26474", "acme_fleet", "handle:acme_fleet", "Acme Fleet"] {
        let address = format!("balena/{name}");
        let ran = stage.run_words(&["org", "show", &address, "--fields", "id"]);
        assert_eq!(ran.stdout, "26474\n", "{name}: {ran}");
    }
    let (_, document) = stage.json("org list --profile clerk --filter slug:acme-shop");
    let id = column(&document, "orgs", "id")[0].to_owned();
    for name in [id.as_str(), "acme-shop", "Acme Shop"] {
        let address = format!("clerk/{name}");
        let ran = stage.run_words(&["org", "show", &address, "--fields", "id"]);
        assert_eq!(ran.stdout, format!("{id}\n"), "{name}: {ran}");
    }
    for address in ["vulos/41", "vulos/Harbour Pilots"] {
        let ran = stage.run_words(&["org", "show", address, "--fields", "id"]);
        assert_eq!(ran.stdout, "41\n", "{ran}");
    }
}

/// All digits are an id, even where somebody has such a handle.
#[test]
fn digits_are_an_id() {
    let stage = Stage::new();
    stage.sandbox.world(|world| {
        let ana = world.person_by_username("ana").unwrap().key;
        let org = world.add_org(Service::Balena, |org| {
            "Numbers".clone_into(&mut org.name);
            org.slug = Some("4711".to_owned());
            org.created_by = Some(ana);
        });
        world.add_member(org, ana, &["administrator"]);
    });
    assert_eq!(stage.run("org show balena/4711").code, Some(4));
    let ran = stage.run("org show balena/handle:4711 --fields name");
    assert_eq!(ran.stdout, "Numbers\n", "{ran}");
}

#[test]
fn what_fits_several_is_refused_with_the_candidates() {
    let stage = Stage::new();
    stage.sandbox.world(|world| {
        let ana = world.person_by_username("ana").unwrap().key;
        for slug in ["twin-a", "twin-b"] {
            world.add_org(Service::Clerk, |org| {
                "Twins".clone_into(&mut org.name);
                org.slug = Some(slug.to_owned());
                org.created_by = Some(ana);
            });
        }
    });
    let ran = stage.run("org delete clerk/Twins --yes --confirm Twins");
    assert_eq!(ran.code, Some(5), "{ran}");
    assert_eq!(ran.stderr.matches("org_").count(), 2, "{ran}");
    assert!(stage.writes(Service::Clerk).is_empty());
    let (_, document) = stage.json("org show clerk/Twins");
    assert_eq!(column(&document, "errors", "kind"), ["ambiguous"]);
    assert_eq!(stage.run("org show clerk/twin-a").code, Some(0));
}

#[test]
fn a_member_has_four_names() {
    let stage = Stage::new();
    let (_, document) = stage.json("member list clerk/acme-shop --filter username:=bo");
    let of = |field: &str| column(&document, "members", field)[0].to_owned();
    let membership = of("id");
    for name in [
        of("id"),
        of("user_id"),
        of("username"),
        of("email"),
        of("email").to_uppercase(),
    ] {
        let ran = stage.run(&format!("member show clerk/acme-shop {name} --fields id"));
        assert_eq!(ran.stdout, format!("{membership}\n"), "{name}: {ran}");
    }
}

/// Two names of one person are one target.
#[test]
fn a_person_who_is_named_twice_is_meant_once() {
    let stage = Stage::new();
    let ran =
        stage.run("member remove clerk/acme-shop bo bo@acme.example --yes --confirm acme-shop");
    assert_eq!(ran.code, Some(0), "{ran}");
    assert_eq!(stage.writes(Service::Clerk).len(), 1);
}

#[test]
fn one_wrong_name_stops_all() {
    let stage = Stage::new();
    let ran = stage.run("member remove clerk/acme-shop bo nobody --yes --confirm acme-shop");
    assert_eq!(ran.code, Some(4), "{ran}");
    assert!(stage.writes(Service::Clerk).is_empty());
}

/// One's address is another's user name: nobody is guessed, unless an id is written down.
#[test]
fn a_member_name_that_fits_several_is_refused_with_the_candidates() {
    let stage = Stage::new();
    let (_, document) = stage.json("member list clerk/acme-shop --filter username:=bo");
    let id = column(&document, "members", "user_id")[0].to_owned();
    stage.sandbox.world(|world| {
        for (person, name) in [("cleo", "bo@acme.example"), ("emre", &id)] {
            let key = world.person_by_username(person).unwrap().key;
            world.edit_person(key, |person| person.username = Some(name.to_owned()));
        }
    });
    let ran = stage.run("member remove clerk/acme-shop bo@acme.example --yes");
    assert_eq!(ran.code, Some(5), "{ran}");
    assert_eq!(ran.stderr.matches("orgmem_").count(), 2, "{ran}");
    assert!(stage.writes(Service::Clerk).is_empty());
    let ran = stage.run(&format!("member show clerk/acme-shop {id} --fields email"));
    assert_eq!(ran.stdout, "bo@acme.example\n", "{ran}");
}

/// Vulos says of its ids that large and small letters are the same.
#[test]
fn an_id_is_found_in_large_letters_too() {
    let stage = Stage::new();
    let (_, document) = stage.json("member list vulos/41 --filter email:rui@");
    let id = column(&document, "members", "id")[0].to_owned();
    let line = format!("member show vulos/41 {} --fields id", id.to_uppercase());
    let ran = stage.run(&line);
    assert_eq!(ran.stdout, format!("{id}\n"), "{ran}");
}

/// Vulos sends memberships without the names of their organizations, which are asked for.
#[test]
fn memberships_name_their_organizations() {
    let stage = Stage::new();
    for who in ["balena ana", "clerk ana", "vulos me"] {
        let (_, document) = stage.json(&format!("user memberships {who}"));
        let names = column(&document, "memberships", "org_name");
        assert!(!names.is_empty() && !names.contains(&""), "{document}");
    }
}

/// What a role that somebody holds is called by when it is taken.
#[test]
fn a_role_that_is_held_has_its_own_id() {
    let stage = Stage::new();
    for (who, count) in [
        ("vulos/41 ines@pilots.example", 2),
        ("balena/acme_fleet bo", 1),
    ] {
        let (_, document) = stage.json(&format!("member roles {who}"));
        let mut ids = column(&document, "roles", "id");
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{document}");
        assert!(ids.iter().all(|id| !id.is_empty()), "{document}");
    }
}

/// A status that is asked for is the one that is shown, whatever the service still calls it.
#[test]
fn invites_have_the_status_that_is_asked_for() {
    let stage = Stage::new();
    let ids = |flag: &str, status: Option<&str>| {
        let (code, document) = stage.json(&format!("invite list --profile clerk {flag}"));
        assert_eq!(code, Some(0), "{document}");
        let shown = column(&document, "invites", "status");
        assert!(status.is_none_or(|status| shown.iter().all(|one| *one == status)));
        let ids = column(&document, "invites", "id").into_iter();
        ids.map(str::to_owned).collect::<Vec<_>>()
    };
    let [pending, expired] =
        ["pending", "expired"].map(|status| ids(&format!("--status {status}"), Some(status)));
    assert!(!expired.is_empty());
    let mut both = [pending, expired].concat();
    let mut all = ids("", None);
    both.sort_unstable();
    all.sort_unstable();
    assert_eq!(both, all);
    for status in ["accepted", "revoked"] {
        ids(&format!("--status {status}"), Some(status));
    }
}

#[test]
fn an_invite_has_an_id_and_an_address() {
    let stage = Stage::new();
    let (_, document) = stage.json("invite list clerk/acme-shop --filter email:hal");
    let id = column(&document, "invites", "id")[0].to_owned();
    let line = "invite revoke clerk/acme-shop";
    for name in [id.as_str(), "HAL@acme.example"] {
        let ran = stage.run(&format!("{line} {name} --dry-run"));
        assert!(ran.stdout.contains(&id), "{name}: {ran}");
    }
}

#[test]
fn the_demo_needs_no_configuration_and_writes_no_file() {
    let home = tempfile::TempDir::new().unwrap();
    let mut command = crate::support::program::orgdeck(&["--demo", "org", "list"], home.path());
    let ran = crate::support::program::run(&mut command);
    assert_eq!(ran.code, Some(0), "{ran}");
    assert_eq!(ran.stdout.lines().count(), 7);
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
}
