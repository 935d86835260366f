//! Plans: which changes a wish comes to here. Looks role ids up, and writes nothing.

use super::super::ONE_BY_ONE;
use super::Balena;
use super::capabilities::{self, Model};
use super::changes::{invalid, not_offered};
use crate::domain::field::{FieldKind, Need};
use crate::domain::invite::Notify;
use crate::domain::member::Mine;
use crate::domain::mutation::Parting;
use crate::domain::wish::Resend;
use crate::domain::{
    ApiError, Assignment, Fault, FieldError, FieldSpec, Fields, Invite, InviteDraft, Member,
    MemberRef, Mutation, OrgId, Role, Text, Told, Value, Verb, Wish,
};

const LISTED: &str = "balena lists its invites: a listed one is sent again";

impl Balena {
    /// The changes that a wish comes to. Each can be rendered: what could not go out is refused here.
    pub(super) async fn changes(&self, wish: Wish) -> Result<Vec<Mutation>, ApiError> {
        let verb = wish.verb();
        if wish.profile() != self.transport.profile() {
            return Err(ApiError::new(verb, Fault::Foreign));
        }
        self.addressed(&wish)?;
        let model = self.offered(verb).await?;
        let changes = match wish {
            Wish::CreateOrg {
                first_member: Some(_),
                ..
            } => return Err(not_offered(Verb::MemberAdd)),
            Wish::CreateOrg {
                profile, fields, ..
            } => {
                check(
                    verb,
                    &capabilities::of(model).create,
                    &fields,
                    Missing::Refused,
                )?;
                vec![Mutation::CreateOrg { profile, fields }]
            }
            Wish::EditOrg { org, fields } => edit(model, org, fields)?,
            Wish::DeleteOrg { org } => vec![Mutation::DeleteOrg { org }],
            Wish::SetLogo { org, image } => vec![Mutation::SetLogo { org, image }],
            Wish::RemoveLogo { org } => vec![Mutation::RemoveLogo { org }],
            Wish::SetRoles { member, from, to } => self.set_roles(member, &from, &to).await?,
            Wish::RemoveMember { member } => vec![removal(*member)],
            Wish::Leave { org } => vec![self.leaving(&org).await?],
            Wish::Invite { org, drafts } => self.invitations(&org, drafts).await?,
            Wish::RevokeInvite { invite } => vec![Mutation::RevokeInvite { invite: invite.at }],
            Wish::Resend(Resend::Listed(invite)) => self.resending(*invite).await?,
            Wish::AcceptInvite { profile, token } => {
                vec![Mutation::AcceptInvite { profile, token }]
            }
            Wish::Resend(Resend::Address { .. }) => {
                return Err(ApiError::new(verb, Fault::NotOffered(LISTED)));
            }
            Wish::SetMetadata { .. } | Wish::AddMember { .. } => return Err(not_offered(verb)),
            Wish::Each(_) => return Err(ApiError::new(verb, Fault::NotOffered(ONE_BY_ONE))),
        };
        changes
            .iter()
            .try_for_each(|change| self.request(change).map(drop))?;
        Ok(changes)
    }

    /// Refuses ids of another profile, and such that fit into no key, before anything is read.
    fn addressed(&self, wish: &Wish) -> Result<(), ApiError> {
        let verb = wish.verb();
        if let Wish::SetRoles { member, .. } = wish {
            self.member_key(verb, member)?;
        }
        if let Wish::RemoveMember { member } = wish {
            self.member_key(verb, &member.at)?;
        }
        if let Wish::RevokeInvite { invite } | Wish::Resend(Resend::Listed(invite)) = wish {
            self.invite_key(verb, &invite.at)?;
        }
        Ok(())
    }

    async fn set_roles(
        &self,
        member: MemberRef,
        from: &[Assignment],
        to: &[Role],
    ) -> Result<Vec<Mutation>, ApiError> {
        let [wanted] = to else {
            let message = "a member holds exactly one role here";
            return Err(invalid(Verb::MemberRole, "role", message));
        };
        if let [held] = from
            && held.role.key == wanted.key
        {
            return Ok(Vec::new());
        }
        let role = self.role(Verb::MemberRole, &wanted.key).await?;
        Ok(vec![Mutation::SetRole { member, role }])
    }

    async fn leaving(&self, org: &OrgId) -> Result<Mutation, ApiError> {
        let me = self.myself(Verb::MemberLeave).await?;
        Ok(Mutation::RemoveMember {
            member: MemberRef::user(org, &me),
            why: Parting::Leaves,
        })
    }

    async fn invitations(
        &self,
        org: &OrgId,
        drafts: Vec<InviteDraft>,
    ) -> Result<Vec<Mutation>, ApiError> {
        let mut changes = Vec::with_capacity(drafts.len());
        for mut draft in drafts {
            check_draft(&draft)?;
            if let Some(role) = &draft.role {
                draft.role = Some(self.role(Verb::InviteCreate, &role.key).await?);
            }
            changes.push(Mutation::Invite {
                org: org.clone(),
                draft,
            });
        }
        Ok(changes)
    }

    /// There is no call that sends an invite again: the old one goes, a new one with a new link comes.
    async fn resending(&self, invite: Invite) -> Result<Vec<Mutation>, ApiError> {
        let Told::Is(email) = invite.email else {
            let message = "the service does not tell the address of this invite";
            return Err(invalid(Verb::InviteResend, "email", message));
        };
        let draft = InviteDraft {
            role: invite.role.known().cloned(),
            message: invite.message.known().cloned(),
            ..InviteDraft::to(email)
        };
        let again = self.invitations(&invite.at.org, vec![draft]).await?;
        let revoke = Mutation::RevokeInvite { invite: invite.at };
        Ok([vec![revoke], again].concat())
    }
}

/// An empty PATCH is a 400, so where nothing changes nothing is sent.
fn edit(model: Model, org: OrgId, fields: Fields) -> Result<Vec<Mutation>, ApiError> {
    let specs = capabilities::of(model).edit;
    check(Verb::OrgEdit, &specs, &fields, Missing::Kept)?;
    if fields.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![Mutation::EditOrg { org, fields }])
}

fn removal(member: Member) -> Mutation {
    let why = match member.is_me {
        Told::Is(Mine::Own) => Parting::Leaves,
        Told::Is(Mine::Other) | Told::Empty | Told::Unknown => Parting::Removed,
    };
    Mutation::RemoveMember {
        member: member.at,
        why,
    }
}

/// What a required field means that is not there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Missing {
    /// It must be given.
    Refused,
    /// It stays as it is.
    Kept,
}

/// Refuses fields that would be dropped in silence, and those without which the server fails.
fn check(
    verb: Verb,
    specs: &[FieldSpec],
    fields: &Fields,
    missing: Missing,
) -> Result<(), ApiError> {
    let given = fields.iter().filter_map(|(key, value)| {
        let spec = specs.iter().find(|spec| spec.key == key);
        Some(error(key, complaint(spec, value)?))
    });
    let needed = specs.iter().filter(|spec| {
        let required = spec.need == Need::Required && missing == Missing::Refused;
        required && fields.get(spec.key).is_none()
    });
    let needed = needed.map(|spec| error(spec.key, "is needed on this server"));
    refuse(verb, given.chain(needed).collect())
}

/// What is wrong with a field that was given.
fn complaint(spec: Option<&FieldSpec>, value: &Value) -> Option<&'static str> {
    let Some(spec) = spec else {
        return Some("balena has no such field");
    };
    let fits = match value {
        Value::Image(_) => spec.kind == FieldKind::Image,
        Value::Text(_) => spec.kind != FieldKind::Image,
        Value::Flag(_) | Value::Number(_) | Value::Json(_) => false,
    };
    match spec.need {
        Need::NotOffered(why) => Some(why),
        Need::Required | Need::Optional if !fits => Some("is of another kind"),
        Need::Required if value.text().is_none_or(Text::is_empty) => Some("must not be empty"),
        Need::Required | Need::Optional => None,
    }
}

fn check_draft(draft: &InviteDraft) -> Result<(), ApiError> {
    let given = [
        ("redirect_url", draft.redirect.is_some()),
        ("expires_in_days", draft.expires_in_days.is_some()),
        ("notify", draft.notify == Notify::Silent),
        ("public_metadata", draft.public_metadata.is_some()),
        ("private_metadata", draft.private_metadata.is_some()),
    ];
    let errors = given.into_iter().filter(|(_, given)| *given);
    let errors = errors.map(|(key, _)| error(key, "balena's invites have no such field"));
    refuse(Verb::InviteCreate, errors.collect())
}

fn error(field: &str, message: &str) -> FieldError {
    FieldError {
        field: Text::from(field),
        message: Text::from(message),
    }
}

fn refuse(verb: Verb, errors: Vec<FieldError>) -> Result<(), ApiError> {
    if errors.is_empty() {
        return Ok(());
    }
    Err(ApiError::new(verb, Fault::Invalid(errors)))
}
