//! Where one is: as an address that the program can be started at, and as a web page.

use super::{Nothing, Taken};
use crate::app::address::Address;
use crate::app::form::check;
use crate::app::model::{InviteScope, Model};
use crate::app::place::Pane;
use crate::app::screen::lists;
use crate::domain::{Text, Value};

const NO_ORG: Nothing = "no organization is chosen yet";

/// The address of this place.
pub(super) fn address(model: &Model) -> Result<Taken, Nothing> {
    let org = model.org_here().ok_or(NO_ORG)?;
    let (pane, filter) = match model.panes.focus {
        pane @ (Pane::Members | Pane::Invites) => (pane, lists::filter(model).unwrap_or_default()),
        Pane::Orgs | Pane::Org | Pane::Activity => (Pane::Orgs, ""),
    };
    let address = Address {
        profile: org.profile().clone(),
        org: org.raw().to_owned(),
        pane,
        filter: filter.to_owned(),
    };
    let text = address.to_string();
    let is_plain = Text::from(text.as_str()).clean().as_str() == text;
    if !is_plain || text.parse() != Ok(address) {
        return Err("the id of this organization cannot stand in an address");
    }
    let is_wide = pane == Pane::Invites && model.panes.invite_scope == InviteScope::All;
    let what = if is_wide {
        "the address of this invite's organization (those of all profiles have none)"
    } else {
        "the address of this place"
    };
    Ok(Taken::new(what, text))
}

/// A web page.
pub(super) struct Page {
    /// Whose it is, in words.
    pub(super) what: &'static str,
    /// Its address.
    pub(super) url: String,
    /// Who wrote the address.
    pub(super) author: Author,
}

/// Who wrote the address of a page.
pub(super) enum Author {
    /// The service, in its documents.
    Service,
    /// Somebody, into a field of a record.
    Anybody,
}

/// The service's own page for organizations, where it has one; else the website of the organization.
pub(super) fn page(model: &Model) -> Result<Page, Nothing> {
    let org = model.org_here().ok_or(NO_ORG)?;
    let account = model.store.account(org.profile()).ok_or(NO_ORG)?;
    let site = account.capabilities.site;
    if let Some(site) = site.filter(|site| account.connection.url.raw() == site.origin) {
        return Ok(Page {
            what: "the link to the service's own page",
            url: site.page.to_owned(),
            author: Author::Service,
        });
    }
    let row = model.store.org(org);
    let website = row.and_then(|row| row.item.attribute("website")?.known());
    match website.and_then(Value::text) {
        Some(url) if check::web(url.raw()).is_ok() => Ok(Page {
            what: "the link to the organization's website",
            url: url.raw().to_owned(),
            author: Author::Anybody,
        }),
        Some(_) | None => Err("no page is known: neither of the service nor a website"),
    }
}
