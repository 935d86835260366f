//! Drafts on the screen: the list of all that are kept, and what is done with the one that a form offers.

use crate::app::drafts::{fill, say, time};
use crate::app::effect::{Effect, Effects};
use crate::app::form::fate;
use crate::app::layer::Overlay;
use crate::app::model::Model;
use crate::app::picker::{Choice, Note, Pick, Picker, Subject};
use crate::app::screen::acts;
use crate::app::screen::invites::{name, profile_words};
use crate::domain::draft::{DAYS, Leftover, Typed};
use crate::domain::{Draft, DraftId, Text};

use super::details::{Facts, fact, new};

/// Characters of a name in a line.
const SHOWN: usize = 60;

/// Problems with files of drafts that are said one by one.
const SAID: usize = 3;

/// Lists the drafts, and reads what sessions have left that ended meanwhile.
pub fn open(model: &mut Model) -> Effects {
    let mut picker = Picker::new("Drafts of forms", Subject::Drafts, Vec::new());
    (picker.choices, picker.notes) = lines(model);
    model.overlays.push(Overlay::Menu(Box::new(picker)));
    vec![Effect::ReadDrafts {
        now: model.now.wall,
    }]
}

/// What earlier sessions have left was read.
pub(in crate::app) fn found(model: &mut Model, leftover: Leftover) -> Effects {
    let known: Vec<DraftId> = model.forms.drafts().map(|(id, _)| id.clone()).collect();
    let (shown, rest) = leftover
        .problems
        .split_at(leftover.problems.len().min(SAID));
    for problem in shown {
        say(model, problem.clone());
    }
    if !rest.is_empty() {
        say(model, format!("{} more drafts cannot be read", rest.len()));
    }
    model.forms.learn(leftover);
    let fresh = model.forms.drafts().filter(|(id, _)| !known.contains(id));
    let fresh = fresh.count();
    if refill(model) || fresh == 0 {
        return Effects::new();
    }
    let words = match fresh {
        1 => "a draft of a form that was not sent is kept: g d shows it".to_owned(),
        count => format!("{count} drafts of forms that were not sent are kept: g d shows them"),
    };
    say(model, words);
    Effects::new()
}

/// Shows the drafts as they are now, if the list is open; whether it is.
fn refill(model: &mut Model) -> bool {
    let (choices, notes) = lines(model);
    let Some(Overlay::Menu(picker)) = model.overlays.last_mut() else {
        return false;
    };
    let is_list = matches!(picker.of, Subject::Drafts);
    if is_list {
        picker.refill(choices, notes);
    }
    is_list
}

fn lines(model: &Model) -> (Vec<Choice>, Vec<Note>) {
    let drafts = model.forms.drafts();
    let mut choices: Vec<Choice> = drafts.map(|(id, draft)| line(model, (id, draft))).collect();
    if choices.is_empty() {
        let why = "what is typed into a form and not sent is listed here";
        let nothing = Choice::new(Pick::Nothing, "Nothing is kept");
        choices.push(nothing.blocked(Some(Text::from(why))));
        return (choices, Vec::new());
    }
    let words = format!("Enter goes on with one, ^x discards it. They are kept for {DAYS} days.");
    (choices, vec![Note::Words(Text::from(words))])
}

fn line(model: &Model, (id, draft): (&DraftId, &Draft)) -> Choice {
    let profile = &draft.about.profile;
    let org = draft.about.org.as_ref().map(|org| {
        let (name, id) = (name(model, org), org.text());
        if name == *id {
            format!("{} ", id.excerpt(SHOWN))
        } else {
            format!("{} ({}) ", name.excerpt(SHOWN), id.excerpt(SHOWN))
        }
    });
    let org = org.unwrap_or_default();
    let gone = match model.store.account(profile) {
        Some(_) => "",
        None => "; this profile is not here: Enter shows what was typed",
    };
    let about = format!(
        "{} {}; {org}on {}{gone}",
        time(model, draft),
        fate(draft.left),
        profile_words(model, profile)
    );
    Choice::new(Pick::Draft(id.clone()), draft.title.excerpt(SHOWN).as_str()).about(about)
}

/// The draft that the form on top offers, or that is under the cursor of the list.
pub fn here(model: &Model) -> Option<DraftId> {
    match model.overlays.last()? {
        Overlay::Form(form) => model.forms.offer(form).map(|(id, _)| id.clone()),
        Overlay::Menu(picker) => match (&picker.of, picker.chosen()?) {
            (
                Subject::Drafts,
                Choice {
                    pick: Pick::Draft(id),
                    ..
                },
            ) => Some(id.clone()),
            _ => None,
        },
        Overlay::Confirm(_)
        | Overlay::Help(_)
        | Overlay::Details(_)
        | Overlay::Prompt(_)
        | Overlay::Line(_)
        | Overlay::Tasks(_) => None,
    }
}

/// Fills the form with the draft that it offers.
pub fn take(model: &mut Model) -> Effects {
    here(model).map_or_else(Effects::new, |id| fill(model, &id))
}

/// Discards the draft that is offered, or under the cursor.
pub fn discard(model: &mut Model) -> Effects {
    let Some(id) = here(model) else {
        return Effects::new();
    };
    model.forms.take(&id);
    model.say("the draft is discarded");
    refill(model);
    vec![Effect::Forget(id)]
}

/// Goes on with a draft: opens its form and fills it. One whose profile is not here is shown.
pub(super) fn resume(model: &mut Model, id: &DraftId) -> Effects {
    let Some(draft) = model.forms.draft(id).cloned() else {
        return Effects::new();
    };
    let about = &draft.about;
    let Some(account) = model.store.account(&about.profile) else {
        return look(model, &draft);
    };
    if let Some(why) = account.refusal(about.verb) {
        model.say(why);
        return Effects::new();
    }
    let list = model.overlays.pop();
    if let Some(mut effects) = acts::reopen(model, about) {
        effects.extend(fill(model, id));
        return effects;
    }
    model.overlays.extend(list);
    model.say("what it is about is not read yet: its form offers it when it is opened there");
    Effects::new()
}

/// Shows what was typed.
fn look(model: &mut Model, draft: &Draft) -> Effects {
    let mut facts: Facts = vec![
        fact("profile", draft.about.profile.text()),
        fact("typed", draft.at.to_string()),
    ];
    facts.extend(
        draft
            .about
            .org
            .iter()
            .map(|org| fact("organization", org.text())),
    );
    facts.extend(draft.fields.iter().flat_map(typed));
    let details = new(draft.title.clone(), None, facts);
    model.overlays.push(Overlay::Details(Box::new(details)));
    Effects::new()
}

/// A field, a line for each of its own.
fn typed(typed: &Typed) -> Facts {
    let words = typed.content.words();
    let lines = words
        .raw()
        .lines()
        .map(|line| fact(typed.label.raw(), line));
    lines.collect()
}
