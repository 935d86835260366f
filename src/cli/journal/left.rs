//! What sessions that have ended left behind, said where errors go: once, before the next write and before
//! the journal is listed.

use crate::app::fault;
use crate::cli::complaint;
use crate::cli::desk::Desk;
use crate::domain::Text;
use crate::gate::recover::{Interrupted, Recovered};

/// Looks up what was left open, and says what came of it.
///
/// # Errors
/// The cause, when the journal cannot be used.
pub(in crate::cli) async fn recover(desk: &Desk) -> Result<(), Text> {
    let found = desk.gate.recover(&desk.actor, &desk.links).await?;
    for line in words(&found) {
        complaint::note(&line);
    }
    Ok(())
}

fn words(found: &Recovered) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(
        found
            .said
            .as_ref()
            .map(|said| said.excerpt(500).to_string()),
    );
    lines.extend(open(found));
    lines.extend(found.left.iter().map(left));
    lines
}

/// How many writes were open, and what they turned out to be.
fn open(found: &Recovered) -> Option<String> {
    let many = match found.open() {
        0 => return None,
        1 => "1 write was open when the program ended".to_owned(),
        count => format!("{count} writes were open when the program ended"),
    };
    let mut counts = vec![
        format!("{} done", found.done),
        format!("{} not done", found.not_done),
        format!("{} unknown", found.unknown),
    ];
    if found.unread > 0 {
        counts.push(format!("{} could not be looked up yet", found.unread));
    }
    Some(format!("{many}; looked up: {}", counts.join(", ")))
}

fn left(one: &Interrupted) -> String {
    let profile = one.course.profile.text().clean();
    let doing = fault::doing(one.course.verb);
    let counts = one.counts;
    let refused = match counts.refused {
        0 => String::new(),
        count => format!(", {count} refused"),
    };
    let next = match &one.left {
        Ok(_) => "`g f` in the console finishes it".to_owned(),
        Err(why) => format!("it cannot be finished from here: {why}"),
    };
    format!(
        "{profile}: {doing} was interrupted: {} done{refused}, {} unknown, {} not started; {next}",
        counts.done, counts.unknown, counts.not_started
    )
}
