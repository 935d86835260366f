//! Commands for what was done: a shell takes them for exactly the words that are meant, whatever a stranger
//! has called something.

use std::process::Command as Process;

use orgdeck::app::command::commands;
use orgdeck::domain::invite::Notify;
use orgdeck::domain::wish::Resend;
use orgdeck::domain::{
    Fields, Image, InviteDraft, OrgId, Profile, Role, Secret, Text, UserId, Value, Verb, Wish,
};

use crate::support::rig::{invite, member, org_id, profile};

/// Names that a shell would take for something else.
const ODD: &[&str] = &[
    "plain",
    "",
    "two  words",
    "O'Neil \"x\"",
    "$(touch pwned) `id` $HOME \\",
    "-x",
    "--yes",
    "~",
    "*;&|<>(){}[]!#%^?",
    "größe 高橋 👩‍🚀",
    "line\nend\ttab\r",
    "esc\u{1b}[31m\u{3}",
    "\u{202e}evil\u{200b}",
    "=x",
];

/// The words of a line as a shell hands them to a program.
fn words(line: &str) -> Vec<String> {
    let program = line.replacen("orgdeck", "printf '%s\\0'", 1);
    let output = Process::new("bash")
        .args(["-c", &program])
        .output()
        .unwrap();
    assert!(output.status.success(), "{line}");
    let text = String::from_utf8(output.stdout).unwrap();
    let mut words: Vec<String> = text.split('\0').map(str::to_owned).collect();
    assert_eq!(words.pop().as_deref(), Some(""), "{line}");
    words
}

fn lines(wish: &Wish) -> Vec<String> {
    let program = ["orgdeck".to_owned()];
    let commands = commands(wish).unwrap();
    commands.iter().map(|one| one.line(&program)).collect()
}

/// The only line.
fn line(wish: &Wish) -> String {
    let [line] = lines(wish).try_into().unwrap();
    line
}

fn org() -> OrgId {
    org_id("shop", "org_1")
}

fn created(name: &str) -> Wish {
    Wish::CreateOrg {
        profile: profile("shop"),
        fields: Fields::default().with("name", Value::Text(Text::from(name))),
        first_member: None,
    }
}

#[test]
fn odd_names_reach_the_program_as_they_are() {
    for name in ODD {
        let line = line(&created(name));
        assert!(!line.chars().any(char::is_control), "{line:?}");
        assert_eq!(
            words(&line),
            [
                "org",
                "create",
                "shop",
                &format!("--name={name}"),
                "--dry-run"
            ],
            "{line}"
        );
    }
}

#[test]
fn what_begins_with_a_dash_is_no_flag() {
    for name in ODD.iter().filter(|name| !name.is_empty()) {
        let wish = Wish::Resend(Resend::Address {
            org: org(),
            email: Text::from(*name),
        });
        let words = words(&line(&wish));
        let expected = if name.starts_with('-') {
            vec!["invite", "resend", "--dry-run", "--", "shop/org_1", name]
        } else {
            vec!["invite", "resend", "shop/org_1", name, "--dry-run"]
        };
        assert_eq!(words, expected);
    }
}

#[test]
fn several_rows_are_one_command_for_each_organization() {
    let [one, two] = [org(), org_id("shop", "org_2")];
    let removed = |org: &OrgId, key: &str| Wish::RemoveMember {
        member: Box::new(member(org, key, "member")),
    };
    let wish = Wish::each(vec![
        removed(&one, "ana"),
        removed(&two, "bo"),
        removed(&one, "cleo"),
    ]);
    assert_eq!(
        lines(&wish.unwrap()),
        [
            "orgdeck member remove shop/org_1 user_ana user_cleo --dry-run",
            "orgdeck member remove shop/org_2 user_bo --dry-run",
        ]
    );
}

#[test]
fn roles_are_set_or_given_and_taken() {
    let bo = member(&org(), "bo", "member");
    let to = |keys: &[&str]| Wish::SetRoles {
        member: bo.at.clone(),
        from: bo.assignments().to_vec(),
        to: keys.iter().map(|key| Role::named(*key)).collect(),
    };
    let head = "orgdeck member role shop/org_1 user_bo";
    for (keys, rest) in [
        (&["admin"][..], "--set=admin"),
        (&["member", "night watch"], "'--give=night watch'"),
        (&["a", "b"], "--give=a --give=b --take=member"),
        (&[], "--take=member"),
    ] {
        assert_eq!(line(&to(keys)), format!("{head} {rest} --dry-run"));
    }
}

#[test]
fn invites_with_the_same_in_them_are_one_command() {
    let draft = |email: &str, role: &str| InviteDraft {
        role: Some(Role::named(role)),
        message: Some(Text::from("Hi\nall")),
        notify: Notify::Silent,
        expires_in_days: Some(3),
        public_metadata: Some(serde_json::json!({"a": "it's"})),
        ..InviteDraft::to(email)
    };
    let wish = Wish::Invite {
        org: org(),
        drafts: vec![
            draft("a@x.example", "member"),
            draft("b@x.example", "admin"),
            draft("c@x.example", "member"),
        ],
    };
    let [first, second] = lines(&wish).try_into().unwrap();
    assert_eq!(
        first,
        "printf %s '{\"a\":\"it'\\''s\"}' | orgdeck invite create shop/org_1 a@x.example c@x.example \
         --role=member $'--message=Hi\\012all' --expires-in-days=3 --no-notify --metadata=- --dry-run"
    );
    assert!(second.contains("b@x.example --role=admin"));
}

#[test]
fn what_no_command_says_has_a_reason_and_no_secret_is_in_any() {
    let accept = Wish::AcceptInvite {
        profile: Profile::new("prod"),
        token: Secret::new("canary-token"),
    };
    assert_eq!(line(&accept), "orgdeck invite accept prod --dry-run");
    let image = Image::new("logo.png", b"\x89PNG\r\n\x1a\n".to_vec()).unwrap();
    let logo = |image| Wish::SetLogo { org: org(), image };
    assert!(commands(&logo(image.clone())).is_err());
    assert_eq!(
        line(&logo(image.from_path("/tmp/a b.png"))),
        "orgdeck org logo set shop/org_1 '/tmp/a b.png' --dry-run"
    );
    let first = Wish::CreateOrg {
        profile: profile("shop"),
        fields: Fields::default(),
        first_member: Some((
            UserId::new(&profile("shop"), "user_1"),
            Role::named("admin"),
        )),
    };
    assert!(commands(&first).is_err());
    let told = Wish::AddMember {
        org: org(),
        user: UserId::new(&profile("shop"), "user_1"),
        role: Role::named("admin"),
        metadata: Some(serde_json::json!({"team": "front"})),
    };
    assert!(commands(&told).is_err());
}

#[test]
fn every_verb_that_writes_has_its_words() {
    let bo = member(&org(), "bo", "member");
    let hal = Box::new(invite(&org(), "hal@acme.example"));
    let wishes = [
        created("x"),
        Wish::EditOrg {
            org: org(),
            fields: Fields::default().with("name", Value::Flag(true)),
        },
        Wish::DeleteOrg { org: org() },
        Wish::SetLogo {
            org: org(),
            image: Image::new("x", b"GIF89a".to_vec()).unwrap().from_path("x"),
        },
        Wish::RemoveLogo { org: org() },
        Wish::SetMetadata {
            org: org(),
            merge: serde_json::json!({}),
        },
        Wish::AddMember {
            org: org(),
            user: UserId::new(&profile("shop"), "user_1"),
            role: Role::named("admin"),
            metadata: None,
        },
        Wish::SetRoles {
            member: bo.at.clone(),
            from: Vec::new(),
            to: vec![Role::named("admin")],
        },
        Wish::RemoveMember {
            member: Box::new(bo),
        },
        Wish::Leave { org: org() },
        Wish::Invite {
            org: org(),
            drafts: vec![InviteDraft::to("a@x.example")],
        },
        Wish::RevokeInvite {
            invite: hal.clone(),
        },
        Wish::Resend(Resend::Listed(hal)),
        Wish::AcceptInvite {
            profile: profile("shop"),
            token: Secret::new("x"),
        },
    ];
    for verb in Verb::ALL.iter().filter(|verb| !verb.is_read()) {
        let wish = wishes.iter().find(|wish| wish.verb() == *verb).unwrap();
        let line = line(wish);
        assert!(
            line.contains(&format!("orgdeck {} ", verb.name())),
            "{line}"
        );
        let parsed = orgdeck::cli::args::command().try_get_matches_from(
            std::iter::once("orgdeck".to_owned()).chain(words(line.rsplit(" | ").next().unwrap())),
        );
        assert!(parsed.is_ok(), "{line}: {}", parsed.unwrap_err());
    }
}
