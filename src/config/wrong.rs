//! What is wrong with a file, said so that a person finds it: place, allowed values, nearest name.

/// What is wrong with a configuration file, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {message}")]
pub struct Wrong {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What is wrong, what would be right.
    pub message: String,
}

/// The place of a mistake in a text, in bytes, and what it is.
pub(super) type Misplaced = (usize, String);

impl Wrong {
    /// A mistake at its place in a file with this text.
    pub(super) fn at(file: &str, text: &str, (at, message): Misplaced) -> Self {
        let before = text.get(..at).unwrap_or(text);
        let line = before.rsplit('\n').next().unwrap_or_default();
        Self {
            file: file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: line.chars().count() + 1,
            message,
        }
    }
}

/// The words for a name that is not among those that are known.
pub(super) fn unknown(kind: &str, wrong: &str, known: &[&str]) -> String {
    let expected = match known {
        [] => "but there is none".to_owned(),
        known => format!("expected {}", known.join(", ")),
    };
    let message = format!("unknown {kind} `{wrong}`, {expected}");
    with_nearest(message, wrong, known)
}

/// What the parser calls its types, and what people call them.
const TYPES: &[(&str, &str)] = &[
    ("expected a boolean", "expected true or false"),
    (
        "expected a sequence",
        "expected a list, such as [\"pass\", \"show\", \"x\"]",
    ),
    ("expected a map", "expected a table"),
];

/// The parser's words for people, with the nearest right name behind a wrong one.
pub(super) fn in_words(message: &str) -> String {
    let message = without_value(message.replace('\n', ", "));
    let replaced = TYPES.iter().fold(message, |message, (ours, theirs)| {
        message.replace(ours, theirs)
    });
    let mut quoted = replaced.split('`').skip(1).step_by(2);
    let wrong = quoted.next().filter(|_| replaced.starts_with("unknown "));
    let known: Vec<&str> = quoted.collect();
    match wrong {
        Some(wrong) => with_nearest(replaced.clone(), wrong, &known),
        None => replaced.clone(),
    }
}

/// A text in the wrong place may be a secret: it is not repeated.
fn without_value(message: String) -> String {
    let begin = "invalid type: string ";
    match message.rsplit_once("\", expected ") {
        Some((before, expected)) if before.starts_with(begin) => {
            format!("{}, expected {expected}", begin.trim_end())
        }
        Some(_) | None => message,
    }
}

fn with_nearest(message: String, wrong: &str, known: &[&str]) -> String {
    match nearest(wrong, known) {
        Some(near) => format!("{message}; did you mean `{near}`?"),
        None => message,
    }
}

/// The known name that is few slips away from a wrong one.
pub fn nearest<'a>(wrong: &str, known: &[&'a str]) -> Option<&'a str> {
    let slips = |name: &str| strsim::damerau_levenshtein(&wrong.to_lowercase(), name);
    let best = known.iter().min_by_key(|name| slips(name))?;
    // A third of the name, or every word would be near to every short one.
    (slips(best) <= 1 + best.len() / 3).then_some(*best)
}
