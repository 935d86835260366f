//! No key is silent: on every layer and in every state it changes the frame, orders something or says
//! why it does neither.

use std::collections::BTreeSet;

use orgdeck::app::key::Key;
use orgdeck::app::keymap;
use orgdeck::app::layer::Overlay;
use orgdeck::app::notice::{Notice, Word};
use orgdeck::app::pending::Purpose;
use orgdeck::app::place::{Pane, Size, Zoom};
use orgdeck::app::{Effect, Model, Msg};
use orgdeck::domain::{ApiError, Fault, Verb};

use super::write::plan_for;
use crate::support::rig::{self, Rig};
use crate::support::{screen, world};

/// Every key sequence of the table, and some that mean nothing anywhere.
fn sequences() -> Vec<Vec<Key>> {
    let mut all: BTreeSet<String> = BTreeSet::new();
    let mut sequences: Vec<Vec<Key>> = keymap::chords().map(|(_, keys)| keys).collect();
    sequences.extend(["x", "é", "<c-o>", "g z", "<left>"].map(rig::parse));
    sequences.retain(|keys| all.insert(format!("{keys:?}")));
    sequences
}

/// The sequences whose last key did nothing that anybody could notice.
fn silent(state: &str, model: &Model) -> Vec<String> {
    let quiet = |keys: &Vec<Key>| {
        let mut rig = Rig::of(model.clone());
        let (last, first) = keys.split_last().unwrap();
        for key in first {
            rig.send(Msg::Pressed(*key));
        }
        let before = rig.model.clone();
        let effects = rig.send(Msg::Pressed(*last));
        let size = (model.size.width, model.size.height);
        let says = !rig.hint().is_empty();
        !says
            && effects.is_empty()
            && screen::frame(&before, size) == screen::frame(&rig.model, size)
    };
    let found = sequences().into_iter().filter(quiet);
    let written = |keys: Vec<Key>| keys.iter().map(Key::to_string).collect::<String>();
    found
        .map(|keys| format!("{state}: {}", written(keys)))
        .collect()
}

/// A state in each of these sizes, with each of these panes in focus, after some keys.
fn look(state: &str, model: &Model, keys: &str) -> Vec<String> {
    let sizes = [(120, 36), (60, 20)];
    let each = sizes.into_iter().flat_map(|(width, height)| {
        let mut model = model.clone();
        model.size = Size { width, height };
        let mut rig = Rig::of(model);
        rig.press(keys);
        silent(&format!("{state} {width}x{height} {keys}"), &rig.model)
    });
    each.collect()
}

/// The same in one size, where what is on top is all that there is to see.
fn on_top(state: &str, model: &Model, keys: &str) -> Vec<String> {
    let mut rig = Rig::of(model.clone());
    rig.press(keys);
    silent(&format!("{state} {keys}"), &rig.model)
}

fn assert_none(found: &[String]) {
    assert!(
        found.is_empty(),
        "{} silent:\n{}",
        found.len(),
        found.join("\n")
    );
}

const PANES: [(&str, Pane); 5] = [
    ("orgs", Pane::Orgs),
    ("org", Pane::Org),
    ("members", Pane::Members),
    ("invites", Pane::Invites),
    ("activity", Pane::Activity),
];

fn in_all_panes(state: &str, model: &Model) -> Vec<String> {
    let each = PANES.into_iter().flat_map(|(name, pane)| {
        let mut model = model.clone();
        model.panes.focus = pane;
        look(&format!("{state}, {name}"), &model, "")
    });
    each.collect()
}

#[test]
fn no_key_is_silent_where_everything_was_read() {
    assert_none(&in_all_panes("loaded", &world::seven_orgs()));
}

#[test]
fn no_key_is_silent_where_nothing_was_read() {
    assert_none(&in_all_panes("unread", &world::unread()));
}

#[test]
fn no_key_is_silent_where_rows_are_missing() {
    assert_none(&in_all_panes("partial", &world::harbour_open()));
}

#[test]
fn no_key_is_silent_where_reading_failed() {
    let mut model = world::seven_orgs();
    let error = ApiError::new(Verb::OrgList, Fault::TimedOut);
    for account in &mut model.store.accounts {
        account.orgs.stop();
    }
    model.notices.add(Notice {
        at: model.now.wall,
        profile: None,
        word: Word::Failed(error, None),
    });
    assert_none(&in_all_panes("failed", &model));
}

#[test]
fn no_key_is_silent_in_a_zoomed_pane() {
    let mut model = world::seven_orgs();
    model.panes.zoom = Zoom::In;
    assert_none(&in_all_panes("zoomed", &model));
}

/// The page of details at its beginning and at its end, lists to choose from at their first line, in
/// the middle and at their last.
#[test]
fn no_key_is_silent_in_an_overlay() {
    let model = world::seven_orgs();
    let found = [
        "/",
        "/ac",
        "?",
        "?<down>",
        "?zzz",
        "d",
        "d<pgdn><pgdn><pgdn><pgdn>",
        "<c-p>",
        "<c-p>ac",
    ]
    .into_iter()
    .flat_map(|keys| look("overlay", &model, keys));
    assert_none(&found.collect::<Vec<_>>());
}

#[test]
fn no_key_is_silent_in_a_list_to_choose_from() {
    let model = world::seven_orgs();
    let found = [
        ".", "./ac", ".<up>", "P", "P<down>", "r", "r<down>", "p", "c",
    ]
    .into_iter()
    .flat_map(|keys| on_top("menu", &model, keys));
    assert_none(&found.collect::<Vec<_>>());
}

/// A question while its requests are worked out, when they are shown, when it cannot be done, and where
/// a name is asked for.
#[test]
fn no_key_is_silent_in_a_question() {
    let mut found = Vec::new();
    for (pane, key) in [
        (Pane::Invites, "D"),
        (Pane::Orgs, "D"),
        (Pane::Members, "D"),
    ] {
        let mut model = world::seven_orgs();
        model.panes.focus = pane;
        let mut rig = Rig::of(model);
        rig.press(key);
        found.extend(on_top("preparing", &rig.model, ""));
        let (id, wish) = rig.planning();
        let mut failed = Rig::of(rig.model.clone());
        let error = ApiError::new(Verb::OrgDelete, Fault::Forbidden);
        failed.send(Msg::Prepared(id, Err(error)));
        found.extend(on_top("failed", &failed.model, ""));
        rig.prepared(plan_for(&wish));
        rig.wait(400);
        for keys in ["", "<tab>", "ab<left>"] {
            found.extend(on_top("question", &rig.model, keys));
        }
    }
    assert_none(&found);
}

/// The list of tasks, the rows of one at its beginning and its end, under way and over, and the path of an
/// export.
#[test]
fn no_key_is_silent_among_the_tasks() {
    let mut found = Vec::new();
    for ended in [0, 4] {
        let model = world::with_bulk(ended);
        for keys in ["w", "wj", "w<enter>", "w<enter>G", "we", "we<left>"] {
            found.extend(on_top(&format!("tasks {ended}"), &model, keys));
        }
    }
    let mut rig = Rig::of(world::with_bulk(4));
    rig.press("we<enter>");
    found.extend(on_top("being written", &rig.model, ""));
    let id = rig.model.pending.ask(Purpose::Export);
    rig.send(Msg::Exported(id, Ok(())));
    found.extend(on_top("written", &rig.model, ""));
    assert_none(&found);
}

/// Rows are marked, a range grows.
#[test]
fn no_key_is_silent_where_rows_are_marked() {
    let mut model = world::seven_orgs();
    let mut found = Vec::new();
    for pane in [Pane::Members, Pane::Invites] {
        model.panes.focus = pane;
        for keys in [" ", "*", "v", "vj", "*/zz<enter>"] {
            found.extend(look("marked", &model, keys));
        }
    }
    assert_none(&found);
}

/// The question for a token: empty, typed in, on each of its buttons, while it is tried, and after.
#[test]
fn no_key_is_silent_in_the_question_for_a_token() {
    let model = world::seven_orgs();
    let mut found = Vec::new();
    for keys in ["", "ab", "ab<tab>", "ab<tab><tab>"] {
        found.extend(on_top("token", &model, &format!("gt<enter>{keys}")));
    }
    let mut rig = Rig::of(model);
    rig.press("gt<enter>tok");
    rig.wait(400);
    let effects = rig.press("<enter>");
    let [Effect::Admit { id, .. }] = &effects[..] else {
        panic!("it is tried: {effects:?}");
    };
    found.extend(on_top("tried", &rig.model, ""));
    let error = ApiError::new(Verb::WhoAmI, Fault::SignedOut);
    rig.send(Msg::Admitted(*id, Err(error)));
    found.extend(on_top("refused", &rig.model, ""));
    assert_none(&found);
}

/// A form of each goal, in its first field and on each of its buttons.
#[test]
fn no_key_is_silent_in_a_form() {
    let model = world::seven_orgs();
    let mut found = Vec::new();
    for open in [
        "i",
        "I",
        "Ia@b.example<enter>no@@x",
        "e",
        "O",
        "M",
        "a",
        "c<enter>",
        "?accept<enter><enter>",
    ] {
        for keys in ["", "a<tab>", "<s-tab>"] {
            found.extend(on_top("form", &model, &format!("{open}{keys}")));
        }
    }
    found.extend(on_top("form", &model, "i<s-tab><s-tab>"));
    for keys in ["r", "r<down>"] {
        found.extend(on_top("roles", &world::harbour_open(), keys));
    }
    assert_none(&found);
}

/// Beyond its end nothing is scrolled, so the way back begins at once.
#[test]
fn a_form_says_where_it_ends_and_comes_back_at_once() {
    let mut model = world::seven_orgs();
    model.size = Size {
        width: 60,
        height: 14,
    };
    let mut rig = Rig::of(model);
    rig.press("i<s-tab>");
    let reach = rig.model.overlays.last().map(|top| match top {
        Overlay::Form(form) => form.reach,
        other => panic!("a form is open, not {other:?}"),
    });
    assert!(reach.unwrap().up > 0, "it is longer than the screen");
    rig.press("<pgdn><pgdn><pgdn><pgdn><pgdn><pgdn>");
    assert_eq!(rig.hint(), "this is the end");
    let end = screen::plain(&rig.model, (60, 14));
    rig.press("<pgup>");
    assert_ne!(screen::plain(&rig.model, (60, 14)), end);
    rig.press("<pgup><pgup><pgup><pgup><pgup><pgup>");
    assert_eq!(rig.hint(), "this is the beginning");
}

/// At either end of what can be scrolled.
#[test]
fn the_organization_says_where_it_ends() {
    let mut model = world::seven_orgs();
    model.panes.focus = Pane::Members;
    model.size = Size {
        width: 120,
        height: 36,
    };
    let mut rig = Rig::of(model);
    rig.press("K");
    assert_eq!(rig.hint(), "this is the beginning of the organization");
    let last = rig.model.panes.org_last;
    assert!(last > 0);
    for _ in 0..last {
        rig.press("J");
        assert_eq!(rig.hint(), "");
    }
    rig.press("J");
    assert_eq!(rig.hint(), "this is the end of the organization");
    assert_eq!(rig.model.panes.org_top, last);
    rig.press("K");
    assert_eq!(rig.model.panes.org_top, last - 1);
}

#[test]
fn an_organization_out_of_sight_is_not_scrolled() {
    let mut model = world::seven_orgs();
    model.panes.focus = Pane::Members;
    let mut rig = Rig::of(model);
    rig.press("J");
    assert_eq!(
        rig.hint(),
        "the organization is not on the screen: 2 shows it"
    );
    assert_eq!(rig.model.panes.org_top, 0);
}
