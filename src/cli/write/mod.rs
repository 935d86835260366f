//! Writes: wishes become plans, plans are shown and agreed to, and their steps go out through the gate, the
//! same way and in the same order as from the screen.

mod back;
mod carry;
mod consent;
mod dry;
mod fields;
mod half;
mod invites;
mod members;
mod orgs;
mod results;

use std::sync::Arc;

use super::args::Writing;
use super::complaint::{self, Complaint, Halt};
use super::desk::Desk;
use super::stdin::Person;
use super::{exit, journal, resolve};
use crate::app::differs;
use crate::domain::connection::Access;
use crate::domain::{ApiError, Fault, Org, OrgId, Plan, Profile, Seen, Text, Verb, Why, Wish};
use crate::gate::Cap;
use crate::provider::link::Link;

pub(super) use back::back;
pub(super) use invites::{accept, create as invite, resend, revoke};
pub(super) use members::{add, leave, remove, roles};
pub(super) use orgs::{create, delete, edit, logo, metadata};
use results::Results;

/// What is to be done, all on one connection.
struct Job<'a> {
    desk: &'a Desk,
    link: Arc<Link>,
    writing: &'a Writing,
    /// The organization it happens in, where there is one already.
    org: Option<Org>,
    /// Why it is done, for the journal.
    why: Why,
    /// The records as an earlier write has left them, if this takes it back or does it again.
    left: Vec<Seen>,
}

/// The journal cannot be written, so nothing is sent.
fn unrecorded(wishes: &[Wish]) -> impl Fn(Text) -> Halt {
    let verb = wishes.first().map_or(Verb::WhoAmI, Wish::verb);
    let profile = wishes.first().map(|wish| wish.profile().clone());
    move |cause| {
        let error = ApiError::new(verb, Fault::Unrecorded(cause));
        let profile = profile.clone().unwrap_or_else(|| Profile::new(""));
        Complaint::api(&profile, &error).into()
    }
}

/// A connection that a verb may be used on, before anything is asked of its service.
///
/// # Errors
/// When the service has it not, when writing is off, or when nobody is there to agree.
fn begin<'a>(
    desk: &'a Desk,
    profile: &str,
    verb: Verb,
    writing: &Writing,
) -> Result<&'a Arc<Link>, Halt> {
    let link = desk.link(profile)?;
    link.check(verb).map_err(resolve::api(link))?;
    if let Access::ReadOnly(switch) = link.connection.access {
        return Err(resolve::api(link)(ApiError::new(
            verb,
            Fault::ReadOnly(switch),
        )));
    }
    let agreed = writing.yes || writing.dry_run;
    if !agreed && Person::of(writing) == Person::Away {
        let message = format!(
            "`{}` asks before it sends, and there is no terminal",
            verb.name()
        );
        let hint =
            "--yes sends without asking, --dry-run shows what would be sent; nothing was sent";
        return Err(Complaint::new(exit::USAGE, "no_consent", message, hint).into());
    }
    Ok(link)
}

/// The same for something in an organization, which is looked up.
async fn begin_in<'a>(
    desk: &'a Desk,
    address: &str,
    verb: Verb,
    writing: &'a Writing,
) -> Result<Job<'a>, Halt> {
    let (profile, _) = resolve::split(address)?;
    begin(desk, profile, verb, writing)?;
    let (link, org) = resolve::org(desk, address, verb).await?;
    Ok(Job {
        desk,
        link,
        writing,
        org: Some(org),
        why: Why::Wished,
        left: Vec::new(),
    })
}

impl Job<'_> {
    /// Plans, asks and sends: the exit code.
    async fn send(self, wishes: Vec<Wish>) -> Result<u8, Halt> {
        self.send_with(wishes, Results::default()).await
    }

    /// The same, with results of what needs no sending.
    async fn send_with(self, wishes: Vec<Wish>, results: Results) -> Result<u8, Halt> {
        if !self.writing.dry_run {
            journal::recover(self.desk)
                .await
                .map_err(unrecorded(&wishes))?;
        }
        self.send_settled(wishes, results).await
    }

    /// The same once nothing is open any more that could be looked up.
    async fn send_settled(self, wishes: Vec<Wish>, mut results: Results) -> Result<u8, Halt> {
        let plans = self.plans(wishes.clone()).await?;
        let refused = self.refusals(&plans);
        if !refused.is_empty() {
            return self.refuse(&refused, results);
        }
        if self.writing.dry_run {
            consent::foresee(&self, &plans);
            return dry::print(&plans, self.writing.output.format);
        }
        let consent = consent::ask(&self, &plans).await?;
        self.idle(&wishes, (&plans, &mut results));
        carry::carry(&self, plans, (consent, results)).await
    }

    /// One plan for all of them, so that what speaks against it is looked at as a whole.
    async fn plans(&self, wishes: Vec<Wish>) -> Result<Vec<Plan>, Halt> {
        // Those on several profiles are planned one by one.
        let together = match Wish::each(wishes.clone()) {
            Some(wish) => vec![wish],
            None => wishes,
        };
        let gate = &self.desk.gate;
        let cap = Cap {
            allowed: self.writing.allow_removals,
            ..gate.cap()
        };
        let mut plans = Vec::with_capacity(together.len());
        for wish in together {
            let plan = gate.prepare_within(&self.link, wish, cap).await;
            let mut plan = plan.map_err(resolve::api(&self.link))?;
            differs::warn(&mut plan, (differs::SINCE_LEFT, &self.left));
            // Who has agreed beforehand was not shown what somebody has changed since.
            plans.push(if self.writing.yes {
                plan.only_as_left(&self.left)
            } else {
                plan
            });
        }
        Ok(plans)
    }

    /// Those that nothing has to be sent for.
    fn idle(&self, wishes: &[Wish], (plans, results): (&[Plan], &mut Results)) {
        let sent = |wish: &&Wish| {
            let mut planned = plans.iter().filter(|plan| !plan.steps.is_empty());
            // One alone may have become another wish, such as leaving.
            planned.any(|plan| wishes.len() == 1 || plan.wish.parts().contains(wish))
        };
        let org = self.org.as_ref().map(|org| &org.id);
        for wish in wishes.iter().filter(|wish| !sent(wish)) {
            results.already(wish, org);
        }
    }

    fn refusals(&self, plans: &[Plan]) -> Vec<Complaint> {
        let profile = &self.link.connection.profile;
        let refusals = plans.iter().filter_map(Plan::refusal);
        let unsent = |error| Complaint::api(profile, error).adding("nothing was sent");
        refusals.map(unsent).collect()
    }

    /// Nothing is sent where something speaks against a part of it.
    fn refuse(&self, refused: &[Complaint], mut results: Results) -> Result<u8, Halt> {
        let code = refused.first().map_or(exit::REFUSED, Complaint::code);
        let format = self.writing.output.format;
        results.complain(refused);
        results.write(format)?;
        complaint::say(refused, format);
        Ok(code)
    }

    /// The organization's id; only what is done in one has one.
    fn org_id(&self) -> OrgId {
        let org = self
            .org
            .as_ref()
            .expect("it was looked up when the job began");
        org.id.clone()
    }
}
