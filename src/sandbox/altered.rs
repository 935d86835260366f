//! Real answers that were changed on their way: what proxies, broken servers and busy lists make of them.
//!
//! It knows the shapes of lists and pages well enough to spoil one record, and nothing of what is in them.

use serde_json::{Value, json};

use super::exchange::{Reply, Request};

/// How an answer is changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Altered {
    /// A byte order mark stands before it.
    ByteOrderMark,
    /// It is in Latin-1, whatever it says of itself.
    Latin1,
    /// It claims to be of another content type.
    Typed(&'static str),
    /// Each record has fields that nobody has heard of.
    MoreFields,
    /// The record of this number is this text, even where that is no JSON.
    Record(usize, &'static str),
    /// Every field of this name, however deep, is this text, or was left out.
    Field(&'static str, Option<&'static str>),
    /// A list without records, which tells the same total.
    NoRecords,
    /// The first page, whatever page was asked for, of a list that never ends.
    FirstPage,
}

/// Stands for a record or a field until the text is there.
const PLACE: &str = "the place of something else";

impl Altered {
    /// What becomes of what the face answers to `request`.
    pub(super) fn apply(&self, request: &Request, ask: impl Fn(&Request) -> Reply) -> Reply {
        match self {
            Self::ByteOrderMark => rewritten(ask(request), |body| [b"\xef\xbb\xbf", body].concat()),
            Self::Latin1 => rewritten(ask(request), |body| {
                let letters = String::from_utf8_lossy(body);
                let byte = |letter: char| u8::try_from(u32::from(letter)).unwrap_or(b'?');
                letters.chars().map(byte).collect()
            }),
            Self::Typed(kind) => {
                let mut reply = ask(request);
                reply.headers.retain(|(name, _)| *name != "content-type");
                reply.header("content-type", *kind)
            }
            Self::MoreFields => edited(ask(request), |list| list.iter_mut().for_each(add_fields)),
            Self::Record(number, text) => {
                let reply = edited(ask(request), |list| {
                    if let Some(record) = list.get_mut(*number) {
                        *record = json!(PLACE);
                    }
                });
                replaced(reply, text)
            }
            Self::Field(name, text) => {
                let reply = ask(request);
                let Ok(mut body) = serde_json::from_slice::<Value>(&reply.body) else {
                    return reply;
                };
                take_field(&mut body, name, text.is_some());
                let reply = rewritten(reply, |_| body.to_string().into());
                replaced(reply, text.unwrap_or_default())
            }
            Self::NoRecords => edited(ask(request), Vec::clear),
            Self::FirstPage => totalled(ask(&at_the_beginning(request))),
        }
    }
}

fn rewritten(mut reply: Reply, rewrite: impl FnOnce(&[u8]) -> Vec<u8>) -> Reply {
    reply.body = rewrite(&reply.body).into();
    reply
}

/// The reply with the text where its place is.
fn replaced(reply: Reply, text: &str) -> Reply {
    rewritten(reply, |body| {
        let body = String::from_utf8_lossy(body);
        body.replace(&json!(PLACE).to_string(), text).into()
    })
}

/// Takes a field out of every record, or leaves its place there.
fn take_field(value: &mut Value, name: &str, leaves: bool) {
    match value {
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| take_field(item, name, leaves)),
        Value::Object(fields) => {
            if fields.remove(name).is_some() && leaves {
                fields.insert(name.to_owned(), json!(PLACE));
            }
            let rest = fields.values_mut();
            rest.for_each(|field| take_field(field, name, leaves));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The reply with another list in it; as it is where it holds none.
fn edited(reply: Reply, edit: impl FnOnce(&mut Vec<Value>)) -> Reply {
    let Ok(mut body) = serde_json::from_slice::<Value>(&reply.body) else {
        return reply;
    };
    if let Some(list) = list(&mut body) {
        edit(list);
    }
    rewritten(reply, |_| body.to_string().into())
}

/// The records of a list, bare or below whatever name.
fn list(body: &mut Value) -> Option<&mut Vec<Value>> {
    match body {
        Value::Array(list) => Some(list),
        Value::Object(page) => page.values_mut().find_map(Value::as_array_mut),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

fn add_fields(record: &mut Value) {
    if let Value::Object(fields) = record {
        let new = json!({"deep": [{"er": null}]});
        fields.insert("a_field_of_tomorrow".to_owned(), new);
        fields.insert("\u{1b}[31m".to_owned(), json!(1e300));
    }
}

/// The same question without the place to begin at.
fn at_the_beginning(request: &Request) -> Request {
    let places = ["offset=", "$skip=", "%24skip="];
    let is_place = |pair: &&str| places.iter().any(|place| pair.starts_with(place));
    let pairs = request.query.split('&').filter(|pair| !is_place(pair));
    Request {
        query: pairs.collect::<Vec<_>>().join("&"),
        ..request.clone()
    }
}

/// The reply with a total that nothing will ever come up to, where it tells one.
fn totalled(reply: Reply) -> Reply {
    let Ok(mut body) = serde_json::from_slice::<Value>(&reply.body) else {
        return reply;
    };
    if let Some(total) = body.get_mut("total_count") {
        *total = json!(1_000_000);
    }
    rewritten(reply, |_| body.to_string().into())
}
