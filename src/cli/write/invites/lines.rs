//! Lines of addresses: one a line, or CSV with a header. Pure: bytes in, lines out.

use crate::domain::{InviteDraft, Role, Text, email};

/// One line that names an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// The address as it was written, without blanks around it.
    pub(super) email: String,
    number: Option<u64>,
    role: Option<String>,
    message: Option<String>,
    redirect: Option<String>,
    days: Option<u16>,
}

/// The columns that a header may name.
const COLUMNS: &[&str] = &[
    "email",
    "role",
    "message",
    "redirect_url",
    "expires_in_days",
];

impl Line {
    /// An address from the command line.
    pub(super) fn of(address: &str) -> Self {
        Self {
            email: address.trim().to_owned(),
            ..Self::default()
        }
    }

    /// Where it stands, as the beginning of a sentence.
    pub(super) fn place(&self) -> String {
        self.number
            .map_or_else(String::new, |number| format!("line {number}: "))
    }

    /// The invite that it comes to, with what all have in common.
    pub(super) fn draft(&self, pattern: &InviteDraft) -> InviteDraft {
        let text = |text: &Option<String>| text.as_deref().map(Text::from);
        let pattern = pattern.clone();
        InviteDraft {
            email: Text::from(email::parse(&self.email).unwrap_or_default()),
            role: self.role.as_deref().map(Role::named).or(pattern.role),
            message: text(&self.message).or(pattern.message),
            redirect: text(&self.redirect).or(pattern.redirect),
            expires_in_days: self.days.or(pattern.expires_in_days),
            ..pattern
        }
    }
}

/// The lines of a file; blank ones and those that begin with `#` name nobody.
///
/// # Errors
/// When it is no text, or a header names what an invite has not.
pub(super) fn parse(bytes: &[u8]) -> Result<Vec<Line>, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "not UTF-8 text")?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let first = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let mut names = first
        .split(',')
        .map(|name| name.trim().trim_matches('"').to_lowercase());
    if names.any(|name| name == "email") {
        return table(text);
    }
    let numbered = (1..).zip(text.lines());
    let telling = numbered.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let line = |(number, line): (u64, &str)| Line {
        number: Some(number),
        ..Line::of(line)
    };
    Ok(telling.map(line).collect())
}

fn table(text: &str) -> Result<Vec<Line>, String> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| error.to_string())?;
    let header: Vec<String> = header.iter().map(str::to_lowercase).collect();
    if let Some(name) = header.iter().find(|name| !COLUMNS.contains(&name.as_str())) {
        return Err(format!(
            "no column is called `{name}`, only {}",
            COLUMNS.join(", ")
        ));
    }
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        let cell = |name: &str| {
            let place = header.iter().position(|column| column == name)?;
            record
                .get(place)
                .filter(|cell| !cell.is_empty())
                .map(str::to_owned)
        };
        let number = record.position().map(csv::Position::line);
        let days = cell("expires_in_days").map(|days| {
            let wrong = || {
                format!(
                    "line {}: `{days}` is no number of days",
                    number.unwrap_or(0)
                )
            };
            days.parse().map_err(|_| wrong())
        });
        lines.push(Line {
            email: cell("email").unwrap_or_default(),
            number,
            role: cell("role"),
            message: cell("message"),
            redirect: cell("redirect_url"),
            days: days.transpose()?,
        });
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn emails(text: &str) -> Vec<String> {
        parse(text.as_bytes())
            .unwrap()
            .into_iter()
            .map(|line| line.email)
            .collect()
    }

    #[test]
    fn lines_are_trimmed_and_blank_ones_left_out() {
        let text = "\u{feff}a@x.example\r\n\r\n  b@x.example \n# nobody\n";
        assert_eq!(emails(text), ["a@x.example", "b@x.example"]);
    }

    #[test]
    fn a_header_names_columns() {
        let lines = parse(b"Role,Email\nadmin,\"a@x.example\"\n,b@x.example\n").unwrap();
        assert_eq!(lines[0].role.as_deref(), Some("admin"));
        assert_eq!((lines[1].role.as_deref(), lines[1].number), (None, Some(3)));
        let pattern = InviteDraft {
            role: Some(Role::named("member")),
            ..InviteDraft::to("")
        };
        assert_eq!(lines[0].draft(&pattern).role, Some(Role::named("admin")));
        assert_eq!(lines[1].draft(&pattern).role, Some(Role::named("member")));
    }

    #[test]
    fn a_column_that_would_be_dropped_is_refused() {
        assert!(
            parse(b"email,rolle\na@x.example,admin\n")
                .unwrap_err()
                .contains("`rolle`")
        );
        assert!(parse(b"\xff\xfe").is_err());
        assert!(parse(b"email,expires_in_days\na@x.example,soon\n").is_err());
    }
}
