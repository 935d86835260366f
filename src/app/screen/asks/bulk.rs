//! Questions about several rows at once: those that are marked.

use crate::app::effect::Effects;
use crate::app::model::Model;
use crate::app::screen::marks;
use crate::domain::plan::Weight;
use crate::domain::wish::Resend;
use crate::domain::{Bulk, OrgId, Seen, Text, Verb, Wish};

use super::{Note, Question, in_org, of, on_profile, question};

/// The heading and the button for rows of several kinds.
const MIXED: (&str, &str) = ("# changes of several kinds", "make them");

/// Asks for the same on each of these rows, as one question.
pub fn wish_each(model: &mut Model, wishes: Vec<Wish>) -> Effects {
    wish_each_of(model, wishes, Vec::new())
}

/// The same for records that were shown like that before the rows below could change.
pub fn wish_each_of(model: &mut Model, wishes: Vec<Wish>, shown: Vec<Seen>) -> Effects {
    if let Some(why) = unlike(&wishes) {
        model.say(why);
        return Effects::new();
    }
    if let Some(each) = Wish::each(wishes) {
        let mut asked = of(model, each);
        asked.left.splice(0..0, shown);
        return question(model, asked);
    }
    model.say("no row is marked or under the cursor");
    Effects::new()
}

/// Why these cannot be one question.
fn unlike(wishes: &[Wish]) -> Option<&'static str> {
    let verb = wishes.first()?.verb();
    apart(verb, wishes.iter().filter_map(Wish::org))
}

/// Why this is not done at once to rows of these organizations.
pub fn apart<'a>(
    verb: Verb,
    mut orgs: impl Iterator<Item = &'a OrgId> + Clone,
) -> Option<&'static str> {
    let first = orgs.clone().next()?;
    if orgs.clone().any(|org| org.profile() != first.profile()) {
        return Some("the marked rows are of several profiles: one profile at a time");
    }
    let elsewhere = orgs.any(|org| org != first);
    (verb == Verb::InviteResend && elsewhere).then_some(
        "the marked invites are of several organizations: they are sent again in one at a time",
    )
}

/// The question for a bulk: what is true of any row is said once, the rows stand with their requests.
pub(super) fn asking(model: &Model, bulk: &Bulk) -> Question {
    let parts = bulk.parts();
    let singles = parts.iter().map(|part| super::asking(model, part.clone()));
    let singles: Vec<Question> = singles.collect();
    let count = parts.len();
    let wish = Wish::Each(bulk.clone());
    let mut about = vec![(
        "Rows",
        Text::from(format!("{count}, each with its request below")),
    )];
    match wish.org() {
        Some(org) => about.extend(in_org(model, org)),
        None => about.push(on_profile(model, wish.profile())),
    }
    let (title, yes) = match bulk.kind() {
        Some(_) => words(&parts[0]),
        None => MIXED,
    };
    let mut question = Question::new((title, yes), about, wish);
    question.title = Text::from(title.replacen('#', &count.to_string(), 1));
    for (weight, words) in singles.into_iter().flat_map(|single| single.notes) {
        if !question.notes.iter().any(|(_, known)| *known == words) {
            question.notes.push((weight, words));
        }
    }
    question.notes.extend(unseen(model, parts));
    question
}

/// Rows that a filter hides are among them: that is said, as nobody sees them in the list.
fn unseen(model: &Model, parts: &[Wish]) -> Option<Note> {
    let hidden = marks::counts(model, model.panes.focus).hidden;
    let is_marked = marks::counts(model, model.panes.focus).marked == parts.len();
    (hidden > 0 && is_marked).then(|| {
        let words = format!("the filter of the list hides {hidden} of these rows");
        (Weight::Warning, Text::from(words))
    })
}

/// The heading and the word on the button; `#` is the number of rows.
fn words(part: &Wish) -> (&'static str, &'static str) {
    match part {
        Wish::RemoveMember { .. } => ("Remove # members", "remove them"),
        Wish::SetRoles { .. } => ("Change the role of # members", "change them"),
        Wish::RevokeInvite { .. } => ("Revoke # invites", "revoke them"),
        Wish::Resend(Resend::Listed(_) | Resend::Address { .. }) => {
            ("Send # invites again", "send them again")
        }
        Wish::AddMember { .. } => ("Add # members", "add them"),
        Wish::Invite { .. } => ("Invite # people", "invite them"),
        Wish::CreateOrg { .. }
        | Wish::EditOrg { .. }
        | Wish::DeleteOrg { .. }
        | Wish::SetLogo { .. }
        | Wish::RemoveLogo { .. }
        | Wish::SetMetadata { .. }
        | Wish::Leave { .. }
        | Wish::AcceptInvite { .. }
        | Wish::Each(_) => MIXED,
    }
}
