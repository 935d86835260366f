//! The filter language is one: an expression leaves the same rows in a pane of the console and on the command
//! line, which read the same services.

use std::collections::BTreeSet;
use std::sync::Arc;

use orgdeck::app::place::{Pane, Size};
use orgdeck::app::store::{Account, Store};
use orgdeck::app::{Effect, Model, Msg};
use orgdeck::domain::{Profile, Text};
use orgdeck::job::order;
use orgdeck::provider::link::Link;
use orgdeck::provider::registry;
use orgdeck::sandbox::Service;
use tokio::runtime::Runtime;

use super::stage::{Stage, rows};
use crate::support::link::{limits, link, services};
use crate::support::rig::settings;

/// A list of the command line, and the pane that holds the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
    Orgs,
    Members,
    Invites,
}

impl List {
    /// The command, and the name of its rows.
    const fn command(self) -> (&'static str, &'static str) {
        match self {
            Self::Orgs => ("org list", "orgs"),
            Self::Members => ("member list clerk/acme-shop", "members"),
            Self::Invites => ("invite list clerk/acme-shop", "invites"),
        }
    }

    const fn pane(self) -> Pane {
        match self {
            Self::Orgs => Pane::Orgs,
            Self::Members => Pane::Members,
            Self::Invites => Pane::Invites,
        }
    }
}

/// Expressions, and whether they leave some rows and take some away.
const TABLE: &[(List, &str)] = &[
    (List::Orgs, "acme"),
    (List::Orgs, "ACME !labs"),
    (List::Orgs, "\"acme shop\""),
    (List::Orgs, "provider:clerk"),
    (List::Orgs, "!provider:clerk acme"),
    (List::Orgs, "slug:=acme-shop"),
    (List::Orgs, "members:>3 members:<=40"),
    (List::Orgs, "name:/^(acme|quay) s/"),
    (List::Orgs, "created:>90d"),
    (List::Orgs, "!created:>2020-01-01"),
    (List::Orgs, "profile:vulos members:>=1"),
    (List::Members, "ana"),
    (List::Members, "!ana"),
    (List::Members, "role:admin"),
    (List::Members, "roles:=org:member"),
    (List::Members, "admin"),
    (List::Members, "role_names:/^admin/"),
    (List::Members, "email:acme.example !role:admin"),
    (List::Members, "joined:>90d"),
    (List::Members, "joined:<90d"),
    (List::Members, "seen:>30d"),
    (List::Members, "!seen:<9999d"),
    (List::Members, "/^[a-c]/"),
    (List::Members, "!/@acme\\.example$/"),
    (List::Members, "username:"),
    (List::Invites, "acme"),
    (List::Invites, "status:expired"),
    (List::Invites, "!status:expired"),
    (List::Invites, "role:/admin$/"),
    (List::Invites, "email:/^j/ status:expired"),
    (List::Invites, "expires:<400d"),
    (List::Invites, "inviter:"),
];

/// A console over the faces of a sandbox, whose questions are answered at once.
struct Console {
    rig: orgdeck::rig::Rig,
    links: Vec<Arc<Link>>,
    runtime: Runtime,
}

impl Console {
    fn over(stage: &Stage) -> Self {
        let links: Vec<Arc<Link>> = services().into_iter().map(|face| at(stage, face)).collect();
        let account = |link: &Arc<Link>| Account::new(link.connection.clone(), link.capabilities());
        let store = Store::new(links.iter().map(account).collect());
        let size = Size {
            width: 120,
            height: 36,
        };
        let model = Model::new(size, settings(), store);
        // Nothing is heard of the answers' dates here: the clock is the service's.
        let wall = stage.sandbox.world(|world| world.now());
        let mut console = Self {
            rig: orgdeck::rig::Rig::start(model, wall),
            links,
            runtime: Runtime::new().unwrap(),
        };
        console.settle();
        console.open_shop();
        console
    }

    /// Answers everything that is asked.
    fn settle(&mut self) {
        while let Some(effect) = self.rig.effects.pop_front() {
            if let Effect::Query { id, to, query } = effect {
                let mut links = self.links.iter();
                let link = links.find(|link| link.connection.profile == to).unwrap();
                let reply = self.runtime.block_on(link.query(query));
                self.rig.send(Msg::Answered(id, reply));
            }
        }
    }

    fn press(&mut self, keys: &str) {
        for key in orgdeck::rig::keys(keys).unwrap() {
            self.rig.press(key);
        }
        self.settle();
    }

    /// Opens the organization that the lists of the command line are of.
    fn open_shop(&mut self) {
        self.press("1/");
        self.rig.send(Msg::Pasted(Text::from("slug:=acme-shop")));
        self.press("<enter><enter>1/<c-u><enter>");
        assert_eq!(self.rows(List::Orgs).len(), 7);
    }

    /// The rows that an expression leaves in a pane, by id.
    fn filtered(&mut self, list: List, expression: &str) -> BTreeSet<String> {
        self.rig.model.panes.focus = list.pane();
        self.press("/<c-u>");
        self.rig.send(Msg::Pasted(Text::from(expression)));
        self.press("<enter>");
        assert!(self.rig.model.overlays.is_empty(), "{expression} is kept");
        self.rows(list)
    }

    fn rows(&self, list: List) -> BTreeSet<String> {
        let model = &self.rig.model;
        let panes = &model.panes;
        match list {
            List::Orgs => ids(&model.org_lists(), &panes.orgs.order, |org| org.id.raw()),
            List::Members => ids(&model.member_lists(), &panes.members.order, |member| {
                member.id.raw()
            }),
            List::Invites => ids(&model.invite_lists(), &panes.invites.order, |invite| {
                invite.at.id.raw()
            }),
        }
    }
}

fn ids<T>(
    lists: &[orgdeck::domain::rows::Shelf<T>],
    shown: &order::Order,
    id: impl Fn(&T) -> &str,
) -> BTreeSet<String> {
    let rows = shown.places.iter();
    rows.map(|place| id(&order::row(lists, *place).item).to_owned())
        .collect()
}

fn at(stage: &Stage, (service, kind): (registry::Service, Service)) -> Arc<Link> {
    let face = stage.sandbox.face(kind);
    let at = (face.url.as_str(), face.token.as_str());
    let profile = Profile::new(kind.name());
    Arc::new(link(&profile, &service, at, (limits(), |_| ())))
}

fn on_the_command_line(stage: &Stage, list: List, expression: &str) -> BTreeSet<String> {
    let (command, kind) = list.command();
    let mut words: Vec<&str> = command.split(' ').collect();
    words.extend(["-o", "json", "--filter", expression]);
    let ran = stage.run_words(&words);
    let document: serde_json::Value =
        serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran}"));
    let rows = rows(&document, kind).iter();
    rows.map(|row| row["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn one_table_of_expressions_leaves_the_same_rows_in_both() {
    let stage = Stage::new();
    let mut console = Console::over(&stage);
    let mut telling = 0;
    for (list, expression) in TABLE {
        let all = console.filtered(*list, "").len();
        let shown = console.filtered(*list, expression);
        let printed = on_the_command_line(&stage, *list, expression);
        assert_eq!(shown, printed, "{list:?} {expression}");
        telling += usize::from(!shown.is_empty() && shown.len() < all);
    }
    assert!(telling >= 20, "only {telling} expressions tell rows apart");
}

#[test]
fn what_is_wrong_is_said_with_the_same_words_in_both() {
    let stage = Stage::new();
    let mut console = Console::over(&stage);
    for expression in ["ana \"bo", "x members:>many", "/(a/", "shoe:9"] {
        let before = console.filtered(List::Orgs, "acme");
        console.press("/<c-u>");
        console.filtered_badly(expression);
        let said = console.rig.model.notices.hint.clone().unwrap();
        let said = said.raw().split(';').next().unwrap();
        let said = said.split(" here").next().unwrap();
        let ran = stage.run_words(&["org", "list", "--filter", expression]);
        assert_eq!(ran.code, Some(2), "{ran}");
        assert!(ran.stderr.contains(said), "{said} is not in {ran}");
        assert_ne!(before.len(), 7);
        console.press("<esc>");
    }
}

impl Console {
    /// Types something that is no expression: the line stays open with it.
    fn filtered_badly(&mut self, expression: &str) {
        self.rig.send(Msg::Pasted(Text::from(expression)));
        self.press("<enter>");
        assert!(!self.rig.model.overlays.is_empty(), "{expression} is kept");
    }
}
