//! What a service said of a fact: a value, that there is none, or nothing at all.
//!
//! The screen shows `-` for what is empty and `?` for what the service cannot tell or sent invalid;
//! no fact is ever filled in by us.

/// One fact as the service told it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told<T> {
    /// The service told this value.
    Is(T),
    /// The service said that there is none.
    Empty,
    /// The service cannot tell, or what it sent is invalid.
    #[default]
    Unknown,
}

impl<T> Told<T> {
    /// The value, where one was told.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Is(value) => Some(value),
            Self::Empty | Self::Unknown => None,
        }
    }

    /// `Is` for a value, `Empty` for a field that was there without one.
    pub fn or_empty(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Self::Is)
    }

    /// `Is` for a value, `Unknown` for a field that was not sent or not valid.
    pub fn or_unknown(value: Option<T>) -> Self {
        value.map_or(Self::Unknown, Self::Is)
    }

    /// The same statement about another form of the value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Told<U> {
        match self {
            Self::Is(value) => Told::Is(change(value)),
            Self::Empty => Told::Empty,
            Self::Unknown => Told::Unknown,
        }
    }
}
