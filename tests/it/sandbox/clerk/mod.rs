//! Clerk's face, asked over HTTP as any client would.

mod attributes;
mod catalogue;
mod entry;
mod instance;
mod invitations;
mod inviting;
mod lists;
mod logo;
mod memberships;
mod metadata;
mod organizations;
mod replay;
mod schema;
mod users;

use orgdeck::sandbox::Sandbox;
use orgdeck::sandbox::Service::Clerk;
use orgdeck::sandbox::world::World;
use serde_json::Value;

use super::demo;
use crate::support::raw::{self, Heard};

/// The demo's sandbox, asked with the right key and version.
pub(super) struct Desk {
    pub(super) sandbox: Sandbox,
}

/// What came back.
pub(super) struct Answer {
    pub(super) heard: Heard,
    pub(super) body: Value,
}

impl Desk {
    pub(super) fn open() -> Self {
        Self { sandbox: demo() }
    }

    /// Asks without a body.
    pub(super) async fn ask(&self, line: &str) -> Answer {
        self.send(line, &[], "").await
    }

    /// Asks with a body of JSON.
    pub(super) async fn tell(&self, line: &str, body: Value) -> Answer {
        let headers = [("Content-Type", "application/json")];
        self.send(line, &headers, &body.to_string()).await
    }

    /// Asks with these headers beside key and version.
    pub(super) async fn send(&self, line: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let key = format!("Bearer {}", self.sandbox.clerk.token);
        let own = [
            ("Authorization", key.as_str()),
            ("Clerk-API-Version", "2026-05-12"),
        ];
        send_plain(&self.sandbox, line, &[&own, headers].concat(), body).await
    }

    pub(super) fn world<T>(&self, visit: impl FnOnce(&mut World) -> T) -> T {
        self.sandbox.world(visit)
    }

    /// The id of the organization with this slug.
    pub(super) fn org(&self, slug: &str) -> String {
        self.world(|world| world.org_by_slug(Clerk, slug).unwrap().id.clone())
    }

    /// The id of the user with this address.
    pub(super) fn user(&self, email: &str) -> String {
        self.world(|world| {
            let person = world.person_by_email(email).unwrap();
            person.id(Clerk).unwrap().to_owned()
        })
    }
}

/// Asks with these headers and no others.
pub(super) async fn send_plain(
    sandbox: &Sandbox,
    line: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Answer {
    let mut stream = raw::send(&sandbox.clerk.url, line, headers, body).await;
    let heard = raw::hear(&mut stream, usize::MAX).await;
    let body = serde_json::from_str(heard.body());
    let body = body.unwrap_or_else(|_| panic!("{line} got no JSON: {}", heard.text));
    Answer { heard, body }
}

impl Answer {
    pub(super) fn status(&self) -> u16 {
        self.heard.status()
    }

    /// The body of a success.
    pub(super) fn done(self) -> Value {
        assert_eq!(self.status(), 200, "{}", self.body);
        self.body
    }

    /// The status, and for each problem its code and the field that it names.
    pub(super) fn refused(&self) -> (u16, Vec<String>) {
        let problems = self.body["errors"].as_array().into_iter().flatten();
        let problems = problems.map(|problem| {
            let field = problem["meta"]["param_name"].as_str();
            let field = field.map(|field| format!(" {field}")).unwrap_or_default();
            format!("{}{field}", problem["code"].as_str().unwrap())
        });
        (self.status(), problems.collect())
    }

    /// What the rows of a list have at `pointer`.
    pub(super) fn column(&self, pointer: &str) -> Vec<String> {
        let rows = self.body.get("data").unwrap_or(&self.body);
        let rows = rows
            .as_array()
            .unwrap_or_else(|| panic!("no list: {}", self.body));
        let cells = rows.iter().map(|row| {
            let cell = row.pointer(pointer).unwrap_or(&Value::Null);
            cell.as_str()
                .map_or_else(|| cell.to_string(), str::to_owned)
        });
        cells.collect()
    }
}

/// A refusal with one problem, as [`Answer::refused`] tells it.
pub(super) fn refusal(status: u16, problem: &str) -> (u16, Vec<String>) {
    (status, vec![problem.to_owned()])
}
