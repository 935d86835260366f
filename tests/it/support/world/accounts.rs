//! The accounts of the worlds: one of each kind of service.

use orgdeck::app::store::{Account, Loaded};
use orgdeck::domain::capabilities::{RoleCount, Vocabulary};
use orgdeck::domain::connection::{Access, Stage};
use orgdeck::domain::{
    Capabilities, Connection, Fidelity, FieldKind, FieldSpec, InviteStatus, Offer, Principal,
    PrincipalKind, Role, Text, Told, Verb,
};

use super::profile;

fn account(name: &str, (service, short): (&'static str, &'static str)) -> Account {
    let connection = Connection {
        profile: profile(name),
        service,
        short,
        url: Text::from("https://api.example"),
        token: Text::from("a test"),
        production: Told::Is(Stage::Development),
        access: Access::Full,
    };
    Account::new(connection, Capabilities::offering(&[]))
}

/// A production account: roles and invites, no e-mail addresses of others.
pub(crate) fn balena() -> Account {
    let mut account = account("prod", ("balena", "bal"));
    account.connection.production = Told::Is(Stage::Production);
    account.principal = Loaded::Yes(principal(PrincipalKind::User, "ana"));
    let capabilities = &mut account.capabilities;
    *capabilities = offering(&[
        (Verb::MemberAdd, Offer::No("an invite is the only way in")),
        (Verb::MetadataShow, Offer::No(NO_METADATA)),
        (Verb::MetadataSet, Offer::No(NO_METADATA)),
    ]);
    capabilities.untold = &["name", "email", "last_active"];
    capabilities.attributes = &[
        ("company_name", "Company"),
        ("website", "Website"),
        ("industry", "Industry"),
    ];
    capabilities.slug_word = "handle";
    capabilities.invite = vec![
        FieldSpec::required("email", "E-mail", FieldKind::Email),
        FieldSpec::optional("role", "Role", FieldKind::Role)
            .hint("none named: the service's own, member"),
        FieldSpec::optional("message", "Message", FieldKind::Message),
        FieldSpec::absent("expires_in_days", "Expires", "its invites have no end"),
    ];
    account
}

const NO_METADATA: &str = "the service keeps no metadata";

/// An instance key: every fact is told, invites have an end.
pub(crate) fn clerk() -> Account {
    let mut account = account("shop", ("clerk", "clk"));
    account.principal = Loaded::Yes(principal(PrincipalKind::Service, "ins_2live"));
    let capabilities = &mut account.capabilities;
    let no_leave = Offer::No("an instance key is a member of nothing");
    *capabilities = offering(&[(Verb::MemberLeave, no_leave)]);
    capabilities.slug_word = "slug";
    capabilities.attributes = &[
        ("max_allowed_memberships", "Member limit"),
        ("public_metadata", "Public metadata"),
    ];
    let days = FieldKind::Number { min: 1, max: 365 };
    capabilities.invite = vec![
        FieldSpec::required("email", "E-mail", FieldKind::Email),
        FieldSpec::required("role", "Role", FieldKind::Role),
        FieldSpec::absent("message", "Message", "invites carry no text here"),
        FieldSpec::optional("redirect_url", "Redirect", FieldKind::Url)
            .hint("where the link leads once it was accepted"),
        FieldSpec::optional("expires_in_days", "Expires", days)
            .hint("days; blank is the service's own, 30"),
        FieldSpec::optional("notify", "Send mail", FieldKind::Flag),
    ];
    capabilities.invite_lists = &[InviteStatus::Pending, InviteStatus::Expired];
    account
}

/// Members one by one, several roles, invites that cannot be listed.
pub(crate) fn vulos() -> Account {
    let mut account = account("me", ("vulos", "vul"));
    account.principal = Loaded::Yes(principal(PrincipalKind::User, "Inês Moreira"));
    let capabilities = &mut account.capabilities;
    *capabilities = offering(&[
        (Verb::InviteList, Offer::No("the service has no such list")),
        (
            Verb::InviteRevoke,
            Offer::No("no call takes an invite back"),
        ),
        (Verb::InviteResend, Offer::Composed(&[Verb::InviteCreate])),
        (
            Verb::MemberRole,
            Offer::Composed(&[Verb::MemberRoles, Verb::MemberRole]),
        ),
        (Verb::LogoSet, Offer::No("the service keeps no logos")),
        (Verb::LogoRemove, Offer::No("the service keeps no logos")),
    ]);
    capabilities.role_count = RoleCount::Any;
    capabilities.vocabulary = Vocabulary::Free(vec![Role::named("Admin"), Role::named("Member")]);
    capabilities.untold = &["username", "joined", "last_active"];
    capabilities.attributes = &[("website", "Website"), ("tax_number", "Tax number")];
    let later = "roles are given to members, after they have joined";
    capabilities.invite = vec![
        FieldSpec::required("email", "E-mail", FieldKind::Email),
        FieldSpec::absent("role", "Role", later),
        FieldSpec::absent(
            "message",
            "Message",
            "an invite is an address and nothing else",
        ),
    ];
    capabilities.invite_lists = &[];
    let labels = "only four role names carry rights; any other is a label";
    capabilities.notes = vec![Text::from(labels)];
    account
}

/// Everything, but for what is named.
fn offering(but: &[(Verb, Offer)]) -> Capabilities {
    let all: Vec<(Verb, Offer)> = Verb::ALL
        .iter()
        .map(|verb| (*verb, Offer::Native))
        .collect();
    let mut capabilities = Capabilities::offering(&all);
    let resend = Offer::Composed(&[Verb::InviteRevoke, Verb::InviteCreate]);
    capabilities.set_offer(Verb::InviteResend, resend);
    for (verb, offer) in but {
        capabilities.set_offer(*verb, *offer);
    }
    capabilities.undo = UNDO;
    capabilities
}

const UNDO: &[(Verb, Fidelity)] = &[(
    Verb::InviteRevoke,
    Fidelity::Partly("a new invite with a new mail and a new link"),
)];

fn principal(kind: PrincipalKind, label: &str) -> Principal {
    Principal {
        kind,
        user: None,
        label: Text::from(label),
        email: Told::Unknown,
        stage: Told::Unknown,
    }
}
