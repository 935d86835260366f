//! Lists that are read again by themselves cost no byte on the screen as long as they say the same.

use orgdeck::app::Effect;
use orgdeck::domain::Refresh;
use orgdeck::runtime::backend::Frames;

use super::frames::Sheet;
use crate::support::rig::{Rig, small_world};

/// Lets a second pass and answers what is asked; gives how many questions there were.
fn second(rig: &mut Rig) -> usize {
    rig.wait(1_000);
    let mut asked = 0;
    while let Some(effect) = rig.effects.pop_front() {
        let Effect::Query { id, to, query } = effect else {
            panic!("only questions are asked: {effect:?}");
        };
        let known = rig.model.store.account(&to).unwrap().capabilities.clone();
        rig.answer(id, Ok(small_world(&query, known)));
        asked += 1;
    }
    asked
}

#[test]
fn a_round_that_brings_nothing_new_writes_nothing() {
    let mut rig = Rig::two_orgs();
    rig.model.settings.refresh = Refresh::default();
    rig.press("T");
    second(&mut rig);
    let mut sheet = Sheet::of(&rig.model, Frames::Marked);
    sheet.show(&rig.model);
    let (mut asked, mut written) = (0, 0);
    for _ in 0..118 {
        asked += second(&mut rig);
        written += sheet.show(&rig.model).concat().len();
    }
    assert!(asked >= 3, "{asked}");
    assert_eq!(written, 0);
    second(&mut rig);
    let paused = sheet.show(&rig.model).concat();
    assert!(
        paused.contains("paused") && paused.len() < 200,
        "{paused:?}"
    );
    for _ in 0..600 {
        assert_eq!(second(&mut rig), 0);
        assert!(sheet.show(&rig.model).is_empty());
    }
}
