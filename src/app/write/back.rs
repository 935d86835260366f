//! The way back: what the journal says of the last write becomes a question like any other.

use crate::app::effect::{Effect, Effects};
use crate::app::model::Model;
use crate::app::msg::RequestId;
use crate::app::notice::{Notice, Word};
use crate::app::pending::Purpose;
use crate::app::screen::asks;
use crate::domain::back::{Back, NoWay, Way};
use crate::domain::entry::{EntryNo, Found};
use crate::domain::plan::Weight;
use crate::domain::{Fidelity, Profile, Text, Why, Wish};

/// Takes back what was done last.
pub(in crate::app) fn undo(model: &mut Model) -> Effects {
    seek(model, (Way::Undo, None))
}

/// Does again what was taken back last.
pub(in crate::app) fn redo(model: &mut Model) -> Effects {
    seek(model, (Way::Redo, None))
}

fn seek(model: &mut Model, (way, entry): (Way, Option<EntryNo>)) -> Effects {
    model.say("looking into the journal");
    let id = model.pending.ask(Purpose::Way);
    vec![Effect::Seek { id, way, entry }]
}

/// The way is known: it is asked, like any other write. None opens above another layer.
pub(in crate::app) fn found(
    model: &mut Model,
    id: RequestId,
    found: Result<Box<Back>, NoWay>,
) -> Effects {
    if model.pending.answered(id).is_none() || !model.overlays.is_empty() {
        return Effects::new();
    }
    match found {
        Ok(back) => ask(model, *back),
        Err(why) => {
            refuse(model, why);
            Effects::new()
        }
    }
}

fn ask(model: &mut Model, back: Back) -> Effects {
    let word = match back.why {
        Why::Undoes(_) => "Undo",
        Why::Redoes(_) => "Redo",
        Why::Finishes(_) | Why::Wished => "Finish",
    };
    let Some(wish) = Wish::each(back.wishes) else {
        let found = back.found.map(|found| found.words);
        let words = found.unwrap_or_else(|| Text::from("nothing is left to be sent"));
        let what = back.what.excerpt(200);
        let word = word.to_lowercase();
        model.say(format!("{} ({word} of {what})", words.excerpt(200)));
        return Effects::new();
    };
    let found = back.found.as_ref().map(Found::in_words);
    let mut question = asks::of(model, wish);
    let title = question.title.raw().to_lowercase();
    question.title = Text::from(format!("{word}: {title}"));
    let note = format!(
        "{word} of {}: {}",
        back.what.excerpt(200),
        faithful(back.fidelity)
    );
    let notes = [Some(Text::from(note)), found].into_iter().flatten();
    let notes = notes.map(|words| (Weight::Told, words));
    question.notes.splice(0..0, notes);
    question.why = back.why;
    question.left = back.left;
    asks::question(model, question)
}

fn faithful(fidelity: Fidelity) -> String {
    match fidelity {
        Fidelity::Exact => "exact".to_owned(),
        Fidelity::Partly(how) => format!("partly; {how}"),
        Fidelity::Impossible(why) => format!("impossible; {why}"),
    }
}

fn refuse(model: &mut Model, why: NoWay) {
    match why {
        NoWay::Unread(cause) => note(model, None, format!("the journal: {}", cause.excerpt(300))),
        NoWay::NoEntry(no) => model.say(format!("the journal has no entry {}", no.0)),
        NoWay::Impossible(why) => model.say(why.excerpt(300).as_str()),
        NoWay::Unused(profile) => {
            let name = profile.text().excerpt(40);
            model.say(format!("it was done on {name}, which is not in use here"));
        }
        NoWay::Failed(profile, error) => model.notices.add(Notice {
            at: model.now.wall,
            profile: Some(profile),
            word: Word::Failed(error, None),
        }),
    }
}

pub(super) fn note(model: &mut Model, profile: Option<Profile>, words: String) {
    model.notices.add(Notice {
        at: model.now.wall,
        profile,
        word: Word::Note(Text::from(words)),
    });
}
