//! A past: requests as the journal tells them.

use std::time::Duration;

use orgdeck::domain::back::Interrupted;
use orgdeck::domain::entry::{EntryNo, SessionId};
use orgdeck::domain::history::{Course, Deed, Fate};
use orgdeck::domain::plan::{Seen, TaskId};
use orgdeck::domain::record::{Act, End, Ended, Planned};
use orgdeck::domain::{History, Member, MemberRef, Mutation, Plan, Role, Step, Text, Why};

use super::rig::{member, org_id, present, profile};

/// The entry that a plan of the tests is recorded as.
pub(crate) const ENTRY: EntryNo = EntryNo(17);

/// A change of roles in the first organization, with the record as it was.
pub(crate) fn changed(no: u64, who: &str, word: Option<Ended>) -> Deed {
    let before = member(&org_id("shop", "acme"), who, "member");
    let change = Mutation::SetRole {
        member: before.at.clone(),
        role: Role::named("admin"),
    };
    let seen = Seen::Member(Box::new(before));
    let end = word.map(|word| End {
        word,
        words: None,
        trace: Some(Text::from("req_7")),
        made: None,
        after: (word == Ended::Done).then(|| seen.clone().after(&change)),
        took: Duration::from_millis(84),
    });
    Deed {
        no: EntryNo(no),
        at: present(),
        session: SessionId(Text::from("yesterday")),
        actor: Text::from("ana"),
        principal: Some(Text::from("ana@acme.example")),
        profile: profile("shop"),
        task: TaskId(no),
        step: 0,
        act: act(change),
        before: seen,
        end,
    }
}

pub(crate) fn act(change: Mutation) -> Act {
    Act {
        verb: change.verb(),
        org: change.org().cloned(),
        target: change.names(),
        change: Some(change),
    }
}

/// The plan that a request was all of.
pub(crate) fn course(no: u64, deed: &Deed, why: Why) -> Course {
    Course {
        no: EntryNo(no),
        at: deed.at,
        session: deed.session.clone(),
        task: deed.task,
        profile: deed.profile.clone(),
        why,
        verb: deed.act.verb,
        steps: vec![Planned {
            act: deed.act.clone(),
            seen: deed.before.clone(),
            after: None,
        }],
        is_closed: false,
    }
}

/// What a session has left of a plan, with where each of its steps stands.
pub(crate) fn interrupted(no: u64, plan: Plan, fates: Vec<Fate>) -> Interrupted {
    let planned = |step: &Step| Planned {
        act: act(step.change.clone()),
        seen: step.seen.clone(),
        after: step.after,
    };
    Interrupted {
        course: Course {
            no: EntryNo(no),
            at: present() - jiff::SignedDuration::from_hours(3),
            session: SessionId(Text::from("yesterday")),
            task: TaskId(1),
            profile: plan.wish.profile().clone(),
            why: Why::Wished,
            verb: plan.wish.verb(),
            steps: plan.steps.iter().map(planned).collect(),
            is_closed: false,
        },
        fates,
        plan: Ok(plan),
    }
}

/// The end of a request that this word names.
pub(crate) fn end(word: Ended, words: Option<&str>) -> End {
    End {
        word,
        words: words.map(Text::from),
        trace: Some(Text::from("req_7")),
        made: None,
        after: None,
        took: Duration::from_millis(84),
    }
}

/// Done, refused, without a known end, and for the rest not started.
pub(crate) fn fates(count: usize) -> Vec<Fate> {
    let mut fates = vec![
        Fate::Done(end(Ended::Done, None)),
        Fate::Refused(end(Ended::Refused, Some("the member is protected"))),
        Fate::Open,
    ];
    fates.resize(count, Fate::NotStarted);
    fates
}

/// One change that was taken back, one that was refused, one that is open.
pub(crate) fn history() -> History {
    let deeds = vec![
        changed(2, "bo", Some(Ended::Done)),
        changed(5, "bo", Some(Ended::Done)),
        changed(8, "cleo", Some(Ended::Refused)),
        changed(11, "dee", None),
    ];
    let courses = vec![
        course(1, &deeds[0], Why::Wished),
        course(4, &deeds[1], Why::Undoes(vec![EntryNo(2)])),
        course(7, &deeds[2], Why::Wished),
        course(10, &deeds[3], Why::Wished),
    ];
    History::new(deeds, courses)
}

/// The member that the changes are about.
pub(crate) fn bo() -> Member {
    member(&org_id("shop", "acme"), "bo", "member")
}

pub(crate) fn at() -> MemberRef {
    bo().at
}
