//! The kinds of forms: goals, stages, the focus, each kind of entry in each of its states, the errors.

use orgdeck::app::Model;
use orgdeck::app::form::{
    Button, Checklist, Entry, Field, Finder, Flag, Focus, Form, Goal, Masked, Picked, Stage, Tick,
    country,
};
use orgdeck::app::layer::Bodies;
use orgdeck::app::overlay::ARMING;
use orgdeck::app::store::Loaded;
use orgdeck::domain::draft::Left;
use orgdeck::domain::field::Need;
use orgdeck::domain::query::Privacy;
use orgdeck::domain::{Fault, FieldKind, Plan, Text};

use super::{Seen, kinds, of_questions};

pub(super) const WANTED: [(&str, &[&str]); 19] = [
    ("form that", GOALS),
    ("form", STAGES),
    ("plan in a form", PLANS),
    ("form with the focus on", SPOTS),
    (
        "field with the focus",
        ENTRIES.split_at(ENTRIES.len() - 1).0,
    ),
    ("field", NEEDS),
    ("line", LINES),
    ("secret", SECRETS),
    ("role", ROLES),
    ("list of roles", PLACES),
    ("tick", TICKS),
    ("yes or no", FLAGS),
    ("country", COUNTRIES),
    ("user", USERS),
    ("file", FILES),
    ("error at", ERRORS),
    ("document", DOCUMENTS),
    ("note of a form", NOTES),
    ("draft that a form offers", OFFERS),
];

kinds!(GOALS, goal(of: &Goal), {
    Goal::Invite { .. } => "invites",
    Goal::InviteMany { .. } => "invites many",
    Goal::CreateOrg { .. } => "creates",
    Goal::EditOrg { .. } => "edits",
    Goal::SetLogo { .. } => "sets a logo",
    Goal::Metadata { .. } => "merges metadata",
    Goal::AddMember { .. } => "adds a member",
    Goal::SetRoles { .. } => "sets roles",
    Goal::AcceptInvite { .. } => "accepts an invite",
});

kinds!(STAGES, stage(of: (&Stage, bool)), {
    (Stage::Editing, _) => "being filled in",
    (Stage::Preparing(_), true) => "whose file is being read",
    (Stage::Preparing(_), false) => "being planned",
    (Stage::Reading, _) => "that waits for members and invites",
    (Stage::Sent(..), _) => "that was sent",
    (Stage::Ready(..), _) => "with its requests",
    (Stage::Failed(error), _) if matches!(error.fault, Fault::Invalid(_)) => "refused for a field",
    (Stage::Failed(_), _) => "refused",
});

kinds!(PLANS, plan(of: (&Plan, bool, bool)), {
    (plan, _, _) if plan.refusal().is_some() => "that cannot be done",
    (plan, _, _) if plan.steps.is_empty() => "that changes nothing",
    (_, true, _) => "that lacks a name",
    (_, false, false) => "shown just now",
    (plan, false, true) if plan.objections.is_empty() => "that can be sent",
    (_, false, true) => "that can be sent with its name",
});

kinds!(SPOTS, spot(of: Focus), {
    Focus::Button(Button::Cancel) => "Cancel",
    Focus::Button(Button::Preview) => "Preview",
    Focus::Button(Button::Send) => "Send",
    Focus::Field(_) => "a field",
});

// What the service does not have stands last: it never has the focus.
kinds!(ENTRIES, entry(of: &Entry), {
    Entry::Line(_) => "a line",
    Entry::Area(_) => "many lines",
    Entry::Masked(_) => "a secret",
    Entry::Role(..) => "a role",
    Entry::Roles(_) => "a list of roles",
    Entry::Flag(_) => "a yes or no",
    Entry::Country(..) => "a country",
    Entry::User(_) => "a user",
    Entry::File(_) => "a file",
    Entry::Absent => "nothing",
});

kinds!(NEEDS, need(of: Need), {
    Need::Required => "required",
    Need::Optional => "optional",
    Need::NotOffered(_) => "not offered",
});

kinds!(LINES, line(of: usize), {
    0 => "empty",
    1 => "one",
    2..=9 => "several",
    10.. => "more than fit",
});

kinds!(SECRETS, secret(of: bool), {
    true => "empty",
    false => "typed",
});

kinds!(ROLES, role(of: (usize, Option<usize>)), {
    (0, _) => "none to choose from",
    (1..=20, None) => "none chosen",
    (_, Some(_)) => "chosen",
    (_, None) => "none chosen of very many",
});

kinds!(PLACES, place(of: &Checklist), {
    list if list.is_typing() && list.other.value().is_empty() => "at the other name",
    list if list.is_typing() => "with another name",
    list if list.index > 20 => "far down",
    _ => "on a role",
});

kinds!(TICKS, tick(of: (Tick, bool)), {
    (Tick::On, true) => "held",
    (Tick::On, false) => "given",
    (Tick::Off, true) => "taken",
    (Tick::Off, false) => "not held",
});

kinds!(FLAGS, flag(of: Flag), {
    Flag::Untold => "as it is",
    Flag::Yes => "yes",
    Flag::No => "no",
});

kinds!(COUNTRIES, countries(of: (&str, usize)), {
    ("", _) => "not typed",
    (_, 0) => "nothing found",
    (_, 1) => "one found",
    (_, _) => "several found",
});

kinds!(USERS, user(of: &Finder), {
    finder if finder.input.value().is_empty() => "not typed",
    finder if !finder.is_current() => "not looked up",
    Finder { found: Loaded::No, .. } => "looked up in vain",
    Finder { found: Loaded::Asked, .. } => "being looked up",
    Finder { found: Loaded::Failed(_), .. } => "not to be had",
    Finder { found: Loaded::Yes(users), .. } if users.is_empty() => "nobody",
    Finder { found: Loaded::Yes(users), .. } if users.len() == 1 => "one found",
    Finder { found: Loaded::Yes(users), .. } if users.len() < 10 => "several found",
    Finder { found: Loaded::Yes(_), .. } => "more found than fit",
});

kinds!(FILES, file(of: &Picked), {
    picked if picked.path().is_empty() => "not typed",
    picked if picked.image().is_some() => "read",
    _ => "not read",
});

kinds!(ERRORS, error(of: FieldKind), {
    FieldKind::Text { .. } => "a text",
    FieldKind::Message => "a message",
    FieldKind::Email => "an address",
    FieldKind::Addresses => "many addresses",
    FieldKind::Url => "a web address",
    FieldKind::Country => "a country",
    FieldKind::Flag => "a yes or no",
    FieldKind::Number { .. } => "a number",
    FieldKind::Role => "a role",
    FieldKind::Json => "a document",
    FieldKind::Image => "an image",
    FieldKind::User => "a user",
    FieldKind::Secret => "a secret",
});

kinds!(DOCUMENTS, document(of: (Privacy, &Loaded<Text>)), {
    (Privacy::Public, Loaded::No) => "public, not told",
    (Privacy::Public, Loaded::Asked) => "public, being read",
    (Privacy::Public, Loaded::Failed(_)) => "public, not to be had",
    (Privacy::Public, Loaded::Yes(_)) => "public",
    (Privacy::Private, Loaded::No) => "private, not told",
    (Privacy::Private, Loaded::Asked) => "private, being read",
    (Privacy::Private, Loaded::Failed(_)) => "private, not to be had",
    (Privacy::Private, Loaded::Yes(_)) => "private",
});

kinds!(NOTES, note(of: Option<&str>), {
    None => "none",
    Some(words) if words.contains("Look whether") => "from a draft that may be done",
    Some(words) if words.starts_with("From the draft") => "from a draft",
    Some(words) if words.starts_with("It has no member") => "made without a member",
    Some(_) => "values are not read yet",
});

kinds!(OFFERS, offer(of: Option<Left>), {
    None => "none",
    Some(Left::Unsent) => "not sent",
    Some(Left::Refused) => "refused",
    Some(Left::Sent) => "of unknown end",
});

pub(super) fn look((model, form): (&Model, &Form), seen: &mut Seen) {
    seen.extend([
        ("form that", goal(&form.goal)),
        ("form", stage((&form.stage, form.unread_file().is_some()))),
        ("form with the focus on", spot(form.focus)),
        ("note of a form", note(form.note.as_ref().map(Text::raw))),
    ]);
    let offered = model.forms.offer(form);
    seen.insert((
        "draft that a form offers",
        offer(offered.map(|(_, draft)| draft.left)),
    ));
    if let Focus::Field(number) = form.focus {
        seen.insert(("field with the focus", entry(&form.fields[number].entry)));
    }
    if let Stage::Ready(ready, shown) = &form.stage {
        let now = model.now.moment;
        let armed = shown.is_some_and(|shown| now >= shown.after(ARMING));
        seen.insert(("plan in a form", plan((ready, form.lacks_name(), armed))));
        of_questions::of_plan((ready, Bodies::Shown), seen);
    }
    let documents = form.shown.iter();
    seen.extend(documents.map(|(half, text)| ("document", document((*half, text)))));
    form.fields.iter().for_each(|field| of_field(field, seen));
}

fn of_field(field: &Field, seen: &mut Seen) {
    seen.insert(("field", need(field.spec.need)));
    if field.error.is_some() {
        seen.insert(("error at", error(field.spec.kind)));
    }
    match &field.entry {
        Entry::Line(input) => {
            seen.insert(("line", line(input.value().lines().count())));
        }
        Entry::Area(area) => {
            seen.insert(("line", line(area.lines().len())));
        }
        Entry::Masked(masked) => {
            seen.insert(("secret", secret(Masked::is_empty(masked))));
        }
        Entry::Role(roles, chosen) => {
            seen.insert(("role", role((roles.len(), *chosen))));
        }
        Entry::Roles(list) => of_roles(list, seen),
        Entry::Flag(of) => {
            seen.insert(("yes or no", flag(*of)));
        }
        Entry::Country(input, _) => {
            let typed = input.value();
            seen.insert(("country", countries((typed, country::found(typed).len()))));
        }
        Entry::User(finder) => {
            seen.insert(("user", user(finder)));
        }
        Entry::File(picked) => {
            seen.insert(("file", file(picked)));
        }
        Entry::Absent => {}
    }
}

fn of_roles(list: &Checklist, seen: &mut Seen) {
    seen.insert(("list of roles", place(list)));
    for (role, of) in &list.items {
        seen.insert(("tick", tick((*of, list.held.contains(&role.key)))));
    }
}
