//! The two ways to take something back: by the command, and by a key of the console that is opened on the same
//! profiles and the same journal.

use std::sync::Arc;

use orgdeck::app::layer::{Asking, Overlay};
use orgdeck::app::place::Size;
use orgdeck::app::store::{Account, Store};
use orgdeck::app::{Model, Msg};
use orgdeck::domain::{Actor, Keep, News, Plan, Profile, Text};
use orgdeck::gate::Gate;
use orgdeck::journal::file::File;
use orgdeck::provider::link::Link;
use orgdeck::rig::{Rig, World, keys};
use orgdeck::runtime::Shared;
use tokio::runtime::Runtime;
use tokio::sync::mpsc::unbounded_channel;

use super::super::stage::Stage;
use crate::sandbox::origin;
use crate::support::link::{limits, link, services};
use crate::support::rig::settings;

/// How something is taken back.
#[derive(Clone, Copy, Debug)]
pub(super) enum Front {
    Command,
    Console,
}

/// Which way it goes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Going {
    Back,
    Forward,
}

impl Going {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Back => "undo",
            Self::Forward => "redo",
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Back => "u",
            Self::Forward => "U",
        }
    }
}

/// What was said before anything was sent, and how many requests were shown.
pub(super) struct Said {
    pub(super) words: String,
    pub(super) shown: usize,
}

impl Front {
    /// Asks, says yes with the name that is asked for, and lets it come to its end.
    pub(super) fn go(self, stage: &Stage, going: Going) -> Said {
        match self {
            Self::Command => by_command(stage, going),
            Self::Console => Runtime::new().unwrap().block_on(by_key(stage, going)),
        }
    }
}

fn by_command(stage: &Stage, going: Going) -> Said {
    let word = going.word();
    let dry = stage.run(&format!("{word} --dry-run"));
    let shown = dry
        .stdout
        .lines()
        .filter(|line| !line.starts_with(['{', '[']));
    let shown = shown.count();
    if dry.code != Some(0) {
        assert_eq!(dry.code, Some(5), "{dry}");
        let ran = stage.run(&format!("{word} --yes"));
        assert_eq!((ran.code, &ran.stderr), (dry.code, &dry.stderr));
        let words = dry.stderr;
        return Said { words, shown };
    }
    let mut ran = stage.run(&format!("{word} --yes"));
    if ran.code == Some(2) {
        // A name is asked for, and told.
        let (_, rest) = ran.stderr.split_once("--confirm with one of: ").unwrap();
        let name = rest.split([',', ';']).next().unwrap().to_owned();
        ran = stage.run_words(&[word, "--yes", "--confirm", &name]);
    }
    assert_eq!(ran.code, Some(0), "{word}: {ran}");
    // What follows foretells what is left, as with every dry run.
    let mut said = dry.stderr.lines();
    let words = said.find(|line| line.starts_with(word)).unwrap().to_owned();
    assert!(ran.stderr.contains(&words), "{ran}");
    Said { words, shown }
}

/// A console on the journal of a stage.
pub(super) struct Console {
    pub(super) rig: Rig,
    world: World,
    shared: Shared,
    actor: Actor,
}

impl Console {
    pub(super) async fn open(stage: &Stage) -> Self {
        let (ear, news) = unbounded_channel::<News>();
        let links = services().into_iter().map(|(service, kind)| {
            let face = stage.sandbox.face(kind);
            let ear = ear.clone();
            let hears = move |news| drop(ear.send(news));
            let at = (face.url.as_str(), face.token.as_str());
            link(&Profile::new(service.name), &service, at, (limits(), hears))
        });
        let links: Vec<Link> = links.collect();
        let accounts = links.iter();
        let accounts =
            accounts.map(|link| Account::new(link.connection.clone(), link.capabilities()));
        let size = Size {
            width: 120,
            height: 36,
        };
        let model = Model::new(size, settings(), Store::new(accounts.collect()));
        let folder = stage.home.path().join(".local/state/orgdeck");
        let journal = File::new(&folder, Keep::default(), origin);
        let gate = Gate::new(Arc::new(journal), origin);
        let actor = Actor::new("player", orgdeck::journal::session());
        let shared = Shared::new(links, gate);
        let mut console = Self {
            rig: Rig::start(model, origin()),
            world: World::new(shared.clone(), actor.clone(), news),
            shared,
            actor,
        };
        console.world.settle(&mut console.rig).await;
        console
    }

    /// Looks up what ended sessions have left, as the program does when it starts.
    pub(super) async fn recovers(&mut self) {
        let links: Vec<Arc<Link>> = self.shared.links().cloned().collect();
        let found = self.shared.gate.recover(&self.actor, &links).await;
        self.rig.send(Msg::Recovered(found.map(Box::new)));
        self.world.settle(&mut self.rig).await;
    }

    pub(super) async fn press(&mut self, script: &str) {
        for key in keys(script).unwrap() {
            self.world.press(&mut self.rig, key).await;
        }
    }

    /// The plan that is asked about, with the name that has to be typed, and what is noted above it.
    pub(super) fn asked(&self) -> Option<(&Plan, Option<Text>, String)> {
        let Some(Overlay::Confirm(confirm)) = self.rig.model.overlays.last() else {
            return None;
        };
        let Asking::Ready(plan, _) = &confirm.stage else {
            panic!("no plan: {:?}", confirm.stage);
        };
        assert_eq!(plan.refusal(), None);
        let notes = confirm.notes.iter().map(|(_, words)| words.raw());
        let name = confirm.names().map(|(names, _)| names[0].clone());
        Some((plan, name, notes.collect::<Vec<_>>().join("\n")))
    }
}

async fn by_key(stage: &Stage, going: Going) -> Said {
    let mut console = Console::open(stage).await;
    console.press(going.key()).await;
    let Some((plan, name, words)) = console.asked() else {
        let hint = console.rig.model.notices.hint.clone();
        let words = hint.expect("it is said why not").raw().to_owned();
        return Said { words, shown: 0 };
    };
    let shown = plan.steps.len();
    let yes = match name {
        Some(name) => format!("{}<tab><tab><enter>", name.raw()),
        None => "y".to_owned(),
    };
    console.press(&yes).await;
    let failed = console.rig.model.notices.clone();
    let open = console
        .rig
        .model
        .tasks
        .values()
        .find(|task| !task.is_over());
    assert_eq!(open, None, "{failed:?}");
    Said { words, shown }
}
