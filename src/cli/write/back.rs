//! `undo` and `redo`: what takes entries of the journal back, or does them again, sent like any other write.

use super::results::{Results, Target};
use super::{Job, begin};
use crate::cli::args::{self, Writing};
use crate::cli::complaint::{self, Complaint, Halt};
use crate::cli::desk::Desk;
use crate::cli::{exit, journal};
use crate::domain::back::{Back, NoWay, Way};
use crate::domain::entry::EntryNo;
use crate::domain::query::OrgAt;
use crate::domain::{Answer, Clean, Fidelity, Org, Query, Wish};
use crate::provider::link::Link;

/// `undo` and `redo`.
pub(in crate::cli) async fn back(desk: &Desk, way: Way, args: &args::Back) -> Result<u8, Halt> {
    let entry = args.entry.map(EntryNo);
    settle(desk, &args.writing).await?;
    let back = desk.gate.way(&desk.links, (way, entry)).await;
    let back = back.map_err(no_way)?;
    let link = match back.wishes.first() {
        Some(wish) => begin(desk, back.profile.as_str(), wish.verb(), &args.writing)?,
        // Where nothing is sent nobody has to agree.
        None => desk.link(back.profile.as_str())?,
    };
    let word = match way {
        Way::Undo => "undo of",
        Way::Redo => "redo of",
    };
    let results = known(desk, word, (&args.writing, &back)).await?;
    if !back.wishes.is_empty() {
        let what = back.what.excerpt(200);
        complaint::note(&format!("{word} {what}: {}", fidelity(back.fidelity)));
    }
    let job = Job {
        desk,
        link: link.clone(),
        writing: &args.writing,
        org: org(link, &back.wishes).await,
        why: back.why,
        left: back.left,
    };
    job.send_settled(back.wishes, results).await
}

/// Says and writes down what was found so already.
async fn known(
    desk: &Desk,
    word: &str,
    (writing, back): (&Writing, &Back),
) -> Result<Results, Halt> {
    let mut results = Results::default();
    let Some(found) = &back.found else {
        return Ok(results);
    };
    if !writing.dry_run {
        let kept = desk.gate.remember(&desk.actor, &desk.links, back).await;
        kept.map_err(|cause| no_way(NoWay::Unread(cause)))?;
    }
    complaint::note(&format!("{word} {}", found.in_words().clean()));
    let target = Target {
        profile: &back.profile,
        org: found.org.as_ref(),
        name: found.target.clone(),
        verb: found.verb,
    };
    results.skipped(&target, found.words.clean().as_str());
    Ok(results)
}

/// What was left open is settled first: it may be what is to be taken back. Where nothing can be written, what would
/// be sent can be shown all the same.
async fn settle(desk: &Desk, writing: &Writing) -> Result<(), Halt> {
    match journal::recover(desk).await {
        Err(cause) if !writing.dry_run => Err(no_way(NoWay::Unread(cause))),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// The organization, for the names that it can be confirmed by.
async fn org(link: &Link, wishes: &[Wish]) -> Option<Org> {
    let id = wishes.first()?.org()?.clone();
    match link.query(Query::Org(OrgAt::Id(id.clone()))).await {
        Ok(Answer::Org(org)) => Some(*org),
        _ => Some(Org::reference(id)),
    }
}

fn fidelity(fidelity: Fidelity) -> String {
    match fidelity {
        Fidelity::Exact => "exact".to_owned(),
        Fidelity::Partly(how) => format!("partly; {how}"),
        Fidelity::Impossible(why) => format!("impossible; {why}"),
    }
}

fn no_way(why: NoWay) -> Halt {
    let refused = |kind, message: String, hint: &str| {
        Complaint::new(exit::REFUSED, kind, message, hint).into()
    };
    match why {
        NoWay::Unread(cause) => {
            let cause: Clean = cause.clean();
            refused("unrecorded", cause.to_string(), "nothing was sent")
        }
        NoWay::NoEntry(no) => {
            let message = format!("the journal has no entry {}", no.0);
            let hint = "`orgdeck journal list` tells the ids";
            Complaint::new(exit::NOT_FOUND, "missing", message, hint).into()
        }
        NoWay::Impossible(why) => refused(
            "impossible",
            why.excerpt(400).to_string(),
            "nothing was sent",
        ),
        NoWay::Unused(profile) => {
            let name = profile.text().clean();
            Complaint::usage(
                format!("it was done on the profile `{name}`, which is not in use here"),
                "name it by --profile, or add it again",
            )
            .into()
        }
        NoWay::Failed(profile, error) => Complaint::api(&profile, &error).into(),
    }
}
