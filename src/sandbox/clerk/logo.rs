//! The logo of an organization: a multipart upload, and its removal.

use serde_json::json;

use super::refusal::Refusal;
use super::{Call, Replied, rules, show};
use crate::sandbox::Service;
use crate::sandbox::exchange::{Part, Reply, Request};
use crate::sandbox::world::{Logo, World};

/// The largest file: 10 MB.
const LARGEST: usize = 10 << 20;

const TYPES: [&str; 4] = ["image/jpeg", "image/png", "image/gif", "image/webp"];

/// `PUT /v1/organizations/{id}/logo`
pub(super) fn set(world: &mut World, call: &Call, id: &str) -> Replied {
    let key = rules::organization(world, id)?.key;
    let logo = read(call)?;
    if let Some(uploader) = part(call, "uploader_user_id") {
        rules::user(world, &String::from_utf8_lossy(&uploader.bytes))?;
    }
    world.edit_org(key, |org| org.logo = Some(logo));
    let org = rules::organization(world, id)?;
    let mut shown = show::organization(world, org);
    shown["logo_url"] = json!(show::logo(world, org));
    Ok(show::reply(&shown))
}

/// `DELETE /v1/organizations/{id}/logo`
pub(super) fn remove(world: &mut World, id: &str) -> Replied {
    let org = rules::organization(world, id)?;
    let key = org.key;
    if org.logo.is_none() {
        return Err(Refusal::missing("logo for the organization", id));
    }
    world.edit_org(key, |org| org.logo = None);
    Ok(show::kept_organization(world, key))
}

/// `GET /img/{id}/logo/{version}`: kept elsewhere, where everybody may see it and a token is an error.
pub(super) fn show(world: &World, request: &Request, id: &str) -> Reply {
    if request.header("authorization").is_some() {
        return Reply::empty(400);
    }
    let org = world.find_org(Service::Clerk, id);
    match org.and_then(|org| org.logo.as_ref()) {
        Some(logo) => Reply::bytes(200, &logo.content_type, logo.bytes.clone()),
        None => Reply::empty(404),
    }
}

fn part<'a>(call: &'a Call, name: &str) -> Option<&'a Part> {
    let mut parts = call.request.parts.iter();
    parts.find(|part| part.name == name)
}

fn read(call: &Call) -> Result<Logo, Refusal> {
    if call.request.content_type() != "multipart/form-data" {
        let message = "The content type must be multipart/form-data.";
        return Err(Refusal::new(415, "unsupported_content_type", message));
    }
    let file = part(call, "file").filter(|part| !part.bytes.is_empty());
    let Some((file, filename)) = file.and_then(|file| Some((file, file.filename.clone()?))) else {
        let message = "file must be included.";
        let refusal = Refusal::new(400, "form_param_missing", message);
        return Err(refusal.meta(json!({"param_name": "file"})));
    };
    if file.bytes.len() > LARGEST {
        let message = "The file must not be larger than 10 MB.";
        return Err(Refusal::new(413, "request_body_too_large", message));
    }
    let content_type = file.content_type.clone().unwrap_or_default();
    if !TYPES.contains(&content_type.as_str()) {
        let rule = format!("must be one of {}", TYPES.join(", "));
        return Err(Refusal::field("form_param_value_invalid", "file", &rule));
    }
    Ok(Logo {
        filename,
        content_type,
        bytes: file.bytes.clone(),
    })
}
