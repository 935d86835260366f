//! Many invites at once: looked at line by line, then sent once each.

use orgdeck::sandbox::Service;

use super::stage::{Stage, column};

const CREATE: &str = "invite create clerk/acme-shop --role org:member --yes";

#[test]
fn each_address_is_invited_once_and_ten_go_out_at_a_time() {
    let stage = Stage::new();
    let twice = |number| format!("  p{number}@new.example \r\n\r\nP{number}@NEW.example\r\n");
    let lines: Vec<String> = (0..25).map(twice).collect();
    let file = stage.file("people.txt", &format!("\u{feff}{}", lines.concat()));
    let create = CREATE.replace("acme-shop", "partner-portal");
    let line = format!("{create} --from {file} --confirm partner-portal");
    let (code, document) = stage.json(&line);
    assert_eq!(code, Some(0), "{document}");
    let outcomes = column(&document, "results", "outcome");
    assert_eq!(
        outcomes
            .iter()
            .filter(|outcome| **outcome == "done")
            .count(),
        25
    );
    assert_eq!(
        outcomes
            .iter()
            .filter(|outcome| **outcome == "skipped")
            .count(),
        25
    );
    let writes = stage.writes(Service::Clerk);
    assert_eq!(writes.len(), 3, "{writes:?}");
    assert!(
        writes
            .iter()
            .all(|write| write.ends_with("/invitations/bulk"))
    );
}

#[test]
fn r64_every_line_has_a_verdict_and_nothing_is_sent_while_one_is_wrong() {
    let stage = Stage::new();
    let lines =
        "ok@new.example\nbo@acme.example\nhal@acme.example\nOK@new.example\njon@@old.example\n";
    let file = stage.file("people.txt", lines);
    let line = format!("{CREATE} --from {file}");
    let ran = stage.run(&line);
    assert_eq!(ran.code, Some(5), "{ran}");
    for verdict in [
        "line 1: ok@new.example: ok",
        "line 2: bo@acme.example: already member",
        "line 3: hal@acme.example: already invited",
        "line 4: OK@new.example: duplicate of address 1",
        "line 5: jon@@old.example: not an address",
    ] {
        assert!(ran.stderr.contains(verdict), "{verdict}: {ran}");
    }
    assert!(stage.writes(Service::Clerk).is_empty());
    let (code, document) = stage.json(&format!("{line} --partial"));
    assert_eq!(code, Some(8), "{document}");
    let outcomes = column(&document, "results", "outcome");
    assert_eq!(
        outcomes,
        ["refused", "refused", "skipped", "refused", "done"]
    );
    assert_eq!(stage.writes(Service::Clerk).len(), 1);
}

#[test]
fn a_table_names_roles_and_comes_from_standard_input_too() {
    let stage = Stage::new();
    let table = "email,role\na@new.example,org:admin\n\"b@new.example\",\n";
    let ran = stage.run_with(&format!("{CREATE} --from -"), table);
    assert_eq!(ran.code, Some(0), "{ran}");
    let ran = stage.run(
        "invite list clerk/acme-shop --filter email:new.example --sort email --fields email,role",
    );
    assert_eq!(
        ran.stdout,
        "a@new.example\torg:admin\nb@new.example\torg:member\n"
    );
    let ran = stage.run_with(
        &format!("{CREATE} --from -"),
        "email,rolle\nc@new.example,x\n",
    );
    assert_eq!(ran.code, Some(2), "{ran}");
}

/// More than five rows are asked for by name, as on the screen, whether they are addresses of one request
/// or invites that are named one by one.
#[test]
fn many_want_a_name() {
    let stage = Stage::new();
    let six: Vec<String> = (0..6)
        .map(|number| format!("p{number}@new.example"))
        .collect();
    let six = six.join(" ");
    let create = format!("{CREATE} {six}");
    for confirm in ["", " --confirm 6", " --confirm acme_shop"] {
        let ran = stage.run(&format!("{create}{confirm}"));
        assert_eq!(ran.code, Some(2), "{ran}");
        let why = "more than five rows change at once";
        assert!(ran.stderr.contains(why), "{ran}");
    }
    assert!(stage.writes(Service::Clerk).is_empty());
    let ran = stage.run(&format!("{create} --confirm acme-shop"));
    assert_eq!(ran.code, Some(0), "{ran}");
    let sent = stage.writes(Service::Clerk).len();
    let revoke = format!("invite revoke clerk/acme-shop {six} --yes");
    let ran = stage.run(&revoke);
    assert_eq!(ran.code, Some(2), "{ran}");
    assert_eq!(stage.writes(Service::Clerk).len(), sent);
    let ran = stage.run(&format!("{revoke} --confirm acme-shop"));
    assert_eq!(ran.code, Some(0), "{ran}");
    assert_eq!(stage.writes(Service::Clerk).len(), sent + 6);
}

#[test]
fn r64_ten_thousand_lines_are_looked_at_in_one_reading() {
    let stage = Stage::new();
    let line = |number| format!("p{number}@new.example");
    let mut lines: Vec<String> = (0..10_000).map(line).collect();
    lines.push("wrong".to_owned());
    let file = stage.file("people.txt", &lines.join("\n"));
    let ran = stage.run(&format!("{CREATE} --from {file}"));
    assert_eq!(ran.code, Some(5));
    assert!(ran.stderr.contains("line 10001: wrong: not an address"));
    assert!(stage.sandbox.requests(Service::Clerk).len() < 12);
}

/// Blanks, line ends of two kinds, a mark of byte order, another case: one invite an address all the same, by
/// the service's own record.
#[test]
fn r64_each_service_has_one_invite_for_each_address_of_a_file() {
    let lines = "\u{feff}one@new.example\r\n\n  two@new.example\t\r\nONE@new.example\n\
                 two@NEW.example\n# nobody\nthree@new.example";
    for (service, line) in [
        (
            Service::Balena,
            "invite create balena/acme_fleet --role member",
        ),
        (
            Service::Clerk,
            "invite create clerk/acme-shop --role org:member",
        ),
        (Service::Vulos, "invite create vulos/41"),
    ] {
        let stage = Stage::new();
        let file = stage.file("people.txt", lines);
        let line = format!("{line} --from {file} --yes");
        let dry = stage.run(&format!("{line} --dry-run"));
        assert!(dry.stderr.contains("duplicate of address"), "{dry}");
        assert!(stage.writes(service).is_empty(), "{dry}");
        let ran = stage.run(&line);
        assert_eq!(ran.code, Some(0), "{ran}");
        let mut invited = stage.sandbox.world(|world| {
            let new = world
                .invites(service)
                .map(|invite| invite.email.to_lowercase());
            new.filter(|email| email.ends_with("@new.example"))
                .collect::<Vec<_>>()
        });
        invited.sort();
        let once = ["one@new.example", "three@new.example", "two@new.example"];
        assert_eq!(invited, once, "{}", service.name());
    }
}
