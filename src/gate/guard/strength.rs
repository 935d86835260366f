//! Levels: what the caller's own roles allow on a service that ranks them, and on whom.

use super::Findings;
use super::case::{Case, Subject};
use super::reads;
use crate::domain::{ApiError, Capabilities, Fault, Member, Mutation, Role, Verb};

const WHAT: &str = "Your rights";

/// Compares the caller's own level with what the wish asks for and with those it is about.
pub(super) async fn suffices(case: &Case<'_>) -> Findings {
    let mut found = Findings::default();
    let levels = case.can.rules.levels.iter();
    let is_asked = |verb: Verb| case.wish.parts().iter().any(|part| part.verb() == verb);
    let asked = levels.filter(|(verb, _)| is_asked(*verb));
    // The lower the number, the stronger the role.
    let needed = asked.map(|(_, level)| *level).min();
    let (Some(needed), Some(org)) = (needed, case.org_id()) else {
        return found;
    };
    let own = reads::own(case.link, org).await;
    let Some(own) = own.filter(|own| own.roles.known().is_some()) else {
        found.unread(WHAT);
        return found;
    };
    let level = strongest(&case.can, &own);
    rights(case, (&own, level, needed), &mut found);
    let others = case.subjects.iter().filter(|one| one.member.id != own.id);
    others.for_each(|other| untouchable(case, (&own, level), other, &mut found));
    given(case, level, &mut found);
    found
}

/// Whether rights suffice is the service's to say: its table is no refusal.
fn rights(case: &Case<'_>, (own, level, needed): (&Member, Option<u8>, u8), found: &mut Findings) {
    let called = called(&case.can, own);
    if level.is_some_and(|level| level <= needed) {
        found.tell(WHAT, called);
    } else {
        let needs = named(&case.can, needed);
        found.warn(
            WHAT,
            format!("{called}; this takes {needs} or a stronger role"),
        );
    }
}

/// Nobody acts on a member of the same or a stronger level.
fn untouchable(
    case: &Case<'_>,
    (own, mine): (&Member, Option<u8>),
    subject: &Subject,
    found: &mut Findings,
) {
    if subject.member.roles.known().is_none() {
        found.unread("Rights of the member");
        return;
    }
    let theirs = strongest(&case.can, &subject.member);
    if let Some((mine, theirs)) = mine.zip(theirs)
        && theirs <= mine
    {
        let words = format!(
            "the service lets nobody act on a member of the same or a stronger level: you are {}, the member is {}",
            called(&case.can, own),
            called(&case.can, &subject.member),
        );
        let words = case.about(subject, words);
        found.refuse(ApiError::new(case.wish.verb(), Fault::Refused).words(words));
    }
}

/// Which roles may be given is not documented.
fn given(case: &Case<'_>, mine: Option<u8>, found: &mut Findings) {
    let own = mine.unwrap_or(u8::MAX);
    for step in case.steps {
        let Mutation::GiveRole { role, .. } = &step.change else {
            continue;
        };
        if case.can.level(role).is_some_and(|level| level <= own) {
            let words = format!(
                "whether you may give {}, which is as strong as your own, is not documented",
                role.name.raw()
            );
            found.warn("Role given", words);
        }
    }
}

fn strongest(can: &Capabilities, member: &Member) -> Option<u8> {
    let held = member.assignments().iter();
    held.filter_map(|held| can.level(&held.role)).min()
}

/// The role that a member's level comes from.
fn called(can: &Capabilities, member: &Member) -> String {
    let held = member.assignments().iter().map(|held| &held.role);
    let ranked = held.filter_map(|role| Some((can.level(role)?, role)));
    let strongest = ranked.min_by_key(|(level, _)| *level);
    strongest.map_or(
        "without a role that carries rights".to_owned(),
        |(_, role)| role.name.raw().to_owned(),
    )
}

/// What the vocabulary calls a level.
fn named(can: &Capabilities, level: u8) -> String {
    let known = can.suggested().iter();
    let mut known = known.filter(|role: &&Role| role.level == Some(level));
    known
        .next()
        .map_or(format!("level {level}"), |role| role.name.raw().to_owned())
}
