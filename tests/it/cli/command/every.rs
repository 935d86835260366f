//! Every verb as a subcommand on every service: done where the service has it, refused with its reason and
//! without a request where it has not, and without its token anywhere.

use orgdeck::domain::Verb;
use orgdeck::provider::registry;
use orgdeck::sandbox::Service;
use orgdeck::sandbox::world::InviteState;

use super::stage::{Stage, TOKENS, rows};
use crate::support::program::run;

/// What follows the verb's own words. A verb without a line here does not compile.
pub(super) fn words(verb: Verb, service: Service, stage: &Stage) -> String {
    let profile = service.name();
    let org = org(service);
    let member = match service {
        Service::Balena | Service::Clerk => "bo",
        Service::Vulos => "rui@pilots.example",
    };
    match verb {
        Verb::WhoAmI | Verb::RoleList | Verb::InviteAccept => profile.to_owned(),
        Verb::OrgList => format!("--profile {profile}"),
        Verb::OrgShow
        | Verb::MetadataShow
        | Verb::MemberList
        | Verb::InviteList
        | Verb::OrgDelete
        | Verb::LogoRemove
        | Verb::MemberLeave => org.to_owned(),
        Verb::OrgCreate => match service {
            Service::Balena | Service::Clerk => format!("{profile} --name Fresh"),
            Service::Vulos => format!(
                "{profile} --name Fresh --field address=Quay --field city=Porto --field zip_code=1 \
                 --field country_code=PT --field unique_id=U1 --field tax_number=PT501964843"
            ),
        },
        Verb::OrgEdit => format!("{org} --field name=Other"),
        Verb::LogoSet => {
            format!(
                "{org} {}/assets/sandbox/logo.png",
                env!("CARGO_MANIFEST_DIR")
            )
        }
        Verb::MetadataSet => format!("{org} {}", stage.file("m.json", "{\"plan\":null}")),
        Verb::MemberShow | Verb::MemberRoles | Verb::MemberRemove => format!("{org} {member}"),
        Verb::MemberAdd => format!("{org} kim@acme.example --role org:member"),
        Verb::MemberRole => match service {
            Service::Balena => format!("{org} bo --set administrator"),
            Service::Clerk => format!("{org} bo --set org:admin"),
            Service::Vulos => format!("{org} {member} --give dispatch"),
        },
        Verb::InviteCreate => match service {
            Service::Balena | Service::Vulos => format!("{org} fresh@new.example"),
            Service::Clerk => format!("{org} fresh@new.example --role org:member"),
        },
        Verb::InviteRevoke => format!("{org} hal@acme.example"),
        Verb::InviteResend => match service {
            Service::Balena | Service::Clerk => format!("{org} hal@acme.example"),
            Service::Vulos => format!("{org} new.pilot@pilots.example"),
        },
        Verb::UserFind => format!("{profile} ana"),
        Verb::UserMemberships => match service {
            Service::Balena | Service::Clerk => format!("{profile} ana"),
            Service::Vulos => format!("{profile} me"),
        },
    }
}

pub(super) fn org(service: Service) -> &'static str {
    match service {
        Service::Balena => "balena/acme_fleet",
        Service::Clerk => "clerk/acme-shop",
        Service::Vulos => "vulos/41",
    }
}

/// The kind of a verb's document; metadata is a document of its own.
pub(super) fn kind(verb: Verb) -> Option<&'static str> {
    Some(match verb {
        Verb::WhoAmI => "whoami",
        Verb::OrgList | Verb::OrgShow => "orgs",
        Verb::MetadataShow => return None,
        Verb::MemberList | Verb::MemberShow => "members",
        Verb::MemberRoles | Verb::RoleList => "roles",
        Verb::InviteList => "invites",
        Verb::UserFind => "users",
        Verb::UserMemberships => "memberships",
        Verb::OrgCreate
        | Verb::OrgEdit
        | Verb::OrgDelete
        | Verb::LogoSet
        | Verb::LogoRemove
        | Verb::MetadataSet
        | Verb::MemberAdd
        | Verb::MemberRole
        | Verb::MemberRemove
        | Verb::MemberLeave
        | Verb::InviteCreate
        | Verb::InviteRevoke
        | Verb::InviteResend
        | Verb::InviteAccept => "results",
    })
}

/// An invite of somebody else's organization to the caller, and its token.
pub(super) fn invited(stage: &Stage) -> String {
    stage.sandbox.world(|world| {
        let bo = world.person_by_username("bo").unwrap().key;
        let other = world.add_org(Service::Balena, |org| {
            "Elsewhere".clone_into(&mut org.name);
            org.slug = Some("elsewhere".to_owned());
            org.created_by = Some(bo);
        });
        let invite = world.add_invite(other, "ana@acme.example", |invite| {
            invite.role = Some("member".to_owned());
            invite.inviter = Some(bo);
            invite.state = InviteState::Pending;
        });
        let invite = invite.unwrap();
        world.invite(invite).unwrap().token.clone()
    })
}

fn try_on(verb: Verb, service: Service) {
    let stage = Stage::new();
    let what = format!("{} on {}", verb.name(), service.name());
    let log = stage.home.path().join("trace.log").display().to_string();
    let (_, name) = org(service).split_once('/').unwrap();
    let consent = if verb.is_read() {
        String::new()
    } else {
        format!("--yes --confirm {name}")
    };
    let words = words(verb, service, &stage);
    let line = format!("{} {words} --log {log} -o json {consent}", verb.name());
    let arguments: Vec<&str> = line.split_whitespace().collect();
    let mut command = stage.command(&arguments);
    let token = (verb == Verb::InviteAccept).then(|| invited(&stage));
    if let Some(token) = &token {
        command.env("ORGDECK_INVITE_TOKEN", token);
    }
    let ran = run(&mut command);
    let capabilities = (registry::find(service.name()).unwrap().capabilities)();
    if let Some(why) = capabilities.refusal(verb) {
        assert_eq!(ran.code, Some(5), "{what}: {ran}");
        assert!(ran.stderr.contains(why), "{what}: {ran}");
        assert!(
            stage.sandbox.requests(service).is_empty(),
            "{what} sent something"
        );
    } else {
        assert_eq!(ran.code, Some(0), "{what}: {ran}");
        let document: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        if let Some(kind) = kind(verb) {
            let rows = rows(&document, kind);
            assert!(!rows.is_empty(), "{what}: {ran}");
            let done = |row: &serde_json::Value| row["outcome"] == "done";
            assert!(verb.is_read() || rows.iter().all(done), "{what}: {ran}");
            assert_eq!(document["errors"], serde_json::json!([]), "{what}");
        }
        assert_eq!(stage.writes(service).is_empty(), verb.is_read(), "{what}");
    }
    let log = std::fs::read_to_string(&log).unwrap();
    for secret in TOKENS.iter().copied().chain(token.as_deref()) {
        for (place, text) in [
            ("stdout", &ran.stdout),
            ("stderr", &ran.stderr),
            ("log", &log),
        ] {
            assert!(!text.contains(secret), "{what}: a secret in {place}");
        }
    }
    assert_eq!(
        stage.sandbox.unknown_routes(),
        Vec::<String>::new(),
        "{what}"
    );
}

#[test]
fn reads() {
    for verb in Verb::ALL.iter().filter(|verb| verb.is_read()) {
        for service in Service::ALL {
            try_on(*verb, service);
        }
    }
}

#[test]
fn writes_on_balena() {
    let writes = Verb::ALL.iter().filter(|verb| !verb.is_read());
    writes.for_each(|verb| try_on(*verb, Service::Balena));
}

#[test]
fn writes_on_clerk() {
    let writes = Verb::ALL.iter().filter(|verb| !verb.is_read());
    writes.for_each(|verb| try_on(*verb, Service::Clerk));
}

#[test]
fn writes_on_vulos() {
    let writes = Verb::ALL.iter().filter(|verb| !verb.is_read());
    writes.for_each(|verb| try_on(*verb, Service::Vulos));
}

/// The table of verbs is what the command line is made from: no verb without words, no words without help.
#[test]
fn every_verb_is_a_subcommand_with_its_own_words() {
    let command = orgdeck::cli::args::command();
    for verb in Verb::ALL {
        let mut found = &command;
        for word in verb.name().split(' ') {
            found = found
                .find_subcommand(word)
                .unwrap_or_else(|| panic!("`{}` is no subcommand", verb.name()));
        }
        let about = found.get_about().unwrap().to_string();
        assert_eq!(about, verb.about(), "{}", verb.name());
    }
}

#[test]
fn what_is_written_has_the_flags_of_writes_and_what_is_listed_those_of_lists() {
    let stage = Stage::new();
    for verb in Verb::ALL {
        let ran = stage.run(&format!("{} --help", verb.name()));
        assert_eq!(ran.code, Some(0), "{ran}");
        let flags: &[&str] = match (verb.is_read(), *verb) {
            (true, Verb::MetadataShow) => &["--private", "--out", "--force"],
            (true, _) => &[
                "-o, --output",
                "--fields",
                "--filter",
                "--sort",
                "--limit",
                "--offset",
                "--out",
                "--force",
            ],
            (false, _) => &[
                "--dry-run",
                "--yes",
                "--confirm",
                "--no-input",
                "--allow-removals",
            ],
        };
        for flag in flags {
            assert!(ran.stdout.contains(flag), "{} lacks {flag}", verb.name());
        }
    }
}
