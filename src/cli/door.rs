//! Profiles that a service lets in no longer: a person at the terminal is asked once for another token,
//! and once for a code, and reads go on with it. What is typed is shown nowhere and stays in memory.
//!
//! A provider around another one, so that whoever reads need not know of it.

use std::io::{self, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::future::BoxFuture;
use tokio::sync::Mutex;

use super::complaint::note;
use super::stdin;
use super::stop::Stop;
use crate::app::fault;
use crate::domain::query::Reply;
use crate::domain::secret::Pass;
use crate::domain::{
    ApiError, Connection, Fault, Image, Mutation, Outcome, Query, Request, Secret, Skew, Text, Wish,
};
use crate::gate::Permit;
use crate::provider::Provider;
use crate::provider::link::Link;

/// Said of what is typed.
const STAYS: &str = "not shown, kept in memory only, empty leaves it";

/// Stands at the door of one profile.
pub(super) struct Doorkeeper {
    provider: Arc<dyn Provider>,
    connection: Connection,
    stop: Stop,
    asked: Mutex<Asked>,
    /// One question at a time, whosever door it is.
    terminal: Arc<Mutex<()>>,
    /// How often somebody was let in by what they typed.
    opened: AtomicUsize,
}

/// What a person was asked for already: each thing once.
#[derive(Default)]
struct Asked {
    token: bool,
    code: bool,
}

/// A link with a doorkeeper, who shares the terminal with others.
pub(super) fn kept(
    link: Link,
    (stop, terminal): (&Stop, &Arc<Mutex<()>>),
) -> (Link, Arc<Doorkeeper>) {
    let keeper = Arc::new(Doorkeeper {
        provider: Arc::clone(link.provider()),
        connection: link.connection.clone(),
        stop: stop.clone(),
        asked: Mutex::default(),
        terminal: Arc::clone(terminal),
        opened: AtomicUsize::new(0),
    });
    let around = Arc::clone(&keeper);
    (link.within(|_| around), keeper)
}

impl Doorkeeper {
    /// How often somebody was let in by what they typed.
    pub(super) fn opened(&self) -> usize {
        self.opened.load(Ordering::SeqCst)
    }

    /// Whether a person is being asked.
    pub(super) fn is_asking(&self) -> bool {
        self.asked.try_lock().is_err()
    }

    /// Whether it is worth asking again, for somebody whose question began when the door had been
    /// opened so often.
    async fn lets_in(&self, error: &ApiError, before: usize) -> bool {
        let wants_code = error.fault == Fault::SecondFactor;
        if !wants_code && error.fault != Fault::SignedOut {
            return false;
        }
        let mut asked = self.asked.lock().await;
        if self.opened() > before {
            return true;
        }
        let again = if wants_code {
            &mut asked.code
        } else {
            &mut asked.token
        };
        if std::mem::replace(again, true) {
            return false;
        }
        let Some(secret) = self.ask(wants_code).await else {
            return false;
        };
        let pass = if wants_code {
            Pass::Code(secret)
        } else {
            Pass::Token(secret)
        };
        if let Err(error) = self.provider.admit(pass).await {
            note(&format!("not accepted: {}", fault::reason(&error)));
            return false;
        }
        self.opened.fetch_add(1, Ordering::SeqCst);
        true
    }

    /// What a person types; nothing if they do not.
    async fn ask(&self, wants_code: bool) -> Option<Secret> {
        let Connection {
            profile,
            url,
            token,
            ..
        } = &self.connection;
        let (name, url) = (profile.text().excerpt(40), url.excerpt(200));
        let (why, what) = if wants_code {
            (
                "wants the code of your authenticator beside the token",
                "the code of six digits",
            )
        } else {
            ("does not accept the token", "another token")
        };
        let _turn = self.terminal.lock().await;
        // A line of progress may stand there.
        let _ = write!(io::stderr(), "\r\x1b[K");
        note(&format!("{name}: {url} {why} from {}", token.excerpt(200)));
        let question = format!("{name}: {what} ({STAYS}):");
        let typed = stdin::secret(&question, &self.stop).await;
        typed.ok()?.filter(|secret| !secret.is_empty())
    }

    /// That the token which was typed is no better is said with the error.
    async fn judged(&self, error: ApiError) -> ApiError {
        let typed = self.opened() > 0 && self.asked.lock().await.token;
        if typed && error.fault == Fault::SignedOut {
            return error.words("the token that was typed is not accepted either");
        }
        error
    }
}

impl Provider for Doorkeeper {
    fn query(&self, query: Query) -> BoxFuture<'_, Reply> {
        Box::pin(async move {
            loop {
                let before = self.opened();
                match self.provider.query(query.clone()).await {
                    Err(error) if self.lets_in(&error, before).await => {}
                    Err(error) => return Err(self.judged(error).await),
                    answer => return answer,
                }
            }
        })
    }

    fn plan(&self, wish: Wish) -> BoxFuture<'_, Result<Vec<Mutation>, ApiError>> {
        Box::pin(async move {
            loop {
                let before = self.opened();
                match self.provider.plan(wish.clone()).await {
                    Err(error) if self.lets_in(&error, before).await => {}
                    Err(error) => return Err(self.judged(error).await),
                    plan => return plan,
                }
            }
        })
    }

    fn render(&self, change: &Mutation) -> Request {
        self.provider.render(change)
    }

    fn picture<'a>(&'a self, address: &'a Text) -> BoxFuture<'a, Result<Image, ApiError>> {
        self.provider.picture(address)
    }

    fn skew(&self) -> Skew {
        self.provider.skew()
    }

    fn admit(&self, pass: Pass) -> BoxFuture<'_, Result<(), ApiError>> {
        self.provider.admit(pass)
    }

    /// A write is sent once. One that was not applied is for the task to send again, which sees here
    /// that the door was opened.
    fn mutate(&self, change: Mutation, permit: Permit) -> BoxFuture<'_, Outcome> {
        Box::pin(async move {
            let before = self.opened();
            match self.provider.mutate(change, permit).await {
                Outcome::NotApplied(error) => {
                    self.lets_in(&error, before).await;
                    Outcome::NotApplied(self.judged(error).await)
                }
                outcome @ (Outcome::Done(_)
                | Outcome::Refused(_)
                | Outcome::Unknown
                | Outcome::Differs(_)) => outcome,
            }
        })
    }
}
