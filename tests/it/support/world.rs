//! Models made by hand: what the core would hold after some reading, in every state that a screen
//! has to show.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use orgdeck::app::Model;
use orgdeck::app::cursor::{Hold, List};
use orgdeck::app::model::{Color, Lines, Settings, Source};
use orgdeck::app::place::{self, Pane, Size};
use orgdeck::app::store::{Account, Health, Loaded, Store};
use orgdeck::domain::member::Mine;
use orgdeck::domain::{
    ApiError, Attribute, Detail, Fault, Member, MemberId, MemberRef, Moment, Now, Org, OrgId,
    Profile, Refresh, Row, Text, Told, UserId, Verb,
};

mod accounts;
mod feeds;
mod hard;
mod records;
mod tasks;

pub(crate) use accounts::*;
pub(crate) use feeds::*;
pub(crate) use hard::HARD_NAMES;
pub(crate) use records::*;
pub(crate) use tasks::*;

/// The time of every model: a Saturday, 11:42:10.
pub(crate) fn now() -> Now {
    Now {
        moment: Moment(Duration::from_millis(90_250)),
        wall: "2026-03-14T11:42:10Z".parse().unwrap(),
    }
}

/// A time so many days before now; negative ones are ahead.
pub(crate) fn days_ago(days: i64) -> Timestamp {
    hours_ago(days * 24)
}

/// A moment so many milliseconds before now.
pub(crate) fn before_now(milliseconds: u64) -> Moment {
    let ago = Duration::from_millis(milliseconds);
    Moment(now().moment.0.saturating_sub(ago))
}

pub(crate) fn hours_ago(hours: i64) -> Timestamp {
    now().wall - jiff::SignedDuration::from_hours(hours)
}

pub(crate) fn profile(name: &str) -> Profile {
    Profile::new(name)
}

pub(crate) fn org_id(profile_name: &str, id: &str) -> OrgId {
    OrgId::new(&profile(profile_name), id)
}

/// The organization that most tests open: Acme Shop on Clerk.
pub(crate) fn shop() -> OrgId {
    org_id("shop", "org_2shop")
}

/// The production one on balena.
pub(crate) fn fleet() -> OrgId {
    org_id("prod", "100201")
}

/// The one on Vulos, which has no list of invites.
pub(crate) fn harbour() -> OrgId {
    org_id("me", "58")
}

fn settings() -> Settings {
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

/// A model over these accounts at 80x24.
pub(crate) fn model(accounts: Vec<Account>) -> Model {
    let size = Size {
        width: 80,
        height: 24,
    };
    let mut model = Model::new(size, settings(), Store::new(accounts));
    model.now = now();
    model
}

/// Three accounts of which nothing was read.
pub(crate) fn unread() -> Model {
    model(vec![balena(), clerk(), vulos()])
}

/// Two organizations on two services, both read as a whole, the second one open.
pub(crate) fn two_orgs() -> Model {
    let mut balena = balena();
    let mut clerk = clerk();
    balena.orgs = whole(vec![Row::whole(org(&fleet(), "Acme Fleet", (12, 3)))]);
    clerk.orgs = whole(vec![Row::whole(org(&shop(), "Acme Shop", (3, 2)))]);
    let mut model = model(vec![balena, clerk]);
    read_now(&mut model);
    open(&mut model, &shop());
    model
}

/// The seven organizations of the pictures; Acme Shop is open with its members and invites.
pub(crate) fn seven_orgs() -> Model {
    let (mut balena, mut clerk, mut vulos) = (balena(), clerk(), vulos());
    balena.orgs = whole(vec![
        Row::whole(org(&fleet(), "Acme Fleet", (12, 3))),
        Row::whole(org(&org_id("prod", "100202"), "Acme Labs", (4, 0))),
    ]);
    clerk.orgs = whole(vec![
        Row::whole(shop_in_full()),
        Row::whole(org(&org_id("shop", "org_2sand"), "Acme Sandbox", (3, 0))),
        Row::whole(org(
            &org_id("shop", "org_2port"),
            "Partner Portal",
            (318, 9),
        )),
    ]);
    let mut pilots = org(&harbour(), "Harbour Pilots", (2, 0));
    pilots.invites = Told::Unknown;
    vulos.orgs = whole(vec![
        Row::whole(pilots),
        Row::wanted(Org::reference(org_id("me", "59"))),
    ]);
    vulos.health = Health::Slow(Duration::from_millis(2_100));
    let mut model = model(vec![balena, clerk, vulos]);
    read_now(&mut model);
    open(&mut model, &shop());
    let visit = model.store.visit_mut(&shop()).unwrap();
    visit.members = whole(shop_members());
    visit.invites = vec![whole(shop_invites()), whole(Vec::new())];
    visit.roles = Loaded::Yes(vec![clerk_role("admin"), clerk_role("member")]);
    model
}

/// The same with the organization on Vulos open, some of its members still on their way.
pub(crate) fn harbour_open() -> Model {
    let mut model = seven_orgs();
    open(&mut model, &harbour());
    let id = |number: u32| {
        let user = UserId::new(harbour().profile(), format!("70{number}"));
        let id = MemberId::new(harbour().profile(), format!("90{number}"));
        let mut member = Member::reference(MemberRef::id(&harbour(), &id), id);
        member.user = Told::Is(user);
        member
    };
    let mut captain = id(1);
    captain.name = Told::Is(Text::from("Inês Moreira"));
    captain.email = Told::Is(Text::from("ines@pilots.example"));
    captain.roles = Told::Is(
        [
            held("Pilot", None),
            held("Admin", Some(0)),
            held("Night shift", None),
        ]
        .into(),
    );
    captain.is_me = Told::Is(Mine::Own);
    let mut broken = Row::wanted(id(4));
    let refused = ApiError::new(Verb::MemberShow, Fault::TimedOut);
    broken.detail = Detail::Failed(Box::new(refused));
    let mut odd = Row::wanted(id(5));
    odd.detail = Detail::Unreadable(Text::from("\"id\" is a list"));
    let rows = vec![
        Row::whole(captain),
        Row::wanted(id(2)),
        Row::wanted(id(3)),
        broken,
        odd,
    ];
    model.store.visit_mut(&harbour()).unwrap().members = whole(rows);
    model
}

/// Makes an organization the open one, with the cursor of pane 1 on it and the focus on its members.
pub(crate) fn open(model: &mut Model, org: &OrgId) {
    model.store.open(org);
    model.panes.open = Some(org.clone());
    model.panes.orgs.cursor = Some(org.clone());
    model.panes.orgs.hold = Hold::Record;
    model.panes.focus = Pane::Members;
    model.panes.members = List::default();
    model.panes.invites = List::default();
}

fn read_now(model: &mut Model) {
    for account in &mut model.store.accounts {
        account.read_at = Some(now().wall - jiff::SignedDuration::from_secs(14));
        if account.health == Health::Untried {
            account.health = Health::Fine;
        }
    }
}

/// Puts the lists of a model in order, as the core does after every message.
pub(crate) fn arrange(model: &mut Model) {
    let panes = model.layout().panes;
    let height = |pane: Pane| usize::from(place::list_height(panes[pane.index()]));
    let now = model.now.moment;
    let orgs = model.org_lists();
    model.panes.orgs.settle(&orgs, height(Pane::Orgs), now);
    let members = model.member_lists();
    model
        .panes
        .members
        .settle(&members, height(Pane::Members), now);
    let invites = model.invite_lists();
    model
        .panes
        .invites
        .settle(&invites, height(Pane::Invites), now);
}

/// Acme Shop with a member and an invite for each of the hard names; the organization has one too.
pub(crate) fn hard_names() -> Model {
    names(HARD_NAMES)
}

/// The same for other names.
pub(crate) fn names(names: &[&str]) -> Model {
    let mut model = seven_orgs();
    let visit = model.store.visit_mut(&shop()).unwrap();
    let names = || names.iter().enumerate();
    let person = |(number, name): (usize, &&str)| {
        let mut member = member(number, (name, name), "member");
        member.roles = Told::Is([held(name, None), held("second", None)].into());
        Row::whole(member)
    };
    let guest = |(number, name): (usize, &&str)| {
        let mut invite = invite(number, name, (2, 30));
        invite.inviter = Told::Is(Text::from(*name));
        Row::whole(invite)
    };
    visit.members = whole(names().map(person).collect());
    visit.invites = vec![whole(names().map(guest).collect())];
    let orgs = names().map(|(number, name)| {
        let id = org_id("shop", &format!("org_{number}"));
        Row::whole(org(&id, name, (1, 1)))
    });
    let mut all: Vec<Row<Org>> = orgs.collect();
    let mut shop = shop_in_full();
    shop.name = Told::Is(Text::from("Shop \u{202e}poh\u{202c} 商店 👨‍👩‍👧‍👦"));
    shop.attributes.push(Attribute::text(
        "website",
        Some(Text::from("https://\u{1b}]0;title\u{7}.example/ﷺ")),
    ));
    all.insert(0, Row::whole(shop));
    model.store.accounts[1].orgs = whole(all);
    model
}
