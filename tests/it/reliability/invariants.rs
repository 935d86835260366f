//! What holds everywhere and can be said in one sentence: the tests that keep each, and what the compiler
//! itself keeps.

use orgdeck::domain::{ApiError, Clean, Fault, InviteId, MemberId, OrgId, Profile, Text, Verb};

use super::tree;
use crate::support::can::{Can, Cannot as _};

/// A sentence, and the tests that keep it.
type Invariant = (&'static str, &'static [&'static str]);

const INVARIANTS: [Invariant; 7] = [
    (
        "the intent is on the disk before the request, its end behind it; what has no end is settled by reading",
        &[
            "cli::command::journal::r20_the_journal_is_written_before_the_request_is_sent",
            "gate::carry::r20_what_cannot_be_recorded_is_not_sent",
            "cli::command::killed::r1_r19_a_killed_write_is_settled_by_reading_and_never_sent_again",
        ],
    ),
    (
        "what may have been applied ends done, refused or unknown, and is never called failed",
        &[
            "provider::contract::settled::r1_two_hundred_lost_answers_double_nothing_and_lose_nothing",
            "provider::contract::settled::r4_a_gateway_that_gave_up_is_no_failure",
            "cli::command::faults::r38_a_page_of_a_proxy_makes_no_write_done",
        ],
    ),
    (
        "nothing but a read is repeated by itself, and a step only where it was proved not to be applied",
        &[
            "provider::http::write::r2_a_write_is_sent_once_wherever_the_exchange_breaks",
            "job::task::r2_a_step_goes_out_again_only_when_it_was_not_applied",
        ],
    ),
    (
        "every change passes one gate",
        &[
            "architecture::one_place_alone_makes_permits",
            "gate::carry::r15_read_only_forbids_what_was_agreed_to_elsewhere",
            "gate::carry::r3_a_consent_is_spent_once",
            "gate::carry::r3_the_second_identical_one_is_refused_while_the_first_is_under_way",
        ],
    ),
    (
        "foreign text has one door",
        &[
            "reliability::invariants::foreign_text_has_one_door",
            "domain::text::r94_any_text_comes_out_harmless_and_stays_so",
        ],
    ),
    (
        "secrets are a type of their own, which nobody can show or write",
        &[
            "domain::secret::r8_a_secret_can_neither_be_shown_nor_written",
            "domain::secret::debug_output_holds_no_secret_however_deep_it_lies",
        ],
    ),
    (
        "ids are text from end to end",
        &[
            "reliability::invariants::ids_are_text",
            "provider::contract::ids::r44_the_id_that_came_in_is_the_id_that_goes_out",
        ],
    ),
];

#[test]
fn every_invariant_is_kept_by_tests_that_are_there() {
    let tests = tree::tests();
    for (sentence, kept_by) in INVARIANTS {
        for test in kept_by {
            assert!(tests.contains(*test), "there is no test {test}: {sentence}");
        }
    }
}

#[test]
fn foreign_text_has_one_door() {
    assert_eq!((Can::<Text>::SHOW, Can::<Clean>::SHOW), (false, true));
    // Written it is for machines, whose formats escape it.
    assert_eq!((Can::<Text>::WRITE, Can::<Clean>::WRITE), (true, false));
    // An error is shown without the words that came with it.
    let error = ApiError::new(Verb::OrgList, Fault::Garbled(Text::from("\u{1b}[2J")));
    assert!(Can::<ApiError>::SHOW && !error.to_string().contains("[2J"));
}

#[test]
fn ids_are_text() {
    let counted = [
        Can::<OrgId>::COUNT,
        Can::<MemberId>::COUNT,
        Can::<InviteId>::COUNT,
    ];
    assert_eq!((Can::<u64>::COUNT, counted), (true, [false; 3]));
    for raw in [
        "007",
        "1e3",
        "9223372036854775808",
        "18446744073709551616",
        "+1",
    ] {
        let id = OrgId::new(&Profile::new("x"), raw.to_owned());
        assert_eq!(id.raw(), raw, "it stays as it came");
    }
}
