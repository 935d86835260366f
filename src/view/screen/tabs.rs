//! The panes as tabs, where only one of them fits on the screen.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::reading;
use crate::app::Model;
use crate::app::place::Pane;
use crate::app::store::Visit;
use crate::domain::{Invite, Org, Verb};
use crate::job::Feed;
use crate::view::widget::canvas::Canvas;

/// Draws one tab for each pane; the one that is shown stands in brackets.
pub(crate) fn draw(canvas: &mut Canvas<'_>, area: Rect, model: &Model) {
    if area.is_empty() {
        return;
    }
    let mut spans = vec![Span::raw(" ")];
    for pane in Pane::ALL {
        let words = format!("{} {}", pane.index() + 1, word(pane));
        if pane == model.panes.focus {
            let count = count(model, pane);
            let gap = if count.is_empty() { "" } else { " " };
            let tab = format!("[{words}{gap}{count}]");
            spans.push(Span::styled(tab, canvas.theme.title));
        } else {
            spans.push(Span::raw(format!(" {words} ")));
        }
    }
    canvas.line(area, &Line::from(spans));
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
            let accounts = model.store.accounts.iter();
            let shown = accounts.filter(|account| model.shows(&account.connection.profile));
            let feeds: Vec<&Feed<Org>> = shown.map(|account| &account.orgs).collect();
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
