//! Who may do what: tokens, scopes, membership, levels.

use orgdeck::sandbox::Service::{Clerk, Vulos};
use orgdeck::sandbox::world::{Actor, Principal};
use serde_json::json;

use super::{HARBOUR, INES, RUI, Stage, refusal};
use crate::support::raw;

/// From the mightiest to the one without rights.
const LADDER: [&str; 5] = ["SuperAdmin", "Admin", "Moderator", "Api", "dispatch"];

/// A stage where everybody of the ladder is there twice: once to act, once to be acted on.
struct Ladder {
    stage: Stage,
    targets: [String; 5],
}

fn ladder() -> Ladder {
    let stage = Stage::new();
    for role in LADDER {
        stage.join(&format!("acting.{role}"), &["other", role]);
    }
    let targets = LADDER.map(|role| stage.join(&format!("target.{role}"), &[role, "other"]));
    Ladder { stage, targets }
}

/// For each of the ladder as actor a row, with `+` for each target where `act` succeeds.
async fn matrix(act: impl AsyncFn(&Stage, &str, &str) -> u16) -> Vec<String> {
    let mut rows = Vec::new();
    for role in LADDER {
        let Ladder { stage, targets } = ladder();
        let mut row = String::new();
        for target in &targets {
            let status = act(&stage, &format!("acting.{role}"), target).await;
            row.push(sign(status));
        }
        rows.push(row);
    }
    rows
}

fn sign(status: u16) -> char {
    match status {
        200 => '+',
        400 => '-',
        other => panic!("status {other}"),
    }
}

#[tokio::test]
async fn members_are_removed_by_moderators_and_those_above_them() {
    let rows = matrix(async |stage, actor, target| {
        let line = format!("DELETE organization/41/{target}/delete");
        stage.ask(actor, &line).await.status()
    });
    assert_eq!(rows.await, ["-++++", "--+++", "---++", "-----", "-----"]);
}

#[tokio::test]
async fn roles_are_given_by_administrators_to_those_below_them() {
    let rows = matrix(async |stage, actor, target| {
        let line = format!("PUT organization/41/{target}/role/create");
        let heard = stage.put(actor, &line, &json!({"name": "crane"})).await;
        heard.status()
    });
    assert_eq!(rows.await, ["-++++", "--+++", "-----", "-----", "-----"]);
}

#[tokio::test]
async fn roles_are_taken_by_administrators_from_those_below_them() {
    let rows = matrix(async |stage, actor, target| {
        let line = format!("GET organization/41/{target}/role/list");
        let roles = stage.get(actor, &line).await;
        let role = roles[1]["id"].as_str().unwrap();
        let line = format!("DELETE organization/41/{target}/role/{role}/delete");
        stage.ask(actor, &line).await.status()
    });
    assert_eq!(rows.await, ["-++++", "--+++", "-----", "-----", "-----"]);
}

#[tokio::test]
async fn each_call_on_the_organization_wants_its_level() {
    for (line, allowed) in [
        ("PUT organization/41/invite/new%40pilots.example", "+++--"),
        ("PUT organization/41/update", "++---"),
        ("GET organization/41", "+++++"),
        ("DELETE organization/41/delete", "+----"),
    ] {
        let mut row = String::new();
        for role in LADDER {
            let Ladder { stage, .. } = ladder();
            let body = json!({"name": "New"});
            let heard = stage.put(&format!("acting.{role}"), line, &body).await;
            row.push(sign(heard.status()));
        }
        assert_eq!(row, allowed, "{line}");
    }
}

#[tokio::test]
async fn the_level_is_that_of_the_mightiest_role() {
    let stage = Stage::new();
    let target = stage.join("lee", &["Admin"]);
    stage.join("mia", &["Api", "SuperAdmin", "Moderator"]);
    stage.join("ned", &["superadmin", "Moderator"]);
    let line = format!("DELETE organization/41/{target}/delete");
    let text = refusal(&stage.ask("ned", &line).await);
    assert_eq!(text, "You are not allowed to do this");
    assert_eq!(stage.ask("mia", &line).await.status(), 200);
}

#[tokio::test]
async fn everybody_may_leave_even_the_last_super_admin() {
    let stage = Stage::new();
    let own = stage.join("kit", &[]);
    for (token, member) in [("kit", own.as_str()), ("rui", RUI)] {
        let line = format!("DELETE organization/41/{member}/delete");
        assert_eq!(stage.ask(token, &line).await.status(), 200);
        refusal(&stage.ask(token, "GET organization/41").await);
    }
    assert_eq!(stage.world(|world| world.member_count(HARBOUR)), 1);
}

#[tokio::test]
async fn administrators_may_change_their_own_roles_and_others_not() {
    let stage = Stage::new();
    let dispatch = json!({"name": "dispatch"});
    let line = format!("PUT organization/41/{RUI}/role/create");
    assert_eq!(stage.put("rui", &line, &dispatch).await.status(), 200);
    let line = format!("PUT organization/41/{INES}/role/create");
    refusal(&stage.put("ines", &line, &dispatch).await);
}

#[tokio::test]
async fn strangers_do_not_learn_what_exists() {
    let stage = Stage::new();
    stage.world(|world| super::somebody(world, "eve"));
    let lines = [
        "GET organization/{id}".to_owned(),
        "PUT organization/{id}/update".to_owned(),
        "DELETE organization/{id}/delete".to_owned(),
        "PUT organization/{id}/invite/a%40b.example".to_owned(),
        format!("GET organization/{{id}}/{INES}"),
        format!("DELETE organization/{{id}}/{INES}/delete"),
        format!("GET organization/{{id}}/{INES}/role/list"),
        format!("PUT organization/{{id}}/{INES}/role/create"),
    ];
    for line in lines {
        let mut texts = Vec::new();
        for id in ["41", "404", "041", "x", "%2e%2e", "4294967337"] {
            let line = line.replace("{id}", id);
            texts.push(refusal(&stage.put("eve", &line, &json!({})).await));
        }
        texts.dedup();
        assert_eq!(texts.len(), 1, "{line}");
    }
    assert_eq!(stage.get("eve", "GET organization/list").await, json!([]));
}

#[tokio::test]
async fn a_member_of_another_organization_is_none_of_this_one() {
    let stage = Stage::new();
    for line in [
        format!("GET organization/58/{INES}"),
        format!("DELETE organization/58/{INES}/delete"),
        format!("GET organization/58/{INES}/role/list"),
        "GET organization/41/no-guid".to_owned(),
    ] {
        let text = refusal(&stage.ask("rui", &line).await);
        assert_eq!(text, "There is no such member", "{line}");
    }
}

#[tokio::test]
async fn tokens_without_the_scope_are_refused_without_a_word() {
    let stage = Stage::new();
    stage.world(|world| {
        let rui = world.person_by_email("rui@pilots.example").unwrap().key;
        let mut narrow = Principal::new(Actor::User(rui));
        narrow.scopes = vec!["openid".to_owned(), "organization:read".to_owned()];
        world.grant(Vulos, "narrow", narrow);
        let mut over = Principal::new(Actor::User(rui));
        over.expires = Some(world.now());
        world.grant(Vulos, "over", over);
        world.grant(Vulos, "program", Principal::new(Actor::Instance));
        world.grant(Clerk, "elsewhere", Principal::new(Actor::User(rui)));
        let newcomer = world.add_person(|_| ());
        world.grant(Vulos, "no account", Principal::new(Actor::User(newcomer)));
    });
    for token in ["narrow", "over", "program", "elsewhere", "no account", ""] {
        for line in ["GET organization/list", "DELETE organization/41/delete"] {
            let heard = stage.ask(token, line).await;
            assert_eq!((heard.status(), heard.body()), (401, ""), "{token} {line}");
            assert_eq!(heard.header("content-type"), None);
        }
    }
    let mut stream = raw::send(&stage.0.vulos.url, "GET /connect/userinfo", &[], "").await;
    assert_eq!(raw::hear(&mut stream, usize::MAX).await.status(), 401);
}

#[tokio::test]
async fn wrong_verbs_are_told_from_unknown_paths() {
    let stage = Stage::new();
    for line in [
        "POST organization/create",
        "PATCH organization/41/update",
        "POST organization/41/invite/a%40b.example",
        "POST organization/41/x/delete",
        "POST organization/41/x/role/create",
        "PUT organization/41/x/role/y/delete",
        "POST profile/organization/41",
    ] {
        let heard = stage.ask("rui", line).await;
        assert_eq!((heard.status(), heard.body()), (405, ""), "{line}");
    }
    assert_eq!(stage.0.unknown_routes(), [""; 0]);
    for line in ["GET organization/41/x/role", "GET profile", "GET users"] {
        assert_eq!(stage.ask("rui", line).await.status(), 404, "{line}");
    }
    assert_eq!(stage.0.unknown_routes().len(), 3);
}
