//! From the fields of a form to what is wished.

use serde_json::Value as Json;

use super::checklist::Checklist;
use super::entry::Entry;
use super::finder::Finder;
use super::{Field, Form, Goal, PRIVATE, check};
use crate::domain::invite::Notify;
use crate::domain::query::Privacy;
use crate::domain::seen::deep_merge;
use crate::domain::{
    FieldError, FieldKind, FieldSpec, Fields, Image, InviteDraft, OrgId, Role, Text, User, UserId,
    Value, Wish,
};

/// Who becomes the first member of a new organization.
pub const FIRST_MEMBER: FieldSpec =
    FieldSpec::optional("first_member", "First member", FieldKind::User)
        .hint("where there is no creator: added by a second request");

/// The role of the first member.
pub const FIRST_ROLE: FieldSpec =
    FieldSpec::optional("first_role", "First role", FieldKind::Role).hint("of the first member");

/// What a list of errors is for one field.
pub(super) fn wrong(field: &str, message: impl Into<Text>) -> FieldError {
    FieldError {
        field: Text::from(field),
        message: message.into(),
    }
}

impl Form {
    /// What the fields come to.
    ///
    /// # Errors
    /// What is wrong, field by field.
    pub fn wish(&self) -> Result<Wish, Vec<FieldError>> {
        let errors = self.complaints();
        if errors.is_empty() {
            self.made().map_err(|error| vec![error])
        } else {
            Err(errors)
        }
    }

    /// What is wrong with the fields as they stand.
    pub fn complaints(&self) -> Vec<FieldError> {
        let one = |field: &Field| {
            let message = field.check().err()?;
            Some(wrong(field.spec.key, message))
        };
        let own = self
            .fields
            .iter()
            .filter(|field| !field.is_second_thought());
        let mut errors: Vec<FieldError> = self.many_complaint().into_iter().collect();
        errors.extend(own.filter_map(one));
        if let (Some(user), None) = (self.user(FIRST_MEMBER.key), self.role(FIRST_ROLE.key)) {
            let name = user.id.text().raw();
            errors.push(wrong(FIRST_ROLE.key, format!("choose a role for {name}")));
        }
        if self.user(FIRST_MEMBER.key).is_some() && self.has_creator() {
            errors.push(wrong(
                FIRST_MEMBER.key,
                "the creator is the first member already",
            ));
        }
        errors
    }

    /// Whether a creator is named, who becomes a member by that.
    fn has_creator(&self) -> bool {
        let creator = |field: &Field| field.spec.key != FIRST_MEMBER.key && finder(field).is_some();
        let mut creators = self.fields.iter().filter(|field| creator(field));
        creators.any(|field| field.value().is_some())
    }

    fn made(&self) -> Result<Wish, FieldError> {
        Ok(match &self.goal {
            Goal::Invite { org } => Wish::Invite {
                org: org.clone(),
                drafts: self.drafts(),
            },
            Goal::InviteMany { org } => Wish::Invite {
                org: org.clone(),
                drafts: self.many_drafts(),
            },
            Goal::CreateOrg { profile } => Wish::CreateOrg {
                profile: profile.clone(),
                fields: self.changed(),
                first_member: self.first_member(),
            },
            Goal::EditOrg { org } => Wish::EditOrg {
                org: org.id.clone(),
                fields: self.changed(),
            },
            Goal::SetLogo { org } => Wish::SetLogo {
                org: org.clone(),
                image: self.image().ok_or_else(unread)?,
            },
            Goal::Metadata { org } => Wish::SetMetadata {
                org: org.clone(),
                merge: self.json("public_metadata").ok_or_else(no_document)?,
            },
            Goal::AddMember { org } => self.membership(org)?,
            Goal::SetRoles { member, from } => Wish::SetRoles {
                member: member.clone(),
                from: from.clone(),
                to: self.wanted_roles(),
            },
            Goal::AcceptInvite { profile } => {
                let token = self.fields.iter().find_map(|field| field.entry.secret());
                Wish::AcceptInvite {
                    profile: profile.clone(),
                    token: token.ok_or_else(|| wrong("token", "a token is needed"))?,
                }
            }
        })
    }

    /// Whether sending it would leave everything as it is shown.
    pub fn changes_nothing(&self) -> bool {
        match &self.goal {
            Goal::EditOrg { .. } => self.changed().is_empty(),
            Goal::SetRoles { .. } => !self
                .checklist()
                .is_some_and(|list| list.is_turned() || !list.other.value().trim().is_empty()),
            Goal::Metadata { .. } => self
                .json("public_metadata")
                .is_some_and(|merge| merge.as_object().is_some_and(serde_json::Map::is_empty)),
            Goal::Invite { .. }
            | Goal::InviteMany { .. }
            | Goal::CreateOrg { .. }
            | Goal::SetLogo { .. }
            | Goal::AddMember { .. }
            | Goal::AcceptInvite { .. } => false,
        }
    }

    /// The public metadata as it would be, where what is there now was read and what is typed can be.
    pub fn after(&self) -> Option<Json> {
        let read = |(privacy, content): &(Privacy, crate::app::store::Loaded<Text>)| {
            let is_public = *privacy == Privacy::Public;
            content.known().filter(|_| is_public).cloned()
        };
        let now = self.shown.iter().find_map(read)?;
        let mut document = serde_json::from_str(now.raw()).ok()?;
        deep_merge(&mut document, &self.json("public_metadata")?);
        Some(document)
    }

    /// Whether the private metadata is asked for.
    pub fn shows_private(&self) -> bool {
        let field = self.field(PRIVATE);
        field.is_some_and(|field| field.value() == Some(Value::Flag(true)))
    }

    /// The file that is to be read before there is a plan.
    pub fn unread_file(&self) -> Option<&str> {
        self.fields.iter().find_map(|field| match &field.entry {
            Entry::File(picked) if picked.image().is_none() => {
                Some(picked.path()).filter(|path| !path.is_empty())
            }
            Entry::File(_)
            | Entry::Line(_)
            | Entry::Area(_)
            | Entry::Masked(_)
            | Entry::Role(..)
            | Entry::Roles(_)
            | Entry::Flag(_)
            | Entry::Country(..)
            | Entry::User(_)
            | Entry::Absent => None,
        })
    }

    /// The values that are others than at first, for the service's own fields.
    fn changed(&self) -> Fields {
        let ours = [FIRST_MEMBER.key, FIRST_ROLE.key];
        let own = |field: &&Field| !field.is_second_thought() && !ours.contains(&field.spec.key);
        let mut changed = Fields::default();
        for field in self.fields.iter().filter(own) {
            let value = match (field.value(), &field.before) {
                (Some(value), before) => Some(value).filter(|value| before.as_ref() != Some(value)),
                (None, Some(Value::Text(_))) if field.typed().is_empty() => {
                    Some(Value::Text(Text::from("")))
                }
                (None, _) => None,
            };
            if let Some(value) = value {
                changed.set(field.spec.key, value);
            }
        }
        changed
    }

    fn drafts(&self) -> Vec<InviteDraft> {
        let typed = self.line("email").unwrap_or_default();
        let addresses = check::addresses(typed);
        addresses
            .iter()
            .map(|address| self.draft(address))
            .collect()
    }

    pub(super) fn draft(&self, address: &str) -> InviteDraft {
        let text = |key: &str| self.line(key).map(Text::from);
        let notify = self.field("notify").and_then(Field::value);
        InviteDraft {
            role: self.role("role"),
            message: text("message"),
            redirect: text("redirect_url"),
            expires_in_days: self
                .line("expires_in_days")
                .and_then(|days| days.parse().ok()),
            notify: if notify == Some(Value::Flag(false)) {
                Notify::Silent
            } else {
                Notify::Default
            },
            public_metadata: self.json("public_metadata"),
            private_metadata: self.json("private_metadata"),
            ..InviteDraft::to(address)
        }
    }

    fn membership(&self, org: &OrgId) -> Result<Wish, FieldError> {
        let user = self
            .user("user")
            .ok_or_else(|| wrong("user", "choose a user"))?;
        let role = self
            .role("role")
            .ok_or_else(|| wrong("role", "choose a role"))?;
        Ok(Wish::AddMember {
            org: org.clone(),
            user: user.id.clone(),
            role,
            metadata: None,
        })
    }

    fn first_member(&self) -> Option<(UserId, Role)> {
        let user = self.user(FIRST_MEMBER.key)?.id.clone();
        Some((user, self.role(FIRST_ROLE.key)?))
    }

    fn line(&self, key: &str) -> Option<&str> {
        let typed = self.field(key)?.typed();
        Some(typed).filter(|text| !text.is_empty())
    }

    fn json(&self, key: &str) -> Option<Json> {
        serde_json::from_str(self.line(key)?).ok()
    }

    fn user(&self, key: &str) -> Option<&User> {
        finder(self.field(key)?)?.chosen()
    }

    fn image(&self) -> Option<Image> {
        self.fields.iter().find_map(|field| match field.value() {
            Some(Value::Image(image)) => Some(image),
            Some(Value::Text(_) | Value::Flag(_) | Value::Number(_) | Value::Json(_)) | None => {
                None
            }
        })
    }

    fn checklist(&self) -> Option<&Checklist> {
        self.fields.iter().find_map(|field| match &field.entry {
            Entry::Roles(list) => Some(list),
            Entry::Line(_)
            | Entry::Area(_)
            | Entry::Masked(_)
            | Entry::Role(..)
            | Entry::Flag(_)
            | Entry::Country(..)
            | Entry::User(_)
            | Entry::File(_)
            | Entry::Absent => None,
        })
    }

    fn wanted_roles(&self) -> Vec<Role> {
        self.checklist().map_or(Vec::new(), Checklist::wanted)
    }

    fn role(&self, key: &str) -> Option<Role> {
        match &self.field(key)?.entry {
            Entry::Role(roles, chosen) => chosen.and_then(|number| roles.get(number).cloned()),
            Entry::Line(_)
            | Entry::Area(_)
            | Entry::Masked(_)
            | Entry::Roles(_)
            | Entry::Flag(_)
            | Entry::Country(..)
            | Entry::User(_)
            | Entry::File(_)
            | Entry::Absent => None,
        }
    }
}

fn finder(field: &Field) -> Option<&Finder> {
    match &field.entry {
        Entry::User(finder) => Some(finder),
        Entry::Line(_)
        | Entry::Area(_)
        | Entry::Masked(_)
        | Entry::Role(..)
        | Entry::Roles(_)
        | Entry::Flag(_)
        | Entry::Country(..)
        | Entry::File(_)
        | Entry::Absent => None,
    }
}

fn unread() -> FieldError {
    wrong("logo_image", "the file was not read yet")
}

fn no_document() -> FieldError {
    wrong("public_metadata", "a JSON object is needed")
}
