//! What Vulos offers: constant tables, one row for each verb, field and fact. Sends nothing.

use crate::domain::capabilities::{Reach, RoleCount, Rules, Vocabulary};
use crate::domain::field::Need;
use crate::domain::{Capabilities, Fault, Fidelity, FieldKind, FieldSpec, Offer, Verb};

use super::roles;

const NO_LOGO: Offer = Offer::No("Vulos keeps no logos");
const NO_METADATA: Offer = Offer::No("Vulos keeps no metadata");

const OFFERS: &[(Verb, Offer)] = &[
    (Verb::WhoAmI, Offer::Native),
    (
        Verb::OrgList,
        Offer::Composed(&[Verb::OrgList, Verb::OrgShow]),
    ),
    (Verb::OrgShow, Offer::Native),
    (
        Verb::OrgCreate,
        Offer::Composed(&[Verb::OrgCreate, Verb::OrgShow]),
    ),
    (Verb::OrgEdit, Offer::Native),
    (Verb::OrgDelete, Offer::Native),
    (Verb::LogoSet, NO_LOGO),
    (Verb::LogoRemove, NO_LOGO),
    (Verb::MetadataShow, NO_METADATA),
    (Verb::MetadataSet, NO_METADATA),
    (
        Verb::MemberList,
        Offer::Composed(&[Verb::OrgShow, Verb::MemberShow]),
    ),
    (Verb::MemberShow, Offer::Native),
    (Verb::MemberRoles, Offer::Native),
    (
        Verb::MemberAdd,
        Offer::No("on Vulos a person becomes a member by accepting an invite only"),
    ),
    (
        Verb::MemberRole,
        Offer::Composed(&[Verb::MemberRoles, Verb::MemberRole]),
    ),
    (Verb::MemberRemove, Offer::Native),
    (Verb::MemberLeave, Offer::Native),
    (
        Verb::InviteList,
        Offer::No("Vulos has no list of pending invites"),
    ),
    (Verb::InviteCreate, Offer::Native),
    (
        Verb::InviteRevoke,
        Offer::No("Vulos has no call that takes an invite back"),
    ),
    (Verb::InviteResend, Offer::Composed(&[Verb::InviteCreate])),
    (
        Verb::InviteAccept,
        Offer::No("on Vulos an invite is accepted by the link in its mail"),
    ),
    (
        Verb::RoleList,
        Offer::No("Vulos lists no roles: any text can be one, and four names carry rights"),
    ),
    (Verb::UserFind, Offer::No("Vulos has no search for users")),
    (Verb::UserMemberships, Offer::Native),
];

const LINE: FieldKind = FieldKind::Text { max: 1000 };
const CLEARING: &str = "whether Vulos clears a field that is sent empty is not documented";

const NAME: FieldSpec = FieldSpec::required("name", "Name", LINE);
const WEBSITE: FieldSpec = FieldSpec::optional("website", "Website", FieldKind::Url);
const ADDRESS: FieldSpec = FieldSpec::required("address", "Address", LINE);
const CITY: FieldSpec = FieldSpec::required("city", "City", LINE);
const ZIP_CODE: FieldSpec = FieldSpec::required("zip_code", "Zip code", LINE);
const STATE: FieldSpec = FieldSpec::optional("state", "State", LINE);
const COUNTRY: FieldSpec = FieldSpec::required("country_code", "Country", FieldKind::Country);
const UNIQUE_ID: FieldSpec = FieldSpec::required("unique_id", "Unique id", LINE)
    .hint("the number under which the organization is registered elsewhere");
const TAX_NUMBER: FieldSpec = FieldSpec::required("tax_number", "Tax number", LINE);

const FIELDS: [FieldSpec; 9] = [
    NAME, WEBSITE, ADDRESS, CITY, ZIP_CODE, STATE, COUNTRY, UNIQUE_ID, TAX_NUMBER,
];

const BARE: &str = "an invite of Vulos is an address and nothing else";
const ROLE_LATER: &str = "Vulos gives roles to members only, after they have joined";

const INVITE: [FieldSpec; 8] = [
    FieldSpec::required("email", "E-mail", FieldKind::Email),
    FieldSpec::absent("role", "Role", ROLE_LATER),
    FieldSpec::absent("message", "Message", BARE),
    FieldSpec::absent("redirect_url", "Redirect", BARE),
    FieldSpec::absent("expires_in_days", "Expires in days", BARE),
    FieldSpec::absent("notify", "Notify", "Vulos always sends the mail itself"),
    FieldSpec::absent("public_metadata", "Public metadata", BARE),
    FieldSpec::absent("private_metadata", "Private metadata", BARE),
];

const ATTRIBUTES: &[(&str, &str)] = &[
    ("website", "Website"),
    ("address", "Address"),
    ("city", "City"),
    ("zip_code", "Zip code"),
    ("state", "State"),
    ("country_code", "Country code"),
    ("country_name", "Country"),
    ("unique_id", "Unique id"),
    ("tax_number", "Tax number"),
    ("verified", "Verified"),
];

const UNDO: &[(Verb, Fidelity)] = &[
    (
        Verb::OrgCreate,
        Fidelity::Partly("the organization is deleted, once its name is typed"),
    ),
    (
        Verb::OrgEdit,
        Fidelity::Partly("a field that was empty may keep its new value"),
    ),
    (
        Verb::OrgDelete,
        Fidelity::Impossible("a deleted organization cannot be brought back"),
    ),
    (
        Verb::MemberRole,
        Fidelity::Partly("by giving and taking again; the roles get new ids"),
    ),
    (
        Verb::MemberRemove,
        Fidelity::Partly("by a new invite without a role; roles can be given after it is accepted"),
    ),
    (
        Verb::MemberLeave,
        Fidelity::Impossible("somebody else has to invite you again"),
    ),
    (
        Verb::InviteCreate,
        Fidelity::Impossible("Vulos has no call that takes an invite back"),
    ),
    (
        Verb::InviteResend,
        Fidelity::Impossible("a mail that was sent cannot be taken back"),
    ),
];

const CASCADE: &str =
    "what goes with it, memberships and applications, is not documented: take it as final";

/// The levels of the four names that carry rights, by what they are documented to allow.
const RULES: Rules = Rules {
    admins: &["SuperAdmin"],
    levels: &[
        (Verb::OrgDelete, 0),
        (Verb::OrgEdit, 1),
        (Verb::MemberRole, 1),
        (Verb::MemberRemove, 2),
        (Verb::InviteCreate, 2),
        (Verb::InviteResend, 2),
    ],
    ..Rules::NONE
};

/// The table of Vulos; there is nothing that a probe could add to it.
pub(super) fn table() -> Capabilities {
    let mut table = Capabilities::offering(OFFERS);
    table.role_count = RoleCount::Any;
    table.vocabulary = Vocabulary::Free(roles::special());
    table.create = FIELDS.to_vec();
    table.edit = FIELDS.iter().copied().map(changeable).collect();
    table.invite = INVITE.to_vec();
    table.attributes = ATTRIBUTES;
    table.untold = &["username", "joined", "last_active"];
    table.cascade = CASCADE;
    table.reach = Reach::Own;
    table.undo = UNDO;
    table.invite_lists = &[];
    table.rules = RULES;
    table
}

/// Why a verb is not offered.
pub(super) fn refusal(verb: Verb) -> Option<&'static str> {
    OFFERS.iter().find_map(|(known, offer)| match offer {
        Offer::No(why) if *known == verb => Some(*why),
        Offer::No(_) | Offer::Native | Offer::Composed(_) => None,
    })
}

/// The fault of what Vulos does not have.
pub(super) fn not_offered(verb: Verb) -> Fault {
    Fault::NotOffered(refusal(verb).unwrap_or("Vulos has no such call"))
}

/// Changes are partial, so that no field must be filled; what was left empty is not sent.
fn changeable(field: FieldSpec) -> FieldSpec {
    FieldSpec {
        need: Need::Optional,
        hint: match field.need {
            Need::Optional => CLEARING,
            Need::Required | Need::NotOffered(_) => field.hint,
        },
        ..field
    }
}

/// Why an invite cannot have this field; `None` for one that it has.
pub(super) fn invite_lacks(key: &str) -> Option<&'static str> {
    INVITE.iter().find_map(|field| match field.need {
        Need::NotOffered(why) if field.key == key => Some(why),
        Need::NotOffered(_) | Need::Required | Need::Optional => None,
    })
}
