//! Writes to organizations, and the rules that names, handles and removals obey.

use super::body::{Body, Sent};
use super::record::Record;
use super::refusal::Refusal;
use super::view::{ADMINISTRATOR, View};
use super::write::{Asked, created, done, targets};
use crate::sandbox::Service;
use crate::sandbox::exchange::Reply;
use crate::sandbox::world::{BalenaKind, Key, Logo, Org, World};

/// Most characters of a name, and of a handle.
const LONGEST: usize = 100;

const EMPTY_NAME: &str = "It is necessary that each name (Auth) of an organization, has a Length \
    (Type) that is greater than 0 and is less than or equal to 220.";
const LONG_NAME: &str = "It is necessary that each organization has a name that has a Length \
    (Type) that is less than or equal to 100.";
const LONG_HANDLE: &str = "It is necessary that each organization has a handle that has a Length \
    (Type) that is less than or equal to 100.";
const UPPER_CASE: &str = "Handles must be lowercase";
const ODD_LETTERS: &str = "Handles can only contain alphanumeric characters and underscores";
const FIRST_ORG: &str = "It is necessary that each organization that was created with an account \
    stays as long as the account.";

/// Makes an organization; on the cloud its creator becomes its administrator.
pub(super) fn create(world: &mut World, asked: Asked<'_>) -> Result<Reply, Refusal> {
    let (caller, request, _) = asked;
    let kind = world.settings.balena;
    if kind == BalenaKind::Open && !caller.widened {
        return Err(Refusal::Unauthorized);
    }
    let body = Body::read(request)?;
    let id = body.link("id")?;
    let mut draft = Draft::read(&body.keep(creatable(kind)))?;
    let name = draft.name.as_ref().ok_or(Refusal::Broken)?;
    if draft.handle.is_none() && kind == BalenaKind::Cloud {
        draft.handle = Some(free_handle(world, name));
    }
    draft.obey_rules()?;
    let handle = draft.handle.as_ref().ok_or(Refusal::Broken)?;
    if id.is_some_and(|id| world.org(Key::new(Service::Balena, id)).is_some()) {
        return Err(Refusal::Conflict(
            "Unique key constraint violated".to_owned(),
        ));
    }
    if world.org_by_slug(Service::Balena, handle).is_some() {
        return Err(Refusal::taken(&["handle"]));
    }
    let key = world.add_org(Service::Balena, |org| {
        org.created_by = Some(caller.person);
        draft.write(org);
    });
    if kind == BalenaKind::Cloud {
        world.add_member(key, caller.person, &[ADMINISTRATOR]);
    }
    Ok(created(world, asked, key))
}

/// Changes the organizations that the request names.
pub(super) fn change(
    world: &mut World,
    (caller, request, query): Asked<'_>,
) -> Result<Reply, Refusal> {
    let body = Body::read(request)?.changes(changeable(world.settings.balena))?;
    let draft = Draft::read(&body)?;
    let view = View { world, caller };
    let found = targets(view, query, |record| administered(view, record))?;
    if !found.is_empty() {
        draft.obey_rules()?;
        free_for(world, draft.handle.as_deref(), &found)?;
    }
    for key in found {
        world.edit_org(key, |org| draft.clone().write(org));
    }
    Ok(done())
}

/// Removes the organizations that the request names, on the cloud with all that belongs to them.
pub(super) fn remove(world: &mut World, (caller, _, query): Asked<'_>) -> Result<Reply, Refusal> {
    let view = View { world, caller };
    let found = targets(view, query, |record| administered(view, record))?;
    for key in &found {
        removable(world, *key)?;
    }
    for key in found {
        world.remove_org(key);
    }
    Ok(done())
}

fn administered(view: View<'_>, record: &Record<'_>) -> bool {
    matches!(record, Record::Organization(org) if view.administers(org.key))
}

fn removable(world: &World, key: Key) -> Result<(), Refusal> {
    match world.settings.balena {
        BalenaKind::Open if world.member_count(key) > 0 => {
            Err(Refusal::referenced("organization_membership"))
        }
        BalenaKind::Cloud if is_first(world, key) => Err(Refusal::rule(FIRST_ORG)),
        BalenaKind::Open | BalenaKind::Cloud => Ok(()),
    }
}

/// Whether an organization was made along with an account: it has the name of its creator.
fn is_first(world: &World, key: Key) -> bool {
    let org = world.org(key);
    let creator = org.and_then(|org| world.person(org.created_by?));
    let username = creator.and_then(|person| person.username.as_deref());
    username.is_some() && org.and_then(|org| org.slug.as_deref()) == username
}

/// Whether `handle`, if one was sent, can become that of the organizations `found`.
fn free_for(world: &World, handle: Option<&str>, found: &[Key]) -> Result<(), Refusal> {
    let Some(handle) = handle else {
        return Ok(());
    };
    let owner = world
        .org_by_slug(Service::Balena, handle)
        .map(|org| org.key);
    if found.len() > 1 || owner.is_some_and(|owner| found != [owner]) {
        return Err(Refusal::taken(&["handle"]));
    }
    Ok(())
}

/// A handle made of a name, as the cloud does when none was sent.
fn free_handle(world: &World, name: &str) -> String {
    let fitting = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    let lower = name.to_lowercase();
    let words = lower
        .split(|letter| !fitting(letter))
        .filter(|word| !word.is_empty());
    let mut stem = words.collect::<Vec<_>>().join("_");
    stem.truncate(LONGEST / 2);
    let numbered = (1..).map(|number| match (number, stem.as_str()) {
        (number, "") => format!("org_{number}"),
        (1, stem) => stem.to_owned(),
        (number, stem) => format!("{stem}_{number}"),
    });
    let mut free = numbered.filter(|handle| world.org_by_slug(Service::Balena, handle).is_none());
    free.next()
        .expect("there are more numbers than organizations")
}

fn creatable(kind: BalenaKind) -> &'static [&'static str] {
    match kind {
        BalenaKind::Open => &["name", "handle"],
        BalenaKind::Cloud => &[
            "name",
            "handle",
            "company_name",
            "website",
            "industry",
            "logo_image",
            "is_enforcing_saml_login",
        ],
    }
}

/// On the cloud a handle stays as it was made.
fn changeable(kind: BalenaKind) -> &'static [&'static str] {
    match kind {
        BalenaKind::Open => creatable(kind),
        BalenaKind::Cloud => &[
            "name",
            "company_name",
            "website",
            "industry",
            "logo_image",
            "is_enforcing_saml_login",
        ],
    }
}

/// The fields of an organization as they were sent.
#[derive(Clone)]
struct Draft {
    name: Option<String>,
    handle: Option<String>,
    company_name: Sent<String>,
    website: Sent<String>,
    industry: Sent<String>,
    logo: Sent<Logo>,
    saml_only: Option<bool>,
}

impl Draft {
    fn read(body: &Body) -> Result<Self, Refusal> {
        Ok(Self {
            name: body.text("name")?,
            handle: body.text("handle")?,
            company_name: body.optional_text("company_name")?,
            website: body.optional_text("website")?,
            industry: body.optional_text("industry")?,
            logo: body.file("logo_image")?,
            saml_only: body.flag("is_enforcing_saml_login")?,
        })
    }

    fn obey_rules(&self) -> Result<(), Refusal> {
        let name = self.name.as_ref().map(|name| name.chars().count());
        let handle = self.handle.as_deref().unwrap_or_default();
        let broken = if name == Some(0) {
            EMPTY_NAME
        } else if name > Some(LONGEST) {
            LONG_NAME
        } else if handle.chars().any(char::is_uppercase) {
            UPPER_CASE
        } else if !handle.chars().all(is_handle_letter) {
            ODD_LETTERS
        } else if handle.len() > LONGEST {
            LONG_HANDLE
        } else {
            return Ok(());
        };
        Err(Refusal::rule(broken))
    }

    fn write(self, org: &mut Org) {
        if let Some(name) = self.name {
            org.name = name;
        }
        if let Some(handle) = self.handle {
            org.slug = Some(handle);
        }
        self.company_name.put(&mut org.company.name);
        self.website.put(&mut org.website);
        self.industry.put(&mut org.company.industry);
        self.logo.put(&mut org.logo);
        org.company.saml_only = self.saml_only.unwrap_or(org.company.saml_only);
    }
}

fn is_handle_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}
