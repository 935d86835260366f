//! Invitations that were sent: of one organization, of the instance, of a user; revoking.

use serde_json::Value;

use super::form::Form;
use super::listing::Rank;
use super::refusal::Refusal;
use super::{Call, Replied, people, rules, show};
use crate::sandbox::Service::Clerk;
use crate::sandbox::world::{Invite, InviteState, Org, World};

const STATES: [&str; 4] = ["pending", "accepted", "revoked", "expired"];

/// How an invitation is shown in a list.
type Show = fn(&World, &Invite) -> Value;

/// `GET /v1/organizations/{id}/invitations`
pub(super) fn list(world: &World, call: &Call, id: &str) -> Replied {
    let org = rules::organization(world, id)?;
    let email = call.query.first("email_address").map(str::to_lowercase);
    let rows = world.invites_of(org.key);
    let rows = rows.filter(|invite| {
        email
            .iter()
            .all(|email| invite.email.to_lowercase() == *email)
    });
    page((world, call), rows, show::invitation)
}

/// `GET /v1/organizations/{id}/invitations/pending`, which is deprecated
pub(super) fn pending(world: &World, call: &Call, id: &str) -> Replied {
    let org = rules::organization(world, id)?;
    let rows = world.invites_of(org.key);
    let rows = rows.filter(|invite| invite.state_at(world.now()) == InviteState::Pending);
    page((world, call), rows, show::invitation)
}

/// `GET /v1/organization_invitations`
pub(super) fn list_all(world: &World, call: &Call, _: &str) -> Replied {
    let part = call.query.first("query").map(str::to_lowercase);
    let rows = world.invites(Clerk);
    let rows = rows.filter(|invite| {
        part.iter()
            .all(|part| invite.email.to_lowercase().contains(part))
    });
    page((world, call), rows, show::invitation_and_organization)
}

/// `GET /v1/users/{id}/organization_invitations`
pub(super) fn list_of_user(world: &World, call: &Call, id: &str) -> Replied {
    rules::organizations_are_on(world)?;
    let person = rules::user(world, id)?;
    let rows = world.invites(Clerk);
    let rows = rows.filter(|invite| people::owns(person, &invite.email));
    page((world, call), rows, show::invitation_and_organization)
}

fn page<'a>(
    (world, call): (&'a World, &Call),
    rows: impl Iterator<Item = &'a Invite>,
    show: Show,
) -> Replied {
    let (window, order) = (
        call.query.window()?,
        call.query.order(&["created_at", "email_address"])?,
    );
    let states = call.query.choices("status", &STATES)?;
    let wanted = |invite: &&Invite| {
        let state = show::status(invite.state_at(world.now()));
        states.is_empty() || states.iter().any(|wanted| wanted == state)
    };
    let mut rows: Vec<&Invite> = rows.filter(wanted).collect();
    order.arrange(&mut rows, |invite, field| match field {
        "email_address" => Rank::text(Some(&invite.email)),
        _ => Rank::moment(invite.created),
    });
    Ok(window.page(&rows, |invite| show(world, invite)))
}

/// `GET /v1/organizations/{id}/invitations/{id}`
pub(super) fn get(world: &World, ids: (&str, &str)) -> Replied {
    let (_, invite) = find(world, ids)?;
    Ok(show::reply(&show::invitation(world, invite)))
}

/// `POST /v1/organizations/{id}/invitations/{id}/revoke`
pub(super) fn revoke(world: &mut World, call: &Call, ids: (&str, &str)) -> Replied {
    let (org, invite) = find(world, ids)?;
    let mut form = Form::read(call.request)?;
    let requesting = form.text("requesting_user_id");
    form.done()?;
    if let Some(user) = requesting {
        rules::acting_user(world, org, &user)?;
    }
    if invite.state_at(world.now()) != InviteState::Pending {
        return Err(Refusal::missing("pending invitation", ids.1));
    }
    let key = invite.key;
    world.edit_invite(key, |invite| invite.state = InviteState::Revoked);
    get(world, ids)
}

fn find<'a>(world: &'a World, (org, id): (&str, &str)) -> Result<(&'a Org, &'a Invite), Refusal> {
    let org = rules::organization(world, org)?;
    let invite = world.find_invite(Clerk, id);
    let invite = invite.filter(|invite| invite.org == org.key);
    let invite = invite.ok_or_else(|| Refusal::missing("invitation", id))?;
    Ok((org, invite))
}
