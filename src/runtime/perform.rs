//! Carrying effects out: every question a task of its own that can be stopped, every write one that cannot.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::AbortHandle;

use super::drafts::Keeper;
use super::export;
use super::front::Front;
use super::reload::Reading;
use super::shared::Shared;
use super::{list, picture};
use crate::app::effect::{Ending, Lists, Over};
use crate::app::setup::{Change, Configured, Setup};
use crate::app::{Effect, Msg, RequestId};
use crate::config::environment::Environment;
use crate::domain::back::{NoWay, Recovered, Way};
use crate::domain::entry::{Closes, EntryNo};
use crate::domain::plan::TaskId;
use crate::domain::secret::Pass;
use crate::domain::{Actor, ApiError, Fault, Outcome, Plan, Profile, Query, Text, Verb, Why, Wish};
use crate::gate::Crossing;
use crate::job::task::Go;
use crate::job::{Order, order};
use crate::provider::link::Link;

/// A question under way, and how to stop it.
enum Running {
    Task(AbortHandle),
    Thread(Arc<AtomicBool>),
}

impl Running {
    fn stop(&self) {
        match self {
            Self::Task(handle) => handle.abort(),
            Self::Thread(stop) => stop.store(true, Ordering::Relaxed),
        }
    }
}

/// When what was looked up is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Telling {
    /// If there is something to tell.
    News,
    /// Whatever came of it, as somebody waits for it.
    Always,
}

/// Carries effects out and sends what came of them back as facts.
pub(crate) struct Performer {
    shared: Shared,
    actor: Actor,
    facts: UnboundedSender<Msg>,
    running: HashMap<RequestId, Running>,
    keeper: Keeper,
}

impl Performer {
    pub(crate) fn new(
        shared: Shared,
        (actor, keeper): (Actor, Keeper),
        facts: UnboundedSender<Msg>,
    ) -> Self {
        Self {
            shared,
            actor,
            facts,
            running: HashMap::new(),
            keeper,
        }
    }

    /// Waits until what was typed is kept, as long as that takes a reasonable time.
    pub(crate) async fn end(&mut self) {
        self.keeper.end().await;
    }

    /// From now on facts are told there; what is under way still tells where it was begun.
    pub(crate) fn tell_to(&mut self, facts: UnboundedSender<Msg>) {
        self.facts = facts;
    }

    /// Carries one effect out; the ending, if that was it.
    pub(crate) fn perform<F: Front>(&mut self, front: &mut F, effect: Effect) -> Option<Ending> {
        match effect {
            Effect::Query { id, to, query } => self.query(id, &to, query),
            Effect::Cancel(id) => self.cancel(id),
            Effect::Admit { id, to, pass } => self.admit(id, &to, pass),
            Effect::Arrange { id, lists, before } => self.arrange(id, lists, before),
            Effect::ReadImage { id, path } => self.read_image(id, path),
            Effect::ReadList { id, path } => self.read_list(id, path),
            Effect::Prepare { id, wish } => self.prepare(id, wish),
            Effect::Export {
                id,
                path,
                content,
                over,
            } => self.export(id, path, (content, over)),
            Effect::History { id } => self.history(id),
            Effect::Seek { id, way, entry } => self.seek(id, (way, entry)),
            Effect::Record { task, why, plan } => self.record((task, why), plan),
            Effect::Close { which, profile } => self.close(which, profile),
            Effect::Recover => self.recover(Telling::Always),
            Effect::Carry { task, go } => self.carry(task, go),
            Effect::Copy { text, wrap } => front.copy(text.raw(), wrap),
            Effect::Browse(url) => self.browse(url),
            Effect::Keep { number, draft } => self.keeper.keep(number, draft),
            Effect::Forget(id) => self.keeper.forget(id),
            Effect::ReadDrafts { now } => self.keeper.read(now),
            Effect::Redraw => front.redraw(),
            Effect::Suspend => front.suspend(),
            Effect::Quit(ending) => return Some(ending),
        }
        None
    }

    /// The configuration was read again: from now on its connections are used. The fact that it is.
    pub(crate) fn reconfigure(&mut self, reading: Reading) -> Msg {
        Msg::Configured(reading.map(|reread| {
            let links = reread.links.iter().map(|(link, _)| Arc::clone(link));
            self.shared.connect(links);
            self.shared.gate.set_cap(reread.cap);
            self.shared.browser.hide(reread.hidden);
            let setup = |(link, change): (Arc<Link>, Change)| Setup {
                connection: link.connection.clone(),
                capabilities: link.capabilities(),
                change,
            };
            Configured {
                setups: reread.links.into_iter().map(setup).collect(),
                refresh: reread.refresh,
                notes: reread.notes,
            }
        }))
    }

    /// A fact has come in: what it answers is no longer under way.
    pub(crate) fn forget(&mut self, msg: &Msg) {
        if let Msg::Answered(id, _)
        | Msg::Admitted(id, _)
        | Msg::Prepared(id, _)
        | Msg::Arranged(id, _)
        | Msg::Found(id, _)
        | Msg::History(id, _)
        | Msg::ImageRead(id, _)
        | Msg::ListRead(id, _)
        | Msg::Exported(id, _) = msg
        {
            self.running.remove(id);
        }
    }

    fn query(&mut self, id: RequestId, to: &Profile, query: Query) {
        let verb = query.verb();
        let Some(link) = self.shared.link(to).cloned() else {
            self.tell(Msg::Answered(id, Err(unknown_profile(verb))));
            return;
        };
        self.spawn(
            id,
            async move { Msg::Answered(id, link.query(query).await) },
        );
    }

    fn admit(&mut self, id: RequestId, to: &Profile, pass: Pass) {
        let Some(link) = self.shared.link(to).cloned() else {
            self.tell(Msg::Admitted(id, Err(unknown_profile(Verb::WhoAmI))));
            return;
        };
        self.spawn(id, async move { Msg::Admitted(id, link.admit(pass).await) });
    }

    fn prepare(&mut self, id: RequestId, wish: Wish) {
        let verb = wish.verb();
        let Some(link) = self.shared.link(wish.profile()).cloned() else {
            self.tell(Msg::Prepared(id, Err(unknown_profile(verb))));
            return;
        };
        let gate = Arc::clone(&self.shared.gate);
        self.spawn(id, async move {
            Msg::Prepared(id, gate.prepare(&link, wish).await)
        });
    }

    fn history(&mut self, id: RequestId) {
        let gate = Arc::clone(&self.shared.gate);
        self.spawn(id, async move {
            Msg::History(id, gate.history().await.map(Box::new))
        });
    }

    fn seek(&mut self, id: RequestId, which: (Way, Option<EntryNo>)) {
        let gate = Arc::clone(&self.shared.gate);
        let links: Vec<Arc<Link>> = self.shared.links().cloned().collect();
        let (actor, facts) = (self.actor.clone(), self.facts.clone());
        self.spawn(id, async move {
            // What ended sessions have left open may be what is meant.
            let found = gate.recover(&actor, &links).await.map(Box::new);
            tell_recovered(&facts, Telling::News, found);
            let found = match gate.way(&links, which).await {
                Ok(back) => {
                    let kept = gate.remember(&actor, &links, &back).await;
                    kept.map(|()| Box::new(back)).map_err(NoWay::Unread)
                }
                Err(why) => Err(why),
            };
            Msg::Found(id, found)
        });
    }

    /// Reads what was typed into forms that were never sent.
    pub(crate) fn read_drafts(&mut self, now: Timestamp) {
        self.keeper.read(now);
    }

    /// Looks up what sessions that have ended left behind.
    pub(crate) fn recover(&mut self, telling: Telling) {
        let (gate, actor) = (Arc::clone(&self.shared.gate), self.actor.clone());
        let links: Vec<Arc<Link>> = self.shared.links().cloned().collect();
        let facts = self.facts.clone();
        spawn(async move {
            let found = gate.recover(&actor, &links).await.map(Box::new);
            tell_recovered(&facts, telling, found);
        });
    }

    fn read_image(&mut self, id: RequestId, path: String) {
        self.read_file(id, move |home| {
            Msg::ImageRead(id, picture::read(&path, home))
        });
    }

    fn read_list(&mut self, id: RequestId, path: String) {
        self.read_file(id, move |home| Msg::ListRead(id, list::read(&path, home)));
    }

    fn read_file(
        &mut self,
        id: RequestId,
        read: impl FnOnce(Option<&Path>) -> Msg + Send + 'static,
    ) {
        let stop = Arc::new(AtomicBool::new(false));
        self.running.insert(id, Running::Thread(stop));
        let facts = self.facts.clone();
        tokio::task::spawn_blocking(move || {
            let home = Environment::read().home;
            let _ = facts.send(read(home.as_deref()));
        });
    }

    fn export(&mut self, id: RequestId, path: String, (content, over): (String, Over)) {
        let facts = self.facts.clone();
        tokio::task::spawn_blocking(move || {
            let home = Environment::read().home;
            let written = export::write(&path, home.as_deref(), (content.as_bytes(), over));
            let _ = facts.send(Msg::Exported(id, written));
        });
    }

    fn browse(&self, url: Text) {
        if !self.shared.browser.open(url.raw()) {
            self.tell(Msg::Unopened(url));
        }
    }

    fn record(&mut self, task: (TaskId, Why), plan: Plan) {
        let (gate, actor) = (Arc::clone(&self.shared.gate), self.actor.clone());
        let facts = self.facts.clone();
        spawn(async move {
            let recorded = gate.record(&actor, task.clone(), plan).await;
            let _ = facts.send(Msg::Recorded(task.0, recorded));
        });
    }

    fn close(&mut self, which: Closes, profile: Profile) {
        let (gate, actor) = (Arc::clone(&self.shared.gate), self.actor.clone());
        spawn(async move { gate.close(&actor, which, &profile).await });
    }

    fn carry(&mut self, task: TaskId, go: Go) {
        let change = &go.step.change;
        let Some(link) = self.shared.link(change.profile()).cloned() else {
            let refused = Outcome::Refused(unknown_profile(change.verb()));
            self.tell(Msg::Carried(task, go.number, refused));
            return;
        };
        let number = go.number;
        let carried = self.shared.gate.carry(Crossing {
            link,
            actor: self.actor.clone(),
            number,
            step: go.step,
            consent: go.consent,
        });
        let facts = self.facts.clone();
        spawn(async move {
            // A write that was torn down half-way may have been applied.
            let outcome = carried.await.unwrap_or(Outcome::Unknown);
            let _ = facts.send(Msg::Carried(task, number, outcome));
        });
    }

    fn arrange(&mut self, id: RequestId, lists: Lists, before: Order) {
        let stop = Arc::new(AtomicBool::new(false));
        self.running.insert(id, Running::Thread(Arc::clone(&stop)));
        let facts = self.facts.clone();
        tokio::task::spawn_blocking(move || {
            let stopped = || stop.load(Ordering::Relaxed);
            let order = match lists {
                Lists::Orgs(lists, lens) => order::arrange(&lists, &lens, &before, &stopped),
                Lists::Members(lists, lens) => order::arrange(&lists, &lens, &before, &stopped),
                Lists::Invites(lists, lens) => order::arrange(&lists, &lens, &before, &stopped),
            };
            if let Some(order) = order {
                let _ = facts.send(Msg::Arranged(id, order));
            }
        });
    }

    fn cancel(&mut self, id: RequestId) {
        if let Some(running) = self.running.remove(&id) {
            running.stop();
        }
    }

    fn spawn(&mut self, id: RequestId, work: impl Future<Output = Msg> + Send + 'static) {
        let facts = self.facts.clone();
        let handle = spawn(async move {
            let _ = facts.send(work.await);
        });
        self.running.insert(id, Running::Task(handle));
    }

    fn tell(&self, msg: Msg) {
        // The receiver is the loop that gives us these orders.
        let _ = self.facts.send(msg);
    }
}

impl Drop for Performer {
    fn drop(&mut self) {
        for running in self.running.values() {
            running.stop();
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "effects that take time run beside the loop"
)]
fn spawn(work: impl Future<Output = ()> + Send + 'static) -> AbortHandle {
    tokio::spawn(work).abort_handle()
}

fn tell_recovered(
    facts: &UnboundedSender<Msg>,
    telling: Telling,
    found: Result<Box<Recovered>, Text>,
) {
    if telling == Telling::Always || found.as_deref() != Ok(&Recovered::default()) {
        let _ = facts.send(Msg::Recovered(found));
    }
}

fn unknown_profile(verb: Verb) -> ApiError {
    ApiError::new(verb, Fault::Foreign)
}
