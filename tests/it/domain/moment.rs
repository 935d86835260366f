//! Moments: the program's own time.

use std::time::Duration;

use jiff::tz::TimeZone;
use orgdeck::domain::Moment;
use orgdeck::domain::moment::clock_time;

#[test]
fn moments_never_run_over_or_back() {
    let (early, late) = (
        Moment(Duration::from_secs(1)),
        Moment(Duration::from_secs(5)),
    );
    assert_eq!(late.since(early), Duration::from_secs(4));
    assert_eq!(early.since(late), Duration::ZERO);
    assert_eq!(early.after(Duration::from_secs(4)), late);
    assert_eq!(late.after(Duration::MAX).0, Duration::MAX);
}

#[test]
fn the_clock_shows_the_time_of_its_zone() {
    let at = "2026-03-01T23:59:58Z".parse().unwrap();
    assert_eq!(clock_time(at, &TimeZone::UTC), "23:59:58");
    let east = TimeZone::fixed(jiff::tz::offset(9));
    assert_eq!(clock_time(at, &east), "08:59:58");
}
