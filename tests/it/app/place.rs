//! Tests of the geometry: nothing overlaps, nothing is lost.

use orgdeck::app::place::{self, Area, Form, Pane, Size, Wanted, Zoom};
use proptest::prelude::*;

fn areas(layout: &place::Layout) -> Vec<Area> {
    let mut areas = vec![
        layout.header,
        layout.tabs,
        layout.notices,
        layout.hints,
        layout.foot,
    ];
    areas.extend(layout.panes);
    areas.retain(|area| area.width > 0 && area.height > 0);
    areas
}

fn overlap(a: Area, b: Area) -> bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

proptest! {
    #[test]
    fn areas_stay_on_the_screen_and_apart(
        width in 0u16..220, height in 0u16..70, focus in 0usize..5, zoomed: bool, notices in 0u16..9
    ) {
        let size = Size { width, height };
        let zoom = if zoomed { Zoom::In } else { Zoom::Out };
        let wanted = Wanted { focus: Pane::ALL[focus], zoom, notices };
        let layout = place::layout(size, wanted);
        let areas = areas(&layout);
        for (number, area) in areas.iter().enumerate() {
            prop_assert!(area.x + area.width <= width && area.y + area.height <= height);
            for other in &areas[number + 1..] {
                prop_assert!(!overlap(*area, *other), "{area:?} {other:?}");
            }
        }
        if layout.form != Form::TooSmall {
            prop_assert!(layout.panes[focus].height > 0, "the focused pane is on the screen");
            prop_assert_eq!(layout.foot.y + 2, height);
        }
    }
}

#[test]
fn the_three_sizes_have_the_three_forms() {
    let form = |width, height| {
        let wanted = Wanted {
            focus: Pane::Orgs,
            zoom: Zoom::Out,
            notices: 0,
        };
        place::layout(Size { width, height }, wanted).form
    };
    assert_eq!(form(120, 36), Form::Wide);
    assert_eq!(form(80, 24), Form::Medium);
    assert_eq!(form(60, 20), Form::Narrow);
    assert_eq!(form(39, 20), Form::TooSmall);
    assert_eq!(form(60, 9), Form::TooSmall);
}

#[test]
fn lists_of_people_keep_rows_beside_the_longest_message() {
    for (width, height) in [(100, 28), (120, 36), (80, 24)] {
        let wanted = Wanted {
            focus: Pane::Orgs,
            zoom: Zoom::Out,
            notices: 4,
        };
        let layout = place::layout(Size { width, height }, wanted);
        for pane in [Pane::Members, Pane::Invites] {
            let rows = place::list_height(layout.panes[pane.index()]);
            assert!(rows > 0, "{pane:?} at {width}x{height}");
        }
    }
}

#[test]
fn the_facts_of_an_organization_grow_with_the_screen() {
    let height = |height| {
        let wanted = Wanted {
            focus: Pane::Orgs,
            zoom: Zoom::Out,
            notices: 0,
        };
        let layout = place::layout(Size { width: 120, height }, wanted);
        layout.panes[Pane::Org.index()].inside().height
    };
    assert_eq!([height(28), height(36)], [3, 5]);
    assert!(height(80) >= 16, "{}", height(80));
    assert!((36..80).all(|rows| height(rows) <= height(rows + 1)));
}
