//! Every kind of field in each of its states: empty, filled in, wrong, being looked up, too long.

use orgdeck::app::Msg;
use orgdeck::app::form::Focus;
use orgdeck::app::place::{Pane, Size};
use orgdeck::domain::{Fault, FieldError, Text};

use super::desk::{HOSTILE, change_org, desk, many};
use super::forms::opened;
use super::stages::returned;
use super::{Case, case};
use crate::support::forms::form;
use crate::support::rig::Rig;

/// A form, the focus moved to a field, after these keys.
pub(super) fn typed(place: (&'static str, Size), (goal, key): (&str, &str), keys: &str) -> Rig {
    let mut rig = opened(place, goal).unwrap();
    focus(&mut rig, key);
    rig.press(keys);
    rig
}

/// Goes on to a field.
pub(super) fn focus(rig: &mut Rig, key: &str) {
    for _ in 0..form(rig).fields.len() {
        if let Focus::Field(number) = form(rig).focus
            && form(rig).fields[number].spec.key == key
        {
            return;
        }
        rig.press("<tab>");
    }
    panic!("no field is called {key}");
}

/// A row of the table: where the field is, and what is pressed in it.
type Keyed = (
    &'static str,
    &'static str,
    (&'static str, &'static str),
    &'static str,
);

fn keyed(rows: &'static [Keyed]) -> impl Iterator<Item = Case> {
    let of = |(name, service, field, keys): &'static Keyed| {
        case(*name, move |size| typed((service, size), *field, keys))
    };
    rows.iter().map(of)
}

/// The same, with an attempt to go on.
fn wrong(rows: &'static [Keyed]) -> impl Iterator<Item = Case> {
    let of = |(name, service, field, keys): &'static Keyed| {
        case(*name, move |size| {
            let mut rig = typed((service, size), *field, keys);
            to_preview(&mut rig);
            rig.press("<enter>");
            rig
        })
    };
    rows.iter().map(of)
}

pub(super) fn to_preview(rig: &mut Rig) {
    while form(rig).focus != Focus::Button(orgdeck::app::form::Button::Preview) {
        rig.press("<tab>");
    }
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = keyed(FILLED).chain(wrong(WRONG)).collect();
    cases.extend(lines());
    cases.extend(told());
    cases
}

const INVITE: (&str, &str) = ("invite", "email");
const MESSAGE: (&str, &str) = ("invite", "message");
const COUNTRY: (&str, &str) = ("create", "country_code");
const MERGE: (&str, &str) = ("metadata", "public_metadata");
const ROLES: (&str, &str) = ("roles", "role");
pub(super) const USER: (&str, &str) = ("add", "user");
pub(super) const FILE: (&str, &str) = ("logo", "logo_image");

/// Past the roles that Vulos knows and the one that is held beside them.
const TO_OTHER: &str = "<down><down><down><down><down>";

const FILLED: &[Keyed] = &[
    (
        "addresses",
        "balena",
        INVITE,
        "ivy@a.example, kim@b.example",
    ),
    ("message", "balena", MESSAGE, "Hello<c-n>world<c-n>"),
    ("no_second_line", "balena", INVITE, "a<c-n>"),
    ("secret", "balena", ("accept", "token"), "canary"),
    ("role_none_named", "balena", ("invite", "role"), ""),
    ("role_chosen", "balena", ("invite", "role"), "<down>"),
    ("flag_yes", "clerk", ("invite", "notify"), ""),
    ("flag_no", "clerk", ("invite", "notify"), "<space>"),
    ("flag_known", "clerk", ("edit", "admin_delete_enabled"), ""),
    ("number", "clerk", ("invite", "expires_in_days"), "14"),
    (
        "url",
        "clerk",
        ("invite", "redirect_url"),
        "https://a.example",
    ),
    ("country_found", "vulos", COUNTRY, "united<down>"),
    ("country_one_found", "vulos", COUNTRY, "germ"),
    ("country_nobody", "vulos", COUNTRY, "xyzzy"),
    ("country_chosen", "vulos", COUNTRY, "germ<tab>"),
    ("json_good", "clerk", MERGE, r#"{"plan":null,"tier":1}"#),
    ("json_bad_while_typed", "clerk", MERGE, r#"{"plan":null,"#),
    ("json_no_object", "clerk", MERGE, "[1]"),
    (
        "roles_given_and_taken",
        "vulos",
        ROLES,
        "<space><down><down><space>",
    ),
    ("roles_at_another", "vulos", ROLES, TO_OTHER),
    (
        "roles_another_typed",
        "vulos",
        ROLES,
        concat!("<down><down><down><down><down>", "Deck hand"),
    ),
    (
        "roles_another_added",
        "vulos",
        ROLES,
        concat!("<down><down><down><down><down>", "Deck hand<enter>"),
    ),
    ("user_typed", "clerk", USER, "kim"),
    ("file_typed", "balena", FILE, "~/logo.png"),
    ("absent_is_skipped", "balena", MESSAGE, "<tab>"),
    ("first_member", "clerk", ("create", "first_member"), ""),
];

const WRONG: &[Keyed] = &[
    ("wrong_address_missing", "balena", INVITE, ""),
    (
        "wrong_address",
        "balena",
        INVITE,
        "ivy@a.example, jon@@old.example",
    ),
    ("wrong_url", "clerk", ("invite", "redirect_url"), "ftp://x"),
    (
        "wrong_number",
        "clerk",
        ("invite", "expires_in_days"),
        "many",
    ),
    ("wrong_text_missing", "clerk", ("create", "name"), ""),
    ("wrong_json", "clerk", MERGE, "{"),
    ("wrong_country", "vulos", COUNTRY, "xyzzy"),
    (
        "wrong_everything",
        "vulos",
        ("create", "website"),
        "ftp://x",
    ),
    ("wrong_secret_missing", "balena", ("accept", "token"), ""),
    ("wrong_user_missing", "clerk", USER, ""),
    ("wrong_user_not_looked_up", "clerk", USER, "kim"),
    ("wrong_file_missing", "balena", FILE, ""),
    ("wrong_emptied", "clerk", ("edit", "name"), "<c-u>"),
];

/// A yes or no of which the service does not tell what it is now.
fn untold(size: Size) -> Rig {
    let mut rig = desk("clerk", size).on(Pane::Orgs);
    change_org(&mut rig, |org| org.attributes.clear());
    rig.press("e");
    focus(&mut rig, "admin_delete_enabled");
    rig
}

fn pasted(rig: &mut Rig, text: &str) {
    rig.send(Msg::Pasted(Text::from(text)));
}

fn lines() -> Vec<Case> {
    vec![
        case("flag_as_it_is", untold),
        case("text_too_long", |size| {
            let mut rig = typed(("clerk", size), ("create", "slug"), "");
            pasted(&mut rig, &"x".repeat(257));
            to_preview(&mut rig);
            rig.press("<enter>");
            rig
        }),
        case("text_longer_than_its_field", |size| {
            let mut rig = typed(("clerk", size), ("create", "name"), "");
            pasted(&mut rig, &"Acme 商店 ".repeat(30));
            rig
        }),
        case("text_hostile", |size| {
            let mut rig = typed(("clerk", size), ("edit", "name"), "<c-u>");
            pasted(&mut rig, HOSTILE);
            rig
        }),
        case("text_blank", |size| {
            let mut rig = typed(("clerk", size), ("create", "name"), "   ");
            to_preview(&mut rig);
            rig.press("<enter>");
            rig
        }),
        case("message_of_many_lines", |size| {
            let mut rig = typed(("balena", size), MESSAGE, "");
            pasted(&mut rig, &many(60, |n| format!("line {n}")).join("\n"));
            rig
        }),
        case("addresses_hundreds", |size| {
            let mut rig = typed(("balena", size), INVITE, "");
            pasted(
                &mut rig,
                &many(300, |n| format!("person{n}@a.example")).join(", "),
            );
            rig
        }),
    ]
}

/// What a service says of a field that we found nothing wrong with.
fn told() -> Vec<Case> {
    let blamed = |field: &str| {
        Fault::Invalid(vec![FieldError {
            field: Text::from(field),
            message: Text::from("is not \u{202e}what it should be"),
        }])
    };
    vec![
        case("told_of_a_message", move |size| {
            returned(("balena", size), "message", blamed("message"))
        }),
        case("told_of_a_flag", move |size| {
            returned(("clerk", size), "notify", blamed("notify"))
        }),
        case("told_of_a_role", move |size| {
            returned(("balena", size), "role", blamed("role"))
        }),
    ]
}
