//! What is left of a plan: nothing that was done, nothing that may have been done.

use orgdeck::domain::plan::TaskId;
use orgdeck::domain::{
    ApiError, Fault, Fidelity, Fields, InviteDraft, Method, Moment, Mutation, Outcome, Plan,
    Receipt, Request, Seen, Step, Text, Value, Verb, Wish,
};
use orgdeck::job::Task;
use orgdeck::job::rest::rest;

use crate::domain::sample::org_id;
use crate::support::past::ENTRY;

/// A task over these changes, each after the one before or all at once, with these ends.
fn ended(wish: Wish, changes: Vec<Mutation>, ends: Vec<Outcome>) -> Task {
    let step = |change| Step {
        change,
        request: Request::new(Method::Post, "/"),
        seen: Seen::Nothing,
        after: None,
    };
    let plan = Plan {
        wish,
        steps: changes.into_iter().map(step).collect(),
        checks: Vec::new(),
        objections: Vec::new(),
        undo: Fidelity::Exact,
    };
    let consent = plan.agree(TaskId(1), None).unwrap();
    let mut task = Task::new(TaskId(1), plan, consent);
    task.recorded(Ok(ENTRY));
    task.next(Moment::default());
    for (number, end) in ends.into_iter().enumerate() {
        task.settle(Moment::default(), number, end);
    }
    task
}

fn done() -> Outcome {
    Outcome::Done(Receipt::default())
}

fn refused() -> Outcome {
    Outcome::Refused(ApiError::new(Verb::InviteCreate, Fault::Conflict))
}

fn drafts(names: &[&str]) -> Vec<InviteDraft> {
    names.iter().map(|name| InviteDraft::to(*name)).collect()
}

fn inviting(ends: Vec<Outcome>) -> Option<Wish> {
    let all = drafts(&["a@x.example", "b@x.example", "c@x.example"]);
    let org = org_id("9");
    let change = |draft: &InviteDraft| Mutation::Invite {
        org: org.clone(),
        draft: draft.clone(),
    };
    let changes = all.iter().map(change).collect();
    let wish = Wish::Invite {
        org: org.clone(),
        drafts: all.clone(),
    };
    rest(&ended(wish, changes, ends))
}

#[test]
fn the_addresses_that_were_not_invited_are_left() {
    let wish = inviting(vec![refused(), done(), Outcome::Unknown]);
    let left = Wish::Invite {
        org: org_id("9"),
        drafts: drafts(&["a@x.example"]),
    };
    assert_eq!(wish, Some(left));
}

#[test]
fn nothing_is_left_of_what_is_done_unknown_under_way_or_refused_as_a_whole() {
    assert_eq!(inviting(vec![done(), done(), done()]), None);
    assert_eq!(inviting(vec![done(), Outcome::Unknown, done()]), None);
    assert_eq!(inviting(vec![done(), refused()]), None);
    assert_eq!(inviting(vec![refused(), refused(), refused()]), None);
}

#[test]
fn fields_that_went_by_a_request_of_their_own_are_left_as_one_edit() {
    let org = org_id("9");
    let name = Fields::default().with("name", Value::Text(Text::from("Quay")));
    let merge = serde_json::json!({"tier": "gold"});
    let edit = Mutation::EditOrg {
        org: org.clone(),
        fields: name.clone(),
    };
    let metadata = Mutation::MergeMetadata {
        org: org.clone(),
        merge: merge.clone(),
    };
    let wish = Wish::EditOrg {
        org: org.clone(),
        fields: name,
    };
    let task = ended(wish, vec![edit, metadata], vec![done(), refused()]);
    let fields = Fields::default().with("public_metadata", Value::Json(merge));
    assert_eq!(rest(&task), Some(Wish::EditOrg { org, fields }));
}
