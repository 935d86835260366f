//! The panes as tabs, where only one of them fits on the screen.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::reading;
use crate::app::Model;
use crate::app::place::Pane;
use crate::app::store::Visit;
use crate::domain::{Invite, Org, Verb};
use crate::job::Feed;
use crate::view::widget::canvas::{Canvas, width};

/// Draws one tab for each pane; the one that is shown stands in brackets.
pub(crate) fn draw(canvas: &mut Canvas<'_>, area: Rect, model: &Model) {
    if area.is_empty() {
        return;
    }
    let full = tabs(canvas, model, word);
    let line = if width(&full) <= usize::from(area.width) {
        full
    } else {
        tabs(canvas, model, |pane| {
            if pane == model.panes.focus {
                word(pane)
            } else {
                ""
            }
        })
    };
    canvas.line(area, &line);
}

fn tabs(canvas: &Canvas<'_>, model: &Model, word: impl Fn(Pane) -> &'static str) -> Line<'static> {
    let mut spans = vec![Span::raw(" ")];
    for pane in Pane::ALL {
        let number = (pane.index() + 1).to_string();
        let words = [number, word(pane).to_owned()];
        if pane == model.panes.focus {
            let words = [&words[..], &[count(model, pane)]].concat();
            let tab = format!("[{}]", spaced(&words));
            spans.push(Span::styled(tab, canvas.theme.title));
        } else {
            spans.push(Span::raw(format!(" {} ", spaced(&words))));
        }
    }
    Line::from(spans)
}

/// The words that are there, with a blank between.
fn spaced(words: &[String]) -> String {
    let words: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

const fn word(pane: Pane) -> &'static str {
    match pane {
        Pane::Orgs => "Orgs",
        Pane::Org => "Org",
        Pane::Members => "Members",
        Pane::Invites => "Invites",
        Pane::Activity => "Log",
    }
}

fn count(model: &Model, pane: Pane) -> String {
    let visit: Option<&Visit> = model
        .panes
        .open
        .as_ref()
        .and_then(|id| model.store.visit(id));
    match pane {
        Pane::Orgs => {
            let accounts = model.shown_accounts();
            let feeds: Vec<&Feed<Org>> = accounts.map(|account| &account.orgs).collect();
            reading::count(&feeds)
        }
        Pane::Members => visit.map_or_else(String::new, |visit| reading::count(&[&visit.members])),
        Pane::Invites if is_unlisted(model) => "?".to_owned(),
        Pane::Invites => {
            let feeds: Vec<&Feed<Invite>> = model.invite_feeds();
            reading::count(&feeds)
        }
        Pane::Org | Pane::Activity => String::new(),
    }
}

/// Whether the invites pane is of a service that keeps no list.
fn is_unlisted(model: &Model) -> bool {
    use crate::app::model::InviteScope;
    let account = model
        .panes
        .open
        .as_ref()
        .and_then(|org| model.store.account(org.profile()));
    model.panes.invite_scope == InviteScope::Org
        && account.is_some_and(|account| account.capabilities.refusal(Verb::InviteList).is_some())
}
