//! Invites: addresses and nothing else, and never one that is dropped in silence.

use orgdeck::domain::invite::Notify;
use orgdeck::domain::wish::Resend;
use orgdeck::domain::{
    Fault, Invite, InviteDraft, InviteId, InviteRef, InviteStatus, Mutation, Outcome, Role, Text,
    Told, Wish,
};
use serde_json::json;

use super::{Bench, answer, harbour, me, success};

fn invite(drafts: Vec<InviteDraft>) -> Wish {
    Wish::Invite {
        org: harbour(),
        drafts,
    }
}

#[tokio::test]
async fn each_address_is_a_request_of_its_own() {
    let bench = Bench::empty().await;
    bench
        .writes_answer(success("The invitation was sent"))
        .await;
    let drafts = ["a@x.example", "b@x.example"].map(InviteDraft::to);
    let ends = bench.carry(invite(drafts.to_vec())).await;
    let done = |end: &Outcome| {
        matches!(end, Outcome::Done(receipt)
            if receipt.words == Some(Text::from("The invitation was sent")) && receipt.made.is_none())
    };
    assert!(ends.iter().all(done), "{ends:?}");
    let mut heard = bench.heard().await;
    heard.retain(|line| line.starts_with("PUT"));
    assert_eq!(
        heard,
        [
            "PUT /api/v1/organization/41/invite/a%40x.example",
            "PUT /api/v1/organization/41/invite/b%40x.example"
        ]
    );
}

type Choose = fn(&mut InviteDraft);

#[tokio::test]
async fn what_an_invite_cannot_have_is_named_and_nothing_is_sent() {
    let choices: [(&str, Choose); 7] = [
        ("role", |d| d.role = Some(Role::named("Admin"))),
        ("message", |d| d.message = Some(Text::from("welcome"))),
        ("redirect_url", |d| d.redirect = Some(Text::from("x"))),
        ("expires_in_days", |d| d.expires_in_days = Some(7)),
        ("notify", |d| d.notify = Notify::Silent),
        ("public_metadata", |d| d.public_metadata = Some(json!({}))),
        ("private_metadata", |d| d.private_metadata = Some(json!({}))),
    ];
    let bench = Bench::empty().await;
    for (key, choose) in choices {
        let mut drafts = vec![
            InviteDraft::to("a@x.example"),
            InviteDraft::to("b@x.example"),
        ];
        choose(&mut drafts[1]);
        let error = bench.plan(invite(drafts)).await.unwrap_err();
        let Fault::Invalid(errors) = error.fault else {
            panic!("not invalid: {error:?}");
        };
        let fields: Vec<_> = errors.iter().map(|error| error.field.raw()).collect();
        assert_eq!(fields, [key]);
    }
    assert_eq!(bench.heard().await, [""; 0]);
}

#[tokio::test]
async fn an_address_that_is_none_is_refused_at_its_field() {
    for odd in ["", ".", ".."] {
        let bench = Bench::empty().await;
        let wish = invite(vec![InviteDraft::to(odd)]);
        let fault = bench.plan(wish).await.unwrap_err().fault;
        assert!(
            matches!(&fault, Fault::Invalid(errors) if errors[0].field == Text::from("email")),
            "{fault:?}"
        );
    }
}

#[tokio::test]
async fn sending_again_is_a_new_invite_to_the_address() {
    let bench = Bench::empty().await;
    let email = Text::from("ines@pilots.example");
    let again = Wish::Resend(Resend::Address {
        org: harbour(),
        email: email.clone(),
    });
    let wanted = Mutation::Invite {
        org: harbour(),
        draft: InviteDraft::to(email),
    };
    assert_eq!(bench.plan(again).await.unwrap(), [wanted]);
    assert_eq!(bench.heard().await, [""; 0]);
}

#[tokio::test]
async fn an_invite_out_of_a_list_cannot_be_sent_again_or_taken_back() {
    let listed = || {
        Box::new(Invite {
            at: InviteRef {
                org: harbour(),
                id: InviteId::new(&me(), "1"),
            },
            org_name: Told::Unknown,
            email: Told::Unknown,
            role: Told::Unknown,
            status: InviteStatus::Pending,
            created: Told::Unknown,
            expires: Told::Unknown,
            inviter: Told::Unknown,
            message: Told::Unknown,
            has_link: Told::Unknown,
            metadata: Told::Unknown,
            redirect: Told::Unknown,
        })
    };
    for wish in [
        Wish::Resend(Resend::Listed(listed())),
        Wish::RevokeInvite { invite: listed() },
    ] {
        let bench = Bench::empty().await;
        let fault = bench.plan(wish).await.unwrap_err().fault;
        assert!(matches!(fault, Fault::NotOffered(_)), "{fault:?}");
        assert_eq!(bench.heard().await, [""; 0]);
    }
}

#[tokio::test]
async fn r77_a_success_that_says_no_is_refused_with_its_message() {
    let bench = Bench::empty().await;
    let no = json!({"success": false, "message": "This person is a member already"});
    bench.writes_answer(answer(200, no)).await;
    let ends = bench
        .carry(invite(vec![InviteDraft::to("a@x.example")]))
        .await;
    let [Outcome::Refused(error)] = &ends[..] else {
        panic!("not refused: {ends:?}");
    };
    assert_eq!(error.fault, Fault::Refused);
    assert_eq!(
        error.words,
        Some(Text::from("This person is a member already"))
    );
    assert_eq!(error.status, Some(200));
}
