//! Memberships: of an organization, of a user, and one by its id or by its pair.

use super::Balena;
use super::capabilities::Model;
use super::odata::{Key, Resource, all_of, contains, literal, options};
use super::page::{Shape, Window};
use super::roles::role;
use super::wire::{self, Link, time};
use crate::domain::member::Mine;
use crate::domain::query::Reply;
use crate::domain::{
    Answer, ApiError, Assignment, Cursor, Fault, Member, MemberBy, MemberId, MemberRef, Membership,
    OrgId, Page, Profile, Request, RoleKey, Row, Text, Told, UserAt, UserId, Verb,
};

const PER_PAGE: usize = 100;
const ORG_LINK: &str = "is_member_of__organization($select=id,name)";
const NOBODY: &str = "this key belongs to no person";

/// Which members of an organization are wanted.
pub(super) struct Sieve<'a> {
    pub(super) role: Option<&'a RoleKey>,
    pub(super) text: Option<&'a Text>,
}

impl Balena {
    pub(super) async fn members(&self, org: &OrgId, sieve: Sieve<'_>, page: &Cursor) -> Reply {
        let window = Window::at(Verb::MemberList, page, PER_PAGE)?;
        let number = self.number(Verb::MemberList, org)?;
        let model = self.offered(Verb::MemberList).await?;
        let mut conditions = vec![format!("is_member_of__organization eq {number}")];
        if let Some(role) = sieve.role {
            // Without roles there is no such field, and asking for it is a 500.
            self.offered(Verb::MemberRoles).await?;
            let name = literal(role.raw());
            conditions.push(format!(
                "organization_membership_role/any(omr:omr/name eq {name})"
            ));
        }
        if let Some(text) = sieve.text {
            conditions.push(format!("user/any(u:{})", contains("u/username", text)));
        }
        let request = list(&conditions, links(model), &window);
        let records = self.records(Verb::MemberList, &request).await?;
        if records.is_empty() && window.is_first() {
            self.seen_org(Verb::MemberList, org).await?;
        }
        let shape = self.member_shape(Verb::MemberList, Some(org)).await;
        let members = window.page(&records, &shape);
        let strip = |row: Row<Membership>| Row {
            item: row.item.member,
            detail: row.detail,
        };
        Ok(Answer::Members(Page {
            rows: members.rows.into_iter().map(strip).collect(),
            total: members.total,
            next: members.next,
            is_torn: members.is_torn,
        }))
    }

    pub(super) async fn memberships(&self, user: &UserAt, page: &Cursor) -> Reply {
        let window = Window::at(Verb::UserMemberships, page, PER_PAGE)?;
        let condition = self.membership_of(user).await?;
        let model = self.offered(Verb::UserMemberships).await?;
        let links = format!("{},{ORG_LINK}", links(model));
        let request = list(&[condition], &links, &window);
        let records = self.records(Verb::UserMemberships, &request).await?;
        let shape = self.member_shape(Verb::UserMemberships, None).await;
        Ok(Answer::Memberships(window.page(&records, &shape)))
    }

    async fn membership_of(&self, user: &UserAt) -> Result<String, ApiError> {
        let verb = Verb::UserMemberships;
        let by_id = |id: &UserId| Ok(format!("user eq {}", self.number(verb, id)?));
        match user {
            UserAt::Id(id) => by_id(id),
            UserAt::Name(_, name) => {
                let name = literal(name.raw());
                Ok(format!("user/any(u:u/username eq {name})"))
            }
            UserAt::Me(_) => by_id(&self.myself(verb).await?),
        }
    }

    /// The caller's user id, where the credential is a person's.
    pub(super) async fn myself(&self, verb: Verb) -> Result<UserId, ApiError> {
        let nobody = || ApiError::new(verb, Fault::NotOffered(NOBODY));
        self.me(verb).await?.ok_or_else(nobody)
    }

    pub(super) async fn member(&self, verb: Verb, at: &MemberRef) -> Result<Member, ApiError> {
        let found = self.member_record(verb, at).await;
        let json = self.within(&at.org, found).await?;
        let shape = self.member_shape(verb, Some(&at.org)).await;
        let found = shape.one(verb, &json)?.member;
        // An id of another organization's membership would otherwise be taken for one of this.
        let here = found.at.org == at.org;
        here.then_some(found)
            .ok_or_else(|| ApiError::new(verb, Fault::Missing))
    }

    pub(super) async fn member_roles(&self, at: &MemberRef) -> Reply {
        let member = self.member(Verb::MemberRoles, at).await?;
        Ok(Answer::Assignments(member.assignments().to_vec()))
    }

    pub(super) async fn raw_member(&self, at: &MemberRef) -> Reply {
        let json = self.member_record(Verb::MemberShow, at).await?;
        Ok(super::raw::answer(json))
    }

    async fn member_record(
        &self,
        verb: Verb,
        at: &MemberRef,
    ) -> Result<serde_json::Value, ApiError> {
        let key = self.member_key(verb, at)?;
        let model = self.offered(verb).await?;
        let fields = match model {
            Model::Cloud => "id,created_at,effective_seat_role",
            Model::Lean | Model::Open => "id,created_at",
        };
        let links = format!("{},{ORG_LINK}", links(model));
        let query = options(&[("$select", fields), ("$expand", &links)]);
        let request = Request::get(Resource::Membership.at(&key)).query(query);
        self.record(verb, &request).await
    }

    pub(super) fn member_key(&self, verb: Verb, at: &MemberRef) -> Result<Key, ApiError> {
        let org = self.number(verb, &at.org)?;
        match &at.by {
            MemberBy::Id(id) => Ok(Key::id(&self.number(verb, id)?)),
            MemberBy::User(user) => Ok(Key::pair(&self.number(verb, user)?, &org)),
        }
    }

    async fn member_shape<'a>(&'a self, verb: Verb, org: Option<&'a OrgId>) -> MemberShape<'a> {
        MemberShape {
            profile: self.transport.profile(),
            org,
            // Members are worth showing even where we do not learn which of them we are.
            me: self.me(verb).await.ok().flatten(),
        }
    }
}

fn list(conditions: &[String], links: &str, window: &Window) -> Request {
    Request::get(Resource::Membership.path()).query(options(&[
        ("$select", "id,created_at"),
        ("$expand", links),
        ("$filter", &all_of(conditions)),
        ("$orderby", window.order("created_at asc,id asc")),
        ("$top", &window.top()),
        ("$skip", &window.skip()),
    ]))
}

/// Never without an inner `$select`: openBalena would send the password hash along.
fn links(model: Model) -> &'static str {
    if model.has_roles() {
        "user($select=id,username),organization_membership_role($select=id,name)"
    } else {
        "user($select=id,username)"
    }
}

/// Makes memberships of one profile.
struct MemberShape<'a> {
    profile: &'a Profile,
    /// The organization that was asked about; what the record says of itself comes first.
    org: Option<&'a OrgId>,
    me: Option<UserId>,
}

impl Shape for MemberShape<'_> {
    type Wire = wire::Membership;
    type Item = Membership;

    fn whole(&self, record: wire::Membership) -> Result<Membership, Text> {
        let link = record.org.and_then(Link::known);
        let told = link
            .as_ref()
            .map(|org| OrgId::new(self.profile, org.id.text()));
        let org = told.as_ref().or(self.org);
        let org = org.ok_or_else(|| Text::from("field is_member_of__organization"))?;
        let id = MemberId::new(self.profile, record.id.text());
        let user = record.user.and_then(Link::known);
        let user_id = user
            .as_ref()
            .map(|user| UserId::new(self.profile, user.id.text()));
        let role = record
            .role
            .and_then(Link::record)
            .and_then(|record| role(self.profile, record));
        let member = Member {
            is_me: Told::or_unknown(self.whose(user_id.as_ref())),
            user: Told::or_unknown(user_id),
            username: user.map_or(Told::Unknown, |user| user.username),
            roles: Told::or_unknown(role.map(|role| [Assignment { role, id: None }].into())),
            joined: time(record.created_at),
            ..Member::reference(MemberRef::id(org, &id), id)
        };
        Ok(Membership {
            member,
            org_name: link.map_or(Told::Unknown, |org| org.name),
        })
    }

    fn blank(&self, id: Text) -> Membership {
        let id = MemberId::new(self.profile, id);
        let nowhere = OrgId::new(self.profile, "");
        let at = MemberRef::id(self.org.unwrap_or(&nowhere), &id);
        Membership {
            member: Member::reference(at, id),
            org_name: Told::Unknown,
        }
    }
}

impl MemberShape<'_> {
    fn whose(&self, user: Option<&UserId>) -> Option<Mine> {
        let mine = self.me.as_ref()? == user?;
        Some(if mine { Mine::Own } else { Mine::Other })
    }
}
