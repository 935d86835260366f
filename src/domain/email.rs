//! E-mail addresses as people write them down: trimmed, compared without regard to case, checked.

use email_address::{EmailAddress, Options};

/// The address in a text: without blanks around it, its domain in lower case.
///
/// # Errors
/// Why it is no address that a mail could be sent to.
pub fn parse(text: &str) -> Result<String, String> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let options = Options::default()
        .with_required_tld()
        .without_display_text()
        .without_domain_literal();
    EmailAddress::parse_with_options(text, options).map_err(|error| {
        error
            .to_string()
            .to_lowercase()
            .trim_end_matches('.')
            .to_owned()
    })?;
    let (name, domain) = text.rsplit_once('@').ok_or("without an @")?;
    Ok(format!("{name}@{}", domain.to_lowercase()))
}

/// Whether two addresses are the same for the purpose of not writing to anybody twice.
pub fn is_same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}
