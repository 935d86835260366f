//! The keys that somebody would press who wants something: what opens, answers, fills in and sends.

use orgdeck::app::action::{Action, Class};
use orgdeck::app::confirm::{Confirm, Spot};
use orgdeck::app::form::many::FROM;
use orgdeck::app::form::{Entry, Field, Form, Stage};
use orgdeck::app::layer::Layer;
use orgdeck::domain::FieldKind;

/// The keys that lead to a question or a form: its own in its pane, on one row and on several marked ones,
/// else its name.
pub(super) fn openings(action: &Action) -> Vec<String> {
    if action.class != Class::Opens {
        return Vec::new();
    }
    let pane = match action.layer {
        Layer::Orgs => "1",
        Layer::Org => "2",
        Layer::Members => "3",
        Layer::Invites => "4",
        _ => "",
    };
    let named = || format!("?{:.8}<enter>", action.title);
    let own = action.keys.first().map(|keys| keys.replace(' ', ""));
    own.map_or_else(
        || vec![named()],
        |own| vec![format!("{pane}{own}"), format!("{pane}ggvj{own}")],
    )
}

/// The ways in which a question is answered.
pub(super) fn answering(confirm: &Confirm) -> Vec<String> {
    match confirm.names().filter(|_| confirm.focus == Spot::Name) {
        Some((names, _)) => names
            .iter()
            .map(|name| format!("{}<tab><tab><enter>", name.raw()))
            .collect(),
        None => ["y", "<tab>", "<enter>", "d"].map(str::to_owned).into(),
    }
}

/// From the first field to the requests.
const PREVIEW: &str = "<s-tab><s-tab><enter>";

/// From the button that shows the requests over the field for a name to the one that sends.
const NAMED: &str = "<s-tab><s-tab>acme<tab><tab><tab><enter>";

/// The ways in which a form is filled in, looked at and sent.
pub(super) fn filling(form: &Form) -> Vec<String> {
    let sends = match form.typed_name() {
        Some(_) => NAMED,
        None => "<tab><enter>",
    };
    let keys = match form.stage {
        Stage::Ready(..) => vec![sends, sends, "<enter>", "<s-tab>"],
        Stage::Editing
        | Stage::Preparing(_)
        | Stage::Reading
        | Stage::Failed(_)
        | Stage::Sent(..) => vec!["<tab>", PREVIEW],
    };
    let keys = keys.into_iter().map(str::to_owned);
    let filled = || format!("{}{PREVIEW}", fields(form));
    let is_ready = matches!(form.stage, Stage::Ready(..));
    keys.chain((!is_ready).then(filled)).collect()
}

/// What fills every field in, from the first one once around.
fn fields(form: &Form) -> String {
    let offered = form.fields.iter().filter(|field| field.spec.is_offered());
    let typed = |field: &Field| match (&field.entry, field.spec.kind) {
        // A path would have a file read over what stands above it.
        (Entry::Line(_), _) if field.spec.key == FROM.key => "",
        (Entry::Area(_), _) => "a@b.example<enter>b@b.example",
        (Entry::Line(_), FieldKind::Email) => "a@b.example",
        (Entry::Line(_), FieldKind::Json) => "{\"a\": 1}",
        (Entry::Line(_), FieldKind::Url) => "https://a.example",
        (Entry::Line(_), FieldKind::Number { .. }) => "7",
        (Entry::Line(_), _) => "New Quay",
        (Entry::Masked(_), _) => "secret-token",
        (Entry::Country(..), _) => "germ",
        (Entry::User(_), _) => "kim<enter>",
        (Entry::File(_), _) => "/logo.png",
        (Entry::Role(..), _) => "<down>",
        (Entry::Roles(_), _) => " ",
        (Entry::Flag(_) | Entry::Absent, _) => "",
    };
    let keys = offered.map(|field| format!("{}<tab>", typed(field)));
    format!("{}<tab><tab><tab>", keys.collect::<String>())
}
