//! The nouns and their verbs with their arguments, as INTERFACE names them.
//!
//! What a verb of a service is about comes from the table of verbs and is not repeated here.
#![expect(clippy::doc_markdown, reason = "these comments are what --help prints")]

use std::path::PathBuf;

use clap::{ArgGroup, Subcommand};

use super::flags::{Listing, Writing};

/// What an organization is named by: `PROFILE/ORG`, ORG being its id, slug or handle, or exact name.
const ORG: &str = "PROFILE/ORG";

/// What services are asked about.
#[derive(Debug, Subcommand)]
pub enum Noun {
    /// Organizations
    #[command(subcommand)]
    Org(Org),
    /// Members of an organization
    #[command(subcommand)]
    Member(Member),
    /// Invites to an organization
    #[command(subcommand)]
    Invite(Invite),
    /// Roles
    #[command(subcommand)]
    Role(Role),
    /// Users of a service
    #[command(subcommand)]
    User(User),
    Whoami {
        #[arg(value_name = "PROFILE")]
        profile: Option<String>,
        #[command(flatten)]
        listing: Listing,
    },
    /// What was sent: before it was, and what came of it
    #[command(subcommand)]
    Journal(Journal),
    /// Take back what was done last, or an entry of the journal
    Undo(Back),
    /// Do again what was taken back last, or an entry of the journal
    Redo(Back),
}

/// The journal.
#[derive(Debug, Subcommand)]
pub enum Journal {
    /// The requests that were sent, the newest first
    List(Listing),
    /// One entry with the record before and after
    Show {
        /// The id of an entry
        #[arg(value_name = "ID")]
        id: u64,
        #[command(flatten)]
        listing: Listing,
    },
    /// All of it with every field, the oldest first; as JSON unless another format is named
    Export(Listing),
    /// Look whether every record is as it was written
    Verify(Listing),
}

/// What is taken back or done again.
#[derive(Debug, clap::Args)]
pub struct Back {
    /// The id of an entry of the journal; without one the newest
    #[arg(value_name = "ENTRY")]
    pub entry: Option<u64>,
    /// How it is agreed to.
    #[command(flatten)]
    pub writing: Writing,
}

/// Organizations.
#[derive(Debug, Subcommand)]
pub enum Org {
    List(Listing),
    Show {
        #[arg(value_name = ORG)]
        org: String,
        #[command(flatten)]
        listing: Listing,
    },
    Create(Create),
    Edit(Edit),
    Delete {
        #[arg(value_name = ORG)]
        org: String,
        #[command(flatten)]
        writing: Writing,
    },
    /// An organization's logo
    #[command(subcommand)]
    Logo(Logo),
    /// An organization's metadata
    #[command(subcommand)]
    Metadata(Metadata),
}

/// What a new organization is made of.
#[derive(Debug, clap::Args)]
pub struct Create {
    /// On which profile
    #[arg(value_name = "PROFILE")]
    pub profile: String,
    /// Its name
    #[arg(long)]
    pub name: Option<String>,
    /// Its slug or handle
    #[arg(long)]
    pub slug: Option<String>,
    /// Another field; may be repeated
    #[arg(long = "field", value_name = "KEY=VALUE")]
    pub fields: Vec<String>,
    /// Its logo, a JPEG, PNG, GIF or WebP file of at most 10 MB
    #[arg(long, value_name = "FILE")]
    pub logo: Option<PathBuf>,
    /// How it is agreed to.
    #[command(flatten)]
    pub writing: Writing,
}

/// What changes of an organization.
#[derive(Debug, clap::Args)]
pub struct Edit {
    /// Which organization
    #[arg(value_name = ORG)]
    pub org: String,
    /// A field and its new value; may be repeated
    #[arg(long = "field", value_name = "KEY=VALUE", required = true)]
    pub fields: Vec<String>,
    /// How it is agreed to.
    #[command(flatten)]
    pub writing: Writing,
}

/// An organization's logo.
#[derive(Debug, Subcommand)]
pub enum Logo {
    Set {
        #[arg(value_name = ORG)]
        org: String,
        /// A JPEG, PNG, GIF or WebP file of at most 10 MB
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        writing: Writing,
    },
    Remove {
        #[arg(value_name = ORG)]
        org: String,
        #[command(flatten)]
        writing: Writing,
    },
}

/// An organization's metadata.
#[derive(Debug, Subcommand)]
pub enum Metadata {
    Show {
        #[arg(value_name = ORG)]
        org: String,
        /// The half that only the back end sees
        #[arg(long)]
        private: bool,
        /// Write to a file, never over an existing one
        #[arg(long, value_name = "FILE", help_heading = "Output")]
        out: Option<PathBuf>,
        /// Write over an existing file
        #[arg(long, requires = "out", help_heading = "Output")]
        force: bool,
        /// json is the only way to write it
        #[arg(short = 'o', long = "output", value_name = "FORMAT", value_parser = ["json"], hide_possible_values = true, help_heading = "Output")]
        output: Option<String>,
    },
    Set {
        #[arg(value_name = ORG)]
        org: String,
        /// A JSON object; null removes a key; - is standard input
        #[arg(value_name = "FILE|-")]
        file: PathBuf,
        #[command(flatten)]
        writing: Writing,
    },
}

/// Members.
#[derive(Debug, Subcommand)]
pub enum Member {
    List {
        #[arg(value_name = ORG)]
        org: String,
        #[command(flatten)]
        listing: Listing,
    },
    Show {
        #[arg(value_name = ORG)]
        org: String,
        /// E-mail, user name, user id or membership id
        #[arg(value_name = "MEMBER")]
        member: String,
        #[command(flatten)]
        listing: Listing,
    },
    Roles {
        #[arg(value_name = ORG)]
        org: String,
        /// E-mail, user name, user id or membership id
        #[arg(value_name = "MEMBER")]
        member: String,
        #[command(flatten)]
        listing: Listing,
    },
    Add {
        #[arg(value_name = ORG)]
        org: String,
        /// A user's id, e-mail or user name
        #[arg(value_name = "USER")]
        user: String,
        #[arg(long, value_name = "ROLE")]
        role: String,
        #[command(flatten)]
        writing: Writing,
    },
    Role(MemberRole),
    Remove {
        #[arg(value_name = ORG)]
        org: String,
        /// E-mail, user name, user id or membership id
        #[arg(value_name = "MEMBER", required = true)]
        members: Vec<String>,
        #[command(flatten)]
        writing: Writing,
    },
    Leave {
        #[arg(value_name = ORG)]
        org: String,
        #[command(flatten)]
        writing: Writing,
    },
}

/// Other roles for members.
#[derive(Debug, clap::Args)]
#[command(group = ArgGroup::new("change").args(["set", "give", "take"]).required(true).multiple(true))]
pub struct MemberRole {
    #[arg(value_name = ORG)]
    pub org: String,
    /// E-mail, user name, user id or membership id
    #[arg(value_name = "MEMBER", required = true)]
    pub members: Vec<String>,
    /// The only role from now on
    #[arg(long, value_name = "ROLE", conflicts_with_all = ["give", "take"])]
    pub set: Option<String>,
    /// A role more; may be repeated
    #[arg(long, value_name = "ROLE")]
    pub give: Vec<String>,
    /// A role less; may be repeated
    #[arg(long, value_name = "ROLE")]
    pub take: Vec<String>,
    /// How it is agreed to.
    #[command(flatten)]
    pub writing: Writing,
}

/// Invites.
#[derive(Debug, Subcommand)]
pub enum Invite {
    List {
        #[arg(value_name = ORG)]
        org: Option<String>,
        /// pending, expired, accepted or revoked; without it those that are open or expired
        #[arg(long, value_name = "STATUS", hide_possible_values = true, value_parser = ["pending", "expired", "accepted", "revoked"])]
        status: Option<String>,
        #[command(flatten)]
        listing: Listing,
    },
    Create(InviteCreate),
    Revoke {
        #[arg(value_name = ORG)]
        org: String,
        #[arg(value_name = "ID|EMAIL", required = true)]
        invites: Vec<String>,
        #[command(flatten)]
        writing: Writing,
    },
    Resend {
        #[arg(value_name = ORG)]
        org: String,
        #[arg(value_name = "ID|EMAIL", required = true)]
        invites: Vec<String>,
        #[command(flatten)]
        writing: Writing,
    },
    /// The token comes from standard input or ORGDECK_INVITE_TOKEN, never from an argument
    Accept {
        #[arg(value_name = "PROFILE")]
        profile: String,
        #[command(flatten)]
        writing: Writing,
    },
}

/// New invites.
#[derive(Debug, clap::Args)]
pub struct InviteCreate {
    #[arg(value_name = ORG)]
    pub org: String,
    #[arg(value_name = "EMAIL", required_unless_present = "from")]
    pub emails: Vec<String>,
    /// Addresses from a file, one a line or CSV with a header; - is standard input
    #[arg(long, value_name = "FILE|-")]
    pub from: Option<PathBuf>,
    /// The key of the role that they get, as `orgdeck role list` prints it
    #[arg(long, value_name = "R")]
    pub role: Option<String>,
    /// A personal message
    #[arg(long, value_name = "M")]
    pub message: Option<String>,
    /// Where the link leads after it was accepted
    #[arg(long, value_name = "U")]
    pub redirect_url: Option<String>,
    /// Days until it ends, as far as the service lets them be chosen
    #[arg(long, value_name = "N")]
    pub expires_in_days: Option<u16>,
    /// No mail: the link is the only way in
    #[arg(long)]
    pub no_notify: bool,
    /// Public metadata, a JSON object
    #[arg(long, value_name = "FILE")]
    pub metadata: Option<PathBuf>,
    /// Send what can be sent, whatever is wrong with the rest
    #[arg(long)]
    pub partial: bool,
    /// How it is agreed to.
    #[command(flatten)]
    pub writing: Writing,
}

/// Roles.
#[derive(Debug, Subcommand)]
pub enum Role {
    List {
        #[arg(value_name = "PROFILE[/ORG]")]
        place: String,
        #[command(flatten)]
        listing: Listing,
    },
}

/// Users.
#[derive(Debug, Subcommand)]
pub enum User {
    Find {
        #[arg(value_name = "PROFILE")]
        profile: String,
        #[arg(value_name = "TEXT")]
        text: String,
        #[command(flatten)]
        listing: Listing,
    },
    Memberships {
        #[arg(value_name = "PROFILE")]
        profile: String,
        /// A user's id, e-mail or user name; `me` is whoever the credential belongs to
        #[arg(value_name = "USER")]
        user: String,
        #[command(flatten)]
        listing: Listing,
    },
}
