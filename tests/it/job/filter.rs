//! Tests of filters: a table of expressions, and what each leaves of the same few records.

use orgdeck::domain::{Fact, Text};
use orgdeck::job::Filter;
use orgdeck::job::filter::{Record, Wrong};

struct Row(&'static str, Vec<(&'static str, Fact)>);

impl Record for Row {
    fn fact(&self, field: &str) -> Option<&Fact> {
        let mut facts = self.1.iter();
        facts.find(|(name, _)| *name == field).map(|(_, fact)| fact)
    }

    fn searched(&self) -> impl Iterator<Item = &Fact> {
        self.1
            .iter()
            .filter(|(name, _)| matches!(*name, "name" | "email"))
            .map(|(_, fact)| fact)
    }
}

fn row(key: &'static str, name: &str, email: Fact, (seen, members): (&str, u64)) -> Row {
    let roles: Vec<Text> = if key == "a" {
        vec!["org:admin".into(), "ops".into()]
    } else {
        vec!["org:member".into()]
    };
    Row(
        key,
        vec![
            ("name", Fact::ours(name)),
            ("email", email),
            ("joined_at", seen.parse().map_or(Fact::Unknown, Fact::Time)),
            ("members", Fact::Number(members)),
            ("is_me", Fact::Flag(key == "a")),
            ("roles", Fact::List(roles)),
        ],
    )
}

fn rows() -> Vec<Row> {
    vec![
        row(
            "a",
            "Ana Costa",
            Fact::ours("ana@acme.example"),
            ("2026-02-28T12:00:00Z", 3),
        ),
        row(
            "b",
            "Bo \"Tab\" Li",
            Fact::Empty,
            ("2025-06-01T00:00:00Z", 40),
        ),
        row("c", "ÅNGSTRÖM", Fact::ours("c@old.example"), ("", 300)),
    ]
}

fn now() -> jiff::Timestamp {
    "2026-03-01T12:00:00Z".parse().unwrap()
}

fn kept(expression: &str) -> String {
    let filter: Filter = expression
        .parse()
        .unwrap_or_else(|error| panic!("{expression}: {error}"));
    let fitting = rows().into_iter().filter(|row| filter.fits(row, now()));
    fitting.map(|row| row.0).collect()
}

#[test]
fn twenty_expressions() {
    for (expression, wanted) in [
        ("", "abc"),
        ("   ", "abc"),
        ("ana", "a"),
        ("COSTA", "a"),
        ("ångström", "c"),
        ("ana costa", "a"),
        ("\"ana costa\"", "a"),
        ("!ana", "bc"),
        ("example !old", "a"),
        ("email:acme", "a"),
        ("email:", "b"),
        ("!email:", "ac"),
        ("role:admin", "a"),
        ("roles:=org:member", "bc"),
        ("role:=org", ""),
        ("members:>30", "bc"),
        ("members:<=40 members:>=3", "ab"),
        ("members:3", "a"),
        ("joined:>90d", "b"),
        ("joined:<48h", "a"),
        ("joined:<2026-01-01", "b"),
        ("is_me:yes", "a"),
        ("!is_me:true", "bc"),
        ("name:\">3\"", ""),
        ("http://x", ""),
    ] {
        assert_eq!(kept(expression), wanted, "{expression}");
    }
}

#[test]
fn what_is_no_expression_says_why() {
    for (expression, wrong) in [
        ("\"ana", Wrong::Quote),
        ("!", Wrong::Nothing("!".to_owned())),
        ("members:>many", Wrong::Bound("many".to_owned())),
        ("/an.a/", Wrong::Regex("/an.a/".to_owned())),
    ] {
        let parsed = expression.parse::<Filter>();
        assert_eq!(parsed, Err(wrong), "{expression}");
    }
}

#[test]
fn a_service_is_asked_for_what_every_fitting_row_contains() {
    let sought = |expression: &str| {
        let filter: Filter = expression.parse().unwrap();
        filter.sought(&["", "email"]).map(str::to_owned)
    };
    assert_eq!(sought("ana role:x"), Some("ana".to_owned()));
    assert_eq!(sought("email:acme"), Some("acme".to_owned()));
    assert_eq!(sought("!ana role:x members:>3"), None);
}
