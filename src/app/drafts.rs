//! Drafts, as long as the program runs: a form that is typed into is kept within a second, one that is
//! closed, refused or of unknown end stays kept, and one that was applied is forgotten.

use std::time::Duration;

use super::effect::{Effect, Effects};
use super::form::{Form, fate};
use super::layer::Overlay;
use super::model::{Model, Source};
use super::notice::{Notice, Word};
use crate::domain::draft::{DraftId, Left};
use crate::domain::{Draft, Moment, Text};

/// The longest that something typed waits until it is kept; it takes a moment more until it is on the disk.
const WAIT: Duration = Duration::from_secs(1);

/// A key or a paste has come: what stands in the form on top may be another thing now.
pub(super) fn noticed(model: &mut Model) {
    let now = model.now.moment;
    if let Some(Overlay::Form(form)) = model.overlays.last_mut() {
        form.track.since.get_or_insert(now);
    }
}

/// When something typed is to be kept.
pub(super) fn due_at(model: &Model) -> Option<Moment> {
    let since = forms(model).filter_map(|form| form.track.since).min();
    Some(since?.after(WAIT))
}

fn forms(model: &Model) -> impl Iterator<Item = &Form> {
    model.overlays.iter().filter_map(|overlay| match overlay {
        Overlay::Form(form) => Some(&**form),
        Overlay::Confirm(_)
        | Overlay::Menu(_)
        | Overlay::Help(_)
        | Overlay::Details(_)
        | Overlay::Prompt(_)
        | Overlay::Line(_)
        | Overlay::Tasks(_) => None,
    })
}

/// Keeps what has been waiting for long enough.
pub(super) fn keep_due(model: &mut Model) -> Effects {
    if due_at(model).is_none_or(|at| at > model.now.moment) {
        return Effects::new();
    }
    keep_all(model)
}

/// Keeps everything that is typed, at once.
pub(super) fn keep_all(model: &mut Model) -> Effects {
    let mut overlays = std::mem::take(&mut model.overlays);
    let mut effects = Effects::new();
    for overlay in &mut overlays {
        if let Overlay::Form(form) = overlay
            && form.track.since.is_some()
        {
            effects.extend(keep(model, form, None));
        }
    }
    model.overlays = overlays;
    effects
}

/// Keeps what stands in a form if that is another thing than what is kept; forgets it where nothing does.
pub(super) fn keep(model: &mut Model, form: &mut Form, left: Option<Left>) -> Option<Effect> {
    form.track.since = None;
    let fields = form.typed_fields();
    if fields.is_empty() {
        return forget(form);
    }
    let same = form.track.kept.as_ref();
    let same = same.filter(|kept| kept.fields == fields);
    let left = left.or(same.map(|kept| kept.left)).unwrap_or_default();
    if same.is_some_and(|kept| kept.left == left) {
        return None;
    }
    let number = *form
        .track
        .number
        .get_or_insert_with(|| model.forms.number());
    let draft = Draft {
        about: form.goal.draft(),
        title: form.title.clone(),
        at: model.now.wall,
        left,
        fields,
    };
    form.track.kept = Some(draft.clone());
    Some(Effect::Keep {
        number,
        draft: Box::new(draft),
    })
}

/// Forgets what is kept of a form.
pub(super) fn forget(form: &mut Form) -> Option<Effect> {
    let kept = std::mem::take(&mut form.track);
    kept.id().map(Effect::Forget)
}

/// A form leaves the screen: what was typed stays as a draft.
pub(super) fn shelve(model: &mut Model, mut form: Form, left: Option<Left>) -> Option<Effect> {
    let kept = keep(model, &mut form, left);
    if let (Some(id), Some(draft)) = (form.track.id(), form.track.kept.take()) {
        model.forms.put(id, draft);
    }
    kept
}

/// Puts the draft that is offered into the form on top. What stands there stays a draft of its own.
pub(super) fn fill(model: &mut Model, id: &DraftId) -> Effects {
    let Some(Overlay::Form(mut form)) = model.overlays.pop() else {
        return Effects::new();
    };
    let mut effects = Effects::new();
    if let Some(draft) = model.forms.take(id) {
        effects.extend(shelve(model, (*form).clone(), None));
        form.track = super::form::Track::default();
        let homeless = form.fill(&draft);
        form.note = Some(taken(model, (&draft, &homeless)));
        form.track.kept = Some(draft.clone());
        form.track.number = Some(match id {
            DraftId::Own(number) => *number,
            DraftId::Left(_) => {
                // Ours first: nothing is lost whenever this ends.
                let number = model.forms.number();
                let draft = Box::new(draft);
                effects.push(Effect::Keep { number, draft });
                effects.push(Effect::Forget(id.clone()));
                number
            }
        });
    }
    model.overlays.push(Overlay::Form(form));
    effects
}

/// What is said above a form that was filled with a draft.
fn taken(model: &Model, (draft, homeless): (&Draft, &[Text])) -> Text {
    let from = format!("From the draft of {}", time(model, draft));
    let sent = match draft.left {
        Left::Sent => ": it was sent once. Look whether it was done before you send it again",
        Left::Unsent | Left::Refused => "",
    };
    let labels: Vec<&str> = homeless.iter().map(Text::raw).collect();
    let gone = match labels.join(", ") {
        labels if labels.is_empty() => String::new(),
        labels => format!("; not asked for any more: {labels}"),
    };
    Text::from(from + sent + &gone)
}

/// The words that offer a draft for a form, if there is one.
pub fn offered(model: &Model, form: &Form) -> Option<String> {
    let (_, draft) = model.forms.offer(form)?;
    Some(format!(
        "A draft from {} {}: ^t takes it, ^x discards it",
        time(model, draft),
        fate(draft.left)
    ))
}

/// When a draft was typed: the time alone, if that was today.
pub fn time(model: &Model, draft: &Draft) -> String {
    let zone = &model.settings.zone;
    let (then, now) = (
        draft.at.to_zoned(zone.clone()),
        model.now.wall.to_zoned(zone.clone()),
    );
    let form = if then.date() == now.date() {
        "%H:%M"
    } else {
        "%Y-%m-%d %H:%M"
    };
    then.strftime(form).to_string()
}

/// Where a form that is closed is kept, in words.
pub(super) fn place(model: &Model) -> &'static str {
    let on_disk = model.settings.source == Source::Configured && model.forms.unkept.is_none();
    if on_disk {
        "what was typed is kept as a draft, and offered when this form is opened again"
    } else {
        "what was typed is kept until the program ends, and offered when this form is opened again"
    }
}

/// A draft could not be kept on the disk: said once, and the form goes on.
pub(super) fn unkept(model: &mut Model, why: Text) -> Effects {
    if model.forms.unkept.is_none() {
        say(
            model,
            format!(
                "what is typed into forms is kept in memory alone, and ends with the program: {}",
                why.raw()
            ),
        );
        model.forms.unkept = Some(why);
    }
    Effects::new()
}

/// Says something of drafts that stays until it is dismissed.
pub(super) fn say(model: &mut Model, words: impl Into<Text>) {
    model.notices.add(Notice {
        at: model.now.wall,
        profile: None,
        word: Word::Note(words.into()),
    });
}
