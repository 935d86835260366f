//! Drafts on the screen: what a form offers, what it says once it was filled, and the list of all.

use orgdeck::app::Msg;
use orgdeck::app::place::Size;
use orgdeck::domain::draft::{About, Content, Left, Leftover, Target, Typed};
use orgdeck::domain::{Draft, DraftId, Text, Verb};

use super::desk::{HOSTILE, desk};
use super::{Case, case};
use crate::support::rig::{Rig, org_id, profile};

fn typed(key: &str, label: &str, words: &str) -> Typed {
    Typed {
        key: Text::from(key),
        label: Text::from(label),
        content: Content::Text(Text::from(words)),
    }
}

fn draft(profile_name: &str, (at, left): (&str, Left), title: &str) -> Draft {
    Draft {
        about: About {
            profile: profile(profile_name),
            org: Some(org_id(profile_name, "acme")),
            verb: Verb::InviteCreate,
            target: Target::One,
        },
        title: Text::from(title),
        at: at.parse().unwrap(),
        left,
        fields: vec![
            typed("email", "E-mail", "kim@acme.example, lee@acme.example"),
            typed("redirect_url", "Redirect URL", "https://acme.example/in"),
            typed("fax", "Fax", "1 2 3"),
        ],
    }
}

const TODAY: &str = "2026-03-02T11:40:00Z";
const BEFORE: &str = "2026-02-11T08:15:00Z";

/// A console that has found these.
fn with(size: Size, drafts: Vec<Draft>, keys: &str) -> Rig {
    let mut rig = desk("clerk", size);
    let id = |number: usize| DraftId::Left(Text::from(format!("one-{number}.json")));
    let drafts = drafts.into_iter().enumerate();
    let leftover = Leftover {
        drafts: drafts.map(|(number, draft)| (id(number), draft)).collect(),
        problems: Vec::new(),
    };
    rig.send(Msg::Drafts(Box::new(leftover)));
    rig.press("<esc>");
    rig.press(keys);
    rig.settle_questions();
    rig
}

fn offered(name: &'static str, how: (&'static str, Left), keys: &'static str) -> Case {
    case(name, move |size| {
        with(size, vec![draft("shop", how, "Invite people")], keys)
    })
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        offered("offered", (TODAY, Left::Unsent), "i"),
        offered("offered_after_a_refusal", (BEFORE, Left::Refused), "i"),
        offered("offered_of_unknown_end", (BEFORE, Left::Sent), "i"),
        offered(
            "offered_beside_what_is_typed",
            (TODAY, Left::Unsent),
            "inew@x.example",
        ),
        offered("taken", (TODAY, Left::Unsent), "i<c-t>"),
        offered("taken_of_unknown_end", (BEFORE, Left::Sent), "i<c-t>"),
        offered("discarded", (TODAY, Left::Unsent), "i<c-x>"),
        case("listed", |size| with(size, several(), "gd")),
        case("listed_and_read", |size| {
            with(size, several(), "gd<down><down><enter>")
        }),
        case("none_listed", |size| with(size, Vec::new(), "gd")),
        case("said_at_the_start", |size| {
            let mut rig = with(size, Vec::new(), "");
            let left =
                |number: usize, draft| (DraftId::Left(Text::from(number.to_string())), draft);
            let drafts = several().into_iter().enumerate();
            let leftover = Leftover {
                drafts: drafts.map(|(number, draft)| left(number, draft)).collect(),
                problems: vec![Text::from(
                    "a draft cannot be read (its version is 2, and not 1): it is kept in \
                     /home/ana/.local/state/orgdeck/drafts/1f-3.json.aside",
                )],
            };
            rig.send(Msg::Drafts(Box::new(leftover)));
            rig
        }),
    ]
}

/// One that can be gone on with, one with a name that was made to break a screen, and one of a profile
/// that is gone.
fn several() -> Vec<Draft> {
    let mut gone = draft("old", (BEFORE, Left::Unsent), "Invite people to Old Mill");
    gone.at = "2026-02-01T08:15:00Z".parse().unwrap();
    vec![
        gone,
        draft("shop", (BEFORE, Left::Sent), HOSTILE),
        draft("shop", (TODAY, Left::Refused), "Invite people to Acme Shop"),
    ]
}
