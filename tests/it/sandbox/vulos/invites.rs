//! Inviting by e-mail: the world remembers what the service never lists.

use super::{HARBOUR, Stage, refusal};

fn invited(stage: &Stage) -> Vec<String> {
    stage.world(|world| {
        let invites = world.invites_of(HARBOUR);
        invites.map(|invite| invite.email.clone()).collect()
    })
}

#[tokio::test]
async fn addresses_arrive_decoded() {
    let stage = Stage::new();
    for (sent, wanted) in [
        ("ines%2Bwork%40pilots.example", "ines+work@pilots.example"),
        ("plain+raw@pilots.example", "plain+raw@pilots.example"),
        ("a%2Fb%40pilots.example", "a/b@pilots.example"),
        ("j%C3%BCrgen%40b%C3%BCcher.example", "jürgen@bücher.example"),
    ] {
        let line = format!("PUT organization/41/invite/{sent}");
        assert_eq!(stage.get("rui", &line).await["success"], true);
        assert_eq!(invited(&stage).last().unwrap(), wanted);
    }
}

#[tokio::test]
async fn an_invite_knows_its_sender_and_no_role() {
    let stage = Stage::new();
    let line = "PUT organization/41/invite/new%40pilots.example";
    stage.get("ines", line).await;
    stage.world(|world| {
        let invite = world.invites_of(HARBOUR).next().unwrap();
        let ines = world.person_by_email("ines@pilots.example").unwrap();
        assert_eq!(invite.inviter, Some(ines.key));
        assert_eq!(invite.role, None);
        assert_eq!(world.member_count(HARBOUR), 2);
    });
}

#[tokio::test]
async fn what_is_no_address_is_refused() {
    let stage = Stage::new();
    for text in [
        "",
        "ines",
        "%40",
        "a%40",
        "%40b.example",
        "a%20b%40c.example",
        "a%40b%40c.example",
        "A%20%3Ca%40b.example%3E",
        "a%0A%40b.example",
    ] {
        let line = format!("PUT organization/41/invite/{text}");
        let heard = stage.ask("rui", &line).await;
        assert_eq!(refusal(&heard), "This is no e-mail address", "{text}");
    }
    assert_eq!(invited(&stage), [""; 0]);
}

#[tokio::test]
async fn a_member_cannot_be_invited_to_where_they_are() {
    let stage = Stage::new();
    for text in ["ines%40pilots.example", "INES%40Pilots.example"] {
        let line = format!("PUT organization/41/invite/{text}");
        let heard = stage.ask("rui", &line).await;
        assert_eq!(refusal(&heard), "This person is a member already");
    }
    stage.world(|world| {
        let other = orgdeck::sandbox::world::Key::new(HARBOUR.service, 58);
        let rui = world.person_by_email("rui@pilots.example").unwrap().key;
        let rui = world.membership(other, rui).unwrap().key;
        world.give_role(rui, "Moderator").unwrap();
    });
    let line = "PUT organization/58/invite/ines%40pilots.example";
    assert_eq!(stage.get("rui", line).await["success"], true);
}

#[tokio::test]
async fn a_repeated_invite_is_another_mail() {
    let stage = Stage::new();
    let line = "PUT organization/41/invite/new%40pilots.example";
    for count in 1..=2 {
        assert_eq!(stage.get("rui", line).await["success"], true);
        assert_eq!(invited(&stage).len(), count);
    }
}

#[tokio::test]
async fn invites_are_in_no_answer() {
    let stage = Stage::new();
    let line = "PUT organization/41/invite/new%40pilots.example";
    stage.get("rui", line).await;
    let details = stage.get("rui", "GET organization/41").await;
    assert!(!details.to_string().contains("new@"));
    assert_eq!(details["memberships"].as_array().unwrap().len(), 2);
    let text = refusal(&stage.ask("rui", "GET organization/41/invite").await);
    assert_eq!(text, "There is no such member");
}
