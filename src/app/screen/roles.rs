//! The roles that can be given: where they come from, and how they get into a form.

use crate::app::effect::Effect;
use crate::app::form::{Entry, Form};
use crate::app::layer::Overlay;
use crate::app::model::Model;
use crate::app::pending::Purpose;
use crate::app::store::Loaded;
use crate::domain::capabilities::Vocabulary;
use crate::domain::{OrgId, Profile, Query, Role};

use super::orgs::ask;

/// Offers the roles that are known, or asks for them.
pub(super) fn offer_roles(model: &mut Model, form: &mut Form) -> Option<Effect> {
    let asks = |entry: &Entry| matches!(entry, Entry::Role(..));
    if !form.fields.iter().any(|field| asks(&field.entry)) {
        return None;
    }
    let profile = form.goal.profile().clone();
    match model
        .store
        .account(&profile)?
        .capabilities
        .vocabulary
        .clone()
    {
        Vocabulary::Free(roles) => {
            form.offer_roles(&roles);
            None
        }
        Vocabulary::Listed => listed(model, form, &profile),
    }
}

fn listed(model: &mut Model, form: &mut Form, profile: &Profile) -> Option<Effect> {
    let Some(org) = form.goal.org().cloned() else {
        let purpose = Purpose::ProfileRoles(profile.clone());
        return Some(ask(model, profile, (purpose, Query::Roles { org: None })));
    };
    if model.store.visit(&org).is_none() {
        model.store.open(&org);
    }
    if let Loaded::Yes(roles) = &model.store.visit(&org)?.roles {
        form.offer_roles(roles);
    }
    read(model, &org)
}

/// Asks for the roles of an organization, unless they are here or under way.
pub fn read(model: &mut Model, org: &OrgId) -> Option<Effect> {
    if let Vocabulary::Free(_) = model.store.account(org.profile())?.capabilities.vocabulary {
        return None;
    }
    let visit = model.store.visit_mut(org)?;
    match visit.roles {
        Loaded::Yes(_) | Loaded::Asked => return None,
        Loaded::No | Loaded::Failed(_) => visit.roles = Loaded::Asked,
    }
    let org = org.clone();
    let query = Query::Roles {
        org: Some(org.clone()),
    };
    let profile = org.profile().clone();
    Some(ask(model, &profile, (Purpose::Roles(org), query)))
}

/// The roles of an organization, or of a whole profile, have come for the form on top.
pub fn roles_came(model: &mut Model, purpose: &Purpose, roles: &[Role]) {
    let Some(Overlay::Form(form)) = model.overlays.last_mut() else {
        return;
    };
    let is_for = match purpose {
        Purpose::Roles(org) => form.goal.org() == Some(org),
        Purpose::ProfileRoles(profile) => {
            form.goal.org().is_none() && form.goal.profile() == profile
        }
        Purpose::Probe(_)
        | Purpose::WhoAmI(_)
        | Purpose::Admission(_)
        | Purpose::Orgs(..)
        | Purpose::Org(_)
        | Purpose::Members(..)
        | Purpose::Member(..)
        | Purpose::Invites(..)
        | Purpose::AllInvites(..)
        | Purpose::Metadata(..)
        | Purpose::Users
        | Purpose::Image
        | Purpose::Export
        | Purpose::List
        | Purpose::Roll(..)
        | Purpose::Memberships(..)
        | Purpose::User(_)
        | Purpose::Raw
        | Purpose::Plan
        | Purpose::Way
        | Purpose::History
        | Purpose::Order(_) => false,
    };
    if is_for {
        form.offer_roles(roles);
    }
}
