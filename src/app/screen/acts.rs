//! What opens a form: the actions that ask for more than a yes. Nothing is sent from here.

use crate::app::effect::Effects;
use crate::app::form::{Area, Checklist, Emptying, Entry, Form, Goal, PRIVATE, Roll, many};
use crate::app::layer::Overlay;
use crate::app::model::Model;
use crate::app::pending::Purpose;
use crate::app::store::{Account, Loaded};
use crate::domain::capabilities::Vocabulary;
use crate::domain::field::Need;
use crate::domain::query::Privacy;
use crate::domain::{Detail, FieldKind, FieldSpec, MemberBy, OrgId, Query, Text};

use super::invites::{name, profile_words};
use super::orgs::ask;
use super::roles::offer_roles;

const LOGO: FieldSpec = FieldSpec::required("logo_image", "Image file", FieldKind::Image)
    .hint("JPEG, PNG, GIF or WebP of at most 10 MiB; ~ is your home directory");
const MERGE: FieldSpec = FieldSpec::required("public_metadata", "Merge", FieldKind::Json)
    .hint("a JSON object, merged into the public metadata; null removes a key");
const SHOW_PRIVATE: FieldSpec = FieldSpec::optional(PRIVATE, "Show private", FieldKind::Flag)
    .hint("private metadata is shown on request and not changed from here");
const USER: FieldSpec = FieldSpec::required("user", "User", FieldKind::User)
    .hint("an e-mail, a user name or a part of a name");
const ROLE: FieldSpec = FieldSpec::required("role", "Role", FieldKind::Role);
const ROLES: FieldSpec = FieldSpec::optional("role", "Roles", FieldKind::Role)
    .hint("space ticks a line; a name of your own is typed below them, Enter adds it");

/// Opens the form that invites people to the organization.
pub fn open_invite(model: &mut Model) -> Effects {
    of_org(model, |model, org, name| {
        let title = format!("Invite people to {}", name.raw());
        let specs = model
            .store
            .account(org.profile())?
            .capabilities
            .invite
            .clone();
        Some(Form::new(title, Goal::Invite { org: org.clone() }, &specs))
    })
}

/// Opens the form that invites many, and begins to read who is known in the organization.
pub fn open_invite_many(model: &mut Model) -> Effects {
    of_org(model, |model, org, name| {
        let title = format!("Invite many to {}", name.raw());
        let capabilities = &model.store.account(org.profile())?.capabilities;
        let specs = many::specs(&capabilities.invite);
        let mut form = Form::new(title, Goal::InviteMany { org: org.clone() }, &specs);
        let notes = model
            .store
            .sent_notes
            .iter()
            .filter(|note| note.org == *org);
        let sent = notes.map(|note| note.email.raw().to_lowercase()).collect();
        form.roll = Some(Box::new(Roll::new(capabilities, sent)));
        Some(form)
    })
}

/// Opens it with addresses that were brought: they stand behind those that were typed before.
pub fn invite_these(model: &mut Model, addresses: &str) -> Effects {
    let effects = open_invite_many(model);
    if let Some(Overlay::Form(form)) = model.overlays.last_mut() {
        let kept = form.area().map(Area::text).unwrap_or_default();
        let all = if kept.trim().is_empty() {
            addresses.to_owned()
        } else {
            format!("{}\n{addresses}", kept.trim_end())
        };
        form.put_addresses(&all);
    }
    effects
}

/// Opens the form for an organization that exists and is under the cursor, and asks what it needs.
fn of_org(model: &mut Model, form: impl FnOnce(&Model, &OrgId, &Text) -> Option<Form>) -> Effects {
    let Some(org) = model.org_here().cloned() else {
        return Effects::new();
    };
    let name = name(model, &org);
    match form(model, &org, &name) {
        Some(form) => show(model, form),
        None => Effects::new(),
    }
}

/// Opens the form for the fields of the organization.
pub fn open_edit(model: &mut Model) -> Effects {
    of_org(model, |model, org, name| {
        let account = model.store.account(org.profile())?;
        let row = account.orgs.rows.find(org)?;
        let goal = Goal::EditOrg {
            org: Box::new(row.item.clone()),
        };
        let title = format!("Edit {}", name.raw());
        let mut form = Form::new(title, goal, &account.capabilities.edit);
        for field in &mut form.fields {
            if is_needed(account, field.spec.key) {
                field.emptying = Emptying::Refused;
            }
        }
        form.learn(&row.item);
        if row.detail != Detail::Whole {
            let words = "Its values are not read yet: fields that are empty here stay as they are";
            form.note = Some(Text::from(words));
        }
        Some(form)
    })
}

/// Whether the service makes no organization without this field.
fn is_needed(account: &Account, key: &str) -> bool {
    let create = &account.capabilities.create;
    create
        .iter()
        .any(|spec| spec.key == key && spec.need == Need::Required)
}

/// Opens the form for a logo.
pub fn open_logo(model: &mut Model) -> Effects {
    of_org(model, |_, org, name| {
        let title = format!("Set the logo of {}", name.raw());
        Some(Form::new(
            title,
            Goal::SetLogo { org: org.clone() },
            &[LOGO],
        ))
    })
}

/// Opens the form for metadata, and reads the public half.
pub fn open_metadata(model: &mut Model) -> Effects {
    let mut effects = of_org(model, |_, org, name| {
        let title = format!("Metadata of {}", name.raw());
        let goal = Goal::Metadata { org: org.clone() };
        let mut form = Form::new(title, goal, &[MERGE, SHOW_PRIVATE]);
        form.shown = vec![(Privacy::Public, Loaded::Asked)];
        Some(form)
    });
    if let Some(org) = model.org_here().cloned() {
        let (privacy, profile) = (Privacy::Public, org.profile().clone());
        let purpose = Purpose::Metadata(org.clone(), privacy);
        effects.push(ask(
            model,
            &profile,
            (purpose, Query::Metadata { org, privacy }),
        ));
    }
    effects
}

/// Opens the form that makes a user a member.
pub fn open_add(model: &mut Model) -> Effects {
    let Some(org) = model.org_here().cloned() else {
        return Effects::new();
    };
    let name = name(model, &org);
    add_to(model, &org, &name)
}

/// Opens the form that makes a user a member of this organization.
pub fn add_to(model: &mut Model, org: &OrgId, name: &Text) -> Effects {
    let title = format!("Add a user to {}", name.raw());
    let goal = Goal::AddMember { org: org.clone() };
    show(model, Form::new(title, goal, &[USER, ROLE]))
}

/// Opens the list of roles of the member under the cursor, on a service where a member holds any number.
pub fn open_roles(model: &mut Model) -> Effects {
    let Some(member) = model.member_row().map(|row| row.item.clone()) else {
        return Effects::new();
    };
    let Some(held) = member.roles.known().cloned() else {
        model.say("the roles of this member are not read yet");
        return Effects::new();
    };
    let suggested = match model.store.account(member.at.org.profile()) {
        Some(account) => account.capabilities.vocabulary.clone(),
        None => Vocabulary::Listed,
    };
    let title = format!("Roles of {}", member.display_name().raw());
    let goal = Goal::SetRoles {
        member: member.at.clone(),
        from: held.clone(),
    };
    let mut form = Form::new(title, goal, &[ROLES]);
    if let (Vocabulary::Free(suggested), Some(field)) = (suggested, form.field_mut(ROLES.key)) {
        field.entry = Entry::Roles(Checklist::new(&suggested, &held));
    }
    show(model, form)
}

/// Puts a form on the screen with what was typed into it before, and asks for the roles it offers.
pub(super) fn show(model: &mut Model, mut form: Form) -> Effects {
    if let Some(kept) = model.forms.of(&form.goal) {
        form.recall(kept);
        let words = "Kept from before. ^u empties a field, on a button the whole form";
        form.note = Some(Text::from(words));
        form.judge();
    }
    form.about = about(model, &form.goal);
    let effects = offer_roles(model, &mut form);
    model.overlays.push(Overlay::Form(Box::new(form)));
    effects.into_iter().collect()
}

/// What it speaks of with its id, and the profile.
fn about(model: &Model, goal: &Goal) -> Text {
    let profile = profile_words(model, goal.profile());
    let Some(org) = goal.org() else {
        return Text::from(format!("on {profile}"));
    };
    // One that was made just now is not read yet.
    let place = match name(model, org) {
        name if name == *org.text() => format!("{} on {profile}", org.raw()),
        name => format!("{} ({}) on {profile}", name.raw(), org.raw()),
    };
    match goal {
        Goal::SetRoles { member, .. } => {
            let id = match &member.by {
                MemberBy::Id(id) => id.raw(),
                MemberBy::User(user) => user.raw(),
            };
            Text::from(format!("{id} in {place}"))
        }
        Goal::Invite { .. }
        | Goal::InviteMany { .. }
        | Goal::CreateOrg { .. }
        | Goal::EditOrg { .. }
        | Goal::SetLogo { .. }
        | Goal::Metadata { .. }
        | Goal::AddMember { .. }
        | Goal::AcceptInvite { .. } => Text::from(place),
    }
}
