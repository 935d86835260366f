//! Inverses: what takes a request back, computed from the record as it was before.

use super::history::Deed;
use super::mutation::Parting;
use super::outcome::Made;
use super::plan::Seen;
use super::{
    Aim, Capabilities, Fields, InviteDraft, InviteId, InviteRef, Member, MemberRef, Mutation,
    OrgId, OrgRef, Text, Told, Value, Verb,
};

/// Why there is no way back.
pub type Impossible = &'static str;

/// What takes these requests of one plan back, the last one first.
///
/// # Errors
/// Why one of them cannot be taken back; then none is.
pub fn inverses(deeds: &[&Deed], wished: Verb, can: &Capabilities) -> Result<Vec<Aim>, Impossible> {
    // Of what was sent again only the new invite can go: the old one is void for good.
    let is_again = wished == Verb::InviteResend;
    let revoked = |deed: &&&Deed| is_again && deed.act.verb == Verb::InviteRevoke;
    // What is in a new organization goes with it.
    let made = deeds.iter().find(|deed| deed.act.verb == Verb::OrgCreate);
    if let Some(made) = made {
        return Ok(vec![inverse(made, can)?]);
    }
    let mut all: Vec<Aim> = Vec::new();
    for deed in deeds.iter().rev().filter(|deed| !revoked(deed)) {
        if let Some(Mutation::InviteBulk { org, .. }) = &deed.act.change {
            let made = deed.end.as_ref().and_then(|end| end.made.as_ref());
            all.extend(invited(org, made, can)?);
            continue;
        }
        let found = inverse(deed, can)?;
        // The roles of one member are set once, to what they were before the first request.
        if let (Some(Aim::SetRoles(last, roles)), Aim::SetRoles(member, earlier)) =
            (all.last_mut(), &found)
            && last == member
        {
            roles.clone_from(earlier);
            continue;
        }
        all.push(found);
    }
    Ok(all)
}

const UNSAID: Impossible = "the service did not say which invite it made";

fn inverse(deed: &Deed, can: &Capabilities) -> Result<Aim, Impossible> {
    const UNKEPT: Impossible = "the journal does not hold all of it";
    let change = deed.act.change.as_ref();
    let made = deed.end.as_ref().and_then(|end| end.made.as_ref());
    let before = &deed.before;
    match change.ok_or(UNKEPT)? {
        Mutation::CreateOrg { .. } => match made {
            Some(Made::Org(id)) => Ok(Aim::DeleteOrg(id.clone())),
            _ => Err("the service did not say which organization it made"),
        },
        Mutation::EditOrg { org, fields } => old_values(org, fields, before),
        Mutation::MergeMetadata { org, merge } => old_metadata(org, merge, before),
        Mutation::SetLogo { org, .. } => {
            if matches!(before, Seen::Org(seen) if seen.logo == Told::Empty) {
                return Ok(Aim::RemoveLogo(org.clone()));
            }
            Err("the old image was not kept")
        }
        Mutation::RemoveLogo { .. } => Err("the old image was not kept"),
        Mutation::AddMember { .. } => added(deed, before),
        Mutation::SetRole { member, .. }
        | Mutation::GiveRole { member, .. }
        | Mutation::TakeRole { member, .. } => {
            if let Seen::Member(seen) = before
                && let Told::Is(roles) = &seen.roles
            {
                let roles = roles.iter().map(|held| held.role.clone());
                return Ok(Aim::SetRoles(member.clone(), roles.collect()));
            }
            Err("the roles from before are not known")
        }
        Mutation::RemoveMember { why, .. } => match (why, before) {
            (Parting::Leaves, _) => Err("somebody who stayed has to invite you again"),
            (Parting::Removed, Seen::Member(member)) => back(member, can),
            (Parting::Removed, _) => Err("who it was is not known"),
        },
        Mutation::Invite { org, .. } | Mutation::InviteBulk { org, .. } => {
            let mut all = invited(org, made, can)?;
            match (all.pop(), all.is_empty()) {
                (Some(only), true) => Ok(only),
                _ => Err(UNSAID),
            }
        }
        Mutation::RevokeInvite { .. } => {
            if let Seen::Invite(invite) = before {
                return reinvite(invite);
            }
            Err("what the invite was made of is not known")
        }
        Mutation::DeleteOrg { .. } => Err("a deleted organization cannot be brought back"),
        Mutation::AcceptInvite { .. } => Err("leave the organization to take it back"),
    }
}

fn old_values(org: &OrgId, fields: &Fields, before: &Seen) -> Result<Aim, Impossible> {
    let Seen::Org(seen) = before else {
        return Err("the old values are not known");
    };
    let mut old = Fields::default();
    for (key, value) in fields.iter() {
        let known = match key {
            "name" => text(&seen.name),
            "slug" => text(&seen.slug),
            "logo_image" => return Err("the old image was not kept"),
            key => seen.attribute(key).cloned().unwrap_or_default(),
        };
        match (known, value) {
            (Told::Is(known), _) => old.set(key, known),
            (Told::Empty, Value::Text(_)) => old.set(key, Value::Text(Text::from(""))),
            (Told::Empty | Told::Unknown, _) => return Err("an old value is not known"),
        }
    }
    Ok(Aim::EditOrg(org.clone(), old))
}

fn text(told: &Told<Text>) -> Told<Value> {
    told.clone().map(Value::Text)
}

/// What has to be merged so that the keys that were merged are as before.
fn old_metadata(org: &OrgId, merge: &serde_json::Value, before: &Seen) -> Result<Aim, Impossible> {
    let known = match before {
        Seen::Org(seen) => seen.attribute("public_metadata").cloned(),
        Seen::Nothing | Seen::Gone | Seen::Member(_) | Seen::Invite(_) | Seen::Invites(_) => None,
    };
    let old = match known {
        Some(Told::Is(Value::Json(document))) => document,
        Some(Told::Empty) => serde_json::json!({}),
        _ => return Err("the old metadata is not known"),
    };
    Ok(Aim::SetMetadata(org.clone(), unmerged(merge, &old)))
}

fn unmerged(merge: &serde_json::Value, old: &serde_json::Value) -> serde_json::Value {
    let Some(keys) = merge.as_object() else {
        return old.clone();
    };
    let back = keys.iter().map(|(key, value)| {
        let was = match old.get(key) {
            None => serde_json::Value::Null,
            Some(was) if was.is_object() && value.is_object() => unmerged(value, was),
            Some(was) => was.clone(),
        };
        (key.clone(), was)
    });
    back.collect::<serde_json::Map<_, _>>().into()
}

fn added(deed: &Deed, before: &Seen) -> Result<Aim, Impossible> {
    let Some(Mutation::AddMember {
        org: OrgRef::Id(org),
        user,
        ..
    }) = &deed.act.change
    else {
        return Err("the organization is not known");
    };
    match before {
        Seen::Member(_) => Err("the person was a member before"),
        Seen::Nothing | Seen::Gone | Seen::Org(_) | Seen::Invite(_) | Seen::Invites(_) => {
            Ok(Aim::RemoveMember(MemberRef::user(org, user)))
        }
    }
}

/// A removed member comes back at once where the service lets a user be added, else by a new invite.
fn back(member: &Member, can: &Capabilities) -> Result<Aim, Impossible> {
    let org = member.at.org.clone();
    let role = member.assignments().first().map(|held| held.role.clone());
    let adds = can.refusal(Verb::MemberAdd).is_none();
    if let (true, Told::Is(user), Some(role)) = (adds, &member.user, &role) {
        return Ok(Aim::AddMember(org, user.clone(), role.clone()));
    }
    let Told::Is(email) = &member.email else {
        return Err("the service tells no address that a new invite could go to");
    };
    let takes_role = can
        .invite
        .iter()
        .any(|field| field.key == "role" && field.is_offered());
    let draft = InviteDraft {
        role: role.filter(|_| takes_role),
        ..InviteDraft::to(email)
    };
    Ok(Aim::Invite(org, vec![draft]))
}

/// Each invite that was made is revoked.
fn invited(org: &OrgId, made: Option<&Made>, can: &Capabilities) -> Result<Vec<Aim>, Impossible> {
    if let Some(why) = can.refusal(Verb::InviteRevoke) {
        return Err(why);
    }
    match made {
        Some(Made::Invites(ids)) if !ids.is_empty() => {
            let revoke = |id: &InviteId| {
                Aim::Revoke(InviteRef {
                    org: org.clone(),
                    id: id.clone(),
                })
            };
            Ok(ids.iter().map(revoke).collect())
        }
        _ => Err(UNSAID),
    }
}

fn reinvite(invite: &super::Invite) -> Result<Aim, Impossible> {
    let Told::Is(email) = &invite.email else {
        return Err("the service told no address of it");
    };
    let metadata = invite.metadata.known();
    let metadata = metadata.and_then(|text| serde_json::from_str(text.raw()).ok());
    let is_set = |json: &serde_json::Value| json.as_object().is_some_and(|map| !map.is_empty());
    let draft = InviteDraft {
        role: invite.role.known().cloned(),
        message: invite.message.known().cloned(),
        redirect: invite.redirect.known().cloned(),
        public_metadata: metadata.filter(is_set),
        ..InviteDraft::to(email)
    };
    Ok(Aim::Invite(invite.at.org.clone(), vec![draft]))
}
