//! Copying: which text each key hands out, where the terminal gets it and where it is shown, and that no key
//! stays silent.

use orgdeck::app::around::{Browser, Clipboard, Wrap};
use orgdeck::app::layer::{Details, Overlay};
use orgdeck::app::notice::Line;
use orgdeck::app::place::Pane;
use orgdeck::app::screen::copy::MOST;
use orgdeck::app::store::SentNote;
use orgdeck::app::{Effect, Effects, Msg};
use orgdeck::domain::capabilities::Site;
use orgdeck::domain::news::Sent;
use orgdeck::domain::{Attribute, Method, News, Offer, Text, Told, Value, Verb};

use crate::support::rig::{Rig, account, everything, org_id, present};
use crate::support::world;

/// A console whose terminal takes texts.
fn rig() -> Rig {
    takes(Rig::two_orgs())
}

fn takes(mut rig: Rig) -> Rig {
    rig.model.settings.around.clipboard = Clipboard::Takes(Wrap::Bare);
    rig
}

/// The text that goes to the terminal.
fn copied(effects: &Effects) -> &str {
    match effects.as_slice() {
        [Effect::Copy { text, wrap }] => {
            assert_eq!(*wrap, Wrap::Bare);
            text.raw()
        }
        other => panic!("one text is copied, not {other:?}"),
    }
}

/// The box on the screen: its facts and its text.
fn shown(rig: &Rig) -> (&[(Text, Text)], &str) {
    match rig.model.overlays.last() {
        Some(Overlay::Details(details)) => {
            assert_eq!(details.heading, Details::BY_HAND);
            (&details.facts, details.raw.known().unwrap().raw())
        }
        other => panic!("a box, not {other:?}"),
    }
}

/// A connection where nothing but names is told, and no list of invites.
fn untelling() -> Rig {
    let mut capabilities = everything();
    capabilities.set_offer(Verb::InviteList, Offer::No("no such list"));
    let mut rig = takes(Rig::two_orgs_of(capabilities));
    rig.model.store.sent_notes.push(SentNote {
        org: org_id("shop", "acme"),
        email: Text::from("new@acme.example"),
        at: present(),
    });
    rig
}

#[test]
fn a_row_gives_its_address_its_id_and_its_record() {
    let mut rig = rig().on(Pane::Members);
    assert_eq!(copied(&rig.press("yy")), "ana@acme.example");
    assert_eq!(rig.hint(), "copied the e-mail address: ana@acme.example");
    assert_eq!(copied(&rig.press("yi")), "mem_ana");
    let json: serde_json::Value = serde_json::from_str(copied(&rig.press("yj"))).unwrap();
    assert_eq!(json["user_id"], "user_ana");
    assert_eq!(json["org"], "acme");
    let mut rig = rig.on(Pane::Orgs);
    assert_eq!(copied(&rig.press("yy")), "Acme Shop");
    assert_eq!(copied(&rig.press("yi")), "acme");
    let mut rig = rig.on(Pane::Invites);
    assert_eq!(copied(&rig.press("yy")), "jon@old.example");
    assert_eq!(copied(&rig.press("yi")), "inv_jon@old.example");
}

#[test]
fn marked_rows_come_one_a_line_and_as_an_array() {
    let mut rig = rig().on(Pane::Members);
    rig.press(" <down> ");
    assert_eq!(
        copied(&rig.press("yy")),
        "ana@acme.example\ncleo@acme.example"
    );
    assert_eq!(copied(&rig.press("yi")), "mem_ana\nmem_cleo");
    let json: serde_json::Value = serde_json::from_str(copied(&rig.press("yj"))).unwrap();
    let ids: Vec<_> = json
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["id"])
        .collect();
    assert_eq!(ids, ["mem_ana", "mem_cleo"]);
    rig.press("<esc> ");
    let json: serde_json::Value = serde_json::from_str(copied(&rig.press("yj"))).unwrap();
    assert!(json.is_array(), "one that is marked is a list, too");
}

#[test]
fn what_is_not_told_is_said_and_the_name_taken_instead() {
    let mut rig = rig().on(Pane::Members);
    let org = org_id("shop", "acme");
    let visit = rig.model.store.visit_mut(&org).unwrap();
    let mut member = visit.members.rows.row(0).item.clone();
    member.email = Told::Unknown;
    visit.members.detail(member);
    assert_eq!(copied(&rig.press("yy")), "ana");
    assert!(
        rig.hint()
            .starts_with("copied the name, as no e-mail address is told")
    );
    rig.press("*");
    let all = rig.press("yy");
    assert_eq!(copied(&all).lines().next(), Some("ana"));
    assert!(
        rig.hint().contains("3 lines, 1 of them names"),
        "{}",
        rig.hint()
    );
}

#[test]
fn no_key_stays_silent_where_there_is_nothing() {
    let mut rig = untelling().on(Pane::Invites);
    assert_eq!(copied(&rig.press("yy")), "new@acme.example");
    for (keys, why) in [
        ("yi", "has no id"),
        ("yj", "is no record"),
        ("o", "no page is known"),
    ] {
        assert_eq!(rig.press(keys), [], "{keys}");
        assert!(rig.hint().contains(why), "{keys}: {}", rig.hint());
    }
    let mut empty = takes(Rig::with(vec![account("shop", "fake", everything())]));
    for pane in Pane::ALL {
        empty.model.panes.focus = pane;
        for keys in ["yy", "yi", "yj", "yc", "yr", "yl", "o"] {
            assert_eq!(empty.press(keys), [], "{keys} in {pane:?}");
            assert!(!empty.hint().is_empty(), "{keys} in {pane:?}");
        }
    }
}

#[test]
fn a_terminal_that_may_refuse_is_not_sent_anything() {
    let mut rig = Rig::two_orgs().on(Pane::Members);
    assert_eq!(rig.press("yy"), []);
    let (facts, text) = shown(&rig);
    assert_eq!(text, "ana@acme.example");
    assert_eq!(facts[1].1.raw(), "there is no terminal");
    assert_eq!(rig.hint(), "shown, not copied: the e-mail address");
    rig.press("y");
    assert_eq!(rig.hint(), "this is shown because it could not be copied");
    rig.press("<esc>");
    assert!(rig.model.overlays.is_empty());
}

#[test]
fn r69_a_text_that_is_too_long_is_shown_with_its_length() {
    let mut rig = rig().on(Pane::Members);
    let org = org_id("shop", "acme");
    let visit = rig.model.store.visit_mut(&org).unwrap();
    let mut member = visit.members.rows.row(0).item.clone();
    let mut long = |letters: usize| {
        member.email = Told::Is(Text::from("x".repeat(letters)));
        member.clone()
    };
    visit.members.detail(long(MOST));
    assert_eq!(copied(&rig.press("yy")).len(), MOST);
    let visit = rig.model.store.visit_mut(&org).unwrap();
    visit.members.detail(long(MOST + 1));
    assert_eq!(rig.press("yy"), []);
    let (facts, text) = shown(&rig);
    assert_eq!(text.len(), MOST + 1);
    assert!(
        facts[1]
            .1
            .raw()
            .starts_with("8193 bytes are more than the 8 KiB")
    );
}

#[test]
fn the_last_action_is_a_command_and_its_requests() {
    let mut rig = rig().on(Pane::Members);
    assert_eq!(
        copied(&rig.press("yc")),
        "orgdeck member show shop/acme mem_ana"
    );
    let member = rig.model.member_row().unwrap().item.clone();
    let plan = world::removing(&member);
    let requests: String = plan.steps.iter().map(|step| step.request.lines()).collect();
    world::carry(&mut rig.model, plan, vec![world::done()]);
    assert_eq!(
        copied(&rig.press("yc")),
        "orgdeck member remove shop/acme user_ana --dry-run"
    );
    assert_eq!(copied(&rig.press("yr")), requests.trim_end());
}

/// A request as the activity tells it.
fn sent(method: Method, target: &str, trace: Option<&str>) -> Sent {
    Sent {
        profile: orgdeck::domain::Profile::new("shop"),
        verb: Verb::MemberList,
        method,
        target: Text::from(target),
        ended: Ok(200),
        served_at: None,
        took: std::time::Duration::ZERO,
        trace: trace.map(Text::from),
    }
}

#[test]
fn a_line_of_the_activity_is_a_request_with_the_body_that_went_with_it() {
    let mut rig = rig();
    rig.send(Msg::Told(News::Sent(Box::new(sent(
        Method::Get,
        "/a?b=%20",
        None,
    )))));
    assert_eq!(copied(&rig.press("yr")), "GET /a?b=%20");
    let plan = world::inviting(&["ivy@partner.example"]);
    let request = plan.steps[0].request.clone();
    world::carry(&mut rig.model, plan, vec![world::done()]);
    rig.model.log.add(Line {
        at: present(),
        sent: sent(request.method, &request.target(), Some("req_7")),
    });
    rig.model.panes.focus = Pane::Activity;
    rig.model.panes.activity = 0;
    assert_eq!(copied(&rig.press("yr")), request.lines().trim_end());
    assert!(request.lines().lines().count() > 1, "its body is below it");
    assert_eq!(copied(&rig.press("yi")), "req_7");
    rig.press("j");
    assert_eq!(copied(&rig.press("yr")), "GET /a?b=%20");
    assert_eq!(rig.press("yi"), []);
    assert_eq!(rig.hint(), "the service gave this request no id");
}

#[test]
fn the_address_of_a_place_opens_it_again() {
    for (pane, filter, address) in [
        (Pane::Orgs, "", "shop/acme"),
        (Pane::Members, "", "shop/acme/members"),
        (
            Pane::Members,
            "role:admin !bo? é",
            "shop/acme/members?role:admin !bo? é",
        ),
        (Pane::Invites, "hal", "shop/acme/invites?hal"),
        (Pane::Activity, "", "shop/acme"),
    ] {
        let mut rig = rig().on(pane);
        if !filter.is_empty() {
            rig.press(&format!("/{filter}<enter>"));
        }
        assert_eq!(copied(&rig.press("yl")), address);
        let mut again = Rig::seeking(vec![account("shop", "fake", everything())], address);
        again.settle();
        assert_eq!(
            again.model.panes.open,
            Some(org_id("shop", "acme")),
            "{address}"
        );
        if pane != Pane::Activity {
            assert_eq!(again.model.panes.focus, pane, "{address}");
        }
        for (here, there) in [
            (
                &rig.model.panes.members.order,
                &again.model.panes.members.order,
            ),
            (
                &rig.model.panes.invites.order,
                &again.model.panes.invites.order,
            ),
        ] {
            assert_eq!(here.places, there.places, "{address}");
        }
    }
}

#[test]
fn a_page_of_the_service_opens_and_that_of_anybody_is_shown() {
    let mut rig = rig();
    rig.model.settings.around.browser = Browser::Here;
    let account = &mut rig.model.store.accounts[0];
    let (org, site) = (org_id("shop", "acme"), "https://dashboard.example");
    let mut item = account.orgs.rows.find(&org).unwrap().item.clone();
    item.attributes.push(Attribute {
        key: "website",
        value: Told::Is(Value::Text(Text::from("https://acme.example"))),
    });
    account.orgs.detail(item);
    assert_eq!(rig.press("o"), []);
    assert_eq!(shown(&rig).1, "https://acme.example");
    rig.press("<esc>");
    rig.model.store.accounts[0].capabilities.site = Some(Site {
        origin: "http://127.0.0.1:1",
        page: site,
    });
    assert_eq!(rig.press("o"), [Effect::Browse(Text::from(site))]);
    rig.send(Msg::Unopened(Text::from(site)));
    assert_eq!(shown(&rig).1, site);
    rig.press("<esc>");
    rig.model.settings.around.browser = Browser::Missing("no desktop");
    assert_eq!(rig.press("o"), []);
    assert_eq!(shown(&rig).0[1].1.raw(), "no desktop");
}

#[test]
fn a_website_that_is_no_address_is_not_shown_as_one() {
    let mut rig = rig();
    let account = &mut rig.model.store.accounts[0];
    let mut item = account
        .orgs
        .rows
        .find(&org_id("shop", "acme"))
        .unwrap()
        .item
        .clone();
    item.attributes.push(Attribute {
        key: "website",
        value: Told::Is(Value::Text(Text::from("javascript:alert(1)"))),
    });
    account.orgs.detail(item);
    assert_eq!(rig.press("o"), []);
    assert!(rig.hint().contains("no page is known"));
}

#[test]
fn messages_are_listed_and_copied_together() {
    let mut rig = rig();
    for profile in ["shop", "quay"] {
        rig.model.notices.add(orgdeck::app::notice::Notice {
            at: present(),
            profile: Some(orgdeck::domain::Profile::new(profile)),
            word: orgdeck::app::notice::Word::Failed(world::unavailable(Verb::OrgList), None),
        });
    }
    rig.press("gn");
    let all = rig.press("y");
    let text = copied(&all);
    assert!(text.contains("FAIL quay: "), "{text}");
    assert!(
        text.contains("\n2026-03-02 11:42:00Z: FAIL shop: "),
        "{text}"
    );
}

#[test]
fn r69_nothing_but_a_key_that_copies_gives_the_terminal_a_text() {
    let mut rig = rig().on(Pane::Members);
    let others = orgdeck::app::action::all()
        .filter(|action| !action.name.starts_with("copy.") && action.name != "details.copy");
    for action in others {
        let mut model = rig.model.clone();
        let effects = (action.run)(&mut model);
        let is_copy = |effect: &Effect| matches!(effect, Effect::Copy { .. });
        assert!(!effects.iter().any(is_copy), "{}", action.name);
    }
    rig.press("d");
    let details = rig.press("y");
    assert!(copied(&details).starts_with("organization: Acme"));
}
