//! Fields of organizations as the command line gives them: `KEY=VALUE`, read by the specs of the connection.

use std::path::Path;

use crate::app::form::check;
use crate::cli::complaint::{Complaint, Halt};
use crate::cli::{exit, stdin};
use crate::config;
use crate::domain::field::Need;
use crate::domain::{FieldKind, FieldSpec, Fields, Image, Text, Value};
use crate::files::{self, Privacy};

/// The largest document that is read, in bytes.
const LARGEST: u64 = 1024 * 1024;

/// The fields of `KEY=VALUE` words, each one of these specs.
pub(super) fn parsed(words: &[String], specs: &[FieldSpec]) -> Result<Fields, Halt> {
    let mut fields = Fields::default();
    for word in words {
        let (key, text) = word.split_once('=').ok_or_else(|| {
            let message = format!("`{word}` is no KEY=VALUE");
            Halt::from(Complaint::usage(message, known(specs)))
        })?;
        let spec = offered(key, specs)?;
        fields.set(spec.key, value(spec, text)?);
    }
    Ok(fields)
}

/// The spec of a field that the service has.
pub(super) fn offered<'a>(key: &str, specs: &'a [FieldSpec]) -> Result<&'a FieldSpec, Halt> {
    let spec = specs.iter().find(|spec| spec.key == key).ok_or_else(|| {
        let near = specs.iter().map(|spec| spec.key).collect::<Vec<_>>();
        let near = config::nearest(key, &near);
        let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        let message = format!("there is no field `{key}` here{near}");
        Halt::from(Complaint::usage(message, known(specs)))
    })?;
    match spec.need {
        Need::Required | Need::Optional => Ok(spec),
        Need::NotOffered(why) => {
            let message = format!("the field `{key}` is not offered: {why}");
            Err(Complaint::new(exit::REFUSED, "not_offered", message, "nothing was sent").into())
        }
    }
}

fn known(specs: &[FieldSpec]) -> String {
    let offered = specs.iter().filter(|spec| spec.is_offered());
    let keys: Vec<&str> = offered.map(|spec| spec.key).collect();
    format!("fields: {}", keys.join(", "))
}

fn value(spec: &FieldSpec, text: &str) -> Result<Value, Halt> {
    let key = spec.key;
    let wrong = |what: &str| {
        let message = format!("the field `{key}` cannot be that: {what}");
        Halt::from(Complaint::usage(message, "nothing was sent"))
    };
    Ok(match spec.kind {
        FieldKind::Flag => match text {
            "yes" | "true" => Value::Flag(true),
            "no" | "false" => Value::Flag(false),
            _ => return Err(wrong("it is yes or no")),
        },
        FieldKind::Number { min, max } => {
            let number = text
                .parse()
                .ok()
                .filter(|number| (min..=max).contains(number));
            let number = number
                .ok_or_else(|| wrong(&format!("it is a whole number from {min} to {max}")))?;
            Value::Number(number)
        }
        FieldKind::Json => Value::Json(object(key, text.as_bytes())?),
        FieldKind::Image => Value::Image(image(Path::new(text))?),
        FieldKind::Text { max } if text.chars().count() > max => {
            return Err(wrong(&format!("it has at most {max} characters")));
        }
        FieldKind::Url if !text.is_empty() => {
            check::web(text).map_err(|why| wrong(&why))?;
            Value::Text(Text::from(text))
        }
        FieldKind::Text { .. }
        | FieldKind::Message
        | FieldKind::Email
        | FieldKind::Addresses
        | FieldKind::Url
        | FieldKind::Country
        | FieldKind::Role
        | FieldKind::User
        | FieldKind::Secret => Value::Text(Text::from(text)),
    })
}

/// The fields that must be given and are not.
pub(super) fn complete(fields: &Fields, specs: &[FieldSpec]) -> Result<(), Halt> {
    let missing = specs.iter().filter(|spec| spec.need == Need::Required);
    let missing = missing.filter(|spec| fields.get(spec.key).is_none());
    let missing: Vec<&str> = missing.map(|spec| spec.key).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let message = format!("needed and not given: {}", missing.join(", "));
    let hint = "--name N, and --field KEY=VALUE for the others; nothing was sent";
    Err(Complaint::usage(message, hint).into())
}

/// A JSON object out of a text.
pub(super) fn object(what: &str, bytes: &[u8]) -> Result<serde_json::Value, Halt> {
    let wrong = |why: &str| {
        let hint = "a JSON object is needed, such as {\"plan\":\"gold\"}; nothing was sent";
        Halt::from(Complaint::usage(format!("{what}: {why}"), hint))
    };
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let document: serde_json::Value =
        serde_json::from_slice(text).map_err(|error| wrong(&check::not_json(&error)))?;
    if document.is_object() {
        return Ok(document);
    }
    Err(wrong("JSON, but no object"))
}

/// An image out of a file.
pub(super) fn image(path: &Path) -> Result<Image, Halt> {
    let wrong = |why: String| {
        let message = format!("{}: {why}", path.display());
        Halt::from(Complaint::usage(
            message,
            "a JPEG, PNG, GIF or WebP file of at most 10 MB is needed; nothing was sent",
        ))
    };
    let largest = crate::domain::image::LARGEST as u64;
    let bytes =
        files::read(path, largest, Privacy::Public).map_err(|error| wrong(error.to_string()))?;
    let name = path
        .file_name()
        .map_or_else(Default::default, |name| name.to_string_lossy());
    Image::new(&*name, bytes).map_err(|error| wrong(error.to_string()))
}

/// What a file holds, `-` being standard input.
pub(super) async fn bytes(path: &Path, largest: u64) -> Result<Vec<u8>, Halt> {
    if path == Path::new("-") {
        return stdin::all(largest).await;
    }
    files::read(path, largest, Privacy::Public).map_err(|error| {
        let message = format!("{}: {error}", path.display());
        Complaint::usage(message, "name a file that can be read; nothing was sent").into()
    })
}

/// A JSON object out of a file or standard input.
pub(super) async fn document(path: &Path) -> Result<serde_json::Value, Halt> {
    object(&path.display().to_string(), &bytes(path, LARGEST).await?)
}
