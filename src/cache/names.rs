//! The names of organizations, kept for the completions of shells: a file for each profile.
//!
//! They are strangers' words: whoever prints one cleans it first.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use etcetera::BaseStrategy as _;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};

use crate::domain::query::Reply;
use crate::domain::rows::Detail;
use crate::domain::secret::Pass;
use crate::domain::{
    Answer, ApiError, Image, Mutation, Org, Outcome, Profile, Query, Request, Row, Skew, Text, Wish,
};
use crate::files::{self, Privacy};
use crate::gate::Permit;
use crate::provider::Provider;

/// So many names of one profile are kept; nobody looks through more in a shell.
const MOST: usize = 2_000;

/// The largest file that is read, in bytes.
const LARGEST: u64 = 4 * 1024 * 1024;

/// How an organization is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// Its id.
    pub id: Text,
    /// Its handle or slug.
    pub slug: Option<Text>,
    /// Its name.
    pub name: Option<Text>,
}

impl Name {
    fn of(org: &Org) -> Self {
        Self {
            id: org.id.text().clone(),
            slug: org.slug.known().cloned(),
            name: org.name.known().cloned(),
        }
    }
}

/// Where names are kept: `orgdeck/names` among the caches of this user.
pub fn folder() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.cache_dir().join("orgdeck/names"))
}

/// The names of a profile as they were read last; none if they were not.
pub fn read(folder: &Path, profile: &str) -> Vec<Name> {
    let bytes = files::read(&path(folder, profile), LARGEST, Privacy::OwnerOnly);
    let names = bytes.map(|bytes| serde_json::from_slice(&bytes));
    // A file that is not there, not ours or damaged is as good as none: the next list replaces it.
    names.ok().and_then(Result::ok).unwrap_or_default()
}

/// The provider of a profile, remembering the organizations that its answers name.
pub fn remembering(provider: Arc<dyn Provider>, profile: &Profile) -> Arc<dyn Provider> {
    match folder() {
        Some(folder) => remembering_in(&folder, provider, profile),
        None => provider,
    }
}

/// The same with a folder of one's own.
pub fn remembering_in(
    folder: &Path,
    provider: Arc<dyn Provider>,
    profile: &Profile,
) -> Arc<dyn Provider> {
    let known = read(folder, profile.as_str()).into_iter();
    Arc::new(Remembering {
        provider,
        path: path(folder, profile.as_str()),
        known: Mutex::new(known.map(|name| (name.id.clone(), name)).collect()),
    })
}

fn path(folder: &Path, profile: &str) -> PathBuf {
    // The names of profiles have no character that a file's name may not have.
    folder.join(format!("{profile}.json"))
}

/// A provider whose answers are listened to.
struct Remembering {
    provider: Arc<dyn Provider>,
    path: PathBuf,
    known: Mutex<BTreeMap<Text, Name>>,
}

impl Remembering {
    /// Takes in what an answer tells; a list that is read anew forgets what it does not meet.
    fn hear(&self, is_anew: bool, answer: &Answer) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let before = known.clone();
        if let Answer::Org(org) = answer {
            note(&mut known, (&before, org));
        } else if let Answer::Orgs(page) = answer {
            if is_anew {
                known.clear();
            }
            let readable = |row: &&Row<Org>| !matches!(row.detail, Detail::Unreadable(_));
            for row in page.rows.iter().filter(readable) {
                note(&mut known, (&before, &row.item));
            }
        }
        if *known != before {
            self.write(known.values());
        }
    }

    fn write<'a>(&self, names: impl Iterator<Item = &'a Name>) {
        let names: Vec<&Name> = names.collect();
        let bytes = serde_json::to_vec(&names).expect("names are text");
        if let Err(error) = files::replace(&self.path, &bytes) {
            // Nothing that anybody asked for has failed.
            tracing::debug!(%error, "names for completions were not kept");
        }
    }
}

/// Lists may hold references alone: what was known of one before still holds.
fn note(known: &mut BTreeMap<Text, Name>, (before, org): (&BTreeMap<Text, Name>, &Org)) {
    let mut name = Name::of(org);
    if let Some(old) = before.get(&name.id) {
        name.slug = name.slug.or_else(|| old.slug.clone());
        name.name = name.name.or_else(|| old.name.clone());
    }
    if known.len() < MOST || known.contains_key(&name.id) {
        known.insert(name.id.clone(), name);
    }
}

/// Whether a question begins a list of everything.
fn is_anew(query: &Query) -> bool {
    matches!(query, Query::Orgs { text: None, page, .. } if page.place().is_none())
}

impl Provider for Remembering {
    fn query(&self, query: Query) -> BoxFuture<'_, Reply> {
        let is_anew = is_anew(&query);
        let asked = self.provider.query(query);
        asked
            .inspect(move |reply| {
                if let Ok(answer) = reply {
                    self.hear(is_anew, answer);
                }
            })
            .boxed()
    }

    fn plan(&self, wish: Wish) -> BoxFuture<'_, Result<Vec<Mutation>, ApiError>> {
        self.provider.plan(wish)
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

    fn mutate(&self, change: Mutation, permit: Permit) -> BoxFuture<'_, Outcome> {
        self.provider.mutate(change, permit)
    }
}
