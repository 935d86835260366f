//! Models made by hand: what the core would hold after some reading, in every state that a screen
//! has to show.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use orgdeck::app::Model;
use orgdeck::app::model::{Color, Lines, Settings, Source};
use orgdeck::app::place::{self, Pane, Size};
use orgdeck::app::store::{Account, Health, Loaded, Store};
use orgdeck::domain::capabilities::{RoleCount, Vocabulary};
use orgdeck::domain::connection::{Access, Stage};
use orgdeck::domain::invite::Link;
use orgdeck::domain::member::Mine;
use orgdeck::domain::rows::Keyed;
use orgdeck::domain::{
    ApiError, Assignment, Attribute, Capabilities, Connection, Cursor, Fault, Fidelity, FieldKind,
    FieldSpec, Invite, InviteId, InviteRef, InviteStatus, Logo, Member, MemberId, MemberRef,
    Moment, Next, Now, Offer, Org, OrgId, Page, Principal, PrincipalKind, Profile, Role, RoleKey,
    Row, Text, Told, UserId, Value, Verb,
};
use orgdeck::job::Feed;

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
    captain.roles = Told::Is(vec![
        held("Pilot", None),
        held("Admin", Some(0)),
        held("Night shift", None),
    ]);
    captain.is_me = Told::Is(Mine::Own);
    let mut broken = Row::wanted(id(4));
    let refused = ApiError::new(Verb::MemberShow, Fault::TimedOut);
    broken.detail = orgdeck::domain::Detail::Failed(Box::new(refused));
    let mut odd = Row::wanted(id(5));
    odd.detail = orgdeck::domain::Detail::Unreadable(Text::from("\"id\" is a list"));
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
    model.panes.focus = Pane::Members;
    model.panes.members = Default::default();
    model.panes.invites = Default::default();
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
    let orgs = model.org_lists();
    model.panes.orgs.arrange(&orgs);
    model.panes.orgs.find_cursor(&orgs);
    model.panes.orgs.follow(height(Pane::Orgs));
    let members = model.member_lists();
    model.panes.members.arrange(&members);
    model.panes.members.find_cursor(&members);
    model.panes.members.follow(height(Pane::Members));
    let invites = model.invite_lists();
    model.panes.invites.arrange(&invites);
    model.panes.invites.find_cursor(&invites);
    model.panes.invites.follow(height(Pane::Invites));
}

// Feeds in their states.

/// A list that was read as a whole.
pub(crate) fn whole<T: Keyed + Clone + PartialEq>(rows: Vec<Row<T>>) -> Feed<T> {
    let mut feed = Feed::default();
    feed.start();
    feed.next(1, []);
    feed.page(&Cursor::FIRST, Page::whole(rows));
    feed
}

/// A list of which a first page is here, out of so many rows.
pub(crate) fn begun<T: Keyed + Clone + PartialEq>(
    rows: Vec<Row<T>>,
    total: Option<u64>,
) -> Feed<T> {
    let mut feed = Feed::default();
    feed.start();
    feed.next(1, []);
    let page = Page {
        rows,
        total,
        next: Next::One(Cursor::at("next")),
    };
    feed.page(&Cursor::FIRST, page);
    feed
}

/// A list whose first page is under way.
pub(crate) fn asked<T: Keyed + Clone + PartialEq>() -> Feed<T> {
    let mut feed = Feed::default();
    feed.start();
    feed.next(1, []);
    feed
}

/// The same list after a reading that failed; what was there stays.
pub(crate) fn failed<T: Keyed + Clone + PartialEq>(mut feed: Feed<T>, error: ApiError) -> Feed<T> {
    feed.start();
    feed.next(1, []);
    feed.page_failed(&Cursor::FIRST, error);
    feed
}

/// A refusal with everything that a service can say about it.
pub(crate) fn unavailable(verb: Verb) -> ApiError {
    ApiError {
        status: Some(503),
        words: Some(Text::from("upstream is down for maintenance")),
        trace: Some(Text::from("req_7f3a9c")),
        ..ApiError::new(verb, Fault::Unavailable)
    }
}

// Accounts.

fn account(name: &str, (service, short): (&'static str, &'static str)) -> Account {
    let connection = Connection {
        profile: profile(name),
        service,
        short,
        url: Text::from("https://api.example"),
        production: Told::Is(Stage::Development),
        access: Access::Full,
    };
    Account::new(connection, Capabilities::offering(&[]))
}

/// A production account: roles and invites, no e-mail addresses of others.
pub(crate) fn balena() -> Account {
    let mut account = account("prod", ("balena", "bal"));
    account.connection.production = Told::Is(Stage::Production);
    account.capabilities = Capabilities {
        untold: &["name", "email", "last_active"],
        attributes: &[
            ("company_name", "Company"),
            ("website", "Website"),
            ("industry", "Industry"),
        ],
        slug_word: "handle",
        invite: vec![
            FieldSpec::required("email", "E-mail", FieldKind::Email),
            FieldSpec::optional("role", "Role", FieldKind::Role)
                .hint("none named: the service's own, member"),
            FieldSpec::optional("message", "Message", FieldKind::Message),
            FieldSpec::absent("expires_in_days", "Expires", "balena's invites have no end"),
        ],
        ..offering(&[
            (Verb::MemberAdd, Offer::No("an invite is the only way in")),
            (Verb::MetadataShow, Offer::No(NO_METADATA)),
            (Verb::MetadataSet, Offer::No(NO_METADATA)),
        ])
    };
    account.principal = Loaded::Yes(principal(PrincipalKind::User, "ana"));
    account
}

const NO_METADATA: &str = "the service keeps no metadata";

/// An instance key: every fact is told, invites have an end.
pub(crate) fn clerk() -> Account {
    let mut account = account("shop", ("clerk", "clk"));
    account.capabilities = Capabilities {
        slug_word: "slug",
        attributes: &[
            ("max_allowed_memberships", "Member limit"),
            ("public_metadata", "Public metadata"),
        ],
        invite: vec![
            FieldSpec::required("email", "E-mail", FieldKind::Email),
            FieldSpec::required("role", "Role", FieldKind::Role),
            FieldSpec::absent("message", "Message", "invites carry no text here"),
            FieldSpec::optional("redirect_url", "Redirect", FieldKind::Url)
                .hint("where the link leads once it was accepted"),
            FieldSpec::optional(
                "expires_in_days",
                "Expires",
                FieldKind::Number { min: 1, max: 365 },
            )
            .hint("days; blank is the service's own, 30"),
            FieldSpec::optional("notify", "Send mail", FieldKind::Flag),
        ],
        invite_lists: &[InviteStatus::Pending, InviteStatus::Expired],
        ..offering(&[(
            Verb::MemberLeave,
            Offer::No("an instance key is a member of nothing"),
        )])
    };
    account.principal = Loaded::Yes(principal(PrincipalKind::Service, "ins_2live"));
    account
}

/// Members one by one, several roles, invites that cannot be listed.
pub(crate) fn vulos() -> Account {
    let mut account = account("me", ("vulos", "vul"));
    account.capabilities = Capabilities {
        role_count: RoleCount::Any,
        vocabulary: Vocabulary::Free(vec![Role::named("Admin"), Role::named("Member")]),
        untold: &["username", "joined", "last_active"],
        attributes: &[("website", "Website"), ("tax_number", "Tax number")],
        invite: vec![
            FieldSpec::required("email", "E-mail", FieldKind::Email),
            FieldSpec::absent(
                "role",
                "Role",
                "roles are given to members, after they have joined",
            ),
            FieldSpec::absent("message", "Message", BARE),
        ],
        invite_lists: &[],
        notes: vec![Text::from(
            "only four role names carry rights; any other is a label",
        )],
        ..offering(&[
            (Verb::InviteList, Offer::No("the service has no such list")),
            (
                Verb::InviteRevoke,
                Offer::No("no call takes an invite back"),
            ),
            (Verb::InviteResend, Offer::Composed(&[Verb::InviteCreate])),
            (
                Verb::MemberRole,
                Offer::Composed(&[Verb::MemberRoles, Verb::MemberRole]),
            ),
            (Verb::LogoSet, Offer::No("the service keeps no logos")),
            (Verb::LogoRemove, Offer::No("the service keeps no logos")),
        ])
    };
    account.principal = Loaded::Yes(principal(PrincipalKind::User, "Inês Moreira"));
    account
}

const BARE: &str = "an invite is an address and nothing else";

/// Everything, but for what is named.
fn offering(but: &[(Verb, Offer)]) -> Capabilities {
    let all: Vec<(Verb, Offer)> = Verb::ALL
        .iter()
        .map(|verb| (*verb, Offer::Native))
        .collect();
    let mut capabilities = Capabilities::offering(&all);
    let resend = Offer::Composed(&[Verb::InviteRevoke, Verb::InviteCreate]);
    capabilities.set_offer(Verb::InviteResend, resend);
    for (verb, offer) in but {
        capabilities.set_offer(*verb, *offer);
    }
    capabilities.undo = &[(
        Verb::InviteRevoke,
        Fidelity::Partly("a new invite with a new mail and a new link"),
    )];
    capabilities
}

fn principal(kind: PrincipalKind, label: &str) -> Principal {
    Principal {
        kind,
        user: None,
        label: Text::from(label),
        email: Told::Unknown,
        stage: Told::Unknown,
    }
}

// Records.

/// An organization with counts.
pub(crate) fn org(id: &OrgId, name: &str, (members, invites): (u64, u64)) -> Org {
    Org {
        name: Told::Is(Text::from(name)),
        slug: Told::Is(Text::from(name.to_lowercase().replace(' ', "-"))),
        created: Told::Is(days_ago(742)),
        updated: Told::Is(days_ago(3)),
        logo: Told::Empty,
        members: Told::Is(members),
        invites: Told::Is(invites),
        ..Org::reference(id.clone())
    }
}

fn shop_in_full() -> Org {
    let metadata = serde_json::json!({
        "plan": "gold", "regions": ["eu", "us"], "note": "größtes Geschäft 🛒"
    });
    Org {
        logo: Told::Is(Logo {
            url: Told::Is(Text::from("https://img.example/shop.png")),
        }),
        attributes: vec![
            Attribute::new("max_allowed_memberships", Told::Is(Value::Number(50))),
            Attribute::new("public_metadata", Told::Is(Value::Json(metadata))),
        ],
        ..org(&shop(), "Acme Shop", (9, 6))
    }
}

/// A role of the instance.
pub(crate) fn clerk_role(name: &str) -> Role {
    Role {
        key: RoleKey(Text::from(format!("org:{name}"))),
        name: Text::from(name),
        id: None,
        level: Some(u8::from(name != "admin")),
    }
}

fn held(name: &str, level: Option<u8>) -> Assignment {
    let mut role = Role::named(name);
    role.level = level;
    Assignment { role, id: None }
}

/// A member of Acme Shop of whom everything is told.
pub(crate) fn member(number: usize, (name, email): (&str, &str), role: &str) -> Member {
    let user = UserId::new(shop().profile(), format!("user_{number}"));
    let id = MemberId::new(shop().profile(), format!("orgmem_{number}"));
    let day = i64::try_from(number).unwrap();
    Member {
        user: Told::Is(user.clone()),
        name: Told::Is(Text::from(name)),
        username: Told::Empty,
        email: Told::Is(Text::from(email)),
        roles: Told::Is(vec![Assignment {
            role: clerk_role(role),
            id: None,
        }]),
        joined: Told::Is(days_ago(300 + day * 7)),
        last_active: Told::Is(hours_ago(day * day * 11)),
        is_me: Told::Unknown,
        ..Member::reference(MemberRef::user(&shop(), &user), id)
    }
}

fn shop_members() -> Vec<Row<Member>> {
    let people = [
        (("Ana Costa", "ana@acme.example"), "admin"),
        (("Bo Lindqvist", "bo@acme.example"), "member"),
        (("Cleo Okafor", "cleo@partner.example"), "member"),
        (("Dee Moreau", "dee@acme.example"), "admin"),
        (("Emre Yıldız", "emre@acme.example"), "member"),
        (("高橋 文子", "fumiko@acme.example"), "member"),
        (("جيل حدّاد", "gil@acme.example"), "member"),
        (("Hedda Ångström", "hedda@acme.example"), "billing"),
        (("Max 👨‍👩‍👧‍👦 Fünf", "max@acme.example"), "member"),
    ];
    let rows = people.iter().enumerate();
    rows.map(|(number, (who, role))| Row::whole(member(number, *who, role)))
        .collect()
}

/// An invite to Acme Shop, sent so many days ago and valid for so many.
pub(crate) fn invite(number: usize, email: &str, (sent, valid): (i64, i64)) -> Invite {
    let org = shop();
    Invite {
        at: InviteRef {
            id: InviteId::new(org.profile(), format!("orginv_{number}")),
            org,
        },
        org_name: Told::Unknown,
        email: Told::Is(Text::from(email)),
        role: Told::Is(clerk_role("member")),
        status: InviteStatus::Pending,
        created: Told::Is(days_ago(sent)),
        expires: Told::Is(days_ago(sent - valid)),
        inviter: Told::Is(Text::from("ana@acme.example")),
        message: Told::Unknown,
        has_link: Told::Is(Link::Held),
        metadata: Told::Empty,
        redirect: Told::Unknown,
    }
}

fn shop_invites() -> Vec<Row<Invite>> {
    let mut admin = invite(2, "ivy@partner.example", (6, 30));
    admin.role = Told::Is(clerk_role("admin"));
    admin.inviter = Told::Is(Text::from("dee@acme.example"));
    let mut accepted = invite(4, "mia+shop@acme.example", (4, 30));
    accepted.status = InviteStatus::Accepted;
    let mut odd = invite(5, "юля@пример.example", (1, 30));
    odd.status = InviteStatus::Other(Text::from("held\u{202e}back"));
    odd.expires = Told::Empty;
    odd.role = Told::Unknown;
    [
        invite(1, "jon@old.example", (33, 30)),
        admin,
        invite(3, "lea@acme.example", (5, 7)),
        accepted,
        odd,
        invite(6, "hal@acme.example", (2, 30)),
    ]
    .map(Row::whole)
    .into()
}

/// Names that break terminals, tables and minds.
pub(crate) const HARD_NAMES: &[&str] = &[
    "plain",
    "",
    " ",
    "\u{3000}\u{3000}",
    "\u{200b}\u{200b}",
    "高橋文子高橋文子高橋文子高橋文子",
    "ﾊﾝｶｸｶﾀｶﾅﾞﾟ",
    "한국어 이름이 아주 길어요 정말로",
    "👨‍👩‍👧‍👦 family 👩🏽‍🚀 astronaut",
    "🇳🇬🇩🇪🇯🇵 flags",
    "❤️ ☺️ ✈️ ©️ with selectors",
    "❤ ☺ ✈ © without",
    "e\u{301}e\u{301}e\u{301} combining",
    "V\u{337}\u{322}\u{334}\u{303}\u{336}\u{300}\u{338}\u{331}\u{337}\u{322}lad zalgo",
    "क्षितिज शर्मा",
    "ประเทศไทย",
    "جيل حدّاد",
    "נועה לוי",
    "photo\u{202e}gnp.exe",
    "\u{2066}isolated\u{2069}",
    "\u{1b}[31mred\u{1b}[0m",
    "\u{9b}31mcsi",
    "\u{7}\u{8}\u{c}\u{7f}bell",
    "two\r\nlines\tand tab",
    "\u{e0041}\u{e0042}tags",
    "│ box ║ lines ┘",
    "⟦ brackets ⟧",
    "Ana                                        administrator",
    "=cmd|' /C calc'!A0",
    "../../etc/passwd?x=%00&y=#",
    "ÄÖÜ ﬀ ligature ǅ",
    "Ꙭꙮ wide eye",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 astral",
    "﷽ one character wide",
    "\u{fe0f}\u{20e3}1\u{fe0f}\u{20e3} keycaps",
    "\u{feff}bom",
    "soft\u{ad}hyphen",
    "a\u{2028}b\u{2029}c",
];

/// Acme Shop with a member and an invite for each of the hard names; the organization has one too.
pub(crate) fn hard_names() -> Model {
    let mut model = seven_orgs();
    let visit = model.store.visit_mut(&shop()).unwrap();
    let names = || HARD_NAMES.iter().enumerate();
    let person = |(number, name): (usize, &&str)| {
        let mut member = member(number, (name, name), "member");
        member.roles = Told::Is(vec![held(name, None), held("second", None)]);
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
    let mut named = shop_in_full();
    named.name = Told::Is(Text::from("Shop \u{202e}poh\u{202c} 商店 👨‍👩‍👧‍👦"));
    named.attributes.push(Attribute::text(
        "website",
        Some(Text::from("https://\u{1b}]0;title\u{7}.example/ﷺ")),
    ));
    all.insert(0, Row::whole(named));
    model.store.accounts[1].orgs = whole(all);
    model
}
