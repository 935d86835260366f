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
    /// Who the credential acts as.
    WhoAmI "whoami" Read,
    /// The organizations of the profile.
    OrgList "org list" Read,
    /// One organization, by id or by its handle.
    OrgShow "org show" Read,
    /// A new organization.
    OrgCreate "org create" Write,
    /// New values for fields of an organization.
    OrgEdit "org edit" Write,
    /// An organization's end.
    OrgDelete "org delete" Destroy,
    /// A logo from a file.
    LogoSet "org logo set" Write,
    /// No logo any more.
    LogoRemove "org logo remove" Destroy,
    /// An organization's metadata.
    MetadataShow "org metadata show" Read,
    /// Metadata merged into what is there.
    MetadataSet "org metadata set" Write,
    /// The members of an organization.
    MemberList "member list" Read,
    /// One member.
    MemberShow "member show" Read,
    /// The roles of one member, read fresh.
    MemberRoles "member roles" Read,
    /// An existing user becomes a member.
    MemberAdd "member add" Write,
    /// Other roles for a member.
    MemberRole "member role" Write,
    /// A member's end in the organization.
    MemberRemove "member remove" Destroy,
    /// The caller's own end in the organization.
    MemberLeave "member leave" Destroy,
    /// The invites of one organization or of all.
    InviteList "invite list" Read,
    /// A new invite.
    InviteCreate "invite create" Write,
    /// An invite taken back.
    InviteRevoke "invite revoke" Destroy,
    /// An invite sent again.
    InviteResend "invite resend" Write,
    /// An invite of somebody else's organization accepted by token.
    InviteAccept "invite accept" Write,
    /// The roles that can be given.
    RoleList "role list" Read,
    /// Users found by text.
    UserFind "user find" Read,
    /// The memberships of one user.
    UserMemberships "user memberships" Read,
}

impl Verb {
    /// Whether it changes nothing.
    pub const fn is_read(self) -> bool {
        matches!(self.class(), Class::Read)
    }
}
