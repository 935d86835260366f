//! Guards: what is looked at before a person decides, from reads made for this very plan.
//!
//! Each guard is a function from the case to its findings and knows nothing of the others. A read
//! that fails or stops early claims nothing and blocks nothing: the check then says so. Rules come
//! out of the capabilities, so that no service is known here.

mod administrators;
mod case;
mod deletion;
mod invites;
mod joining;
mod keeps;
mod places;
mod reads;
mod roles;
mod strength;
mod weight;
mod yourself;

use crate::domain::plan::{Check, Weight};
use crate::domain::{ApiError, Objection, Text};

pub(super) use case::Case;
pub(super) use weight::together;

const UNREAD: &str = "could not be checked";

/// What the guards found.
#[derive(Default)]
pub(super) struct Findings {
    checks: Vec<Check>,
    refusals: Vec<ApiError>,
    /// Why a name is to be typed, the weightiest reason first.
    reasons: Vec<&'static str>,
}

impl Findings {
    fn tell(&mut self, what: &'static str, found: impl Into<Text>) {
        self.check(what, found.into(), Weight::Told);
    }

    fn warn(&mut self, what: &'static str, found: impl Into<Text>) {
        self.check(what, found.into(), Weight::Warning);
    }

    fn unread(&mut self, what: &'static str) {
        self.warn(what, UNREAD);
    }

    fn refuse(&mut self, error: ApiError) {
        self.refusals.push(error);
    }

    fn want_name(&mut self, why: &'static str) {
        if !self.reasons.contains(&why) {
            self.reasons.push(why);
        }
    }

    fn check(&mut self, what: &'static str, found: Text, weight: Weight) {
        self.checks.push(Check {
            what,
            found,
            weight,
        });
    }

    fn join(&mut self, other: Self) {
        self.checks.extend(other.checks);
        self.refusals.extend(other.refusals);
        other
            .reasons
            .into_iter()
            .for_each(|why| self.want_name(why));
    }
}

/// All that is found about a plan, in the order it is shown in.
pub(super) async fn weigh(case: &Case<'_>) -> (Vec<Check>, Vec<Objection>) {
    let mut found = deletion::goes_along(case);
    found.join(joining::already(case));
    let (own, admins, strength, weight, keeps) = tokio::join!(
        yourself::concerned(case),
        administrators::left(case),
        strength::suffices(case),
        weight::of(case),
        keeps::elsewhere(case),
    );
    let (members, places, hourly, roles) = tokio::join!(
        invites::members(case),
        places::free(case),
        places::hourly(case),
        roles::listed(case),
    );
    for part in [own, admins, strength, weight, keeps] {
        found.join(part);
    }
    for part in [members, places, hourly, roles] {
        found.join(part);
    }
    concluded(case, found).await
}

/// One name answers every reason; the reasons beside the first are shown as checks.
async fn concluded(case: &Case<'_>, mut found: Findings) -> (Vec<Check>, Vec<Objection>) {
    let reasons = std::mem::take(&mut found.reasons);
    for why in reasons.iter().skip(1) {
        found.warn("Take care", *why);
    }
    let mut objections: Vec<_> = found.refusals.into_iter().map(Objection::Refused).collect();
    if let Some(why) = reasons.first().copied() {
        let names = case.names().await;
        objections.push(Objection::TypeName { names, why });
    }
    (found.checks, objections)
}

/// "1 member", "2 members".
fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
