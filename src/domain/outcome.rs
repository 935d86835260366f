//! What became of a mutation.

use super::plan::Seen;
use super::{ApiError, AssignmentId, InviteId, MemberId, OrgId, Text};

/// The end of one sent (or not sent) mutation.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The service says that it is done.
    Done(Receipt),
    /// The service says no, or a rule of ours did before anything was sent.
    Refused(ApiError),
    /// The answer was lost, and reading again did not settle it: it may have been applied.
    Unknown,
    /// Something else came than an answer that proves anything, and reading again did not settle it: it may
    /// have been applied.
    Unproven(ApiError),
    /// Proof that nothing was applied, and a reason that passes: it may go out again.
    NotApplied(ApiError),
    /// Not sent: the record is no longer what was shown.
    Differs(Seen),
}

/// What a service said of a change that is done.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Receipt {
    /// The id under which the service keeps the request.
    pub trace: Option<Text>,
    /// The service's own sentence; of what was already so, what cannot be told of it.
    pub words: Option<Text>,
    /// What was made.
    pub made: Option<Made>,
    /// The record afterwards, where the answer brought it.
    pub after: Option<Seen>,
    /// What came in place of an answer that proves it, where something came.
    pub instead: Option<Box<ApiError>>,
    /// How we know: from the answer, or from reading again after the answer was lost.
    pub proof: Proof,
}

/// How a done change is known to be done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Proof {
    /// The service answered.
    #[default]
    Answer,
    /// The service answered with success, but what it says of the change cannot be read.
    Unread,
    /// The answer was lost; the record was read again and shows the change.
    ReadAgain,
    /// It was already so: what should go is gone, and not by us.
    AlreadySo,
}

/// Something new with an id.
#[derive(Clone, Debug, PartialEq)]
pub enum Made {
    /// An organization.
    Org(OrgId),
    /// A membership.
    Member(MemberId),
    /// Invites, in the order of the request.
    Invites(Vec<InviteId>),
    /// One role on one membership.
    Assignment(AssignmentId),
}
