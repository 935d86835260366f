//! Copying what is under the cursor or marked, what was done last, or where one is. Nothing here is a secret:
//! a text is made of what every output has, of a request without its secret, or of the words of a command.

mod done;
mod place;
mod rows;

use crate::app::around::{Browser, Clipboard, Wrap};
use crate::app::effect::{Effect, Effects};
use crate::app::model::Model;
use crate::app::overlay::details;
use crate::domain::Text;

/// The longest text that a terminal is sent for the clipboard, in bytes.
pub const MOST: usize = 8 * 1024;

/// Characters of a copied text that are repeated.
const REPEATED: usize = 60;

/// What can be copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Something of the rows that are meant.
    Row(Piece),
    /// The command for what was done last.
    Command,
    /// The requests of that, or the one under the cursor.
    Request,
    /// The address of this place.
    Address,
    /// The address of a web page.
    Page,
}

/// Something of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// The e-mail address, else the name.
    Name,
    /// The id.
    Id,
    /// The record as every output has it.
    Json,
}

/// A text and what it is, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Taken {
    what: String,
    text: String,
}

/// Why there is nothing to copy.
type Nothing = &'static str;

impl Taken {
    fn new(what: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            text: text.into(),
        }
    }
}

const NO_ROW: Nothing = "no row is under the cursor";

/// Why something cannot be copied here; `None` if it can.
pub fn refusal(model: &Model, what: What) -> Option<Text> {
    taken(model, what, 1).err().map(Text::from)
}

/// Copies the e-mail address, else the name.
pub fn copy_name(model: &mut Model) -> Effects {
    copy(model, What::Row(Piece::Name))
}

/// Copies the id.
pub fn copy_id(model: &mut Model) -> Effects {
    copy(model, What::Row(Piece::Id))
}

/// Copies the record as JSON.
pub fn copy_json(model: &mut Model) -> Effects {
    copy(model, What::Row(Piece::Json))
}

/// Copies the command for what was done last.
pub fn copy_command(model: &mut Model) -> Effects {
    copy(model, What::Command)
}

/// Copies the requests of that, or the one under the cursor.
pub fn copy_request(model: &mut Model) -> Effects {
    copy(model, What::Request)
}

/// Copies the address of this place.
pub fn copy_address(model: &mut Model) -> Effects {
    copy(model, What::Address)
}

fn copy(model: &mut Model, what: What) -> Effects {
    match taken(model, what, usize::MAX) {
        Ok(Taken { what, text }) => hand(model, &what, text),
        Err(why) => {
            model.say(why);
            Effects::new()
        }
    }
}

/// The text, made of so many rows at most.
fn taken(model: &Model, what: What, most: usize) -> Result<Taken, Nothing> {
    match what {
        What::Row(piece) => rows::taken(model, piece, most),
        What::Command => done::command(model),
        What::Request => done::requests(model),
        What::Address => place::address(model),
        What::Page => place::page(model).map(|page| Taken::new(page.what, page.url)),
    }
}

/// Gives a text to the terminal for the clipboard; shows it where the terminal may not take it.
pub fn hand(model: &mut Model, what: &str, text: String) -> Effects {
    match model.settings.around.clipboard {
        Clipboard::Takes(wrap) if text.len() <= MOST => {
            let first = Text::from(text.lines().next().unwrap_or_default());
            let through = match wrap {
                Wrap::Bare => "",
                Wrap::Tmux => " (tmux needs allow-passthrough on)",
                Wrap::Screen => " (through screen)",
            };
            let first = first.excerpt(REPEATED);
            model.say(format!("copied {what}: {first}{through}"));
            let text = Text::from(text);
            vec![Effect::Copy { text, wrap }]
        }
        Clipboard::Takes(_) => {
            let bytes = text.len();
            let why = format!("{bytes} bytes are more than the 8 KiB that a terminal is sent");
            show(model, what, (text, &why))
        }
        Clipboard::Refuses(why) => show(model, what, (text, why)),
    }
}

/// Shows a text in a box, to be copied by hand.
fn show(model: &mut Model, what: &str, (text, why): (String, &str)) -> Effects {
    details::show_text(model, what, (text, why));
    model.say(format!("shown, not copied: {what}"));
    Effects::new()
}

/// Opens the web page of the organization, or shows its address.
pub fn open_page(model: &mut Model) -> Effects {
    let page = match place::page(model) {
        Ok(page) => page,
        Err(why) => {
            model.say(why);
            return Effects::new();
        }
    };
    let why = match (page.author, model.settings.around.browser) {
        (place::Author::Service, Browser::Here) => {
            model.say(format!("opening {} in the browser", page.url));
            return vec![Effect::Browse(Text::from(page.url))];
        }
        (place::Author::Service, Browser::Missing(why)) => why,
        (place::Author::Anybody, _) => "anybody may have typed this address: look at it first",
    };
    show(model, page.what, (page.url, why))
}

/// No browser took an address.
pub fn unopened(model: &mut Model, url: &Text) -> Effects {
    let url = url.raw().to_owned();
    show(model, "the link", (url, "no browser could be started"))
}
