//! One call on behalf of a person: what it asks, who asks, and where in an organization they stand.
//!
//! The rules of rights live here: scopes, membership, levels.

use super::level::Level;
use super::refusal::Refusal;
use crate::sandbox::Service::Vulos;
use crate::sandbox::exchange::{Request, decode};
use crate::sandbox::world::{Key, Member, Person, Principal, World};

/// A request whose token was accepted.
pub(super) struct Call<'a> {
    pub(super) world: &'a mut World,
    pub(super) request: &'a Request,
    /// Who asks.
    pub(super) caller: Person,
    principal: Principal,
}

/// The caller's place in an organization.
pub(super) struct Seat {
    pub(super) org: Key,
    own: Key,
    level: Level,
}

impl<'a> Call<'a> {
    /// Looks the token up; only people have tokens here.
    pub(super) fn begin(world: &'a mut World, request: &'a Request) -> Result<Self, Refusal> {
        let principal = world.caller(Vulos, request.bearer()).cloned();
        let principal = principal.ok_or(Refusal::Unauthorized)?;
        let person = principal.person().and_then(|key| world.person(key));
        let with_account = person.filter(|person| person.id(Vulos).is_some());
        let caller = with_account.cloned().ok_or(Refusal::Unauthorized)?;
        Ok(Self {
            world,
            request,
            caller,
            principal,
        })
    }

    /// Whether the token was granted `scope`.
    pub(super) fn has(&self, scope: &str) -> bool {
        self.principal.scopes.iter().any(|granted| granted == scope)
    }

    pub(super) fn needs(&self, scope: &str) -> Result<(), Refusal> {
        self.has(scope).then_some(()).ok_or(Refusal::Unauthorized)
    }

    /// The caller's place in the organization `id`; strangers do not learn whether it exists.
    pub(super) fn seat(&self, id: &str) -> Result<Seat, Refusal> {
        let org = self.world.find_org(Vulos, &decode(id));
        let own = org.and_then(|org| self.world.membership(org.key, self.caller.key));
        let own = own.ok_or_else(|| {
            Refusal::new(
                "E_ORGANIZATION",
                "You are no member of such an organization",
            )
        })?;
        Ok(Seat {
            org: own.org,
            own: own.key,
            level: Level::of(own),
        })
    }

    /// The membership `id` of that organization, in any case of its letters.
    pub(super) fn member(&self, seat: &Seat, id: &str) -> Result<&Member, Refusal> {
        let member = self.world.find_member(Vulos, &decode(id));
        let here = member.filter(|member| member.org == seat.org);
        here.ok_or_else(|| Refusal::new("E_MEMBERSHIP", "There is no such member"))
    }
}

impl Seat {
    pub(super) fn needs(&self, level: Level) -> Result<(), Refusal> {
        (self.level <= level).then_some(()).ok_or_else(not_allowed)
    }

    /// Whether that membership is the caller's own.
    pub(super) fn is_own(&self, member: &Member) -> bool {
        self.own == member.key
    }

    /// Nobody acts on those who are as mighty as they are; on themselves they may.
    pub(super) fn outranks(&self, member: &Member) -> Result<(), Refusal> {
        let may = self.is_own(member) || self.level < Level::of(member);
        may.then_some(()).ok_or_else(not_allowed)
    }
}

fn not_allowed() -> Refusal {
    Refusal::new("E_NOT_ALLOWED", "You are not allowed to do this")
}
