//! Tests of command lines as words.

use orgdeck::config::words::split;

#[test]
fn blanks_separate_and_quotes_hold_together() {
    for (line, words) in [
        ("pass show x", &["pass", "show", "x"][..]),
        ("  a \t b ", &["a", "b"]),
        ("op read 'op://v/i t/f'", &["op", "read", "op://v/i t/f"]),
        (r#"a "b \" c" d\ e"#, &["a", "b \" c", "d e"]),
        (r"a '\' ''", &["a", r"\", ""]),
        ("echo $HOME `id` ; *", &["echo", "$HOME", "`id`", ";", "*"]),
    ] {
        assert_eq!(split(line).unwrap(), words, "{line}");
    }
}

#[test]
fn what_is_not_closed_is_no_line() {
    for line in ["a 'b", "a \"b", "a \\", "", "  "] {
        assert!(split(line).is_err(), "{line}");
    }
}
