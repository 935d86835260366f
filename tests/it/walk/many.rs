//! Many invites from the key to the sandbox and back: on each service, what is read first, what is said, that
//! nothing goes out before Send, in how many calls it does, and how a half-done one is finished.

use orgdeck::app::form::{Form, Stage};
use orgdeck::app::layer::Overlay;
use orgdeck::app::{Input, Model};
use orgdeck::domain::connection::Access;
use orgdeck::domain::{Objection, Text};
use orgdeck::job::task::State;
use orgdeck::job::verdict::Verdict;
use orgdeck::provider::registry;
use orgdeck::sandbox::Service;
use orgdeck::sandbox::faults::{Fault, Rule};

use super::stage::{Player, Walk, Walked};
use super::{armed, calm, ends, has_form, wants_role};
use crate::support::link::services;

fn form(model: &Model) -> Option<&Form> {
    match model.overlays.last() {
        Some(Overlay::Form(form)) => Some(form),
        _ => None,
    }
}

/// The verdicts, once everybody is read.
fn verdicts(model: &Model) -> Vec<String> {
    let roll = form(model).and_then(|form| form.roll.as_ref());
    let judged = roll.into_iter().flat_map(|roll| roll.judged());
    judged.map(|(_, verdict)| verdict.words()).collect()
}

fn is_read(model: &Model) -> bool {
    form(model).is_some_and(|form| !form.is_reading()) && has_form(model)
}

/// Opens the form, chooses a role where one must be named, and pastes.
async fn pastes(player: &mut Player, text: &str) {
    if wants_role(player.press_and_see("I", is_read).await) {
        player.press("<tab><tab><down><s-tab><s-tab>");
    }
    player.paste(text);
    let count = text.lines().count();
    player
        .until("the verdicts", |model| verdicts(model).len() == count)
        .await;
}

/// Has the requests worked out, types the name where one is asked for, and sends.
async fn sends(player: &mut Player) {
    let seen = player.press_and_see("<s-tab><s-tab><enter>", armed).await;
    let asked = form(seen).and_then(|form| match &form.stage {
        Stage::Ready(plan, _) => plan
            .objections
            .iter()
            .find_map(|objection| match objection {
                Objection::TypeName { names, .. } => Some(names[0].raw().to_owned()),
                Objection::Refused(_) => None,
            }),
        _ => None,
    });
    match asked {
        None => player.press("<tab><enter>"),
        Some(name) => player.press(&format!("<s-tab><s-tab>{name}<tab><tab><tab><enter>")),
    }
}

/// What came of each address, once none is on its way.
fn ended(model: &Model) -> Option<Vec<(String, bool)>> {
    let form = form(model).filter(|form| !form.is_under_way())?;
    let Stage::Sent(_, ends) = &form.stage else {
        return None;
    };
    let is_done = |state: &State| matches!(state, State::Done(_));
    let end = |end: &orgdeck::app::form::Ended| (end.email.raw().to_owned(), is_done(&end.state));
    Some(ends.iter().map(end).collect())
}

async fn sees_the_end(player: &mut Player) -> Vec<(String, bool)> {
    let seen = player
        .until("the end", |model| ended(model).is_some())
        .await;
    ended(seen).unwrap()
}

impl Player {
    fn paste(&self, text: &str) {
        self.keys.send(Input::Paste(Text::from(text))).unwrap();
    }
}

/// A walk on a service whose organizations have places for everybody.
fn roomy(service: (registry::Service, Service)) -> Walk {
    let kind = service.1;
    let walk = Walk::with(service, Access::Full);
    walk.world(|world| {
        let keys: Vec<_> = world.orgs(kind).map(|org| org.key).collect();
        for key in keys {
            world.edit_org(key, |org| org.policy.max_members = 0);
        }
    });
    walk
}

fn named(name: &str) -> (registry::Service, Service) {
    let mut all = services().into_iter();
    all.find(|(service, _)| service.name == name).unwrap()
}

/// The addresses with an invite in the world of a walk.
fn invited(walked: &Walked) -> Vec<String> {
    walked.world(|world| {
        let org = world.find_org(walked.kind(), walked.org.raw()).unwrap().key;
        let invites = world
            .invites_of(org)
            .filter(|invite| invite.email.ends_with("many.example"));
        invites.map(|invite| invite.email.clone()).collect()
    })
}

#[tokio::test]
async fn three_go_out_on_each_service_and_the_wrong_one_does_not() {
    for service in services() {
        let name = service.0.name;
        let walked = roomy(service)
            .played(async |player| {
                pastes(
                    player,
                    "a@many.example\nb@many.example\nA@many.example\nno@@x\nc@many.example",
                )
                .await;
                // A wrong line holds all of them back until the good ones alone are wanted.
                player.press("<s-tab><s-tab><enter>");
                player
                    .until("the reason", |model| {
                        let field = form(model).and_then(|form| form.field("addresses"));
                        field.is_some_and(|field| field.error.is_some())
                    })
                    .await;
                player.press("<s-tab><s-tab><s-tab><s-tab> <tab><tab><tab><tab>");
                sends(player).await;
                let ends = sees_the_end(player).await;
                assert_eq!(ends.len(), 3, "{name}: {ends:?}");
                assert!(ends.iter().all(|(_, done)| *done), "{name}: {ends:?}");
                player.press_and_see("<esc>", calm).await;
                // Whoever opens it again is told who was invited, by the service or from memory.
                pastes(player, "a@many.example\nd@many.example").await;
                let found = verdicts(&player.seen);
                let known = match name {
                    "vulos" => "sent from here before",
                    _ => "already invited",
                };
                assert!(
                    found[0].starts_with(known) && found[1] == "ok",
                    "{name}: {found:?}"
                );
            })
            .await;
        let mut there = invited(&walked);
        there.sort();
        assert_eq!(
            there,
            ["a", "b", "c"].map(|who| format!("{who}@many.example")),
            "{name}"
        );
        let calls = if name == "clerk" { 1 } else { 3 };
        assert_eq!(walked.writes().len(), calls, "{name}");
    }
}

#[tokio::test]
async fn who_is_a_member_is_known_where_the_service_tells_addresses() {
    for name in ["clerk", "vulos"] {
        let walked = Walk::with(named(name), Access::Full)
            .played(async |player| {
                let seen = player.until("the lists", calm).await;
                let lists = seen.member_lists();
                let email = lists[0].iter().find_map(|row| row.item.email.known());
                let email = email.expect("a member tells an address").clone();
                pastes(player, email.raw()).await;
                assert_eq!(verdicts(&player.seen), ["already member"], "{name}");
            })
            .await;
        assert_eq!(walked.writes(), Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_hundred_are_judged_and_no_request_changes_anything_before_send() {
    let line = |number: usize| match number % 4 {
        0 => format!("wrong.{number}"),
        _ => format!("person{number}@many.example"),
    };
    let text: Vec<String> = (0..100).map(line).collect();
    let walked = Walk::with(named("clerk"), Access::Full)
        .played(async |player| {
            pastes(player, &text.join("\n")).await;
            let roll = form(&player.seen).unwrap().roll.as_ref().unwrap();
            assert_eq!(roll.count(|verdict| *verdict == Verdict::Ok), 75);
            assert_eq!(roll.count(Verdict::is_wrong), 25);
            player.press("<s-tab><s-tab><s-tab><s-tab> <tab><tab><enter>");
            player.until("the requests", armed).await;
            player.press("<esc>");
            player.until("nothing", calm).await;
        })
        .await;
    assert_eq!(walked.writes(), Vec::<String>::new());
    assert_eq!(invited(&walked), Vec::<String>::new());
}

#[tokio::test]
async fn twelve_go_out_in_calls_of_ten_and_what_failed_is_finished() {
    let text: Vec<String> = (0..12)
        .map(|number| format!("p{number:02}@many.example"))
        .collect();
    let walk = roomy(named("clerk"));
    let refused = Fault::Status(422, Vec::new(), "{\"errors\":[{\"code\":\"form_param_invalid\",\"message\":\"not today\",\"long_message\":\"not today\"}]}".to_owned());
    walk.fail(Rule::once(refused).method("POST").path("/bulk").after(1));
    let walked = walk
        .played(async |player| {
            pastes(player, &text.join("\n")).await;
            sends(player).await;
            let ends = sees_the_end(player).await;
            let done = ends.iter().filter(|(_, done)| *done).count();
            assert_eq!((ends.len(), done), (12, 10), "{ends:?}");
            player.press("<esc>");
            player
                .until("the lists", |model| {
                    model.overlays.is_empty() && model.pending.is_empty()
                })
                .await;
            player.press("gf");
            ends::says_yes(player).await;
            player.until("the end of it", calm).await;
        })
        .await;
    let mut there = invited(&walked);
    there.sort();
    assert_eq!(there, text);
    assert_eq!(
        walked.writes().len(),
        3,
        "ten, two that were refused, and two"
    );
}
