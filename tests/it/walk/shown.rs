//! What somebody else has changed after a list or a form had shown it: the question shows what is there now and
//! what was shown, and nothing goes out before somebody has seen both.

use orgdeck::app::Model;
use orgdeck::app::confirm::Confirm;
use orgdeck::app::form::{Focus, Form, OVERWRITE};
use orgdeck::app::layer::{Asking, Overlay};
use orgdeck::app::page;
use orgdeck::domain::connection::Access;
use orgdeck::domain::{Detail, Member, Row, Told};
use orgdeck::sandbox::Service;
use orgdeck::sandbox::world::World;

use super::armed;
use super::bulk::{marks_others, name, opens, service, task};
use super::forms::TO_PREVIEW;
use super::stage::{Player, Walk};
use crate::support::link::services;
use crate::support::screen::plain;

/// The role that somebody else gives meanwhile, by key and by name.
fn strong(kind: Service) -> (&'static str, &'static str) {
    match kind {
        Service::Balena => ("administrator", "administrator"),
        Service::Clerk => ("org:admin", "Admin"),
        Service::Vulos => ("Moderator", "Moderator"),
    }
}

/// Somebody else gives this member another role.
fn promotes(world: &mut World, kind: Service, id: &str) {
    let member = world.find_member(kind, id).unwrap().key;
    world.set_role(member, strong(kind).0);
}

fn question(model: &Model) -> Option<&Confirm> {
    match model.overlays.last() {
        Some(Overlay::Confirm(confirm)) => Some(confirm),
        _ => None,
    }
}

fn form(model: &Model) -> Option<&Form> {
    match model.overlays.last() {
        Some(Overlay::Form(form)) => Some(form),
        _ => None,
    }
}

/// The warnings of the plan on top.
fn warned(model: &Model) -> Vec<String> {
    let plan = match model.overlays.last() {
        Some(Overlay::Confirm(confirm)) => confirm.plan(),
        Some(Overlay::Form(form)) => match &form.stage {
            orgdeck::app::form::Stage::Ready(plan, _) => Some(&**plan),
            _ => None,
        },
        _ => None,
    };
    let checks = plan.into_iter().flat_map(|plan| &plan.checks);
    let since = checks.filter(|check| check.what.starts_with("Changed since"));
    since.map(|check| check.found.raw().to_owned()).collect()
}

fn fact(model: &Model, label: &str) -> String {
    let facts = &question(model).unwrap().about;
    let fact = facts.iter().find(|(name, _)| *name == label);
    fact.map_or_else(String::new, |(_, value)| value.raw().to_owned())
}

/// The row of the last member, of whom all is known.
async fn last_member(player: &mut Player, kind: Service) -> Member {
    opens(player, kind).await;
    let is_read = |model: &Model| {
        let row = model.member_row();
        row.is_some_and(|row| row.detail == Detail::Whole)
            && model.panes.members.index + 1 == model.panes.members.len()
    };
    let seen = player.press_and_see("3G", is_read).await;
    seen.member_row().unwrap().item.clone()
}

/// The last member of the list, whom somebody else promotes once the list was read: the id, the name and the role
/// that the list still shows.
async fn promoted(player: &mut Player, kind: Service) -> (String, String, String) {
    let row = last_member(player, kind).await;
    let id = row.id.raw().to_owned();
    player.sandbox.world(|world| promotes(world, kind, &id));
    let role = role(&row);
    (id, row.display_name().raw().to_owned(), role)
}

/// The role that a member is shown with.
fn role(member: &Member) -> String {
    let held = member.assignments().first();
    held.map_or_else(|| "none".to_owned(), |held| held.role.name.raw().to_owned())
}

/// The words for the role that was shown and the one that is there.
fn both(shown: &str, kind: Service) -> String {
    format!("role was {shown}, is now {}", strong(kind).1)
}

#[tokio::test]
async fn r27_whoever_was_promoted_after_the_list_was_read_is_asked_about_with_both_roles() {
    for (service, kind) in services() {
        Walk::with((service, kind), Access::Full)
            .played(async |player| {
                let (id, who, shown) = promoted(player, kind).await;
                player.press("D");
                let asked = |model: &Model| question(model).is_some();
                player.until("the question", asked).await;
                player.press("y");
                player.until("the plan", armed).await;
                assert_eq!(player.sandbox.applied(kind).len(), 0, "{kind:?}");
                let both = format!("{who} ({id}): {}", both(&shown, kind));
                assert_eq!(warned(&player.seen), [both.as_str()], "{kind:?}");
                assert_eq!(fact(&player.seen, "Role"), strong(kind).1, "{kind:?}");
                let screen = plain(&player.seen, (120, 36)).replace('\n', " ");
                assert!(screen.contains("Changed since it was shown"), "{screen}");
            })
            .await;
    }
}

#[tokio::test]
async fn r27_a_row_that_is_as_it_was_shown_is_asked_about_without_a_warning() {
    for (service, kind) in services() {
        Walk::with((service, kind), Access::Full)
            .played(async |player| {
                last_member(player, kind).await;
                player.press("D");
                player.until("the plan", armed).await;
                assert_eq!(warned(&player.seen), Vec::<String>::new(), "{kind:?}");
            })
            .await;
    }
}

#[tokio::test]
async fn r27_a_role_is_not_replaced_without_showing_the_one_that_is_there() {
    for (kind, pick) in [
        (Service::Balena, "administrator"),
        (Service::Clerk, "billing"),
    ] {
        let walked = Walk::with(service(kind), Access::Full)
            .played(async |player| {
                let (_, _, shown) = promoted(player, kind).await;
                player.press(&format!("r/{pick}"));
                let offered = |model: &Model| match model.overlays.last() {
                    Some(Overlay::Menu(picker)) => !picker.choices.is_empty(),
                    _ => false,
                };
                player.until("the roles", offered).await;
                player.press("<enter>");
                player.until("the plan", armed).await;
                let said = warned(&player.seen);
                assert!(said[0].ends_with(&both(&shown, kind)), "{said:?}");
                assert_eq!(fact(&player.seen, "Role now"), strong(kind).1);
                assert!(
                    fact(&player.seen, "Role then")
                        .to_lowercase()
                        .contains(pick)
                );
                player.press("<esc>");
            })
            .await;
        assert_eq!(walked.writes(), Vec::<String>::new(), "{kind:?}");
    }
}

#[tokio::test]
async fn r27_of_marked_rows_those_that_were_changed_are_named_with_both_roles() {
    for (service, kind) in services() {
        Walk::with((service, kind), Access::Full)
            .played(async |player| {
                opens(player, kind).await;
                marks_others(player, 3).await;
                let marked = orgdeck::app::screen::marks::marked_members(&player.seen);
                let weak = |row: &&Row<Member>| role(&row.item) != strong(kind).1;
                let one = marked.into_iter().find(weak).unwrap().item.clone();
                let id = one.id.raw().to_owned();
                player.sandbox.world(|world| promotes(world, kind, &id));
                player.press("D");
                player.until("the plan", armed).await;
                let name = one.display_name().excerpt(80);
                let both = format!("{name} ({id}): {}", both(&role(&one), kind));
                assert_eq!(warned(&player.seen), [both], "{kind:?}");
                let page = page::of(&player.seen, question(&player.seen).unwrap());
                let row = format!("{name} ({id})");
                let listed = page.iter().any(|para| {
                    para.head.ends_with(". ")
                        && para.words.starts_with(&row)
                        && para.words.ends_with(strong(kind).1)
                });
                assert!(listed, "the row shows what is there: {page:?}");
            })
            .await;
    }
}

/// Somebody else gives the organization another name.
fn renames(world: &mut World, kind: Service) {
    let org = world.orgs(kind).find(|org| org.name == name(kind));
    let key = org.unwrap().key;
    world.edit_org(key, |org| "Renamed elsewhere".clone_into(&mut org.name));
}

/// Opens the form of the organization, which somebody else renames under it, and looks at the requests.
async fn edits(player: &mut Player, kind: Service) {
    opens(player, kind).await;
    let ready = |model: &Model| form(model).is_some() && model.pending.is_empty();
    player.press_and_see("1e", ready).await;
    player.sandbox.world(|world| renames(world, kind));
    player.press(&format!("!{TO_PREVIEW}<enter>"));
    player.until("the requests", armed).await;
    let said = warned(&player.seen);
    let both = format!("name was {}, is now Renamed elsewhere", name(kind));
    assert!(said[0].ends_with(&both), "{kind:?}: {said:?}");
}

#[tokio::test]
async fn r27_a_form_overwrites_nobodys_change_by_its_button_alone() {
    for (service, kind) in services() {
        let walked = Walk::with((service, kind), Access::Full)
            .played(async |player| {
                edits(player, kind).await;
                let led = |model: &Model| {
                    let form = form(model).unwrap();
                    matches!(form.focus, Focus::Field(at) if form.fields[at].spec.key == OVERWRITE)
                };
                player.press_and_see("<tab><enter>", led).await;
                let closed = |model: &Model| model.overlays.is_empty();
                player.press_and_see("<esc>", closed).await;
            })
            .await;
        assert_eq!(walked.writes(), Vec::<String>::new(), "{kind:?}");
    }
}

#[tokio::test]
async fn r27_a_form_overwrites_somebodys_change_after_one_more_yes() {
    for (service, kind) in services() {
        let walked = Walk::with((service, kind), Access::Full)
            .played(async |player| {
                edits(player, kind).await;
                // The field for the yes is the last one, two buttons before the one that shows the requests.
                let agreed = |model: &Model| !form(model).unwrap().lacks_yes();
                player.press_and_see("<s-tab><s-tab> ", agreed).await;
                let sent = |model: &Model| task(model, 1).is_some_and(orgdeck::job::Task::is_over);
                player.press_and_see("<tab><tab><tab><enter>", sent).await;
            })
            .await;
        let expected = format!("{}!", name(kind));
        let is_named = walked.world(|world| world.orgs(kind).any(|org| org.name == expected));
        assert!(is_named, "{kind:?}");
        assert_eq!(walked.writes().len(), 1, "{kind:?}");
    }
}

#[tokio::test]
async fn r27_roles_that_were_changed_under_a_form_are_not_overwritten_without_one_more_yes() {
    let kind = Service::Vulos;
    let walked = Walk::with(service(kind), Access::Full)
        .played(async |player| {
            let id = last_member(player, kind).await.id.raw().to_owned();
            let ready = |model: &Model| form(model).is_some() && model.pending.is_empty();
            player.press_and_see("r", ready).await;
            player.sandbox.world(|world| promotes(world, kind, &id));
            player.press(" <s-tab><s-tab><enter>");
            player.until("the requests", armed).await;
            let said = warned(&player.seen);
            assert!(said[0].ends_with("is now Moderator"), "{said:?}");
            assert!(form(&player.seen).unwrap().lacks_yes());
            player.press("<tab><enter>");
            player.press("<esc>");
            player
                .until("closed", |model| model.overlays.is_empty())
                .await;
        })
        .await;
    assert_eq!(walked.writes(), Vec::<String>::new());
}

#[tokio::test]
async fn r27_an_organization_that_was_renamed_is_deleted_under_its_new_name() {
    for (service, kind) in services() {
        Walk::with((service, kind), Access::Full)
            .played(async |player| {
                opens(player, kind).await;
                player.sandbox.world(|world| renames(world, kind));
                player.press("1D");
                let asked = |model: &Model| {
                    question(model).is_some_and(|one| matches!(one.stage, Asking::Ready(..)))
                };
                player.until("the plan", asked).await;
                let said = warned(&player.seen);
                let both = format!("name was {}, is now Renamed elsewhere", name(kind));
                assert!(said[0].ends_with(&both), "{kind:?}: {said:?}");
                let about = fact(&player.seen, "Organization");
                assert!(about.starts_with("Renamed elsewhere ("), "{about}");
                let place = question(&player.seen).unwrap().place.clone();
                assert!(place.raw().starts_with("Renamed elsewhere ("), "{place:?}");
            })
            .await;
    }
}

#[tokio::test]
async fn r27_an_invite_with_another_role_is_shown_as_it_is_before_it_is_taken_back() {
    for kind in [Service::Balena, Service::Clerk] {
        Walk::with(service(kind), Access::Full)
            .played(async |player| {
                opens(player, kind).await;
                let there = |model: &Model| model.invite_row().is_some();
                player.press_and_see("4gg", there).await;
                let invite = player.seen.invite_row().unwrap().item.clone();
                player.sandbox.world(|world| {
                    let key = world.find_invite(kind, invite.at.id.raw()).unwrap().key;
                    world.edit_invite(key, |invite| {
                        invite.role = Some(strong(kind).0.to_owned());
                    });
                });
                player.press("D");
                player.until("the plan", armed).await;
                let Told::Is(email) = &invite.email else {
                    panic!("{invite:?}");
                };
                let said = warned(&player.seen);
                let now = format!("is now {}", strong(kind).1);
                assert!(
                    said[0].starts_with(email.raw()) && said[0].ends_with(&now),
                    "{said:?}"
                );
                assert_eq!(fact(&player.seen, "Role"), strong(kind).1);
            })
            .await;
    }
}
