//! Several connections read at the same time, their rows written one connection after the other, each row
//! as soon as it is there. What fails on one does not touch the others.

use std::pin::pin;
use std::sync::Arc;

use futures_util::future::{Either, LocalBoxFuture, join_all, select};
use tokio::sync::mpsc;

use super::list::More;
use crate::cli::args::Format;
use crate::cli::complaint::{self, Complaint, Halt};
use crate::cli::exit::{self, Asked};
use crate::cli::progress::Progress;
use crate::cli::rows::{self, Kept, Kind, Record, Sink, View};
use crate::domain::{ApiError, Detail, Fault, Row, Verb};
use crate::provider::link::Link;
use crate::runtime::clock::Clock;

/// Rows that wait to be written before a reader waits for the writer.
const WAITING: usize = 256;

/// What a reader tells.
#[derive(Debug)]
enum Event {
    Row(Record),
    Fault(ApiError),
    End(Result<(), ApiError>),
}

/// Where a reader puts what it reads.
#[derive(Clone)]
pub(in crate::cli) struct Out(mpsc::Sender<Event>);

impl Out {
    /// Gives a record on.
    pub(in crate::cli) async fn record(&self, record: Record) -> More {
        self.event(Event::Row(record)).await
    }

    /// Gives a row of a list on, with what went wrong with it.
    pub(in crate::cli) async fn row<T>(
        &self,
        verb: Verb,
        row: Row<T>,
        record: impl Fn(&T) -> Record,
    ) -> More {
        let fault = match row.detail {
            Detail::Whole | Detail::Wanted | Detail::Asked => None,
            Detail::Failed(error) => Some(*error),
            Detail::Unreadable(why) => Some(ApiError::new(verb, Fault::Garbled(why))),
        };
        if let Some(fault) = fault
            && self.event(Event::Fault(fault)).await == More::Enough
        {
            return More::Enough;
        }
        self.record(record(&row.item)).await
    }

    async fn event(&self, event: Event) -> More {
        match self.0.send(event).await {
            Ok(()) => More::Wanted,
            Err(_) => More::Enough,
        }
    }
}

/// The reading of one connection.
pub(in crate::cli) type Reading = LocalBoxFuture<'static, Result<(), ApiError>>;

/// What is read, and how it is written.
pub(in crate::cli) struct List<'a> {
    /// The kind of the rows.
    pub(in crate::cli) kind: &'static Kind,
    /// The connections.
    pub(in crate::cli) links: &'a [Arc<Link>],
    /// What is wanted of the rows.
    pub(in crate::cli) view: &'a View,
    /// What tells the time.
    pub(in crate::cli) clock: Clock,
}

/// Reads and writes a list: its exit code.
///
/// # Errors
/// When it cannot be written.
pub(in crate::cli) async fn drain(
    list: List<'_>,
    mut sink: Sink,
    read: impl Fn(Arc<Link>, Out) -> Reading,
) -> Result<u8, Halt> {
    let mut queues = Vec::new();
    let mut readers = Vec::new();
    for link in list.links {
        let (sender, queue) = mpsc::channel(WAITING);
        queues.push((Arc::clone(link), queue));
        let out = Out(sender);
        let reading = read(Arc::clone(link), out.clone());
        readers.push(async move {
            let result = reading.await;
            let _ = out.event(Event::End(result)).await;
        });
    }
    let writing = pin!(write(list, &mut sink, queues));
    let reading = pin!(join_all(readers));
    match select(writing, reading).await {
        // Who has enough rows does not wait for the others.
        Either::Left((written, _)) => written,
        Either::Right((_, writing)) => writing.await,
    }
}

async fn write(
    list: List<'_>,
    sink: &mut Sink,
    queues: Vec<(Arc<Link>, mpsc::Receiver<Event>)>,
) -> Result<u8, Halt> {
    let view = list.view;
    let mut progress = progress(&list, sink);
    let mut writer = rows::writer(view.format, list.kind, sink);
    let mut choice = view.choice();
    let mut asked = Vec::new();
    let mut complaints = Vec::new();
    for (link, mut queue) in queues {
        let mut one = Asked {
            answered: true,
            errors: Vec::new(),
        };
        while !choice.is_full()
            && let Some(event) = queue.recv().await
        {
            let error = match event {
                Event::Row(record) => {
                    progress.step();
                    choice.at(link.theirs(view.now));
                    if let Kept::Now(record) = choice.take(record) {
                        writer.record(sink, &view.fields, &record)?;
                    }
                    continue;
                }
                Event::End(Ok(())) => break,
                Event::Fault(error) => error,
                Event::End(Err(error)) => {
                    one.answered = false;
                    error
                }
            };
            complaints.push(Complaint::api(&link.connection.profile, &error));
            one.errors.push(error);
        }
        asked.push(one);
    }
    for record in choice.rest() {
        writer.record(sink, &view.fields, &record)?;
    }
    progress.clear();
    writer.end(sink, &view.fields, &complaints)?;
    complaint::say(&complaints, view.format);
    Ok(exit::of_read(&asked))
}

/// Where rows appear before a person's eyes, nothing has to be said of how many there are.
fn progress(list: &List<'_>, sink: &Sink) -> Progress {
    let progress = Progress::of(list.clock, "rows", None);
    let appear = list
        .view
        .format
        .is_some_and(|format| format != Format::Table);
    if sink.is_terminal() && appear {
        progress.silent()
    } else {
        progress
    }
}
