//! A fact is told, empty, or unknown.

use orgdeck::domain::Told;

#[test]
fn absence_is_empty_or_unknown_as_the_caller_says() {
    assert_eq!(Told::or_empty(Some(1)), Told::Is(1));
    assert_eq!(Told::or_unknown(Some(1)), Told::Is(1));
    assert_eq!(Told::<u8>::or_empty(None), Told::Empty);
    assert_eq!(Told::<u8>::or_unknown(None), Told::Unknown);
    assert_eq!(Told::<u8>::default(), Told::Unknown);
}

#[test]
fn only_a_told_value_is_known_and_changed() {
    assert_eq!(Told::Is(2).known(), Some(&2));
    assert_eq!(Told::Is(2).map(|value| value * 2), Told::Is(4));
    for told in [Told::Empty, Told::Unknown] {
        assert_eq!(told.known(), None);
        assert_eq!(told.map(|value: u8| value), told);
    }
}
