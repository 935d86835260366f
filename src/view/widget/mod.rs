//! What screens are made of; nothing here reads a model.

pub(crate) mod border;
pub(crate) mod buttons;
pub(crate) mod canvas;
pub(crate) mod dialog;
pub(crate) mod flow;
pub(crate) mod input;
pub(crate) mod table;
pub(crate) mod wrap;

/// Whether something has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Focus {
    /// It has.
    Here,
    /// Something else has.
    Elsewhere,
}

impl From<bool> for Focus {
    fn from(is_here: bool) -> Self {
        if is_here { Self::Here } else { Self::Elsewhere }
    }
}
