//! Running a subcommand: from the words of the command line to the function that does it, until it is done
//! or a signal ends it.

use std::process::ExitCode;

use color_eyre::eyre::Result;

use super::args::{
    Format, Invite, Journal, Listing, Member, Metadata, Noun, Org, Role, User, Writing,
};
use super::complaint::{self, Complaint, Halt};
use super::desk::{Desk, Wanted};
use super::rows::{self, Kind, Sink};
use super::stdin::Person;
use super::stop::Stop;
use super::{block_on, exit, journal, read, write};
use crate::domain::Verb;
use crate::domain::back::Way;

/// Runs a subcommand: its exit code.
///
/// # Errors
/// When there is nothing to run it on.
pub(super) fn run(wanted: Wanted<'_>, command: &Noun) -> Result<ExitCode> {
    let stop = Stop::default();
    let person = writing(command).map_or_else(Person::here, Person::of);
    let work = async {
        let desk = Desk::open(wanted, (stop.clone(), person))?;
        let code = carried(&desk, command).await?;
        journal::mention(&desk, command).await;
        Ok(code)
    };
    let result = block_on(stop.guard(work))?;
    Ok(ended(result, shape(command)))
}

/// The exit code, once what went wrong was said.
pub(super) fn ended(
    result: Result<u8, Halt>,
    (kind, format): (Option<&'static Kind>, Option<Format>),
) -> ExitCode {
    let code = match result {
        Ok(code) => code,
        Err(Halt::ClosedPipe) => exit::DONE,
        Err(Halt::Signal(signal)) => exit::by_signal(signal),
        Err(Halt::Told(complaint)) => {
            let complaints = [*complaint];
            if let (Some(kind), Some(Format::Json)) = (kind, format) {
                nothing(kind, &complaints);
            }
            complaint::say(&complaints, format);
            complaints[0].code()
        }
    };
    ExitCode::from(code)
}

/// A document without rows, so that a program finds the errors where it finds them otherwise.
fn nothing(kind: &'static Kind, complaints: &[Complaint]) {
    let mut sink = Sink::standard();
    let mut writer = rows::writer(Some(Format::Json), kind, &sink);
    // The exit code says it too.
    let _ = writer.end(&mut sink, kind.fields, complaints);
}

async fn carried(desk: &Desk, command: &Noun) -> Result<u8, Halt> {
    match command {
        Noun::Org(org) => of_org(desk, org).await,
        Noun::Member(member) => of_member(desk, member).await,
        Noun::Invite(invite) => of_invite(desk, invite).await,
        Noun::Role(Role::List { place, listing }) => read::roles(desk, place, listing).await,
        Noun::User(User::Find {
            profile,
            text,
            listing,
        }) => read::users(desk, (profile, text), listing).await,
        Noun::User(User::Memberships {
            profile,
            user,
            listing,
        }) => read::memberships(desk, (profile, user), listing).await,
        Noun::Whoami { profile, listing } => read::whoami(desk, profile.as_deref(), listing).await,
        Noun::Journal(command) => journal::run(desk, command).await,
        Noun::Undo(back) => write::back(desk, Way::Undo, back).await,
        Noun::Redo(back) => write::back(desk, Way::Redo, back).await,
    }
}

async fn of_org(desk: &Desk, org: &Org) -> Result<u8, Halt> {
    match org {
        Org::List(listing) => read::orgs(desk, listing).await,
        Org::Show { org, listing } => read::org(desk, org, listing).await,
        Org::Create(wish) => write::create(desk, wish).await,
        Org::Edit(wish) => write::edit(desk, wish).await,
        Org::Delete { org, writing } => write::delete(desk, org, writing).await,
        Org::Logo(wish) => write::logo(desk, wish).await,
        Org::Metadata(wish @ Metadata::Show { .. }) => read::metadata(desk, wish).await,
        Org::Metadata(wish @ Metadata::Set { .. }) => write::metadata(desk, wish).await,
    }
}

async fn of_member(desk: &Desk, member: &Member) -> Result<u8, Halt> {
    match member {
        Member::List { org, listing } => read::members(desk, org, listing).await,
        Member::Show {
            org,
            member,
            listing,
        } => read::member(desk, (Verb::MemberShow, org, member), listing).await,
        Member::Roles {
            org,
            member,
            listing,
        } => read::member(desk, (Verb::MemberRoles, org, member), listing).await,
        Member::Add {
            org,
            user,
            role,
            writing,
        } => write::add(desk, (org, user, role), writing).await,
        Member::Role(wish) => write::roles(desk, wish).await,
        Member::Remove {
            org,
            members,
            writing,
        } => write::remove(desk, (org, members), writing).await,
        Member::Leave { org, writing } => write::leave(desk, org, writing).await,
    }
}

async fn of_invite(desk: &Desk, invite: &Invite) -> Result<u8, Halt> {
    match invite {
        Invite::List {
            org,
            status,
            listing,
        } => read::invites(desk, org.as_deref(), (status.as_deref(), listing)).await,
        Invite::Create(wish) => write::invite(desk, wish).await,
        Invite::Revoke {
            org,
            invites,
            writing,
        } => write::revoke(desk, (org, invites), writing).await,
        Invite::Resend {
            org,
            invites,
            writing,
        } => write::resend(desk, (org, invites), writing).await,
        Invite::Accept { profile, writing } => write::accept(desk, profile, writing).await,
    }
}

/// The kind of what a command prints, and the format that is asked for.
fn shape(command: &Noun) -> (Option<&'static Kind>, Option<Format>) {
    let list = |kind, listing: &Listing| (Some(kind), listing.output.format);
    match command {
        Noun::Org(Org::List(listing) | Org::Show { listing, .. }) => list(&rows::ORGS, listing),
        Noun::Member(Member::List { listing, .. } | Member::Show { listing, .. }) => {
            list(&rows::MEMBERS, listing)
        }
        Noun::Member(Member::Roles { listing, .. }) | Noun::Role(Role::List { listing, .. }) => {
            list(&rows::ROLES, listing)
        }
        Noun::Invite(Invite::List { listing, .. }) => list(&rows::INVITES, listing),
        Noun::User(User::Find { listing, .. }) => list(&rows::USERS, listing),
        Noun::User(User::Memberships { listing, .. }) => list(&rows::MEMBERSHIPS, listing),
        Noun::Whoami { listing, .. } => list(&rows::WHOAMI, listing),
        Noun::Org(Org::Metadata(Metadata::Show { output, .. })) => {
            (None, output.as_ref().map(|_| Format::Json))
        }
        Noun::Journal(Journal::Verify(listing)) => list(&rows::CHECKS, listing),
        Noun::Journal(
            Journal::List(listing) | Journal::Show { listing, .. } | Journal::Export(listing),
        ) => list(&rows::JOURNAL, listing),
        Noun::Org(_) | Noun::Member(_) | Noun::Invite(_) | Noun::Undo(_) | Noun::Redo(_) => {
            let format = writing(command).and_then(|writing| writing.output.format);
            (Some(&rows::RESULTS), format)
        }
    }
}

/// How a write is agreed to; nothing for what is no write.
fn writing(command: &Noun) -> Option<&Writing> {
    match command {
        Noun::Org(org) => of_org_writing(org),
        Noun::Member(member) => match member {
            Member::Role(wish) => Some(&wish.writing),
            Member::Add { writing, .. }
            | Member::Remove { writing, .. }
            | Member::Leave { writing, .. } => Some(writing),
            Member::List { .. } | Member::Show { .. } | Member::Roles { .. } => None,
        },
        Noun::Invite(invite) => match invite {
            Invite::Create(wish) => Some(&wish.writing),
            Invite::Revoke { writing, .. }
            | Invite::Resend { writing, .. }
            | Invite::Accept { writing, .. } => Some(writing),
            Invite::List { .. } => None,
        },
        Noun::Undo(back) | Noun::Redo(back) => Some(&back.writing),
        Noun::Role(_) | Noun::User(_) | Noun::Whoami { .. } | Noun::Journal(_) => None,
    }
}

fn of_org_writing(org: &Org) -> Option<&Writing> {
    use super::args::Logo;
    match org {
        Org::Create(wish) => Some(&wish.writing),
        Org::Edit(wish) => Some(&wish.writing),
        Org::Delete { writing, .. }
        | Org::Logo(Logo::Set { writing, .. } | Logo::Remove { writing, .. })
        | Org::Metadata(Metadata::Set { writing, .. }) => Some(writing),
        Org::List(_) | Org::Show { .. } | Org::Metadata(Metadata::Show { .. }) => None,
    }
}
