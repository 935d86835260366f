//! Messages: facts that reach the core. Plain data, so that a test can write them down.

use super::key::Key;
use super::place::Size;
use super::setup::Configured;
use crate::domain::back::{Back, NoWay, Recovered};
use crate::domain::draft::Leftover;
use crate::domain::entry::EntryNo;
use crate::domain::plan::TaskId;
use crate::domain::query::Reply;
use crate::domain::{ApiError, History, Image, News, Outcome, Plan, StepNo, Text};
use crate::job::Order;

/// Names a question until it is answered; unique within a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub u64);

/// Why a file was not written.
#[derive(Clone, Debug, PartialEq)]
pub enum Unwritten {
    /// There is one already.
    Taken,
    /// Something else, in words.
    Failed(Text),
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// A key was pressed.
    Pressed(Key),
    /// A text was pasted.
    Pasted(Text),
    /// The terminal has another size.
    Resized(Size),
    /// The program is asked to stop until it is continued.
    Stopped,
    /// The moment that `wake_at` named has come.
    Woke,
    /// A question was answered.
    Answered(RequestId, Reply),
    /// A service has taken what a person typed, and says who that is; or it has not.
    Admitted(RequestId, Reply),
    /// A plan was prepared.
    Prepared(RequestId, Result<Plan, ApiError>),
    /// The journal was read, or why it cannot be.
    History(RequestId, Result<Box<History>, Text>),
    /// What takes something back, or does it again, or why nothing does.
    Found(RequestId, Result<Box<Back>, NoWay>),
    /// What sessions that have ended left behind, or why the journal cannot be used.
    Recovered(Result<Box<Recovered>, Text>),
    /// An image file was read and is one that can be sent, or why it is not.
    ImageRead(RequestId, Result<Image, Text>),
    /// Results were written to a file, or why not.
    Exported(RequestId, Result<(), Unwritten>),
    /// A file of addresses was read, or why it cannot be.
    ListRead(RequestId, Result<Text, Text>),
    /// A plan was written into the journal, as this entry.
    Recorded(TaskId, Result<EntryNo, ApiError>),
    /// A step came to its end.
    Carried(TaskId, StepNo, Outcome),
    /// A long list was arranged.
    Arranged(RequestId, Order),
    /// No browser took an address.
    Unopened(Text),
    /// The configuration was changed and read again, or why it cannot be used.
    Configured(Result<Configured, Text>),
    /// Something happened at the edges.
    Told(News),
    /// The drafts that earlier sessions have left were read.
    Drafts(Box<Leftover>),
    /// A draft could not be kept, or not be forgotten: why.
    Unkept(Text),
}
