//! Every pane read, one invite at each service, at the three sizes.

use super::seat::{LARGE, MEDIUM, NEW, ORGS, SMALL, Seat};

#[test]
fn balena_from_its_organizations_to_an_invite_and_its_end() {
    let mut seat = Seat::demo(LARGE);
    let rows: Vec<_> = ORGS
        .iter()
        .map(|(name, counts)| format!("{name} {counts}"))
        .collect();
    seat.sees(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    seat.sees(&[
        "1 Organizations 7",
        "balena:prod PROD ok",
        "clerk:shop ok",
        "vulos:me ok",
        "DEMO",
    ]);
    seat.opens("Acme Fleet");
    seat.sees(&[
        "3 Members 12",
        "4 Invites 3",
        "5 Activity (what was sent)",
        "as ana",
    ]);
    seat.zooms("2", &[
        "id 26474 handle acme_fleet members 12",
        "invites 3 admins 2 (ana, dee) as ana",
        "can: edit, delete, set logo, remove logo, change role, remove member, leave, invite, revoke, send again*",
        "logo http://127.0.0.1:",
        "company Acme Fleet GmbH",
        "website https://fleet.acme.example industry Logistics billing account -",
        "frozen by billing no invoice past due since - SAML enforced no",
        "metadata, change metadata: balena keeps no metadata with an organization",
        "add user: balena adds nobody directly: an invite is the way in",
    ]);
    seat.zooms(
        "3",
        &[
            "ana ? you administrator",
            "dee ? administrator",
            "fumiko_文子 ? member",
            "1/12",
        ],
    );
    seat.zooms(
        "4",
        &[
            "night+shift@acme.example member pending",
            "ivy@partner.example administrator pending",
            "hal@acme.example member pending",
        ],
    );
    seat.zooms(
        "5",
        &[
            "ok prod GET /v7/organization_membership?",
            "ok prod GET /actor/v1/whoami 200",
        ],
    );
    seat.invites("", "POST /v7/invitee__is_invited_to__organization");
    seat.sees(&[NEW, "4 Invites 4", "Acme Fleet bal 12 4"]);
    seat.revokes("DELETE /v7/invitee__is_invited_to__organization(");
    seat.sees(&["4 Invites 3", "Acme Fleet bal 12 3"]);
    seat.leaves();
}

#[test]
fn clerk_from_its_organizations_to_an_invite_and_its_end() {
    let mut seat = Seat::demo(LARGE);
    seat.opens("Partner Portal");
    seat.sees(&["3 Members 318", "as instance key"]);
    seat.types("3G");
    seat.sees(&["318/318"]);
    seat.opens("Acme Shop");
    seat.sees(&[
        "3 Members 31",
        "4 Invites 6 (1 EXPIRED)",
        "invites 5 (+1 EXPIRED)",
    ]);
    seat.zooms(
        "2",
        &[
            "slug acme-shop members 31",
            "as development ins_2xAcme00000000000000000000000",
            "member limit (0 is none) 50",
            "members may delete it yes creator user_",
            "role set role_set:default",
            r#"public metadata {"note":"größtes Geschäft"#,
            "cannot: leave: an instance key belongs to nobody and is no member",
        ],
    );
    seat.zooms(
        "3",
        &[
            "Cleo Okafor cleo@partner.example Member",
            "hedda@acme.example Billing",
            "Dee Moreau dee@acme.example Admin",
            "nameless@acme.example nameless@acme.example Member",
            r#"Miles "Tab" & <Co> O'Neill miles.o'neill@acme.example Member"#,
        ],
    );
    seat.zooms(
        "4",
        &[
            "юля@пример.example Member pending",
            "lea@acme.example Billing pending",
            "jon@old.example Member EXPIRED",
        ],
    );
    seat.zooms(
        "5",
        &[
            "ok shop GET /v1/organizations/org_",
            "ok shop GET /v1/instance 200",
        ],
    );
    seat.invites("\t\x1b[B\x1b[Z", "/invitations");
    seat.sees(&["4 Invites 7 (1 EXPIRED)", "Acme Shop clk 31 6"]);
    seat.revokes("POST /v1/organizations/org_");
    seat.sees(&["4 Invites 6 (1 EXPIRED)", "Acme Shop clk 31 5"]);
    seat.leaves();
}

#[test]
fn vulos_from_its_organizations_to_an_invite_that_stays() {
    let mut seat = Seat::demo(LARGE);
    seat.opens("Harbour Pilots");
    seat.sees(&["3 Members 6", "as Ana Costa"]);
    seat.zooms(
        "2",
        &[
            "id 41 members 6",
            "invites ? admins 1 (Ana Costa) as Ana Costa",
            "website https://pilots.example address Quay 7",
            "city Porto zip code 4050-101 state - country code PT",
            "country Portugal unique id HP-2291 tax number EX123456 verified no",
            "cannot: set logo, remove logo: Vulos keeps no logos",
            "invites: Vulos has no list of pending invites",
            "revoke: Vulos has no call that takes an invite back",
        ],
    );
    seat.zooms(
        "3",
        &[
            "Ana Costa ana@acme.example you SuperAdmin",
            "Rui Costa rui@pilots.example Admin",
            "Inês Moreira ines@pilots.example Moderator +1",
        ],
    );
    let unlisted = "Invites cannot be listed: Vulos has no list of pending invites.";
    seat.zooms("4", &[unlisted, "nothing since the program was started"]);
    seat.zooms(
        "5",
        &[
            "ok me GET /api/v1/organization/41",
            "ok me GET /connect/userinfo 200",
        ],
    );
    seat.types("4");
    seat.invites(
        "",
        "PUT /api/v1/organization/41/invite/new.person%40quay.example",
    );
    seat.sees(&[
        "SENT FROM HERE (this program's own memory)",
        &format!("{NEW} sent"),
    ]);
    seat.types("D");
    seat.sees(&["revoke is not offered: Vulos has no call that takes an invite back"]);
    seat.opens("Quay Services");
    seat.sees(&["3 Members 24", "id 4294967338"]);
    seat.leaves();
}

#[test]
fn at_80_by_24_two_panes_share_the_right_side() {
    let mut seat = Seat::demo(MEDIUM);
    seat.opens("Acme Fleet");
    seat.sees(&[
        "1 Organizations 7",
        "bal PROD ok",
        "3 Members 12",
        "4 Invites 3",
    ]);
    seat.types("2");
    seat.sees(&[
        "2 Acme Fleet",
        "id 26474 handle acme_fleet",
        "website https://fleet.acme.example",
    ]);
    seat.misses(&["3 Members"]);
    seat.types("5");
    seat.sees(&["5 Activity (what was sent)", "ok prod GET /v7/"]);
    seat.types("4");
    seat.sees(&[
        "3 Members 12",
        "4 Invites 3",
        "hal@acme.example member pending",
    ]);
    seat.leaves();
}

#[test]
fn at_60_by_20_each_pane_is_a_tab() {
    let mut seat = Seat::demo(SMALL);
    seat.opens("Acme Fleet");
    seat.sees(&[
        "[1 Orgs 7] 2 Org 3 Members 4 Invites 5 Log",
        "PROFILE MEMB INV",
    ]);
    for (key, tabs, row) in [
        (
            "2",
            "1 Orgs [2 Org] 3 Members 4 Invites 5 Log",
            "id 26474 handle acme_fleet",
        ),
        ("3", "[3 Members 12]", "ana"),
        ("4", "[4 Invites 3]", "hal@acme.example member pending"),
        ("5", "4 Invites [5 Log]", "ok prod GET /v7/"),
        ("1", "[1 Orgs 7]", "Quay Services vulos:me 24 ?"),
    ] {
        seat.types(key);
        seat.sees(&[tabs, row]);
    }
    seat.leaves();
}
