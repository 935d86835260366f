//! Questions: how far they are, what has the focus, what speaks against them, and what is too long.

use std::time::Duration;

use orgdeck::app::Msg;
use orgdeck::app::place::{Pane, Size};
use orgdeck::app::screen::asks;
use orgdeck::domain::connection::Stage;
use orgdeck::domain::image::Image;
use orgdeck::domain::plan::{Seen, TaskId};
use orgdeck::domain::{
    ApiError, Fault, Fidelity, InviteDraft, Outcome, Plan, Receipt, Request, Role, Text, Told,
    Verb, Wish,
};

use super::desk::{
    HOSTILE, answer_plan, at, cannot, change_member, change_org, desk, here, looked, many,
    shown_just_now, told_in_full, wants_name,
};
use super::{Case, case};
use crate::support::forms::recorded;
use crate::support::rig::{Rig, profile};

/// The question whether a member of an organization on Clerk is to be removed.
fn removal(size: Size) -> Rig {
    at(("clerk", size), Pane::Members, "D")
}

/// The same with its plan, looked at and answered by these keys.
fn planned(size: Size, change: impl FnOnce(&mut Plan), keys: &str) -> Rig {
    let mut rig = removal(size);
    answer_plan(&mut rig, change);
    rig.press(keys);
    rig
}

fn as_it_is(_: &mut Plan) {}

pub(super) fn cases() -> Vec<Case> {
    [
        stages(),
        names(),
        findings(),
        requests(),
        ends(),
        afterwards(),
        hard(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn stages() -> Vec<Case> {
    vec![
        case("preparing", removal),
        case("shown_just_now", |size| {
            let mut rig = removal(size);
            shown_just_now(&mut rig, as_it_is);
            rig
        }),
        case("armed_on_no", |size| planned(size, as_it_is, "")),
        case("armed_on_yes", |size| planned(size, as_it_is, "<tab>")),
        case("no_plan", |size| {
            let mut rig = removal(size);
            let (id, _) = rig.planning();
            let error = told_in_full(Verb::MemberRemove, Fault::Missing);
            rig.send(Msg::Prepared(id, Err(error)));
            rig
        }),
        case("yes_to_what_cannot_be_done", |size| {
            planned(size, cannot, "<tab><enter>")
        }),
        case("held_back", |size| {
            let mut rig = removal(size);
            shown_just_now(&mut rig, as_it_is);
            rig.press("y");
            rig
        }),
    ]
}

fn names() -> Vec<Case> {
    let named = |name: &'static str, keys: &'static str| {
        case(name, move |size| planned(size, wants_name, keys))
    };
    vec![
        named("name_not_typed", ""),
        named("name_in_part", "Acme S"),
        named("name_wrong", "Quay"),
        named("name_with_a_wrong_end", "Acme Shoq"),
        named("name_whole", "Acme Shop"),
        named("name_whole_on_cancel", "Acme Shop<tab>"),
        named("name_whole_on_yes", "Acme Shop<tab><tab>"),
        named("name_missing_on_yes", "<tab><tab>"),
        named("name_scrolled_to_the_end", "<tab><end>"),
    ]
}

fn findings() -> Vec<Case> {
    vec![
        case("looked_at", |size| planned(size, looked, "")),
        case("refused", |size| planned(size, cannot, "")),
        case("refused_where_a_name_is_asked_too", |size| {
            let both = |plan: &mut Plan| {
                looked(plan);
                wants_name(plan);
                cannot(plan);
            };
            planned(size, both, "<end>")
        }),
        case("looked_at_with_a_name", |size| {
            let both = |plan: &mut Plan| {
                looked(plan);
                wants_name(plan);
            };
            planned(size, both, "Acme")
        }),
    ]
    .into_iter()
    .chain(undos())
    .collect()
}

fn undos() -> Vec<Case> {
    let undo = |name: &'static str, undo: Fidelity| {
        case(name, move |size| planned(size, |plan| plan.undo = undo, ""))
    };
    vec![
        undo("undo_exact", Fidelity::Exact),
        undo("undo_partly", Fidelity::Partly("the join date is lost")),
        undo(
            "undo_impossible",
            Fidelity::Impossible("no call takes it back"),
        ),
    ]
}

/// The question of a wish that has no key of its own: what is left of a task.
fn of_wish(size: Size, service: &'static str, wish: impl FnOnce(&Rig) -> Wish) -> Rig {
    let mut rig = desk(service, size);
    let wish = wish(&rig);
    let question = asks::of(&rig.model, wish);
    let effects = asks::question(&mut rig.model, question);
    rig.effects.extend(effects);
    rig
}

fn inviting(count: usize) -> impl Fn(&Rig) -> Wish {
    move |rig| Wish::Invite {
        org: here(rig),
        drafts: many(count, |number| InviteDraft {
            role: Some(Role::named("member")),
            ..InviteDraft::to(format!("person{number}@acme.example"))
        }),
    }
}

fn requests() -> Vec<Case> {
    vec![
        case("nothing_to_send", |size| {
            planned(size, |plan| plan.steps.clear(), "<tab>")
        }),
        case("two_requests", |size| {
            let mut rig = at(("clerk", size), Pane::Invites, "t");
            answer_plan(&mut rig, as_it_is);
            rig
        }),
        case("hundreds_of_requests", |size| {
            let mut rig = of_wish(size, "balena", inviting(300));
            answer_plan(&mut rig, as_it_is);
            rig
        }),
        case("hundreds_of_requests_at_the_end", |size| {
            let mut rig = of_wish(size, "balena", inviting(300));
            answer_plan(&mut rig, as_it_is);
            rig.press("<end>");
            rig
        }),
        case("without_a_body", |size| planned(size, as_it_is, "d")),
        case("with_a_document", |size| {
            let mut rig = at(("clerk", size), Pane::Invites, "t");
            answer_plan(&mut rig, as_it_is);
            rig.press("d");
            rig
        }),
        case("with_form_fields", |size| {
            let body = vec![("user_id".to_owned(), "user_ana \u{202e}".to_owned())];
            let change = |plan: &mut Plan| {
                plan.steps[0].request.body = orgdeck::domain::Body::Form(body);
            };
            planned(size, change, "d")
        }),
        case("with_a_file", |size| {
            let mut rig = of_wish(size, "clerk", |rig| Wish::SetLogo {
                org: here(rig),
                image: logo(),
            });
            answer_plan(&mut rig, as_it_is);
            rig.press("d");
            rig
        }),
    ]
}

pub(super) fn logo() -> Image {
    Image::new("logo.png", b"\x89PNG\r\n\x1a\nrest".to_vec()).unwrap()
}

/// A question that was answered with yes, and whose first request has this end.
fn agreed(size: Size, key: &str, outcome: Outcome) -> (Rig, TaskId) {
    let mut rig = at(("clerk", size), Pane::Invites, key);
    answer_plan(&mut rig, as_it_is);
    let effects = rig.press("y");
    let task = recorded(&mut rig, &effects);
    rig.send(Msg::Carried(task, 0, outcome));
    rig.settle_questions();
    (rig, task)
}

fn slowed() -> Outcome {
    let after = Some(Duration::from_mins(10));
    Outcome::NotApplied(ApiError::new(Verb::InviteRevoke, Fault::Slowed { after }))
}

fn ends() -> Vec<Case> {
    vec![
        case("wait_shown_just_now", |size| agreed(size, "D", slowed()).0),
        case("wait", |size| {
            let (mut rig, _) = agreed(size, "D", slowed());
            rig.wait(400);
            rig
        }),
        case("changed_meanwhile", |size| {
            let (mut rig, _) = changed(size);
            answer_plan(&mut rig, as_it_is);
            rig
        }),
        case("changed_meanwhile_being_planned", |size| changed(size).0),
        case("the_rest_of_a_half_done_task", |size| {
            let (mut rig, task) = agreed(size, "t", Outcome::Done(Receipt::default()));
            let error = told_in_full(Verb::InviteCreate, Fault::Refused);
            rig.send(Msg::Carried(task, 1, Outcome::Refused(error)));
            rig.settle_questions();
            rig.press("gf");
            answer_plan(&mut rig, as_it_is);
            rig
        }),
    ]
}

/// What the panes show once a question is answered: the task on its way and at each of its ends.
fn afterwards() -> Vec<Case> {
    let ended = |name: &'static str, outcome: fn() -> Outcome| {
        case(name, move |size| agreed(size, "D", outcome()).0)
    };
    let refused = || {
        let error = told_in_full(Verb::InviteRevoke, Fault::Refused);
        Outcome::Refused(error)
    };
    vec![
        case("sent", |size| {
            let mut rig = at(("clerk", size), Pane::Invites, "D");
            answer_plan(&mut rig, as_it_is);
            let effects = rig.press("y");
            recorded(&mut rig, &effects);
            rig
        }),
        ended("sent_and_done", || Outcome::Done(Receipt::default())),
        ended("sent_and_refused", refused),
        ended("sent_and_unknown", || Outcome::Unknown),
    ]
}

/// Somebody has changed the invite between the look and the yes.
fn changed(size: Size) -> (Rig, TaskId) {
    let mut now = crate::support::rig::invite(
        &crate::support::rig::org_id("shop", "acme"),
        "jon@old.example",
    );
    now.role = Told::Is(Role::named("admin"));
    agreed(size, "D", Outcome::Differs(Seen::Invite(Box::new(now))))
}

fn hard() -> Vec<Case> {
    vec![
        case("production", |size| {
            let mut rig = desk("clerk", size).on(Pane::Members);
            let account = rig.model.store.account_mut(&profile("shop")).unwrap();
            account.connection.production = Told::Is(Stage::Production);
            rig.press("D");
            answer_plan(&mut rig, wants_name);
            rig
        }),
        case("hostile_names", |size| {
            let mut rig = desk("clerk", size).on(Pane::Members);
            change_org(&mut rig, |org| org.name = Told::Is(Text::from(HOSTILE)));
            change_member(&mut rig, |member| {
                member.name = Told::Is(Text::from(HOSTILE));
                member.email = Told::Is(Text::from("Yes, remove\u{1b}[2J@evil.example"));
            });
            rig.press("D");
            answer_plan(&mut rig, |plan| {
                wants_name(plan);
                let mut names = vec![Text::from(HOSTILE)];
                if let [orgdeck::domain::Objection::TypeName { names: known, .. }] =
                    &mut plan.objections[..]
                {
                    std::mem::swap(known, &mut names);
                }
            });
            rig
        }),
        case("blank_names", |size| {
            let mut rig = desk("clerk", size).on(Pane::Members);
            change_org(&mut rig, |org| org.name = Told::Is(Text::from("   ")));
            change_member(&mut rig, |member| {
                member.name = Told::Is(Text::from(" "));
                member.email = Told::Empty;
            });
            rig.press("D");
            answer_plan(&mut rig, as_it_is);
            rig
        }),
        case("endless_names", |size| {
            let mut rig = desk("clerk", size).on(Pane::Members);
            change_org(&mut rig, |org| {
                org.name = Told::Is(Text::from("高橋 ".repeat(400)));
            });
            change_member(&mut rig, |member| {
                member.name = Told::Is(Text::from("a".repeat(2_000)));
            });
            rig.press("D");
            answer_plan(&mut rig, |plan| {
                plan.steps[0].request = Request::get(format!("/{}", "long/".repeat(60)));
            });
            rig
        }),
    ]
}
