//! Tests of the form that invites many: what is read first, what is said of each address, what is sent, and
//! what stands in the form when it was.

use std::fmt::Write as _;
use std::time::Duration;

use orgdeck::app::form::{Button, Focus, Form, Stage, area};
use orgdeck::app::notice::Notice;
use orgdeck::app::store::SentNote;
use orgdeck::app::{Effect, Effects, Msg};
use orgdeck::domain::query::Next;
use orgdeck::domain::{
    Answer, ApiError, Cursor, Fault, Objection, Outcome, Page, Query, Receipt, Row, Text, Verb,
    Wish,
};
use orgdeck::job::verdict::Verdict;
use orgdeck::runtime::clock::Clock;

use crate::support::forms::{error, field, form, on, plan, recorded};
use crate::support::rig::{Rig, everything, member, org_id, present};

/// From the addresses to the button that shows the requests.
const TO_PREVIEW: &str = "<s-tab><s-tab>";

/// The form on a service that offers everything, before anybody was read.
fn asked() -> Rig {
    let mut rig = Rig::two_orgs();
    rig.press("I");
    rig
}

/// The form, with three members and two open invites read.
fn open() -> Rig {
    let mut rig = asked();
    rig.settle();
    rig
}

/// The roles are here, one of them is chosen, and nothing else is read.
fn roles(rig: &mut Rig) {
    let id = rig.asked(|query| matches!(query, Query::Roles { .. }));
    let role = orgdeck::domain::Role::named("member");
    rig.answer(id, Ok(Answer::roles(vec![role])));
    rig.press("<tab><tab><down><s-tab><s-tab>");
}

fn paste(rig: &mut Rig, text: &str) -> Effects {
    rig.send(Msg::Pasted(Text::from(text)))
}

/// The verdicts in words, in the order of the addresses.
fn verdicts(rig: &Rig) -> Vec<String> {
    let roll = form(rig).roll.as_ref().unwrap();
    let words = roll.judged().map(|(_, verdict)| verdict.words());
    words
        .map(|words| words.split(':').next().unwrap_or_default().to_owned())
        .collect()
}

fn addresses(rig: &Rig) -> String {
    form(rig).area().unwrap().text()
}

fn invited(effects: &[Effect]) -> Vec<String> {
    let wish = effects.iter().find_map(|effect| match effect {
        Effect::Prepare { wish, .. } => Some(wish.clone()),
        _ => None,
    });
    match wish {
        Some(Wish::Invite { drafts, .. }) => drafts
            .iter()
            .map(|draft| draft.email.raw().to_owned())
            .collect(),
        other => panic!("invites are wished, not {other:?}: {effects:?}"),
    }
}

fn is_asked_to_plan(effects: &[Effect]) -> bool {
    let plans = |effect: &Effect| matches!(effect, Effect::Prepare { .. });
    effects.iter().any(plans)
}

#[test]
fn the_people_are_read_before_anything_else_and_by_the_form_alone() {
    let mut rig = Rig::two_orgs();
    let effects = rig.press("I");
    let reads = |which: fn(&Query) -> bool| {
        let query =
            |effect: &&Effect| matches!(effect, Effect::Query { query, .. } if which(query));
        effects.iter().filter(query).count()
    };
    assert_eq!(reads(|query| matches!(query, Query::Members { .. })), 1);
    assert_eq!(reads(|query| matches!(query, Query::Invites { .. })), 1);
    assert!(form(&rig).is_reading());
    let effects = rig.press("<esc>");
    let cancelled = |effect: &&Effect| matches!(effect, Effect::Cancel(_));
    assert_eq!(effects.iter().filter(cancelled).count(), 2);
    assert!(rig.model.overlays.is_empty());
}

#[test]
fn every_address_has_its_verdict() {
    let mut rig = open();
    paste(
        &mut rig,
        "new@acme.example\rANA@acme.example\r\njon@old.example, NEW@acme.example\n\nno@@x\n# nobody\n",
    );
    assert_eq!(
        verdicts(&rig),
        [
            "ok",
            "already member",
            "already invited",
            "duplicate of address 1",
            "not an address"
        ]
    );
}

#[test]
fn a_table_brings_roles_of_its_own() {
    let mut rig = open();
    paste(
        &mut rig,
        "email,role\nnew@acme.example,admin\ntwo@acme.example,\n",
    );
    rig.press("<tab>");
    let effects = rig.press(&format!("<s-tab>{TO_PREVIEW}<enter>"));
    let wish = crate::support::forms::wish(&effects);
    let Wish::Invite { drafts, .. } = wish else {
        panic!("invites are wished");
    };
    let roles = drafts
        .iter()
        .map(|draft| draft.role.as_ref().unwrap().key.raw());
    assert_eq!(roles.collect::<Vec<_>>(), ["admin", "member"]);
}

#[test]
fn a_header_that_names_what_an_invite_has_not_is_said() {
    let mut rig = open();
    paste(&mut rig, "email,rolle\nnew@acme.example,admin\n");
    assert!(error(&rig, "addresses").contains("`rolle`"));
    let effects = rig.press(&format!("{TO_PREVIEW}<enter>"));
    assert!(!is_asked_to_plan(&effects));
    assert_eq!(form(&rig).focus, Focus::Field(0));
}

#[test]
fn one_wrong_line_holds_all_of_them_back_unless_the_good_ones_are_wanted() {
    let mut rig = open();
    paste(
        &mut rig,
        "new@acme.example\nana@acme.example\ntwo@acme.example",
    );
    let effects = rig.press(&format!("{TO_PREVIEW}<enter>"));
    assert!(!is_asked_to_plan(&effects));
    assert!(error(&rig, "addresses").starts_with("1 line is wrong: nothing is sent"));
    // From the addresses back to the buttons, and once more to the switch before them.
    rig.press(&format!("{TO_PREVIEW}<s-tab><s-tab>"));
    assert_eq!(
        field(&rig, "partial").value(),
        Some(orgdeck::domain::Value::Flag(false))
    );
    rig.press(" ");
    let effects = rig.press("<tab><tab><enter>");
    assert_eq!(invited(&effects), ["new@acme.example", "two@acme.example"]);
}

#[test]
fn nobody_left_is_nothing_to_send() {
    for text in ["ana@acme.example", "no@@x", "# nobody"] {
        let mut rig = open();
        paste(&mut rig, text);
        rig.press("<s-tab><s-tab><s-tab><s-tab> ");
        let effects = rig.press("<tab><tab><enter>");
        assert!(!is_asked_to_plan(&effects), "{text}");
        assert!(!error(&rig, "addresses").is_empty(), "{text}");
    }
}

#[test]
fn a_preview_waits_for_the_people_and_then_goes_on_by_itself() {
    let mut rig = asked();
    roles(&mut rig);
    paste(&mut rig, "new@acme.example");
    let effects = rig.press(&format!("{TO_PREVIEW}<enter>"));
    assert!(!is_asked_to_plan(&effects));
    assert_eq!(form(&rig).stage, Stage::Reading);
    let members = rig.asked(|query| matches!(query, Query::Members { .. }));
    let invites = rig.asked(|query| matches!(query, Query::Invites { .. }));
    let acme = org_id("shop", "acme");
    let first = Page {
        is_torn: false,
        rows: vec![Row::whole(member(&acme, "ana", "admin"))],
        total: Some(2),
        next: Next::One(Cursor::at("2")),
    };
    rig.answer(members, Ok(Answer::Members(first)));
    rig.answer(invites, Ok(Answer::Invites(Page::whole(Vec::new()))));
    assert_eq!(form(&rig).stage, Stage::Reading, "a page is missing");
    let second =
        rig.asked(|query| matches!(query, Query::Members { page, .. } if *page != Cursor::FIRST));
    let rows = vec![Row::whole(member(&acme, "bo", "member"))];
    let last = Page {
        is_torn: false,
        rows,
        total: Some(2),
        next: Next::End,
    };
    let effects = rig.answer(second, Ok(Answer::Members(last)));
    assert_eq!(invited(&effects), ["new@acme.example"]);
}

#[test]
fn what_cannot_be_read_claims_nothing() {
    let mut rig = asked();
    roles(&mut rig);
    paste(&mut rig, "ana@acme.example");
    let members = rig.asked(|query| matches!(query, Query::Members { .. }));
    let invites = rig.asked(|query| matches!(query, Query::Invites { .. }));
    let failed = ApiError::new(Verb::MemberList, Fault::TimedOut);
    rig.answer(members, Err(failed.clone()));
    rig.answer(invites, Err(failed));
    assert_eq!(verdicts(&rig), ["ok"]);
    let effects = rig.press(&format!("{TO_PREVIEW}<enter>"));
    assert_eq!(invited(&effects), ["ana@acme.example"]);
}

#[test]
fn where_no_invites_are_listed_the_own_memory_is_asked() {
    let mut rig = on("vulos");
    let org = rig.model.panes.open.clone().unwrap();
    rig.model.store.sent_notes.push(SentNote {
        org,
        email: Text::from("Kim@acme.example"),
        at: present(),
    });
    let effects = rig.press("I");
    let lists = |effect: &Effect| matches!(effect, Effect::Query { query, .. } if matches!(query, Query::Invites { .. }));
    assert!(!effects.iter().any(lists), "the service lists none");
    paste(&mut rig, "kim@acme.example\nnew@acme.example");
    assert_eq!(verdicts(&rig)[1], "ok");
    assert!(verdicts(&rig)[0].starts_with("sent from here before"));
}

#[test]
fn where_no_addresses_are_told_members_are_not_asked_for() {
    let mut rig = on("balena");
    let effects = rig.press("I");
    let reads = |effect: &Effect| matches!(effect, Effect::Query { query, .. } if matches!(query, Query::Members { .. }));
    assert!(!effects.iter().any(reads));
    assert!(form(&rig).roll.as_ref().unwrap().members.is_none());
}

/// The measure: a hundred rows, each with the right verdict, and nothing goes out before Send.
#[test]
fn a_hundred_rows_are_judged_and_nothing_is_sent() {
    let mut rig = open();
    let line = |number: usize| match number % 10 {
        0 => "ana@acme.example".to_owned(),
        1 => "hal@acme.example".to_owned(),
        2 => format!("no.address.{number}"),
        3 => "twice@acme.example".to_owned(),
        _ => format!("person{number}@acme.example"),
    };
    let expected = |number: usize| match number % 10 {
        0 if number == 0 => "already member",
        0 => "duplicate of address 1",
        1 if number == 1 => "already invited",
        1 => "duplicate of address 2",
        2 => "not an address",
        3 if number == 3 => "ok",
        3 => "duplicate of address 4",
        _ => "ok",
    };
    let text: Vec<String> = (0..100).map(line).collect();
    let mut effects = paste(&mut rig, &text.join("\r"));
    let found = verdicts(&rig);
    assert_eq!(found, (0..100).map(expected).collect::<Vec<_>>());
    effects.extend(rig.press("<s-tab><s-tab><s-tab><s-tab> "));
    effects.extend(rig.press("<tab><tab><enter>"));
    assert_eq!(invited(&effects).len(), 61);
    let writes = |effect: &Effect| matches!(effect, Effect::Carry { .. } | Effect::Record { .. });
    assert!(!effects.iter().any(writes));
}

#[test]
fn r52_a_megabyte_is_pasted_in_time_and_what_is_too_long_is_said() {
    let mut rig = open();
    let line = |number: usize| format!("person.{number:06}@acme.example\r");
    let all: String = (0..60_000).map(line).collect();
    assert!(all.len() > area::LONGEST);
    let clock = Clock::starting(present);
    let effects = paste(&mut rig, &all);
    let took = clock.moment().0;
    assert!(effects.is_empty(), "nothing is asked and nothing is sent");
    assert!(took < Duration::from_secs(5), "it took {took:?}");
    let text = addresses(&rig);
    assert!(text.len() <= area::LONGEST);
    assert!(text.ends_with("@acme.example"), "no address is cut in half");
    assert!(error(&rig, "addresses").contains("one form takes 10000"));
}

#[test]
fn keys_edit_the_lines() {
    let mut rig = open();
    rig.press("a@b.example<enter>c@b.exam<home>x<up><end>y<down><bs><bs>");
    assert_eq!(addresses(&rig), "a@b.exampley\nxc@b.ex");
    rig.press("<c-u>");
    assert_eq!(addresses(&rig), "");
    assert_eq!(form(&rig).focus, Focus::Field(0));
}

#[test]
fn a_file_is_read_into_the_field_above() {
    let mut rig = open();
    let effects = rig.press("<tab>/tmp/people.csv<enter>");
    let id = effects.iter().find_map(|effect| match effect {
        Effect::ReadList { id, path } if path == "/tmp/people.csv" => Some(*id),
        _ => None,
    });
    let id = id.expect("the file is read");
    rig.send(Msg::ListRead(
        id,
        Ok(Text::from("email\r\nnew@acme.example\r\n")),
    ));
    assert_eq!(verdicts(&rig), ["ok"]);
    assert!(form(&rig).list_path().is_none());
    let effects = rig.press(&format!("<s-tab>{TO_PREVIEW}<enter>"));
    assert_eq!(invited(&effects), ["new@acme.example"]);
}

#[test]
fn a_file_is_never_read_over_what_stands_there_and_a_missing_one_is_said() {
    let mut rig = open();
    let effects = rig.press("kim@acme.example<tab>/tmp/people.csv<enter>");
    assert_eq!(effects, Effects::new());
    assert!(error(&rig, "from").starts_with("there are addresses above"));
    rig.press("<s-tab><c-u><tab>");
    rig.press("<enter>");
    let id = rig.effects.iter().rev().find_map(|effect| match effect {
        Effect::ReadList { id, .. } => Some(*id),
        _ => None,
    });
    rig.send(Msg::ListRead(
        id.unwrap(),
        Err(Text::from("there is no such file")),
    ));
    assert_eq!(error(&rig, "from"), "there is no such file");
}

#[test]
fn what_was_typed_is_there_again() {
    let mut rig = open();
    paste(&mut rig, "kim@acme.example\nana@acme.example");
    rig.press("<esc>");
    assert!(rig.hint().contains("kept as a draft"), "{}", rig.hint());
    rig.press("i<c-t>");
    assert_eq!(
        crate::support::forms::text(&rig, "email"),
        "",
        "another form"
    );
    rig.press("<esc>I<c-t>");
    rig.settle();
    assert_eq!(addresses(&rig), "kim@acme.example\nana@acme.example");
    assert_eq!(verdicts(&rig), ["ok", "already member"], "read anew");
}

/// The form, with these addresses on their way.
fn on_its_way(text: &str) -> (Rig, orgdeck::domain::plan::TaskId) {
    let mut rig = open();
    paste(&mut rig, text);
    let effects = rig.press(&format!("{TO_PREVIEW}<enter>"));
    let wish = crate::support::forms::wish(&effects);
    rig.prepared(plan(&wish));
    rig.wait(400);
    let effects = rig.press("<tab><enter>");
    let task = recorded(&mut rig, &effects);
    (rig, task)
}

#[test]
fn a_name_that_is_asked_for_is_typed_in_the_form_and_gone_once_it_was_sent() {
    let mut rig = open();
    paste(&mut rig, "one@x.example\ntwo@x.example");
    let effects = rig.press(&format!("{TO_PREVIEW}<enter>"));
    let mut plan = plan(&crate::support::forms::wish(&effects));
    plan.objections.push(Objection::TypeName {
        names: vec![Text::from("Acme")],
        why: "more than five rows change at once",
    });
    rig.prepared(plan);
    rig.wait(400);
    assert_eq!(rig.press("<tab><enter>"), Effects::new());
    assert!(rig.hint().starts_with("type the name"), "{}", rig.hint());
    rig.wait(400);
    let effects = rig.press("Acme<tab><tab><tab><enter>");
    recorded(&mut rig, &effects);
    assert_eq!(stands(form(&rig)).len(), 2);
    assert!(form(&rig).typed_name().is_none());
}

/// How each address stands, as the form shows it.
fn stands(form: &Form) -> Vec<String> {
    let Stage::Sent(_, ends) = &form.stage else {
        panic!("it was sent, not {:?}", form.stage);
    };
    let state = |end: &orgdeck::app::form::Ended| {
        let state = format!("{:?}", end.state);
        let name: String = state.chars().take_while(|c| c.is_alphanumeric()).collect();
        format!("{} {name}", end.email.raw())
    };
    ends.iter().map(state).collect()
}

#[test]
fn what_comes_of_each_address_is_shown_and_nothing_is_left_when_all_is_done() {
    let (mut rig, task) = on_its_way("one@x.example\ntwo@x.example");
    assert_eq!(
        stands(form(&rig)),
        ["one@x.example Sent", "two@x.example Sent"]
    );
    assert_eq!(form(&rig).stops(), [Focus::Button(Button::Cancel)]);
    rig.send(Msg::Carried(task, 0, Outcome::Done(Receipt::default())));
    assert_eq!(
        stands(form(&rig)),
        ["one@x.example Done", "two@x.example Sent"]
    );
    rig.press("<c-u>q");
    rig.send(Msg::Carried(task, 1, Outcome::Done(Receipt::default())));
    assert_eq!(
        stands(form(&rig)),
        ["one@x.example Done", "two@x.example Done"]
    );
    assert_eq!(addresses(&rig), "");
    rig.press("<esc>");
    assert!(rig.model.overlays.is_empty());
}

#[test]
fn what_is_left_of_a_half_done_one_stands_there_again() {
    let (mut rig, task) =
        on_its_way("email,role\none@x.example,admin\ntwo@x.example,admin\nsix@x.example,");
    rig.send(Msg::Carried(task, 0, Outcome::Done(Receipt::default())));
    let refused = ApiError::new(Verb::InviteCreate, Fault::Refused).words("no more today");
    rig.send(Msg::Carried(task, 1, Outcome::Refused(refused)));
    rig.send(Msg::Carried(task, 2, Outcome::Unknown));
    rig.settle_questions();
    assert_eq!(
        stands(form(&rig)),
        [
            "one@x.example Done",
            "two@x.example Refused",
            "six@x.example Unknown"
        ]
    );
    assert_eq!(
        addresses(&rig),
        "email,role,message,redirect_url,expires_in_days\ntwo@x.example,admin,,,",
        "nothing invites to send again what may have been sent"
    );
    let effects = rig.press("<tab><enter>");
    assert_eq!(invited(&effects), ["two@x.example"]);
}

#[test]
fn a_half_done_one_is_finished_by_its_own_key_too() {
    let (mut rig, task) = on_its_way("one@x.example\ntwo@x.example");
    rig.send(Msg::Carried(task, 0, Outcome::Done(Receipt::default())));
    let refused = ApiError::new(Verb::InviteCreate, Fault::Refused);
    rig.send(Msg::Carried(task, 1, Outcome::Refused(refused)));
    let effects = rig.press("<esc>gf");
    assert_eq!(invited(&effects), ["two@x.example"]);
}

#[test]
fn a_form_that_was_closed_on_the_way_comes_back_with_what_was_refused() {
    let (mut rig, task) = on_its_way("one@x.example\ntwo@x.example");
    rig.press("<esc>");
    assert!(rig.hint().contains("what was sent goes on"));
    rig.send(Msg::Carried(task, 0, Outcome::Done(Receipt::default())));
    let refused = ApiError::new(Verb::InviteCreate, Fault::Refused);
    rig.send(Msg::Carried(task, 1, Outcome::Refused(refused)));
    assert_eq!(addresses(&rig), "two@x.example");
}

#[test]
fn many_failures_are_one_message() {
    let mut text = String::new();
    for number in 0..20 {
        writeln!(text, "p{number}@x.example").unwrap();
    }
    let (mut rig, task) = on_its_way(&text);
    rig.press("<esc>");
    for step in 0..20 {
        let refused = ApiError::new(Verb::InviteCreate, Fault::Refused).words("no more today");
        let outcome = match step {
            0 => Outcome::Done(Receipt::default()),
            _ => Outcome::Refused(refused),
        };
        rig.send(Msg::Carried(task, step, outcome));
    }
    let told: Vec<String> = rig
        .model
        .notices
        .all()
        .iter()
        .map(Notice::happened)
        .collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(
        told.iter()
            .any(|words| words.contains("1 of 20 requests done")
                && words.contains("13 more not done")),
        "{told:?}"
    );
}

#[test]
fn pasted_addresses_open_the_form_and_anything_else_is_ignored() {
    let mut rig = Rig::two_orgs();
    let effects = paste(&mut rig, "DDD!y\n");
    assert_eq!(effects, Effects::new());
    assert!(rig.model.overlays.is_empty());
    assert_eq!(
        rig.hint(),
        "pasted text presses no keys: 6 characters without an address are ignored"
    );
    paste(&mut rig, "D\ry\rnew@acme.example\r");
    rig.settle();
    assert_eq!(addresses(&rig), "D\ny\nnew@acme.example");
    assert_eq!(verdicts(&rig), ["not an address", "not an address", "ok"]);
}

#[test]
fn pasted_addresses_and_those_that_were_kept_are_two_drafts() {
    let mut rig = open();
    paste(&mut rig, "one@x.example");
    rig.press("<esc>");
    paste(&mut rig, "two@x.example\n");
    assert_eq!(addresses(&rig), "two@x.example");
    rig.press("<c-t>");
    assert_eq!(addresses(&rig), "one@x.example");
    rig.press("<c-t>");
    assert_eq!(addresses(&rig), "two@x.example", "and neither is lost");
}

#[test]
fn a_paste_where_nobody_can_be_invited_says_why() {
    let mut capabilities = everything();
    capabilities.set_offer(
        Verb::InviteCreate,
        orgdeck::domain::Offer::No("no invites here"),
    );
    let mut rig = Rig::two_orgs_of(capabilities);
    paste(&mut rig, "new@acme.example");
    assert!(rig.model.overlays.is_empty());
    assert!(rig.hint().contains("cannot be invited"), "{}", rig.hint());
}

#[test]
fn verdicts_change_as_the_addresses_do() {
    let mut rig = open();
    rig.press("ana@acme.example");
    assert_eq!(verdicts(&rig), ["already member"]);
    rig.press("<home>x");
    assert_eq!(verdicts(&rig), [Verdict::Ok.words()]);
}
