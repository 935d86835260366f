//! A terminal with a width table of its own: it knows no clusters, it draws character after character.
//!
//! It understands what our pen writes and nothing else: a sequence that it does not know fails the test.

use std::fmt::Write as _;

/// How many columns a character takes.
pub(crate) type Widths = fn(char) -> usize;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    Drawn {
        text: String,
        style: String,
    },
    /// The right half of a wide character.
    Covered,
}

/// The terminal.
pub(crate) struct Odd {
    widths: Widths,
    size: (usize, usize),
    places: Vec<Vec<Place>>,
    column: usize,
    row: usize,
    style: String,
    wraps: bool,
}

impl Odd {
    /// An empty one of so many columns and rows.
    pub(crate) fn new(widths: Widths, (columns, rows): (u16, u16)) -> Self {
        let size = (usize::from(columns), usize::from(rows));
        Self {
            widths,
            size,
            places: vec![vec![blank(""); size.0]; size.1],
            column: 0,
            row: 0,
            style: String::new(),
            wraps: true,
        }
    }

    /// Draws what a program wrote.
    pub(crate) fn feed(&mut self, bytes: &str) {
        let mut rest = bytes;
        while let Some(character) = rest.chars().next() {
            if let Some(sequence) = rest.strip_prefix("\x1b[") {
                let end = sequence.find(|c: char| c.is_ascii_alphabetic()).unwrap();
                self.obey(&sequence[..end], &sequence[end..=end]);
                rest = &sequence[end + 1..];
            } else {
                self.put(character);
                rest = &rest[character.len_utf8()..];
            }
        }
    }

    /// Every place with what it shows, in which style, a line each.
    pub(crate) fn picture(&self) -> String {
        let mut picture = String::new();
        for (number, row) in self.places.iter().enumerate() {
            for (column, place) in row.iter().enumerate() {
                if let Some(look) = look(place) {
                    writeln!(picture, "{number}:{column} {look}").unwrap();
                }
            }
        }
        picture
    }

    /// Its rows, as an eye reads them.
    pub(crate) fn text(&self) -> String {
        let text = |place: &Place| match place {
            Place::Drawn { text, .. } => text.clone(),
            Place::Covered => String::new(),
        };
        let row = |row: &Vec<Place>| row.iter().map(text).collect::<String>() + "\n";
        self.places.iter().map(row).collect()
    }

    fn obey(&mut self, given: &str, command: &str) {
        let number = |text: &str| text.parse::<usize>().unwrap() - 1;
        match (given, command) {
            ("2", "J") => self.places.fill(vec![blank(""); self.size.0]),
            ("?7", _) => self.wraps = command == "h",
            ("?2026" | "?25" | "?1049" | "?2004", _) => {}
            ("", "H") => (self.row, self.column) = (0, 0),
            (_, "H") => {
                let (row, column) = given.split_once(';').unwrap();
                (self.row, self.column) = (number(row), number(column));
            }
            (_, "G") => self.column = number(given),
            (_, "m") => self.restyle(given),
            _ => panic!("unknown: {given}{command}"),
        }
    }

    /// Each way to the same style is the same style: numbers are kept in order, each once.
    fn restyle(&mut self, given: &str) {
        let mut codes: Vec<String> = self.style.split(' ').map(str::to_owned).collect();
        for code in given.split(';') {
            match code {
                "0" => codes.clear(),
                "39" => codes.retain(|known| !known.starts_with(['3', '9'])),
                "49" => codes.retain(|known| !known.starts_with('4') || known.len() == 1),
                _ => {
                    if code.len() == 2 && code.starts_with(['3', '9']) {
                        codes.retain(|known| !known.starts_with(['3', '9']) || known.len() == 1);
                    }
                    codes.push(code.to_owned());
                }
            }
        }
        codes.retain(|code| !code.is_empty());
        codes.sort();
        codes.dedup();
        self.style = codes.join(" ");
    }

    fn put(&mut self, character: char) {
        assert!(
            !character.is_control(),
            "{character:?} gets to the terminal"
        );
        let width = (self.widths)(character);
        if width == 0 {
            return self.combine(character);
        }
        if self.column + width > self.size.0 {
            self.turn(width);
        }
        for column in self.column..self.column + width {
            self.break_apart(column);
        }
        let style = self.style.clone();
        let text = character.to_string();
        self.places[self.row][self.column] = Place::Drawn { text, style };
        if width == 2 {
            self.places[self.row][self.column + 1] = Place::Covered;
        }
        self.column += width;
    }

    fn combine(&mut self, mark: char) {
        let before = self.column.saturating_sub(1);
        let column = match self.places[self.row][before] {
            Place::Covered => before - 1,
            Place::Drawn { .. } => before,
        };
        if let Place::Drawn { text, .. } = &mut self.places[self.row][column] {
            text.push(mark);
        }
    }

    /// At the end of a row: on to the next one, where it may wrap; over its last columns, where not.
    fn turn(&mut self, width: usize) {
        if self.wraps {
            self.column = 0;
            self.row += 1;
            assert!(self.row < self.size.1, "the screen scrolls");
        } else {
            self.column = self.size.0 - width;
        }
    }

    /// What remains of a wide character is a blank in its style.
    fn break_apart(&mut self, column: usize) {
        let row = &mut self.places[self.row];
        let start = match row[column] {
            Place::Covered => column - 1,
            Place::Drawn { .. } => column,
        };
        if let Place::Drawn { style, .. } = row[start].clone()
            && row.get(start + 1) == Some(&Place::Covered)
        {
            row[start..=start + 1].fill(blank(&style));
        }
    }
}

/// What an eye sees of a place; none where nothing is to be seen.
fn look(place: &Place) -> Option<String> {
    let Place::Drawn { text, style } = place else {
        return None;
    };
    if text != " " {
        return Some(format!("{text} {style}"));
    }
    // Of a blank, one sees lines and what is behind.
    let seen = |code: &&str| {
        ["4", "7", "9"].contains(code) || (code.len() > 1 && code.starts_with(['4', '1']))
    };
    let seen: Vec<&str> = style.split(' ').filter(seen).collect();
    (!seen.is_empty()).then(|| format!("blank {}", seen.join(" ")))
}

fn blank(style: &str) -> Place {
    Place::Drawn {
        text: " ".to_owned(),
        style: style.to_owned(),
    }
}
