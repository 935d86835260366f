//! Effects: orders that the core gives. Plain data; one runtime carries them out.

use jiff::Timestamp;

use super::around::Wrap;
use super::msg::RequestId;
use crate::domain::back::Way;
use crate::domain::entry::{Closes, EntryNo};
use crate::domain::plan::TaskId;
use crate::domain::rows::Shelf;
use crate::domain::secret::Pass;
use crate::domain::{Draft, DraftId, Invite, Member, Org, Plan, Profile, Query, Text, Why, Wish};
use crate::job::order::Arrangeable;
use crate::job::task::Go;
use crate::job::{Lens, Order};

/// Something that is to be done outside the core.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Ask a service; answered by `Answered`.
    Query {
        /// The name of the question.
        id: RequestId,
        /// Which profile is asked.
        to: Profile,
        /// What.
        query: Query,
    },
    /// A question is no longer wanted.
    Cancel(RequestId),
    /// Arrange a long list beside the drawing path; answered by `Arranged`, the newest one wins.
    Arrange {
        /// The name of the question.
        id: RequestId,
        /// What is arranged.
        lists: Lists,
        /// What is arranged already.
        before: Order,
    },
    /// Read an image file; answered by `ImageRead`.
    ReadImage {
        /// The name of the question.
        id: RequestId,
        /// The path as it was typed.
        path: String,
    },
    /// Read a file of addresses; answered by `ListRead`.
    ReadList {
        /// The name of the question.
        id: RequestId,
        /// The path as it was typed.
        path: String,
    },
    /// Write results to a file; answered by `Exported`.
    Export {
        /// The name of the question.
        id: RequestId,
        /// The path as it was typed.
        path: String,
        /// What is written.
        content: String,
        /// What becomes of a file that is there.
        over: Over,
    },
    /// Go on with what a person typed, from memory alone; answered by `Admitted`.
    Admit {
        /// The name of the question.
        id: RequestId,
        /// Which profile it is for.
        to: Profile,
        /// What was typed.
        pass: Pass,
    },
    /// Plan a wish; answered by `Prepared`.
    Prepare {
        /// The name of the question.
        id: RequestId,
        /// What is wished.
        wish: Wish,
    },
    /// Look up in the journal what takes something back, does it again or finishes it; answered by `Found`.
    Seek {
        /// The name of the question.
        id: RequestId,
        /// Which way.
        way: Way,
        /// Which entry; without one the newest.
        entry: Option<EntryNo>,
    },
    /// Read the journal; answered by `History`.
    History {
        /// The name of the question.
        id: RequestId,
    },
    /// Write a plan that was agreed to into the journal; answered by `Recorded`.
    Record {
        /// The task that will carry it.
        task: TaskId,
        /// Why it is carried out.
        why: Why,
        /// The plan.
        plan: Plan,
    },
    /// Write down that nothing more is sent of a plan.
    Close {
        /// Which.
        which: Closes,
        /// On which profile.
        profile: Profile,
    },
    /// Look up once more what ended sessions have left open; answered by `Recovered`.
    Recover,
    /// Send one step; answered by `Carried`.
    Carry {
        /// Of which task.
        task: TaskId,
        /// Which step.
        go: Go,
    },
    /// Give a text to the terminal for the clipboard.
    Copy {
        /// The text.
        text: Text,
        /// What lies between here and the terminal.
        wrap: Wrap,
    },
    /// Open an address in a browser; answered by `Unopened` if none takes it.
    Browse(Text),
    /// Keep a draft of this session, in the place of what was kept under its number; `Unkept` tells if that
    /// was not possible.
    Keep {
        /// The number.
        number: u64,
        /// The draft.
        draft: Box<Draft>,
    },
    /// Forget a draft.
    Forget(DraftId),
    /// Read what earlier sessions have left; answered by `Drafts`. What is too old now is forgotten.
    ReadDrafts {
        /// Now.
        now: Timestamp,
    },
    /// Draw everything anew.
    Redraw,
    /// Give the terminal back until the program is brought to the front again.
    Suspend,
    /// End.
    Quit(Ending),
}

/// What becomes of a file that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// It stays, and nothing is written.
    Never,
    /// The new one takes its place.
    Forced,
}

/// How the program ends.
#[derive(Clone, Debug, PartialEq)]
pub enum Ending {
    /// As wished.
    Quit,
    /// With a text to print on the normal screen.
    Print(String),
    /// Starting again on the demo data.
    Demo,
}

/// The lists that an arrangement is over, by what they hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Lists {
    /// Organizations of each connection.
    Orgs(Vec<Shelf<Org>>, Lens<<Org as Arrangeable>::By>),
    /// Members.
    Members(Vec<Shelf<Member>>, Lens<<Member as Arrangeable>::By>),
    /// Invites.
    Invites(Vec<Shelf<Invite>>, Lens<<Invite as Arrangeable>::By>),
}

/// Orders in the sequence they were given.
pub type Effects = Vec<Effect>;
