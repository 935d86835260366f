//! Many invites by keys alone, on each service.

use super::hands::BACK;
use super::seat::{LARGE, MEDIUM, SMALL, Seat};

/// Opens the form in the organization of a service, and types addresses.
fn fills(seat: &mut Seat, (org, people): (&str, &str), choice: &str) {
    seat.opens(org);
    seat.types("I");
    seat.sees(&[&format!("Invite many to {org}"), "[ Send ]"]);
    seat.misses(&["reading the roles"]);
    seat.types(&format!(
        "one@many.example\rno@@x\rtwo@many.example\t\t{choice}{BACK}{BACK}"
    ));
    seat.sees(&["3 addresses: 2 ok, 1"]);
    seat.types(&format!("{BACK}{BACK}"));
    seat.sees(&[people, "no@@x", "-> wrong"]);
}

/// The good ones alone are wanted, looked at and sent.
fn sends(seat: &mut Seat, requests: &[&str]) {
    seat.types("\r");
    seat.sees(&["! 1 line is wrong: nothing is"]);
    seat.types(&format!("{BACK}{BACK}{BACK}{BACK} \t\t\r"));
    seat.is_armed(requests);
    seat.sees(&["[ Send 2 ]"]);
    seat.types("\t\r");
    seat.sees(&[
        "Sent: 2 of 2 are invited.",
        "one@many.example",
        "two@many.example",
    ]);
    seat.types("\x1b");
    seat.misses(&["Invite many to"]);
}

#[test]
fn two_of_three_on_balena() {
    let mut seat = Seat::demo(LARGE);
    fills(
        &mut seat,
        ("Acme Fleet", "who is a member already cannot be checked"),
        "",
    );
    sends(&mut seat, &["Will send 2 requests"]);
    seat.types("4/many.example\r");
    seat.sees(&["one@many.example", "two@many.example"]);
    seat.clears();
    seat.leaves();
}

#[test]
fn two_of_three_on_clerk_go_out_in_one_call() {
    let mut seat = Seat::demo(MEDIUM);
    fills(
        &mut seat,
        ("Acme Shop", "Compared with 31 members."),
        "\x1b[B",
    );
    sends(&mut seat, &["Will send 1 request:", "/invitations/bulk"]);
    seat.types("4/many.example\r");
    seat.sees(&["two@many.example"]);
    seat.clears();
    seat.leaves();
}

#[test]
fn two_of_three_on_vulos_are_remembered() {
    let mut seat = Seat::demo(SMALL);
    fills(
        &mut seat,
        ("Harbour Pilots", "service lists no invites"),
        "",
    );
    sends(&mut seat, &["Will send 2 requests"]);
    seat.types("I");
    seat.sees(&["Invite many to"]);
    seat.types("one@many.example");
    seat.sees(&["1 address", "1 sent from here before"]);
    seat.types("\x1b");
    seat.misses(&["Invite many to"]);
    seat.leaves();
}
