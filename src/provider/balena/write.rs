//! Sending changes, and what balena's answers to them prove.
//!
//! A PATCH or DELETE of something that is not there, or not the caller's to change, is a 200 with an
//! empty body as well. So the record is read again after each, and only what it shows counts as done.

use super::{Balena, errors, wire};
use crate::domain::outcome::Made;
use crate::domain::plan::Seen;
use crate::domain::query::OrgAt;
use crate::domain::{
    ApiError, Fault, Fields, InviteId, Member, Mutation, Org, OrgId, Outcome, Receipt, Role,
    Secret, Text, Told, Value, Verb,
};
use crate::gate::Permit;
use crate::provider::http::{Response, Sent, not_the_api, unproven};
use crate::provider::json;

const UNCHANGED: &str = "the server answered OK, but the record does not show the change";

impl Balena {
    pub(super) async fn send(&self, change: &Mutation, permit: Permit) -> Outcome {
        let verb = change.verb();
        let request = match self.request(change) {
            Ok(request) => request,
            Err(error) => return Outcome::Refused(error),
        };
        let shown = match self.shown(verb).await {
            Ok(secret) => secret,
            Err(error) => return Outcome::NotApplied(error),
        };
        let sent = if let Mutation::AcceptInvite { token, .. } = change {
            let hidden = (token, permit);
            self.transport.write_hidden(verb, &request, hidden).await
        } else {
            self.transport.write(verb, &request, permit).await
        };
        match sent {
            Sent::NotSent(error) | Sent::Renewed(error) => Outcome::NotApplied(error),
            Sent::Lost => Outcome::Unknown,
            Sent::Instead(error) => Outcome::Unproven(error),
            Sent::Answered(response) => self.judge(change, &response, &shown).await,
        }
    }

    /// What is sent shows this secret.
    async fn shown(&self, verb: Verb) -> Result<Secret, ApiError> {
        self.sign_in(verb).await?;
        self.transport.secret(verb).await
    }

    async fn judge(&self, change: &Mutation, response: &Response, shown: &Secret) -> Outcome {
        let verb = change.verb();
        match response.status {
            200..=299 if not_the_api(response).is_some() => {
                Outcome::Unproven(unproven(verb, response))
            }
            200..=299 => self.prove(change, response).await,
            401 => match self.unauthorized(verb, response, shown).await {
                error if error.fault == Fault::Forbidden => Outcome::Refused(error),
                error => Outcome::NotApplied(error),
            },
            429 => Outcome::NotApplied(errors::of(verb, response)),
            500..=599 => Outcome::Unproven(unproven(verb, response)),
            _ => Outcome::Refused(errors::of(verb, response)),
        }
    }

    /// What a success is worth: a POST names what it made, anything else is looked at.
    async fn prove(&self, change: &Mutation, response: &Response) -> Outcome {
        let verb = change.verb();
        let profile = self.transport.profile();
        let seen = match change {
            Mutation::CreateOrg { .. } => {
                let org = made(response).map(|id| Made::Org(OrgId::new(profile, id)));
                return made_of(verb, response, org);
            }
            Mutation::Invite { .. } => {
                let invites = made(response).map(|id| vec![InviteId::new(profile, id)]);
                return made_of(verb, response, invites.map(Made::Invites));
            }
            Mutation::EditOrg { org, .. }
            | Mutation::DeleteOrg { org }
            | Mutation::SetLogo { org, .. }
            | Mutation::RemoveLogo { org } => {
                let org = self.org(verb, &OrgAt::Id(org.clone())).await;
                org.map(|org| Seen::Org(Box::new(org)))
            }
            Mutation::SetRole { member, .. } | Mutation::RemoveMember { member, .. } => {
                let member = self.member(verb, member).await;
                member.map(|member| Seen::Member(Box::new(member)))
            }
            Mutation::RevokeInvite { invite } => {
                let invite = self.invite(verb, invite).await;
                invite.map(|invite| Seen::Invite(Box::new(invite)))
            }
            Mutation::AcceptInvite { .. }
            | Mutation::AddMember { .. }
            | Mutation::MergeMetadata { .. }
            | Mutation::GiveRole { .. }
            | Mutation::TakeRole { .. }
            | Mutation::InviteBulk { .. } => return done(response, None, None),
        };
        let seen = match seen {
            Ok(seen) => seen,
            // Who has left sees nothing of what they have left.
            Err(error) if error.fault == Fault::Unseen && change.is_leaving() => Seen::Gone,
            Err(error) if error.fault != Fault::Missing => return Outcome::Unknown,
            Err(_) if removes(change) => Seen::Gone,
            Err(missing) => return Outcome::Refused(missing),
        };
        if shows(change, &seen) {
            return done(response, None, Some(seen));
        }
        Outcome::Refused(ApiError::new(verb, Fault::Refused).words(UNCHANGED))
    }
}

/// A POST that succeeded has made something if its answer names that.
fn made_of(verb: Verb, response: &Response, made: Option<Made>) -> Outcome {
    match made {
        Some(made) => done(response, Some(made), None),
        None => Outcome::Unproven(unproven(verb, response)),
    }
}

fn done(response: &Response, made: Option<Made>, after: Option<Seen>) -> Outcome {
    Outcome::Done(Receipt {
        trace: response.trace.clone(),
        made,
        after,
        ..Receipt::default()
    })
}

/// The id of the bare record that answers a POST.
fn made(response: &Response) -> Option<Text> {
    let record: wire::Made = wire::record(&json::parse(response)?).ok()?;
    Some(record.id.text())
}

/// Whether the record itself goes.
fn removes(change: &Mutation) -> bool {
    matches!(
        change,
        Mutation::DeleteOrg { .. } | Mutation::RemoveMember { .. } | Mutation::RevokeInvite { .. }
    )
}

/// Whether a record shows a change.
fn shows(change: &Mutation, seen: &Seen) -> bool {
    match (change, seen) {
        (Mutation::EditOrg { fields, .. }, Seen::Org(org)) => holds(org, fields),
        (Mutation::SetLogo { .. }, Seen::Org(org)) => org.logo.known().is_some(),
        (Mutation::RemoveLogo { .. }, Seen::Org(org)) => org.logo == Told::Empty,
        (Mutation::SetRole { role, .. }, Seen::Member(member)) => has_role(member, role),
        _ => removes(change) && seen.is_gone(),
    }
}

fn has_role(member: &Member, role: &Role) -> bool {
    member
        .assignments()
        .iter()
        .any(|held| held.role.id == role.id)
}

fn holds(org: &Org, fields: &Fields) -> bool {
    let shown = |key: &str| match key {
        "name" => org.name.known(),
        _ => org
            .attribute(key)
            .and_then(Told::known)
            .and_then(Value::text),
    };
    let same = |shown: Option<&Text>, wanted: &Text| {
        shown.map_or("", Text::raw).trim() == wanted.raw().trim()
    };
    fields
        .iter()
        .filter_map(|(key, value)| Some((key, value.text()?)))
        .all(|(key, wanted)| same(shown(key), wanted))
}
