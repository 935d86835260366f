//! Inverses: what takes a request back, and how well, computed from the record as it was before.

use super::aim::Aimed;
use super::entry::EntryNo;
use super::history::Deed;
use super::mutation::Parting;
use super::outcome::Made;
use super::plan::{Fidelity, Seen};
use super::{
    Aim, Capabilities, Fields, Image, InviteDraft, InviteId, InviteRef, Logo, Member, MemberRef,
    Mutation, Org, OrgId, OrgRef, Role, Step, Text, Told, Value, Verb, touched,
};

/// Why there is no way back.
pub type Impossible = &'static str;

const NOT_KEPT: Impossible = "the old image could not be kept";
const BLIND_RETURN: &str = "the old image is set again, from the copy beside the journal; whether somebody has set \
                            another one since cannot be told";
const BLIND_REMOVAL: &str =
    "the logo is removed; whether somebody has set another one since cannot be told";
const UNSAID: Impossible = "the service did not say which invite it made";
const UNKEPT: Impossible = "the journal does not hold all of it";

/// A change with the record as it was found before it.
#[derive(Clone, Copy)]
struct Change<'a> {
    change: &'a Mutation,
    before: &'a Seen,
}

/// What takes these requests of one plan back, the last one first, and how well.
///
/// # Errors
/// Why one of them cannot be taken back; then none is.
pub fn inverses(
    deeds: &[&Deed],
    wished: Verb,
    can: &Capabilities,
) -> Result<(Vec<Aimed>, Fidelity), Impossible> {
    // What is in a new organization goes with it.
    let made = |deed: &&&Deed| deed.act.verb == Verb::OrgCreate;
    let whole: Vec<&Deed> = match deeds.iter().find(made) {
        Some(made) => vec![made],
        None => deeds.to_vec(),
    };
    let mut all: Vec<Aimed> = Vec::new();
    let mut worst = Fidelity::Exact;
    for deed in whole.into_iter().rev() {
        if let Some(main) = prelude_of(deed, wished, deeds) {
            Aimed::attach(&mut all, (deed.no, main));
            continue;
        }
        if deed.act.verb == Verb::InviteAccept {
            return Err(can.fidelity(Verb::InviteAccept).refusal().unwrap_or(UNKEPT));
        }
        let one = Change {
            change: deed.act.change.as_ref().ok_or(UNKEPT)?,
            before: &deed.before,
        };
        // What was taken back and never sent again is a revoke like any other.
        let is_revoked = deed.act.verb == Verb::InviteRevoke;
        let wished = if is_revoked { deed.act.verb } else { wished };
        let how = one.faithful(wished, can);
        if let Some(why) = how.refusal() {
            return Err(why);
        }
        worst = worst.and(blind(deed).unwrap_or(how));
        let made = deed.end.as_ref().and_then(|end| end.made.as_ref());
        for aim in one.inverse(made, can)? {
            let of = vec![deed.no];
            Aimed::join(&mut all, Aimed { aim, of });
        }
    }
    Ok((all, worst))
}

/// How well a logo is put back of which nothing tells whether somebody has set another one since.
fn blind(deed: &Deed) -> Option<Fidelity> {
    let after = deed.end.as_ref().and_then(|end| end.after.as_ref());
    let is_known = match after.map(logo_of) {
        Some(Told::Is(logo)) => logo.mark().is_some(),
        Some(Told::Empty) => true,
        Some(Told::Unknown) | None => false,
    };
    let sets = matches!(deed.act.change, Some(Mutation::SetLogo { .. }));
    (sets && !is_known).then(|| match logo_of(&deed.before) {
        Told::Empty => Fidelity::Partly(BLIND_REMOVAL),
        Told::Is(_) | Told::Unknown => Fidelity::Partly(BLIND_RETURN),
    })
}

/// The one of these that a request only made room for: of what was sent again only the new invite can go, the old
/// one is void for good.
pub(super) fn prelude_of(deed: &Deed, wished: Verb, deeds: &[&Deed]) -> Option<EntryNo> {
    if wished != Verb::InviteResend || deed.act.verb != Verb::InviteRevoke {
        return None;
    }
    let about = touched::by_deed(deed);
    let mut made = deeds
        .iter()
        .filter(|other| other.act.verb == Verb::InviteCreate && other.is_done());
    let main = made.find(|other| !touched::by_deed(other).is_disjoint(&about))?;
    Some(main.no)
}

/// How well the steps of a plan could be taken back once they are done.
pub fn foretold(steps: &[Step], wished: Verb, can: &Capabilities) -> Fidelity {
    let parts = steps.iter().filter(|step| {
        let is_old = wished == Verb::InviteResend && step.change.verb() == Verb::InviteRevoke;
        // Who is added to what the plan makes goes with it.
        let is_within = matches!(
            step.change,
            Mutation::AddMember {
                org: OrgRef::Of(..),
                ..
            }
        );
        !is_old && !is_within
    });
    let each = parts.map(|step| {
        let one = Change {
            change: &step.change,
            before: &step.seen,
        };
        one.faithful(wished, can)
    });
    each.reduce(Fidelity::and)
        .unwrap_or_else(|| can.fidelity(wished))
}

impl Change<'_> {
    /// How well it can be taken back: as the service lets anybody do it, if what is needed is known.
    fn faithful(self, wished: Verb, can: &Capabilities) -> Fidelity {
        let verb = if wished == Verb::InviteResend {
            wished
        } else {
            self.change.verb()
        };
        let usual = can.fidelity(verb);
        if usual.refusal().is_some() {
            return usual;
        }
        let found = match self.change {
            Mutation::EditOrg { org, fields } => match old_values(org, fields, self.before) {
                // What is said of fields that were empty is true of these alone.
                Ok(Aim::EditOrg(_, old)) if !has_empty(&old) => Ok(Fidelity::Exact),
                Ok(_) => Ok(usual),
                Err(why) => Err(why),
            },
            Mutation::SetLogo { .. } if logo(self.before) == Told::Empty => Ok(Fidelity::Exact),
            Mutation::SetLogo { .. } | Mutation::RemoveLogo { .. } => {
                kept(self.before).map(|_| usual)
            }
            Mutation::RemoveMember { .. } => self.rejoining(usual, can),
            // Of what is new only the service can say afterwards what it is called.
            Mutation::CreateOrg { .. }
            | Mutation::Invite { .. }
            | Mutation::InviteBulk { .. }
            | Mutation::DeleteOrg { .. }
            | Mutation::AcceptInvite { .. } => Ok(usual),
            Mutation::MergeMetadata { .. }
            | Mutation::AddMember { .. }
            | Mutation::SetRole { .. }
            | Mutation::GiveRole { .. }
            | Mutation::TakeRole { .. }
            | Mutation::RevokeInvite { .. } => self.inverse(None, can).map(|_| usual),
        };
        found.unwrap_or_else(Fidelity::Impossible)
    }

    /// A removed member comes back at once, or by an invite where that cannot be.
    fn rejoining(self, usual: Fidelity, can: &Capabilities) -> Result<Fidelity, Impossible> {
        let by_invite = "a new invite goes out: the person must accept it";
        Ok(match self.inverse(None, can)?.first() {
            Some(Aim::Invite(..)) if can.refusal(Verb::MemberAdd).is_none() => {
                Fidelity::Partly(by_invite)
            }
            Some(_) | None => usual,
        })
    }

    /// What takes it back, with what it is known to have made.
    fn inverse(self, made: Option<&Made>, can: &Capabilities) -> Result<Vec<Aim>, Impossible> {
        let before = self.before;
        let one = match self.change {
            Mutation::CreateOrg { .. } => match made {
                Some(Made::Org(id)) => Ok(Aim::DeleteOrg(id.clone())),
                _ => Err("the service did not say which organization it made"),
            },
            Mutation::EditOrg { org, fields } => old_values(org, fields, before),
            Mutation::MergeMetadata { org, merge } => old_metadata(org, merge, before),
            Mutation::SetLogo { org, .. } if logo(before) == Told::Empty => {
                Ok(Aim::RemoveLogo(org.clone()))
            }
            Mutation::SetLogo { org, .. } | Mutation::RemoveLogo { org } => {
                kept(before).map(|image| Aim::SetLogo(org.clone(), image.clone()))
            }
            Mutation::AddMember { org, user, .. } => match (org, before) {
                (_, Seen::Member(_)) => Err("the person was a member before"),
                (OrgRef::Of(..), _) => Err("the organization is not known"),
                (OrgRef::Id(org), _) => Ok(Aim::RemoveMember(MemberRef::user(org, user))),
            },
            Mutation::SetRole { member, .. }
            | Mutation::GiveRole { member, .. }
            | Mutation::TakeRole { member, .. } => old_roles(member, before),
            Mutation::RemoveMember { why, .. } => match (why, before) {
                (Parting::Leaves, _) => Err("somebody who stayed has to invite you again"),
                (Parting::Removed, Seen::Member(member)) => back(member, can),
                (Parting::Removed, _) => Err("who it was is not known"),
            },
            Mutation::Invite { org, .. } | Mutation::InviteBulk { org, .. } => {
                return invited(org, made, can);
            }
            Mutation::RevokeInvite { .. } => match before {
                Seen::Invite(invite) => reinvite(invite),
                Seen::Nothing
                | Seen::Gone
                | Seen::Org(_)
                | Seen::Member(_)
                | Seen::Invites(_)
                | Seen::Orgs(_) => Err("what the invite was made of is not known"),
            },
            Mutation::DeleteOrg { .. } => Err("a deleted organization cannot be brought back"),
            Mutation::AcceptInvite { .. } => Err(UNKEPT),
        };
        one.map(|aim| vec![aim])
    }
}

/// The roles of a member, where they were told; somebody may hold none.
pub(super) fn roles(seen: &Seen) -> Option<Vec<Role>> {
    let Seen::Member(member) = seen else {
        return None;
    };
    let held = member.assignments().iter().map(|held| held.role.clone());
    (member.roles != Told::Unknown).then(|| held.collect())
}

fn old_roles(member: &MemberRef, before: &Seen) -> Result<Aim, Impossible> {
    let roles = roles(before).ok_or("the roles from before are not known")?;
    Ok(Aim::SetRoles(member.clone(), roles))
}

/// The logo of a record.
fn logo_of(seen: &Seen) -> Told<&Logo> {
    match seen {
        Seen::Org(org) => match &org.logo {
            Told::Is(logo) => Told::Is(logo),
            Told::Empty => Told::Empty,
            Told::Unknown => Told::Unknown,
        },
        Seen::Nothing
        | Seen::Gone
        | Seen::Member(_)
        | Seen::Invite(_)
        | Seen::Invites(_)
        | Seen::Orgs(_) => Told::Unknown,
    }
}

/// The image of the logo that was there before.
fn logo(before: &Seen) -> Told<Option<&Image>> {
    logo_of(before).map(|logo| logo.image.as_ref())
}

fn kept(before: &Seen) -> Result<&Image, Impossible> {
    logo(before).known().copied().flatten().ok_or(NOT_KEPT)
}

fn has_empty(fields: &Fields) -> bool {
    let is_empty = |value: &Value| value.text().is_some_and(Text::is_empty);
    fields.iter().any(|(_, value)| is_empty(value))
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
            "logo_image" => Told::Is(Value::Image(kept(before)?.clone())),
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
    let old = match before {
        Seen::Org(seen) => document(seen),
        Seen::Nothing
        | Seen::Gone
        | Seen::Member(_)
        | Seen::Invite(_)
        | Seen::Invites(_)
        | Seen::Orgs(_) => None,
    };
    let old = old.ok_or("the old metadata is not known")?;
    Ok(Aim::SetMetadata(org.clone(), unmerged(merge, &old)))
}

/// The metadata of an organization, where it was told.
pub(super) fn document(org: &Org) -> Option<serde_json::Value> {
    match org.attribute(super::aim::METADATA)? {
        Told::Is(Value::Json(document)) => Some(document.clone()),
        Told::Empty => Some(serde_json::json!({})),
        Told::Is(_) | Told::Unknown => None,
    }
}

/// What has to be merged into a document so that the keys of `merge` are in it as they were in `old`.
pub(super) fn unmerged(merge: &serde_json::Value, old: &serde_json::Value) -> serde_json::Value {
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

/// A removed member comes back at once where the service lets a user be added, else by a new invite.
fn back(member: &Member, can: &Capabilities) -> Result<Aim, Impossible> {
    let org = member.at.org.clone();
    let role = member.assignments().first().map(|held| held.role.clone());
    let adds = can.refusal(Verb::MemberAdd).is_none();
    if let (true, Told::Is(user), Some(role)) = (adds, &member.user, &role) {
        let metadata = member.metadata.known().and_then(json);
        return Ok(Aim::AddMember(org, user.clone(), (role.clone(), metadata)));
    }
    let Told::Is(email) = &member.email else {
        return Err("the service tells no address for a new invite; invite the person yourself");
    };
    Ok(Aim::Invite(org, vec![anew(email, role, can)]))
}

fn anew(email: &Text, role: Option<Role>, can: &Capabilities) -> InviteDraft {
    let mut fields = can.invite.iter();
    let takes_role = fields.any(|field| field.key == "role" && field.is_offered());
    InviteDraft {
        role: role.filter(|_| takes_role),
        ..InviteDraft::to(email)
    }
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
    let draft = InviteDraft {
        role: invite.role.known().cloned(),
        message: invite.message.known().cloned(),
        redirect: invite.redirect.known().cloned(),
        expires_in_days: invite.days(),
        public_metadata: invite.metadata.known().and_then(json),
        ..InviteDraft::to(email)
    };
    Ok(Aim::Invite(invite.at.org.clone(), vec![draft]))
}

/// A JSON object that was kept as text, if there is anything in it.
fn json(text: &Text) -> Option<serde_json::Value> {
    let json: serde_json::Value = serde_json::from_str(text.raw()).ok()?;
    let is_set = json.as_object().is_some_and(|map| !map.is_empty());
    is_set.then_some(json)
}
