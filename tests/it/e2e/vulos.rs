//! Everything that can be changed on Vulos, and the sentence where it cannot.

use super::hands::{BACK, DOWN};
use super::seat::{NEW, Seat, TALL};

#[test]
fn an_organization_from_its_creation_to_its_end() {
    let mut seat = Seat::demo(TALL);
    seat.sees_all();
    creates(&mut seat);
    edits(&mut seat);
    invites_and_cannot_revoke(&mut seat);
    cannot(&mut seat);
    deletes(&mut seat);
    seat.leaves();
}

fn creates(seat: &mut Seat) {
    seat.types("c");
    seat.sees(&["Create an organization on", "3 vulos:me"]);
    seat.opens_form("3", "on vulos:me");
    let first = "Night Boats\t\tKai 1\tHamburg\t20457\t\tgerm";
    seat.types(first);
    seat.sees(&["(*) DE Germany"]);
    let request = [
        "PUT /api/v1/organization/create",
        r#""name": "Night Boats""#,
        r#""countryCode": "DE""#,
    ];
    seat.sends(
        "\tHRB 1\tDE1\t\t",
        (&request, "create the organization Night Boats: done"),
    );
    seat.sees(&[
        "1 Organizations 8",
        "> Night Boats vul 1 ?",
        "admins 1 (Ana Costa)",
    ]);
    seat.sent(&[("ok me PUT /api/v1/organization/create", "200")]);
}

fn edits(seat: &mut Seat) {
    seat.opens_form("1e", "Edit Night Boats");
    let request = ["/api/v1/organization/", r#""name": "Night Boats Ltd""#];
    let said = "change the organization Night Boats: done";
    seat.sends(&format!(" Ltd{BACK}{BACK}"), (&request, said));
    seat.sees(&["> Night Boats Ltd vul 1 ?"]);
    seat.reads_record(
        "1",
        &[r#""name": "Night Boats Ltd""#, r#""city": "Hamburg""#],
    );
}

fn invites_and_cannot_revoke(seat: &mut Seat) {
    seat.invites("", "/invite/new.person%40quay.example");
    seat.types("4");
    seat.sees(&[
        "SENT FROM HERE (this program's own memory)",
        &format!("{NEW} sent"),
    ]);
    let again = [
        "Send the invite again",
        "A new mail goes out.",
        "PUT /api/v1/organization/",
    ];
    seat.agrees("t", (&again, &format!("invite {NEW} again: done")));
    seat.sent(&[
        ("ok me PUT /api/v1/organization/", "200"),
        ("ok me PUT /api/v1/organization/", "200"),
    ]);
    seat.types("4");
    seat.types("D");
    seat.sees(&["revoke is not offered: Vulos has no call that takes an invite back"]);
}

fn cannot(seat: &mut Seat) {
    for (key, why) in [
        ("O", "set logo is not offered: Vulos keeps no logos"),
        (
            "M",
            "change metadata is not offered: Vulos keeps no metadata",
        ),
        (
            "a",
            "add user is not offered: on Vulos a person becomes a member by accepting an invite only",
        ),
    ] {
        seat.types(key);
        seat.sees(&[why]);
    }
}

fn deletes(seat: &mut Seat) {
    let asked = [
        "Delete organization: Night Boats Ltd",
        "DELETE /api/v1/organization/",
        "Undo: impossible",
    ];
    let said = "delete the organization Night Boats Ltd: done";
    seat.names(("1D", "Night Boats Ltd"), (&asked, said));
    seat.sees(&["1 Organizations 7"]);
    seat.rereads("1", &["1 Organizations 7"]);
    seat.misses(&["> Night Boats"]);
}

#[test]
fn members_are_given_roles_and_lose_them_and_go() {
    let mut seat = Seat::demo(TALL);
    seat.opens("Harbour Pilots");
    seat.finds("3", ("ines", "Inês Moreira"));
    seat.opens_form("r", "Roles of Inês Moreira");
    seat.sees(&["[x] Moderator", "[x] dispatch"]);
    let request = ["Will send 3 requests, one after another:"];
    // Api is ticked, dispatch is not any more, and a name of one's own is added.
    seat.sends(
        &format!("{DOWN}{DOWN}{DOWN} {DOWN} {DOWN}night watch\r\t\t"),
        (&request, "take the role dispatch from Inês Moreira: done"),
    );
    seat.sees(&["Moderator +2"]);
    seat.reads_record("3", &["night watch", "Moderator", "Api"]);
    seat.clears();
    seat.finds("3", ("max", "Max"));
    let asked = [
        "Remove member: Harbour Pilots",
        "DELETE /api/v1/organization/41/",
    ];
    seat.agrees("D", (&asked, "remove the member: Max"));
    seat.clears();
    seat.sees(&["3 Members 5", "Harbour Pilots vul 5 ?"]);
    seat.opens("Quay Services");
    let asked = [
        "Leave the organization: Quay Services",
        "DELETE /api/v1/organization/4294967338/",
    ];
    seat.names(
        ("X", "Quay Services"),
        (&asked, "leave Quay Services: done"),
    );
    seat.sees(&["1 Organizations 6"]);
    seat.leaves();
}
