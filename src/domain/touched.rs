//! What a request touches, under every name that another request may call it by: so a request that takes one
//! back is told from its neighbours in the same plan.

use std::collections::BTreeSet;

use super::history::Deed;
use super::mutation::Target;
use super::outcome::Made;
use super::record::{Act, Planned};
use super::{InviteRef, MemberRef, OrgId, Seen, Text, Told};

/// What a request has touched.
pub(super) fn by_deed(deed: &Deed) -> BTreeSet<Target> {
    let mut all = by_act(&deed.act, &deed.before);
    let made = deed.end.as_ref().and_then(|end| end.made.as_ref());
    all.extend(made.into_iter().flat_map(|made| new(deed, made)));
    all
}

/// What a step of a plan is going to touch.
pub(super) fn by_step(step: &Planned) -> BTreeSet<Target> {
    by_act(&step.act, &step.seen)
}

fn by_act(act: &Act, seen: &Seen) -> BTreeSet<Target> {
    let targets = act.change.iter().flat_map(super::Mutation::targets);
    // A profile as a whole says nothing about which of its things it is.
    let named = targets.filter(|target| !matches!(target, Target::Profile(_)));
    named.chain(shown(seen)).collect()
}

/// The names of the record that was there.
fn shown(seen: &Seen) -> Vec<Target> {
    match seen {
        Seen::Member(member) => {
            let org = &member.at.org;
            let by_user = member.user.known().map(|user| MemberRef::user(org, user));
            let by_id = MemberRef::id(org, &member.id);
            let names = [Some(by_id), by_user].into_iter().flatten();
            let names = names.map(Target::Member);
            names.chain(address(org, &member.email)).collect()
        }
        Seen::Invite(invite) => {
            let own = Target::Invite(invite.at.clone());
            let to = address(&invite.at.org, &invite.email);
            [own].into_iter().chain(to).collect()
        }
        Seen::Nothing | Seen::Gone | Seen::Org(_) | Seen::Invites(_) | Seen::Orgs(_) => Vec::new(),
    }
}

fn address(org: &OrgId, email: &Told<Text>) -> Option<Target> {
    let email = Text::from(email.known()?.raw().to_lowercase());
    Some(Target::Address(org.clone(), email))
}

/// The names of what a request has made.
fn new(deed: &Deed, made: &Made) -> Vec<Target> {
    match (made, &deed.act.org) {
        (Made::Org(org), _) => vec![Target::Org(org.clone())],
        (Made::Member(id), Some(org)) => vec![Target::Member(MemberRef::id(org, id))],
        (Made::Invites(ids), Some(org)) => {
            let invite = |id: &super::InviteId| {
                Target::Invite(InviteRef {
                    org: org.clone(),
                    id: id.clone(),
                })
            };
            ids.iter().map(invite).collect()
        }
        (Made::Member(_) | Made::Invites(_), None) | (Made::Assignment(_), _) => Vec::new(),
    }
}
