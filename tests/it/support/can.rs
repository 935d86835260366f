//! What a type can do by its traits, asked of the compiler: whether it can be shown, or written.

/// The constants of this are those of the type where it has the trait, those of [`Cannot`] where it has not.
pub(crate) struct Can<T>(std::marker::PhantomData<T>);

/// Of a type that has none of the traits; it must be in scope where they are asked for.
pub(crate) trait Cannot {
    const SHOW: bool = false;
    const WRITE: bool = false;
    const COUNT: bool = false;
}

impl<T> Cannot for Can<T> {}

impl<T: std::fmt::Display> Can<T> {
    pub(crate) const SHOW: bool = true;
}

impl<T: serde::Serialize> Can<T> {
    pub(crate) const WRITE: bool = true;
}

impl<T: std::ops::Add> Can<T> {
    pub(crate) const COUNT: bool = true;
}
