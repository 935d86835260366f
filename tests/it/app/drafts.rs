//! Drafts: what is typed into a form is kept within two seconds and through everything that can happen to
//! it, offered and never filled in by itself, and forgotten once it was applied.

use std::time::Duration;

use orgdeck::app::layer::Overlay;
use orgdeck::app::model::Source;
use orgdeck::app::place::{Pane, Size};
use orgdeck::app::{Effect, Effects, Msg, wake_at};
use orgdeck::domain::draft::{About, Content, Left, Leftover, Target, Typed};
use orgdeck::domain::{
    ApiError, Draft, DraftId, Fault, Moment, Outcome, Receipt, Role, Text, Verb,
};
use proptest::prelude::*;

use crate::support::forms::{ends, field, form, on, preview, recorded, send, table, text};
use crate::support::rig::{Rig, account, org_id, present, profile};

/// A typed line.
fn line(key: &str, label: &str, words: &str) -> Typed {
    Typed {
        key: Text::from(key),
        label: Text::from(label),
        content: Content::Text(Text::from(words)),
    }
}

/// A draft of an invite that an earlier session has left.
fn left_behind(profile_name: &str, org: &str) -> (DraftId, Draft) {
    let draft = Draft {
        about: About {
            profile: profile(profile_name),
            org: Some(org_id(profile_name, org)),
            verb: Verb::InviteCreate,
            target: Target::One,
        },
        title: Text::from("Invite people to Acme Shop"),
        at: "2026-02-27T09:05:00Z".parse().unwrap(),
        left: Left::Unsent,
        fields: vec![
            line("email", "E-mail", "kim@acme.example"),
            Typed {
                key: Text::from("role"),
                label: Text::from("Role"),
                content: Content::Role(Text::from("admin")),
            },
            line("redirect_url", "Redirect URL", "https://acme.example/in"),
        ],
    };
    (DraftId::Left(Text::from("one-1.json")), draft)
}

fn found(rig: &mut Rig, drafts: Vec<(DraftId, Draft)>) -> Effects {
    let problems = Vec::new();
    rig.send(Msg::Drafts(Box::new(Leftover { drafts, problems })))
}

/// The drafts that were kept by these effects, with their numbers.
fn kept(effects: &[Effect]) -> Vec<(u64, &Draft)> {
    let kept = effects.iter().filter_map(|effect| match effect {
        Effect::Keep { number, draft } => Some((*number, &**draft)),
        _ => None,
    });
    kept.collect()
}

/// The one draft that these effects keep.
fn draft(effects: &[Effect]) -> Draft {
    match kept(effects)[..] {
        [(_, draft)] => draft.clone(),
        ref other => panic!("one draft is kept, not {other:?}"),
    }
}

fn forgets(effects: &[Effect], id: &DraftId) -> bool {
    effects.contains(&Effect::Forget(id.clone()))
}

/// What is offered on the screen.
fn offer(rig: &Rig) -> Option<String> {
    orgdeck::app::drafts::offered(&rig.model, form(rig))
}

fn filled_in() -> Rig {
    let mut rig = on("clerk");
    rig.press("i");
    rig.settle();
    rig.press("kim@acme.example");
    rig
}

#[test]
fn what_is_typed_is_kept_within_two_seconds() {
    let mut rig = filled_in();
    assert_eq!(kept(&rig.wait(900)), []);
    let draft = draft(&rig.wait(1000));
    assert_eq!(draft.fields, [line("email", "E-mail", "kim@acme.example")]);
    assert_eq!((draft.left, draft.at), (Left::Unsent, present()));
    assert_eq!(draft.about.verb, Verb::InviteCreate);
    assert_eq!(draft.about.org, Some(org_id("shop", "acme")));
}

#[test]
fn it_is_never_older_than_two_seconds_while_keys_go_on_coming() {
    let mut rig = filled_in();
    let mut written = String::new();
    let mut typed_at = vec![(rig.now().moment, text(&rig, "email"))];
    for _ in 0..60 {
        let effects = rig.press("x");
        typed_at.push((rig.now().moment, text(&rig, "email")));
        let mut all = effects;
        all.extend(rig.wait(90));
        if let Some((_, draft)) = kept(&all).last() {
            written = draft.fields[0].content.words().raw().to_owned();
        }
        let now = rig.now().moment;
        let old = Moment(now.0.saturating_sub(Duration::from_secs(2)));
        let stood = typed_at.iter().rev().find(|(at, _)| *at <= old);
        assert!(stood.is_none_or(|(_, stood)| written.len() >= stood.len()));
    }
    assert!(written.len() > 50, "{written}");
}

#[test]
fn what_has_not_changed_is_not_kept_again_and_then_nothing_wakes() {
    let mut rig = filled_in();
    rig.wait(2000);
    assert_eq!(wake_at(&rig.model), None);
    rig.press("<tab><s-tab>");
    assert_eq!(kept(&rig.wait(2000)), []);
    assert_eq!(wake_at(&rig.model), None);
}

#[test]
fn a_field_that_is_emptied_again_leaves_no_draft() {
    let mut rig = filled_in();
    let id = DraftId::Own(kept(&rig.wait(2000))[0].0);
    rig.press("<c-u>");
    let effects = rig.wait(2000);
    assert!(forgets(&effects, &id), "{effects:?}");
    rig.press("<esc>i");
    assert_eq!(offer(&rig), None);
}

#[test]
fn closing_keeps_it_at_once_and_says_so() {
    let mut rig = filled_in();
    let effects = rig.press("<esc>");
    assert_eq!(draft(&effects).fields.len(), 1);
    assert!(rig.hint().contains("kept as a draft"), "{}", rig.hint());
}

#[test]
fn the_demo_keeps_it_in_memory_and_says_that() {
    let mut rig = filled_in();
    rig.model.settings.source = Source::Demo;
    rig.press("<esc>");
    assert!(
        rig.hint().contains("until the program ends"),
        "{}",
        rig.hint()
    );
}

#[test]
fn the_end_of_a_session_keeps_what_was_typed_just_now() {
    let mut rig = filled_in();
    let now = rig.now();
    let effects = orgdeck::app::end(&mut rig.model, now);
    assert_eq!(draft(&effects).fields.len(), 1);
    assert_eq!(orgdeck::app::end(&mut rig.model, now), [], "and only once");
}

#[test]
fn what_was_left_behind_is_said_and_offered_and_never_filled_in() {
    let mut rig = on("clerk");
    found(&mut rig, vec![left_behind("shop", "acme")]);
    let said = rig.model.notices.top().unwrap().happened();
    assert!(said.contains("g d shows it"), "{said}");
    rig.press("i");
    rig.settle();
    assert_eq!(text(&rig, "email"), "");
    assert_eq!(
        offer(&rig).unwrap(),
        "A draft from 2026-02-27 09:05 was not sent: ^t takes it, ^x discards it"
    );
}

#[test]
fn one_key_takes_it_with_every_field_and_then_it_is_ours() {
    let mut rig = on("clerk");
    found(&mut rig, vec![left_behind("shop", "acme")]);
    rig.press("i");
    let effects = rig.press("<c-t>");
    let (id, left) = left_behind("shop", "acme");
    assert_eq!(draft(&effects), left, "ours is kept first");
    assert!(matches!(effects.last(), Some(Effect::Forget(gone)) if *gone == id));
    rig.settle();
    assert_eq!(text(&rig, "email"), "kim@acme.example");
    assert_eq!(text(&rig, "redirect_url"), "https://acme.example/in");
    let orgdeck::app::form::Entry::Role(roles, chosen) = &field(&rig, "role").entry else {
        panic!("a role is chosen");
    };
    assert_eq!(
        roles[chosen.unwrap()],
        Role {
            level: Some(0),
            ..Role::named("admin")
        }
    );
    assert_eq!(offer(&rig), None);
    assert_eq!(kept(&rig.wait(2000)), [], "and nothing is written twice");
}

#[test]
fn one_key_discards_it() {
    let mut rig = on("clerk");
    let (id, draft) = left_behind("shop", "acme");
    found(&mut rig, vec![(id.clone(), draft)]);
    rig.press("i");
    assert_eq!(rig.press("<c-x>"), [Effect::Forget(id)]);
    assert_eq!(offer(&rig), None);
    rig.press("<esc>i");
    assert_eq!(offer(&rig), None);
}

#[test]
fn a_list_that_was_read_before_brings_nothing_back_that_is_gone() {
    let mut rig = on("clerk");
    found(&mut rig, vec![left_behind("shop", "acme")]);
    rig.press("i<c-x>");
    found(&mut rig, vec![left_behind("shop", "acme")]);
    assert_eq!(offer(&rig), None);
}

#[test]
fn a_draft_of_another_record_is_never_offered() {
    let (id, draft) = left_behind("shop", "acme");
    let about = |change: &dyn Fn(&mut About)| {
        let mut other = draft.clone();
        change(&mut other.about);
        other
    };
    let others = [
        about(&|about| about.profile = profile("other")),
        about(&|about| about.org = Some(org_id("shop", "quay"))),
        about(&|about| about.org = None),
        about(&|about| about.verb = Verb::OrgEdit),
        about(&|about| about.target = Target::Many),
    ];
    for other in others {
        let mut rig = on("clerk");
        found(&mut rig, vec![(id.clone(), other.clone())]);
        rig.press("i");
        assert_eq!(offer(&rig), None, "{:?}", other.about);
        rig.press("<c-t>");
        assert!(rig.hint().starts_with("no draft"), "{}", rig.hint());
        assert_eq!(text(&rig, "email"), "");
    }
}

#[test]
fn a_draft_and_what_stands_in_the_form_change_places() {
    let mut rig = on("clerk");
    found(&mut rig, vec![left_behind("shop", "acme")]);
    rig.press("inew@x.example<c-t>");
    assert_eq!(text(&rig, "email"), "kim@acme.example");
    assert!(offer(&rig).is_some(), "what was typed is a draft now");
    rig.press("<c-t>");
    assert_eq!(text(&rig, "email"), "new@x.example");
    rig.press("<c-t>");
    assert_eq!(text(&rig, "email"), "kim@acme.example");
}

fn conflict() -> Outcome {
    Outcome::Refused(ApiError::new(Verb::InviteCreate, Fault::Conflict))
}

/// A filled in invite, sent.
fn sent(rig: &mut Rig) -> (Effects, orgdeck::domain::plan::TaskId) {
    preview(rig, "<s-tab><s-tab>");
    let effects = rig.press("<tab><enter>");
    let task = recorded(rig, &effects);
    (effects, task)
}

#[test]
fn what_is_sent_stays_kept_until_it_was_applied() {
    let mut rig = filled_in();
    let number = kept(&rig.wait(2000))[0].0;
    let (effects, task) = sent(&mut rig);
    assert_eq!(draft(&effects).left, Left::Sent);
    assert!(matches!(
        effects[..],
        [Effect::Keep { .. }, Effect::Record { .. }]
    ));
    let effects = ends(&mut rig, task, Outcome::Done(Receipt::default()));
    assert!(forgets(&effects, &DraftId::Own(number)), "{effects:?}");
    rig.press("<esc>i");
    assert_eq!(offer(&rig), None);
}

#[test]
fn what_was_refused_stays_in_the_form_and_kept() {
    let mut rig = filled_in();
    let (_, task) = sent(&mut rig);
    let effects = ends(&mut rig, task, conflict());
    assert_eq!(draft(&effects).left, Left::Refused);
    assert_eq!(text(&rig, "email"), "kim@acme.example");
    rig.press("<esc>i");
    let offer = offer(&rig).unwrap();
    assert!(offer.contains("was refused"), "{offer}");
}

#[test]
fn what_may_have_been_applied_stays_kept_and_says_so() {
    let mut rig = filled_in();
    let (_, task) = sent(&mut rig);
    ends(&mut rig, task, Outcome::Unknown);
    assert!(rig.model.overlays.is_empty());
    rig.press("i");
    let offer = offer(&rig).unwrap();
    assert!(offer.contains("what came of it is not known"), "{offer}");
    rig.press("<c-t>");
    let note = form(&rig).note.as_ref().unwrap().raw();
    assert!(note.contains("Look whether it was done"), "{note}");
}

#[test]
fn what_could_not_be_recorded_stays_in_the_form_and_kept() {
    let mut rig = filled_in();
    preview(&mut rig, "<s-tab><s-tab>");
    let effects = rig.press("<tab><enter>");
    let task = effects.iter().find_map(|effect| match effect {
        Effect::Record { task, .. } => Some(*task),
        _ => None,
    });
    let full = ApiError::new(
        Verb::InviteCreate,
        Fault::Unrecorded(Text::from("disk full")),
    );
    rig.send(Msg::Recorded(task.unwrap(), Err(full)));
    assert_eq!(text(&rig, "email"), "kim@acme.example");
    rig.press("<esc>i<c-t>");
    assert_eq!(text(&rig, "email"), "kim@acme.example");
}

#[test]
fn a_token_that_is_over_takes_nothing_from_a_form() {
    let mut rig = filled_in();
    rig.press("<s-tab><s-tab><enter>");
    let (id, _) = rig.planning();
    let over = ApiError::new(Verb::InviteCreate, Fault::SignedOut);
    let mut effects = rig.send(Msg::Prepared(id, Err(over)));
    effects.extend(rig.wait(2000));
    assert_eq!(draft(&effects).fields.len(), 1);
    let forms = rig
        .model
        .overlays
        .iter()
        .filter_map(|overlay| match overlay {
            Overlay::Form(form) => Some(form.typed_fields()),
            _ => None,
        });
    let forms: Vec<_> = forms.collect();
    assert_eq!(forms, [[line("email", "E-mail", "kim@acme.example")]]);
}

#[test]
fn a_form_below_another_overlay_is_kept_too() {
    let mut rig = filled_in();
    rig.model
        .overlays
        .push(Overlay::Line(tui_input::Input::default()));
    assert_eq!(draft(&rig.wait(2000)).fields.len(), 1);
}

#[test]
fn sizes_come_and_go_and_every_field_stays() {
    let mut rig = on("vulos");
    rig.press("cQuay<tab>https://quay.example<tab>Kai 1<tab>Hamburg");
    let before = form(&rig).typed_fields();
    for (width, height) in [(60, 20), (1, 1), (80, 24), (500, 200), (120, 36)] {
        rig.send(Msg::Resized(Size { width, height }));
        assert_eq!(form(&rig).typed_fields(), before);
    }
    assert_eq!(draft(&rig.wait(2000)).fields, before);
}

#[test]
fn a_secret_is_in_no_draft() {
    let mut rig = on("balena");
    orgdeck::app::screen::profiles::open_accept(&mut rig.model);
    rig.press("canary-token");
    let mut effects = rig.wait(3000);
    effects.extend(rig.press("<esc>"));
    let now = rig.now();
    effects.extend(orgdeck::app::end(&mut rig.model, now));
    assert_eq!(kept(&effects), []);
    assert_eq!(rig.model.forms.drafts().count(), 0);
}

#[test]
fn many_addresses_stay_until_all_of_them_were_invited() {
    let mut rig = on("clerk");
    rig.press("I");
    rig.settle();
    rig.send(Msg::Pasted(Text::from(
        "kim@acme.example\nlee@acme.example",
    )));
    let number = kept(&rig.wait(2000))[0].0;
    rig.settle();
    preview(&mut rig, "<s-tab><s-tab>");
    let task = send(&mut rig);
    rig.send(Msg::Carried(task, 0, Outcome::Done(Receipt::default())));
    let effects = rig.send(Msg::Carried(task, 1, conflict()));
    let rest = draft(&effects);
    assert_eq!(rest.left, Left::Refused);
    assert_eq!(rest.fields[0].content.words().raw(), "lee@acme.example");
    rig.settle();
    preview(&mut rig, "<tab>");
    let task = send(&mut rig);
    let effects = ends(&mut rig, task, Outcome::Done(Receipt::default()));
    assert!(forgets(&effects, &DraftId::Own(number)), "{effects:?}");
    rig.press("<esc>I");
    assert_eq!(offer(&rig), None);
}

#[test]
fn a_disk_that_takes_nothing_is_said_once_and_the_form_goes_on() {
    let mut rig = filled_in();
    rig.wait(2000);
    let full = || Msg::Unkept(Text::from("/state/drafts: no space left on device"));
    rig.send(full());
    let said = rig.model.notices.top().unwrap().happened();
    assert!(said.contains("no space left"), "{said}");
    rig.press("x");
    rig.wait(2000);
    rig.send(full());
    assert_eq!(rig.model.notices.all().len(), 1);
    rig.press("<esc>");
    assert!(
        rig.hint().contains("until the program ends"),
        "{}",
        rig.hint()
    );
    rig.press("i<c-t>");
    assert_eq!(text(&rig, "email"), "kim@acme.examplex");
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_is_there() {
    let mut rig = on("clerk");
    let problems = (0..5).map(|number| Text::from(format!("file {number} is torn")));
    rig.send(Msg::Drafts(Box::new(Leftover {
        drafts: vec![left_behind("shop", "acme")],
        problems: problems.collect(),
    })));
    let notices = rig.model.notices.all();
    assert_eq!(notices.len(), 5, "three, how many more, and the draft");
    rig.press("i");
    assert!(offer(&rig).is_some());
}

/// The list with the drafts of this and of a profile that is not here.
fn listed() -> Rig {
    let mut rig = on("clerk");
    let (_, mut gone) = left_behind("old", "acme");
    gone.fields[0] = line("email", "E-mail", "first@x.example");
    found(
        &mut rig,
        vec![
            left_behind("shop", "acme"),
            (DraftId::Left(Text::from("two-1.json")), gone),
        ],
    );
    rig.press("<esc>gd");
    rig
}

#[test]
fn all_of_them_are_listed_and_one_is_gone_on_with() {
    let mut rig = listed();
    let asks = Effect::ReadDrafts { now: present() };
    assert!(rig.effects.contains(&asks));
    found(&mut rig, vec![left_behind("shop", "acme")]);
    rig.press("<enter>");
    rig.settle();
    assert_eq!(text(&rig, "email"), "kim@acme.example");
    assert_eq!(text(&rig, "redirect_url"), "https://acme.example/in");
}

#[test]
fn one_whose_profile_is_gone_is_shown_as_such_and_can_be_read() {
    let mut rig = listed();
    let shown = rig.frame().text();
    assert!(shown.contains("this profile is not here"), "{shown}");
    rig.press("<enter>");
    let shown = rig.frame().text();
    assert!(shown.contains("first@x.example"), "{shown}");
    rig.press("<esc>");
    let gone = DraftId::Left(Text::from("two-1.json"));
    assert_eq!(rig.press("<c-x>"), [Effect::Forget(gone)]);
    assert!(!rig.frame().text().contains("this profile is not here"));
}

#[test]
fn a_form_that_cannot_be_opened_now_keeps_its_draft() {
    let mut capabilities = table("clerk");
    capabilities.set_offer(
        Verb::InviteCreate,
        orgdeck::domain::Offer::No("no invites here"),
    );
    let mut rig = Rig::with(vec![account("shop", "clerk", capabilities)]);
    rig.settle();
    found(&mut rig, vec![left_behind("shop", "acme")]);
    rig.press("<esc>gd<enter>");
    assert!(rig.hint().contains("no invites here"), "{}", rig.hint());
    assert_eq!(rig.model.forms.drafts().count(), 1);
}

#[test]
fn the_roles_that_were_ticked_come_back_beside_those_that_others_gave() {
    let mut rig = on("vulos").on(Pane::Members);
    rig.press("jr");
    rig.press("<space><s-tab><tab>");
    let before = form(&rig).typed_fields();
    let [
        Typed {
            content: Content::Ticks { on, off, .. },
            ..
        },
    ] = &before[..]
    else {
        panic!("roles are ticked: {before:?}");
    };
    assert_eq!(on.len() + off.len(), 1);
    rig.press("<esc>r");
    assert_eq!(form(&rig).typed_fields(), []);
    rig.press("<c-t>");
    assert_eq!(form(&rig).typed_fields(), before);
}

proptest! {
    /// Whatever is typed into whichever form comes back field by field.
    #[test]
    fn every_field_comes_back(kind in 0usize..6, typed in prop::collection::vec("[^\\p{Cc}]{0,12}", 1..8)) {
        let (service, keys) = [
            ("vulos", "c"), ("clerk", "c"), ("clerk", "i"), ("balena", "i"), ("clerk", "M"), ("balena", "O"),
        ][kind];
        let mut rig = on(service);
        rig.press(keys);
        rig.settle();
        for words in &typed {
            rig.send(Msg::Pasted(Text::from(words.as_str())));
            rig.press("<tab>");
        }
        let before = form(&rig).typed_fields();
        rig.press("<esc>");
        let drafts: Vec<_> = rig.model.forms.drafts().cloned().collect();
        prop_assert_eq!(drafts.len(), usize::from(!before.is_empty()));
        let mut again = on(service);
        let left = |(_, draft)| (DraftId::Left(Text::from("one-1.json")), draft);
        found(&mut again, drafts.into_iter().map(left).collect());
        again.press(keys);
        again.press("<c-t>");
        again.settle();
        prop_assert_eq!(form(&again).typed_fields(), before);
    }
}
