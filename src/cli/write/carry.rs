//! Carrying plans out, by the same machine as the console's, until all steps have
//! ended or somebody said stop.

use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::StreamExt as _;
use futures_util::future::LocalBoxFuture;
use futures_util::stream::FuturesUnordered;

use super::consent::Typed;
use super::results::{Heard, Results, not_applied};
use super::{Job, resolve};
use crate::cli::complaint::{self, Halt};
use crate::cli::exit;
use crate::cli::progress::Progress;
use crate::domain::entry::Closes;
use crate::domain::plan::TaskId;
use crate::domain::{ApiError, Fault, Moment, Outcome, Plan, Profile, StepNo, Wish};
use crate::gate::Crossing;
use crate::job::Task;
use crate::job::rest::leaves_something;
use crate::job::task::{Go, Mode};

/// How often the line of progress is drawn anew while nothing else happens.
const TICK: Duration = Duration::from_millis(250);

type Crossings = FuturesUnordered<LocalBoxFuture<'static, (StepNo, Outcome, usize)>>;

/// Sends the plans that were agreed to: the exit code.
///
/// # Errors
/// When the results cannot be written.
pub(super) async fn carry(
    job: &Job<'_>,
    plans: Vec<Plan>,
    (typed, mut results): (Typed, Results),
) -> Result<u8, Halt> {
    job.desk.stop.sending();
    let steps: usize = plans.iter().map(|plan| plan.steps.len()).sum();
    let total = u64::try_from(steps).ok();
    let mut progress = Progress::of(job.desk.clock, "requests", total);
    let mut sent = 0;
    for (number, plan) in (0..).zip(plans) {
        if plan.steps.is_empty() {
            continue;
        }
        let count = plan.steps.len() as u64;
        if let Some(mut task) = agreed(job, plan, (TaskId(number), typed.as_deref()))? {
            let heard = run(job, &mut task, (&mut progress, sent)).await;
            if !leaves_something(&task) {
                let profile = task.profile();
                job.desk
                    .gate
                    .close(&job.desk.actor, Closes::Task(task.id), profile)
                    .await;
            }
            results.task(&task, (&heard, &job.link));
        }
        sent += count;
    }
    progress.clear();
    let format = job.writing.output.format;
    results.write(format)?;
    results.say(format);
    Ok(match job.desk.stop.signal() {
        Some(signal) => exit::by_signal(signal),
        None => results.code(),
    })
}

fn agreed(
    job: &Job<'_>,
    plan: Plan,
    (id, typed): (TaskId, Option<&str>),
) -> Result<Option<Task>, Halt> {
    let consent = plan.agree(id, typed);
    let error = ApiError::new(plan.wish.verb(), Fault::NoConsent);
    let consent = consent.ok_or_else(|| resolve::api(&job.link)(error))?;
    let is_bulk = matches!(plan.wish, Wish::Each(_));
    let task = Task::new(id, plan, consent);
    // Whoever stops a bulk leaves one request under way, and no row overtakes another.
    Ok(Some(if is_bulk { task.one_by_one() } else { task }))
}

/// Runs one task to its end.
async fn run(job: &Job<'_>, task: &mut Task, (progress, before): (&mut Progress, u64)) -> Heard {
    let plan = task.plan.clone();
    let recorded = job
        .desk
        .gate
        .record(&job.desk.actor, (task.id, job.why.clone()), plan)
        .await;
    task.recorded(recorded);
    let mut running = Crossings::new();
    let mut reason = None;
    let mut heard = Heard::default();
    let mut ended = 0;
    loop {
        if job.desk.stop.signal().is_some() && *task.mode() != Mode::Stopping {
            task.stop();
        }
        let now = job.desk.clock.moment();
        running.extend(task.next(now).into_iter().map(|go| crossing(job, go)));
        if running.is_empty() && task.is_over() {
            break;
        }
        let wake = task.wake_at(now).map(|wake| job.desk.clock.instant(wake));
        tokio::select! {
            biased;
            () = job.desk.stop.told(), if *task.mode() != Mode::Stopping => {}
            Some((number, outcome, before)) = running.next(), if !running.is_empty() => {
                reason = not_applied(&outcome).cloned().or(reason);
                if let Some(wait) = settle(task, job.desk.clock.moment(), (number, outcome)) {
                    progress.clear();
                    complaint::note(&waits(task.profile(), wait));
                }
                // A person has typed another token meanwhile.
                if *task.mode() == Mode::NeedsToken && job.desk.opened(&job.link) > before {
                    task.pause();
                }
                ended += 1;
            }
            () = until(wake) => {}
        }
        if !job.desk.is_asking(&job.link) {
            progress.reach(before + ended);
        }
        // Nobody is there to bring another token or to wait that long.
        if matches!(task.mode(), Mode::NeedsToken | Mode::Paused | Mode::TooLong) {
            heard.held = heard.held.or(reason.take());
            task.stop();
        }
    }
    heard
}

/// Takes the end of a step in: how long everything waits now, where the service has asked for that.
fn settle(task: &mut Task, now: Moment, (number, outcome): (StepNo, Outcome)) -> Option<Duration> {
    let before = task.patience();
    task.settle(now, number, outcome);
    let is_longer = task.patience() > before;
    let waits = is_longer && matches!(task.mode(), Mode::Until(_));
    waits.then(|| task.patience().since(now))
}

/// That a service asks for patience, and what comes of it.
fn waits(profile: &Profile, wait: Duration) -> String {
    let seconds = wait.as_secs().max(1);
    format!(
        "{} asks to wait {seconds} s; then it goes on",
        profile.text().clean()
    )
}

async fn until(wake: Option<tokio::time::Instant>) {
    match wake {
        Some(wake) => tokio::time::sleep_until(wake).await,
        None => tokio::time::sleep(TICK).await,
    }
}

fn crossing(job: &Job<'_>, go: Go) -> LocalBoxFuture<'static, (StepNo, Outcome, usize)> {
    let number = go.number;
    let before = job.desk.opened(&job.link);
    let carried = job.desk.gate.carry(Crossing {
        link: Arc::clone(&job.link),
        actor: job.desk.actor.clone(),
        number,
        step: go.step,
        consent: go.consent,
    });
    async move {
        // A write that was torn down half-way may have been applied.
        (number, carried.await.unwrap_or(Outcome::Unknown), before)
    }
    .boxed_local()
}
