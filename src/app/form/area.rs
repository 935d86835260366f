//! A text of many lines with a cursor in one of them. Every line is a place to type in of its own, so that a key
//! costs one line and a paste of a megabyte is one step.

use tui_input::{Input, InputRequest};

/// The longest text, in bytes: less than a terminal takes in at once, so that what it cut off is noticed.
pub const LONGEST: usize = 1_000_000;

/// A text of many lines.
#[derive(Clone, Debug)]
pub struct Area {
    lines: Vec<Input>,
    row: usize,
}

impl Default for Area {
    fn default() -> Self {
        Self {
            lines: vec![Input::default()],
            row: 0,
        }
    }
}

impl Area {
    /// All of it.
    pub fn text(&self) -> String {
        let lines = self.lines.iter().map(Input::value);
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Whether nothing but blanks stands in it.
    pub fn is_blank(&self) -> bool {
        self.lines.iter().all(|line| line.value().trim().is_empty())
    }

    /// Its lines.
    pub fn lines(&self) -> &[Input] {
        &self.lines
    }

    /// The line with the cursor.
    pub fn row(&self) -> usize {
        self.row
    }

    /// What changes when a key is taken: the length in bytes, and where the cursor stands.
    pub fn mark(&self) -> (usize, (usize, usize)) {
        (self.len(), (self.row, self.here().cursor()))
    }

    /// How many bytes it has, with the end of its last line.
    fn len(&self) -> usize {
        let lines = self.lines.iter();
        lines.map(|line| line.value().len() + 1).sum()
    }

    fn here(&self) -> &Input {
        &self.lines[self.row]
    }

    /// Takes a text in where the cursor stands; how many bytes of it there was no room for. A line
    /// is taken in whole or not at all: half an address might be somebody else's.
    pub fn put(&mut self, text: &str) -> usize {
        let room = (LONGEST + 1).saturating_sub(self.len());
        let (taken, left) = fitting(text, room);
        let (before, after) = halves(self.here());
        let parts: Vec<&str> = taken.split('\n').collect();
        let last = parts.len() - 1;
        let line = |(number, part): (usize, &&str)| {
            let head = if number == 0 { before.as_str() } else { "" };
            let tail = if number == last { after.as_str() } else { "" };
            let cursor = head.chars().count() + part.chars().count();
            Input::new(format!("{head}{part}{tail}")).with_cursor(cursor)
        };
        let fresh: Vec<Input> = parts.iter().enumerate().map(line).collect();
        self.lines.splice(self.row..=self.row, fresh);
        self.row += last;
        left
    }

    /// Does what a key asks for; at the ends of a line it goes on in the next one.
    pub fn handle(&mut self, request: InputRequest) {
        let line = self.here();
        let at_end = line.cursor() == line.value().chars().count();
        let is_first = line.cursor() == 0 && self.row > 0;
        let is_last = at_end && self.row + 1 < self.lines.len();
        let erases = [InputRequest::DeletePrevChar, InputRequest::DeletePrevWord];
        if is_first && erases.contains(&request) {
            self.row -= 1;
            self.join();
        } else if is_last && request == InputRequest::DeleteNextChar {
            self.join();
        } else if is_first && request == InputRequest::GoToPrevChar {
            self.row -= 1;
            self.lines[self.row].handle(InputRequest::GoToEnd);
        } else if is_last && request == InputRequest::GoToNextChar {
            self.row += 1;
            self.lines[self.row].handle(InputRequest::GoToStart);
        } else if !matches!(request, InputRequest::InsertChar(_)) || self.len() <= LONGEST {
            self.lines[self.row].handle(request);
        }
    }

    /// Joins the line with the cursor and the next one.
    fn join(&mut self) {
        let next = self.lines.remove(self.row + 1);
        let here = &mut self.lines[self.row];
        let end = here.value().chars().count();
        *here = Input::new(format!("{}{}", here.value(), next.value())).with_cursor(end);
    }

    /// So many lines down, or up; whether there are so many.
    pub fn step(&mut self, by: isize) -> bool {
        let row = self.row.checked_add_signed(by);
        let Some(row) = row.filter(|row| *row < self.lines.len()) else {
            return false;
        };
        let column = self.here().cursor();
        self.row = row;
        let line = std::mem::take(&mut self.lines[row]);
        self.lines[row] = line.with_cursor(column);
        true
    }
}

/// What of a text has room, in whole lines, and how many bytes have not.
fn fitting(text: &str, room: usize) -> (&str, usize) {
    if text.len() <= room {
        return (text, 0);
    }
    let end = text.as_bytes()[..room]
        .iter()
        .rposition(|byte| *byte == b'\n');
    let taken = &text[..end.unwrap_or(0)];
    (taken, text.len() - taken.len())
}

/// What stands before and after the cursor of a line.
pub fn halves(line: &Input) -> (String, String) {
    let value = line.value();
    let at = value.char_indices().nth(line.cursor());
    let (before, after) = value.split_at(at.map_or(value.len(), |(at, _)| at));
    (before.to_owned(), after.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Area {
        let mut area = Area::default();
        area.put(text);
        area
    }

    fn with(text: &str, requests: &[InputRequest]) -> String {
        let mut area = of(text);
        for request in requests {
            area.handle(*request);
        }
        area.put("|");
        area.text()
    }

    #[test]
    fn keys_go_on_over_the_ends_of_lines() {
        use InputRequest::{DeleteNextChar, DeletePrevChar, GoToNextChar, GoToPrevChar, GoToStart};
        assert_eq!(with("ab\ncd", &[]), "ab\ncd|");
        assert_eq!(with("ab\ncd", &[GoToStart, GoToPrevChar]), "ab|\ncd");
        assert_eq!(
            with("ab\ncd", &[GoToStart, GoToPrevChar, GoToNextChar]),
            "ab\n|cd"
        );
        assert_eq!(with("ab\ncd", &[GoToStart, DeletePrevChar]), "ab|cd");
        assert_eq!(
            with("ab\ncd", &[GoToStart, GoToPrevChar, DeleteNextChar]),
            "ab|cd"
        );
        assert_eq!(
            with("", &[DeletePrevChar, GoToPrevChar, DeleteNextChar]),
            "|"
        );
    }

    #[test]
    fn a_text_is_put_where_the_cursor_stands() {
        let mut area = of("ab\ncd");
        assert!(area.step(-1));
        assert_eq!(area.put("1\n2\n3"), 0);
        assert_eq!((area.text().as_str(), area.row()), ("ab1\n2\n3\ncd", 2));
        assert!(area.step(1) && !area.step(1));
    }

    #[test]
    fn no_line_is_cut_in_half() {
        let long = "x".repeat(LONGEST - 4);
        let mut area = of(&format!("{long}\nab\ncd@example"));
        assert_eq!(area.lines().len(), 2);
        assert_eq!(area.put("more than there is room for"), 27);
        assert_eq!(area.text().len(), LONGEST - 1);
    }
}
