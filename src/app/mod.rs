//! The pure core: facts in, orders out.
//!
//! [`update`] routes a message and nothing more; what it does lives with the state it changes. Inside,
//! code points one way: state <- `screen` and `overlay` <- `action` <- `press` and this file.

pub mod action;
pub mod address;
mod answer;
pub mod around;
pub mod called;
pub mod carried;
pub mod columns;
pub mod command;
pub mod confirm;
pub mod cursor;
pub mod differs;
pub mod drafts;
pub mod effect;
pub mod fault;
pub mod form;
pub mod key;
pub mod keymap;
pub mod layer;
pub mod marks;
pub mod model;
pub mod msg;
pub mod notice;
pub mod overlay;
pub mod page;
pub mod pending;
pub mod person;
pub mod picker;
pub mod place;
mod press;
pub mod prompt;
pub mod refresh;
pub mod results;
pub mod screen;
mod settle;
pub mod setup;
pub mod store;
pub mod tasks;
pub mod wake;
mod write;

pub use effect::{Effect, Effects};
pub use key::{Input, Key};
pub use model::Model;
pub use msg::{Msg, RequestId};
pub use wake::{Seen, shown, wake_at};

use crate::domain::Now;

/// The first orders: what every connection is asked when the program starts.
pub fn start(model: &mut Model, now: Now) -> Effects {
    model.now = now;
    model.touched = now.moment;
    let mut effects = screen::orgs::begin(model);
    effects.extend(settle::settle(model));
    effects
}

/// Takes a fact in and gives the orders that follow from it.
pub fn update(model: &mut Model, now: Now, msg: Msg) -> Effects {
    model.now = now;
    let by_hand = matches!(msg, Msg::Pressed(_) | Msg::Pasted(_) | Msg::ListRead(..));
    let mut effects = match msg {
        Msg::Pressed(key) => press::pressed(model, key),
        Msg::Pasted(text) => press::pasted(model, &text),
        Msg::Resized(size) => {
            model.size = size;
            Effects::new()
        }
        Msg::Stopped => vec![Effect::Suspend],
        Msg::Woke => woke(model),
        Msg::Answered(id, reply) => answer::answered(model, id, reply),
        Msg::Admitted(id, reply) => overlay::prompt::admitted(model, id, reply),
        Msg::Prepared(id, result) => answer::planned(model, id, result),
        Msg::History(id, read) => overlay::journal::read(model, id, read),
        Msg::Found(id, found) => write::found(model, id, found),
        Msg::Recovered(found) => write::recovered(model, found),
        Msg::ImageRead(id, read) => overlay::sending::image_read(model, id, read),
        Msg::Exported(id, result) => overlay::export::exported(model, id, result),
        Msg::ListRead(id, read) => overlay::many::list_read(model, id, read),
        Msg::Recorded(task, result) => write::recorded(model, task, result),
        Msg::Carried(task, step, outcome) => write::carried(model, task, (step, outcome)),
        Msg::Arranged(id, order) => answer::arranged(model, id, order),
        Msg::Unopened(url) => screen::copy::unopened(model, &url),
        Msg::Configured(read) => screen::reload::configured(model, read),
        Msg::Told(news) => answer::told(model, news),
        Msg::Drafts(leftover) => overlay::drafts::found(model, *leftover),
        Msg::Unkept(why) => drafts::unkept(model, why),
    };
    if by_hand {
        drafts::noticed(model);
    }
    effects.extend(settle::settle(model));
    effects
}

/// The program ends, however it does: what was typed is kept.
pub fn end(model: &mut Model, now: Now) -> Effects {
    model.now = now;
    drafts::keep_all(model)
}

/// A timer has come: whatever is due now is done.
fn woke(model: &mut Model) -> Effects {
    let now = model.now.moment;
    let mut effects = write::go_on(model);
    if model.panes.follow_at.is_some_and(|at| at <= now) {
        effects.extend(screen::orgs::follow(model));
    }
    effects
}
