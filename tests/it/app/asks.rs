//! Tests of questions: from the key to the wish, and what a yes needs.

use orgdeck::app::confirm::{Confirm, Spot};
use orgdeck::app::layer::Overlay;
use orgdeck::app::place::{Pane, Size};
use orgdeck::app::{Effect, Effects, Msg};
use orgdeck::domain::member::Mine;
use orgdeck::domain::wish::Resend;
use orgdeck::domain::{Answer, ApiError, Fault, Offer, Page, Query, Row, Text, Told, Verb, Wish};

use crate::support::plan::plan_for;
use crate::support::rig::{Rig, everything, invite, member, org_id};

fn dialog(rig: &Rig) -> &Confirm {
    match rig.model.overlays.last() {
        Some(Overlay::Confirm(confirm)) => confirm,
        other => panic!("a question is open, not {other:?}"),
    }
}

/// Opens a question with a key, and shows the plan that its wish comes to.
fn asked(pane: Pane, key: &str) -> Rig {
    let mut rig = Rig::two_orgs().on(pane);
    rig.press(key);
    let (_, wish) = rig.planning();
    rig.prepared(plan_for(&wish));
    rig
}

fn wish(pane: Pane, key: &str) -> Wish {
    let mut rig = Rig::two_orgs().on(pane);
    rig.press(key);
    rig.planning().1
}

fn records(effects: &Effects) -> bool {
    let is_record = |effect: &Effect| matches!(effect, Effect::Record { .. });
    effects.iter().any(is_record)
}

/// Everything that a question says, as one text.
fn facts(rig: &Rig) -> String {
    let confirm = dialog(rig);
    let facts = confirm.about.iter();
    let facts = facts.map(|(label, value)| format!("{label}={}", value.raw()));
    let notes = confirm
        .notes
        .iter()
        .map(|(_, words)| words.raw().to_owned());
    facts.chain(notes).collect::<Vec<_>>().join("|")
}

#[test]
fn what_goes_with_an_organization_is_left_to_the_plan() {
    let mut rig = Rig::two_orgs().on(Pane::Orgs);
    let acme = org_id("shop", "acme");
    let account = rig.model.store.account_mut(acme.profile()).unwrap();
    account.capabilities.cascade = "everything goes with it";
    rig.press("D");
    assert!(!facts(&rig).contains("everything goes"), "{}", facts(&rig));
}

#[test]
fn each_key_asks_for_its_wish_and_names_the_ids() {
    let acme = || org_id("shop", "acme");
    for pane in [Pane::Orgs, Pane::Org] {
        for key in ["D", "<delete>"] {
            assert_eq!(wish(pane, key), Wish::DeleteOrg { org: acme() });
        }
    }
    for pane in Pane::ALL {
        assert_eq!(wish(pane, "X"), Wish::Leave { org: acme() });
    }
    let ana = Box::new(member(&acme(), "ana", "admin"));
    assert_eq!(wish(Pane::Members, "D"), Wish::RemoveMember { member: ana });
    let jon = Box::new(invite(&acme(), "jon@old.example"));
    let revoke = Wish::RevokeInvite {
        invite: jon.clone(),
    };
    assert_eq!(wish(Pane::Invites, "D"), revoke);
    let resend = Wish::Resend(Resend::Listed(jon));
    assert_eq!(wish(Pane::Invites, "t"), resend);
    let said = facts(&asked(Pane::Members, "D"));
    for id in ["mem_ana", "user_ana", "(acme)", "fake:shop"] {
        assert!(said.contains(id), "{id} is missing: {said}");
    }
}

#[test]
fn a_logo_is_removed_from_the_menu_and_where_there_is_none_that_is_said() {
    let mut rig = Rig::two_orgs();
    rig.press(".<up>");
    let run = |rig: &mut Rig| {
        let action = orgdeck::app::action::named("logo.remove").unwrap();
        rig.model.overlays.clear();
        (action.run)(&mut rig.model)
    };
    let effects = run(&mut rig);
    let org = org_id("shop", "acme");
    assert!(
        matches!(&effects[..], [Effect::Prepare { wish, .. }] if *wish == Wish::RemoveLogo { org })
    );
    let id = rig.model.panes.orgs.cursor.clone().unwrap();
    let account = rig.model.store.account_mut(id.profile()).unwrap();
    let mut bare = account.orgs.rows.find(&id).unwrap().item.clone();
    bare.logo = Told::Empty;
    account.orgs.detail(bare);
    assert!(run(&mut rig).is_empty());
    assert_eq!(rig.hint(), "it has no logo that could be removed");
}

#[test]
fn removing_oneself_is_called_leaving() {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    let mut own = member(&org_id("shop", "acme"), "ana", "admin");
    own.is_me = Told::Is(Mine::Own);
    let open = rig.model.panes.open.clone().unwrap();
    rig.model
        .store
        .visit_mut(&open)
        .unwrap()
        .members
        .detail(own);
    rig.press("D");
    assert_eq!(dialog(&rig).title.raw(), "Leave the organization");
    assert!(facts(&rig).contains("this is you"));
}

#[test]
fn sending_again_announces_a_new_mail_and_what_is_kept() {
    let said = facts(&asked(Pane::Invites, "t"));
    for words in [
        "is revoked, then a new one is made",
        "a new mail with a new link",
        "Kept: role.",
        "not kept, since the service does not tell it: redirect",
    ] {
        assert!(said.contains(words), "{words:?} is missing: {said}");
    }
}

#[test]
fn where_no_list_is_kept_what_was_sent_from_here_is_chosen_and_sent_again() {
    let mut capabilities = everything();
    capabilities.set_offer(Verb::InviteList, Offer::No("it keeps no list"));
    let mut rig = Rig::two_orgs_of(capabilities).on(Pane::Invites);
    rig.press("t");
    assert_eq!(rig.hint(), "no row is under the cursor");
    let acme = org_id("shop", "acme");
    for (seconds, email) in [(0, "old@acme.example"), (1, "new@acme.example")] {
        let sent = rig.model.now.wall + jiff::SignedDuration::from_secs(seconds);
        rig.model
            .store
            .sent_notes
            .push(orgdeck::app::store::SentNote {
                org: acme.clone(),
                email: Text::from(email),
                at: sent,
            });
    }
    let again = |email: &str| {
        Wish::Resend(Resend::Address {
            org: org_id("shop", "acme"),
            email: Text::from(email),
        })
    };
    rig.press("t");
    assert_eq!(rig.planning().1, again("new@acme.example"));
    rig.press("<esc>jt");
    assert_eq!(rig.planning().1, again("old@acme.example"));
    assert!(facts(&rig).contains("A new mail goes out"));
    rig.press("<esc>j");
    assert_eq!(rig.hint(), "this is the end");
    rig.press("d");
    let details = format!("{:?}", rig.model.overlays.last());
    assert!(details.contains("this program's own memory"), "{details}");
}

#[test]
fn a_light_question_starts_on_no_and_wants_a_moment() {
    let mut rig = asked(Pane::Invites, "D");
    assert_eq!(dialog(&rig).focus, Spot::No);
    assert!(rig.press("y").is_empty());
    rig.wait(700);
    assert!(records(&rig.press("y")));
    let mut rig = asked(Pane::Invites, "D");
    rig.wait(300);
    assert!(records(&rig.press("<tab><enter>")));
}

#[test]
fn a_held_yes_never_counts() {
    let mut rig = asked(Pane::Invites, "D");
    for _ in 0..50 {
        assert!(!records(&rig.press("y")));
        rig.wait(30);
    }
    assert_eq!(rig.hint(), "held back: the same key came twice at once");
    rig.wait(300);
    assert!(records(&rig.press("y")));
}

#[test]
fn four_enters_in_twenty_milliseconds_and_five_slow_ones_do_nothing() {
    for pane in [Pane::Orgs, Pane::Members, Pane::Invites] {
        for pause in [4, 400] {
            let mut rig = Rig::two_orgs().on(pane);
            rig.press("D");
            let (_, wish) = rig.planning();
            rig.prepared(plan_for(&wish));
            rig.wait(1_000);
            for _ in 0..5 {
                assert!(!records(&rig.press("<enter>")));
                rig.wait(pause);
            }
        }
    }
}

#[test]
fn a_sending_key_is_held_back_though_another_came_in_between() {
    let mut rig = asked(Pane::Orgs, "D");
    rig.wait(1_000);
    rig.press("Acme Shop");
    // Enter leaves the field, Tab goes to yes, and the next Enter is too hasty.
    assert!(!records(&rig.press("<enter><tab><enter>")));
    assert_eq!(rig.hint(), "held back: the same key came twice at once");
    rig.wait(300);
    assert!(records(&rig.press("<enter>")));
}

#[test]
fn r12_a_heavy_question_starts_in_the_field_and_wants_the_whole_name() {
    let mut rig = asked(Pane::Orgs, "D");
    assert_eq!(dialog(&rig).focus, Spot::Name);
    rig.wait(1_000);
    for wrong in [
        "",
        "Acme",
        "acme shop",
        "ACME SHOP",
        "Acme Shop ",
        "Acme Shopy",
    ] {
        rig.press(&format!("<c-u>{wrong}"));
        assert!(!records(&rig.press("<tab><tab><enter>")), "{wrong:?}");
        assert_eq!(rig.hint(), "off until the name matches", "{wrong:?}");
        rig.wait(400);
        rig.press("<tab>");
        assert_eq!(dialog(&rig).focus, Spot::Name);
    }
    rig.press("<c-u>Acme S");
    let typed = dialog(&rig).matched().unwrap();
    assert_eq!((typed.fit, typed.of, typed.whole), (6, 9, false));
    rig.press("hop<tab><tab>");
    rig.wait(400);
    assert!(records(&rig.press("<enter>")));
}

#[test]
fn the_id_is_as_good_as_the_name() {
    let mut rig = asked(Pane::Orgs, "D");
    rig.wait(1_000);
    assert!(records(&rig.press("acme<tab><tab><enter>")));
}

#[test]
fn where_a_name_is_asked_for_the_letter_is_no_yes() {
    let mut rig = asked(Pane::Orgs, "D");
    rig.wait(1_000);
    rig.press("ynqd");
    assert_eq!(dialog(&rig).typed.value(), "ynqd");
    rig.press("<c-u>Acme Shop<tab>");
    assert!(rig.press("y").is_empty());
    assert!(rig.hint().starts_with("a name is asked for here"));
    rig.press("n");
    assert!(rig.model.overlays.is_empty());
}

#[test]
fn a_name_is_typed_and_never_pasted() {
    let mut rig = asked(Pane::Orgs, "D");
    rig.wait(1_000);
    rig.send(Msg::Pasted(Text::from("Acme Shop")));
    assert_eq!(dialog(&rig).typed.value(), "");
    assert_eq!(rig.hint(), "a name is typed here, not pasted");
    assert!(!records(&rig.press("<tab><tab><enter>")));
}

#[test]
fn an_empty_name_is_no_name() {
    let mut rig = Rig::two_orgs();
    rig.press("D");
    let (_, wish) = rig.planning();
    let mut plan = plan_for(&wish);
    plan.objections = vec![orgdeck::domain::Objection::TypeName {
        names: vec![Text::from(""), Text::from("acme")],
        why: "it is a test",
    }];
    rig.prepared(plan);
    rig.wait(1_000);
    assert!(!records(&rig.press("<tab><tab><enter>")));
}

#[test]
fn what_cannot_be_done_has_no_field_and_no_yes() {
    let mut rig = Rig::two_orgs();
    rig.press("D");
    let (_, wish) = rig.planning();
    let mut plan = plan_for(&wish);
    let error = ApiError::new(Verb::OrgDelete, Fault::Forbidden);
    plan.objections
        .push(orgdeck::domain::Objection::Refused(error));
    rig.prepared(plan);
    rig.wait(1_000);
    assert_eq!(dialog(&rig).focus, Spot::No);
    assert!(!records(&rig.press("y")));
    assert!(!records(&rig.press("<tab><enter>")));
    assert_eq!(rig.hint(), "this cannot be done: the reason is shown");
}

#[test]
fn where_nothing_would_be_sent_a_yes_says_so_and_the_question_stays() {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    rig.press("D");
    let (_, wish) = rig.planning();
    let mut plan = plan_for(&wish);
    plan.steps.clear();
    rig.prepared(plan);
    for keys in ["y", "<tab><enter>"] {
        rig.wait(1_000);
        assert!(!records(&rig.press(keys)));
        assert_eq!(rig.hint(), "nothing changes: there is nothing to send");
    }
    rig.press("d");
    assert_eq!(rig.hint(), "no request is shown here");
    assert_eq!(dialog(&rig).title.raw(), "Remove member");
}

#[test]
fn closing_gives_the_question_for_the_plan_up() {
    let mut rig = Rig::two_orgs();
    rig.press("D");
    let (id, wish) = rig.planning();
    let effects = rig.press("<esc>");
    assert!(matches!(&effects[..], [Effect::Cancel(gone)] if *gone == id));
    rig.send(Msg::Prepared(id, Ok(plan_for(&wish))));
    assert!(rig.model.overlays.is_empty());
}

#[test]
fn refreshes_sorts_and_foreign_edits_below_never_change_the_target() {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    rig.press("j");
    rig.effects.clear();
    rig.press("D");
    let (_, wish) = rig.planning();
    let acme = org_id("shop", "acme");
    let bo = Box::new(member(&acme, "bo", "member"));
    assert_eq!(wish, Wish::RemoveMember { member: bo });
    // Somebody renames, removes and adds members, and the list is sorted anew.
    rig.model.panes.members.refocus(|lens| {
        lens.by = Some(orgdeck::app::columns::Column::Name);
        lens.turn = lens.turn.reversed();
    });
    let visit = rig.model.store.visit_mut(&acme).unwrap();
    visit.members.start();
    rig.wait(1);
    rig.send(Msg::Woke);
    let id = rig.asked(|query| matches!(query, Query::Members { .. }));
    let mut other = member(&acme, "bo", "admin");
    other.id = orgdeck::domain::MemberId::new(acme.profile(), "mem_else");
    let rows = ["zoe", "cleo"].map(|key| Row::whole(member(&acme, key, "admin")));
    let rows = rows.into_iter().chain([Row::whole(other)]).collect();
    rig.answer(id, Ok(Answer::Members(Page::whole(rows))));
    rig.prepared(plan_for(&wish));
    rig.wait(1_000);
    let effects = rig.press("y");
    let [Effect::Record { plan, .. }] = &effects[..] else {
        panic!("it is recorded: {effects:?}");
    };
    assert_eq!(plan.wish, wish);
    assert!(rig.model.overlays.is_empty());
}

#[test]
fn a_page_scrolls_as_far_as_there_is_more_and_says_where_it_ends() {
    let mut rig = asked(Pane::Invites, "t");
    rig.press("j");
    assert_eq!(rig.hint(), "all of it is in sight");
    rig.send(Msg::Resized(Size {
        width: 40,
        height: 10,
    }));
    rig.press("k");
    assert_eq!(rig.hint(), "this is the beginning");
    let mut tops = vec![dialog(&rig).top];
    while rig.hint() != "this is the end" {
        rig.press("<down>");
        tops.push(dialog(&rig).top);
        assert!(tops.len() < 100);
    }
    let last = dialog(&rig).top;
    assert!(
        last > 5
            && tops
                .windows(2)
                .rev()
                .skip(1)
                .all(|two| two[1] == two[0] + 1)
    );
    rig.press("<home>");
    assert_eq!(dialog(&rig).top, 0);
    rig.press("<end>");
    assert_eq!(dialog(&rig).top, last);
    rig.press("<pgup>");
    assert!(dialog(&rig).top < last);
}
