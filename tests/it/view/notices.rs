//! Messages that wait to be dismissed.

use insta::assert_snapshot;
use orgdeck::app::Model;
use orgdeck::app::notice::{Notice, Word};
use orgdeck::domain::plan::TaskId;
use orgdeck::domain::{ApiError, Fault, Text, Verb};

use super::{MEDIUM, NARROW, rows};
use crate::support::screen::{monochrome, plain, screen};
use crate::support::world;

fn with(word: Word) -> Model {
    let mut model = world::seven_orgs();
    model.notices.add(Notice {
        at: world::now().wall,
        profile: Some(world::profile("me")),
        word,
    });
    model
}

fn failed() -> Word {
    let at = world::now().wall - jiff::SignedDuration::from_secs(660);
    Word::Failed(world::unavailable(Verb::OrgList), Some(at))
}

#[test]
fn a_failure_on_the_whole_screen() {
    assert_snapshot!(screen(&with(failed()), MEDIUM));
}

#[test]
fn a_failure_at_every_width() {
    let model = with(failed());
    let strips = [(160, 36), (120, 36), (80, 24), (60, 20), (40, 12)].map(|(width, height)| {
        let bottom = usize::from(height) - 5;
        rows(&plain(&model, (width, height)), bottom - 2..bottom + 2)
    });
    assert_snapshot!(strips.join("\n\n"));
}

#[test]
fn a_long_reason_and_the_id_of_the_request_are_whole() {
    let error = ApiError {
        trace: Some(Text::from("0123456789abcdef0123456789abcdef")),
        ..ApiError::new(Verb::InviteCreate, Fault::Refused)
            .words("The limit of 5 memberships is reached, pending invitations are counted")
    };
    for size in [MEDIUM, NARROW] {
        let model = with(Word::Failed(error.clone(), None));
        let text = plain(&model, size).replace(char::is_whitespace, "");
        assert!(text.contains("pendinginvitationsarecounted"), "{text}");
        assert!(text.contains("0123456789abcdef0123456789abcdef"), "{text}");
    }
}

#[test]
fn every_kind_has_its_word() {
    let kinds = [
        Word::Done(Text::from("revoke the invite of jon@old.example: done")),
        Word::Unknown {
            task: TaskId(1),
            words: Text::from("invite kim@acme.example: outcome unknown: the answer was lost"),
            look: "4, then R: who was invited is in the list",
        },
        Word::Note(Text::from("somebody\u{202e} has changed it")),
        failed(),
    ];
    let strips = kinds.map(|kind| rows(&monochrome(&with(kind), MEDIUM), 17..21));
    assert_snapshot!(strips.join("\n\n"));
}

#[test]
fn the_newest_of_several() {
    let mut model = with(failed());
    model.notices.add(Notice {
        at: world::now().wall,
        profile: None,
        word: Word::Note(Text::from("the newest one")),
    });
    assert_snapshot!(rows(&plain(&model, MEDIUM), 17..21));
}
