//! The attributes of an organization that a body may set, with the rules on each.

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::form::Form;
use super::refusal::Refusal;
use super::rules;
use crate::sandbox::Service::Clerk;
use crate::sandbox::world::{Key, Org, World};

/// The longest name, in characters.
const LONGEST_NAME: usize = 256;

/// What a body asks for; what it does not name stays as it is.
pub(super) struct Attributes {
    name: Option<String>,
    slug: Option<String>,
    max_members: Option<u64>,
    created: Option<Timestamp>,
    role_set: Option<String>,
    admin_delete: Option<bool>,
    public: Option<Map<String, Value>>,
    private: Option<Map<String, Value>>,
}

impl Attributes {
    /// What every call on organizations takes.
    pub(super) fn read(form: &mut Form) -> Self {
        Self {
            name: name(form),
            slug: slug(form),
            max_members: max_members(form, "max_allowed_memberships"),
            created: form.date("created_at"),
            role_set: form.text("role_set_key"),
            admin_delete: None,
            public: None,
            private: None,
        }
    }

    pub(super) fn read_admin_delete(&mut self, form: &mut Form) {
        self.admin_delete = form.flag("admin_delete_enabled");
    }

    pub(super) fn read_metadata(&mut self, form: &mut Form) {
        self.public = form.object("public_metadata");
        self.private = form.object("private_metadata");
    }

    /// Holds what was read against the world; `own` is the organization that is changed.
    pub(super) fn check(&self, world: &World, own: Option<Key>) -> Result<(), Refusal> {
        if let Some(slug) = &self.slug {
            slug_is_free(world, slug, own)?;
        }
        if let Some(key) = &self.role_set {
            rules::plan_has_roles(world)?;
            let mut sets = world.catalogue.role_sets.iter();
            if !sets.any(|set| set.key == *key) {
                let rule = "is not the key of a role set";
                return Err(Refusal::field(
                    "form_param_value_invalid",
                    "role_set_key",
                    rule,
                ));
            }
        }
        Ok(())
    }

    pub(super) fn write(self, org: &mut Org) {
        let policy = &mut org.policy;
        policy.max_members = self.max_members.unwrap_or(policy.max_members);
        policy.admin_delete_enabled = self.admin_delete.unwrap_or(policy.admin_delete_enabled);
        if let Some(role_set) = self.role_set {
            policy.role_set = role_set;
        }
        if let Some(name) = self.name {
            org.name = name;
        }
        org.slug = self.slug.or(org.slug.take());
        org.created = self.created.unwrap_or(org.created);
        if let Some(public) = self.public {
            org.metadata.public = public;
        }
        if let Some(private) = self.private {
            org.metadata.private = private;
        }
    }
}

fn name(form: &mut Form) -> Option<String> {
    let name = form.text("name")?;
    if name.trim().is_empty() {
        form.refuse("form_param_nil", "name", "must not be empty");
    } else if name.chars().count() > LONGEST_NAME {
        let rule = "must not be longer than 256 characters";
        form.refuse("form_param_max_length_exceeded", "name", rule);
    } else if has_url(&name) || has_html(&name) {
        let rule = "must not contain URLs or HTML";
        form.refuse("form_param_value_invalid", "name", rule);
    }
    Some(name)
}

fn has_url(name: &str) -> bool {
    name.contains("://") || name.to_lowercase().contains("www.")
}

/// Something between angle brackets that begins as a tag does.
fn has_html(name: &str) -> bool {
    let mut tags = name.split('<').skip(1);
    tags.any(|tag| {
        let begins =
            tag.starts_with(|first: char| first.is_ascii_alphabetic() || "/!".contains(first));
        begins && tag.contains('>')
    })
}

fn slug(form: &mut Form) -> Option<String> {
    let slug = form.text("slug")?;
    let allowed = |each: char| each.is_ascii_lowercase() || each.is_ascii_digit() || each == '-';
    if slug.is_empty() || !slug.chars().all(allowed) {
        let rule = "may contain small letters, digits and dashes only";
        form.refuse("form_param_format_invalid", "slug", rule);
    }
    Some(slug)
}

/// Reads a limit of members, where 0 is no limit.
pub(super) fn max_members(form: &mut Form, name: &str) -> Option<u64> {
    let number = form.number(name)?;
    let limit = u64::try_from(number).ok();
    if limit.is_none() {
        form.refuse("form_param_value_invalid", name, "must not be negative");
    }
    limit
}

fn slug_is_free(world: &World, slug: &str, own: Option<Key>) -> Result<(), Refusal> {
    if !world.settings.slugs_enabled {
        let message = "Organization slugs are not enabled for this instance.";
        return Err(Refusal::new(403, "organization_slugs_disabled", message));
    }
    let owner = world.org_by_slug(Clerk, slug).map(|org| org.key);
    if owner.is_none() || owner == own {
        return Ok(());
    }
    Err(Refusal::field("form_identifier_exists", "slug", "is taken"))
}
