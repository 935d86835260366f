//! Moments: the program's own time.

use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use orgdeck::domain::moment::clock_time;
use orgdeck::domain::{Moment, Skew};

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

fn noon() -> Timestamp {
    "2026-03-01T12:00:00Z".parse().unwrap()
}

/// What our clock at noon is taken to mean after the service's clock has shown these, in seconds off ours.
fn learnt(shown: &[i64]) -> i64 {
    let mut skew = Skew::default();
    for seconds in shown {
        skew.learn(noon() + SignedDuration::from_secs(*seconds), noon());
    }
    skew.theirs(noon()).duration_since(noon()).as_secs()
}

#[test]
fn r66_clocks_that_are_a_minute_apart_at_most_agree() {
    for (shown, skew) in [
        (&[][..], 0),
        (&[0], 0),
        (&[60], 0),
        (&[-60], 0),
        (&[61], 61),
        (&[-86_400], -86_400),
        (&[86_400, 0], 0),
        (&[7_200, 3_600], 3_600),
    ] {
        assert_eq!(learnt(shown), skew, "{shown:?}");
    }
}

#[test]
fn r66_an_answer_that_was_longer_on_its_way_moves_no_age() {
    assert_eq!(learnt(&[86_400, 86_397, 86_401, 86_340]), 86_400);
    assert_eq!(learnt(&[61, 59, 61, 58]), 61);
}

#[test]
fn r66_clocks_at_the_ends_of_time_are_survived() {
    for (theirs, ours) in [
        (Timestamp::MIN, Timestamp::MAX),
        (Timestamp::MAX, Timestamp::MIN),
    ] {
        let mut skew = Skew::default();
        assert!(skew.learn(theirs, ours));
        assert_eq!(skew.theirs(ours), theirs);
        assert_eq!(
            skew.theirs(theirs),
            theirs,
            "no time is beyond the end of time"
        );
    }
}
