//! The results of a task as a file: what was asked of each row, what became of it, in whose words. The
//! columns are those of a subcommand's results.

use serde_json::json;

use super::{called, fault};
use crate::domain::json::line;
use crate::domain::outcome::{Proof, Receipt};
use crate::domain::text::cell;
use crate::domain::wish::Resend;
use crate::domain::{MemberBy, MemberRef, OrgId, Text, Wish};
use crate::job::task::State;
use crate::job::{Part, Task};

/// The columns.
pub const FIELDS: [&str; 8] = [
    "profile",
    "org",
    "target",
    "name",
    "verb",
    "outcome",
    "message",
    "request_id",
];

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// RFC 4180 with a header.
    Csv,
    /// One object with a version.
    Json,
}

impl Format {
    /// The format that the end of a path names.
    pub fn of(path: &str) -> Option<Self> {
        let end = path.rsplit_once('.')?.1.to_ascii_lowercase();
        match end.as_str() {
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// The results of a task.
pub fn written(task: &Task, format: Format) -> String {
    let rows = task.parts().into_iter().map(|part| cells(task, &part));
    match format {
        Format::Csv => {
            let header = FIELDS.join(",");
            let record = |cells: [Text; 8]| {
                let cells = cells.iter().map(|text| quoted(&cell(text.raw())));
                cells.collect::<Vec<_>>().join(",")
            };
            let lines = std::iter::once(header).chain(rows.map(record));
            lines.map(|line| line + "\r\n").collect()
        }
        Format::Json => {
            let object = |cells: [Text; 8]| {
                let pairs = FIELDS.iter().zip(&cells);
                let known = pairs.map(|(field, cell)| {
                    let value = (!cell.is_empty()).then(|| cell.raw());
                    ((*field).to_owned(), json!(value))
                });
                serde_json::Value::Object(known.collect())
            };
            let results: Vec<_> = rows.map(object).collect();
            let all = json!({"version": 1, "results": results, "errors": []});
            format!("{}\n", line(&all))
        }
    }
}

fn cells(task: &Task, part: &Part<'_>) -> [Text; 8] {
    let (outcome, message, trace) = end(task, part);
    let org = part
        .wish
        .org()
        .map_or(Text::from(""), |org| OrgId::text(org).clone());
    [
        task.profile().text().clone(),
        org,
        target(part),
        called::part(task, part),
        Text::from(part.wish.verb().name()),
        Text::from(outcome),
        Text::from(message),
        trace,
    ]
}

/// The id, or the address, that a row is about.
fn target(part: &Part<'_>) -> Text {
    if let Some(email) = part.email {
        return email.clone();
    }
    match part.wish {
        Wish::RemoveMember { member } => by(&member.at),
        Wish::SetRoles { member, .. } => by(member),
        Wish::RevokeInvite { invite } | Wish::Resend(Resend::Listed(invite)) => {
            invite.at.id.text().clone()
        }
        Wish::Resend(Resend::Address { email, .. }) => email.clone(),
        Wish::AddMember { user, .. } => user.text().clone(),
        Wish::Invite { drafts, .. } if drafts.len() == 1 => drafts[0].email.clone(),
        Wish::CreateOrg { .. }
        | Wish::EditOrg { .. }
        | Wish::DeleteOrg { .. }
        | Wish::SetLogo { .. }
        | Wish::RemoveLogo { .. }
        | Wish::SetMetadata { .. }
        | Wish::Leave { .. }
        | Wish::Invite { .. }
        | Wish::AcceptInvite { .. }
        | Wish::Each(_) => part
            .wish
            .org()
            .map_or(Text::from(""), |org| OrgId::text(org).clone()),
    }
}

fn by(member: &MemberRef) -> Text {
    match &member.by {
        MemberBy::Id(id) => id.text().clone(),
        MemberBy::User(user) => user.text().clone(),
    }
}

/// How a row ended: in one word of a subcommand's results, in a sentence, and the service's id of it.
fn end(task: &Task, part: &Part<'_>) -> (&'static str, String, Text) {
    let none = Text::from("");
    let half = if task.is_half_done(part) {
        "half done: "
    } else {
        ""
    };
    match task.standing(part) {
        State::Done(receipt) => {
            let word = match receipt.proof {
                Proof::AlreadySo => "skipped",
                Proof::Answer | Proof::Unread | Proof::ReadAgain => "done",
            };
            (word, said(receipt), receipt.trace.clone().unwrap_or(none))
        }
        State::Refused(error) => {
            let words = format!("{half}{}", fault::reason(error));
            ("refused", words, error.trace.clone().unwrap_or(none))
        }
        State::Differs(_) => (
            "not_sent",
            format!("{half}somebody has changed it meanwhile"),
            none,
        ),
        State::Unknown(came) => {
            let words = format!("{half}{}", fault::instead(came.as_deref()));
            let trace = came.as_ref().and_then(|came| came.trace.clone());
            ("unknown", words, trace.unwrap_or(none))
        }
        State::Waiting | State::Sent | State::Skipped => ("not_sent", half.to_owned(), none),
    }
}

fn said(receipt: &Receipt) -> String {
    let words = receipt.words.as_ref();
    let theirs = words.map_or(String::new(), |words| words.excerpt(400).to_string());
    match receipt.proof {
        Proof::Answer => theirs,
        Proof::Unread => "what the answer said beside that cannot be read".to_owned(),
        Proof::ReadAgain => fault::read_again(receipt),
        Proof::AlreadySo => fault::already_so(receipt),
    }
}

/// A cell as RFC 4180 wants it.
fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\r', '\n']) {
        return format!("\"{}\"", cell.replace('"', "\"\""));
    }
    cell.to_owned()
}
