//! The kinds of questions: stages, the focus, the name, what was found, the requests, the wishes.

use orgdeck::app::Model;
use orgdeck::app::confirm::{Asking, Bodies, Confirm, Spot, Typed};
use orgdeck::app::overlay::ARMING;
use orgdeck::domain::plan::Weight;
use orgdeck::domain::wish::Resend;
use orgdeck::domain::{Body, Fidelity, Objection, Plan, Wish};

use super::{Seen, kinds};

pub(super) const WANTED: [(&str, &[&str]); 13] = [
    ("question", STAGES),
    ("question with the focus on", SPOTS),
    ("name", NAMES),
    ("bodies", BODIES),
    ("wish", WISHES),
    ("plan of", COUNTS),
    ("request", ORDERS),
    ("body", CONTENTS),
    ("note", WEIGHTS),
    ("finding", WEIGHTS),
    ("objection", OBJECTIONS),
    ("undo", UNDOS),
    ("question about", TASKS),
];

kinds!(STAGES, stage(of: (&Asking, bool)), {
    (Asking::Preparing(_), _) => "being planned",
    (Asking::Ready(..), false) => "shown just now",
    (Asking::Ready(..), true) => "shown long enough",
    (Asking::Failed(_), _) => "without a plan",
    (Asking::Waiting(..), false) => "whether to wait, just now",
    (Asking::Waiting(..), true) => "whether to wait",
});

kinds!(SPOTS, spot(of: Spot), {
    Spot::Name => "the name",
    Spot::No => "no",
    Spot::Yes => "yes",
});

kinds!(BODIES, bodies(of: Bodies), {
    Bodies::Hidden => "hidden",
    Bodies::Shown => "shown",
});

kinds!(NAMES, name(of: (Option<Typed>, usize)), {
    (None, _) => "not asked for",
    (Some(Typed { whole: true, .. }), _) => "whole",
    (Some(_), 0) => "not typed",
    (Some(typed), length) if typed.fit == length => "in part",
    (Some(Typed { fit: 0, .. }), _) => "wrong",
    (Some(_), _) => "wrong at its end",
});

kinds!(WISHES, wish(of: &Wish), {
    Wish::CreateOrg { .. } => "create an organization",
    Wish::EditOrg { .. } => "edit it",
    Wish::DeleteOrg { .. } => "delete it",
    Wish::SetLogo { .. } => "set its logo",
    Wish::RemoveLogo { .. } => "remove its logo",
    Wish::SetMetadata { .. } => "merge its metadata",
    Wish::AddMember { .. } => "add a member",
    Wish::SetRoles { .. } => "set roles",
    Wish::RemoveMember { .. } => "remove a member",
    Wish::Leave { .. } => "leave",
    Wish::Invite { .. } => "invite",
    Wish::RevokeInvite { .. } => "revoke an invite",
    Wish::Resend(Resend::Listed(_)) => "send an invite again",
    Wish::Resend(Resend::Address { .. }) => "invite an address again",
    Wish::AcceptInvite { .. } => "accept an invite",
});

kinds!(COUNTS, count(of: usize), {
    0 => "no request",
    1 => "one request",
    2..=9 => "several requests",
    10.. => "more requests than fit",
});

kinds!(ORDERS, order(of: Option<usize>), {
    None => "by itself",
    Some(_) => "after another",
});

kinds!(CONTENTS, content(of: &Body), {
    Body::Empty => "empty",
    Body::Json(_) => "a document",
    Body::Form(_) => "form fields",
    Body::Multipart(_) => "parts",
});

kinds!(WEIGHTS, weight(of: Weight), {
    Weight::Told => "told",
    Weight::Warning => "a warning",
});

kinds!(OBJECTIONS, objection(of: &Objection), {
    Objection::Refused(_) => "it cannot be done",
    Objection::TypeName { .. } => "a name is asked for",
});

kinds!(UNDOS, undo(of: Fidelity), {
    Fidelity::Exact => "exact",
    Fidelity::Partly(_) => "partly",
    Fidelity::Impossible(_) => "impossible",
});

kinds!(TASKS, task(of: Option<orgdeck::domain::plan::TaskId>), {
    None => "something new",
    Some(_) => "the rest of a task",
});

pub(super) fn look((model, confirm): (&Model, &Confirm), seen: &mut Seen) {
    let now = model.now.moment;
    let armed = confirm
        .shown()
        .is_some_and(|shown| now >= shown.after(ARMING));
    let length = confirm.typed.value().chars().count();
    seen.extend([
        ("question", stage((&confirm.stage, armed))),
        ("question with the focus on", spot(confirm.focus)),
        ("name", name((confirm.matched(), length))),
        ("wish", wish(&confirm.wish)),
        ("question about", task(confirm.finishes)),
    ]);
    seen.extend(confirm.notes.iter().map(|(of, _)| ("note", weight(*of))));
    if let Some(plan) = confirm.plan() {
        seen.insert(("bodies", bodies(confirm.bodies)));
        of_plan((plan, confirm.bodies), seen);
    }
}

pub(super) fn of_plan((plan, shown): (&Plan, Bodies), seen: &mut Seen) {
    seen.insert(("plan of", count(plan.steps.len())));
    seen.insert(("undo", undo(plan.undo)));
    seen.extend(plan.steps.iter().map(|step| ("request", order(step.after))));
    if shown == Bodies::Shown {
        let bodies = plan.steps.iter().map(|step| &step.request.body);
        seen.extend(bodies.map(|body| ("body", content(body))));
    }
    let checks = plan.checks.iter().map(|check| check.weight);
    seen.extend(checks.map(|of| ("finding", weight(of))));
    seen.extend(
        plan.objections
            .iter()
            .map(|of| ("objection", objection(of))),
    );
}
