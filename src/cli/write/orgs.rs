//! What is done to organizations.

use std::sync::Arc;

use super::{Job, begin, begin_in, fields};
use crate::cli::args::{Create, Edit, Logo, Metadata, Writing};
use crate::cli::complaint::Halt;
use crate::cli::desk::Desk;
use crate::cli::exit;
use crate::domain::{Text, Value, Verb, Why, Wish};

/// `org create`.
pub(in crate::cli) async fn create(desk: &Desk, wish: &Create) -> Result<u8, Halt> {
    let link = begin(desk, &wish.profile, Verb::OrgCreate, &wish.writing)?;
    let specs = link.capabilities().create;
    let mut fields = fields::parsed(&wish.fields, &specs)?;
    for (key, text) in [("name", &wish.name), ("slug", &wish.slug)] {
        if let Some(text) = text {
            let spec = fields::offered(key, &specs)?;
            fields.set(spec.key, Value::Text(Text::from(text.as_str())));
        }
    }
    if let Some(path) = &wish.logo {
        let spec = fields::offered("logo_image", &specs)?;
        fields.set(spec.key, Value::Image(fields::image(path)?));
    }
    fields::complete(&fields, &specs)?;
    let job = Job {
        desk,
        link: Arc::clone(link),
        writing: &wish.writing,
        org: None,
        why: Why::Wished,
        left: Vec::new(),
    };
    let profile = link.connection.profile.clone();
    let first_member = None;
    let create = Wish::CreateOrg {
        profile,
        fields,
        first_member,
    };
    job.send(vec![create]).await
}

/// `org edit`.
pub(in crate::cli) async fn edit(desk: &Desk, wish: &Edit) -> Result<u8, Halt> {
    let job = begin_in(desk, &wish.org, Verb::OrgEdit, &wish.writing).await?;
    let specs = job.link.capabilities().edit;
    let fields = fields::parsed(&wish.fields, &specs)?;
    let org = job.org_id();
    job.send(vec![Wish::EditOrg { org, fields }]).await
}

/// `org delete`.
pub(in crate::cli) async fn delete(desk: &Desk, org: &str, writing: &Writing) -> Result<u8, Halt> {
    let job = begin_in(desk, org, Verb::OrgDelete, writing).await?;
    let org = job.org_id();
    job.send(vec![Wish::DeleteOrg { org }]).await
}

/// `org logo set` and `org logo remove`.
pub(in crate::cli) async fn logo(desk: &Desk, wish: &Logo) -> Result<u8, Halt> {
    match wish {
        Logo::Set { org, file, writing } => {
            let job = begin_in(desk, org, Verb::LogoSet, writing).await?;
            let image = fields::image(file)?;
            let org = job.org_id();
            job.send(vec![Wish::SetLogo { org, image }]).await
        }
        Logo::Remove { org, writing } => {
            let job = begin_in(desk, org, Verb::LogoRemove, writing).await?;
            let org = job.org_id();
            job.send(vec![Wish::RemoveLogo { org }]).await
        }
    }
}

/// `org metadata set`.
pub(in crate::cli) async fn metadata(desk: &Desk, wish: &Metadata) -> Result<u8, Halt> {
    let Metadata::Set { org, file, writing } = wish else {
        return Ok(exit::OTHER);
    };
    let job = begin_in(desk, org, Verb::MetadataSet, writing).await?;
    let merge = fields::document(file).await?;
    let org = job.org_id();
    job.send(vec![Wish::SetMetadata { org, merge }]).await
}
