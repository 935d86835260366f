//! Table 1: everything that can be asked of a service.
//!
//! From a row come the capability of a connection, the subcommand, the journal's `verb`, and the
//! rules of confirmation and repetition.

/// What a verb may do to the service's records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Changes nothing; may be repeated.
    Read,
    /// Changes something; sent once.
    Write,
    /// Takes something away that cannot simply be put back; sent once.
    Destroy,
}

macro_rules! verbs {
    ($($(#[doc = $doc:literal])+ $verb:ident $name:literal $class:ident),+ $(,)?) => {
        /// What can be asked of a service.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Verb { $($(#[doc = $doc])+ $verb),+ }

        impl Verb {
            /// Every verb, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$verb),+];

            /// The words of its subcommand: `noun verb`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$verb => $name),+ }
            }

            /// What it is about, in one line: the help of its subcommand.
            pub fn about(self) -> &'static str {
                let words = match self { $(Self::$verb => concat!($($doc),+)),+ };
                words.trim().trim_end_matches('.')
            }

            /// What it may do.
            pub const fn class(self) -> Class {
                match self { $(Self::$verb => Class::$class),+ }
            }
        }
    };
}

verbs! {
    /// Show who the credential acts as.
    WhoAmI "whoami" Read,
    /// List the organizations of all profiles.
    OrgList "org list" Read,
    /// Show one organization.
    OrgShow "org show" Read,
    /// Create an organization.
    OrgCreate "org create" Write,
    /// Change fields of an organization.
    OrgEdit "org edit" Write,
    /// Delete an organization.
    OrgDelete "org delete" Destroy,
    /// Set an organization's logo from a file.
    LogoSet "org logo set" Write,
    /// Remove an organization's logo.
    LogoRemove "org logo remove" Destroy,
    /// Show an organization's metadata.
    MetadataShow "org metadata show" Read,
    /// Merge a JSON object into an organization's metadata.
    MetadataSet "org metadata set" Write,
    /// List the members of an organization.
    MemberList "member list" Read,
    /// Show one member.
    MemberShow "member show" Read,
    /// Show the roles of one member, read fresh.
    MemberRoles "member roles" Read,
    /// Add an existing user as a member.
    MemberAdd "member add" Write,
    /// Change the roles of members.
    MemberRole "member role" Write,
    /// Remove members from an organization.
    MemberRemove "member remove" Destroy,
    /// Leave an organization.
    MemberLeave "member leave" Destroy,
    /// List the invites of one organization or of all.
    InviteList "invite list" Read,
    /// Invite people to an organization.
    InviteCreate "invite create" Write,
    /// Take invites back.
    InviteRevoke "invite revoke" Destroy,
    /// Send invites again.
    InviteResend "invite resend" Write,
    /// Accept an invite to somebody else's organization by its token.
    InviteAccept "invite accept" Write,
    /// List the roles that can be given.
    RoleList "role list" Read,
    /// Find users by a part of a name or an address.
    UserFind "user find" Read,
    /// List the memberships of one user.
    UserMemberships "user memberships" Read,
}

impl Verb {
    /// Whether it changes nothing.
    pub const fn is_read(self) -> bool {
        matches!(self.class(), Class::Read)
    }
}
