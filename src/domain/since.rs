//! Since: what of a record is no longer as an earlier request of ours has left it. Compared is what a change is
//! going to overwrite, and nothing else: who has changed another field has not changed this one.

use std::collections::BTreeSet;

use super::history::{Deed, History};
use super::inverse::{document, unmerged};
use super::plan::chains;
use super::seen::{deep_merge, merge_metadata};
use super::{
    Invite, InviteStatus, Member, MemberRef, Mutation, Org, Plan, RoleKey, Seen, StepNo, Told,
};

/// The records as these requests have left them, the newest first.
pub fn left_by(deeds: &[&Deed]) -> Vec<Seen> {
    deeds.iter().rev().filter_map(|deed| left(deed)).collect()
}

/// The record as a request has left it, with the image that it set: that one has a name.
fn left(deed: &Deed) -> Option<Seen> {
    let mut after = deed.end.as_ref()?.after.clone()?;
    if let (Seen::Org(org), Some(Mutation::SetLogo { image, .. })) = (&mut after, &deed.act.change)
        && let Told::Is(logo) = &mut org.logo
    {
        logo.image = Some(image.clone());
    }
    Some(after)
}

/// The records as what took these requests back has left them, the newest first.
pub fn left_by_undo(history: &History, deeds: &[&Deed]) -> Vec<Seen> {
    let undoing = deeds.iter().flat_map(|deed| history.undone_by(deed.no));
    let undoing: BTreeSet<_> = undoing.collect();
    let undoing: Vec<&Deed> = undoing.iter().filter_map(|no| history.deed(*no)).collect();
    left_by(&undoing)
}

impl Plan {
    /// The steps whose record somebody has changed since it was left like that, each with the record as it
    /// would be if nobody had.
    pub fn changed_since(&self, left: &[Seen]) -> Vec<(StepNo, Seen)> {
        if left.is_empty() {
            return Vec::new();
        }
        let rows = chains(self.steps.iter().map(|step| step.after));
        let changed = rows.into_iter().filter_map(|row| {
            let now = &self.steps[row.start].seen;
            let left = left.iter().find(|left| is_same_record(left, now))?;
            let changes = self.steps[row.clone()].iter().map(|step| &step.change);
            let was = changes.fold(now.clone(), |seen, change| as_left(seen, left, change));
            (was != *now).then_some((row.start, was))
        });
        changed.collect()
    }

    /// The same plan for records that are still as they were left: the gate finds those that are not, and
    /// sends nothing for them.
    #[must_use]
    pub fn only_as_left(mut self, left: &[Seen]) -> Self {
        for (number, was) in self.changed_since(left) {
            self.steps[number].seen = was;
        }
        self
    }
}

fn is_same_record(left: &Seen, now: &Seen) -> bool {
    match (left, now) {
        (Seen::Org(left), Seen::Org(now)) => left.id == now.id,
        (Seen::Member(left), Seen::Member(now)) => {
            let org = &left.at.org;
            let by_user = left.user.known().map(|user| MemberRef::user(org, user));
            let names = [Some(MemberRef::id(org, &left.id)), by_user];
            names.iter().flatten().any(|at| now.is_at(at))
        }
        (Seen::Invite(left), Seen::Invite(now)) => left.at == now.at,
        _ => false,
    }
}

/// A record with what a change overwrites as it was left.
fn as_left(mut seen: Seen, left: &Seen, change: &Mutation) -> Seen {
    match (&mut seen, left, change) {
        (Seen::Member(now), Seen::Member(left), _) if are_others(now, left) => {
            now.roles.clone_from(&left.roles);
        }
        (Seen::Org(now), Seen::Org(left), Mutation::EditOrg { fields, .. }) => {
            fields.iter().for_each(|(key, _)| field(now, left, key));
        }
        (Seen::Org(now), Seen::Org(left), Mutation::MergeMetadata { merge, .. }) => {
            metadata(now, left, merge);
        }
        (Seen::Org(now), Seen::Org(left), Mutation::DeleteOrg { .. }) => {
            put(&mut now.name, &left.name);
            put(&mut now.slug, &left.slug);
        }
        (Seen::Invite(now), Seen::Invite(left), _) => invite(now, left),
        (
            Seen::Org(now),
            Seen::Org(left),
            Mutation::SetLogo { .. } | Mutation::RemoveLogo { .. },
        ) => logo(now, left),
        _ => {}
    }
    seen
}

/// Whether others are held than were left; that they cannot be told any more is no sign that they are the same.
fn are_others(now: &Member, left: &Member) -> bool {
    left.roles != Told::Unknown && roles(now) != roles(left)
}

/// The roles that are held, if that was told: which assignments they are held by may change.
fn roles(member: &Member) -> Option<BTreeSet<&RoleKey>> {
    let is_told = member.roles != Told::Unknown;
    let held = member.assignments().iter().map(|held| &held.role.key);
    is_told.then(|| held.collect())
}

fn field(now: &mut Org, left: &Org, key: &str) {
    match key {
        "name" => put(&mut now.name, &left.name),
        "slug" => put(&mut now.slug, &left.slug),
        "logo_image" => logo(now, left),
        key => {
            let mut attributes = now.attributes.iter_mut();
            let now = attributes.find(|attribute| attribute.key == key);
            if let (Some(now), Some(left)) = (now, left.attribute(key)) {
                put(&mut now.value, left);
            }
        }
    }
}

/// An invite: what passes with time alone, nobody has changed.
fn invite(now: &mut Invite, left: &Invite) {
    put(&mut now.email, &left.email);
    let key = |invite: &Invite| invite.role.known().map(|role| role.key.clone());
    if key(now) != key(left) {
        put(&mut now.role, &left.role);
    }
    if now.status != InviteStatus::Expired {
        now.status.clone_from(&left.status);
    }
}

/// One that was taken away or set, and one that is certainly another one.
fn logo(now: &mut Org, left: &Org) {
    let is_other = match (&now.logo, &left.logo) {
        (Told::Is(now), Told::Is(left)) => left.is_another(now),
        (Told::Is(_), Told::Empty) | (Told::Empty, Told::Is(_)) => true,
        (Told::Empty, Told::Empty) | (Told::Unknown, _) | (_, Told::Unknown) => false,
    };
    if is_other {
        now.logo.clone_from(&left.logo);
    }
}

fn put<T: Clone + PartialEq>(now: &mut Told<T>, left: &Told<T>) {
    if *now != Told::Unknown && *left != Told::Unknown {
        now.clone_from(left);
    }
}

fn metadata(now: &mut Org, left: &Org, merge: &serde_json::Value) {
    let (Some(known), Some(left)) = (document(now), document(left)) else {
        return;
    };
    let back = unmerged(merge, &left);
    let mut was = known.clone();
    deep_merge(&mut was, &back);
    if was != known {
        merge_metadata(now, &back);
    }
}
