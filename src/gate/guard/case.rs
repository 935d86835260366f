//! The case of one plan: its steps, the memberships it changes, and what was read once for all guards.

use tokio::sync::OnceCell;

use super::cap::Cap;
use super::reads;
use crate::domain::mutation::Parting;
use crate::domain::plan::Seen;
use crate::domain::{
    Capabilities, Member, Mutation, Org, OrgId, Principal, Role, Step, Text, Wish,
};
use crate::gate::Gate;
use crate::provider::link::Link;

/// Characters of a name in a finding.
const NAME: usize = 60;

/// A plan that is looked at.
pub(in crate::gate) struct Case<'a> {
    pub(super) gate: &'a Gate,
    pub(super) link: &'a Link,
    pub(super) wish: &'a Wish,
    pub(super) steps: &'a [Step],
    pub(super) can: Capabilities,
    pub(super) cap: Cap,
    pub(super) subjects: Vec<Subject>,
    org: OnceCell<Option<Org>>,
    principal: OnceCell<Option<Principal>>,
}

/// A membership that the plan changes.
pub(super) struct Subject {
    /// As it is now.
    pub(super) member: Member,
    /// What is left of it.
    pub(super) left: Left,
}

/// What a plan leaves of a membership.
pub(super) enum Left {
    /// These roles.
    Roles(Vec<Role>),
    /// Nothing: it ends.
    Nothing(Parting),
}

impl<'a> Case<'a> {
    pub(in crate::gate) fn new(
        gate: &'a Gate,
        link: &'a Link,
        (wish, steps, cap): (&'a Wish, &'a [Step], Cap),
    ) -> Self {
        Self {
            gate,
            link,
            wish,
            steps,
            can: link.capabilities(),
            cap,
            subjects: subjects(steps),
            org: OnceCell::new(),
            principal: OnceCell::new(),
        }
    }

    /// The organization that it happens in, where that exists already.
    pub(super) fn org_id(&self) -> Option<&'a OrgId> {
        self.steps.iter().find_map(|step| step.change.org())
    }

    /// That organization as it is now; `None` where it could not be read.
    pub(super) async fn org(&self) -> Option<&Org> {
        let read = async {
            let seen = self.steps.iter().find_map(|step| match &step.seen {
                Seen::Org(org) => Some(Org::clone(org)),
                Seen::Nothing
                | Seen::Gone
                | Seen::Member(_)
                | Seen::Invite(_)
                | Seen::Invites(_)
                | Seen::Orgs(_) => None,
            });
            match (seen, self.org_id()) {
                (Some(org), _) => Some(org),
                (None, Some(org)) => reads::org(self.link, org).await,
                (None, None) => None,
            }
        };
        self.org.get_or_init(|| read).await.as_ref()
    }

    /// Who we are; `None` where it could not be read.
    pub(super) async fn principal(&self) -> Option<&Principal> {
        let read = reads::principal(self.link);
        self.principal.get_or_init(|| read).await.as_ref()
    }

    /// What is found about a member; in a bulk it says of whom.
    pub(super) fn about(&self, subject: &Subject, words: String) -> String {
        if self.subjects.len() < 2 {
            return words;
        }
        let name = subject.member.display_name().excerpt(NAME);
        format!("{name}: {words}")
    }

    /// What may be typed: the organization's name, and what is shown beside it; of a bulk in several
    /// organizations, how many rows it has.
    pub(super) async fn names(&self) -> Vec<Text> {
        if matches!(self.wish, Wish::Each(_)) && self.wish.org().is_none() {
            return vec![Text::from(self.wish.parts().len().to_string())];
        }
        let org = self.org().await;
        let told = org.map(|org| [org.name.known(), org.slug.known()]);
        let told = told.into_iter().flatten().flatten();
        let id = self.org_id().map(OrgId::text);
        let names = told.chain(id).filter(|name| !name.is_empty());
        names.cloned().collect()
    }
}

impl Subject {
    /// The roles that are held now; `None` where they were not told.
    pub(super) fn held(&self) -> Option<impl Iterator<Item = &Role>> {
        let held = self.member.roles.known();
        held.map(|held| held.iter().map(|assignment| &assignment.role))
    }

    /// Whether a role with this key is held now.
    pub(super) fn holds(&self, key: &str) -> bool {
        let mut held = self.member.assignments().iter();
        held.any(|held| held.role.key.raw() == key)
    }

    /// The roles that stay.
    pub(super) fn kept(&self) -> &[Role] {
        match &self.left {
            Left::Roles(roles) => roles,
            Left::Nothing(_) => &[],
        }
    }

    fn change(&mut self, change: &Mutation) {
        match (change, &mut self.left) {
            (Mutation::RemoveMember { why, .. }, left) => *left = Left::Nothing(*why),
            (Mutation::SetRole { role, .. }, left) => *left = Left::Roles(vec![role.clone()]),
            (Mutation::GiveRole { role, .. }, Left::Roles(roles)) => roles.push(role.clone()),
            (Mutation::TakeRole { role, .. }, Left::Roles(roles)) => {
                if let Some(place) = roles.iter().position(|held| held.key == role.key) {
                    roles.remove(place);
                }
            }
            _ => {}
        }
    }
}

/// The memberships that steps change, each once, with what all its steps together leave.
fn subjects(steps: &[Step]) -> Vec<Subject> {
    let mut subjects: Vec<Subject> = Vec::new();
    for step in steps {
        let Seen::Member(member) = &step.seen else {
            continue;
        };
        if let Mutation::AddMember { .. } = step.change {
            continue;
        }
        let known = subjects.iter().position(|one| one.member.id == member.id);
        let place = known.unwrap_or_else(|| {
            subjects.push(Subject::of(member));
            subjects.len() - 1
        });
        subjects[place].change(&step.change);
    }
    subjects
}

impl Subject {
    fn of(member: &Member) -> Self {
        let roles = member.assignments().iter();
        Self {
            left: Left::Roles(roles.map(|held| held.role.clone()).collect()),
            member: member.clone(),
        }
    }
}
