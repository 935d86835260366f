//! Everything that can be changed on Clerk, and the sentence where it cannot.

use super::hands::{BACK, DOWN};
use super::seat::{NEW, Seat, TALL};

#[test]
fn an_organization_from_its_creation_to_its_end() {
    let mut seat = Seat::demo(TALL);
    seat.sees_all();
    creates_with_a_first_member(&mut seat);
    edits(&mut seat);
    sets_a_logo(&mut seat);
    merges_metadata(&mut seat);
    invites_again_and_revokes(&mut seat);
    adds_changes_and_removes(&mut seat);
    cannot_leave(&mut seat);
    deletes(&mut seat);
    seat.leaves();
}

/// The creation is answered by a form for the first member.
fn creates_with_a_first_member(seat: &mut Seat) {
    seat.types("c");
    seat.sees(&["Create an organization on", "2 clerk:shop"]);
    seat.opens_form("2", "on clerk:shop");
    seat.types(&format!("Night Boats{BACK}{BACK}\r"));
    seat.is_armed(&["POST /v1/organizations", r#""name": "Night Boats""#]);
    seat.types("\t\r");
    seat.sees(&["Add a user to Night Boats", "> User* ["]);
    finds_user(seat, "zed", "(*) Zed Novák zed zed@partner.example user_");
    let request = [
        "POST /v1/organizations/org_",
        "/memberships",
        r#""role": "org:admin""#,
        "Places: 0 members + 0 pending of 5",
    ];
    seat.sends(&format!("\t{DOWN}\t\t"), (&request, "add a member user_"));
    seat.sees(&[
        "1 Organizations 8",
        "> Night Boats clk 1 0",
        "> Zed Novák zed@partner.example Admin",
    ]);
    seat.sent(&[
        ("ok shop POST /v1/organizations/org_", "200"),
        ("ok shop POST /v1/organizations", "200"),
    ]);
}

/// Looks a user up in the field that has the cursor.
fn finds_user(seat: &mut Seat, words: &str, found: &str) {
    seat.types(&format!("{words}\r"));
    seat.sees(&[found]);
}

fn edits(seat: &mut Seat) {
    seat.opens_form("1e", "Edit Night Boats");
    let request = [
        "PATCH /v1/organizations/org_",
        r#""name": "Night Boats Ltd""#,
    ];
    let said = "change the organization Night Boats: done";
    seat.sends(&format!(" Ltd{BACK}{BACK}"), (&request, said));
    seat.sees(&["> Night Boats Ltd clk 1 0"]);
    seat.reads_record(
        "1",
        &[r#""name": "Night Boats Ltd""#, r#""has_image": false"#],
    );
}

fn sets_a_logo(seat: &mut Seat) {
    seat.opens_form("O", "Set the logo of Night Boats Ltd");
    let logo = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sandbox/logo.png");
    let request = [
        "PUT /v1/organizations/org_",
        "file: file logo.png (image/png, 67 bytes)",
    ];
    let said = "set the logo of Night Boats Ltd: done";
    seat.sends(&format!("{logo}{BACK}{BACK}"), (&request, said));
    seat.reads_record("1", &[r#""has_image": true"#]);
    seat.sent(&[("ok shop PUT /v1/organizations/org_", "200")]);
}

fn merges_metadata(seat: &mut Seat) {
    seat.opens_form("M", "Metadata of Night Boats Ltd");
    seat.sees(&["Public metadata now:", "{}"]);
    let request = [
        "/metadata",
        r#""tier": "gold""#,
        "PATCH /v1/organizations/org_",
    ];
    let said = "change the metadata of Night Boats Ltd: done";
    seat.sends(
        &format!(r#"{{"tier":"gold"}}{BACK}{BACK}"#),
        (&request, said),
    );
    seat.reads_record("1", &[r#""tier": "gold""#]);
}

fn invites_again_and_revokes(seat: &mut Seat) {
    seat.invites(&format!("\t{DOWN}{DOWN}{BACK}"), "/invitations");
    let row = format!("> {NEW} Member pending");
    seat.sees(&["4 Invites 1", &row]);
    let again = [
        "Send the invite again",
        NEW,
        "Will send 2 requests, one after another:",
        "/revoke",
    ];
    seat.agrees("4t", (&again, &format!("invite {NEW} again: done")));
    seat.sent(&[
        ("ok shop GET /v1/organizations/org_", "200"),
        ("ok shop POST /v1/organizations/org_", "200"),
        ("ok shop POST /v1/organizations/org_", "200"),
    ]);
    seat.sees(&["4 Invites 1", &row]);
    seat.agrees(
        "4D",
        (
            &["Revoke invite", NEW, "POST /v1/organizations/org_"],
            "revoke the invite of new.person@quay.example: done",
        ),
    );
    seat.sees(&[
        "4 Invites 0",
        "There are no invites.",
        "Night Boats Ltd clk 1 0",
    ]);
}

fn adds_changes_and_removes(seat: &mut Seat) {
    seat.opens_form("a", "Add a user to Night Boats Ltd");
    finds_user(
        seat,
        "kim@acme.example",
        "(*) Kim Larsen kim kim@acme.example user_",
    );
    let request = [
        r#""role": "org:member""#,
        "Places: 1 member + 0 pending of 5",
    ];
    seat.sends(
        &format!("\t{DOWN}{DOWN}\t\t"),
        (&request, "add a member user_"),
    );
    seat.sees(&["3 Members 2", "Kim Larsen kim@acme.example Member"]);
    seat.finds("3", ("kim@", "Kim Larsen"));
    seat.types("r");
    seat.sees(&[
        "Role of Kim Larsen",
        "> 1 Admin org:admin",
        "not here: holds it already",
    ]);
    let asked = [
        "Change role: Night Boats Ltd",
        "Role then Admin",
        "PATCH /v1/organizations/org_",
    ];
    seat.agrees(
        "\r",
        (&asked, "change the role of Kim Larsen to Admin: done"),
    );
    seat.sees(&["> Kim Larsen kim@acme.example Admin"]);
    seat.reads_record("3", &[r#""role": "org:admin""#]);
    let asked = [
        "Remove member: Night Boats Ltd",
        "Kim Larsen",
        "DELETE /v1/organizations/org_",
    ];
    seat.agrees("D", (&asked, "remove the member: Kim Larsen: done"));
    seat.clears();
    seat.sees(&["3 Members 1", "Night Boats Ltd clk 1 0"]);
}

fn cannot_leave(seat: &mut Seat) {
    seat.types("X");
    seat.sees(&["leave is not offered: an instance key belongs to nobody and is no member"]);
}

fn deletes(seat: &mut Seat) {
    let asked = [
        "Delete organization: Night Boats Ltd",
        "DELETE /v1/organizations/org_",
        "Undo: impossible",
    ];
    let said = "delete the organization Night Boats Ltd: done";
    seat.names(("1D", "Night Boats Ltd"), (&asked, said));
    seat.sees(&["1 Organizations 7"]);
    seat.rereads("1", &["1 Organizations 7"]);
    seat.misses(&["> Night Boats"]);
}
