//! What belongs to no service: a person's memberships, the palette, and text that strangers typed.

use super::hands::DOWN;
use super::seat::{LARGE, Seat};

#[test]
fn what_a_stranger_typed_draws_nothing_of_its_own() {
    let mut seat = Seat::demo(LARGE);
    seat.opens("Acme Shop");
    seat.types("3/red@\r+");
    seat.sees(&["red@acme.example"]);
    let screen = seat.terminal.screen();
    let row = (0..screen.rows()).find(|row| screen.row_text(*row).contains("red@acme.example"));
    let text = screen.row_text(row.unwrap());
    assert!(
        text.contains("31mRed"),
        "the escape is shown, not obeyed: {text}"
    );
    assert!(text.trim_end().ends_with('║'), "the row is one row: {text}");
    seat.clears();
    seat.leaves();
}

#[test]
fn a_person_is_found_in_every_list_that_was_read() {
    let mut seat = Seat::demo(LARGE);
    seat.opens("Acme Shop");
    seat.finds("3", ("hedda", "Hedda"));
    seat.types("p");
    seat.sees(&[
        "Organizations of Hedda",
        "> 1 Acme Shop Billing id org_",
        "2 Partner Portal",
    ]);
    seat.types(&format!("{DOWN}\r"));
    seat.misses(&["Organizations of"]);
    seat.sees(&["> Partner Portal", "3 Members 318"]);
    seat.leaves();
}

#[test]
fn the_palette_runs_what_acts_and_says_why_it_cannot() {
    let mut seat = Seat::demo(LARGE);
    seat.opens("Acme Labs");
    seat.runs("org.leave", "X Leave the organization");
    seat.sees(&["Leave the organization: Acme Labs", "cannot be done"]);
    seat.closes("cannot be done");
    seat.types("\x10");
    seat.sees(&["Everything by name"]);
    seat.types("metadata");
    seat.sees(&[
        "> M Metadata of the organization",
        "not here: change metadata is not offered: balena keeps no metadata with an organization",
    ]);
    seat.closes("Everything by name");
    seat.leaves();
}
