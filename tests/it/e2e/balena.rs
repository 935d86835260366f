//! Everything that can be changed on balena, and the sentence where it cannot.

use orgdeck::sandbox::{Options, Sandbox, Service};

use super::hands::{BACK, DOWN};
use super::seat::{NEW, Seat, TALL};

/// The token of the mail to an address: every demo world has the same.
fn token(email: &str) -> String {
    let twin = Sandbox::start(&Options::demo(jiff::Timestamp::UNIX_EPOCH)).unwrap();
    twin.world(|world| {
        let mut invites = world.invites(Service::Balena);
        invites
            .find(|invite| invite.email == email)
            .unwrap()
            .token
            .clone()
    })
}

#[test]
fn an_organization_from_its_creation_to_its_end() {
    let mut seat = Seat::demo(TALL);
    seat.sees_all();
    creates(&mut seat);
    edits(&mut seat);
    sets_a_logo_and_removes_it(&mut seat);
    invites_again_and_revokes(&mut seat);
    cannot_leave_alone(&mut seat);
    deletes(&mut seat);
    seat.leaves();
}

fn creates(seat: &mut Seat) {
    seat.types("c");
    seat.sees(&["Create an organization on", "> 1 balena:prod PROD"]);
    seat.opens_form("\r", "on balena:prod PROD");
    let request = [
        "Will send 1 request:",
        "POST /v7/organization",
        r#""handle": "night_boats""#,
    ];
    let keys = format!("Night Boats\tnight_boats{BACK}{BACK}{BACK}");
    seat.sends(
        &keys,
        (&request, "create the organization Night Boats: done"),
    );
    seat.sees(&[
        "1 Organizations 8",
        "> Night Boats bal 1 0",
        "admins 1 (ana)",
    ]);
    seat.sent(&[("ok prod POST /v7/organization", "201")]);
}

fn edits(seat: &mut Seat) {
    seat.opens_form("1e", "Edit Night Boats");
    seat.sees(&["Not offered: Handle (a handle stays as it was made)"]);
    let request = [
        "PATCH /v7/organization(",
        r#""company_name": "Boats AG""#,
        r#""name": "Night Boats Ltd""#,
    ];
    let keys = format!(" Ltd\tBoats AG{BACK}{BACK}{BACK}");
    seat.sends(
        &keys,
        (&request, "change the organization Night Boats: done"),
    );
    seat.sees(&["> Night Boats Ltd bal 1 0"]);
    seat.reads_record(
        "1",
        &[
            r#""company_name": "Boats AG""#,
            r#""name": "Night Boats Ltd""#,
        ],
    );
    seat.sent(&[("ok prod PATCH /v7/organization(", "200")]);
}

fn sets_a_logo_and_removes_it(seat: &mut Seat) {
    seat.opens_form("O", "Set the logo of Night Boats Ltd");
    let logo = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sandbox/logo.png");
    let keys = format!("{logo}{BACK}{BACK}");
    let request = [
        "PATCH /v7/organization(",
        "logo_image: file logo.png (image/png, 67 bytes)",
    ];
    seat.sends(&keys, (&request, "set the logo of Night Boats Ltd: done"));
    seat.reads_record("1", &[r#""filename": "logo.png""#, r#""size": 67"#]);
    seat.runs("logo.remove", "Remove the logo");
    let asked = [
        "Remove logo: Night Boats Ltd",
        "PATCH /v7/organization(",
        "real people depend on this profile",
    ];
    seat.names(
        ("", "night_boats"),
        (&asked, "remove the logo of Night Boats Ltd: done"),
    );
    seat.reads_record("1", &[r#""logo_image": null"#]);
}

fn invites_again_and_revokes(seat: &mut Seat) {
    seat.invites(
        &format!("\t{DOWN}\tCome aboard{BACK}{BACK}"),
        "POST /v7/invitee__is_invited_to__organization",
    );
    seat.sees(&["4 Invites 1", &format!("> {NEW} administrator pending")]);
    seat.reads_record("4", &[r#""message": "Come aboard""#]);
    let again = [
        "Send the invite again",
        "(2865)",
        "Will send 2 requests, one after another:",
        "Kept: role, message.",
    ];
    seat.agrees("4t", (&again, &format!("invite {NEW} again: done")));
    let invitee = "/v7/invitee__is_invited_to__organization";
    seat.sent(&[
        (&format!("ok prod GET {invitee}?"), "200"),
        (&format!("ok prod POST {invitee}"), "201"),
        (&format!("ok prod DELETE {invitee}(2865)"), "200"),
    ]);
    seat.reads_record("4", &[r#""id": 2866,"#, r#""message": "Come aboard""#]);
    seat.agrees(
        "4D",
        (
            &["Revoke", "DELETE /v7/invitee__is_invited_to__organization("],
            "revoke",
        ),
    );
    seat.sees(&[
        "4 Invites 0",
        "There are no invites.",
        "Night Boats Ltd bal 1 0",
    ]);
}

fn cannot_leave_alone(seat: &mut Seat) {
    let leave = [
        "Leave the organization: Night Boats Ltd",
        "Administrators left: 0",
        "FAIL leave: refused: this is the last administrator, and the service keeps",
    ];
    seat.cannot("X", &leave);
    let remove = [
        "Leave the organization: Night Boats Ltd",
        "this is you: you leave the organization",
        "FAIL leave: refused: this is the last administrator, and the service keeps",
    ];
    seat.cannot("3D", &remove);
}

fn deletes(seat: &mut Seat) {
    let asked = [
        "Delete organization: Night Boats Ltd",
        "DELETE /v7/organization(",
        "Undo: impossible",
    ];
    seat.names(
        ("1D", "Night Boats Ltd"),
        (&asked, "delete the organization Night Boats Ltd: done"),
    );
    seat.sees(&["1 Organizations 7"]);
    seat.rereads("1", &["1 Organizations 7"]);
    seat.misses(&["Night Boats"]);
}

#[tokio::test]
async fn members_change_their_role_and_go_and_an_invite_brings_one_back() {
    let mut seat = Seat::demo(TALL);
    seat.opens("Acme Fleet");
    seat.finds("3", ("pia", "pia"));
    seat.types("r");
    seat.sees(&["Role of pia", "> 1 administrator"]);
    let asked = [
        "Change role: Acme Fleet",
        "Role then administrator",
        "PATCH /v7/organization_membership(",
    ];
    seat.agrees(
        "\r",
        (&asked, "change the role of pia to administrator: done"),
    );
    seat.sees(&["> pia ? administrator", "admins 3 (pia, ana, dee)"]);
    seat.clears();
    seat.finds("3", ("quinn", "quinn"));
    let asked = [
        "Remove member: Acme Fleet",
        "DELETE /v7/organization_membership(",
    ];
    seat.names(
        ("D", "Acme Fleet"),
        (&asked, "remove the member: quinn: done"),
    );
    seat.sees(&["3 Members 11"]);
    seat.clears();
    let asked = [
        "Leave the organization: Acme Fleet",
        "Administrators left: 2",
        "DELETE /v7/organization_membership(user=",
    ];
    seat.names(("1X", "Acme Fleet"), (&asked, "leave Acme Fleet: done"));
    seat.sees(&["1 Organizations 6"]);
    let token = token("hal@acme.example");
    seat.runs("accept an", "Accept an invite by its token");
    seat.sees(&[
        "on balena:prod PROD",
        "out of the mail; never shown, and forgotten when this closes",
    ]);
    seat.types(&format!("{token}{BACK}{BACK}\r"));
    seat.is_armed(&["Will send 1 request:", "POST /org/v1/invitation/"]);
    seat.misses(&[&token, &token[..8]]);
    seat.types("\t\r");
    seat.sees(&["1 Organizations 7", "Acme Fleet bal 11 2"]);
    seat.leaves();
}
