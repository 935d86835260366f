//! What opens a form: the actions that ask for more than a yes. Nothing is sent from here.

use crate::app::effect::Effects;
use crate::app::form::{Checklist, Emptying, Entry, Form, Goal, PRIVATE, Roll, many};
use crate::app::layer::Overlay;
use crate::app::model::Model;
use crate::app::pending::Purpose;
use crate::app::store::{Account, Loaded};
use crate::domain::capabilities::Vocabulary;
use crate::domain::draft::{About, Target};
use crate::domain::field::Need;
use crate::domain::query::Privacy;
use crate::domain::{
    Detail, FieldKind, FieldSpec, Member, MemberBy, MemberRef, OrgId, Query, Text, Verb,
};

use super::invites::{name, profile_words};
use super::orgs::ask;
use super::profiles::create_in;
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
    of_org(model, invite)
}

fn invite(model: &Model, org: &OrgId, name: &Text) -> Option<Form> {
    let title = format!("Invite people to {}", name.raw());
    let account = model.store.account(org.profile())?;
    let goal = Goal::Invite { org: org.clone() };
    Some(Form::new(title, goal, &account.capabilities.invite))
}

/// Opens the form that invites many, and begins to read who is known in the organization.
pub fn open_invite_many(model: &mut Model) -> Effects {
    of_org(model, invite_many)
}

fn invite_many(model: &Model, org: &OrgId, name: &Text) -> Option<Form> {
    let title = format!("Invite many to {}", name.raw());
    let capabilities = &model.store.account(org.profile())?.capabilities;
    let specs = many::specs(&capabilities.invite);
    let mut form = Form::new(title, Goal::InviteMany { org: org.clone() }, &specs);
    let notes = model.store.sent_notes.iter();
    let notes = notes.filter(|note| note.org == *org);
    let sent = notes.map(|note| note.email.raw().to_lowercase()).collect();
    form.roll = Some(Box::new(Roll::new(capabilities, sent)));
    Some(form)
}

/// Opens it with addresses that were brought.
pub fn invite_these(model: &mut Model, addresses: &str) -> Effects {
    let effects = open_invite_many(model);
    if let Some(Overlay::Form(form)) = model.overlays.last_mut() {
        form.put_addresses(addresses);
    }
    effects
}

/// Makes a form for an organization of this name.
type Making = fn(&Model, &OrgId, &Text) -> Option<Form>;

/// Opens the form for the organization under the cursor, and asks what it needs.
fn of_org(model: &mut Model, form: Making) -> Effects {
    let org = model.org_here().cloned();
    org.map_or_else(Effects::new, |org| of(model, &org, form))
}

/// Opens the form for an organization.
fn of(model: &mut Model, org: &OrgId, form: Making) -> Effects {
    let name = name(model, org);
    let form = form(model, org, &name);
    form.map_or_else(Effects::new, |form| show(model, form))
}

/// Opens the form for the fields of the organization.
pub fn open_edit(model: &mut Model) -> Effects {
    of_org(model, edit)
}

fn edit(model: &Model, org: &OrgId, name: &Text) -> Option<Form> {
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
    of_org(model, |_, org, name| Some(logo(org, name)))
}

fn logo(org: &OrgId, name: &Text) -> Form {
    let title = format!("Set the logo of {}", name.raw());
    let goal = Goal::SetLogo { org: org.clone() };
    Form::new(title, goal, &[LOGO])
}

/// Opens the form for metadata, and reads the public half.
pub fn open_metadata(model: &mut Model) -> Effects {
    let org = model.org_here().cloned();
    org.map_or_else(Effects::new, |org| metadata_of(model, org))
}

fn metadata_of(model: &mut Model, org: OrgId) -> Effects {
    let mut effects = of(model, &org, |_, org, name| Some(metadata(org, name)));
    let (privacy, profile) = (Privacy::Public, org.profile().clone());
    let purpose = Purpose::Metadata(org.clone(), privacy);
    let query = Query::Metadata { org, privacy };
    effects.push(ask(model, &profile, (purpose, query)));
    effects
}

fn metadata(org: &OrgId, name: &Text) -> Form {
    let title = format!("Metadata of {}", name.raw());
    let goal = Goal::Metadata { org: org.clone() };
    let mut form = Form::new(title, goal, &[MERGE, SHOW_PRIVATE]);
    form.shown = vec![(Privacy::Public, Loaded::Asked)];
    form
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
    let member = model.member_row().map(|row| row.item.clone());
    member.map_or_else(Effects::new, |member| roles_of(model, &member))
}

fn roles_of(model: &mut Model, member: &Member) -> Effects {
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
        from: held.to_vec(),
    };
    let mut form = Form::new(title, goal, &[ROLES]);
    if let (Vocabulary::Free(suggested), Some(field)) = (suggested, form.field_mut(ROLES.key)) {
        field.entry = Entry::Roles(Checklist::new(&suggested, &held));
    }
    show(model, form)
}

/// Opens the form that a draft is about; whether it is there.
pub fn reopen(model: &mut Model, about: &About) -> Option<Effects> {
    let before = model.overlays.len();
    let effects = match (about.verb, &about.target, &about.org) {
        (Verb::OrgCreate, ..) => create_in(model, &about.profile),
        (Verb::InviteCreate, Target::Many, Some(org)) => of(model, org, invite_many),
        (Verb::InviteCreate, _, Some(org)) => of(model, org, invite),
        (Verb::OrgEdit, _, Some(org)) => of(model, org, edit),
        (Verb::LogoSet, _, Some(org)) => of(model, org, |_, org, name| Some(logo(org, name))),
        (Verb::MetadataSet, _, Some(org)) => metadata_of(model, org.clone()),
        (Verb::MemberAdd, _, Some(org)) => {
            let name = name(model, org);
            add_to(model, org, &name)
        }
        (Verb::MemberRole, Target::Member(by), Some(org)) => {
            let at = MemberRef {
                org: org.clone(),
                by: by.clone(),
            };
            let rows = model.store.visit(org)?.members.rows.shelf().iter();
            let member = rows.map(|row| &row.item).find(|member| member.at == at)?;
            roles_of(model, &member.clone())
        }
        _ => return None,
    };
    (model.overlays.len() > before).then_some(effects)
}

/// Puts a form on the screen, and asks for the roles it offers. What was typed into it before is offered.
pub(super) fn show(model: &mut Model, mut form: Form) -> Effects {
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
