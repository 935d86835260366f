//! The tests that there are, read from the tokens of their files: their paths, and the numbers they bear.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};

/// The path of every test of this crate, as the test runner names it.
pub(super) fn tests() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let mut tests = BTreeSet::new();
    collect(&root, "", &mut tests);
    assert!(tests.len() > 1_000, "the tests were not found");
    tests
}

fn collect(folder: &Path, module: &str, tests: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            collect(&path, &format!("{module}{name}::"), tests);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let own = if name == "mod" {
                String::new()
            } else {
                format!("{name}::")
            };
            let text = fs::read_to_string(&path).unwrap();
            for test in named(text.parse().unwrap()) {
                tests.insert(format!("{module}{own}{test}"));
            }
        }
    }
}

/// The names of the functions that are marked as tests, in macros too.
fn named(tokens: TokenStream) -> Vec<String> {
    let mut names = Vec::new();
    let (mut is_test, mut is_name) = (false, false);
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let text = group.stream().to_string();
                is_test |= text == "test" || text.replace(' ', "").starts_with("tokio::test");
                names.extend(named(group.stream()));
            }
            TokenTree::Ident(word) if is_name => {
                is_name = false;
                if std::mem::take(&mut is_test) {
                    names.push(word.to_string());
                }
            }
            TokenTree::Ident(word) => is_name = word == "fn",
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
    names
}

/// The numbers that a test's name begins with: `r8_r96_no_secret_..` bears 8 and 96.
pub(super) fn borne(path: &str) -> Vec<u16> {
    let name = path.rsplit("::").next().unwrap();
    let number = |word: &str| word.strip_prefix('r')?.parse().ok();
    name.split('_').map_while(number).collect()
}

#[test]
fn tests_are_found_by_their_marks_and_nothing_else_is() {
    let file = r##"
        #[test] fn one() {}
        #[tokio::test(flavor = "multi_thread")] async fn two() { fn inner() {} }
        proptest! { #[test] fn three(x in 0..9) {} }
        // #[test] fn no_comment() {}
        const TEXT: &str = "#[test] fn no_text() {}";
        fn helper() {}
    "##;
    assert_eq!(named(file.parse().unwrap()), ["one", "two", "three"]);
    assert_eq!(borne("a::b::r8_r96_no_r7_secret"), [8, 96]);
    assert_eq!(borne("a::reading_r1"), Vec::<u16>::new());
}
