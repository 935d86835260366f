//! The kinds of pickers: what is chosen from, the notes above, the lines, the filter, the asking.

use orgdeck::app::person::Lookup;
use orgdeck::app::picker::{Choice, Letters, Looking, Note, Pick, Picker, Subject};
use orgdeck::job::feed::{Short, Stage};

use super::{Seen, kinds};

pub(super) const WANTED: [(&str, &[&str]); 8] = [
    ("picker of", SUBJECTS),
    ("note above a picker", NOTES),
    ("line of a picker", LINES),
    ("line that can be taken or not", BLOCKS),
    ("picker that shows", COUNTS),
    ("filter of a picker", FILTERS),
    ("palette", LOOKS),
    ("person", PEOPLE),
];

kinds!(SUBJECTS, subject(of: &Subject), {
    Subject::Actions => "actions",
    Subject::Profiles => "profiles",
    Subject::Help => "help",
    Subject::Palette(_) => "everything",
    Subject::Roles(_) => "roles",
    Subject::Person(_) => "organizations of a person",
    Subject::Journal(_) => "journal",
    Subject::Drafts => "drafts",
});

kinds!(NOTES, note(of: &Note), {
    Note::Words(_) => "words",
    Note::Busy(_) => "something under way",
    Note::Failed(_) => "a failure",
});

kinds!(LINES, line(of: &Pick), {
    Pick::Action(_) => "an action",
    Pick::Profile(_) => "a profile",
    Pick::AllProfiles => "all profiles",
    Pick::CreateIn(_) => "a profile to create on",
    Pick::AcceptIn(_) => "a profile to accept on",
    Pick::TokenFor(_) => "a profile to give a token to",
    Pick::Role(_) => "a role",
    Pick::Give(_) => "a role beside the others",
    Pick::Take(_) => "a role to take",
    Pick::Org(_) => "an organization",
    Pick::Member(..) => "a member",
    Pick::Invite(_) => "an invite",
    Pick::Deed(_) => "an entry of the journal",
    Pick::Draft(_) => "a draft",
    Pick::Again => "what could not be read",
    Pick::Nothing => "what is only told",
});

kinds!(BLOCKS, block(of: &Choice), {
    Choice { blocked: None, .. } => "can be taken",
    Choice { blocked: Some(_), .. } => "has its reason",
});

kinds!(COUNTS, count(of: (usize, usize)), {
    (0, 0) => "no line",
    (_, 0) => "no line that fits",
    (_, 1..=40) => "some lines",
    (_, _) => "more lines than fit",
});

kinds!(FILTERS, filter(of: (Letters, &str, &str)), {
    (Letters::Take, _, "") => "closed",
    (Letters::Take, _, _) => "the beginning of a key",
    (Letters::Search, "", _) => "opened",
    (Letters::Search, _, _) => "typed",
});

kinds!(LOOKS, looking(of: Looking), {
    Looking::On => "still looking",
    Looking::Done => "has looked",
});

kinds!(PEOPLE, person(of: (&Lookup, &Stage, bool)), {
    (Lookup::Finding, ..) => "being looked up",
    (Lookup::Failed(_), ..) => "not looked up",
    (Lookup::Nobody(_), ..) => "nobody to ask about",
    (Lookup::Unknown, ..) => "unknown to the service",
    (Lookup::Reading(_), Stage::Idle | Stage::Reading, true) => "memberships being read",
    (Lookup::Reading(_), Stage::Idle | Stage::Reading, false) => "some memberships are here",
    (Lookup::Reading(_), Stage::Whole, true) => "no memberships",
    (Lookup::Reading(_), Stage::Whole, false) => "memberships",
    (Lookup::Reading(_), Stage::Failed(_), true) => "memberships not to be had",
    (Lookup::Reading(_), Stage::Failed(_), false) => "failed after some memberships",
    (Lookup::Reading(_), Stage::Partial(Short::Shifted | Short::Stopped | Short::TooLong), _) => "some memberships are missing",
});

pub(super) fn look(picker: &Picker, seen: &mut Seen) {
    let fitting = picker.fitting();
    let filtered = (picker.letters, picker.search.value(), picker.typed.as_str());
    seen.extend([
        ("picker of", subject(&picker.of)),
        (
            "picker that shows",
            count((picker.choices.len(), fitting.len())),
        ),
        ("filter of a picker", filter(filtered)),
    ]);
    seen.extend(
        picker
            .notes
            .iter()
            .map(|of| ("note above a picker", note(of))),
    );
    for choice in fitting {
        seen.insert(("line of a picker", line(&choice.pick)));
        seen.insert(("line that can be taken or not", block(choice)));
    }
    match &picker.of {
        Subject::Palette(finding) => {
            seen.insert(("palette", looking(finding.stage)));
        }
        Subject::Person(of) => {
            let state = (&of.lookup, of.feed.stage(), of.feed.rows.is_empty());
            seen.insert(("person", person(state)));
        }
        Subject::Actions
        | Subject::Profiles
        | Subject::Help
        | Subject::Roles(_)
        | Subject::Journal(_)
        | Subject::Drafts => {}
    }
}
