//! Tests of the guards: for each service a table of situations and what is found in each, on its sandbox.
//!
//! The tables are snapshots: `refused` and `name` are objections, `!` marks a warning, `-` what is told.

mod balena;
mod bulk;
mod clerk;
mod limits;
mod vulos;
mod weight;

use std::fmt::Write as _;
use std::sync::Arc;

use orgdeck::domain::connection::Stage;
use orgdeck::domain::plan::{Check, Weight};
use orgdeck::domain::query::{Cursor, Query};
use orgdeck::domain::{
    Answer, Connection, InviteDraft, Member, MemberId, MemberRef, Objection, OrgId, Plan, Profile,
    Role, Text, Told, UserId, Wish,
};
use orgdeck::gate::Gate;
use orgdeck::journal::memory::Memory;
use orgdeck::provider::link::Link;
use orgdeck::sandbox::faults::{Fault, Rule};
use orgdeck::sandbox::world::{self, World};
use orgdeck::sandbox::{Sandbox, Service};

use crate::sandbox::{demo, origin};
use crate::support::link::{limits, link, services};

/// A gate before a service of the demo world.
pub(super) struct Post {
    kind: Service,
    sandbox: Sandbox,
    pub(super) link: Arc<Link>,
    pub(super) gate: Arc<Gate>,
    journal: Arc<Memory>,
}

/// What somebody wants, in the names of the demo world.
#[derive(Clone, Copy)]
enum Ask {
    Remove(&'static str),
    Roles(&'static str, &'static [&'static str]),
    Leave,
    Delete,
    RemoveLogo,
    Edit,
    Add(&'static str, &'static str),
    Invite(&'static [&'static str], &'static str),
    Revoke(&'static str),
    Resend(&'static str),
}

/// What is so beforehand.
type Given = fn(&mut Post);

fn nothing(_: &mut Post) {}

fn production(post: &mut Post) {
    let connection = Connection {
        production: Told::Is(Stage::Production),
        ..post.link.connection.clone()
    };
    let provider = Arc::clone(post.link.provider());
    post.link = Arc::new(Link::new(connection, provider, post.link.capabilities()));
}

impl Post {
    pub(super) fn of(kind: Service) -> Self {
        let sandbox = demo();
        let face = sandbox.face(kind);
        let named = services().into_iter().find(|(_, face)| *face == kind);
        let at = (face.url.as_str(), face.token.as_str());
        let link = link(&profile(), &named.unwrap().0, at, (limits(), |_| {}));
        let journal = Arc::new(Memory::default());
        Self {
            kind,
            link: Arc::new(link),
            gate: Arc::new(Gate::new(Arc::clone(&journal) as _, origin)),
            journal,
            sandbox,
        }
    }

    /// Reads of this path fail from now on.
    fn fail(&self, path: &str) {
        let broken = Fault::Status(500, Vec::new(), String::new());
        let rule = Rule::always(broken).method("GET").path(path);
        self.sandbox.fail(self.kind, rule);
    }

    /// Changes an organization of this name in the world.
    fn change(&self, org: &str, change: impl FnOnce(&mut World, world::Key)) {
        self.sandbox.world(|world| {
            let key = world.orgs(self.kind).find(|one| one.name == org);
            let key = key.unwrap().key;
            change(world, key);
        });
    }

    /// Gives somebody one role and no other.
    fn role(&self, org: &str, email: &str, role: &str) {
        self.change(org, |world, org| {
            let person = world.person_by_email(email).unwrap().key;
            let member = world.membership(org, person).unwrap().key;
            world.set_role(member, role);
        });
    }

    pub(super) fn org(&self, name: &str) -> OrgId {
        let id = self.sandbox.world(|world| {
            let org = world.orgs(self.kind).find(|one| one.name == name);
            org.unwrap().id.clone()
        });
        OrgId::new(&profile(), id)
    }

    pub(super) fn user(&self, email: &str) -> UserId {
        let id = self.sandbox.world(|world| {
            let person = world.person_by_email(email).unwrap();
            person.id(self.kind).unwrap().to_owned()
        });
        UserId::new(&profile(), id)
    }

    /// A member as a screen holds it: by the reference that the service's list tells.
    pub(super) fn member(&self, org: &OrgId, email: &str) -> Member {
        let id = self.sandbox.world(|world| {
            let person = world.person_by_email(email).unwrap().key;
            let org = world.find_org(self.kind, org.raw()).unwrap().key;
            world.membership(org, person).unwrap().id.clone()
        });
        let id = MemberId::new(&profile(), id);
        match self.kind {
            Service::Clerk => Member::reference(MemberRef::user(org, &self.user(email)), id),
            Service::Balena | Service::Vulos => Member::reference(MemberRef::id(org, &id), id),
        }
    }

    async fn wish(&self, org: &str, ask: Ask) -> Wish {
        let org = self.org(org);
        match ask {
            Ask::Remove(email) => Wish::RemoveMember {
                member: Box::new(self.member(&org, email)),
            },
            Ask::Roles(email, roles) => {
                let member = self.member(&org, email).at;
                let Ok(Answer::Assignments(from)) =
                    self.link.query(Query::MemberRoles(member.clone())).await
                else {
                    panic!("roles can be read");
                };
                let to = roles.iter().copied().map(Role::named).collect();
                Wish::SetRoles { member, from, to }
            }
            Ask::Leave => Wish::Leave { org },
            Ask::Delete => Wish::DeleteOrg { org },
            Ask::RemoveLogo => Wish::RemoveLogo { org },
            Ask::Edit => Wish::EditOrg {
                org,
                fields: orgdeck::domain::Fields::default()
                    .with("name", orgdeck::domain::Value::Text(Text::from("Other"))),
            },
            Ask::Add(email, role) => Wish::AddMember {
                org,
                user: self.user(email),
                role: Role::named(role),
                metadata: None,
            },
            Ask::Invite(emails, role) => Wish::Invite {
                org,
                drafts: emails
                    .iter()
                    .map(|email| InviteDraft {
                        role: (!role.is_empty()).then(|| Role::named(role)),
                        ..InviteDraft::to(*email)
                    })
                    .collect(),
            },
            Ask::Revoke(email) => Wish::RevokeInvite {
                invite: Box::new(self.invite(&org, email).await),
            },
            Ask::Resend(email) => Wish::Resend(orgdeck::domain::wish::Resend::Listed(Box::new(
                self.invite(&org, email).await,
            ))),
        }
    }

    async fn invite(&self, org: &OrgId, email: &str) -> orgdeck::domain::Invite {
        let mut page = Cursor::FIRST;
        loop {
            let query = Query::Invites {
                org: Some(org.clone()),
                status: None,
                page,
            };
            let Ok(Answer::Invites(found)) = self.link.query(query).await else {
                panic!("invites can be read");
            };
            let mut rows = found.rows.into_iter().map(|row| row.item);
            if let Some(invite) = rows.find(|one| one.email == Told::Is(Text::from(email))) {
                return invite;
            }
            page = found.next.cursors().swap_remove(0);
        }
    }

    async fn plan(&self, org: &str, ask: Ask) -> Plan {
        let wish = self.wish(org, ask).await;
        let plan = self.gate.prepare(&self.link, wish).await.unwrap();
        let mut asked = self.sandbox.requests(self.kind).into_iter();
        assert!(
            asked.all(|request| request.method == "GET"),
            "a plan only reads"
        );
        plan
    }
}

fn profile() -> Profile {
    Profile::new("guards")
}

/// A situation: what it is called, what is so, what is asked of which organization.
type Situation = (&'static str, Given, &'static str, Ask);

/// The table of a service.
async fn table(kind: Service, situations: &[Situation]) -> String {
    let mut table = String::new();
    for (called, given, org, ask) in situations {
        let mut post = Post::of(kind);
        let wish = post.wish(org, *ask).await;
        given(&mut post);
        // What the server turns out to be; where that cannot be asked the table stays as it is.
        let _ = post.link.query(Query::Probe).await;
        writeln!(table, "{called}").unwrap();
        match post.gate.prepare(&post.link, wish).await {
            Ok(plan) => lines(&plan, &mut table),
            Err(error) => writeln!(table, "    error {error}").unwrap(),
        }
    }
    table
}

fn lines(plan: &Plan, table: &mut String) {
    for objection in &plan.objections {
        match objection {
            Objection::Refused(error) => {
                let words = error.words.as_ref().map_or("", Text::raw);
                let kind = error.fault.kind();
                writeln!(table, "    refused ({kind}): {words}").unwrap();
            }
            Objection::TypeName { names, why } => {
                let names: Vec<_> = names.iter().map(|name| known(name.raw())).collect();
                writeln!(table, "    name [{}]: {why}", names.join(" | ")).unwrap();
            }
        }
    }
    for check in &plan.checks {
        writeln!(table, "    {}", line(check)).unwrap();
    }
}

fn line(check: &Check) -> String {
    let mark = match check.weight {
        Weight::Told => '-',
        Weight::Warning => '!',
    };
    format!("{mark} {}: {}", check.what, check.found.raw())
}

/// Ids of a run are not those of the next.
fn known(name: &str) -> &str {
    if name.starts_with("org_") {
        "(id)"
    } else {
        name
    }
}

/// The checks of a plan under one heading.
fn found(plan: &Plan, what: &str) -> Vec<String> {
    let under = plan.checks.iter().filter(|check| check.what == what);
    under.map(line).collect()
}

/// The reason why a name is asked for.
fn reason(plan: &Plan) -> Option<&'static str> {
    plan.objections
        .iter()
        .find_map(|objection| match objection {
            Objection::TypeName { why, .. } => Some(*why),
            Objection::Refused(_) => None,
        })
}
