//! Whether a plan takes something from the very person who asks for it.

use super::Findings;
use super::case::{Case, Left, Subject};
use crate::domain::member::Mine;
use crate::domain::mutation::Parting;
use crate::domain::{Capabilities, PrincipalKind, Role, Told};

const GOES: &str = "this is your own membership";
const WEAKENS: &str = "you would give up rights of your own";

/// Whose membership it is.
enum Whose {
    Own,
    Others,
    Unknown,
}

/// Asks for the name where the caller would lose the membership or rights in it.
pub(super) async fn concerned(case: &Case<'_>) -> Findings {
    let mut found = Findings::default();
    for subject in &case.subjects {
        let Some(why) = loss(case, subject) else {
            continue;
        };
        match whose(case, subject).await {
            Whose::Own => found.want_name(why),
            Whose::Others => {}
            Whose::Unknown => found.warn("Yourself", "whether this is you could not be told"),
        }
    }
    found
}

/// What a person would lose whose membership it is.
fn loss(case: &Case<'_>, subject: &Subject) -> Option<&'static str> {
    match &subject.left {
        Left::Nothing(_) => Some(GOES),
        Left::Roles(left) => {
            let held = subject.held().map(|held| strength(&case.can, held));
            let weaker = held.is_none_or(|held| strength(&case.can, left.iter()) > held);
            weaker.then_some(WEAKENS)
        }
    }
}

/// The strongest level, 0 first. An administrator's role without a level counts as the strongest.
fn strength<'r>(can: &Capabilities, roles: impl Iterator<Item = &'r Role>) -> u8 {
    let level = |role: &Role| {
        let admin = can.rules.admins.contains(&role.key.raw());
        let unranked = if admin { 0 } else { u8::MAX };
        can.level(role).unwrap_or(unranked)
    };
    roles.map(level).min().unwrap_or(u8::MAX)
}

async fn whose(case: &Case<'_>, subject: &Subject) -> Whose {
    if let Left::Nothing(Parting::Leaves) = subject.left {
        return Whose::Own;
    }
    let me = case.principal().await;
    let me_here = me.and_then(|me| me.user.as_ref());
    if me_here.is_some() && me_here == subject.member.user.known() {
        return Whose::Own;
    }
    match (&subject.member.is_me, me) {
        (Told::Is(Mine::Own), _) => Whose::Own,
        (Told::Is(Mine::Other), _) => Whose::Others,
        // A key that acts for nobody is no member.
        (Told::Empty | Told::Unknown, Some(me)) if me.kind != PrincipalKind::User => Whose::Others,
        (Told::Empty | Told::Unknown, _) => Whose::Unknown,
    }
}
