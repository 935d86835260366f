//! What Clerk offers, as constant tables, and what the settings of an instance take away from them.

use super::drafts::BULK;
use super::field::Field;
use super::pages;
use super::wire::Settings;
use crate::domain::capabilities::{
    Addresses, Hourly, LastAdmin, Reach, RoleCount, Rules, Site, Starts, Vocabulary,
};
use crate::domain::field::Need;
use crate::domain::{
    ApiError, Capabilities, Fidelity, FieldKind, FieldSpec, InviteStatus, Offer, Text, Verb,
};

/// Why a membership's own id is not enough.
pub(super) const BY_USER: &str = "members are addressed by user here, not by membership id";
/// Why roles are not given or taken one by one.
pub(super) const ONE_ROLE: &str = "a member holds exactly one role here";
/// Why there is nothing of the caller's own.
pub(super) const NOBODY: &str = "an instance key belongs to nobody and is no member";
/// Why nobody accepts from here.
pub(super) const BY_LINK: &str = "the invited person accepts by the link in the mail";
/// Why an address alone is not sent to again.
pub(super) const LISTED: &str = "invites are listed here: one of the list is sent again";

/// Why an invite has no words of the person who sends it.
pub(super) const NO_MESSAGE: &str = "the mail has no personal message";

const NO_SLUGS: &str = "slugs are switched off in this instance";

const OFFERS: &[(Verb, Offer)] = &[
    (Verb::WhoAmI, Offer::Native),
    (Verb::OrgList, Offer::Native),
    (Verb::OrgShow, Offer::Native),
    (Verb::OrgCreate, Offer::Native),
    (Verb::OrgEdit, Offer::Native),
    (Verb::OrgDelete, Offer::Native),
    (Verb::LogoSet, Offer::Native),
    (Verb::LogoRemove, Offer::Native),
    (Verb::MetadataShow, Offer::Native),
    (Verb::MetadataSet, Offer::Native),
    (Verb::MemberList, Offer::Native),
    (Verb::MemberShow, Offer::Native),
    (Verb::MemberRoles, Offer::Native),
    (Verb::MemberAdd, Offer::Native),
    (Verb::MemberRole, Offer::Native),
    (Verb::MemberRemove, Offer::Native),
    (Verb::MemberLeave, Offer::No(NOBODY)),
    (Verb::InviteList, Offer::Native),
    (Verb::InviteCreate, Offer::Native),
    (Verb::InviteRevoke, Offer::Native),
    (
        Verb::InviteResend,
        Offer::Composed(&[Verb::InviteRevoke, Verb::InviteCreate]),
    ),
    (Verb::InviteAccept, Offer::No(BY_LINK)),
    (Verb::RoleList, Offer::Native),
    (Verb::UserFind, Offer::Native),
    (Verb::UserMemberships, Offer::Native),
];

const NAME: FieldKind = FieldKind::Text { max: 256 };
const SLUG: FieldSpec = FieldSpec::optional("slug", "Slug", FieldKind::Text { max: 256 })
    .hint("lower-case letters, digits and dashes; unique in the instance");
const LIMIT: FieldSpec = FieldSpec::optional(
    "max_allowed_memberships",
    "Member limit",
    FieldKind::Number {
        min: 0,
        max: i32::MAX as i64,
    },
)
.hint("members and pending invites together; 0 is no limit");
const METADATA: FieldSpec =
    FieldSpec::optional("public_metadata", "Public metadata", FieldKind::Json);

const CREATE: &[FieldSpec] = &[
    FieldSpec::required("name", "Name", NAME).hint("no web address and no HTML"),
    SLUG,
    FieldSpec::optional("created_by", "Creator", FieldKind::User)
        .hint("becomes the first member; without a creator there is none"),
    LIMIT,
    METADATA,
    FieldSpec::absent(
        "logo_image",
        "Logo",
        "a logo can be set once the organization is there",
    ),
];

const EDIT: &[FieldSpec] = &[
    FieldSpec::optional("name", "Name", NAME).hint("no web address and no HTML"),
    SLUG,
    LIMIT,
    FieldSpec::optional(
        "admin_delete_enabled",
        "Members may delete it",
        FieldKind::Flag,
    ),
    METADATA.hint("merged into what is there; null removes a key"),
];

const INVITE: &[FieldSpec] = &[
    FieldSpec::required("email", "E-mail", FieldKind::Email),
    FieldSpec::required("role", "Role", FieldKind::Role),
    FieldSpec::optional("redirect_url", "Redirect URL", FieldKind::Url)
        .hint("where the link leads after it was accepted"),
    FieldSpec::optional(
        "expires_in_days",
        "Expires in days",
        FieldKind::Number { min: 1, max: 365 },
    )
    .hint("30 when left empty"),
    FieldSpec::optional("notify", "Send the mail", FieldKind::Flag)
        .hint("without a mail the link is the only way in"),
    METADATA.hint("moves to the membership when the invite is accepted"),
    FieldSpec::optional("private_metadata", "Private metadata", FieldKind::Json)
        .hint("moves to the membership when the invite is accepted"),
    FieldSpec::absent("message", "Message", NO_MESSAGE),
];

const ATTRIBUTES: &[(&str, &str)] = &[
    ("max_allowed_memberships", "Member limit (0 is none)"),
    ("admin_delete_enabled", "Members may delete it"),
    ("created_by", "Creator"),
    ("role_set_key", "Role set"),
    ("public_metadata", "Public metadata"),
];

const UNDO: &[(Verb, Fidelity)] = &[
    (
        Verb::InviteCreate,
        Fidelity::Partly("the mail that went out stays out"),
    ),
    (
        Verb::InviteRevoke,
        Fidelity::Partly(
            "a new invite: new id, new mail, new link; redirect and private metadata are not kept",
        ),
    ),
    (
        Verb::InviteResend,
        Fidelity::Partly("the new invite is revoked; the mail and the old link are gone for good"),
    ),
    (Verb::MemberRole, Fidelity::Exact),
    (Verb::MemberAdd, Fidelity::Exact),
    (
        Verb::MemberRemove,
        Fidelity::Partly("added back at once with the same role: new membership id and date"),
    ),
    (Verb::OrgEdit, Fidelity::Exact),
    (Verb::MetadataSet, Fidelity::Exact),
    (
        Verb::OrgCreate,
        Fidelity::Partly("it is deleted, after its name was typed"),
    ),
    (
        Verb::OrgDelete,
        Fidelity::Impossible("a deleted organization is gone with its members and invites"),
    ),
    (
        Verb::LogoSet,
        Fidelity::Partly("the old image is set again, from the copy beside the journal"),
    ),
    (
        Verb::LogoRemove,
        Fidelity::Partly("the old image is set again, from the copy beside the journal"),
    ),
];

/// The statuses that a person works with; accepted and revoked invites are listed on request.
static INVITE_LISTS: [InviteStatus; 2] = [InviteStatus::Pending, InviteStatus::Expired];

/// The lists that begin as they are asked to.
const LISTS: &[Verb] = &[Verb::OrgList, Verb::MemberList, Verb::InviteList];

/// Role keys are data of the instance: these are the two of its own, as they are and as they were. Custom
/// ones may run an organization or not.
const RULES: Rules = Rules {
    admins: &["org:admin", "admin"],
    last_admin: LastAdmin::Refused(&["org:member", "basic_member"]),
    places: Some("max_allowed_memberships"),
    hourly: Some(Hourly {
        batch: BULK,
        single: 250,
        bulk: 50,
    }),
    addresses: Addresses::Searched,
    ..Rules::NONE
};

/// Pages of the instance that was looked at last: an address with the instance in it is told nowhere.
const SITE: Site = Site {
    origin: "https://api.clerk.com",
    page: "https://dashboard.clerk.com/~/organizations",
};

/// What Clerk offers before the settings of an instance are known.
pub(super) fn table() -> Capabilities {
    let mut table = Capabilities::offering(OFFERS);
    table.role_count = RoleCount::One;
    table.vocabulary = Vocabulary::Listed;
    table.create = CREATE.to_vec();
    table.edit = EDIT.to_vec();
    table.invite = INVITE.to_vec();
    table.attributes = ATTRIBUTES;
    table.untold = &["last_active"];
    table.cascade = "its memberships and invitations";
    table.slug_word = "slug";
    table.reach = Reach::Own;
    table.undo = UNDO;
    table.pages_at_once = pages::AT_ONCE;
    table.starts = Starts {
        by_age: LISTS,
        anywhere: LISTS,
    };
    table.invite_lists = &INVITE_LISTS;
    table.rules = RULES;
    table.site = Some(SITE);
    table
}

/// What is left of the table under the settings of an instance.
pub(super) fn trimmed(settings: &Settings) -> Capabilities {
    let mut capabilities = table();
    if settings.slug_disabled == Field::Is(true) {
        for fields in [&mut capabilities.create, &mut capabilities.edit] {
            let slugs = fields.iter_mut().filter(|field| field.key == SLUG.key);
            slugs.for_each(|slug| slug.need = Need::NotOffered(NO_SLUGS));
        }
    }
    if settings.enabled == Field::Is(false) {
        capabilities.notes.push(Text::from(
            "organizations are switched off in this instance: Clerk refuses every request about them",
        ));
    }
    capabilities
}

/// The whole table, with the reason why nothing was taken away from it.
pub(super) fn untrimmed(error: &ApiError) -> Capabilities {
    let mut capabilities = table();
    let why = error.words.as_ref().map_or("", Text::raw);
    capabilities.notes.push(Text::from(format!(
        "the settings of this instance cannot be read: {why}"
    )));
    capabilities
}
