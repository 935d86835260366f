//! The model: everything that is true at one moment. `update` alone changes it, the view reads it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::address::Address;
use super::around::Around;
use super::cursor::List;
use super::form::Kept;
use super::key::Key;
use super::layer::{Layer, Overlay};
use super::marks::Marks;
use super::notice::{Log, Notice, Notices};
use super::pending::Pending;
use super::place::{self, Layout, Pane, Size, Wanted, Zoom};
use super::store::{Account, SentNote, Store};
use crate::domain::plan::TaskId;
use crate::domain::rows::Shelf;
use crate::domain::{
    Invite, Member, Moment, Now, Org, OrgId, Profile, Refresh, Row, Skew, Text, Verb,
};
use crate::job::{Feed, Task};

/// What does not change while the program runs, or only by its settings.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The time zone in which times are shown.
    pub zone: TimeZone,
    /// Which characters frames are drawn with.
    pub lines: Lines,
    /// Whether colours may be used.
    pub color: Color,
    /// The switch that forbids every write, if one does.
    pub read_only: Option<&'static str>,
    /// Whether the data is that of the embedded sandbox.
    pub source: Source,
    /// What is around the program.
    pub around: Around,
    /// How often lists are read again by themselves.
    pub refresh: Refresh,
}

/// Which characters frames are drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// Box drawing characters.
    Drawn,
    /// `+`, `-` and `|`.
    Ascii,
}

/// Whether colours may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// The sixteen that every terminal has.
    Sixteen,
    /// None: bold, underlined and reversed text has to do.
    Off,
}

/// Where the data comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The configured profiles.
    Configured,
    /// The embedded sandbox.
    Demo,
}

/// How times are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Times {
    /// As ages.
    #[default]
    Relative,
    /// As dates.
    Absolute,
}

/// Which invites the invites pane holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InviteScope {
    /// Those of the organization that is open.
    #[default]
    Org,
    /// Those of all shown profiles.
    All,
}

/// The panes and what each of them looks at.
#[derive(Clone, Debug, Default)]
pub struct Panes {
    /// Which has the focus.
    pub focus: Pane,
    /// Whether it fills the screen.
    pub zoom: Zoom,
    /// The list of organizations.
    pub orgs: List<Org>,
    /// The list of members.
    pub members: List<Member>,
    /// The list of invites.
    pub invites: List<Invite>,
    /// Whose invites.
    pub invite_scope: InviteScope,
    /// The organization that panes 2 to 4 show.
    pub open: Option<OrgId>,
    /// When panes 2 to 4 follow the cursor of pane 1.
    pub follow_at: Option<Moment>,
    /// The first line of the organization's attributes.
    pub org_top: usize,
    /// What was sent from here and is under the cursor, where a service keeps no list of invites.
    pub note: Option<SentNote>,
    /// Which of that is marked.
    pub note_marks: Marks<SentNote>,
    /// The furthest that they can be scrolled, as the last frame showed them.
    pub org_last: usize,
    /// The line of the activity under the cursor.
    pub activity: usize,
}

/// Whether the program is on its way out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Leaving {
    /// It stays.
    #[default]
    No,
    /// It was asked to go once by a key that wants it twice.
    Asked,
    /// It goes as soon as no write is under way.
    WhenSent,
}

/// Whether a key came again at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// No.
    Fresh,
    /// It came within the last 0.3 s before.
    Again,
}

/// The first screen, when there is no profile.
#[derive(Clone, Debug, PartialEq)]
pub struct Welcome {
    /// What was found on this machine: names, never values.
    pub found: Vec<Text>,
    /// The TOML that would use what was found.
    pub toml: Text,
    /// Where that would be written by the person.
    pub path: Text,
    /// The line under the cursor.
    pub index: usize,
}

/// Everything.
#[derive(Clone, Debug)]
pub struct Model {
    /// The stamp of the latest message.
    pub now: Now,
    /// The size of the screen.
    pub size: Size,
    /// Settings.
    pub settings: Settings,
    /// The first screen, as long as there is no profile.
    pub welcome: Option<Welcome>,
    /// The place that was asked for at the start, until it is there.
    pub sought: Option<Address>,
    /// What was read.
    pub store: Store,
    /// Only these profiles; empty is all.
    pub only: BTreeSet<Profile>,
    /// The panes.
    pub panes: Panes,
    /// What lies above them, the topmost last.
    pub overlays: Vec<Overlay>,
    /// The beginning of a key sequence.
    pub typed: Vec<Key>,
    /// The keys that came within the last moments, each with its latest time.
    pub recent: Vec<(Key, Moment)>,
    /// Whether the latest key came again at once, as a held key does.
    pub repeat: Repeat,
    /// When somebody last did something.
    pub touched: Moment,
    /// What is under way.
    pub pending: Pending,
    /// What was typed into forms that are not on the screen, and is not sent.
    pub forms: Kept,
    /// What is being carried out, or was.
    pub tasks: BTreeMap<TaskId, Task>,
    /// Those of which nothing more comes.
    pub ended: BTreeMap<TaskId, Task>,
    /// The number of the latest task: a consent is spent under it, so none is given out twice.
    pub last_task: TaskId,
    /// Messages.
    pub notices: Notices,
    /// What was sent.
    pub log: Log,
    /// How times are shown.
    pub times: Times,
    /// An action that a menu chose, to be run next.
    pub chosen: Option<&'static str>,
    /// Whether the program is on its way out.
    pub leaving: Leaving,
}

impl Model {
    /// A model of a screen of this size with these connections; nothing was read yet.
    pub fn new(size: Size, settings: Settings, store: Store) -> Self {
        Self {
            now: Now::default(),
            size,
            settings,
            welcome: None,
            sought: None,
            store,
            only: BTreeSet::new(),
            panes: Panes::default(),
            overlays: Vec::new(),
            typed: Vec::new(),
            recent: Vec::new(),
            repeat: Repeat::Fresh,
            touched: Moment::default(),
            pending: Pending::default(),
            forms: Kept::default(),
            tasks: BTreeMap::new(),
            ended: BTreeMap::new(),
            last_task: TaskId(0),
            notices: Notices::default(),
            log: Log::default(),
            times: Times::default(),
            chosen: None,
            leaving: Leaving::default(),
        }
    }

    /// Where everything is on the screen now.
    pub fn layout(&self) -> Layout {
        let notice = self.notice();
        let wanted = Wanted {
            focus: self.panes.focus,
            zoom: self.panes.zoom,
            notices: notice.map_or(0, |top| top.rows(self.size.width, self)),
        };
        place::layout(self.size, wanted)
    }

    /// The message on the screen: the newest that what is on top does not say itself.
    pub fn notice(&self) -> Option<&Notice> {
        let top = self.overlays.last();
        let said = |notice: &&Notice| top.is_some_and(|overlay| overlay.says(&notice.word));
        self.notices.all().iter().rfind(|notice| !said(notice))
    }

    /// The layers whose keys count now, the nearest first.
    pub fn layers(&self) -> Vec<Layer> {
        if let Some(overlay) = self.overlays.last() {
            return vec![overlay.layer(), Layer::Everywhere];
        }
        if self.welcome.is_some() {
            return vec![Layer::Welcome, Layer::Everywhere];
        }
        let pane = Layer::of(self.panes.focus);
        vec![pane, Layer::List, Layer::Everywhere]
    }

    /// Whether letters are text now.
    pub fn takes_text(&self) -> bool {
        match self.overlays.last() {
            Some(Overlay::Confirm(confirm)) => confirm.takes_text(),
            Some(Overlay::Form(form)) => form.takes_text(),
            Some(Overlay::Prompt(prompt)) => prompt.takes_text(),
            Some(Overlay::Line(_)) => true,
            Some(Overlay::Tasks(tasks)) => tasks.takes_text(),
            Some(Overlay::Menu(_) | Overlay::Help(_) | Overlay::Details(_)) | None => false,
        }
    }

    /// Says something in the status line until the next key.
    pub fn say(&mut self, words: impl Into<Text>) {
        self.notices.hint = Some(words.into());
    }

    /// What the clock of a profile's service shows now: what it tells is as old as that says.
    pub fn theirs(&self, profile: &Profile) -> Timestamp {
        let account = self.store.account(profile);
        let skew = account.map_or_else(Skew::default, |account| account.skew);
        skew.theirs(self.now.wall)
    }

    /// The organizations of each connection; empty lists for profiles that are not shown.
    pub fn org_lists(&self) -> Vec<Shelf<Org>> {
        self.store.org_lists(|profile| self.shows(profile))
    }

    /// The members of the open organization.
    pub fn member_lists(&self) -> Vec<Shelf<Member>> {
        let visit = self.panes.open.as_ref().and_then(|id| self.store.visit(id));
        visit.map_or(Vec::new(), |visit| vec![visit.members.rows.shelf().clone()])
    }

    /// The lists of invites that the invites pane is over.
    pub fn invite_lists(&self) -> Vec<Shelf<Invite>> {
        self.invite_feeds()
            .into_iter()
            .map(|feed| feed.rows.shelf().clone())
            .collect()
    }

    /// The feeds of the invites pane.
    pub fn invite_feeds(&self) -> Vec<&Feed<Invite>> {
        match self.panes.invite_scope {
            InviteScope::Org => {
                let visit = self.panes.open.as_ref().and_then(|id| self.store.visit(id));
                visit.map_or(Vec::new(), |visit| visit.invites.iter().collect())
            }
            InviteScope::All => self
                .store
                .accounts
                .iter()
                .filter(|account| self.shows(&account.connection.profile))
                .flat_map(|account| &account.invites)
                .collect(),
        }
    }

    /// The organization under the cursor of pane 1.
    pub fn org_row(&self) -> Option<&Row<Org>> {
        self.store.org(self.panes.orgs.cursor.as_ref()?)
    }

    /// The member under the cursor.
    pub fn member_row(&self) -> Option<&Row<Member>> {
        let visit = self.store.visit(self.panes.open.as_ref()?)?;
        visit.members.rows.find(self.panes.members.cursor.as_ref()?)
    }

    /// The invite under the cursor.
    pub fn invite_row(&self) -> Option<&Row<Invite>> {
        let key = self.panes.invites.cursor.as_ref()?;
        let feeds = self.invite_feeds();
        feeds.into_iter().find_map(|feed| feed.rows.find(key))
    }

    /// What was sent from here into the open organization, the newest first; nothing where the service
    /// keeps a list of invites itself.
    pub fn sent_notes(&self) -> Vec<&SentNote> {
        let Some(org) = self.panes.open.as_ref().filter(|_| self.keeps_notes()) else {
            return Vec::new();
        };
        let notes = self.store.sent_notes.iter().rev();
        notes.filter(|note| note.org == *org).collect()
    }

    /// Whether the invites pane shows what was sent from here in place of a list.
    pub fn keeps_notes(&self) -> bool {
        let org = self.panes.open.as_ref();
        let account = org.and_then(|org| self.store.account(org.profile()));
        self.panes.invite_scope == InviteScope::Org
            && account
                .is_some_and(|account| account.capabilities.refusal(Verb::InviteList).is_some())
    }

    /// What was sent from here and is under the cursor: the newest, as long as nobody has moved it.
    pub fn sent_note(&self) -> Option<&SentNote> {
        let notes = self.sent_notes();
        let held = notes
            .iter()
            .find(|note| Some(**note) == self.panes.note.as_ref());
        held.or(notes.first()).copied()
    }

    /// The connection that an action speaks of.
    pub fn account_here(&self) -> Option<&Account> {
        self.store.account(self.org_here()?.profile())
    }

    /// The connections whose profiles are shown.
    pub fn shown_accounts(&self) -> impl Iterator<Item = &Account> {
        let accounts = self.store.accounts.iter();
        accounts.filter(|account| self.shows(&account.connection.profile))
    }

    /// Whether a profile is shown.
    pub fn shows(&self, profile: &Profile) -> bool {
        self.only.is_empty() || self.only.contains(profile)
    }

    /// The organization that an action speaks of: under the cursor of pane 1 there, else the open one.
    pub fn org_here(&self) -> Option<&OrgId> {
        match self.panes.focus {
            Pane::Orgs => self.panes.orgs.cursor.as_ref(),
            Pane::Invites if self.panes.invite_scope == InviteScope::All => {
                self.panes.invites.cursor.as_ref().map(|invite| &invite.org)
            }
            Pane::Org | Pane::Members | Pane::Invites | Pane::Activity => self.panes.open.as_ref(),
        }
    }
}
