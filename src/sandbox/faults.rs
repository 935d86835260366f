//! Faults on order: what networks and servers do to a client, for one request or many.
//!
//! A rule says which requests it meets and what befalls them; the rules of a face are asked in the
//! order they were given. How a fault is played on a socket is the business of `play`.

use std::time::Duration;

use jiff::Timestamp;

use super::altered::Altered;
use super::exchange::{Request, http_date};
use super::world::World;

/// What befalls a request.
///
/// Those that are called the real answer, and [`Withhold`](Self::Withhold), [`ResetAfter`](Self::ResetAfter)
/// and [`Behind`](Self::Behind), let it take effect; the others do not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// This answer instead of the real one.
    Status(u16, Vec<(&'static str, String)>, String),
    /// The real answer, later.
    Slow(Duration),
    /// Nothing, on a connection that stays open.
    NeverAnswer,
    /// The request takes effect, and nothing is answered on a connection that stays open.
    Withhold,
    /// The real answer without its second half, though its length was announced.
    CutBody,
    /// The real answer, of which half the length was announced and no more is sent.
    ShortLength,
    /// A page for people, with status 200.
    Html200,
    /// A reset before the request takes effect.
    ResetBefore,
    /// A reset after the request took effect, before any answer.
    ResetAfter,
    /// A reset in the middle of the real answer.
    ResetMidBody,
    /// An answer without end.
    EndlessBody,
    /// An answer without end that is small on its way.
    GzipBomb,
    /// An answer with more headers than anybody wants.
    HeaderBomb,
    /// Status 200 and a content type of JSON, but no JSON.
    Garbage,
    /// A redirect to this address.
    Redirect(String),
    /// The real answer, changed on its way.
    Altered(Altered),
    /// Something happens in the world, then comes the real answer.
    Meanwhile(Turn),
    /// The request takes effect, then this befalls it.
    Behind(Box<Fault>),
}

/// What happens in the world while nobody looks.
#[derive(Clone, Copy, Debug)]
pub struct Turn(pub fn(&mut World));

impl PartialEq for Turn {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::fn_addr_eq(self.0, other.0)
    }
}

impl Eq for Turn {}

impl Fault {
    /// A bare status.
    pub fn status(status: u16) -> Self {
        Self::Status(status, Vec::new(), String::new())
    }

    /// A 429 that asks for so many seconds of patience.
    pub fn slowed(seconds: u64) -> Self {
        let wait = vec![("retry-after", seconds.to_string())];
        Self::Status(429, wait, String::new())
    }

    /// A 429 that asks for patience until a time, by a clock that shows another one.
    pub fn slowed_until(end: Timestamp, shown: Timestamp) -> Self {
        let wait = vec![("retry-after", http_date(end)), ("date", http_date(shown))];
        Self::Status(429, wait, String::new())
    }
}

/// Which requests a fault befalls: every one, until it is narrowed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Rule {
    fault: Fault,
    method: Option<String>,
    path: String,
    skip: usize,
    times: usize,
}

impl Rule {
    /// Every request from now on.
    pub fn always(fault: Fault) -> Self {
        Self {
            fault,
            method: None,
            path: String::new(),
            skip: 0,
            times: usize::MAX,
        }
    }

    /// The next request only.
    pub fn once(fault: Fault) -> Self {
        Self::always(fault).times(1)
    }

    /// Only requests with this verb.
    pub fn method(mut self, method: &str) -> Self {
        self.method = Some(method.to_owned());
        self
    }

    /// Only requests whose undecoded target contains `text`.
    pub fn path(mut self, text: &str) -> Self {
        text.clone_into(&mut self.path);
        self
    }

    /// Not the first `count` of them.
    pub fn after(mut self, count: usize) -> Self {
        self.skip = count;
        self
    }

    /// At most `count` of them.
    pub fn times(mut self, count: usize) -> Self {
        self.times = count;
        self
    }

    /// What they ask for takes effect before the fault is played.
    pub fn applied(mut self) -> Self {
        self.fault = Fault::Behind(Box::new(self.fault));
        self
    }

    fn meets(&self, request: &Request) -> bool {
        let method = self.method.as_ref();
        method.is_none_or(|method| *method == request.method)
            && format!("{}?{}", request.path, request.query).contains(&self.path)
    }
}

/// The rules of one face.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<Rule>);

impl Faults {
    pub(super) fn add(&mut self, rule: Rule) {
        self.0.push(rule);
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// The fault that befalls `request`; each rule that meets it counts it, the first due one wins.
    pub(super) fn befalling(&mut self, request: &Request) -> Option<Fault> {
        let meeting = self.0.iter_mut().filter(|rule| rule.meets(request));
        for rule in meeting {
            if rule.skip > 0 {
                rule.skip -= 1;
            } else if rule.times > 0 {
                rule.times -= 1;
                return Some(rule.fault.clone());
            }
        }
        None
    }
}
