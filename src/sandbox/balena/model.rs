//! The resources and their fields, as balenaCloud and openBalena have them.
//!
//! Names and kinds only: where values come from is the business of `record`, who may see or write
//! them that of `view` and of the writes.

use crate::sandbox::world::BalenaKind;

/// A kind of records with an address of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Resource {
    Organization,
    Membership,
    Role,
    Invite,
    Invitee,
    User,
}

/// What a plain field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Int,
    Text,
    Date,
    Bool,
    File,
}

/// What a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A value.
    Plain(Kind),
    /// A link to one record.
    One(Resource),
    /// A link to one record of a resource that is not played here.
    Elsewhere,
    /// The records that link to this one.
    Many(Resource),
}

/// Which of the two servers has a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Servers {
    Both,
    Cloud,
    Open,
}

/// A field of a resource.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    servers: Servers,
}

impl Field {
    fn is_on(&self, kind: BalenaKind) -> bool {
        match self.servers {
            Servers::Both => true,
            Servers::Cloud => kind == BalenaKind::Cloud,
            Servers::Open => kind == BalenaKind::Open,
        }
    }
}

impl Resource {
    const ALL: [Self; 6] = [
        Self::Organization,
        Self::Membership,
        Self::Role,
        Self::Invite,
        Self::Invitee,
        Self::User,
    ];

    /// The resource of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|resource| resource.name() == name)
    }

    /// The name in addresses.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Organization => "organization",
            Self::Membership => "organization_membership",
            Self::Role => "organization_membership_role",
            Self::Invite => "invitee__is_invited_to__organization",
            Self::Invitee => "invitee",
            Self::User => "user",
        }
    }

    /// Whether the server has it.
    pub(super) fn is_on(self, kind: BalenaKind) -> bool {
        match self {
            Self::Organization | Self::Membership | Self::User => true,
            Self::Role | Self::Invite | Self::Invitee => kind == BalenaKind::Cloud,
        }
    }

    /// The fields that the server has.
    pub(super) fn fields(self, kind: BalenaKind) -> impl Iterator<Item = &'static Field> {
        let fields = self.table().iter();
        fields.filter(move |field| field.is_on(kind))
    }

    /// The field of this name, if the server has it.
    pub(super) fn field(self, name: &str, kind: BalenaKind) -> Option<&'static Field> {
        self.fields(kind).find(|field| field.name == name)
    }

    /// The sets of fields that name one record, sorted.
    pub(super) fn keys(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::Organization => &[&["id"], &["handle"]],
            Self::Membership => &[&["id"], &["is_member_of__organization", "user"]],
            Self::Role => &[&["id"], &["name"]],
            Self::Invite => &[&["id"], &["invitee", "is_invited_to__organization"]],
            Self::Invitee => &[&["id"], &["email"]],
            Self::User => &[&["id"], &["username"]],
        }
    }

    fn table(self) -> &'static [Field] {
        match self {
            Self::Organization => ORGANIZATION,
            Self::Membership => MEMBERSHIP,
            Self::Role => ROLE,
            Self::Invite => INVITE,
            Self::Invitee => INVITEE,
            Self::User => USER,
        }
    }
}

const INT: Shape = Shape::Plain(Kind::Int);
const TEXT: Shape = Shape::Plain(Kind::Text);
const DATE: Shape = Shape::Plain(Kind::Date);
const BOOL: Shape = Shape::Plain(Kind::Bool);
const FILE: Shape = Shape::Plain(Kind::File);

const fn both(name: &'static str, shape: Shape) -> Field {
    let servers = Servers::Both;
    Field {
        name,
        shape,
        servers,
    }
}

const fn cloud(name: &'static str, shape: Shape) -> Field {
    let servers = Servers::Cloud;
    Field {
        name,
        shape,
        servers,
    }
}

const fn open(name: &'static str, shape: Shape) -> Field {
    let servers = Servers::Open;
    Field {
        name,
        shape,
        servers,
    }
}

const ORGANIZATION: &[Field] = &[
    both("id", INT),
    both("created_at", DATE),
    open("modified_at", DATE),
    both("name", TEXT),
    both("handle", TEXT),
    cloud("company_name", TEXT),
    cloud("website", TEXT),
    cloud("industry", TEXT),
    cloud("logo_image", FILE),
    cloud("is_enforcing_saml_login", BOOL),
    cloud("billing_account_code", TEXT),
    cloud("is_using__billing_version", Shape::Elsewhere),
    cloud("has_past_due_invoice_since__date", DATE),
    cloud("is_frozen", BOOL),
    both("organization_membership", Shape::Many(Resource::Membership)),
    cloud("organization_invite", Shape::Many(Resource::Invite)),
];

const MEMBERSHIP: &[Field] = &[
    both("id", INT),
    both("created_at", DATE),
    open("modified_at", DATE),
    both("user", Shape::One(Resource::User)),
    both(
        "is_member_of__organization",
        Shape::One(Resource::Organization),
    ),
    cloud("organization_membership_role", Shape::One(Resource::Role)),
    cloud("effective_seat_role", TEXT),
];

const ROLE: &[Field] = &[cloud("id", INT), cloud("name", TEXT)];

const INVITE: &[Field] = &[
    cloud("id", INT),
    cloud("message", TEXT),
    cloud("invitee", Shape::One(Resource::Invitee)),
    cloud(
        "is_invited_to__organization",
        Shape::One(Resource::Organization),
    ),
    cloud("organization_membership_role", Shape::One(Resource::Role)),
    cloud("is_created_by__user", Shape::One(Resource::User)),
];

const INVITEE: &[Field] = &[cloud("id", INT), cloud("email", TEXT)];

/// openBalena hands out every column, secrets included, to those who do not select.
const USER: &[Field] = &[
    both("id", INT),
    both("created_at", DATE),
    open("modified_at", DATE),
    both("username", TEXT),
    both("actor", Shape::Elsewhere),
    open("password", TEXT),
    open("jwt_secret", TEXT),
    open("email", TEXT),
    both("organization_membership", Shape::Many(Resource::Membership)),
];
