//! What a panic leaves behind: a report in a file, for the eyes of its owner.
//!
//! It says where the program stood, and nothing of what it held: a secret has no way into a message, and
//! foreign text is cleaned.

use std::backtrace::Backtrace;
use std::io::Write as _;
use std::panic::{PanicHookInfo, set_hook, take_hook};
use std::path::Path;

use crate::domain::Text;
use crate::files;

/// The longest message that is kept, in characters.
const LONGEST: usize = 2_000;

/// From now on a panic leaves its report in this folder, after it was told. To be called once, after the
/// hook that tells it is installed.
pub fn keep(folder: &Path) {
    let path = folder.join("crash.txt");
    let tell = take_hook();
    set_hook(Box::new(move |info| {
        tell(info);
        kept(info, &path);
    }));
}

fn kept(info: &PanicHookInfo<'_>, path: &Path) {
    if files::replace(path, report(info).as_bytes()).is_ok() {
        // There is nobody left to tell if this fails.
        let _ = writeln!(std::io::stderr(), "A report is in {}", path.display());
    }
}

fn report(info: &PanicHookInfo<'_>) -> String {
    let message = info.payload_as_str().unwrap_or("a value that is no text");
    let message = Text::from(message).excerpt(LONGEST);
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    format!(
        "orgdeck {}\n{}\nat {place}\n\n{}\n",
        env!("CARGO_PKG_VERSION"),
        message.as_str(),
        Backtrace::force_capture()
    )
}
