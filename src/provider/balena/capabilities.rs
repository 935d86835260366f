//! What balena offers, as constant tables, and which of them hold for the server that was probed.

use crate::domain::capabilities::{LastAdmin, Reach, RoleCount, Rules, Site, Starts, Vocabulary};
use crate::domain::{Capabilities, Fidelity, FieldKind, FieldSpec, Offer, Text, Verb};

use Offer::{Composed, Native, No};

/// Which records a server keeps; one probe tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Model {
    /// balenaCloud: all of it.
    Cloud,
    /// Roles and invites, and organizations that have a name and a handle only.
    Lean,
    /// openBalena: neither roles nor invites, and everybody's organizations in one list.
    Open,
}

impl Model {
    pub(super) fn has_roles(self) -> bool {
        self != Self::Open
    }

    pub(super) fn has_details(self) -> bool {
        self == Self::Cloud
    }
}

const NO_METADATA: &str = "balena keeps no metadata with an organization";
const NO_ROLES: &str = "this server has no roles (openBalena)";
const NO_INVITES: &str = "this server has no invites (openBalena)";
const NO_LOGO: &str = "this server keeps no logos";
const NO_DETAILS: &str = "this server keeps no such field";

const OFFERS: &[(Verb, Offer)] = &[
    (Verb::WhoAmI, Native),
    (Verb::OrgList, Native),
    (Verb::OrgShow, Native),
    (Verb::OrgCreate, Native),
    (Verb::OrgEdit, Native),
    (Verb::OrgDelete, Native),
    (Verb::LogoSet, Native),
    (Verb::LogoRemove, Native),
    (Verb::MetadataShow, No(NO_METADATA)),
    (Verb::MetadataSet, No(NO_METADATA)),
    (Verb::MemberList, Native),
    (Verb::MemberShow, Native),
    (Verb::MemberRoles, Native),
    (
        Verb::MemberAdd,
        No("balena adds nobody directly: an invite is the way in"),
    ),
    (Verb::MemberRole, Native),
    (Verb::MemberRemove, Native),
    (Verb::MemberLeave, Native),
    (Verb::InviteList, Native),
    (Verb::InviteCreate, Native),
    (Verb::InviteRevoke, Native),
    (
        Verb::InviteResend,
        Composed(&[Verb::InviteRevoke, Verb::InviteCreate]),
    ),
    (Verb::InviteAccept, Native),
    (Verb::RoleList, Native),
    (
        Verb::UserFind,
        No("balena shows the users of your own organizations only"),
    ),
    (Verb::UserMemberships, Native),
];

const LEAN: &[(Verb, &str)] = &[(Verb::LogoSet, NO_LOGO), (Verb::LogoRemove, NO_LOGO)];

const OPEN: &[(Verb, &str)] = &[
    (Verb::LogoSet, NO_LOGO),
    (Verb::LogoRemove, NO_LOGO),
    (Verb::MemberRoles, NO_ROLES),
    (Verb::MemberRole, NO_ROLES),
    (Verb::RoleList, NO_ROLES),
    (Verb::InviteList, NO_INVITES),
    (Verb::InviteCreate, NO_INVITES),
    (Verb::InviteRevoke, NO_INVITES),
    (Verb::InviteResend, NO_INVITES),
    (Verb::InviteAccept, NO_INVITES),
];

const NAME: FieldSpec = FieldSpec::required("name", "Name", FieldKind::Text { max: 100 });
const HANDLE: FieldSpec = FieldSpec::optional("slug", "Handle", FieldKind::Text { max: 100 });
const HANDLE_HINT: &str =
    "lower-case letters, digits and _; made by the server when empty, fixed afterwards";
const OPEN_HANDLE: FieldSpec = FieldSpec::required("slug", "Handle", FieldKind::Text { max: 100 })
    .hint("lower-case letters, digits and _");
const FIXED_HANDLE: FieldSpec =
    FieldSpec::absent("slug", "Handle", "a handle stays as it was made");
const COMPANY: (&str, &str) = ("company_name", "Company");
const WEBSITE: (&str, &str) = ("website", "Website");
const INDUSTRY: (&str, &str) = ("industry", "Industry");
const LOGO: (&str, &str) = ("logo_image", "Logo");

/// The fields of an organization that only the cloud keeps, in the order to show them in.
const ATTRIBUTES: &[(&str, &str)] = &[
    COMPANY,
    WEBSITE,
    INDUSTRY,
    ("billing_account_code", "Billing account"),
    ("is_frozen", "Frozen by billing"),
    ("past_due_since", "Invoice past due since"),
    ("is_enforcing_saml_login", "SAML enforced"),
];

const UNDO: &[(Verb, Fidelity)] = &[
    (
        Verb::OrgCreate,
        Fidelity::Partly("the organization is deleted, once its name is typed"),
    ),
    (Verb::OrgEdit, Fidelity::Exact),
    (
        Verb::OrgDelete,
        Fidelity::Impossible("a deleted organization does not come back"),
    ),
    (Verb::LogoSet, OLD_LOGO),
    (Verb::LogoRemove, OLD_LOGO),
    (Verb::MemberRole, Fidelity::Exact),
    (
        Verb::MemberRemove,
        Fidelity::Partly("by a new invite with the same role, which the person must accept"),
    ),
    (
        Verb::MemberLeave,
        Fidelity::Impossible("only somebody who stays can invite you again"),
    ),
    (
        Verb::InviteCreate,
        Fidelity::Partly("the invite is revoked; its mail has been sent"),
    ),
    (
        Verb::InviteRevoke,
        Fidelity::Partly("a new invite with a new mail and a new link"),
    ),
    (
        Verb::InviteResend,
        Fidelity::Partly("the new invite is revoked; the old link stays void"),
    ),
    (
        Verb::InviteAccept,
        Fidelity::Impossible(
            "balena does not say which organization it was; leave it there, the invite stays used up",
        ),
    ),
];
const OLD_LOGO: Fidelity =
    Fidelity::Partly("the old image is set again, from the copy beside the journal");

/// The pages of balenaCloud; other servers have theirs elsewhere.
const SITE: Site = Site {
    origin: "https://api.balena-cloud.com",
    page: "https://dashboard.balena-cloud.com",
};

/// What holds until a probe says otherwise: balenaCloud.
pub(super) fn cloud() -> Capabilities {
    of(Model::Cloud)
}

/// Why a server of this model does not offer a verb, if it does not.
pub(super) fn refusal(model: Model, verb: Verb) -> Option<&'static str> {
    let missing = lacks(model).iter().find(|(lacking, _)| *lacking == verb);
    let table = OFFERS.iter().find_map(|(known, offer)| match offer {
        No(why) if *known == verb => Some(*why),
        No(_) | Native | Composed(_) => None,
    });
    missing.map(|(_, why)| *why).or(table)
}

/// What a server of this model can do.
pub(super) fn of(model: Model) -> Capabilities {
    let mut capabilities = Capabilities::offering(OFFERS);
    for (verb, why) in lacks(model) {
        capabilities.set_offer(*verb, No(why));
    }
    capabilities.starts = Starts {
        by_age: &[Verb::OrgList, Verb::MemberList],
        ..Starts::NONE
    };
    capabilities.role_count = RoleCount::One;
    capabilities.vocabulary = Vocabulary::Listed;
    capabilities.create = create_fields(model);
    capabilities.edit = edit_fields(model);
    capabilities.invite = invite_fields();
    capabilities.attributes = ATTRIBUTES;
    capabilities.untold = untold(model);
    capabilities.cascade = cascade(model);
    capabilities.slug_word = "handle";
    capabilities.reach = reach(model);
    capabilities.undo = UNDO;
    capabilities.rules = rules(model);
    capabilities.site = Some(SITE);
    capabilities.notes = notes(model);
    capabilities
}

fn lacks(model: Model) -> &'static [(Verb, &'static str)] {
    match model {
        Model::Cloud => &[],
        Model::Lean => LEAN,
        Model::Open => OPEN,
    }
}

fn create_fields(model: Model) -> Vec<FieldSpec> {
    let handle = match model {
        Model::Cloud | Model::Lean => HANDLE.hint(HANDLE_HINT),
        // Without one openBalena fails with an empty 500.
        Model::Open => OPEN_HANDLE,
    };
    let logo = detail(model, LOGO, FieldKind::Image);
    [vec![NAME, handle], details(model), vec![logo]].concat()
}

fn edit_fields(model: Model) -> Vec<FieldSpec> {
    [vec![NAME, FIXED_HANDLE], details(model)].concat()
}

fn details(model: Model) -> Vec<FieldSpec> {
    const LINE: FieldKind = FieldKind::Text { max: 255 };
    vec![
        detail(model, COMPANY, LINE),
        detail(model, WEBSITE, FieldKind::Url),
        detail(model, INDUSTRY, LINE),
    ]
}

fn detail(model: Model, named: (&'static str, &'static str), kind: FieldKind) -> FieldSpec {
    if model.has_details() {
        FieldSpec::optional(named.0, named.1, kind)
    } else {
        FieldSpec::absent(named.0, named.1, NO_DETAILS)
    }
}

fn invite_fields() -> Vec<FieldSpec> {
    vec![
        FieldSpec::required("email", "E-mail", FieldKind::Email),
        FieldSpec::optional("role", "Role", FieldKind::Role)
            .hint("none named: the service's own, member"),
        FieldSpec::optional("message", "Message", FieldKind::Message),
        FieldSpec::absent(
            "redirect_url",
            "Redirect",
            "balena's links lead to its dashboard",
        ),
        FieldSpec::absent("expires_in_days", "Expires", "balena's invites have no end"),
        FieldSpec::absent("notify", "Send mail", "balena always sends the mail"),
        FieldSpec::absent("public_metadata", "Metadata", "balena's invites carry none"),
        FieldSpec::absent(
            "private_metadata",
            "Private metadata",
            "balena's invites carry none",
        ),
    ]
}

fn untold(model: Model) -> &'static [&'static str] {
    match model {
        Model::Cloud | Model::Lean => &["name", "email", "last_active"],
        Model::Open => &["name", "email", "last_active", "roles"],
    }
}

fn cascade(model: Model) -> &'static str {
    match model {
        Model::Cloud | Model::Lean => {
            "the service does not say; expect members, invites and fleets to go"
        }
        Model::Open => "nothing: a server that still has members in it refuses",
    }
}

fn reach(model: Model) -> Reach {
    match model {
        Model::Cloud | Model::Lean => Reach::Own,
        Model::Open => Reach::Everyone,
    }
}

fn rules(model: Model) -> Rules {
    match model {
        Model::Cloud | Model::Lean => Rules {
            admins: &["administrator"],
            last_admin: LastAdmin::Refused(&["member"]),
            ..Rules::NONE
        },
        // Without roles there are no administrators.
        Model::Open => Rules::NONE,
    }
}

fn notes(model: Model) -> Vec<Text> {
    match model {
        Model::Cloud => Vec::new(),
        Model::Lean => vec![Text::from(
            "this server keeps no logo, company, website or industry",
        )],
        Model::Open => vec![Text::from(
            "openBalena: no roles and no invites; it lists everybody's organizations",
        )],
    }
}
