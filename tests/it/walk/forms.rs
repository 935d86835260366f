//! Every action that opens a form, from its key to the service and back.

use std::path::PathBuf;

use orgdeck::app::Model;
use orgdeck::app::form::{Form, Goal};
use orgdeck::app::layer::Overlay;
use orgdeck::app::store::Loaded;
use orgdeck::domain::Verb;
use orgdeck::domain::connection::Access;
use orgdeck::provider::registry;
use orgdeck::sandbox::Service;
use orgdeck::sandbox::world::World;

use super::stage::{Player, Walk, Walked};
use super::{armed, calm, wants_role};
use crate::support::link::services;

fn service(name: &str) -> (registry::Service, Service) {
    let mut all = services().into_iter();
    all.find(|(service, _)| service.name == name).unwrap()
}

async fn walk(name: &str, play: impl AsyncFnOnce(&mut Player)) -> Walked {
    Walk::with(service(name), Access::Full).played(play).await
}

fn form(model: &Model) -> Option<&Form> {
    match model.overlays.last() {
        Some(Overlay::Form(form)) => Some(form),
        _ => None,
    }
}

/// Whether a form is open for which nothing is read any more.
pub(super) fn waits(model: &Model) -> bool {
    form(model).is_some() && model.pending.is_empty()
}

/// Whether a user is chosen.
pub(super) fn found(model: &Model) -> bool {
    let value = form(model).and_then(|form| form.field("user")?.value());
    value.is_some()
}

/// Opens a form, fills it in, looks at its requests.
pub(super) async fn fills(player: &mut Player, open: &str, keys: &str) {
    player.press_and_see(open, waits).await;
    player.press(&format!("{keys}<enter>"));
    player.until("the requests", armed).await;
}

/// The same, and sends them.
async fn sends(player: &mut Player, open: &str, keys: &str) {
    fills(player, open, keys).await;
    player.press_and_see("<tab><enter>", calm).await;
}

pub(super) const TO_PREVIEW: &str = "<s-tab><s-tab>";

/// From the field behind the last one that was typed in to the button that shows the requests.
pub(super) fn to_preview(name: &str) -> &'static str {
    if name == "vulos" {
        "<tab><tab>"
    } else {
        TO_PREVIEW
    }
}

/// The names of the organizations of the world.
fn names(world: &mut World, kind: Service) -> Vec<String> {
    world.orgs(kind).map(|org| org.name.clone()).collect()
}

#[tokio::test]
async fn an_organization_is_made() {
    let nine = "New Quay<tab><tab>Kai 1<tab>Hamburg<tab>20457<tab><tab>germ<tab>HRB 1<tab>DE1";
    for (name, keys) in [("balena", "New Quay"), ("vulos", nine)] {
        let keys = format!("{keys}<tab><s-tab>{}", to_preview(name));
        let walked = walk(name, async |player| sends(player, "c", &keys).await).await;
        let kind = service(name).1;
        let made = walked.world(|world| names(world, kind));
        assert!(made.contains(&"New Quay".to_owned()), "{name}: {made:?}");
        assert_eq!(walked.writes().len(), 1);
        let of = |verb| [("planned", verb), ("intent", verb), ("done", verb)];
        assert_eq!(walked.recorded(), of(Verb::OrgCreate));
    }
}

#[tokio::test]
async fn an_organization_of_nobody_gets_its_first_member() {
    let walked = walk("clerk", async |player| {
        fills(player, "c", &format!("New Quay{TO_PREVIEW}")).await;
        let welcomed = |model: &Model| {
            let goal = form(model).map(|form| &form.goal);
            matches!(goal, Some(Goal::AddMember { .. })) && model.pending.is_empty()
        };
        player.press_and_see("<tab><enter>", welcomed).await;
        player.press("a");
        player.press_and_see("<enter>", found).await;
        player.press("<tab><down><tab><tab><enter>");
        player.until("the requests", armed).await;
        player.press_and_see("<tab><enter>", calm).await;
    })
    .await;
    let members = walked.world(|world| {
        let org = world
            .orgs(Service::Clerk)
            .find(|org| org.name == "New Quay");
        let key = org.unwrap().key;
        world.member_count(key)
    });
    assert_eq!(members, 1);
    assert_eq!(walked.writes(), ["POST", "POST"]);
}

#[tokio::test]
async fn an_organization_gets_another_name_and_keeps_the_rest() {
    for (service, kind) in services() {
        let mut before = Vec::new();
        let walk = Walk::with((service, kind), Access::Full);
        walk.world(|world| before = names(world, kind));
        let walked = walk
            .played(async |player| sends(player, "1e", &format!("!{TO_PREVIEW}")).await)
            .await;
        let after = walked.world(|world| names(world, kind));
        let renamed: Vec<_> = before.iter().filter(|name| !after.contains(name)).collect();
        let [old] = renamed[..] else {
            panic!("{}: {before:?} became {after:?}", service.name);
        };
        assert!(after.contains(&format!("{old}!")));
        assert_eq!(walked.writes().len(), 1);
    }
}

/// A small PNG in a folder of its own.
pub(super) fn picture() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("logo.png");
    std::fs::write(&path, b"\x89PNG\r\n\x1a\nnothing to see").unwrap();
    (folder, path)
}

#[tokio::test]
async fn a_logo_goes_from_a_file_to_the_service() {
    for name in ["balena", "clerk"] {
        let (_folder, path) = picture();
        let keys = format!("{}{TO_PREVIEW}", path.display());
        let walked = walk(name, async |player| sends(player, "O", &keys).await).await;
        let logo = walked.org_of_world(|org| org.logo.clone()).unwrap();
        assert_eq!(logo.content_type, "image/png", "{name}");
        assert_eq!(logo.bytes.len(), 22);
    }
}

#[tokio::test]
async fn a_file_that_is_no_image_is_refused_before_anything_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("logo.png");
    std::fs::write(&path, "no picture at all").unwrap();
    let keys = format!("{}{TO_PREVIEW}<enter>", path.display());
    let walked = walk("balena", async |player| {
        player.press_and_see("O", waits).await;
        let wrong = |model: &Model| form(model).is_some_and(|form| form.fields[0].error.is_some());
        let seen = player.press_and_see(&keys, wrong).await;
        let error = form(seen).unwrap().fields[0].error.clone().unwrap();
        assert_eq!(error.raw(), "not a JPEG, PNG, GIF or WebP image");
        player.press("<esc>");
    })
    .await;
    assert_eq!(walked.writes(), Vec::<String>::new());
}

#[tokio::test]
async fn metadata_is_merged_and_a_null_takes_a_key_away() {
    let walked = walk("clerk", async |player| {
        let keys = format!(r#"{{"tier":"gold"}}{TO_PREVIEW}"#);
        sends(player, "M", &keys).await;
        let read = |model: &Model| {
            let shown = form(model).and_then(|form| form.shown.first());
            matches!(shown, Some((_, Loaded::Yes(text))) if text.raw().contains("gold"))
        };
        player.press_and_see("M", read).await;
        player.press(&format!(r#"{{"tier":null,"seats":2}}{TO_PREVIEW}<enter>"#));
        player.until("the requests", armed).await;
        player.press_and_see("<tab><enter>", calm).await;
    })
    .await;
    let public = walked.org_of_world(|org| org.metadata.public.clone());
    assert_eq!(public.get("seats"), Some(&serde_json::json!(2)));
    assert_eq!(public.get("tier"), None);
    assert_eq!(walked.writes(), ["PATCH", "PATCH"]);
}

#[tokio::test]
async fn a_user_is_found_and_becomes_a_member() {
    let walked = walk("clerk", async |player| {
        player.press_and_see("a", waits).await;
        player.press("a");
        player.press_and_see("<enter>", found).await;
        player.press("<tab><down><tab><tab><enter>");
        player.until("the requests", armed).await;
        player.press_and_see("<tab><enter>", calm).await;
    })
    .await;
    assert_eq!(walked.writes(), ["POST"]);
    assert_eq!(walked.recorded().last(), Some(&("done", Verb::MemberAdd)));
}

#[tokio::test]
async fn r96_an_invite_is_accepted_by_its_token_which_is_told_nowhere() {
    let walk = Walk::with(service("balena"), Access::Full);
    let (org, token) = walk.world(|world| {
        let org = world.add_org(Service::Balena, |org| "Guests".clone_into(&mut org.name));
        let invite = world.add_invite(org, "ana@acme.example", |_| {}).unwrap();
        let token = world
            .invites(Service::Balena)
            .find(|known| known.key == invite);
        (org, token.unwrap().token.clone())
    });
    let before = walk.world(|world| world.member_count(org));
    let keys = format!("{token}{TO_PREVIEW}");
    let walked = walk
        .played(async |player| {
            player.press("?accept");
            sends(player, "<enter>", &keys).await;
        })
        .await;
    let after = walked.world(|world| world.member_count(org));
    assert_eq!(after, before + 1);
    assert!(!format!("{:?}", walked.model).contains(&token));
}

#[tokio::test]
async fn six_invites_of_one_form_are_sent_once_the_name_was_typed() {
    for (service, kind) in services() {
        let six: Vec<String> = (0..6).map(|n| format!("p{n}@quay.example")).collect();
        let walk = Walk::with((service, kind), Access::Full);
        walk.world(|world| {
            let orgs: Vec<_> = world.orgs(kind).map(|org| org.key).collect();
            for org in orgs {
                world.edit_org(org, |org| org.policy.max_members = 100);
            }
        });
        let walked = walk
            .played(async |player| {
                player.press_and_see("i", waits).await;
                let role = if wants_role(&player.seen) {
                    "<tab><down><s-tab>"
                } else {
                    ""
                };
                let keys = format!("{}{role}{TO_PREVIEW}<enter>", six.join(", "));
                player.press(&keys);
                let asked = player.until("the requests", armed).await;
                let form = form(asked).unwrap();
                assert!(form.lacks_name(), "{}", service.name);
                let org = asked.panes.open.clone().unwrap();
                // The field for the name is the last one, two buttons before this one.
                player.press("<s-tab><s-tab>");
                player.press(org.raw());
                player.press_and_see("<tab><tab><tab><enter>", calm).await;
            })
            .await;
        let invited = walked.world(|world| {
            let all = world.invites(kind);
            all.filter(|invite| six.contains(&invite.email)).count()
        });
        assert_eq!(invited, 6, "{kind:?}");
    }
}
