//! Tests of menus and of what every list to choose from does with keys.

use orgdeck::app::action::{self, Class};
use orgdeck::app::layer::{Layer, Overlay};
use orgdeck::app::picker::{Choice, Letters, Pick, Picker};
use orgdeck::app::place::Pane;
use orgdeck::app::{Effect, Key, Model, Msg, keymap, update};
use orgdeck::domain::connection::Access;
use orgdeck::domain::{ApiError, Fault, Query, Verb};
use proptest::prelude::*;

use super::write::plan_for;
use crate::support::rig::{Rig, account, everything};
use crate::support::world;

/// The picker on top.
pub(super) fn picker(model: &Model) -> &Picker {
    match model.overlays.last() {
        Some(Overlay::Menu(picker) | Overlay::Help(picker)) => picker,
        other => panic!("no picker is open: {other:?}"),
    }
}

/// The titles of the lines that fit.
pub(super) fn titles(model: &Model) -> Vec<&str> {
    let fitting = picker(model).fitting();
    fitting.iter().map(|choice| choice.title.raw()).collect()
}

/// The names of the actions among the lines, in the order of the alphabet.
fn names(picker: &Picker) -> Vec<&'static str> {
    let name = |choice: &Choice| match choice.pick {
        Pick::Action(name) => Some(name),
        _ => None,
    };
    let mut names: Vec<_> = picker.choices.iter().filter_map(name).collect();
    names.sort_unstable();
    names
}

/// Models of the three services: read, on their way, failed, read-only.
fn models() -> Vec<Model> {
    let mut read_only = world::seven_orgs();
    for account in &mut read_only.store.accounts {
        account.connection.access = Access::ReadOnly("--read-only");
    }
    let mut fleet = world::seven_orgs();
    world::open(&mut fleet, &world::fleet());
    let mut failed = Rig::with(vec![account("shop", "fake", everything())]);
    let id = failed.asked(|query| matches!(query, Query::Orgs { .. }));
    failed.answer(id, Err(ApiError::new(Verb::OrgList, Fault::TimedOut)));
    let mut models = vec![
        world::unread(),
        world::seven_orgs(),
        world::harbour_open(),
        fleet,
        read_only,
    ];
    models.iter_mut().for_each(world::arrange);
    models.push(failed.model.clone());
    models
}

#[test]
fn the_menu_lists_every_action_of_every_pane_and_each_that_is_impossible_has_a_reason() {
    for (number, model) in models().into_iter().enumerate() {
        for pane in Pane::ALL {
            let mut model = model.clone();
            model.panes.focus = pane;
            let now = model.now;
            update(&mut model, now, Msg::Pressed(Key::parse(".").unwrap()));
            let layers = [Layer::of(pane), Layer::List, Layer::Everywhere];
            let mut all: Vec<&str> = action::all()
                .filter(|action| layers.contains(&action.layer) && action.name != "row.actions")
                .map(|action| action.name)
                .collect();
            all.sort_unstable();
            let picker = picker(&model);
            assert_eq!(names(picker), all, "{pane:?} of model {number}");
            let reasons = picker
                .choices
                .iter()
                .filter_map(|line| line.blocked.as_ref());
            assert!(reasons.clone().all(|why| why.raw().len() > 10));
            let sorts = |line: &&Choice| matches!(line.pick, Pick::Action(name) if name.starts_with("sort."));
            let blocked = picker
                .choices
                .iter()
                .filter(sorts)
                .any(|line| line.blocked.is_some());
            assert!(blocked, "some sort is impossible in {pane:?}");
        }
    }
}

#[test]
fn r15_nothing_that_writes_is_ready_on_a_read_only_profile() {
    let mut model = world::seven_orgs();
    for account in &mut model.store.accounts {
        account.connection.access = Access::ReadOnly("--read-only");
    }
    world::arrange(&mut model);
    for action in action::all().filter(|action| action.class == Class::Opens) {
        if action.verb.is_some_and(|verb| !verb.is_read()) {
            let why = action::blocked(&model, action).expect("it is blocked");
            // What the service never offers is said first.
            let is_said = why.raw() == "writing is off (--read-only)"
                || why.raw().contains(" is not offered: ");
            assert!(is_said, "{}: {}", action.name, why.raw());
        }
    }
}

#[test]
fn a_sort_that_cannot_apply_says_why_and_what_would() {
    let mut rig = Rig::two_orgs().on(Pane::Activity);
    rig.press("sn");
    let why = "this pane cannot be sorted by name: it has no rows to sort";
    assert_eq!(rig.hint(), why);
    rig.press(".<esc>");
    rig.press("S");
    assert_eq!(rig.hint(), "nothing is sorted: s chooses a column");
}

#[test]
fn a_slash_opens_a_filter_over_titles_keys_and_reasons_and_esc_closes_it_first() {
    let mut rig = Rig::two_orgs();
    rig.press("./");
    assert_eq!(picker(&rig.model).letters, Letters::Search);
    rig.press("zoom the");
    assert_eq!(titles(&rig.model), ["Zoom the pane"]);
    rig.press("<c-c>");
    assert_eq!(picker(&rig.model).letters, Letters::Take);
    assert!(titles(&rig.model).len() > 20, "the filter is gone");
    rig.press("/no filter is set");
    assert_eq!(titles(&rig.model), ["Next match", "Previous match"]);
    rig.press("<esc>/^d");
    assert_eq!(titles(&rig.model), ["Half a page down"]);
    rig.press("<bs><bs>zzz<enter>");
    assert_eq!(rig.hint(), "no line fits");
    rig.press("<esc><esc>");
    assert!(rig.model.overlays.is_empty());
}

#[test]
fn words_are_found_in_any_order_and_the_best_line_comes_first() {
    let mut rig = Rig::two_orgs();
    rig.press("./members sort");
    assert_eq!(titles(&rig.model)[0], "Sort by number of members");
    rig.press("<esc>/pane");
    let titles = titles(&rig.model);
    let last = titles.iter().position(|title| title.starts_with("Pane "));
    let inside = titles.iter().position(|title| *title == "Next pane");
    assert!(last < inside, "{titles:?}");
}

#[test]
fn the_keys_of_a_line_may_be_two() {
    let mut rig = Rig::two_orgs();
    rig.press(".s");
    assert!(
        titles(&rig.model)
            .iter()
            .all(|title| title.contains("ort") || *title == "As delivered")
    );
    assert_eq!(rig.hint(), "s ..: the lines whose keys begin so");
    rig.press("n");
    assert_eq!(rig.hint(), "sorted by name");
    assert!(rig.model.overlays.is_empty());
}

#[test]
fn a_key_without_a_line_says_so_and_takes_nothing() {
    let mut rig = Rig::two_orgs();
    rig.press(".Q");
    assert_eq!(rig.hint(), "no line has this key: / looks for words");
    rig.press("sQ");
    assert_eq!(rig.hint(), "no line has this key: / looks for words");
    assert!(
        titles(&rig.model).len() > 20,
        "nothing typed is left behind"
    );
    rig.press("<up>");
    assert_eq!(rig.hint(), "this is the first line");
}

#[test]
fn a_line_that_is_impossible_says_why_and_stays() {
    let mut rig = Rig::two_orgs();
    rig.press(".N");
    assert_eq!(rig.hint(), "no filter is set: / sets one");
    assert_eq!(rig.model.overlays.len(), 1);
}

/// Every way into a picker.
const DOORS: [&str; 6] = [".", "P", "<c-p>", "?", "r", "p"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_picker_writes_without_a_dialog(
        door in 0..DOORS.len(),
        pane in 0..5_usize,
        picks in prop::collection::vec(any::<prop::sample::Index>(), 1..40),
    ) {
        let mut keys: Vec<Key> = keymap::chords().flat_map(|(_, chord)| chord).collect();
        keys.extend("aeiouy/".chars().filter_map(|c| Key::parse(&c.to_string())));
        let mut rig = Rig::two_orgs().on(Pane::ALL[pane]);
        rig.press(DOORS[door]);
        for pick in picks {
            let asked = matches!(
                rig.model.overlays.last(),
                Some(Overlay::Confirm(_) | Overlay::Form(_))
            );
            let effects = rig.send(Msg::Pressed(*pick.get(&keys)));
            let wrote = |effect: &Effect| matches!(effect, Effect::Record { .. } | Effect::Carry { .. });
            prop_assert!(asked || !effects.iter().any(wrote), "{effects:?}");
            for effect in effects {
                match effect {
                    Effect::Quit(_) => return Ok(()),
                    Effect::Prepare { id, wish } => {
                        rig.send(Msg::Prepared(id, Ok(plan_for(&wish))));
                    }
                    _ => {}
                }
            }
        }
    }
}

/// The letters that move in every list move here too, and no line shows them.
#[test]
fn j_and_k_and_control_n_and_p_move_in_a_menu() {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    rig.press(".");
    let shown = |rig: &Rig| {
        let keys = picker(&rig.model).choices.iter();
        keys.flat_map(|choice| choice.keys.split(' ').map(str::to_owned))
            .collect::<Vec<_>>()
    };
    assert!(shown(&rig).iter().all(|key| key != "j" && key != "k"));
    for (keys, index) in [("jj", 2), ("k", 1), ("<c-n>", 2), ("<c-p><c-p>", 0)] {
        rig.press(keys);
        assert_eq!(picker(&rig.model).index, index, "{keys}");
    }
    rig.press("k");
    assert_eq!(rig.hint(), "this is the first line");
    // Where words are looked for they are letters.
    rig.press("/jk");
    assert_eq!(picker(&rig.model).search.value(), "jk");
}
