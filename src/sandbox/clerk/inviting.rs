//! Inviting addresses: one by one, or up to ten at once, of which all are invited or none.

use std::collections::BTreeSet;

use email_address::{EmailAddress, Options};
use jiff::SignedDuration;
use serde_json::{Map, Value, json};
use url::Url;

use super::form::{self, Form};
use super::refusal::Refusal;
use super::rules::{self, Pace};
use super::{Call, Replied, show};
use crate::sandbox::world::{InviteState, Key, Org, PersonKey, World};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Calls that invite one address, of the whole instance.
const SINGLE: Pace = Pace {
    limit: 250,
    window: HOUR,
};

/// Calls that invite several addresses, of the whole instance.
const BULK: Pace = Pace {
    limit: 50,
    window: HOUR,
};

/// The most addresses of one call.
const MOST_AT_ONCE: usize = 10;

/// How many days an invitation lasts, unless it says so itself.
const USUAL_DAYS: i64 = 30;

const LONGEST_DAYS: i64 = 365;

/// `POST /v1/organizations/{id}/invitations`
pub(super) fn one(world: &mut World, call: &Call, id: &str) -> Replied {
    rules::pace(world, "invite", SINGLE)?;
    let org = rules::organization(world, id)?;
    let letter = Letter::read(Form::read(call.request)?, world, org)?;
    letter.is_for_a_stranger(world, org)?;
    if letter.was_sent(world, org) {
        let message = "This email address already has a pending invitation in the organization.";
        return Err(Refusal::new(
            400,
            "organization_invitation_not_unique",
            message,
        ));
    }
    rules::room_for(world, org, 1)?;
    let org = org.key;
    Ok(show::reply(&letter.send(world, org)))
}

/// `POST /v1/organizations/{id}/invitations/bulk`
pub(super) fn several(world: &mut World, call: &Call, id: &str) -> Replied {
    rules::pace(world, "invite in bulk", BULK)?;
    let org = rules::organization(world, id)?;
    let letters = letters(call, world, org)?;
    for letter in &letters {
        letter.is_for_a_stranger(world, org)?;
    }
    are_distinct(&letters, world, org)?;
    rules::room_for(world, org, letters.len())?;
    let org = org.key;
    let sent: Vec<Value> = letters
        .into_iter()
        .map(|letter| letter.send(world, org))
        .collect();
    Ok(show::reply(
        &json!({"total_count": sent.len(), "data": sent}),
    ))
}

fn letters(call: &Call, world: &World, org: &Org) -> Result<Vec<Letter>, Refusal> {
    let Value::Array(items) = form::body(call.request)? else {
        return Err(form::invalid_body());
    };
    if items.is_empty() {
        return Err(form::invalid_body());
    }
    if items.len() > MOST_AT_ONCE {
        let message = "At most 10 invitations can be created at once.";
        return Err(Refusal::new(400, "bulk_size_exceeded", message));
    }
    let letters = items.into_iter();
    letters
        .map(|item| Letter::read(Form::of(item)?, world, org))
        .collect()
}

/// Refuses addresses that are named twice, or were invited before.
fn are_distinct(letters: &[Letter], world: &World, org: &Org) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    let again =
        |letter: &&Letter| !seen.insert(letter.email.to_lowercase()) || letter.was_sent(world, org);
    let again: Vec<&str> = letters
        .iter()
        .filter(again)
        .map(|letter| letter.email.as_str())
        .collect();
    if again.is_empty() {
        return Ok(());
    }
    let message = format!(
        "Pending invitations already exist for: {}",
        again.join(", ")
    );
    Err(Refusal::new(400, "duplicate_record", message).meta(json!({"email_addresses": again})))
}

/// An invitation not sent yet.
struct Letter {
    email: String,
    role: String,
    inviter: Option<PersonKey>,
    redirect_url: Option<String>,
    days: i64,
    notify: bool,
    public: Map<String, Value>,
    private: Map<String, Value>,
}

impl Letter {
    fn read(mut form: Form, world: &World, org: &Org) -> Result<Self, Refusal> {
        let inviter = form.text("inviter_user_id");
        let letter = Self {
            email: email(&mut form),
            role: rules::needed_role(&mut form, world, org),
            inviter: None,
            redirect_url: redirect_url(&mut form),
            days: days(&mut form),
            notify: form.flag("notify").unwrap_or(true),
            public: form.object("public_metadata").unwrap_or_default(),
            private: form.object("private_metadata").unwrap_or_default(),
        };
        form.done()?;
        let inviter = inviter.map(|id| rules::acting_user(world, org, &id));
        Ok(Self {
            inviter: inviter.transpose()?,
            ..letter
        })
    }

    fn is_for_a_stranger(&self, world: &World, org: &Org) -> Result<(), Refusal> {
        match world.person_by_email(&self.email) {
            Some(person) => rules::is_no_member(world, org, person.key),
            None => Ok(()),
        }
    }

    /// Whether the address waits for an answer to an earlier invitation.
    fn was_sent(&self, world: &World, org: &Org) -> bool {
        let email = self.email.to_lowercase();
        world.invites_of(org.key).any(|invite| {
            let pending = invite.state_at(world.now()) == InviteState::Pending;
            pending && invite.email.to_lowercase() == email
        })
    }

    fn send(self, world: &mut World, org: Key) -> Value {
        let email = self.email;
        let key = world.add_invite(org, &email, |invite| {
            let end = invite
                .created
                .checked_add(SignedDuration::from_hours(24 * self.days));
            invite.expires = end.ok();
            invite.role = Some(self.role);
            invite.inviter = self.inviter;
            invite.redirect_url = self.redirect_url;
            invite.notify = self.notify;
            invite.metadata.public = self.public;
            invite.metadata.private = self.private;
        });
        let invite = key.and_then(|key| world.invite(key));
        show::invitation(world, invite.expect("the organization is there"))
    }
}

fn email(form: &mut Form) -> String {
    form.need("email_address");
    let Some(email) = form.text("email_address") else {
        return String::new();
    };
    let plain = Options::default()
        .without_display_text()
        .without_domain_literal();
    if EmailAddress::parse_with_options(&email, plain).is_err() {
        let rule = "must be a valid email address";
        form.refuse("form_param_format_invalid", "email_address", rule);
    }
    email
}

fn redirect_url(form: &mut Form) -> Option<String> {
    let address = form.text("redirect_url")?;
    if Url::parse(&address).is_err() {
        let rule = "must be a full URL";
        form.refuse("form_param_format_invalid", "redirect_url", rule);
    }
    Some(address)
}

fn days(form: &mut Form) -> i64 {
    let name = "expires_in_days";
    let days = form.number(name).unwrap_or(USUAL_DAYS);
    if days < 1 {
        form.refuse("form_param_value_invalid", name, "must be at least 1");
    } else if days > LONGEST_DAYS {
        form.refuse("form_param_value_too_large", name, "must be at most 365");
    }
    days
}
