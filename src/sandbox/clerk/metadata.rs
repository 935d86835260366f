//! Metadata of organizations and memberships: merging in depth, or putting in place whole.

use serde_json::{Map, Value};

use super::form::Form;
use super::refusal::Refusal;
use super::rules::{self, CHANGES};
use super::{Call, Replied, show};
use crate::sandbox::world::{Metadata, World};

/// `PATCH /v1/organizations/{id}/metadata`
pub(super) fn merge_organization(world: &mut World, call: &Call, id: &str) -> Replied {
    rules::pace(world, &format!("merge metadata {id}"), CHANGES)?;
    let key = rules::organization(world, id)?.key;
    let sent = read(call)?;
    world.edit_org(key, |org| merge(&mut org.metadata, sent));
    Ok(show::kept_organization(world, key))
}

/// `PUT /v1/organizations/{id}/metadata`
pub(super) fn replace_organization(world: &mut World, call: &Call, id: &str) -> Replied {
    rules::pace(world, &format!("replace metadata {id}"), CHANGES)?;
    let key = rules::organization(world, id)?.key;
    let (public, private) = read(call)?;
    world.edit_org(key, |org| {
        let metadata = &mut org.metadata;
        metadata.public = public.unwrap_or(std::mem::take(&mut metadata.public));
        metadata.private = private.unwrap_or(std::mem::take(&mut metadata.private));
    });
    Ok(show::kept_organization(world, key))
}

/// `PATCH /v1/organizations/{id}/memberships/{user}/metadata`
pub(super) fn merge_membership(world: &mut World, call: &Call, ids: (&str, &str)) -> Replied {
    let (org, user) = ids;
    rules::pace(world, &format!("merge metadata {org} {user}"), CHANGES)?;
    let key = rules::membership(world, ids)?.key;
    let sent = read(call)?;
    world.edit_member(key, |member| merge(&mut member.metadata, sent));
    Ok(show::kept_membership(world, key))
}

/// What was sent: the public and the private values.
type Sent = (Option<Map<String, Value>>, Option<Map<String, Value>>);

fn read(call: &Call) -> Result<Sent, Refusal> {
    let mut form = Form::read(call.request)?;
    let sent = (
        form.object("public_metadata"),
        form.object("private_metadata"),
    );
    form.done()?;
    Ok(sent)
}

fn merge(metadata: &mut Metadata, (public, private): Sent) {
    merge_into(&mut metadata.public, public.unwrap_or_default());
    merge_into(&mut metadata.private, private.unwrap_or_default());
}

/// Puts each value in its place; null takes the key away, objects are merged in turn.
fn merge_into(there: &mut Map<String, Value>, sent: Map<String, Value>) {
    for (name, value) in sent {
        let before = there.remove(&name);
        if let Some(after) = merged(before, value) {
            there.insert(name, after);
        }
    }
}

fn merged(before: Option<Value>, sent: Value) -> Option<Value> {
    let Value::Object(sent) = sent else {
        return Some(sent).filter(|sent| !sent.is_null());
    };
    let mut object = match before {
        Some(Value::Object(object)) => object,
        _ => Map::new(),
    };
    merge_into(&mut object, sent);
    Some(Value::Object(object))
}
