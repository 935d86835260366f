//! Editing the text that has the focus, in whichever overlay it is.

use tui_input::{Input, InputRequest};

use crate::app::effect::Effects;
use crate::app::form::area::{LONGEST, halves};
use crate::app::form::{Area, Entry, Masked, masked};
use crate::app::layer::Overlay;
use crate::app::model::Model;
use crate::app::screen::lists;
use crate::app::tasks::Writing;

/// The longest text in one line, in characters.
const LINE: usize = 65_536;

const BEGINNING: &str = "this is the beginning of the text";
const END: &str = "this is the end of the text";
const NOTHING: &str = "there is nothing to delete";

/// One character to the left.
pub fn move_left(model: &mut Model) -> Effects {
    edit(model, InputRequest::GoToPrevChar, BEGINNING)
}

/// One character to the right.
pub fn move_right(model: &mut Model) -> Effects {
    edit(model, InputRequest::GoToNextChar, END)
}

/// To the beginning.
pub fn move_home(model: &mut Model) -> Effects {
    edit(model, InputRequest::GoToStart, BEGINNING)
}

/// To the end.
pub fn move_end(model: &mut Model) -> Effects {
    edit(model, InputRequest::GoToEnd, END)
}

/// Deletes the character before the cursor.
pub fn erase(model: &mut Model) -> Effects {
    edit(model, InputRequest::DeletePrevChar, NOTHING)
}

/// Deletes the character under the cursor.
pub fn erase_next(model: &mut Model) -> Effects {
    edit(model, InputRequest::DeleteNextChar, NOTHING)
}

/// Deletes the word before the cursor.
pub fn erase_word(model: &mut Model) -> Effects {
    edit(model, InputRequest::DeletePrevWord, NOTHING)
}

/// Empties it.
pub fn clear(model: &mut Model) -> Effects {
    edit(model, InputRequest::DeleteLine, NOTHING)
}

/// Types characters.
pub fn insert(model: &mut Model, text: &str) {
    match put(model, text) {
        Put::Whole => {}
        Put::Cut(words) => model.say(words),
        Put::Nowhere => return,
    }
    follow(model);
}

/// What became of a text that was put somewhere.
enum Put {
    /// It stands there.
    Whole,
    /// There was no room for some of it: in words.
    Cut(String),
    /// Nothing here takes a text.
    Nowhere,
}

impl Put {
    /// So much had no room.
    fn leaving(left: usize, (unit, most): (&str, usize)) -> Self {
        match left {
            0 => Self::Whole,
            left => Self::Cut(format!(
                "{left} {unit} are left out: there is room for {most}"
            )),
        }
    }
}

/// Puts a text into what has the focus, as far as there is room.
fn put(model: &mut Model, text: &str) -> Put {
    if let Some(masked) = masked(model) {
        let before = masked.len();
        text.chars().for_each(|character| masked.push(character));
        let left = text.chars().count() - (masked.len() - before);
        return Put::leaving(left, ("characters", masked::LONGEST));
    }
    if let Some(area) = area(model) {
        return Put::leaving(area.put(text), ("bytes", LONGEST));
    }
    let Some(input) = input(model) else {
        return Put::Nowhere;
    };
    let (before, after) = halves(input);
    let room = LINE.saturating_sub(input.value().chars().count());
    let taken: String = text.chars().take(room).collect();
    let count = taken.chars().count();
    let cursor = input.cursor() + count;
    *input = Input::new(format!("{before}{taken}{after}")).with_cursor(cursor);
    Put::leaving(text.chars().count() - count, ("characters", LINE))
}

/// What a request came to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Took {
    /// The text is another one now.
    Changed,
    /// The cursor stands elsewhere.
    Moved,
    /// Nothing.
    Stuck,
    /// There is no text to change.
    NoText,
}

/// Changes the text that has the focus, or says why not.
fn edit(model: &mut Model, request: InputRequest, stuck: &'static str) -> Effects {
    match take(model, request) {
        Took::Changed => follow(model),
        Took::Moved => {}
        Took::Stuck => model.say(stuck),
        Took::NoText => model.say("this field holds no text"),
    }
    Effects::new()
}

/// Hands a request to what has the focus.
fn take(model: &mut Model, request: InputRequest) -> Took {
    if let Some(masked) = masked(model) {
        return take_masked(masked, request);
    }
    if let Some(area) = area(model) {
        let before = area.mark();
        area.handle(request);
        return took(&before, &area.mark());
    }
    let Some(input) = input(model) else {
        return Took::NoText;
    };
    let before = (input.value().len(), input.cursor());
    input.handle(request);
    took(&before, &(input.value().len(), input.cursor()))
}

/// What has changed, by the length and the place of the cursor.
fn took<C: PartialEq>(before: &(usize, C), after: &(usize, C)) -> Took {
    if after.0 != before.0 {
        Took::Changed
    } else if after == before {
        Took::Stuck
    } else {
        Took::Moved
    }
}

/// A secret is changed at its end only: a cursor would tell where in it one is.
fn take_masked(masked: &mut Masked, request: InputRequest) -> Took {
    let before = masked.len();
    if let InputRequest::InsertChar(character) = request {
        masked.push(character);
    } else if request == InputRequest::DeletePrevChar {
        masked.pop();
    } else if matches!(
        request,
        InputRequest::DeleteLine | InputRequest::DeletePrevWord
    ) {
        masked.wipe();
    }
    if masked.len() == before {
        Took::Stuck
    } else {
        Took::Changed
    }
}

/// The secret that has the focus.
fn masked(model: &mut Model) -> Option<&mut Masked> {
    let form = match model.overlays.last_mut()? {
        Overlay::Form(form) => form,
        Overlay::Prompt(prompt) if prompt.takes_text() => return Some(&mut prompt.masked),
        Overlay::Prompt(_)
        | Overlay::Confirm(_)
        | Overlay::Menu(_)
        | Overlay::Help(_)
        | Overlay::Details(_)
        | Overlay::Line(_)
        | Overlay::Tasks(_) => return None,
    };
    match &mut form.focused()?.entry {
        Entry::Masked(masked) => Some(masked),
        Entry::Line(_)
        | Entry::Area(_)
        | Entry::Role(..)
        | Entry::Roles(_)
        | Entry::Flag(_)
        | Entry::Country(..)
        | Entry::User(_)
        | Entry::File(_)
        | Entry::Absent => None,
    }
}

/// The text of many lines that has the focus.
fn area(model: &mut Model) -> Option<&mut Area> {
    let Overlay::Form(form) = model.overlays.last_mut()? else {
        return None;
    };
    form.focused()?.entry.area_mut()
}

/// The text that has the focus.
fn input(model: &mut Model) -> Option<&mut Input> {
    match model.overlays.last_mut()? {
        Overlay::Line(input) => Some(input),
        Overlay::Tasks(tasks) if !tasks.takes_text() => None,
        Overlay::Tasks(tasks) => tasks.export.as_mut().map(|export| &mut export.path),
        Overlay::Help(picker) | Overlay::Menu(picker) => Some(&mut picker.search),
        Overlay::Form(form) => form.focused()?.entry.input_mut(),
        Overlay::Confirm(confirm) if confirm.takes_text() => Some(&mut confirm.typed),
        Overlay::Confirm(_) | Overlay::Prompt(_) | Overlay::Details(_) => None,
    }
}

/// What a changed text means to its overlay.
fn follow(model: &mut Model) {
    match model.overlays.last_mut() {
        Some(Overlay::Line(input)) => {
            let text = input.value().to_owned();
            lists::set_filter(model, &text);
        }
        Some(Overlay::Help(picker) | Overlay::Menu(picker)) => picker.searched(),
        Some(Overlay::Form(form)) => {
            if let Some(field) = form.focused() {
                field.entry.retyped();
            }
            form.touched();
        }
        Some(Overlay::Tasks(tasks)) => {
            if let Some(export) = &mut tasks.export {
                export.stage = Writing::Editing;
            }
        }
        Some(Overlay::Confirm(_) | Overlay::Prompt(_) | Overlay::Details(_)) | None => {}
    }
}
