//! Tests of sizes.

use orgdeck::app::place::Size;
use orgdeck::terminal::tty::drawable;

fn size((width, height): (u16, u16)) -> Size {
    Size { width, height }
}

#[test]
fn impossible_sizes_become_possible_ones() {
    let table = [
        ((80, 24), (80, 24)),
        ((1, 1), (1, 1)),
        ((0, 0), (80, 24)),
        ((0, 30), (80, 24)),
        ((120, 0), (80, 24)),
        ((65_535, 65_535), (1000, 500)),
        ((500, 200), (500, 200)),
    ];
    for (told, drawn) in table {
        assert_eq!(drawable(size(told)), size(drawn), "{told:?}");
    }
}
