//! Examples: what the help of each command shows of its use. All but the marked ones work as they stand, on the
//! demo's data, in any shell.

/// A command, and lines that show its use.
pub const EXAMPLES: &[(&str, &[&str])] = &[
    (
        "org list",
        &["orgdeck --demo org list --filter 'members:>10' --sort -members"],
    ),
    (
        "org show",
        &["orgdeck --demo org show prod/acme_fleet -o json"],
    ),
    (
        "org create",
        &["orgdeck --demo org create shop --name 'New Shop' --slug new-shop --yes"],
    ),
    (
        "org edit",
        &["orgdeck --demo org edit prod/acme_fleet --field website=https://acme.example --dry-run"],
    ),
    (
        "org delete",
        &["orgdeck --demo org delete shop/acme-sandbox --yes --confirm acme-sandbox"],
    ),
    (
        "org logo set",
        &["orgdeck --demo org logo set shop/acme-shop logo.png --dry-run"],
    ),
    (
        "org logo remove",
        &["orgdeck --demo org logo remove shop/acme-shop --yes"],
    ),
    (
        "org metadata show",
        &["orgdeck --demo org metadata show shop/acme-shop --private"],
    ),
    (
        "org metadata set",
        &[
            "echo '{\"plan\":\"gold\",\"since\":null}' | orgdeck --demo org metadata set shop/acme-shop - --yes",
        ],
    ),
    (
        "member list",
        &["orgdeck --demo member list shop/acme-shop --filter 'role:admin joined:>90d' -o csv"],
    ),
    (
        "member show",
        &["orgdeck --demo member show shop/acme-shop bo@acme.example"],
    ),
    (
        "member roles",
        &["orgdeck --demo member roles me/41 rui@pilots.example"],
    ),
    (
        "member add",
        &["orgdeck --demo member add shop/acme-shop kim@acme.example --role org:member --yes"],
    ),
    (
        "member role",
        &[
            "orgdeck --demo member role shop/acme-shop bo cleo --set org:admin --dry-run",
            "orgdeck --demo member role me/41 ines@pilots.example --give night --take dispatch --yes",
        ],
    ),
    (
        "member remove",
        &["orgdeck --demo member remove prod/acme_fleet bo --yes --confirm acme_fleet"],
    ),
    (
        "member leave",
        &["orgdeck --demo member leave prod/acme_fleet --yes --confirm acme_fleet"],
    ),
    (
        "invite list",
        &["orgdeck --demo invite list shop/acme-shop --status expired"],
    ),
    (
        "invite create",
        &[
            "orgdeck --demo invite create prod/acme_fleet new@acme.example --role member --yes",
            "orgdeck --demo invite create shop/acme-shop --from people.csv --role org:member --dry-run",
        ],
    ),
    (
        "invite revoke",
        &["orgdeck --demo invite revoke shop/acme-shop hal@acme.example --yes"],
    ),
    (
        "invite resend",
        &["orgdeck --demo invite resend shop/acme-shop hal@acme.example --yes"],
    ),
    (
        "invite accept",
        &["orgdeck --demo invite accept prod --dry-run < token"],
    ),
    ("role list", &["orgdeck --demo role list shop/acme-shop"]),
    ("user find", &["orgdeck --demo user find shop ana"]),
    (
        "user memberships",
        &["orgdeck --demo user memberships shop ana@acme.example"],
    ),
    ("whoami", &["orgdeck --demo whoami prod"]),
    ("profile list", &["orgdeck --demo profile list -o json"]),
    ("profile test", &["orgdeck --demo profile test shop"]),
    ("config show", &["orgdeck config show --origin"]),
    ("config check", &["orgdeck config check"]),
    (
        "config schema",
        &["orgdeck config schema > orgdeck.schema.json"],
    ),
    ("config path", &["orgdeck config path"]),
    ("doctor", &["orgdeck --demo doctor -o json"]),
    (
        "snapshot",
        &["orgdeck snapshot --size 80x24 --keys '3/admin<enter>'"],
    ),
    ("keys", &["orgdeck keys"]),
    ("completions", &["orgdeck completions fish > orgdeck.fish"]),
    ("man", &["orgdeck man orgdeck-invite-create"]),
];

/// Examples of what cannot be run unseen: it needs a terminal, an account, or somebody who stops it.
pub const ATTENDED: &[(&str, &[&str])] = &[
    (
        "open",
        &["orgdeck --demo open 'prod/acme_fleet/members?role:administrator'"],
    ),
    (
        "profile add",
        &["orgdeck profile add shop --provider clerk --token-env CLERK_SECRET_KEY --read-only"],
    ),
    ("profile remove", &["orgdeck profile remove shop"]),
    (
        "sandbox",
        &["orgdeck sandbox --orgs 20 --members 300 --token-file tokens"],
    ),
];

/// The definition of the command line with its examples.
pub(super) fn added(command: clap::Command) -> clap::Command {
    let all = EXAMPLES.iter().chain(ATTENDED);
    all.fold(command, |command, (words, lines)| {
        let words: Vec<&str> = words.split(' ').collect();
        below(command, &words, &shown(lines))
    })
}

fn shown(lines: &[&str]) -> String {
    let heading = if lines.len() == 1 {
        "Example:"
    } else {
        "Examples:"
    };
    lines
        .iter()
        .fold(heading.to_owned(), |text, line| format!("{text}\n  {line}"))
}

fn below(command: clap::Command, words: &[&str], text: &str) -> clap::Command {
    match words {
        [] => command.after_help(text.to_owned()),
        [word, rest @ ..] => command.mut_subcommand(*word, |command| below(command, rest, text)),
    }
}
