//! The adapter against the sandbox, which was written from the contract and not from the adapter.

mod reads;
mod writes;

use std::ops::Deref;

use orgdeck::domain::query::{Cursor, OrgAt, Query};
use orgdeck::domain::{
    Answer, Detail, Fault, Invite, InviteStatus, Member, Org, OrgId, Outcome, Receipt, Text, User,
    Wish,
};
use orgdeck::sandbox::{Options, Sandbox};

use super::names::{at, invites, members, shop};
use super::support::Console;

/// The demo world with a connection to its Clerk face.
struct Demo {
    sandbox: Sandbox,
    console: Console,
}

impl Deref for Demo {
    type Target = Console;

    fn deref(&self) -> &Console {
        &self.console
    }
}

impl Demo {
    fn start() -> Self {
        let sandbox = Sandbox::start(&Options::demo(at(1_755_700_000_000))).unwrap();
        let console = Console::to(&sandbox.clerk.url, &sandbox.clerk.token);
        Self { sandbox, console }
    }

    /// The organization with this slug.
    async fn org(&self, slug: &str) -> Org {
        let at = OrgAt::Slug(shop(), Text::from(slug));
        let answer = self.ask(Query::Org(at)).await.unwrap();
        let Answer::Org(org) = answer else {
            panic!("{answer:?}");
        };
        *org
    }

    /// Every member, page by page.
    async fn everybody(&self, org: &OrgId) -> Vec<Member> {
        let mut waiting = vec![Cursor::FIRST];
        let mut met = Vec::new();
        while let Some(page) = waiting.pop() {
            let query = Query::Members {
                org: org.clone(),
                role: None,
                text: None,
                page,
            };
            let page = members(self.ask(query).await);
            met.extend(page.rows.into_iter().map(|row| {
                assert_eq!(row.detail, Detail::Whole);
                row.item
            }));
            waiting.extend(page.next.cursors());
        }
        met
    }

    async fn invites(&self, org: &OrgId, status: InviteStatus) -> Vec<Invite> {
        let query = Query::Invites {
            org: Some(org.clone()),
            status: Some(status),
            page: Cursor::FIRST,
        };
        let page = invites(self.ask(query).await);
        page.rows.into_iter().map(|row| row.item).collect()
    }

    async fn user(&self, text: &str) -> User {
        let query = Query::Users {
            text: Text::from(text),
            beside: None,
            page: Cursor::FIRST,
        };
        let answer = self.ask(query).await.unwrap();
        let Answer::Users(page) = answer else {
            panic!("{answer:?}");
        };
        page.rows.into_iter().next().unwrap().item
    }

    async fn done(&self, wish: Wish) -> Receipt {
        let answer = self.carry(wish).await;
        let Outcome::Done(receipt) = answer else {
            panic!("{answer:?}");
        };
        receipt
    }

    async fn refused(&self, wish: Wish) -> Fault {
        let outcome = self.carry(wish).await;
        let Outcome::Refused(error) = outcome else {
            panic!("{outcome:?}");
        };
        assert!(error.code.is_some() && error.words.is_some() && error.trace.is_some());
        error.fault
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert_eq!(self.sandbox.unknown_routes(), Vec::<String>::new());
        }
    }
}

/// What an organization is called.
fn name(org: &Org) -> &str {
    org.name.known().unwrap().raw()
}
