//! Short names: the ids of one organization and what is in it, and what an answer must hold.

use jiff::Timestamp;
use orgdeck::domain::query::Reply;
use orgdeck::domain::{
    Answer, Invite, InviteId, InviteRef, Member, MemberId, MemberRef, Org, OrgId, Page, Profile,
    UserId,
};

pub(super) fn at(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap()
}

pub(super) fn shop() -> Profile {
    Profile::new("shop")
}

pub(super) fn org() -> OrgId {
    OrgId::new(&shop(), "org_1")
}

pub(super) fn user(key: &str) -> UserId {
    UserId::new(&shop(), key)
}

pub(super) fn by_user(key: &str) -> MemberRef {
    MemberRef::user(&org(), &user(key))
}

pub(super) fn by_id(key: &str) -> MemberRef {
    MemberRef::id(&org(), &MemberId::new(&shop(), key))
}

pub(super) fn invite_ref(key: &str) -> InviteRef {
    InviteRef {
        org: org(),
        id: InviteId::new(&shop(), key),
    }
}

pub(super) fn orgs(reply: Reply) -> Page<Org> {
    let answer = reply.unwrap();
    let Answer::Orgs(page) = answer else {
        panic!("{answer:?}");
    };
    page
}

pub(super) fn invites(reply: Reply) -> Page<Invite> {
    let answer = reply.unwrap();
    let Answer::Invites(page) = answer else {
        panic!("{answer:?}");
    };
    page
}

pub(super) fn members(reply: Reply) -> Page<Member> {
    let answer = reply.unwrap();
    let Answer::Members(page) = answer else {
        panic!("{answer:?}");
    };
    page
}

pub(super) fn invite(reply: Reply) -> Invite {
    let answer = reply.unwrap();
    let Answer::Invite(invite) = answer else {
        panic!("{answer:?}");
    };
    *invite
}

pub(super) fn member(reply: Reply) -> Member {
    let answer = reply.unwrap();
    let Answer::Member(member) = answer else {
        panic!("{answer:?}");
    };
    *member
}

pub(super) fn member_id(key: &str) -> MemberId {
    MemberId::new(&shop(), key)
}
