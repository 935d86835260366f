//! The lists of a service: organizations, members, memberships, invites, roles, users, and who we are.

use std::sync::Arc;

use futures_util::FutureExt as _;

use super::drain::{List, Out, drain};
use super::list::{self, More};
use super::wanted;
use crate::cli::args::Listing;
use crate::cli::complaint::{Complaint, Halt};
use crate::cli::desk::Desk;
use crate::cli::resolve;
use crate::cli::rows::{
    self, INVITES, Kind, MEMBERS, MEMBERSHIPS, ORGS, ROLES, Sink, USERS, View, WHOAMI,
};
use crate::domain::capabilities::Vocabulary;
use crate::domain::query::{OrgAt, Scope, Start};
use crate::domain::{
    Answer, ApiError, Cursor, Detail, Fact, Fault, Invite, InviteStatus, Member, Membership, Org,
    OrgId, Profile, Query, Role, RoleKey, Row, Text, Told, User, UserAt, UserId, Verb,
};
use crate::provider::link::Link;

/// The fields of organizations that a service searches when it searches.
const OF_ORGS: &[&str] = &["", "name", "slug"];

/// The same of members. A word alone may also be a role, which no service searches.
const OF_MEMBERS: &[&str] = &["name", "username", "email"];

/// A list under construction.
struct Wish<'a> {
    kind: &'static Kind,
    links: &'a [Arc<Link>],
    view: &'a View,
}

impl Wish<'_> {
    async fn read(
        self,
        desk: &Desk,
        sink: Sink,
        read: impl Fn(Arc<Link>, Out) -> super::drain::Reading,
    ) -> Result<u8, Halt> {
        let list = List {
            kind: self.kind,
            links: self.links,
            view: self.view,
            clock: desk.clock,
        };
        drain(list, sink, read).await
    }
}

/// `org list`.
pub(in crate::cli) async fn orgs(desk: &Desk, listing: &Listing) -> Result<u8, Halt> {
    let (mut view, sink) = wanted(desk, &ORGS, listing)?;
    let links = &desk.links(None)?;
    let starts = starts(&mut view, links, Verb::OrgList);
    let (kind, view) = (&ORGS, &view);
    let text = view.filter.sought(OF_ORGS).map(Text::from);
    let wish = Wish { kind, links, view };
    wish.read(desk, sink, |link, out| {
        let (text, start) = (text.clone(), starts(&link));
        async move {
            let question = |page: Cursor| Query::Orgs {
                scope: Scope::Own,
                text: text.clone(),
                page,
            };
            let record = |org: &Org| rows::org(&link.connection, org);
            let put = async |row: Row<Org>| out.row(Verb::OrgList, row, record).await;
            list::rows_from(&link, start, question, put).await
        }
        .boxed_local()
    })
    .await
}

/// `member list`.
pub(in crate::cli) async fn members(
    desk: &Desk,
    address: &str,
    listing: &Listing,
) -> Result<u8, Halt> {
    let (mut view, sink) = wanted(desk, &MEMBERS, listing)?;
    let (link, org) = resolve::org_id(desk, address, Verb::MemberList).await?;
    let role = role_of(&link, &org, &view).await;
    let links = &[link];
    let starts = starts(&mut view, links, Verb::MemberList);
    let (kind, view) = (&MEMBERS, &view);
    let text = view.filter.sought(OF_MEMBERS).map(Text::from);
    let wish = Wish { kind, links, view };
    wish.read(desk, sink, |link, out| {
        let (org, text, role) = (org.clone(), text.clone(), role.clone());
        let start = starts(&link);
        async move {
            let question = |page: Cursor| Query::Members {
                org: org.clone(),
                role: role.clone(),
                text: text.clone(),
                page,
            };
            let put = async |row: Row<Member>| out.row(Verb::MemberList, row, rows::member).await;
            list::rows_from(&link, start, question, put).await
        }
        .boxed_local()
    })
    .await
}

/// `invite list`, of one organization or of all.
pub(in crate::cli) async fn invites(
    desk: &Desk,
    address: Option<&str>,
    (status, listing): (Option<&str>, &Listing),
) -> Result<u8, Halt> {
    let (mut view, sink) = wanted(desk, &INVITES, listing)?;
    let (links, org) = match address {
        Some(profile) if !profile.contains('/') => return Err(whole_profile(profile)),
        Some(address) => {
            let (link, org) = resolve::org_id(desk, address, Verb::InviteList).await?;
            (vec![link], Some(org))
        }
        None => (desk.links(None)?, None),
    };
    let status = status.map(status_of);
    let now = desk.clock.now().wall;
    let of = |link: &Link, view: &View| statuses(link, status.as_ref(), view);
    let lists: usize = links.iter().map(|link| of(link, &view).len()).sum();
    let start = match links.as_slice() {
        // Rows of another status are passed over here, so that the service cannot count them off.
        [link] if lists == 1 && status.is_none() => {
            view.start(&link.capabilities(), Verb::InviteList, 1)
        }
        _ => Start::default(),
    };
    view.leave_out(start);
    let (kind, links, view) = (&INVITES, &links, &view);
    let wish = Wish { kind, links, view };
    wish.read(desk, sink, |link, out| {
        let (org, status) = (org.clone(), status.clone());
        let statuses = statuses(&link, status.as_ref(), view);
        async move {
            link.check(Verb::InviteList)?;
            let wanted = status.as_ref();
            for status in statuses {
                let question = |page: Cursor| Query::Invites {
                    org: org.clone(),
                    status: Some(status.clone()),
                    page,
                };
                let record = |invite: &Invite| rows::invite(invite, link.theirs(now));
                let put = async |row: Row<Invite>| {
                    let is_other =
                        |wanted: &InviteStatus| row.item.status_at(link.theirs(now)) != *wanted;
                    if row.detail == Detail::Whole && wanted.is_some_and(is_other) {
                        return More::Wanted;
                    }
                    out.row(Verb::InviteList, row, record).await
                };
                list::rows_from(&link, start, question, put).await?;
            }
            Ok(())
        }
        .boxed_local()
    })
    .await
}

/// A profile is named where an organization could be.
fn whole_profile(profile: &str) -> Halt {
    let message = format!("`{profile}` is no PROFILE/ORG");
    let hint = format!("`orgdeck invite list --profile {profile}` lists those of a whole profile");
    Complaint::usage(message, hint).into()
}

fn status_of(word: &str) -> InviteStatus {
    match word {
        "pending" => InviteStatus::Pending,
        "expired" => InviteStatus::Expired,
        "accepted" => InviteStatus::Accepted,
        "revoked" => InviteStatus::Revoked,
        other => InviteStatus::Other(Text::from(other)),
    }
}

/// The one that is asked for, or those that the console shows, without those in which no row fits the filter.
/// What a service still calls pending may have ended by now, so that the ended ones are looked for among these
/// too.
fn statuses(link: &Link, wanted: Option<&InviteStatus>, view: &View) -> Vec<InviteStatus> {
    let mut lists = match wanted {
        None | Some(InviteStatus::Expired) => link.capabilities().invite_lists.to_vec(),
        Some(status) => vec![status.clone()],
    };
    let fits = |status: &InviteStatus| view.filter.may_be("status", &Fact::ours(status.key()));
    let may_fit = |status: &InviteStatus| match status {
        InviteStatus::Pending => fits(status) || fits(&InviteStatus::Expired),
        InviteStatus::Expired
        | InviteStatus::Accepted
        | InviteStatus::Revoked
        | InviteStatus::Other(_) => fits(status),
    };
    lists.retain(may_fit);
    lists
}

/// How each of these connections is to begin its list; what the only one does is taken out of the view.
fn starts(view: &mut View, links: &[Arc<Link>], verb: Verb) -> impl Fn(&Link) -> Start + use<> {
    let known: Vec<(Profile, Start)> = links
        .iter()
        .map(|link| {
            let start = view.start(&link.capabilities(), verb, links.len());
            (link.connection.profile.clone(), start)
        })
        .collect();
    if let [(_, only)] = known.as_slice() {
        view.leave_out(*only);
    }
    move |link| {
        let mut known = known.iter();
        let found = known.find(|(profile, _)| *profile == link.connection.profile);
        found.map_or_else(Start::default, |(_, start)| *start)
    }
}

/// The role that a filter names as a whole, as the service writes it: there it is compared letter by letter.
async fn role_of(link: &Link, org: &OrgId, view: &View) -> Option<RoleKey> {
    let named = view.filter.whole(&["role", "roles"])?;
    if link.capabilities().vocabulary != Vocabulary::Listed {
        return None;
    }
    let org = Some(org.clone());
    let Ok(Answer::Roles(roles)) = link.query(Query::Roles { org }).await else {
        return None;
    };
    let same = |role: &Role| role.key.raw().to_lowercase() == named;
    let known = roles.into_iter().filter_map(Row::known);
    let mut fitting = known.filter(same).map(|role| role.key);
    fitting.next().filter(|_| fitting.next().is_none())
}

/// `user memberships`.
pub(in crate::cli) async fn memberships(
    desk: &Desk,
    (profile, name): (&str, &str),
    listing: &Listing,
) -> Result<u8, Halt> {
    let (view, sink) = wanted(desk, &MEMBERSHIPS, listing)?;
    let link = Arc::clone(desk.link(profile)?);
    link.check(Verb::UserMemberships)
        .map_err(resolve::api(&link))?;
    let user = user_at(&link, name).await?;
    let (kind, links, view) = (&MEMBERSHIPS, &[link], &view);
    let wish = Wish { kind, links, view };
    wish.read(desk, sink, |link, out| {
        let user = user.clone();
        async move {
            let question = |page: Cursor| Query::Memberships {
                user: user.clone(),
                page,
            };
            let verb = Verb::UserMemberships;
            let put = async |mut row: Row<Membership>| {
                add_name(&link, &mut row.item).await;
                out.row(verb, row, rows::membership).await
            };
            list::rows(&link, question, put).await
        }
        .boxed_local()
    })
    .await
}

/// Asks for the organization's name where memberships come without; one that cannot be read stays unknown.
async fn add_name(link: &Link, membership: &mut Membership) {
    if membership.org_name != Told::Unknown {
        return;
    }
    let org = membership.member.at.org.clone();
    if let Ok(Answer::Org(org)) = link.query(Query::Org(OrgAt::Id(org))).await {
        membership.org_name = org.name;
    }
}

/// Whose memberships are meant. Where a service tells the caller's own only, the caller may be named as
/// `whoami` names them.
async fn user_at(link: &Link, name: &str) -> Result<UserAt, Halt> {
    let profile = &link.connection.profile;
    if name == "me" {
        return Ok(UserAt::Me(profile.clone()));
    }
    if link.capabilities().refusal(Verb::UserFind).is_none() {
        return resolve::user(link, name).await.map(UserAt::Id);
    }
    let me = link
        .query(Query::WhoAmI)
        .await
        .map_err(resolve::api(link))?;
    if let Answer::Principal(me) = me {
        let is_me = me.user.as_ref().is_some_and(|user| user.raw() == name)
            || me.label.raw() == name
            || me.email.known().is_some_and(|email| email.raw() == name);
        if is_me {
            return Ok(UserAt::Me(profile.clone()));
        }
    }
    if name.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(UserAt::Id(UserId::new(profile, name)));
    }
    Ok(UserAt::Name(profile.clone(), Text::from(name)))
}

/// `user find`.
pub(in crate::cli) async fn users(
    desk: &Desk,
    (profile, text): (&str, &str),
    listing: &Listing,
) -> Result<u8, Halt> {
    let (view, sink) = wanted(desk, &USERS, listing)?;
    let link = Arc::clone(desk.link(profile)?);
    let (kind, links, view) = (&USERS, &[link], &view);
    let text = Text::from(text);
    let wish = Wish { kind, links, view };
    wish.read(desk, sink, |link, out| {
        let text = text.clone();
        async move {
            let question = |page: Cursor| Query::Users {
                text: text.clone(),
                beside: None,
                page,
            };
            let put = async |row: Row<User>| out.row(Verb::UserFind, row, rows::user).await;
            list::rows(&link, question, put).await
        }
        .boxed_local()
    })
    .await
}

/// `role list`, of a profile or of an organization.
pub(in crate::cli) async fn roles(desk: &Desk, place: &str, listing: &Listing) -> Result<u8, Halt> {
    let (view, sink) = wanted(desk, &ROLES, listing)?;
    let (link, org) = match place.split_once('/') {
        Some(_) => {
            let (link, org) = resolve::org_id(desk, place, Verb::RoleList).await?;
            (link, Some(org))
        }
        None => (Arc::clone(desk.link(place)?), None),
    };
    let (kind, links, view) = (&ROLES, &[link], &view);
    let wish = Wish { kind, links, view };
    wish.read(desk, sink, |link, out| {
        let org = org.clone();
        async move { given(&link, org, &out).await }.boxed_local()
    })
    .await
}

async fn given(link: &Link, org: Option<OrgId>, out: &Out) -> Result<(), ApiError> {
    let Answer::Roles(roles) = link.query(Query::Roles { org: org.clone() }).await? else {
        return Err(ApiError::new(Verb::RoleList, Fault::Missing));
    };
    let record = |role: &Role| rows::role(&link.connection.profile, org.as_ref(), role);
    for role in roles {
        if out.row(Verb::RoleList, role, record).await == More::Enough {
            break;
        }
    }
    Ok(())
}

/// `whoami` and `profile test`: one read on each profile.
pub(in crate::cli) async fn whoami(
    desk: &Desk,
    profile: Option<&str>,
    listing: &Listing,
) -> Result<u8, Halt> {
    let (view, sink) = wanted(desk, &WHOAMI, listing)?;
    let (kind, links, view) = (&WHOAMI, &desk.links(profile)?, &view);
    let wish = Wish { kind, links, view };
    wish.read(desk, sink, |link, out| {
        async move {
            if let Answer::Principal(who) = link.query(Query::WhoAmI).await? {
                let capabilities = link.capabilities();
                out.record(rows::principal(&link.connection, &capabilities, &who))
                    .await;
            }
            Ok(())
        }
        .boxed_local()
    })
    .await
}
