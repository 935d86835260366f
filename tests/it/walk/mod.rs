//! From a key to the sandbox and back: the whole program but its terminal, for every service.

mod bulk;
mod clocks;
mod conditions;
mod ends;
mod forms;
mod held;
mod lost;
mod many;
mod once;
mod refused;
mod shown;
mod stage;
mod target;
mod tokens;

use orgdeck::app::Model;
use orgdeck::app::form::{Entry, Stage};
use orgdeck::app::layer::{Asking, Overlay};
use orgdeck::app::overlay::ARMING;
use orgdeck::domain::connection::Access;
use orgdeck::domain::field::Need;
use orgdeck::domain::{Fault, Invite, InviteDraft, Method, Moment, Text, Told, Verb, Wish};
use orgdeck::sandbox::world::InviteState;

use self::stage::{NEW, Player, Walk};
use crate::support::link::services;

/// The row of the new person's invite.
fn row(model: &Model) -> Option<&Invite> {
    let feeds = model.invite_feeds();
    let mut rows = feeds.into_iter().flat_map(|feed| feed.rows.iter());
    let email = Told::Is(Text::from(NEW));
    rows.find(|row| row.item.email == email)
        .map(|row| &row.item)
}

/// Whether the plan of the layer on top has been looked at long enough.
fn armed(model: &Model) -> bool {
    let shown = match model.overlays.last() {
        Some(Overlay::Form(form)) => match &form.stage {
            Stage::Ready(_, shown) => *shown,
            other => {
                assert!(!matches!(other, Stage::Failed(_)), "{other:?}");
                None
            }
        },
        Some(Overlay::Confirm(confirm)) => match &confirm.stage {
            Asking::Ready(_, shown) => *shown,
            other => {
                assert!(!matches!(other, Asking::Failed(_)), "{other:?}");
                None
            }
        },
        _ => None,
    };
    shown.is_some_and(|shown: Moment| model.now.moment >= shown.after(ARMING))
}

/// Whether the form is there with its roles to choose from.
fn has_form(model: &Model) -> bool {
    let Some(Overlay::Form(form)) = model.overlays.last() else {
        return false;
    };
    let fields = form.fields.iter().filter(|field| field.spec.is_offered());
    let waits = |entry: &Entry| matches!(entry, Entry::Role(roles, _) if roles.is_empty());
    !fields.map(|field| &field.entry).any(waits)
}

/// Whether a role must be named, and none is proposed.
fn wants_role(model: &Model) -> bool {
    let Some(Overlay::Form(form)) = model.overlays.last() else {
        return false;
    };
    form.fields.iter().any(|field| {
        field.spec.need == Need::Required && matches!(field.entry, Entry::Role(_, None))
    })
}

/// Whether nothing is open and nothing under way.
fn calm(model: &Model) -> bool {
    model.overlays.is_empty() && model.tasks.is_empty() && model.pending.is_empty()
}

/// Fills the form in, looks at the requests, sends them.
async fn invites(player: &mut Player) {
    let role = if wants_role(player.press_and_see("i", has_form).await) {
        "<tab><down><s-tab>"
    } else {
        ""
    };
    player.press(&format!("{NEW}{role}<s-tab><s-tab><enter>"));
    player.until("the requests", armed).await;
    player.press_and_see("<tab><enter>", calm).await;
}

#[tokio::test]
async fn an_invite_goes_from_the_key_to_the_service_and_back_and_is_taken_back() {
    for service in services()
        .into_iter()
        .filter(|(service, _)| service.name != "vulos")
    {
        let walked = Walk::with(service, Access::Full)
            .played(async |player| {
                invites(player).await;
                player
                    .until("the new row", |model| row(model).is_some())
                    .await;
                player
                    .press_and_see("4", |model| model.invite_row().is_some())
                    .await;
                while player.seen.invite_row().map(|row| &row.item) != row(&player.seen) {
                    let before = player.seen.panes.invites.cursor.clone();
                    let moved = |model: &Model| model.panes.invites.cursor != before;
                    player.press_and_see("j", moved).await;
                }
                player.press("D");
                player.until("the question", armed).await;
                player.press("y");
                player
                    .until("no row", |model| calm(model) && row(model).is_none())
                    .await;
            })
            .await;
        assert_eq!(walked.writes().len(), 2, "{}", service.0.name);
        let open = |state: &InviteState| *state == InviteState::Pending;
        assert!(!walked.invited().iter().any(open));
        let of = |verb| [("planned", verb), ("intent", verb), ("done", verb)];
        let both = [of(Verb::InviteCreate), of(Verb::InviteRevoke)].concat();
        assert_eq!(walked.recorded(), both);
        let verbs: Vec<_> = walked
            .told()
            .into_iter()
            .map(|(verb, _, fine)| (verb, fine))
            .collect();
        assert_eq!(
            verbs,
            [(Verb::InviteRevoke, true), (Verb::InviteCreate, true)]
        );
    }
}

#[tokio::test]
async fn where_no_list_is_kept_an_invite_is_remembered_and_cannot_be_taken_back() {
    let vulos = services()
        .into_iter()
        .find(|(service, _)| service.name == "vulos");
    let walked = Walk::with(vulos.unwrap(), Access::Full)
        .played(async |player| {
            invites(player).await;
            let hint = |model: &Model| model.notices.hint.clone();
            let before = hint(&player.seen);
            player.press("4D");
            let said = player
                .until("the reason", |model| {
                    hint(model) != before && hint(model).is_some()
                })
                .await;
            let why = said.notices.hint.as_ref().unwrap().raw().to_owned();
            assert!(why.contains("no call that takes an invite back"), "{why}");
        })
        .await;
    assert_eq!(walked.writes(), ["PUT"]);
    assert_eq!(walked.invited(), [InviteState::Pending]);
    let notes = &walked.model.store.sent_notes;
    assert_eq!(
        notes
            .iter()
            .map(|note| note.email.raw())
            .collect::<Vec<_>>(),
        [NEW]
    );
    let verb = Verb::InviteCreate;
    assert_eq!(
        walked.recorded(),
        [("planned", verb), ("intent", verb), ("done", verb)]
    );
    assert_eq!(walked.told(), [(verb, Method::Put, true)]);
}

#[tokio::test]
async fn r15_a_console_that_reads_only_says_so_and_sends_nothing() {
    for service in services() {
        let walked = Walk::with(service, Access::ReadOnly("--read-only"))
            .played(async |player| {
                let off = |model: &Model| {
                    let hint = model.notices.hint.as_ref();
                    hint.is_some_and(|hint| hint.raw().contains("--read-only"))
                };
                assert!(player.press_and_see("i", off).await.overlays.is_empty());
                let blocked =
                    |model: &Model| model.notices.hint.is_some() && model.overlays.is_empty();
                player
                    .press_and_see("4", |model| model.notices.hint.is_none())
                    .await;
                player.press_and_see("D", blocked).await;
            })
            .await;
        assert_eq!(walked.writes(), Vec::<String>::new());
        assert_eq!(walked.recorded(), []);
        let wish = Wish::Invite {
            org: walked.org.clone(),
            drafts: vec![InviteDraft::to(NEW)],
        };
        let error = walked
            .shared
            .gate
            .prepare(walked.link(), wish)
            .await
            .unwrap_err();
        assert_eq!(error.fault, Fault::ReadOnly("--read-only"));
    }
}
