//! The rows that copy: each hands out a text, and none sends.

use crate::app::action::{Action, Needs, Section};
use crate::app::layer::Layer;
use crate::app::overlay::details;
use crate::app::screen::copy::{self, Piece, What};

pub(super) const COPYING: &[Action] = &[
    Action::new("copy.name", "Copy the e-mail or name", copy::copy_name)
        .keys(&["y y"])
        .under(Section::See)
        .needs(Needs::Copy(What::Row(Piece::Name))),
    Action::new("copy.id", "Copy the id", copy::copy_id)
        .keys(&["y i"])
        .under(Section::See)
        .needs(Needs::Copy(What::Row(Piece::Id))),
    Action::new("copy.json", "Copy as JSON", copy::copy_json)
        .keys(&["y j"])
        .under(Section::See)
        .needs(Needs::Copy(What::Row(Piece::Json))),
    Action::new("copy.command", "Copy as a command line", copy::copy_command)
        .keys(&["y c"])
        .under(Section::See)
        .needs(Needs::Copy(What::Command)),
    Action::new("copy.request", "Copy the request", copy::copy_request)
        .keys(&["y r"])
        .under(Section::See)
        .needs(Needs::Copy(What::Request)),
    Action::new(
        "copy.address",
        "Copy the address of this place",
        copy::copy_address,
    )
    .keys(&["y l"])
    .under(Section::See)
    .needs(Needs::Copy(What::Address)),
    Action::new(
        "page.open",
        "Open its web page, or show the link",
        copy::open_page,
    )
    .keys(&["o"])
    .under(Section::See)
    .needs(Needs::Copy(What::Page)),
    Action::new("details.copy", "Copy what is shown", details::copy)
        .on(Layer::Details)
        .keys(&["y"]),
];
