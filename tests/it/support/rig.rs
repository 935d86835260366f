//! The rig: keys in, effects out, on a model whose answers are written by the test. It is the public rig
//! with words of the tests' own.

use std::ops::{Deref, DerefMut};
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use orgdeck::app::model::{Color, Lines, Settings, Source};
use orgdeck::app::place::{Pane, Size};
use orgdeck::app::store::{Account, Store};
use orgdeck::app::{Effect, Effects, Key, Model, Msg, RequestId};
use orgdeck::domain::connection::{Access, Stage};
use orgdeck::domain::invite::Link;
use orgdeck::domain::query::OrgAt;
use orgdeck::domain::{
    Answer, ApiError, Assignment, Capabilities, Connection, FieldKind, FieldSpec, Invite, InviteId,
    InviteRef, InviteStatus, Member, MemberId, MemberRef, Membership, Offer, Org, OrgId, Page,
    Plan, Principal, PrincipalKind, Profile, Query, Refresh, Role, Row, Text, Told, UserId, Verb,
};

/// The public rig: a model, the time, and the effects that came out of it since it was last asked.
pub(crate) struct Rig(orgdeck::rig::Rig);

impl Deref for Rig {
    type Target = orgdeck::rig::Rig;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Rig {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

/// The present of every rig.
pub(crate) fn present() -> Timestamp {
    "2026-03-02T11:42:00Z".parse().unwrap()
}

pub(crate) fn profile(name: &str) -> Profile {
    Profile::new(name)
}

pub(crate) fn org_id(profile_name: &str, key: &str) -> OrgId {
    OrgId::new(&profile(profile_name), key)
}

/// An organization that was read whole.
pub(crate) fn org(profile_name: &str, key: &str, name: &str) -> Org {
    let mut org = Org::reference(org_id(profile_name, key));
    org.name = Told::Is(Text::from(name));
    org.slug = Told::Is(Text::from(key));
    org.members = Told::Is(3);
    org.invites = Told::Is(1);
    org
}

/// A member with one role.
pub(crate) fn member(org: &OrgId, key: &str, role: &str) -> Member {
    let id = MemberId::new(org.profile(), format!("mem_{key}"));
    let user = UserId::new(org.profile(), format!("user_{key}"));
    let mut member = Member::reference(MemberRef::user(org, &user), id);
    member.user = Told::Is(user);
    member.name = Told::Is(Text::from(key));
    member.email = Told::Is(Text::from(format!("{key}@acme.example")));
    member.roles = Told::Is(
        [Assignment {
            role: Role::named(role),
            id: None,
        }]
        .into(),
    );
    member
}

/// A pending invite.
pub(crate) fn invite(org: &OrgId, email: &str) -> Invite {
    Invite {
        at: InviteRef {
            org: org.clone(),
            id: InviteId::new(org.profile(), format!("inv_{email}")),
        },
        org_name: Told::Unknown,
        email: Told::Is(Text::from(email)),
        role: Told::Is(Role::named("member")),
        status: InviteStatus::Pending,
        created: Told::Is("2026-02-28T11:42:00Z".parse().unwrap()),
        expires: Told::Is("2026-03-28T11:42:00Z".parse().unwrap()),
        inviter: Told::Empty,
        message: Told::Empty,
        has_link: Told::Is(Link::Gone),
        metadata: Told::Unknown,
        redirect: Told::Unknown,
    }
}

/// A service that offers everything; invites need a role and may have a message.
pub(crate) fn everything() -> Capabilities {
    let offers: Vec<(Verb, Offer)> = Verb::ALL
        .iter()
        .map(|verb| (*verb, Offer::Native))
        .collect();
    let mut capabilities = Capabilities::offering(&offers);
    capabilities.invite = vec![
        FieldSpec::required("email", "To", FieldKind::Email),
        FieldSpec::required("role", "Role", FieldKind::Role),
        FieldSpec::optional("message", "Message", FieldKind::Message),
        FieldSpec::optional("redirect_url", "Redirect", FieldKind::Url),
        FieldSpec::optional(
            "expires_in_days",
            "Expires",
            FieldKind::Number { min: 1, max: 365 },
        ),
        FieldSpec::absent("metadata", "Metadata", "no such field"),
    ];
    capabilities
}

pub(crate) fn account(name: &str, service: &'static str, capabilities: Capabilities) -> Account {
    let connection = Connection {
        profile: profile(name),
        service,
        short: &service[..3],
        url: Text::from("http://127.0.0.1:1"),
        token: Text::from("a test"),
        production: Told::Is(Stage::Development),
        access: Access::Full,
    };
    Account::new(connection, capabilities)
}

pub(crate) fn settings() -> Settings {
    Settings {
        zone: TimeZone::UTC,
        lines: Lines::Drawn,
        color: Color::Sixteen,
        read_only: None,
        source: Source::Configured,
        around: orgdeck::app::around::Around::default(),
        refresh: Refresh::Off,
    }
}

fn fresh(accounts: Vec<Account>) -> Model {
    let size = Size {
        width: 120,
        height: 36,
    };
    Model::new(size, settings(), Store::new(accounts))
}

impl Rig {
    /// A started console over these connections; its first questions wait to be answered.
    pub(crate) fn with(accounts: Vec<Account>) -> Self {
        Self(orgdeck::rig::Rig::start(fresh(accounts), present()))
    }

    /// The same, started at a place.
    pub(crate) fn seeking(accounts: Vec<Account>, place: &str) -> Self {
        let mut model = fresh(accounts);
        model.sought = Some(place.parse().unwrap());
        Self(orgdeck::rig::Rig::start(model, present()))
    }

    /// A console in a state that was written down, at the present of the model.
    pub(crate) fn of(mut model: Model) -> Self {
        super::world::arrange(&mut model);
        Self(orgdeck::rig::Rig::of(model))
    }

    /// One connection with two organizations, both read; the first one is open, its lists are read.
    pub(crate) fn two_orgs() -> Self {
        Self::two_orgs_of(everything())
    }

    /// The same with other capabilities.
    pub(crate) fn two_orgs_of(capabilities: Capabilities) -> Self {
        let mut rig = Self::with(vec![account("shop", "fake", capabilities)]);
        rig.settle();
        rig
    }

    /// Answers every question as the small world of `two_orgs` does, until none is left.
    pub(crate) fn settle(&mut self) {
        while let Some(effect) = self.effects.pop_front() {
            if let Effect::Query { id, to, query } = effect {
                let known = self.model.store.account(&to).unwrap().capabilities.clone();
                self.answer(id, Ok(small_world(&query, known)));
            }
        }
    }

    /// Answers every question as `settle` does; what else was ordered is kept.
    pub(crate) fn settle_questions(&mut self) {
        let is_query = |effect: &Effect| matches!(effect, Effect::Query { .. });
        while let Some(place) = self.effects.iter().position(is_query) {
            if let Some(Effect::Query { id, to, query }) = self.effects.remove(place) {
                let known = self.model.store.account(&to).unwrap().capabilities.clone();
                self.answer(id, Ok(small_world(&query, known)));
            }
        }
    }

    /// Presses keys: letters as they are, others by name in angle brackets. Gives what came of the last one.
    pub(crate) fn press(&mut self, keys: &str) -> Effects {
        let mut last = Effects::new();
        for key in parse(keys) {
            last = self.0.press(key);
        }
        last
    }

    /// Lets time pass; timers that are due fire.
    pub(crate) fn wait(&mut self, milliseconds: u64) -> Effects {
        self.0.wait(Duration::from_millis(milliseconds))
    }

    pub(crate) fn answer(&mut self, id: RequestId, reply: Result<Answer, ApiError>) -> Effects {
        self.send(Msg::Answered(id, reply))
    }

    /// The name of the latest question that `which` picks, among the effects since the last call.
    pub(crate) fn asked(&mut self, which: impl Fn(&Query) -> bool) -> RequestId {
        let found = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Query { id, query, .. } if which(query) => Some(*id),
            _ => None,
        });
        found.expect("such a question was asked")
    }

    /// The question for a plan that was asked last.
    pub(crate) fn planning(&self) -> (RequestId, orgdeck::domain::Wish) {
        let found = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Prepare { id, wish } => Some((*id, wish.clone())),
            _ => None,
        });
        found.expect("a plan was asked for")
    }

    /// Answers the question for a plan, and lets the frame with it be looked at.
    pub(crate) fn prepared(&mut self, plan: Plan) -> Effects {
        let (id, _) = self.planning();
        self.send(Msg::Prepared(id, Ok(plan)))
    }

    pub(crate) fn on(mut self, pane: Pane) -> Self {
        self.model.panes.focus = pane;
        self
    }

    /// What the status line says.
    pub(crate) fn hint(&self) -> &str {
        self.model.notices.hint.as_ref().map_or("", Text::raw)
    }

    /// The names of the organizations in the order they are shown.
    pub(crate) fn org_names(&self) -> Vec<String> {
        let lists = self.model.org_lists();
        let places = self.model.panes.orgs.order.places.iter();
        places
            .map(|place| {
                orgdeck::job::order::row(&lists, *place)
                    .item
                    .display_name()
                    .raw()
                    .to_owned()
            })
            .collect()
    }
}

/// What a service with two organizations answers.
pub(crate) fn small_world(query: &Query, known: Capabilities) -> Answer {
    let acme = org_id("shop", "acme");
    match query {
        Query::WhoAmI => Answer::Principal(Principal {
            kind: PrincipalKind::Service,
            user: None,
            label: Text::from("instance key"),
            email: Told::Empty,
            stage: Told::Is(Stage::Development),
        }),
        Query::Probe => Answer::Capabilities(Box::new(known)),
        Query::Org(OrgAt::Id(id)) => {
            Answer::Org(Box::new(org(id.profile().as_str(), id.raw(), "Acme Shop")))
        }
        Query::Orgs { .. } => Answer::Orgs(Page::whole(vec![
            Row::whole(org("shop", "acme", "Acme Shop")),
            Row::whole(org("shop", "quay", "Quay Services")),
        ])),
        Query::Members { org, .. } => Answer::Members(Page::whole(vec![
            Row::whole(member(org, "ana", "admin")),
            Row::whole(member(org, "bo", "member")),
            Row::whole(member(org, "cleo", "member")),
        ])),
        Query::Invites { org, .. } => Answer::Invites(Page::whole(vec![
            Row::whole(invite(org.as_ref().unwrap_or(&acme), "jon@old.example")),
            Row::whole(invite(org.as_ref().unwrap_or(&acme), "hal@acme.example")),
        ])),
        Query::Roles { .. } => Answer::roles(vec![ranked("admin", 0), ranked("member", 1)]),
        Query::Memberships { .. } => {
            let rows = ["acme", "quay"].map(|key| membership(&org_id("shop", key), "bo"));
            Answer::Memberships(Page::whole(rows.map(Row::whole).into()))
        }
        Query::Raw(_) => Answer::Json(Text::from("{\n  \"id\": \"acme\"\n}")),
        Query::Metadata { .. } => Answer::Json(Text::from("{\n  \"plan\": \"gold\"\n}")),
        other => panic!("the small world does not know {other:?}"),
    }
}

/// A membership seen from the person, as a member.
pub(crate) fn membership(org: &OrgId, key: &str) -> Membership {
    Membership {
        member: member(org, key, "member"),
        org_name: Told::Unknown,
    }
}

fn ranked(key: &str, level: u8) -> Role {
    Role {
        level: Some(level),
        ..Role::named(key)
    }
}

/// Keys as a script writes them.
pub(crate) fn parse(script: &str) -> Vec<Key> {
    orgdeck::rig::keys(script).unwrap()
}
