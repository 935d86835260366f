//! Names of organizations, kept as they are read.

use std::collections::VecDeque;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::{Arc, Mutex};

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use orgdeck::cache::names::{Name, read, remembering_in};
use orgdeck::domain::query::{Cursor, Next, OrgAt, Reply, Scope};
use orgdeck::domain::rows::Detail;
use orgdeck::domain::secret::Pass;
use orgdeck::domain::{
    Answer, ApiError, Fault, Mutation, Org, Outcome, Page, Query, Request, Row, Text, Told, Verb,
    Wish,
};
use orgdeck::gate::Permit;
use orgdeck::provider::Provider;
use tempfile::TempDir;

use crate::support::rig::{org, org_id, profile};

/// A provider whose answers are written by the test; it plans and sends nothing.
struct Script(Mutex<VecDeque<Reply>>);

impl Provider for Script {
    fn query(&self, _: Query) -> BoxFuture<'_, Reply> {
        let next = self.0.lock().unwrap().pop_front().unwrap();
        async move { next }.boxed()
    }

    fn plan(&self, _: Wish) -> BoxFuture<'_, Result<Vec<Mutation>, ApiError>> {
        unreachable!("names are read")
    }

    fn render(&self, _: &Mutation) -> Request {
        unreachable!("names are read")
    }

    fn admit(&self, _: Pass) -> BoxFuture<'_, Result<(), ApiError>> {
        unreachable!("names are read")
    }

    fn mutate(&self, _: Mutation, _: Permit) -> BoxFuture<'_, Outcome> {
        unreachable!("names are read")
    }
}

fn orgs(page: Cursor) -> Query {
    Query::Orgs {
        scope: Scope::Own,
        text: None,
        page,
    }
}

fn page(keys: &[&str]) -> Answer {
    let rows = keys.iter().map(|key| Row::whole(org("shop", key, key)));
    Answer::Orgs(Page {
        is_torn: false,
        next: Next::One(Cursor::at("2")),
        ..Page::whole(rows.collect())
    })
}

/// Asks these questions, which get these answers, with names kept in a folder.
async fn ask(folder: &Path, asked: Vec<(Query, Reply)>) {
    let (queries, replies): (Vec<_>, VecDeque<_>) = asked.into_iter().unzip();
    let script = Arc::new(Script(Mutex::new(replies.clone())));
    let provider = remembering_in(folder, script, &profile("shop"));
    for (query, reply) in queries.into_iter().zip(replies) {
        assert_eq!(provider.query(query).await, reply, "answers pass unchanged");
    }
}

fn ids(folder: &Path) -> Vec<String> {
    let names = read(folder, "shop").into_iter();
    names.map(|name| name.id.raw().to_owned()).collect()
}

#[tokio::test]
async fn names_of_a_list_are_kept_page_by_page_for_the_owner_alone() {
    let home = TempDir::new().unwrap();
    let folder = home.path().join("orgdeck/names");
    let asked = vec![
        (orgs(Cursor::FIRST), Ok(page(&["acme", "bay"]))),
        (orgs(Cursor::at("2")), Ok(page(&["cove"]))),
    ];
    ask(&folder, asked).await;
    assert_eq!(ids(&folder), ["acme", "bay", "cove"]);
    let kept = &read(&folder, "shop")[0];
    let wanted = Name {
        id: Text::from("acme"),
        slug: Some(Text::from("acme")),
        name: Some(Text::from("acme")),
    };
    assert_eq!(kept, &wanted);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&folder.join("shop.json")), 0o600);
    let files = fs::read_dir(&folder).unwrap().count();
    assert_eq!(files, 1, "nothing is left beside it");
}

#[tokio::test]
async fn a_list_that_is_read_anew_forgets_what_is_gone_and_keeps_what_it_does_not_tell() {
    let home = TempDir::new().unwrap();
    let folder = home.path();
    ask(
        folder,
        vec![(orgs(Cursor::FIRST), Ok(page(&["acme", "bay"])))],
    )
    .await;
    let reference = Row::wanted(Org::reference(org_id("shop", "bay")));
    let references = Ok(Answer::Orgs(Page::whole(vec![reference])));
    ask(folder, vec![(orgs(Cursor::FIRST), references)]).await;
    let names = read(folder, "shop");
    assert_eq!(ids(folder), ["bay"]);
    assert_eq!(names[0].slug, Some(Text::from("bay")));
}

#[tokio::test]
async fn one_organization_that_is_read_is_added() {
    let home = TempDir::new().unwrap();
    let mut renamed = org("shop", "acme", "Acme Harbour");
    renamed.slug = Told::Unknown;
    let asked = vec![
        (orgs(Cursor::FIRST), Ok(page(&["acme"]))),
        (
            Query::Org(OrgAt::Id(org_id("shop", "acme"))),
            Ok(Answer::Org(Box::new(renamed))),
        ),
    ];
    ask(home.path(), asked).await;
    let kept = read(home.path(), "shop").remove(0);
    assert_eq!(kept.name, Some(Text::from("Acme Harbour")));
    assert_eq!(kept.slug, Some(Text::from("acme")));
}

#[tokio::test]
async fn failures_and_unreadable_rows_leave_no_name() {
    let home = TempDir::new().unwrap();
    let mut unreadable = Row::whole(org("shop", "bad", "bad"));
    unreadable.detail = Detail::Unreadable(Text::from("no id"));
    let failed = Err(ApiError::new(Verb::OrgList, Fault::Cancelled));
    let asked = vec![
        (orgs(Cursor::FIRST), Ok(page(&["acme"]))),
        (orgs(Cursor::FIRST), failed),
        (
            orgs(Cursor::at("2")),
            Ok(Answer::Orgs(Page::whole(vec![unreadable]))),
        ),
    ];
    ask(home.path(), asked).await;
    assert_eq!(ids(home.path()), ["acme"]);
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_disturbs_nobody() {
    let home = TempDir::new().unwrap();
    let folder = home.path().join("file/names");
    fs::write(home.path().join("file"), "in the way").unwrap();
    ask(&folder, vec![(orgs(Cursor::FIRST), Ok(page(&["acme"])))]).await;
    assert_eq!(ids(&folder), [""; 0]);
}
