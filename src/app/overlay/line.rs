//! The filter line: what is typed filters the focused list at once.

use tui_input::{Input, InputRequest};

use crate::app::effect::Effects;
use crate::app::layer::Overlay;
use crate::app::model::Model;
use crate::app::screen::lists;

/// Opens it with the filter that is set.
pub fn open(model: &mut Model) -> Effects {
    match lists::filter(model).map(str::to_owned) {
        Some(text) => model.overlays.push(Overlay::Line(Input::new(text))),
        None => model.say("this pane has no list to filter"),
    }
    Effects::new()
}

/// Keeps the filter.
pub fn apply(model: &mut Model) -> Effects {
    model.overlays.pop();
    Effects::new()
}

/// Closes it, and the filter goes with it.
pub fn close(model: &mut Model) -> Effects {
    model.overlays.pop();
    lists::set_filter(model, "");
    Effects::new()
}

/// Types a character or a pasted text.
pub fn insert(model: &mut Model, text: &str) {
    for character in text.chars() {
        edit(model, InputRequest::InsertChar(character));
    }
}

/// One character to the left.
pub fn move_left(model: &mut Model) -> Effects {
    edit(model, InputRequest::GoToPrevChar)
}

/// One character to the right.
pub fn move_right(model: &mut Model) -> Effects {
    edit(model, InputRequest::GoToNextChar)
}

/// To the beginning.
pub fn move_home(model: &mut Model) -> Effects {
    edit(model, InputRequest::GoToStart)
}

/// To the end.
pub fn move_end(model: &mut Model) -> Effects {
    edit(model, InputRequest::GoToEnd)
}

/// Deletes the character before the cursor.
pub fn erase(model: &mut Model) -> Effects {
    edit(model, InputRequest::DeletePrevChar)
}

/// Deletes the character under the cursor.
pub fn erase_next(model: &mut Model) -> Effects {
    edit(model, InputRequest::DeleteNextChar)
}

/// Deletes the word before the cursor.
pub fn erase_word(model: &mut Model) -> Effects {
    edit(model, InputRequest::DeletePrevWord)
}

/// Empties the line.
pub fn clear(model: &mut Model) -> Effects {
    edit(model, InputRequest::DeleteLine)
}

fn edit(model: &mut Model, request: InputRequest) -> Effects {
    let Some(Overlay::Line(input)) = model.overlays.last_mut() else {
        return Effects::new();
    };
    if input.handle(request).is_some_and(|changed| changed.value) {
        let text = input.value().to_owned();
        lists::set_filter(model, &text);
    }
    Effects::new()
}
