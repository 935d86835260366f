//! No row of the action table is idle: in some state where it can be used, running it orders
//! something, says something, or changes what the program knows. A row whose function is emptied
//! fails here by its name.

use std::time::Duration;

use orgdeck::app::action::{self, Action, Ready};
use orgdeck::app::effect::Effects;
use orgdeck::app::layer::Layer;
use orgdeck::app::model::{Model, Welcome};
use orgdeck::app::place::{Pane, Zoom};
use orgdeck::app::{Effect, Msg};
use orgdeck::domain::capabilities::Site;
use orgdeck::domain::news::Sent;
use orgdeck::domain::{Method, News, Text, Verb};

use crate::support::past;
use crate::support::plan::plan_for;
use crate::support::rig::{Rig, profile};
use crate::support::world;

/// Keys that lead to a state, and the pane they are pressed in.
const STATES: [(Pane, &str); 41] = [
    (Pane::Orgs, ""),
    (Pane::Orgs, "j"),
    (Pane::Orgs, "snj"),
    (Pane::Org, ""),
    (Pane::Members, ""),
    (Pane::Members, "Gk"),
    (Pane::Members, "/a<enter>"),
    (Pane::Members, "J"),
    (Pane::Invites, ""),
    (Pane::Invites, "j"),
    (Pane::Activity, ""),
    (Pane::Orgs, "gi"),
    (Pane::Orgs, "/ab<left>"),
    (Pane::Members, "/a<down>"),
    (Pane::Orgs, "."),
    (Pane::Orgs, ".<down><down>"),
    (Pane::Orgs, "./ab"),
    (Pane::Orgs, "?"),
    (Pane::Orgs, "?ab"),
    (Pane::Orgs, "?<down><down>"),
    (Pane::Members, "d"),
    (Pane::Members, "djj"),
    (Pane::Members, "D"),
    (Pane::Members, "D<tab>"),
    (Pane::Orgs, "D"),
    (Pane::Orgs, "DAcm<left>"),
    (Pane::Orgs, "i"),
    (Pane::Orgs, "iab<left>"),
    (Pane::Orgs, "i<tab><down>"),
    (Pane::Orgs, "i<s-tab>"),
    (Pane::Orgs, "i<s-tab><s-tab>"),
    (Pane::Orgs, "Ia<enter>b"),
    (Pane::Orgs, "Ia@b.example<enter><s-tab>"),
    (Pane::Orgs, "ia@b.example<esc>i"),
    (Pane::Orgs, "ia@b.example<esc>gd"),
    (Pane::Members, "r"),
    (Pane::Members, "p"),
    (Pane::Orgs, "P"),
    (Pane::Orgs, "gt"),
    (Pane::Orgs, "gtab"),
    (Pane::Orgs, "gt<tab>"),
];

/// Models in these states, over a world that was read and one in which nothing was.
fn models() -> Vec<Model> {
    let mut models = vec![welcome(), zoomed(), told(), marked(), paged()];
    models.extend(tasks());
    models.extend(journals());
    for (pane, keys) in STATES {
        let mut small = Rig::two_orgs().on(pane);
        small.press(keys);
        small.settle_questions();
        plans(&mut small);
        models.push(small.model.clone());
        let mut model = world::seven_orgs();
        model.panes.focus = pane;
        let mut rich = Rig::of(model);
        rich.press(keys);
        models.push(rich.model.clone());
    }
    models
}

/// The service has a page of its own.
fn paged() -> Model {
    let mut model = Rig::two_orgs().model.clone();
    let account = &mut model.store.accounts[0];
    account.capabilities.site = Some(Site {
        origin: "http://127.0.0.1:1",
        page: "https://pages.example/orgs",
    });
    model
}

/// A journal with entries, as it opens, further down, and with words that are looked for.
fn journals() -> [Model; 4] {
    ["", "<down>", "<pgdn>", "b"].map(|keys| {
        let mut rig = Rig::two_orgs();
        let effects = rig.press("gj");
        let [Effect::History { id }] = effects[..] else {
            panic!("the journal is read: {effects:?}");
        };
        rig.send(Msg::History(id, Ok(Box::new(past::history()))));
        rig.press(keys);
        rig.model.clone()
    })
}

/// What was asked to be planned is planned.
fn plans(rig: &mut Rig) {
    let asked = rig.effects.iter().find_map(|effect| match effect {
        Effect::Prepare { wish, .. } => Some(wish.clone()),
        _ => None,
    });
    if let Some(wish) = asked {
        rig.prepared(plan_for(&wish));
        rig.wait(400);
    }
}

fn welcome() -> Model {
    let mut model = world::model(Vec::new());
    model.welcome = Some(Welcome {
        found: vec![Text::from("BALENA_API_KEY")],
        toml: Text::from("[[profile]]"),
        path: Text::from("~/.config/orgdeck.toml"),
        index: 1,
    });
    model
}

fn zoomed() -> Model {
    let mut rig = Rig::two_orgs();
    rig.model.panes.zoom = Zoom::In;
    rig.model.clone()
}

/// Some rows are marked.
fn marked() -> Model {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    rig.press(" ");
    rig.model.clone()
}

/// A task on the screen: in the list, with its rows, under way, half failed, with the path of an export.
fn tasks() -> Vec<Model> {
    let keys = [
        "w",
        "wj",
        "w<enter>",
        "w<enter>j",
        "we",
        "we<left>",
        "we<home>",
    ];
    let each = keys.into_iter().flat_map(|keys| {
        let worlds = [world::with_bulk(0), world::with_bulk(3)];
        worlds.map(|world| {
            let mut rig = Rig::of(world);
            rig.press(keys);
            rig.model.clone()
        })
    });
    each.collect()
}

/// The activity has a line.
fn told() -> Model {
    let mut rig = Rig::two_orgs().on(Pane::Activity);
    rig.send(Msg::Told(News::Sent(Box::new(Sent {
        profile: profile("shop"),
        verb: Verb::OrgList,
        method: Method::Get,
        target: Text::from("/organizations"),
        ended: Ok(200),
        served_at: None,
        took: Duration::from_millis(1),
        trace: None,
    }))));
    rig.model.clone()
}

/// Whether running it in this state could be noticed.
fn acts(action: &Action, model: &Model) -> bool {
    let mut after = model.clone();
    after.notices.hint = None;
    let before = format!("{after:?}");
    let effects = (action.run)(&mut after);
    !effects.is_empty() || format!("{after:?}") != before
}

/// The rows that do nothing in any of these states in which they can be used.
fn idle<'a>(rows: impl Iterator<Item = &'a Action>, models: &[Model]) -> Vec<&'static str> {
    let is_idle = |action: &&Action| {
        let mut here = models.iter().filter(|model| {
            model.layers().contains(&action.layer)
                && action::availability(model, action) == Ready::Yes
        });
        !here.any(|model| acts(action, model))
    };
    rows.filter(is_idle).map(|action| action.name).collect()
}

#[test]
fn every_action_does_something_in_some_state() {
    let none: [&str; 0] = [];
    assert_eq!(idle(action::all(), &models()), none);
}

#[test]
fn a_row_whose_function_is_empty_is_found() {
    let rows = [
        Action::new("nothing.done", "Do nothing", |_| Effects::new()),
        Action::new("nothing.typed", "Type nothing", |_| Effects::new()).on(Layer::Form),
    ];
    let found = idle(rows.iter(), &models());
    assert_eq!(found, ["nothing.done", "nothing.typed"]);
}
