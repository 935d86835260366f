//! Forms on their way: the plan, what speaks against it, the name, the sending, and what comes back.

use orgdeck::app::place::{Pane, Size};
use orgdeck::app::{Msg, RequestId};
use orgdeck::domain::outcome::Made;
use orgdeck::domain::query::Privacy;
use orgdeck::domain::{
    Answer, ApiError, Detail, Fault, FieldError, Outcome, Plan, Query, Receipt, Text, Verb,
};

use super::desk::{
    HOSTILE, answer_plan, cannot, desk, here, looked, many, shown_just_now, told_in_full,
    wants_name,
};
use super::forms::opened;
use super::{Case, case};
use crate::support::forms::{TO_PREVIEW, recorded};
use crate::support::rig::{Rig, org_id};

/// An invite that was filled in and whose requests are asked for.
fn asked(place: (&'static str, Size)) -> Rig {
    let mut rig = opened(place, "invite").unwrap();
    rig.press(&format!("ivy@a.example, kim@b.example{TO_PREVIEW}<enter>"));
    rig
}

/// The same with its requests shown, and these keys pressed.
fn shown(place: (&'static str, Size), change: impl FnOnce(&mut Plan), keys: &str) -> Rig {
    let mut rig = asked(place);
    answer_plan(&mut rig, change);
    rig.press(keys);
    rig
}

/// An invite that was sent and refused.
pub(super) fn returned(place: (&'static str, Size), key: &str, fault: Fault) -> Rig {
    let mut rig = opened(place, "invite").unwrap();
    rig.press(&format!("ivy@a.example{TO_PREVIEW}<enter>"));
    answer_plan(&mut rig, |_| {});
    assert!(key.is_empty() || crate::support::forms::form(&rig).field(key).is_some());
    let effects = rig.press("<tab><enter>");
    let task = recorded(&mut rig, &effects);
    let error = told_in_full(Verb::InviteCreate, fault);
    rig.send(Msg::Carried(task, 0, Outcome::Refused(error)));
    rig.settle_questions();
    rig
}

fn as_it_is(_: &mut Plan) {}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = plans();
    cases.extend(names());
    cases.extend(long());
    cases.extend(ends());
    cases.extend(notes());
    cases.extend(documents());
    cases
}

fn plans() -> Vec<Case> {
    vec![
        case("being_planned", |size| asked(("balena", size))),
        case("shown_just_now", |size| {
            let mut rig = asked(("balena", size));
            shown_just_now(&mut rig, as_it_is);
            rig.press("<tab>");
            rig
        }),
        case("shown_balena", |size| {
            shown(("balena", size), as_it_is, "<tab>")
        }),
        case("shown_clerk", |size| {
            shown(("clerk", size), as_it_is, "<tab>")
        }),
        case("shown_vulos", |size| {
            shown(("vulos", size), as_it_is, "<tab>")
        }),
        case("shown_on_cancel", |size| {
            shown(("balena", size), as_it_is, "<s-tab>")
        }),
        case("shown_on_a_field", |size| {
            shown(("balena", size), as_it_is, "<s-tab><s-tab>")
        }),
        case("looked_at", |size| shown(("clerk", size), looked, "<tab>")),
        case("refused", |size| {
            shown(("clerk", size), cannot, "<tab><enter>")
        }),
        case("nothing_to_send", |size| {
            shown(("clerk", size), |plan| plan.steps.clear(), "<tab><enter>")
        }),
        case("no_plan", |size| {
            let mut rig = asked(("clerk", size));
            let (id, _) = rig.planning();
            let error = told_in_full(Verb::InviteCreate, Fault::Forbidden);
            rig.send(Msg::Prepared(id, Err(error)));
            rig
        }),
        case("send_before_preview", |size| {
            let mut rig = opened(("balena", size), "invite").unwrap();
            rig.press("<s-tab><enter>");
            rig
        }),
        case("edit_changes_nothing", |size| {
            let mut rig = opened(("clerk", size), "edit").unwrap();
            rig.press(&format!("{TO_PREVIEW}<enter>"));
            rig
        }),
        case("two_requests", |size| {
            let mut rig = opened(("vulos", size), "roles").unwrap();
            rig.press(&format!("<space><down><space>{TO_PREVIEW}<enter>"));
            answer_plan(&mut rig, as_it_is);
            rig.press("<tab>");
            rig
        }),
    ]
}

fn names() -> Vec<Case> {
    let named = |name: &'static str, keys: &'static str| {
        case(name, move |size| {
            let mut rig = opened(("vulos", size), "roles").unwrap();
            rig.press(&format!("<space>{TO_PREVIEW}<enter>"));
            answer_plan(&mut rig, |plan| {
                looked(plan);
                wants_name(plan);
            });
            rig.press(keys);
            rig
        })
    };
    vec![
        named("name_asked_for", ""),
        named("name_in_part", "<s-tab><s-tab>Acme"),
        named("name_missing_on_send", "<tab><enter>"),
        named(
            "name_whole_on_send",
            "<s-tab><s-tab>Acme Shop<tab><tab><tab>",
        ),
    ]
}

fn long() -> Vec<Case> {
    let inviting = |size, count| {
        let mut rig = opened(("balena", size), "invite").unwrap();
        let all = many(count, |n| format!("person{n}@a.example")).join(", ");
        rig.send(Msg::Pasted(Text::from(all)));
        rig.press(&format!("{TO_PREVIEW}<enter>"));
        answer_plan(&mut rig, as_it_is);
        rig.press("<tab>");
        rig
    };
    vec![
        case("hundreds_of_requests", move |size| inviting(size, 300)),
        case("many_requests_at_the_end", move |size| {
            let mut rig = inviting(size, 40);
            while rig.hint() != "this is the end" {
                rig.press("<pgdn>");
            }
            rig
        }),
        case("scrolled_up_from_the_requests", |size| {
            shown(("clerk", size), looked, "<tab><pgup><pgup><pgup>")
        }),
    ]
}

fn ends() -> Vec<Case> {
    let stray = || {
        Fault::Invalid(vec![FieldError {
            field: Text::from("quota"),
            message: Text::from("is used up"),
        }])
    };
    vec![
        case("returned_refused", |size| {
            returned(("clerk", size), "", Fault::Refused)
        }),
        case("returned_with_a_field_of_nobody", move |size| {
            returned(("clerk", size), "", stray())
        }),
        case("returned_without_the_service", |size| {
            returned(("balena", size), "", Fault::Offline(Text::from(HOSTILE)))
        }),
        case("returned_with_what_is_left", |size| {
            let mut rig = shown(("balena", size), as_it_is, "<tab>");
            let effects = rig.press("<enter>");
            let task = recorded(&mut rig, &effects);
            rig.send(Msg::Carried(task, 0, Outcome::Done(Receipt::default())));
            let error = told_in_full(Verb::InviteCreate, Fault::Conflict);
            rig.send(Msg::Carried(task, 1, Outcome::Refused(error)));
            rig.settle_questions();
            rig
        }),
    ]
}

fn notes() -> Vec<Case> {
    vec![
        case("emptied", |size| {
            let mut rig = opened(("vulos", size), "create").unwrap();
            rig.press("Quay<s-tab><c-u>");
            rig
        }),
        case("values_not_read_yet", |size| {
            let mut rig = desk("vulos", size).on(Pane::Orgs);
            let id = here(&rig);
            let account = rig.model.store.account_mut(id.profile()).unwrap();
            account.orgs.rows.change(0, |row| {
                row.detail = Detail::Wanted;
                row.item.attributes.clear();
            });
            rig.press("e");
            rig
        }),
        case("made_without_a_member", |size| {
            let mut rig = opened(("clerk", size), "create").unwrap();
            rig.press(&format!("Harbour{TO_PREVIEW}<enter>"));
            answer_plan(&mut rig, as_it_is);
            let effects = rig.press("<tab><enter>");
            let task = recorded(&mut rig, &effects);
            let made = Some(Made::Org(org_id("shop", "org_harbour")));
            let receipt = Receipt {
                made,
                ..Receipt::default()
            };
            rig.send(Msg::Carried(task, 0, Outcome::Done(receipt)));
            rig.settle_questions();
            rig
        }),
    ]
}

/// The form for metadata with this answer to the question for its public half.
fn metadata(size: Size, reply: Option<Result<&str, ApiError>>) -> Rig {
    let mut rig = desk("clerk", size);
    rig.press("M");
    if let Some(reply) = reply {
        answer_metadata(&mut rig, Privacy::Public, reply);
    }
    rig
}

fn answer_metadata(rig: &mut Rig, half: Privacy, reply: Result<&str, ApiError>) {
    let id = asked_metadata(rig, half);
    rig.answer(id, reply.map(|text| Answer::Json(Text::from(text))));
}

fn asked_metadata(rig: &mut Rig, half: Privacy) -> RequestId {
    rig.asked(|query| matches!(query, Query::Metadata { privacy, .. } if *privacy == half))
}

const GOLD: &str = "{\n  \"plan\": \"gold\",\n  \"seats\": 3\n}";

fn refused() -> ApiError {
    ApiError::new(Verb::MetadataShow, Fault::Forbidden)
}

fn documents() -> Vec<Case> {
    vec![
        case("metadata_being_read", |size| metadata(size, None)),
        case("metadata_not_to_be_had", |size| {
            metadata(size, Some(Err(refused())))
        }),
        case("metadata_not_told", |size| {
            let mut rig = metadata(size, None);
            rig.press("<tab><space>");
            for half in [Privacy::Public, Privacy::Private] {
                let id = asked_metadata(&mut rig, half);
                rig.answer(id, Ok(Answer::roles(Vec::new())));
            }
            rig
        }),
        case("metadata_hostile", |size| {
            metadata(
                size,
                Some(Ok("{\n  \"\u{202e}plan\": \"\u{1b}[2Jgold 商店\"\n}")),
            )
        }),
        case("metadata_long", |size| {
            let lines = many(300, |n| format!("  \"key{n}\": {n}")).join(",\n");
            metadata(size, Some(Ok(&format!("{{\n{lines}\n}}"))))
        }),
        case("metadata_private_being_read", |size| {
            let mut rig = metadata(size, Some(Ok(GOLD)));
            rig.press("<tab><space>");
            rig
        }),
        case("metadata_private", |size| {
            let mut rig = metadata(size, Some(Ok(GOLD)));
            rig.press("{\"tier\":1}<tab><space>");
            answer_metadata(&mut rig, Privacy::Private, Ok("{\n  \"debt\": 0\n}"));
            rig
        }),
        case("metadata_private_not_to_be_had", |size| {
            let mut rig = metadata(size, Some(Ok(GOLD)));
            rig.press("<tab><space>");
            answer_metadata(&mut rig, Privacy::Private, Err(refused()));
            rig
        }),
        case("metadata_previewed", |size| {
            let mut rig = metadata(size, Some(Ok(GOLD)));
            rig.press(&format!("{{\"plan\":null,\"tier\":1}}{TO_PREVIEW}<enter>"));
            answer_plan(&mut rig, as_it_is);
            rig
        }),
    ]
}
