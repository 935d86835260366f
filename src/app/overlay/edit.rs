//! Editing the text that has the focus, in whichever overlay it is.

use tui_input::{Input, InputRequest};

use crate::app::effect::Effects;
use crate::app::form::Entry;
use crate::app::layer::Overlay;
use crate::app::model::Model;
use crate::app::screen::lists;

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
    for character in text.chars() {
        edit(model, InputRequest::InsertChar(character), "");
    }
}

/// Changes the text that has the focus, or says why not.
fn edit(model: &mut Model, request: InputRequest, stuck: &'static str) -> Effects {
    let Some(input) = input(model) else {
        model.say("this field holds no text");
        return Effects::new();
    };
    let before = (input.value().len(), input.cursor());
    input.handle(request);
    let after = (input.value().len(), input.cursor());
    if after.0 != before.0 {
        follow(model);
    } else if after == before {
        model.say(stuck);
    }
    Effects::new()
}

/// The text that has the focus.
fn input(model: &mut Model) -> Option<&mut Input> {
    match model.overlays.last_mut()? {
        Overlay::Line(input) => Some(input),
        Overlay::Help(picker) | Overlay::Menu(picker) => Some(&mut picker.search),
        Overlay::Form(form) => match form.focused().map(|field| &mut field.entry) {
            Some(Entry::Line(input)) => Some(input),
            Some(Entry::Role(..) | Entry::Flag(_) | Entry::Absent) | None => None,
        },
        Overlay::Confirm(confirm) if confirm.takes_text() => Some(&mut confirm.typed),
        Overlay::Confirm(_) | Overlay::Details(_) => None,
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
        Some(Overlay::Form(form)) => form.touched(),
        Some(Overlay::Confirm(_) | Overlay::Details(_)) | None => {}
    }
}
