//! Lost answers, from the keys to the screen: what may have been applied is never called failed, what
//! reading again shows is called done, and nothing goes out twice.

use futures_util::future::join_all;
use orgdeck::app::Model;
use orgdeck::app::fault;
use orgdeck::app::form::Stage;
use orgdeck::app::layer::Overlay;
use orgdeck::app::notice::{Notice, Word};
use orgdeck::domain::Verb;
use orgdeck::domain::connection::Access;
use orgdeck::job::Task;
use orgdeck::provider::registry;
use orgdeck::sandbox::Service;
use orgdeck::sandbox::faults::{Fault as Trouble, Rule};

use super::ends::{offering, says_yes, to_somebody_else};
use super::forms::{TO_PREVIEW, fills, found, picture, to_preview, waits};
use super::stage::{NEW, Player, Walk, Walked};
use super::{armed, has_form, wants_role};
use crate::support::screen::plain;

/// What is done, on every service that can do it.
const DEEDS: [Verb; 13] = [
    Verb::OrgCreate,
    Verb::OrgEdit,
    Verb::LogoSet,
    Verb::MetadataSet,
    Verb::MemberAdd,
    Verb::MemberRole,
    Verb::MemberRemove,
    Verb::MemberLeave,
    Verb::InviteCreate,
    Verb::InviteRevoke,
    Verb::InviteResend,
    Verb::OrgDelete,
    Verb::InviteAccept,
];

/// Presses the keys of a deed, and says yes.
async fn does(player: &mut Player, deed: (Verb, &str), token: &str) {
    prepares(player, deed, token).await;
    match player.seen.overlays.last() {
        Some(Overlay::Form(_)) if armed(&player.seen) => player.press("<tab><enter>"),
        _ => says_yes(player).await,
    }
    player.until("what came of it", is_over).await;
}

/// Presses the keys of a deed up to the yes.
pub(super) async fn prepares(player: &mut Player, (verb, service): (Verb, &str), token: &str) {
    match verb {
        Verb::OrgCreate if service == "vulos" => {
            let nine = "New Quay<tab><tab>Kai 1<tab>Hamburg<tab>20457<tab><tab>germ<tab>HRB 1<tab>DE1<tab><tab>";
            fills(player, "c", nine).await;
        }
        Verb::OrgCreate => fills(player, "c", &format!("New Quay{TO_PREVIEW}")).await,
        Verb::OrgEdit => fills(player, "1e", &format!("!{TO_PREVIEW}")).await,
        Verb::LogoSet => {
            let (_folder, path) = picture();
            fills(player, "O", &format!("{}{TO_PREVIEW}", path.display())).await;
        }
        Verb::MetadataSet => fills(player, "M", &format!("{{\"tier\":1}}{TO_PREVIEW}")).await,
        Verb::MemberAdd => {
            player.press_and_see("a", waits).await;
            player.press("a");
            player.press_and_see("<enter>", found).await;
            player.press("<tab><down><tab><tab><enter>");
            player.until("the requests", armed).await;
        }
        Verb::InviteCreate => {
            let role = if wants_role(player.press_and_see("i", has_form).await) {
                "<tab><down><s-tab>"
            } else {
                ""
            };
            player.press(&format!("{NEW}{role}{TO_PREVIEW}<enter>"));
            player.until("the requests", armed).await;
        }
        Verb::InviteAccept => {
            player.press("?accept");
            fills(player, "<enter>", &format!("{token}{TO_PREVIEW}")).await;
        }
        Verb::MemberRole | Verb::MemberRemove => {
            to_somebody_else(player).await;
            changes_member(player, verb, service).await;
        }
        Verb::MemberLeave => player.press("X"),
        Verb::OrgDelete => player.press("1D"),
        Verb::InviteRevoke | Verb::InviteResend => {
            let here = |model: &Model| model.invite_row().is_some();
            player.press_and_see("4", here).await;
            let key = if verb == Verb::InviteRevoke { "D" } else { "t" };
            player.press(key);
        }
        other => panic!("nobody does {other:?} here"),
    }
}

/// Gives the member under the cursor another role, or removes it.
async fn changes_member(player: &mut Player, verb: Verb, service: &str) {
    if verb == Verb::MemberRemove {
        player.press("D");
        return;
    }
    if service == "vulos" {
        return fills(player, "r", &format!("<space>{}", to_preview("vulos"))).await;
    }
    let free = |model: &Model| match model.overlays.last() {
        Some(Overlay::Menu(picker)) => picker.choices.iter().position(|it| it.blocked.is_none()),
        _ => None,
    };
    let read = |model: &Model| free(model).is_some() && model.pending.is_empty();
    let place = free(player.press_and_see("r", read).await).unwrap();
    player.press(&format!("{}<enter>", "<down>".repeat(place)));
}

/// Whether everything that was begun is over and what it made stale is read.
pub(super) fn is_over(model: &Model) -> bool {
    let said =
        !model.notices.all().is_empty() || model.notices.hint.is_some() || failure(model).is_some();
    model.last_task.0 > 0
        && said
        && model.pending.is_empty()
        && model.tasks.values().all(Task::is_over)
}

/// A service where the first answer to a write is lost, with an invite in each organization; and the
/// token of one into an organization made for it, where that is to be accepted.
fn stage(
    service: (registry::Service, Service),
    (verb, trouble): (Verb, &Trouble),
) -> (Walk, String) {
    let walk = Walk::with(service, Access::Full);
    let token = walk.world(|world| {
        let keys: Vec<_> = world.orgs(service.1).map(|org| org.key).collect();
        for key in keys {
            world.add_invite(key, "guest@quay.example", |invite| {
                let role = match service.1 {
                    Service::Balena => Some("member"),
                    Service::Clerk => Some("org:member"),
                    Service::Vulos => None,
                };
                invite.role = role.map(str::to_owned);
            });
        }
        if verb != Verb::InviteAccept {
            return String::new();
        }
        let guests = world.add_org(service.1, |org| "Guests".clone_into(&mut org.name));
        let key = world.add_invite(guests, "ana@acme.example", |_| {});
        let mut invites = world.invites(service.1);
        let made = invites.find(|invite| Some(invite.key) == key);
        made.unwrap().token.clone()
    });
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        walk.fail(Rule::once(trouble.clone()).method(method));
    }
    (walk, token)
}

async fn lost(service: (registry::Service, Service), verb: Verb, trouble: &Trouble) -> Walked {
    let name = service.0.name;
    let (walk, token) = stage(service, (verb, trouble));
    walk.played(async |player| does(player, (verb, name), &token).await)
        .await
}

/// What a form that has come back says.
fn failure(model: &Model) -> Option<String> {
    match model.overlays.last() {
        Some(Overlay::Form(form)) => match &form.stage {
            Stage::Failed(error) => Some(format!("FAIL {}", fault::words(error).cause)),
            Stage::Editing
            | Stage::Preparing(_)
            | Stage::Reading
            | Stage::Ready(..)
            | Stage::Sent(..) => None,
        },
        _ => None,
    }
}

/// What the screen says came of it.
fn told(walked: &Walked) -> String {
    let model = &walked.model;
    // What looking it up once more has told since may lie on top of it.
    let is_unknown = |notice: &&Notice| matches!(notice.word, Word::Unknown { .. });
    let unknown = model.notices.all().iter().rev().find(is_unknown);
    let top = model
        .notice()
        .filter(|it| !matches!(it.word, Word::Note(_)));
    let is_covered = top.is_none() && unknown.is_some();
    let top = top.or(unknown);
    let words = match (top, &model.notices.hint) {
        (Some(notice), _) if matches!(notice.word, Word::Unknown { .. }) => {
            format!("{}. {}", notice.happened(), notice.consequence(model))
        }
        (Some(notice), _) => notice.happened(),
        (None, _) if failure(model).is_some() => failure(model).unwrap_or_default(),
        (None, Some(hint)) => hint.raw().to_owned(),
        (None, None) => String::new(),
    };
    let screen = plain(model, (120, 36));
    let begins: String = words.chars().take(40).collect();
    let is_shown = is_covered || screen.contains(&begins);
    assert!(is_shown, "{words} is not on\n{screen}");
    words
}

/// What the screen says of a deed whose answer was lost, held against what is so.
async fn line(service: (registry::Service, Service), (verb, how): (Verb, &str)) -> String {
    let may_be = how == "after";
    let trouble = if may_be {
        Trouble::ResetAfter
    } else {
        Trouble::ResetBefore
    };
    let walked = lost(service, verb, &trouble).await;
    let words = told(&walked);
    let line = format!("{} {} lost {how}: {words}", service.0.name, verb.name());
    assert!(!(may_be && words.starts_with("FAIL")), "{line}");
    assert!(may_be || !words.contains(": done"), "{line}");
    let several = verb == Verb::InviteResend && may_be;
    assert_eq!(walked.writes().len(), 1 + usize::from(several), "{line}");
    line
}

#[tokio::test]
async fn r1_what_the_screen_says_of_a_lost_answer_holds_in_the_world() {
    let mut table = Vec::new();
    for verb in DEEDS {
        // What is shown must be looked at for a while: the services are walked side by side.
        let lists = |service: &(registry::Service, Service)| {
            verb != Verb::InviteResend || service.0.name != "vulos"
        };
        let services = offering(verb).into_iter().filter(lists);
        let lines =
            services.flat_map(|service| ["before", "after"].map(|how| line(service, (verb, how))));
        table.extend(join_all(lines).await);
    }
    insta::assert_snapshot!(table.join("\n"));
}
