//! Tests of filters: a table of expressions, and what each leaves of the same few records.

use std::borrow::Cow;

use orgdeck::domain::{Fact, Text};
use orgdeck::job::Filter;
use orgdeck::job::filter::{Record, Why, Wrong};
use orgdeck::runtime::clock::Clock;

struct Row(&'static str, Vec<(&'static str, Fact)>);

impl Record for Row {
    fn fact(&self, field: &str) -> Option<Cow<'_, Fact>> {
        let mut facts = self.1.iter();
        let found = facts.find(|(name, _)| *name == field);
        found.map(|(_, fact)| Cow::Borrowed(fact))
    }

    fn searched(&self) -> impl Iterator<Item = Cow<'_, Fact>> {
        self.1
            .iter()
            .filter(|(name, _)| matches!(*name, "name" | "email"))
            .map(|(_, fact)| Cow::Borrowed(fact))
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
        ("/^(ana|bo) /", "ab"),
        ("/ANA.*a$/", "a"),
        ("!/ana/", "bc"),
        ("email:/@(acme|old)/ !name:/costa/", "c"),
        ("role:/^org:m/", "bc"),
        ("/bo \"tab/", "b"),
        ("/ana", ""),
        ("//", ""),
    ] {
        assert_eq!(kept(expression), wanted, "{expression}");
    }
}

#[test]
fn what_is_no_expression_says_why() {
    for (expression, wrong) in [
        ("ana \"bo", (5, Why::Quote)),
        ("ana !", (5, Why::Nothing("!".to_owned()))),
        ("å members:>many", (3, Why::Bound("many".to_owned()))),
        ("x /(a/", (3, Why::Pattern("unclosed group".to_owned()))),
        ("", (0, Why::Field(String::new()))),
        ("ana shoe:9", (5, Why::Field("shoe".to_owned()))),
    ] {
        let parsed = Filter::over(expression, |field| field != "shoe");
        let (at, why) = wrong;
        if expression.is_empty() {
            assert!(
                parsed.is_ok(),
                "nothing is a filter that lets everything through"
            );
        } else {
            assert_eq!(parsed, Err(Wrong { at, why }), "{expression}");
        }
    }
}

/// An expression from a stranger costs no more than one of our own.
#[test]
fn a_hostile_pattern_is_refused_or_fast() {
    for (pattern, why) in [
        ("a{1000}{1000}".to_owned(), "too large once it is compiled"),
        ("(".repeat(60) + &")".repeat(60), "nest"),
        ("a".repeat(2_000), "longer than 1000 bytes"),
    ] {
        let parsed = format!("/{pattern}/").parse::<Filter>().unwrap_err();
        assert!(parsed.to_string().contains(why), "{parsed}");
    }
    let slow: Filter = "/(a+)+$/".parse().unwrap();
    let row = row(
        "a",
        &format!("{}!", "a".repeat(20_000)),
        Fact::Empty,
        ("", 0),
    );
    let clock = Clock::starting(now);
    assert!(!slow.fits(&row, now()));
    assert!(clock.moment().0 < std::time::Duration::from_secs(5));
}

#[test]
fn a_list_that_cannot_hold_a_fitting_row_need_not_be_read() {
    let may = |expression: &str, status: &str| {
        let filter: Filter = expression.parse().unwrap();
        filter.may_be("status", &Fact::ours(status))
    };
    assert!(may("status:pend bo", "pending") && may("bo", "expired"));
    assert!(!may("status:pending", "expired") && !may("!status:expired", "expired"));
    assert!(may("status:/^(exp|rev)/", "revoked"));
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
