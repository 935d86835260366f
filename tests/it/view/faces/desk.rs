//! Desks: consoles on the real services at some size, and the answers that bring them into a state.

use orgdeck::app::Msg;
use orgdeck::app::place::{Pane, Size};
use orgdeck::domain::plan::{Check, Weight};
use orgdeck::domain::{
    ApiError, AssignmentId, Attribute, Fault, Member, Mutation, Objection, Org, OrgId, Plan, Role,
    Text, Told, Value, Verb, Wish,
};
use orgdeck::provider::registry;

use crate::support::forms::{on, table};
use crate::support::link::{limits, link};
use crate::support::plan::plan_for;
use crate::support::rig::{Rig, profile};
use crate::support::world;

/// The services, in their order.
pub(super) const SERVICES: [&str; 3] = ["balena", "clerk", "vulos"];

/// Text that tries to be something else.
pub(super) const HOSTILE: &str = "Acme\u{202e}pohS\u{202c} \u{1b}[31m商店 👨‍👩‍👧‍👦\r\nProfile  none";

/// A console on a service whose first organization is open, with all that is told of it.
pub(super) fn desk(service: &'static str, size: Size) -> Rig {
    let mut rig = on(service);
    rig.send(Msg::Resized(size));
    let id = here(&rig);
    // The small world answers for every status alike; one list of invites is enough.
    for list in rig
        .model
        .store
        .visit_mut(&id)
        .unwrap()
        .invites
        .iter_mut()
        .skip(1)
    {
        *list = world::whole(Vec::new());
    }
    change_org(&mut rig, |org| org.attributes = attributes(service));
    rig
}

/// The same with the focus on a pane, after these keys and with what they ask answered.
pub(super) fn at((service, size): (&'static str, Size), pane: Pane, keys: &str) -> Rig {
    let mut rig = desk(service, size).on(pane);
    rig.press(keys);
    rig.settle_questions();
    rig
}

/// What a service tells of an organization beside its name.
fn attributes(service: &str) -> Vec<Attribute> {
    let text = |key, value: &str| Attribute::text(key, Some(Text::from(value)));
    let is = |key, value| Attribute::new(key, Told::Is(value));
    match service {
        "balena" => vec![
            text("company_name", "Acme GmbH"),
            text("website", "https://acme.example"),
        ],
        "clerk" => vec![
            is("max_allowed_memberships", Value::Number(5)),
            is("admin_delete_enabled", Value::Flag(true)),
            is(
                "public_metadata",
                Value::Json(serde_json::json!({"plan": "gold"})),
            ),
        ],
        "vulos" => vec![
            text("address", "Kai 1"),
            text("city", "Hamburg"),
            text("zip_code", "20457"),
            text("country_code", "DE"),
            text("unique_id", "HRB 1"),
            text("tax_number", "DE1"),
        ],
        other => panic!("no such service: {other}"),
    }
}

/// The organization that is open.
pub(super) fn here(rig: &Rig) -> OrgId {
    rig.model.org_here().unwrap().clone()
}

/// Another record of the organization that is open.
pub(super) fn change_org(rig: &mut Rig, change: impl FnOnce(&mut Org)) {
    let id = here(rig);
    let account = rig.model.store.account_mut(id.profile()).unwrap();
    let mut org = account.orgs.rows.find(&id).unwrap().item.clone();
    change(&mut org);
    account.orgs.detail(org);
}

/// Another record of its first member.
pub(super) fn change_member(rig: &mut Rig, change: impl FnOnce(&mut Member)) {
    let id = here(rig);
    let visit = rig.model.store.visit_mut(&id).unwrap();
    let mut member = visit.members.rows.row(0).item.clone();
    change(&mut member);
    visit.members.detail(member);
}

/// Somebody who may hold several roles and holds these.
pub(super) fn holds(rig: &mut Rig, roles: &[&str]) {
    let held = |name: &&str| {
        let id = AssignmentId::new(&profile("shop"), format!("role_{name}"));
        let mut held = world::held(name, None);
        held.id = Some(id);
        held
    };
    let roles = roles.iter().map(held).collect();
    change_member(rig, |member| member.roles = Told::Is(roles));
}

/// The plan of a wish. Clerk takes any text as an id, so its requests are those that are really sent.
pub(super) fn planned(rig: &Rig, wish: &Wish) -> Plan {
    let account = rig.model.store.account(wish.profile()).unwrap();
    let service = registry::find(account.connection.service).unwrap();
    let mut plan = plan_for(wish);
    match wish {
        Wish::SetRoles { .. } if service.name == "vulos" => give_and_take(&mut plan),
        Wish::Invite { .. } => plan.steps.iter_mut().for_each(|step| step.after = None),
        _ => {}
    }
    if service.name == "clerk" {
        let place = ("http://127.0.0.1:1", "secret");
        let link = link(wish.profile(), service, place, (limits(), |_| ()));
        for step in &mut plan.steps {
            step.request = link.provider().render(&step.change);
        }
    }
    plan.undo = table(service.name).fidelity(wish.verb());
    plan
}

/// One request for each role that is given and for each that is taken.
fn give_and_take(plan: &mut Plan) {
    let Wish::SetRoles { member, from, to } = plan.wish.clone() else {
        return;
    };
    let only = plan.steps.remove(0);
    let is_held = |role: &Role| from.iter().any(|held| held.role.key == role.key);
    let given = to.iter().filter(|role| !is_held(role));
    let given = given.map(|role| Mutation::GiveRole {
        member: member.clone(),
        role: role.clone(),
    });
    let is_wanted = |role: &Role| to.iter().any(|wanted| wanted.key == role.key);
    let taken = from.iter().filter(|held| !is_wanted(&held.role));
    let taken = taken.map(|held| Mutation::TakeRole {
        member: member.clone(),
        role: held.role.clone(),
        assignment: held.id.clone().unwrap(),
    });
    for change in given.chain(taken) {
        let after = plan.steps.len().checked_sub(1);
        let step = orgdeck::domain::Step {
            change,
            after,
            ..only.clone()
        };
        plan.steps.push(step);
    }
}

/// Answers the question for a plan with one that was changed so, and looks at it for a while.
pub(super) fn answer_plan(rig: &mut Rig, change: impl FnOnce(&mut Plan)) {
    shown_just_now(rig, change);
    rig.wait(400);
}

/// The same, not looked at yet.
pub(super) fn shown_just_now(rig: &mut Rig, change: impl FnOnce(&mut Plan)) {
    let (_, wish) = rig.planning();
    let mut plan = planned(rig, &wish);
    change(&mut plan);
    rig.prepared(plan);
}

/// Asks for a name before it is done.
pub(super) fn wants_name(plan: &mut Plan) {
    plan.objections = vec![Objection::TypeName {
        names: vec![Text::from("Acme Shop"), Text::from("acme")],
        why: "it is the last administrator",
    }];
}

/// Speaks against it.
pub(super) fn cannot(plan: &mut Plan) {
    let error = ApiError::new(plan.wish.verb(), Fault::Refused)
        .words("the last administrator of an organization cannot be removed");
    plan.objections.push(Objection::Refused(error));
}

/// What was looked at before.
pub(super) fn looked(plan: &mut Plan) {
    let check = |(what, found, weight)| Check {
        what,
        found: Text::from(found),
        weight,
    };
    let found = [
        ("Administrators", "2 stay after this", Weight::Told),
        ("You", "stay an administrator", Weight::Told),
        ("Other organizations", "could not be read", Weight::Warning),
    ];
    plan.checks = found.map(check).into();
}

/// An error with everything that a service may say of it.
pub(super) fn told_in_full(verb: Verb, fault: Fault) -> ApiError {
    ApiError {
        status: Some(422),
        code: Some(Text::from("form_param_invalid")),
        trace: Some(Text::from("req_7f3a9c")),
        ..ApiError::new(verb, fault).words("Acme\u{202e} cannot be taken at this time")
    }
}

/// Many records of one kind.
pub(super) fn many<T>(count: usize, make: impl Fn(usize) -> T) -> Vec<T> {
    (0..count).map(make).collect()
}
