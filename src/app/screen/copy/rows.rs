//! What is copied of rows: of all that are marked, else of the one under the cursor.

use super::{NO_ROW, Nothing, Piece, Taken};
use crate::app::model::Model;
use crate::app::place::Pane;
use crate::app::screen::{lists, marks};
use crate::domain::{Member, Text, json};
use crate::job::facts::{Beside, Facts, Seen};

/// Something of the rows that are meant, of so many at most.
pub(super) fn taken(model: &Model, piece: Piece, most: usize) -> Result<Taken, Nothing> {
    match model.panes.focus {
        Pane::Orgs | Pane::Org => org(model, piece),
        Pane::Members => members(model, piece, most),
        Pane::Invites if model.keeps_notes() => notes(model, piece, most),
        Pane::Invites => invites(model, piece, most),
        Pane::Activity => line(model, piece),
    }
}

fn org(model: &Model, piece: Piece) -> Result<Taken, Nothing> {
    let row = model.org_here().and_then(|org| model.store.org(org));
    let org = &row.ok_or(NO_ROW)?.item;
    match piece {
        Piece::Name => match org.name.known() {
            Some(name) => Ok(Taken::new("the name", lines([name]))),
            None => Err("the name of this organization is not known yet: y i copies its id"),
        },
        Piece::Id => Ok(Taken::new("the id", lines([org.id.text()]))),
        Piece::Json => Ok(record(org, &lists::beside(model))),
    }
}

fn members(model: &Model, piece: Piece, most: usize) -> Result<Taken, Nothing> {
    let mut meant = marks::members_meant(model);
    meant.truncate(most);
    if meant.is_empty() {
        return Err(NO_ROW);
    }
    Ok(match piece {
        Piece::Name => {
            let named = meant.iter().filter(|member| member.email.known().is_none());
            let what = match (meant.len(), named.count()) {
                (1, 0) => "the e-mail address".to_owned(),
                (1, _) => "the name, as no e-mail address is told".to_owned(),
                (all, 0) => format!("{all} e-mail addresses"),
                (all, named) => format!("{all} lines, {named} of them names: no address is told"),
            };
            Taken::new(what, lines(meant.iter().map(called)))
        }
        Piece::Id => ids(meant.iter().map(|member| member.id.text())),
        Piece::Json if model.panes.members.marks.is_empty() => {
            record(&meant[0], &lists::beside(model))
        }
        Piece::Json => records(&meant, &lists::beside(model)),
    })
}

fn called(member: &Member) -> &Text {
    member.email.known().unwrap_or(member.display_name())
}

fn invites(model: &Model, piece: Piece, most: usize) -> Result<Taken, Nothing> {
    let mut meant = marks::invites_meant(model);
    meant.truncate(most);
    if meant.is_empty() {
        return Err(NO_ROW);
    }
    Ok(match piece {
        Piece::Name => {
            let told: Vec<&Text> = meant.iter().filter_map(|one| one.email.known()).collect();
            if told.is_empty() {
                return Err("the service does not tell the address of this invite");
            }
            addresses(&told, meant.len())
        }
        Piece::Id => ids(meant.iter().map(|invite| invite.at.id.text())),
        Piece::Json if model.panes.invites.marks.is_empty() => {
            record(&meant[0], &lists::beside(model))
        }
        Piece::Json => records(&meant, &lists::beside(model)),
    })
}

/// What was sent from here, where the service keeps no list.
fn notes(model: &Model, piece: Piece, most: usize) -> Result<Taken, Nothing> {
    let mut meant = marks::notes_meant(model);
    meant.truncate(most);
    if meant.is_empty() {
        return Err(NO_ROW);
    }
    match piece {
        Piece::Name => {
            let told: Vec<&Text> = meant.iter().map(|note| &note.email).collect();
            Ok(addresses(&told, meant.len()))
        }
        Piece::Id => Err("what was sent from here has no id: the service tells none"),
        Piece::Json => Err("what was sent from here is no record of the service: y y copies it"),
    }
}

fn line(model: &Model, piece: Piece) -> Result<Taken, Nothing> {
    let line = model.log.line(model.panes.activity).ok_or(NO_ROW)?;
    match piece {
        Piece::Name => Err("a request has no name: y r copies it, y i its id at the service"),
        Piece::Json => Err("a request is no record: y r copies it"),
        Piece::Id => match &line.sent.trace {
            Some(trace) => Ok(Taken::new("the request id", lines([trace]))),
            None => Err("the service gave this request no id"),
        },
    }
}

fn addresses(told: &[&Text], of: usize) -> Taken {
    let what = match (told.len(), of) {
        (1, 1) => "the e-mail address".to_owned(),
        (told, of) if told == of => format!("{told} e-mail addresses"),
        (told, of) => format!("{told} e-mail addresses of {of} rows: the others tell none"),
    };
    Taken::new(what, lines(told.iter().copied()))
}

fn ids<'a>(ids: impl ExactSizeIterator<Item = &'a Text>) -> Taken {
    let what = match ids.len() {
        1 => "the id".to_owned(),
        count => format!("{count} ids"),
    };
    Taken::new(what, lines(ids))
}

/// Texts as they may be pasted, one a line: what could command a terminal or end a line is a mark.
fn lines<'a>(texts: impl IntoIterator<Item = &'a Text>) -> String {
    let lines = texts.into_iter().map(|text| text.clean().to_string());
    lines.collect::<Vec<_>>().join("\n")
}

fn record<T: Facts>(item: &T, beside: &Beside) -> Taken {
    Taken::new("the record as JSON", json::line(&Seen { item, beside }))
}

/// What is marked is a list, however many there are.
fn records<T: Facts>(items: &[T], beside: &Beside) -> Taken {
    let all = items.iter().map(|item| Seen { item, beside });
    let all: Vec<_> = all.collect();
    let what = format!("{} records as a JSON array", items.len());
    Taken::new(what, json::line(&all))
}
