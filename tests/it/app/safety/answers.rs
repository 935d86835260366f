//! What services answer on a walk: as before, in another order, after somebody else's edits, half, or
//! not at all.

use std::time::Duration;

use orgdeck::app::effect::Over;
use orgdeck::app::msg::Unwritten;
use orgdeck::domain::back::{Back, NoWay, Way};
use orgdeck::domain::connection::Stage;
use orgdeck::domain::entry::EntryNo;
use orgdeck::domain::outcome::Made;
use orgdeck::domain::plan::Seen;
use orgdeck::domain::query::{OrgAt, Reply};
use orgdeck::domain::{
    Answer, ApiError, Capabilities, Fault, Fidelity, Mutation, Objection, OrgId, Outcome, Page,
    Plan, Principal, PrincipalKind, Profile, Query, Receipt, Role, Row, Step, Text, Told, User,
    UserId, Verb, Why, Wish,
};

use super::dice::Dice;
use crate::support::forms;
use crate::support::plan::plan_for;
use crate::support::rig::{invite, member, membership, org, org_id};

/// How the services are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mood {
    /// As one knows them.
    Fine,
    /// Everything in another order.
    Reversed,
    /// Somebody has renamed, removed and added things.
    Edited,
    /// There is nothing.
    Empty,
    /// Rows come without their rest.
    Partial,
    /// Nothing can be read.
    Failing,
}

/// The organizations of every profile: two of them have one name.
const ORGS: [(&str, &str); 3] = [
    ("acme", "Acme Shop"),
    ("quay", "Quay Services"),
    ("twin", "Acme Shop"),
];

/// What a service of this mood answers.
pub(super) fn answer(
    (to, query): (&Profile, &Query),
    known: Capabilities,
    (mood, dice): (Mood, &mut Dice),
) -> Reply {
    if mood == Mood::Failing && *query != Query::Probe {
        return Err(ApiError::new(query.verb(), fault(dice)));
    }
    let here = org_id(to.as_str(), "acme");
    Ok(match query {
        Query::WhoAmI => Answer::Principal(principal(to)),
        Query::Probe => Answer::Capabilities(Box::new(known)),
        Query::Orgs { .. } => Answer::Orgs(rows(mood, ORGS.map(|it| named(to, it)).into())),
        Query::Org(OrgAt::Id(id)) => Answer::Org(Box::new(again(id))),
        Query::Members { org, .. } => {
            let names = [("ana", "admin"), ("bo", "member"), ("cleo", "member")];
            let members = names.map(|(key, role)| member(org, key, role)).into();
            Answer::Members(edited(rows(mood, members), mood, |row| {
                row.name = Told::Is(Text::from("renamed"));
                row.roles = Told::Is([].into());
            }))
        }
        Query::Member(at) => Answer::Member(Box::new(member(&at.org, "bo", "member"))),
        Query::Invites { org, .. } => {
            let org = org.as_ref().unwrap_or(&here);
            let invites = ["jon@old.example", "hal@acme.example"].map(|to| invite(org, to));
            Answer::Invites(rows(mood, invites.into()))
        }
        Query::Roles { .. } => Answer::roles(["admin", "member"].map(Role::named).into()),
        Query::Memberships { .. } => {
            let own = ORGS.map(|(key, _)| membership(&org_id(to.as_str(), key), "bo"));
            Answer::Memberships(rows(mood, own.into()))
        }
        Query::Users { .. } => Answer::Users(rows(mood, vec![user(to)])),
        Query::Raw(_) | Query::Metadata { .. } => Answer::Json(Text::from("{\n  \"a\": 1\n}")),
        other => panic!("nobody asks for {other:?} on a walk"),
    })
}

/// What a service says to a token or a code that somebody typed.
pub(super) fn admitted(to: &Profile, dice: &mut Dice) -> Reply {
    if dice.once_in(2) {
        return Ok(Answer::Principal(principal(to)));
    }
    let faults = [Fault::SignedOut, Fault::SecondFactor, Fault::TimedOut];
    Err(ApiError::new(Verb::WhoAmI, dice.pick(&faults).clone()))
}

fn fault(dice: &mut Dice) -> Fault {
    let after = Some(Duration::from_secs(2));
    let faults = [
        Fault::TimedOut,
        Fault::SignedOut,
        Fault::SecondFactor,
        Fault::Forbidden,
        Fault::Slowed { after },
    ];
    dice.pick(&faults).clone()
}

fn principal(to: &Profile) -> Principal {
    Principal {
        kind: PrincipalKind::User,
        user: Some(UserId::new(to, "user_ana")),
        label: Text::from("ana"),
        email: Told::Empty,
        stage: Told::Is(Stage::Development),
    }
}

fn named(to: &Profile, (key, name): (&str, &str)) -> orgdeck::domain::Org {
    org(to.as_str(), key, name)
}

fn again(id: &OrgId) -> orgdeck::domain::Org {
    let name = ORGS.iter().find(|(key, _)| *key == id.raw());
    named(id.profile(), (id.raw(), name.map_or("Moved", |it| it.1)))
}

fn user(to: &Profile) -> User {
    User {
        id: UserId::new(to, "user_kim"),
        name: Told::Is(Text::from("Kim Long")),
        username: Told::Empty,
        email: Told::Is(Text::from("kim@long.example")),
    }
}

fn rows<T>(mood: Mood, mut all: Vec<T>) -> Page<T> {
    match mood {
        Mood::Fine | Mood::Failing => {}
        Mood::Reversed => all.reverse(),
        Mood::Edited => drop(all.remove(0)),
        Mood::Empty => all.clear(),
        Mood::Partial => return Page::whole(all.into_iter().map(Row::wanted).collect()),
    }
    Page::whole(all.into_iter().map(Row::whole).collect())
}

fn edited<T>(mut page: Page<T>, mood: Mood, edit: impl Fn(&mut T)) -> Page<T> {
    if mood == Mood::Edited {
        page.rows.iter_mut().for_each(|row| edit(&mut row.item));
    }
    page
}

/// What a wish comes to: some plans cannot be made, some are refused, some want a name.
pub(super) fn planned(wish: &Wish, dice: &mut Dice) -> Result<Plan, ApiError> {
    let refused = |fault| ApiError::new(wish.verb(), fault);
    let mut plan = match wish {
        Wish::SetRoles { .. } => forms::plan(wish),
        _ => plan_for(wish),
    };
    match dice.below(12) {
        0 => return Err(refused(fault(dice))),
        1 => {
            let objection = Objection::Refused(refused(Fault::Refused));
            plan.objections.push(objection);
        }
        2 | 3 if plan.objections.is_empty() => plan.objections.push(Objection::TypeName {
            names: vec![Text::from("Acme Shop"), Text::from("acme")],
            why: "it is weighty",
        }),
        _ => {}
    }
    Ok(plan)
}

/// What becomes of a step.
pub(super) fn outcome(step: &Step, dice: &mut Dice) -> Outcome {
    let verb = step.change.verb();
    let error = |fault| ApiError::new(verb, fault);
    let slowed = |seconds| Fault::Slowed {
        after: Some(Duration::from_secs(seconds)),
    };
    match dice.below(12) {
        0 => Outcome::Refused(error(Fault::Refused)),
        1 => Outcome::Unknown,
        2 => Outcome::NotApplied(error(slowed(1))),
        3 | 4 => Outcome::NotApplied(error(slowed(7_200))),
        5 => Outcome::NotApplied(error(Fault::SignedOut)),
        6 => Outcome::Differs(Seen::Gone),
        7 => Outcome::Differs(changed(&step.seen)),
        _ => Outcome::Done(Receipt {
            made: made(&step.change),
            ..Receipt::default()
        }),
    }
}

/// The record after somebody else's edit.
fn changed(seen: &Seen) -> Seen {
    let mut seen = seen.clone();
    match &mut seen {
        Seen::Member(member) => member.name = Told::Is(Text::from("renamed")),
        Seen::Invite(invite) => invite.role = Told::Is(Role::named("owner")),
        Seen::Org(org) => org.name = Told::Is(Text::from("renamed")),
        Seen::Nothing | Seen::Gone | Seen::Invites(_) | Seen::Orgs(_) => {}
    }
    seen
}

fn made(change: &Mutation) -> Option<Made> {
    match change {
        Mutation::CreateOrg { profile, .. } => Some(Made::Org(OrgId::new(profile, "made"))),
        _ => None,
    }
}

/// What the journal says of a way back or forward: none, one wish, or several.
pub(super) fn found(to: &Profile, way: Way, dice: &mut Dice) -> Result<Box<Back>, NoWay> {
    let org = org_id(to.as_str(), "acme");
    let again = |key: &str| Wish::SetRoles {
        member: member(&org, key, "member").at,
        from: Vec::new(),
        to: vec![Role::named("admin")],
    };
    let entries = vec![EntryNo(2)];
    let keys: &[&str] = match dice.below(4) {
        0 => return Err(NoWay::Impossible(Text::from("there is nothing to undo"))),
        1 => &["bo", "cleo"],
        _ => &["bo"],
    };
    Ok(Box::new(Back {
        profile: to.clone(),
        what: Text::from("member role bo"),
        wishes: keys.iter().map(|key| again(key)).collect(),
        why: match way {
            Way::Undo => Why::Undoes(entries),
            Way::Redo => Why::Redoes(entries),
        },
        fidelity: Fidelity::Exact,
        left: Vec::new(),
        found: None,
    }))
}

/// What a file that results are written to says: it is there already, or not.
pub(super) fn exported(over: Over, dice: &mut Dice) -> Result<(), Unwritten> {
    match (over, dice.below(3)) {
        (Over::Never, 0) => Err(Unwritten::Taken),
        (_, 1) => Err(Unwritten::Failed(Text::from("disk full"))),
        _ => Ok(()),
    }
}

/// Why a write into the journal fails.
pub(super) fn unrecorded() -> ApiError {
    let full = Fault::Unrecorded(Text::from("disk full"));
    ApiError::new(Verb::InviteCreate, full)
}
