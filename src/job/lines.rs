//! Lines of addresses, as they are typed, pasted or kept in a file: one or several a line, or CSV with a header
//! that names what each invite has of its own. Pure: text in, lines out, and back.

use crate::domain::{InviteDraft, Role, Text, email};

/// One address with what was written beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The address as it was written, without blanks around it.
    pub email: String,
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
    /// An address that stands on no line.
    pub fn of(address: &str) -> Self {
        Self {
            email: address.trim().to_owned(),
            ..Self::default()
        }
    }

    /// Where it stands, as the beginning of a sentence.
    pub fn place(&self) -> String {
        self.number
            .map_or_else(String::new, |number| format!("line {number}: "))
    }

    /// The invite that it comes to, with what all have in common.
    pub fn draft(&self, pattern: &InviteDraft) -> InviteDraft {
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

    /// Its cells under [`COLUMNS`].
    fn cells(&self) -> Vec<String> {
        let days = self.days.map(|days| days.to_string());
        let texts = [&self.role, &self.message, &self.redirect, &days];
        let texts = texts
            .into_iter()
            .map(|text| text.clone().unwrap_or_default());
        std::iter::once(self.email.clone()).chain(texts).collect()
    }

    /// Whether it has something of its own beside the address.
    fn is_bare(&self) -> bool {
        let texts = [&self.role, &self.message, &self.redirect];
        self.days.is_none() && texts.iter().all(|text| text.is_none())
    }
}

/// The addresses in a file or a text; blank lines and those that begin with `#` name nobody.
///
/// # Errors
/// When it is no text, or a header names what an invite has not.
pub fn parse(bytes: &[u8]) -> Result<Vec<Line>, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "not UTF-8 text")?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if is_table(text) {
        return table(text);
    }
    let numbered = (1..).zip(text.lines());
    let telling = numbered.filter(|(_, line)| !line.starts_with('#'));
    Ok(telling.flat_map(addresses).collect())
}

/// Whether the first line is a header.
fn is_table(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty());
    let mut names = first
        .unwrap_or_default()
        .split(',')
        .map(|name| name.trim().trim_matches('"').to_lowercase());
    names.any(|name| name == "email")
}

/// The addresses of one line: separated by commas, semicolons or blanks.
fn addresses((number, line): (u64, &str)) -> impl Iterator<Item = Line> {
    let parts = line.split(|c: char| matches!(c, ',' | ';') || c.is_whitespace());
    let named = parts.filter(|part| !part.is_empty());
    named.map(move |part| Line {
        number: Some(number),
        ..Line::of(part)
    })
}

/// Lines as a text that [`parse`] reads as the same.
pub fn written(lines: &[Line]) -> String {
    if lines.iter().all(Line::is_bare) {
        let emails = lines.iter().map(|line| line.email.as_str());
        return emails.collect::<Vec<_>>().join("\n");
    }
    let header = COLUMNS.iter().map(|name| (*name).to_owned()).collect();
    table_of(std::iter::once(header).chain(lines.iter().map(Line::cells)))
}

fn table_of(records: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for record in records {
        writer
            .write_record(&record)
            .expect("records of one length are written into memory");
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8_lossy(&bytes).trim_end().to_owned()
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
    fn several_stand_on_a_line() {
        let text = "a@x.example, b@x.example;c@x.example\td@x.example\nBo <e@x.example>";
        let found = emails(text);
        assert_eq!(
            found[..4],
            ["a", "b", "c", "d"].map(|name| format!("{name}@x.example"))
        );
        assert_eq!(found[4..], ["Bo", "<e@x.example>"], "nothing is guessed");
        let lines = parse(text.as_bytes()).unwrap();
        assert_eq!(
            (lines[3].place(), lines[4].place()),
            ("line 1: ".to_owned(), "line 2: ".to_owned())
        );
    }

    #[test]
    fn what_is_written_is_read_as_the_same() {
        for text in [
            "a@x.example\nb@x.example",
            "email,role,message,redirect_url,expires_in_days\na@x.example,admin,\"well, \"\"hi\"\"\ntwo\",,\nb@x.example,,,https://x.example,7",
        ] {
            let lines = parse(text.as_bytes()).unwrap();
            assert_eq!(lines.len(), 2);
            assert_eq!(written(&lines), text);
        }
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
