//! The configuration of a running console: read again by what reads it at the start, and compared with what it
//! said before, so that a connection that is the same goes on as it is.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::sync::mpsc::UnboundedSender;

use super::connect;
use super::desk::{self, Wanted};
use crate::app::setup::Change;
use crate::config::{self, Broken, Options, Presence, Profile};
use crate::domain::secret::Place;
use crate::domain::{Keep, News, Refresh, Text};
use crate::files::{self, Stamp};
use crate::gate::Cap;
use crate::provider::link::Link;
use crate::runtime::reload::{Reading, Reread, Watch};

/// A file with the stamp that it had before it was read.
pub(super) type Marked = Option<(PathBuf, Option<Stamp>)>;

/// The configuration file as it is before it is read.
pub(super) fn mark(wanted: Wanted<'_>) -> Marked {
    let (path, _) = desk::place(wanted);
    path.map(|path| {
        let stamp = files::stamp(&path);
        (path, stamp)
    })
}

/// What the configuration said when it was read last.
pub(super) struct Known {
    /// The connections in their order, each with what is said of it.
    links: Vec<(Profile, Arc<Link>)>,
    /// The cap on removals.
    cap: Cap,
    /// How long the journal is kept.
    keep: Option<Keep>,
    /// How often lists are read again.
    refresh: Refresh,
    /// The only profiles that are wanted; all, if none is named.
    names: Vec<String>,
    switch: Option<&'static str>,
    news: UnboundedSender<News>,
}

impl Known {
    /// What it says now.
    pub(super) fn new(
        wanted: Wanted<'_>,
        links: Vec<(Profile, Arc<Link>)>,
        (cap, news): (Cap, &UnboundedSender<News>),
    ) -> Result<Self, Broken> {
        Ok(Self {
            links,
            cap,
            keep: desk::keep(wanted),
            refresh: desk::refresh(wanted)?,
            names: desk::names(wanted).to_vec(),
            switch: connect::switch(wanted.args, wanted.environment),
            news: news.clone(),
        })
    }

    /// Watches the file from what it said on.
    pub(super) fn watch(mut self, (path, stamp): (PathBuf, Option<Stamp>)) -> Watch {
        let file = path.clone();
        Watch::new(path, stamp, Box::new(move || self.read(&file)))
    }

    fn read(&mut self, path: &Path) -> Reading {
        let wrong = |broken: Broken| Text::from(broken.to_string());
        // One that is gone is no wish for no profile at all.
        let file = config::read(path, Presence::Needed, &connect::known()).map_err(wrong)?;
        let options = config::options(path, Presence::Needed).map_err(wrong)?;
        let profiles = config::only(file.profiles, &self.names).map_err(wrong)?;
        let hidden = connect::hidden(&profiles);
        let mut links = Vec::new();
        for profile in profiles {
            let (link, change) = self.link(&profile)?;
            links.push((profile, link, change));
        }
        let notes = self.options(&options, file.journal_keep);
        let known = links.iter();
        self.links = known
            .map(|(profile, link, _)| (profile.clone(), Arc::clone(link)))
            .collect();
        Ok(Reread {
            links: links
                .into_iter()
                .map(|(_, link, change)| (link, change))
                .collect(),
            cap: self.cap,
            refresh: self.refresh,
            hidden,
            notes,
        })
    }

    /// The connection of a profile: the one that is there, the same under other rules, or a new one.
    fn link(&self, profile: &Profile) -> Result<(Arc<Link>, Change), Text> {
        let mut known = self.links.iter();
        let known = known.find(|(known, _)| known.name == profile.name);
        if let Some((before, link)) = known.filter(|(before, _)| leads_to_the_same(before, profile))
        {
            let connection =
                connect::connection(profile, self.switch).map_err(|error| in_words(&error))?;
            let rules = |profile: &Profile| (profile.production, profile.read_only);
            if rules(before) == rules(profile) {
                return Ok((Arc::clone(link), Change::Kept));
            }
            return Ok((Arc::new(link.under(connection)), Change::Guarded));
        }
        let link = connect::link(profile.clone(), self.switch, &self.news)
            .map_err(|error| in_words(&error))?;
        Ok((Arc::new(link), Change::Renewed))
    }

    /// Takes over what is said beside the profiles: what has changed, in words.
    fn options(&mut self, options: &Options, keep: Option<Keep>) -> Vec<Text> {
        let mut notes = Vec::new();
        let cap = Cap::share(options.removal_cap);
        let refresh = options.refresh.unwrap_or_default();
        if cap != self.cap {
            notes.push(format!("removal_cap is {} per cent", cap.share));
            self.cap = cap;
        }
        if refresh != self.refresh {
            notes.push(format!("refresh is {refresh}"));
            self.refresh = refresh;
        }
        if keep != self.keep {
            notes.push("journal_keep counts from the next start on".to_owned());
            self.keep = keep;
        }
        notes.into_iter().map(Text::from).collect()
    }
}

fn in_words(error: &color_eyre::eyre::Error) -> Text {
    Text::from(format!("{error:#}"))
}

/// Whether what was read by one holds for the other: the same account at the same place by the same way.
fn leads_to_the_same(before: &Profile, now: &Profile) -> bool {
    let way = |profile: &Profile| {
        (
            profile.provider,
            profile.origin.clone(),
            profile.ca_file.clone(),
            profile.body,
        )
    };
    // A command inherits no variable with a secret of another profile.
    let is_command = matches!(now.token, Place::Command(_));
    way(before) == way(now)
        && before.token == now.token
        && (!is_command || before.hidden == now.hidden)
}
