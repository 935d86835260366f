//! A place in a text that is being read, and the small steps of reading.

/// The text does not follow the grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Malformed;

/// How deep brackets may nest; far beyond any client, and far from the end of the stack.
const DEEPEST: u8 = 40;

/// A place in a text.
#[derive(Clone, Debug)]
pub(super) struct Cursor<'t> {
    rest: &'t str,
    depth: u8,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            rest: text,
            depth: 0,
        }
    }

    /// Reads the whole of `text` with `read`.
    pub(super) fn whole<T>(
        text: &'t str,
        read: impl FnOnce(&mut Self) -> Result<T, Malformed>,
    ) -> Result<T, Malformed> {
        let mut cursor = Self::new(text);
        let found = read(&mut cursor)?;
        if cursor.rest.is_empty() {
            Ok(found)
        } else {
            Err(Malformed)
        }
    }

    /// Reads what stands inside brackets, one level deeper.
    pub(super) fn inside<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, Malformed>,
    ) -> Result<T, Malformed> {
        if self.depth == DEEPEST {
            return Err(Malformed);
        }
        self.depth += 1;
        self.need("(")?;
        let found = read(self)?;
        self.need(")")?;
        self.depth -= 1;
        Ok(found)
    }

    /// Reads one or more, with `separator` between them.
    pub(super) fn list<T>(
        &mut self,
        separator: &str,
        mut read: impl FnMut(&mut Self) -> Result<T, Malformed>,
    ) -> Result<Vec<T>, Malformed> {
        let mut found = vec![read(self)?];
        while self.eat(separator) {
            found.push(read(self)?);
        }
        Ok(found)
    }

    /// Whether `text` comes next.
    pub(super) fn sees(&self, text: &str) -> bool {
        self.rest.starts_with(text)
    }

    /// Steps over `text`, if it comes next.
    pub(super) fn eat(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Steps over `text`, which must come next.
    pub(super) fn need(&mut self, text: &str) -> Result<(), Malformed> {
        if self.eat(text) {
            Ok(())
        } else {
            Err(Malformed)
        }
    }

    /// Steps over spaces; whether there were any.
    pub(super) fn spaces(&mut self) -> bool {
        let rest = self.rest.trim_start_matches(' ');
        let any = rest.len() < self.rest.len();
        self.rest = rest;
        any
    }

    /// The name that comes next, without stepping over it; empty for none.
    pub(super) fn coming_name(&self) -> &'t str {
        let odd = |letter: char| !(letter.is_ascii_alphanumeric() || letter == '_');
        let end = self.rest.find(odd).unwrap_or(self.rest.len());
        let name = &self.rest[..end];
        if name.starts_with(|first: char| first.is_ascii_digit()) {
            return "";
        }
        name
    }

    /// Reads the name of a field or a resource.
    pub(super) fn name(&mut self) -> Result<String, Malformed> {
        let name = self.coming_name();
        if name.is_empty() {
            return Err(Malformed);
        }
        self.rest = &self.rest[name.len()..];
        Ok(name.to_owned())
    }

    /// Reads digits.
    pub(super) fn digits(&mut self) -> Result<&'t str, Malformed> {
        let odd = |letter: char| !letter.is_ascii_digit();
        let end = self.rest.find(odd).unwrap_or(self.rest.len());
        let (digits, rest) = self.rest.split_at(end);
        self.rest = rest;
        if digits.is_empty() {
            return Err(Malformed);
        }
        Ok(digits)
    }

    /// Reads a text in single quotes; a quote inside is doubled.
    pub(super) fn quoted(&mut self) -> Result<String, Malformed> {
        self.need("'")?;
        let mut text = String::new();
        loop {
            let end = self.rest.find('\'').ok_or(Malformed)?;
            text.push_str(&self.rest[..end]);
            self.rest = &self.rest[end + 1..];
            if !self.eat("'") {
                return Ok(text);
            }
            text.push('\'');
        }
    }
}
