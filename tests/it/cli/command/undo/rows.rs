//! The rows of the table of inverses: what is done by each verb on each service, and what an undo and a redo of
//! it come to. A verb without a row does not compile; a service that offers a verb and has no case fails.

use orgdeck::domain::Verb;
use orgdeck::sandbox::Service::{self, Balena, Clerk, Vulos};
use orgdeck::sandbox::world::World;

use super::super::stage::Stage;

/// One thing that is done, and the way back and forward.
pub(super) struct Case {
    pub(super) service: Service,
    /// The command, without its consent. `LOGO` and `METADATA` are files.
    pub(super) done: &'static str,
    /// How the world is before, where it is not the demo's.
    pub(super) before: fn(&mut World),
    pub(super) undo: Turn,
    pub(super) redo: Turn,
}

/// What an undo or a redo comes to.
#[derive(Clone, Copy)]
pub(super) enum Turn {
    /// These methods are sent once this was said.
    Sends {
        said: &'static str,
        writes: &'static [&'static str],
        leaves: Leaves,
    },
    /// Nothing is sent, for this reason.
    Impossible(&'static str),
    /// There is nothing to come back to.
    Never,
}

/// What the world is like after it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Leaves {
    /// As it was: before the change for an undo, after the change for a redo.
    AsItWas,
    /// Not as it was, as was said.
    Otherwise,
}

use Leaves::{AsItWas, Otherwise};
use Turn::{Impossible, Never};

const fn sends(said: &'static str, writes: &'static [&'static str]) -> Turn {
    Turn::Sends {
        said,
        writes,
        leaves: AsItWas,
    }
}

const fn nearly(said: &'static str, writes: &'static [&'static str]) -> Turn {
    Turn::Sends {
        said,
        writes,
        leaves: Otherwise,
    }
}

const fn case(service: Service, done: &'static str, (undo, redo): (Turn, Turn)) -> Case {
    Case {
        service,
        done,
        before: |_| {},
        undo,
        redo,
    }
}

impl Case {
    const fn in_a_world(self, before: fn(&mut World)) -> Self {
        Self { before, ..self }
    }
}

const PATCH: &[&str] = &["PATCH"];
const POST: &[&str] = &["POST"];
const PUT: &[&str] = &["PUT"];
const DELETE: &[&str] = &["DELETE"];

/// The same call changes something and takes it back.
const EXACT: (Turn, Turn) = (sends("exact", PATCH), sends("exact", PATCH));
const NEW_INVITE: &str = "partly; a new invite";
const OLD_IMAGE: &str = "partly; the old image is set again, from the copy beside the journal";

/// What is done by a verb, on the services that offer it.
#[rustfmt::skip]
#[expect(clippy::too_many_lines, reason = "a table: a line a row")]
pub(super) fn of(verb: Verb) -> Vec<Case> {
    match verb {
        Verb::OrgCreate => vec![
            case(Balena, "org create balena --name Fresh --slug fresh", (sends("is deleted", DELETE), sends("partly; a new organization", POST))),
            case(Clerk, "org create clerk --name Fresh --slug fresh", (sends("is deleted", DELETE), sends("partly; a new organization", POST))),
            case(
                Vulos,
                "org create vulos --name Fresh --field address=Quay --field city=Porto --field zip_code=1 --field country_code=PT --field unique_id=U1 --field tax_number=PT501964843",
                (sends("is deleted", DELETE), sends("partly; a new organization", PUT)),
            ),
        ],
        Verb::OrgEdit => vec![
            case(Balena, "org edit balena/acme_fleet --field name=Other --field website=https://other.example", EXACT),
            case(Balena, "org edit balena/acme_labs --field industry=Mills", EXACT),
            case(Clerk, "org edit clerk/acme-shop --field name=Other --field slug=other", EXACT),
            case(
                Clerk,
                "org edit clerk/acme-shop --field name=Other --field public_metadata={\"plan\":null,\"tier\":1}",
                (sends("exact", &["PATCH", "PATCH"]), sends("exact", &["PATCH", "PATCH"])),
            ),
            case(Vulos, "org edit vulos/41 --field name=Other --field city=Braga", (sends("exact", PUT), sends("exact", PUT))),
            case(Vulos, "org edit vulos/41 --field state=Norte", (sends("partly; a field that was empty may keep", PUT), sends("exact", PUT))),
        ],
        Verb::OrgDelete => vec![
            case(Balena, "org delete balena/acme_labs", (Impossible("does not come back"), Never)),
            case(Clerk, "org delete clerk/acme-shop", (Impossible("gone with its members and invites"), Never)),
            case(Vulos, "org delete vulos/41", (Impossible("cannot be brought back"), Never)),
        ],
        Verb::LogoSet => vec![
            case(Balena, "org logo set balena/acme_labs LOGO", EXACT),
            case(Balena, "org logo set balena/acme_fleet LOGO", (sends(OLD_IMAGE, PATCH), sends("exact", PATCH))),
            case(Clerk, "org logo set clerk/acme-sandbox LOGO", (sends("exact", DELETE), sends("exact", PUT))),
            case(Clerk, "org logo set clerk/acme-shop LOGO", (sends(OLD_IMAGE, PUT), sends("exact", PUT))),
            case(Clerk, "org logo set clerk/acme-shop LOGO", (Impossible("the old image could not be kept"), Never)).in_a_world(elsewhere),
        ],
        Verb::LogoRemove => vec![
            case(Balena, "org logo remove balena/acme_fleet", (sends(OLD_IMAGE, PATCH), sends("exact", PATCH))),
            case(Clerk, "org logo remove clerk/acme-shop", (sends(OLD_IMAGE, PUT), sends("exact", DELETE))),
            case(Clerk, "org logo remove clerk/acme-shop", (Impossible("the old image could not be kept"), Never)).in_a_world(elsewhere),
        ],
        Verb::MetadataSet => vec![case(Clerk, "org metadata set clerk/acme-shop METADATA", EXACT)],
        Verb::MemberAdd => vec![case(
            Clerk,
            "member add clerk/acme-shop kim@acme.example --role org:member",
            (sends("exact", DELETE), sends("partly; a new membership with a new id", POST)),
        )],
        Verb::MemberRole => vec![
            case(Balena, "member role balena/acme_fleet bo --set administrator", EXACT),
            case(Clerk, "member role clerk/acme-shop bo --set org:admin", EXACT),
            case(Vulos, "member role vulos/41 rui@pilots.example --set dispatch", two_calls()),
            case(Vulos, "member role vulos/41 rui@pilots.example --give dispatch", (sends(NEW_IDS, DELETE), sends(NEW_IDS, PUT))),
            case(Vulos, "member role vulos/41 ines@pilots.example --take dispatch", (sends(NEW_IDS, PUT), sends(NEW_IDS, DELETE))),
        ],
        Verb::MemberRemove => vec![
            case(Balena, "member remove balena/acme_fleet bo", (Impossible("no address for a new invite; invite the person yourself"), Never)),
            case(
                Clerk,
                "member remove clerk/acme-shop bo",
                (sends("partly; added back at once with the same role", POST), sends("exact", DELETE)),
            ).in_a_world(seated),
            case(
                Vulos,
                "member remove vulos/41 max@acme.example",
                (nearly("partly; by a new invite without a role", PUT), Impossible("no member now")),
            ),
        ],
        Verb::MemberLeave => vec![
            case(Balena, "member leave balena/acme_fleet", (Impossible("can invite you again"), Never)),
            case(Vulos, "member leave vulos/4294967338", (Impossible("has to invite you again"), Never)),
        ],
        Verb::InviteCreate => vec![
            case(Balena, "invite create balena/acme_fleet fresh@new.example", (sends("partly; the invite is revoked", DELETE), sends(NEW_INVITE, POST))),
            case(Clerk, "invite create clerk/acme-shop fresh@new.example --role org:member", (sends("partly; the mail", POST), sends(NEW_INVITE, POST))),
            case(
                Clerk,
                "invite create clerk/acme-shop n1@new.example n2@new.example --role org:member",
                (sends("partly; the mail", &["POST", "POST"]), sends(NEW_INVITE, POST)),
            ),
            case(Vulos, "invite create vulos/41 fresh@new.example", (Impossible("no call that takes an invite back"), Never)),
        ],
        Verb::InviteRevoke => vec![
            case(Balena, "invite revoke balena/acme_fleet hal@acme.example", (sends(NEW_INVITE, POST), sends("exact", DELETE))),
            case(Clerk, "invite revoke clerk/acme-shop hal@acme.example", (sends(NEW_INVITE, POST), sends("exact", POST))),
            case(
                Clerk,
                "invite revoke clerk/acme-shop hal@acme.example ivy@partner.example",
                (sends(NEW_INVITE, &["POST", "POST"]), sends("exact", &["POST", "POST"])),
            ),
        ],
        Verb::InviteResend => vec![
            case(Balena, "invite resend balena/acme_fleet hal@acme.example", (nearly("partly; the new invite is revoked", DELETE), sends(NEW_INVITE, POST))),
            case(Clerk, "invite resend clerk/acme-shop hal@acme.example", (nearly("partly; the new invite is revoked", POST), sends(NEW_INVITE, POST))),
            case(Vulos, "invite resend vulos/41 new.pilot@pilots.example", (Impossible("no call that takes an invite back"), Never)),
        ],
        Verb::InviteAccept => vec![case(Balena, "invite accept balena", (Impossible("does not say which organization it was"), Never))],
        Verb::WhoAmI
        | Verb::OrgList
        | Verb::OrgShow
        | Verb::MetadataShow
        | Verb::MemberList
        | Verb::MemberShow
        | Verb::MemberRoles
        | Verb::InviteList
        | Verb::RoleList
        | Verb::UserFind
        | Verb::UserMemberships => Vec::new(),
    }
}

const NEW_IDS: &str = "partly; by giving and taking again; the roles get new ids";

/// The old role is given before the new one is taken.
const fn two_calls() -> (Turn, Turn) {
    const BOTH: &[&str] = &["PUT", "DELETE"];
    (sends(NEW_IDS, BOTH), sends(NEW_IDS, BOTH))
}

/// A member whose membership carries values.
fn seated(world: &mut World) {
    let org = world.org_by_slug(Clerk, "acme-shop").unwrap().key;
    let bo = world.person_by_username("bo").unwrap().key;
    let member = world.membership(org, bo).unwrap().key;
    world.edit_member(member, |member| {
        let seat = serde_json::json!({"seat": "12", "desk": {"floor": 3}});
        member.metadata.public.clone_from(seat.as_object().unwrap());
    });
}

/// Pictures that are kept where nobody serves them.
fn elsewhere(world: &mut World) {
    "http://127.0.0.1:1/nowhere".clone_into(&mut world.settings.pictures);
}

/// The files that commands name.
pub(super) fn named(stage: &Stage, line: &str) -> String {
    let logo = stage.file("new.gif", "GIF89a of our own");
    let metadata = r#"{"plan":null,"tier":{"name":"gold"},"regions":["eu"]}"#;
    let metadata = stage.file("metadata.json", metadata);
    line.replace("LOGO", &logo).replace("METADATA", &metadata)
}
