//! What sessions that have ended left behind, said where errors go: once, before the next write and before
//! the journal is listed.

use crate::app::fault;
use crate::cli::complaint;
use crate::cli::desk::Desk;
use crate::domain::Text;
use crate::domain::back::Interrupted;

/// Looks up what was left open, and says what came of it; only the first time.
///
/// # Errors
/// The cause, when the journal cannot be used.
pub(in crate::cli) async fn recover(desk: &Desk) -> Result<(), Text> {
    let looked_up = desk.looked_up.get_or_try_init(|| look_up(desk));
    looked_up.await.copied()
}

async fn look_up(desk: &Desk) -> Result<(), Text> {
    let found = desk.gate.recover(&desk.actor, &desk.links).await?;
    for words in found.words() {
        complaint::note(words.excerpt(500).as_str());
    }
    for one in found.left.iter().filter(|one| one.is_unfinished()) {
        complaint::note(&left(one));
    }
    Ok(())
}

fn left(one: &Interrupted) -> String {
    let profile = one.course.profile.text().clean();
    let words = one.words(fault::doing(one.course.verb));
    let next = match &one.plan {
        Ok(_) => {
            "the console takes up the rest (`w` shows each row), and no command does".to_owned()
        }
        Err(why) => format!("it cannot be finished from here: {why}"),
    };
    format!("{profile}: {}; {next}", words.clean())
}
