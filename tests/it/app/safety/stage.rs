//! The states that walks begin in, and the words for where they are.

use orgdeck::app::Model;
use orgdeck::app::confirm::{Asking, Confirm};
use orgdeck::app::form::{Form, Stage as FormStage};
use orgdeck::app::layer::Overlay;
use orgdeck::app::model::{Settings, Welcome};
use orgdeck::app::picker::Subject;
use orgdeck::app::place::{Size, Zoom};
use orgdeck::app::prompt::{Prompt, Trial};
use orgdeck::app::store::{Account, Store};
use orgdeck::domain::Text;
use orgdeck::domain::connection::Access;
use orgdeck::job::Task;

use super::answers::Mood;
use crate::support::forms::table;
use crate::support::rig::{account, everything, settings};
use crate::support::world;

/// Where a walk begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// Three services, in this mood, on so many columns and rows.
    Services(Mood, (u16, u16)),
    /// One service of which nothing is read yet.
    Loading(&'static str),
    /// One service that was read.
    One(&'static str),
    /// Everything may only be read.
    ReadOnly,
    /// One pane fills the screen.
    Zoomed,
    /// A single profile of a service that can do everything.
    Everything,
    /// Many rows of every kind.
    Seven,
    /// Rows that are on their way, and some that failed.
    Harbour,
    /// There is no profile.
    Welcome,
}

const WIDE: (u16, u16) = (120, 36);

pub(super) const STARTS: [Start; 25] = [
    Start::Services(Mood::Fine, WIDE),
    Start::Services(Mood::Fine, (80, 24)),
    Start::Services(Mood::Fine, (60, 20)),
    Start::Services(Mood::Fine, (40, 10)),
    Start::Services(Mood::Fine, (39, 9)),
    Start::Services(Mood::Reversed, WIDE),
    Start::Services(Mood::Edited, WIDE),
    Start::Services(Mood::Empty, WIDE),
    Start::Services(Mood::Partial, WIDE),
    Start::Services(Mood::Failing, WIDE),
    Start::Services(Mood::Failing, (60, 20)),
    Start::Loading("balena"),
    Start::Loading("clerk"),
    Start::Loading("vulos"),
    Start::ReadOnly,
    Start::Zoomed,
    Start::Everything,
    Start::One("balena"),
    Start::One("clerk"),
    Start::One("vulos"),
    // Only there are roles a form and not a list.
    Start::One("vulos"),
    Start::One("vulos"),
    Start::Seven,
    Start::Harbour,
    Start::Welcome,
];

fn services() -> Vec<Account> {
    let names = [("fleet", "balena"), ("shop", "clerk"), ("me", "vulos")];
    names
        .map(|(name, service)| account(name, service, table(service)))
        .into()
}

impl Start {
    pub(super) fn mood(self) -> Mood {
        match self {
            Self::Services(mood, _) => mood,
            _ => Mood::Fine,
        }
    }

    /// Whether what is asked at first is answered before the walk begins.
    pub(super) fn is_read(self) -> bool {
        !matches!(self, Self::Loading(_))
    }

    pub(super) fn model(self) -> Model {
        let mut model = match self {
            Self::Services(_, (width, height)) => over(services(), Size { width, height }),
            Self::Loading(service) | Self::One(service) => {
                wide(vec![account("one", service, table(service))])
            }
            Self::ReadOnly => read_only(),
            Self::Zoomed | Self::Everything => wide(vec![account("shop", "fake", everything())]),
            Self::Seven => world::seven_orgs(),
            Self::Harbour => world::harbour_open(),
            Self::Welcome => wide(Vec::new()),
        };
        match self {
            Self::Zoomed => model.panes.zoom = Zoom::In,
            Self::Welcome => model.welcome = Some(welcome()),
            _ => {}
        }
        model
    }
}

fn wide(accounts: Vec<Account>) -> Model {
    let (width, height) = WIDE;
    over(accounts, Size { width, height })
}

fn over(accounts: Vec<Account>, size: Size) -> Model {
    Model::new(size, settings(), Store::new(accounts))
}

fn read_only() -> Model {
    let mut accounts = services();
    for account in &mut accounts {
        account.connection.access = Access::ReadOnly("--read-only");
    }
    let mut model = wide(accounts);
    model.settings = Settings {
        read_only: Some("--read-only"),
        ..settings()
    };
    model
}

fn welcome() -> Welcome {
    Welcome {
        found: vec![Text::from("BALENA_API_KEY")],
        toml: Text::from("[[profile]]"),
        path: Text::from("~/.config/orgdeck.toml"),
        index: 0,
    }
}

/// What kind of overlay it is, and of what: every one of these names is to be seen on the walks.
pub(super) fn kind(overlay: &Overlay) -> String {
    match overlay {
        Overlay::Confirm(confirm) => format!("{}: {}", asking(confirm), confirm.wish.verb().name()),
        Overlay::Form(form) if form.roll.is_some() => "form: invite many".to_owned(),
        Overlay::Form(form) => format!("form: {}", form.goal.verb().name()),
        Overlay::Menu(picker) | Overlay::Help(picker) => match &picker.of {
            Subject::Actions => "actions",
            Subject::Profiles => "profiles",
            Subject::Help => "help",
            Subject::Palette(_) => "palette",
            Subject::Roles(_) => "roles",
            Subject::Person(_) => "person",
            Subject::Journal(_) => "journal",
            Subject::Drafts => "drafts",
        }
        .to_owned(),
        Overlay::Details(_) => "details".to_owned(),
        Overlay::Prompt(prompt) => format!("prompt: {:?}", prompt.lock),
        Overlay::Line(_) => "line".to_owned(),
        Overlay::Tasks(tasks) if tasks.export.is_some() => "export".to_owned(),
        Overlay::Tasks(tasks) if tasks.open.is_some() => "task".to_owned(),
        Overlay::Tasks(_) => "tasks".to_owned(),
    }
}

fn asking(confirm: &Confirm) -> &'static str {
    match &confirm.stage {
        Asking::Preparing(_) => "preparing",
        Asking::Failed(_) => "failed",
        Asking::Waiting(..) => "waiting",
        Asking::Leaving(_) => "leaving",
        Asking::Ready(plan, _) if plan.refusal().is_some() => "refused",
        Asking::Ready(plan, _) if plan.objections.is_empty() => "light",
        Asking::Ready(..) => "heavy",
    }
}

fn how_far(form: &Form) -> &'static str {
    match &form.stage {
        FormStage::Editing => "editing",
        FormStage::Preparing(_) => "preparing",
        FormStage::Reading => "reading",
        FormStage::Sent(..) => "sent",
        FormStage::Ready(..) => "ready",
        FormStage::Failed(_) => "failed",
    }
}

fn tried(prompt: &Prompt) -> &'static str {
    match prompt.trial {
        Trial::Typing => "typing",
        Trial::Sent(_) => "sent",
        Trial::Refused(_) => "refused",
    }
}

/// What makes two states different for a walk.
pub(super) fn fingerprint(model: &Model) -> String {
    let panes = &model.panes;
    let layout = model.layout().form;
    let overlays: Vec<String> = model.overlays.iter().map(kind).collect();
    let stands = match model.overlays.last() {
        Some(Overlay::Confirm(confirm)) => format!("{:?}", confirm.focus),
        Some(Overlay::Form(form)) => format!("{} {:?}", how_far(form), form.focus),
        Some(Overlay::Menu(picker) | Overlay::Help(picker)) => format!("{:?}", picker.letters),
        Some(Overlay::Prompt(prompt)) => format!("{} {:?}", tried(prompt), prompt.focus),
        Some(Overlay::Details(_) | Overlay::Line(_) | Overlay::Tasks(_)) | None => String::new(),
    };
    let tasks: Vec<_> = model.tasks.values().map(Task::mode).collect();
    format!(
        "{layout:?} {:?} {:?} {:?} {overlays:?} {stands} {:?} {} {tasks:?}",
        panes.zoom,
        panes.focus,
        panes.invite_scope,
        model.typed,
        model.pending.is_empty(),
    )
}
