//! What a person's hands do at a seat again and again: fill a form in, answer a question, look at what
//! was sent and at the record as the service has it.

use super::seat::Seat;

pub(super) const DOWN: &str = "\x1b[B";
pub(super) const BACK: &str = "\x1b[Z";
const ESC: &str = "\x1b";

impl Seat {
    /// Opens a form whose first field has the cursor.
    pub(super) fn opens_form(&mut self, key: &str, heading: &str) {
        self.types(key);
        self.sees(&[
            heading,
            "Preview shows the requests; nothing is sent by it.",
        ]);
    }

    /// From the button that shows the requests, which the keys must reach, to the requests, and sends
    /// them.
    pub(super) fn sends(&mut self, keys: &str, (requests, said): (&[&str], &str)) {
        self.types(&format!("{keys}\r"));
        self.is_armed(requests);
        self.types("\t\r");
        self.sees(&[said]);
        self.misses(&["[ Preview ]"]);
    }

    /// Opens a question and answers it with yes.
    pub(super) fn agrees(&mut self, key: &str, (asked, said): (&[&str], &str)) {
        self.types(key);
        self.is_armed(asked);
        self.types("y");
        self.sees(&[said]);
        self.misses(&["Will send"]);
    }

    /// Opens a question that wants a name: with less than the name nothing happens.
    pub(super) fn names(&mut self, (key, name): (&str, &str), (asked, said): (&[&str], &str)) {
        self.types(key);
        self.is_armed(asked);
        let (last, most) = (name.len() - 1, name.split_at(name.len() - 1).0);
        self.types(&format!("{most}\t\ty"));
        self.sees(&[
            &format!("({last} of {} match)", name.len()),
            "off until the name matches",
        ]);
        self.types(&format!("{BACK}{BACK}{}", &name[last..]));
        self.is_armed(&["(matches)"]);
        self.types("\t\t\r");
        self.sees(&[said]);
        self.misses(&["Will send"]);
    }

    /// Opens a question that cannot be agreed to, and closes it.
    pub(super) fn cannot(&mut self, key: &str, why: &[&str]) {
        self.types(key);
        self.sees(why);
        self.sees(&["Would send", "cannot be done"]);
        self.misses(&["Asks for a name"]);
        self.closes("cannot be done");
    }

    /// Takes the layer on top away.
    pub(super) fn closes(&mut self, shown: &str) {
        self.types(ESC);
        self.misses(&[shown]);
    }

    /// Filters a pane down to the row of somebody, with the cursor on it.
    pub(super) fn finds(&mut self, pane: &str, (words, row): (&str, &str)) {
        self.types(&format!("{pane}/{words}\r"));
        self.sees(&[&format!("filter: {words}, 1 of"), &format!("> {row}")]);
    }

    /// Reads the pane again, and waits for what it says then.
    pub(super) fn rereads(&mut self, pane: &str, wanted: &[&str]) {
        self.types(&format!("{pane}R"));
        self.sees(wanted);
    }

    /// The record under the cursor, as the service sends it now.
    pub(super) fn reads_record(&mut self, pane: &str, wanted: &[&str]) {
        self.types(&format!("{pane}d"));
        self.sees(&["AS THE SERVICE SENT IT (secrets and links masked)"]);
        self.sees(wanted);
        self.closes("AS THE SERVICE SENT IT");
    }

    /// The log has these lines with their status among others, the newest first.
    pub(super) fn sent(&mut self, wanted: &[(&str, &str)]) {
        self.types("5+");
        self.until(&[&format!("{wanted:?}")], |parts| {
            let mut lines = parts.iter();
            wanted.iter().all(|(request, status)| {
                let status = format!(" {status} ");
                let mut ends = lines.by_ref().filter_map(|line| line.split_once(request));
                ends.any(|(_, end)| end.contains(&status))
            })
        });
        self.types("_1");
        self.sees(&["1 Organizations"]);
    }

    /// Runs an action found by its name in the palette.
    pub(super) fn runs(&mut self, words: &str, name: &str) {
        self.types("\x10");
        self.sees(&["Everything by name"]);
        self.types(words);
        self.sees(&[&format!("> {name}")]);
        self.types("\r");
        self.misses(&["Everything by name"]);
    }
}
