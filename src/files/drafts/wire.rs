//! A draft as JSON. What has no place in these types is in no file: there is none for a secret.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::draft::{About, Content, Left, Target, Typed};
use crate::domain::{Draft, MemberBy, MemberId, OrgId, Profile, Text, UserId, Verb};

/// The version of the form that is written.
const VERSION: u32 = 1;

#[derive(Deserialize)]
struct Head {
    version: u32,
}

#[derive(Serialize, Deserialize)]
struct File {
    version: u32,
    at: Timestamp,
    profile: Text,
    org: Option<Text>,
    verb: Text,
    target: Aim,
    title: Text,
    left: How,
    fields: Vec<Line>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Aim {
    One,
    Many,
    Member(Text),
    User(Text),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum How {
    Unsent,
    Refused,
    Sent,
}

#[derive(Serialize, Deserialize)]
struct Line {
    key: Text,
    label: Text,
    #[serde(flatten)]
    held: Held,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Held {
    Text(Text),
    Role(Text),
    Flag(bool),
    Ticks {
        on: Vec<Text>,
        off: Vec<Text>,
        other: Text,
    },
}

/// A draft as it is written.
pub(super) fn written(draft: &Draft) -> String {
    let about = &draft.about;
    let file = File {
        version: VERSION,
        at: draft.at,
        profile: about.profile.text().clone(),
        org: about.org.as_ref().map(|org| org.text().clone()),
        verb: Text::from(about.verb.name()),
        target: match &about.target {
            Target::One => Aim::One,
            Target::Many => Aim::Many,
            Target::Member(MemberBy::Id(id)) => Aim::Member(id.text().clone()),
            Target::Member(MemberBy::User(user)) => Aim::User(user.text().clone()),
        },
        title: draft.title.clone(),
        left: match draft.left {
            Left::Unsent => How::Unsent,
            Left::Refused => How::Refused,
            Left::Sent => How::Sent,
        },
        fields: draft.fields.iter().map(line).collect(),
    };
    serde_json::to_string(&file).expect("text and numbers are always JSON")
}

fn line(typed: &Typed) -> Line {
    Line {
        key: typed.key.clone(),
        label: typed.label.clone(),
        held: match typed.content.clone() {
            Content::Text(text) => Held::Text(text),
            Content::Role(key) => Held::Role(key),
            Content::Flag(yes) => Held::Flag(yes),
            Content::Ticks { on, off, other } => Held::Ticks { on, off, other },
        },
    }
}

/// A draft as it was written, or what is wrong with it.
pub(super) fn read(bytes: &[u8]) -> Result<Draft, String> {
    let head: Head = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    if head.version != VERSION {
        return Err(format!(
            "its version is {}, and not {VERSION}",
            head.version
        ));
    }
    let file: File = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    let mut verbs = Verb::ALL.iter();
    let verb = verbs.find(|verb| verb.name() == file.verb.raw()).copied();
    let profile = Profile::new(file.profile);
    Ok(Draft {
        about: About {
            org: file.org.map(|org| OrgId::new(&profile, org)),
            verb: verb.ok_or("nothing has its verb")?,
            target: match file.target {
                Aim::One => Target::One,
                Aim::Many => Target::Many,
                Aim::Member(id) => Target::Member(MemberBy::Id(MemberId::new(&profile, id))),
                Aim::User(id) => Target::Member(MemberBy::User(UserId::new(&profile, id))),
            },
            profile,
        },
        title: file.title,
        at: file.at,
        left: match file.left {
            How::Unsent => Left::Unsent,
            How::Refused => Left::Refused,
            How::Sent => Left::Sent,
        },
        fields: file.fields.into_iter().map(typed).collect(),
    })
}

fn typed(line: Line) -> Typed {
    Typed {
        key: line.key,
        label: line.label,
        content: match line.held {
            Held::Text(text) => Content::Text(text),
            Held::Role(key) => Content::Role(key),
            Held::Flag(yes) => Content::Flag(yes),
            Held::Ticks { on, off, other } => Content::Ticks { on, off, other },
        },
    }
}
