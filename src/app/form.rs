//! Forms: fields made from a connection's specs, checked before anything is asked of the service.
//!
//! One engine for every goal: what a field is and how it is filled in is data, and what all of them
//! come to is made by [`Form::wish`].

pub mod area;
pub mod check;
mod checklist;
pub mod country;
mod draft;
pub mod entry;
mod field;
mod finder;
pub mod goal;
pub mod kept;
pub mod many;
pub mod masked;
mod name;
mod overwrite;
pub mod roll;
mod wish;

pub use area::Area;
pub use check::address;
pub use checklist::{Checklist, Tick};
pub use draft::{Track, fate};
pub use entry::{Entry, Flag, Moved};
pub use field::{Emptying, Field};
pub use finder::{Finder, Picked};
pub use goal::Goal;
pub use kept::Kept;
pub use masked::Masked;
pub use name::NAME;
pub use overwrite::OVERWRITE;
pub use roll::Roll;
pub use wish::{FIRST_MEMBER, FIRST_ROLE};

use super::fault;
use super::msg::RequestId;
use super::store::Loaded;
use crate::domain::field::Need;
use crate::domain::plan::TaskId;
use crate::domain::query::{Privacy, Reply};
use crate::domain::{
    ApiError, Fault, FieldError, FieldKind, FieldSpec, Image, Moment, Org, Plan, Role, Seen, Text,
};
use crate::job::task::State;

/// What has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// A field, by its number.
    Field(usize),
    /// A button.
    Button(Button),
}

/// The buttons of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    /// Close it.
    Cancel,
    /// Read what is there and show the requests.
    Preview,
    /// Send what is shown.
    Send,
}

/// How far a form is.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// It is filled in.
    Editing,
    /// Its file is being read or its plan is being made.
    Preparing(RequestId),
    /// Its plan is asked for as soon as members and invites are read.
    Reading,
    /// Its plan is shown, since that moment; `None` until the frame with it was drawn.
    Ready(Box<Plan>, Option<Moment>),
    /// Its plan could not be made, or what was sent was refused.
    Failed(Box<ApiError>),
    /// It was sent by this task: what came of each address.
    Sent(TaskId, Vec<Ended>),
}

/// What came of one address.
#[derive(Clone, Debug, PartialEq)]
pub struct Ended {
    /// The address.
    pub email: Text,
    /// How its request stands.
    pub state: State,
}

/// A form.
#[derive(Clone, Debug)]
pub struct Form {
    /// The heading.
    pub title: Text,
    /// What it is about, with its id, under the heading.
    pub about: Text,
    /// What it is for.
    pub goal: Goal,
    /// The fields.
    pub fields: Vec<Field>,
    /// The addresses of a bulk invite with what is known of them.
    pub roll: Option<Box<Roll>>,
    /// Documents that are shown beside the fields.
    pub shown: Vec<(Privacy, Loaded<Text>)>,
    /// Something to know before filling it in.
    pub note: Option<Text>,
    /// What has the focus.
    pub focus: Focus,
    /// How far it is.
    pub stage: Stage,
    /// How far it was scrolled from where it would stand, while a button has the focus.
    pub scroll: isize,
    /// How far it can be scrolled, as the last frame showed it.
    pub reach: Reach,
    /// What of it is kept as a draft.
    pub track: Track,
}

/// How many rows there are above and below those that are in sight as a form stands unscrolled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Above.
    pub up: usize,
    /// Below.
    pub down: usize,
}

impl Reach {
    /// A place to scroll to that is not beyond either end.
    #[must_use]
    pub fn keep(self, scroll: isize) -> isize {
        scroll.clamp(-self.up.cast_signed(), self.down.cast_signed())
    }
}

/// The key of the field that shows the private metadata.
pub const PRIVATE: &str = "private";

impl Form {
    /// A form with these fields; roles are filled in by [`Form::offer_roles`].
    pub fn new(title: impl Into<Text>, goal: Goal, specs: &[FieldSpec]) -> Self {
        let mut form = Self {
            title: title.into(),
            about: Text::from(""),
            fields: specs.iter().map(|spec| Field::new(*spec, &goal)).collect(),
            goal,
            roll: None,
            shown: Vec::new(),
            note: None,
            focus: Focus::Field(0),
            stage: Stage::Editing,
            scroll: 0,
            reach: Reach::default(),
            track: Track::default(),
        };
        form.focus = form.stops()[0];
        form
    }

    /// The roles to choose from. Where one must be named, the weakest is proposed, if the service ranks
    /// them: a guess would give rights that nobody chose.
    pub fn offer_roles(&mut self, roles: &[Role]) {
        for field in &mut self.fields {
            let Entry::Role(known, chosen) = &mut field.entry else {
                continue;
            };
            let key = chosen.and_then(|number| known.get(number).map(|role| role.key.clone()));
            let kept = key.and_then(|key| roles.iter().position(|role| role.key == key));
            let proposed = proposal(roles, field.spec.need).filter(|_| known.is_empty());
            *chosen = kept.or(proposed);
            *known = roles.to_vec();
        }
    }

    /// Takes the values of an organization over into fields that nobody has touched.
    pub fn learn(&mut self, org: &Org) {
        for field in &mut self.fields {
            if field.before.is_none() && !field.is_typed() {
                field.learn(org);
            }
        }
    }

    /// The field with this key.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.spec.key == key)
    }

    /// The same, to be changed.
    pub fn field_mut(&mut self, key: &str) -> Option<&mut Field> {
        self.fields.iter_mut().find(|field| field.spec.key == key)
    }

    /// The field that has the focus.
    pub fn focused(&mut self) -> Option<&mut Field> {
        match self.focus {
            Focus::Field(number) => self.fields.get_mut(number),
            Focus::Button(_) => None,
        }
    }

    fn here(&self) -> Option<&Field> {
        match self.focus {
            Focus::Field(number) => self.fields.get(number),
            Focus::Button(_) => None,
        }
    }

    /// Whether typed letters go into a field.
    pub fn takes_text(&self) -> bool {
        self.here().is_some_and(|field| field.entry.takes_text())
    }

    /// Whether a yes or no has the focus.
    pub fn is_at_flag(&self) -> bool {
        self.here()
            .is_some_and(|field| matches!(field.entry, Entry::Flag(_)))
    }

    /// Whether the field that has the focus holds something that can be emptied.
    pub fn has_something_here(&self) -> bool {
        self.here().is_some_and(|field| {
            let secret = field
                .entry
                .secret()
                .is_some_and(|secret| !secret.is_empty());
            let text = field
                .entry
                .area()
                .is_some_and(|area| !area.text().is_empty());
            secret || text || !field.typed().is_empty() || field.is_typed()
        })
    }

    /// Whether that text may have several lines.
    pub fn takes_lines(&self) -> bool {
        let kind = self.here().map(|field| field.spec.kind);
        matches!(
            kind,
            Some(FieldKind::Message | FieldKind::Json | FieldKind::Addresses)
        )
    }

    /// What was typed has changed: the plan and the errors of before no longer speak of it. A name that
    /// is typed is part of no request.
    pub fn touched(&mut self) {
        let Some(field) = self.focused() else {
            return;
        };
        field.error = field.wrong_so_far();
        if !field.is_second_thought() {
            self.stage = Stage::Editing;
            self.fields.retain(|field| !field.is_second_thought());
        }
        if matches!(self.here(), Some(field) if field.is_judged()) {
            self.judge();
        }
    }

    /// Its plan is here. Where it is done only once a name was typed, or once somebody has agreed to overwrite what
    /// is another than it or the lists below showed, there is a field for that.
    pub fn prepared(&mut self, mut plan: Plan, listed: Vec<Seen>) {
        self.ask_overwriting(&mut plan, listed);
        self.ask_name(&plan);
        self.scroll = 0;
        self.stage = Stage::Ready(Box::new(plan), None);
    }

    /// Whether requests of it are on their way: until then nothing in it can be changed.
    pub fn is_under_way(&self) -> bool {
        let goes = |end: &Ended| matches!(end.state, State::Waiting | State::Sent);
        matches!(&self.stage, Stage::Sent(_, ends) if ends.iter().any(goes))
    }

    /// The places that can have the focus, in order.
    pub fn stops(&self) -> Vec<Focus> {
        if self.is_under_way() {
            return vec![Focus::Button(Button::Cancel)];
        }
        let offered = |(number, field): (usize, &Field)| {
            field.spec.is_offered().then_some(Focus::Field(number))
        };
        let fields = self.fields.iter().enumerate().filter_map(offered);
        let buttons = [Button::Cancel, Button::Preview, Button::Send];
        fields.chain(buttons.map(Focus::Button)).collect()
    }

    /// Moves the focus along the stops, around the ends.
    pub fn step(&mut self, by: isize) {
        let stops = self.stops();
        let here = stops.iter().position(|stop| *stop == self.focus);
        let count = stops.len().cast_signed();
        let next = (here.unwrap_or(0).cast_signed() + by).rem_euclid(count);
        self.go(stops[next.unsigned_abs()]);
    }

    fn go(&mut self, to: Focus) {
        if let Some(field) = self.focused() {
            field.entry.leave();
        }
        self.scroll = 0;
        self.focus = to;
    }

    /// Puts errors at the fields they speak of; gives those that speak of no field here.
    pub fn blame(&mut self, errors: &[FieldError]) -> Vec<FieldError> {
        for field in &mut self.fields {
            field.error = None;
        }
        let mut strays = Vec::new();
        for error in errors {
            let named = |field: &&mut Field| field.is_called(error.field.raw());
            match self.fields.iter_mut().find(named) {
                Some(field) => field.blame(&error.message),
                None => strays.push(error.clone()),
            }
        }
        let wrong = |field: &Field| field.error.is_some() && field.spec.is_offered();
        if let Some(number) = self.fields.iter().position(wrong) {
            self.go(Focus::Field(number));
        }
        strays
    }

    /// It could not be planned, or was refused: the error is shown. What it says of a field stands there,
    /// and only there.
    pub fn failed(&mut self, mut error: ApiError) {
        let is_said = error
            .words
            .as_ref()
            .is_some_and(|words| fault::is_in_fields(&error, words));
        if let Fault::Invalid(errors) = &mut error.fault {
            let strays = self.blame(errors);
            if strays.is_empty() && is_said {
                error.words = None;
            }
            *errors = strays;
        }
        self.stage = Stage::Failed(Box::new(error));
    }

    /// Whether it shows why this failed.
    pub fn shows(&self, error: &ApiError) -> bool {
        let Stage::Failed(shown) = &self.stage else {
            return false;
        };
        let what = |error: &ApiError| (error.verb, error.status, error.fault.kind());
        what(shown) == what(error) && shown.code == error.code && shown.trace == error.trace
    }

    /// Whether anything was typed that would be lost. Secrets do not count: they are to be lost.
    pub fn is_typed(&self) -> bool {
        self.fields.iter().any(Field::is_typed)
    }

    /// Empties it: every field is as it was at first.
    pub fn empty(&mut self) {
        self.fields.retain(|field| !field.is_second_thought());
        for field in &mut self.fields {
            field.empty(&self.goal);
        }
        self.note = None;
        self.stage = Stage::Editing;
        self.judge();
    }

    /// Empties the field that has the focus; a choice is as it was at first.
    pub fn empty_field(&mut self) {
        let goal = self.goal.clone();
        if let Some(field) = self.focused() {
            field.empty_here(&goal);
        }
        self.touched();
    }

    /// Those who were found for the field that asked, or why nobody was.
    pub fn found(&mut self, id: RequestId, reply: Reply) {
        for field in &mut self.fields {
            if let Entry::User(finder) = &mut field.entry
                && finder.question == Some(id)
            {
                field.error = finder.answered(reply).map(Text::from);
                return;
            }
        }
    }

    /// The file that a field names was read.
    pub fn take_image(&mut self, image: Image) {
        for field in &mut self.fields {
            if let Entry::File(picked) = &mut field.entry
                && picked.image().is_none()
            {
                picked.read = Some((picked.path().to_owned(), image));
                return;
            }
        }
    }

    /// A field cannot be taken as it stands.
    pub fn refuse(&mut self, key: &str, why: Text) {
        let place = self.fields.iter().position(|field| field.spec.key == key);
        if let Some(number) = place {
            self.fields[number].error = Some(why);
            self.go(Focus::Field(number));
        }
    }

    /// The file that a field names cannot be taken.
    pub fn refuse_file(&mut self, why: Text) {
        let unread = |field: &Field| match &field.entry {
            Entry::File(picked) => picked.image().is_none(),
            Entry::Line(_)
            | Entry::Area(_)
            | Entry::Masked(_)
            | Entry::Role(..)
            | Entry::Roles(_)
            | Entry::Flag(_)
            | Entry::Country(..)
            | Entry::User(_)
            | Entry::Absent => false,
        };
        if let Some(number) = self.fields.iter().position(unread) {
            self.fields[number].error = Some(why);
            self.go(Focus::Field(number));
        }
    }

    /// Forgets every secret that was typed.
    pub fn wipe(&mut self) {
        for field in &mut self.fields {
            if let Entry::Masked(masked) = &mut field.entry {
                masked.wipe();
            }
        }
    }
}

/// The role that is proposed where one must be named.
fn proposal(roles: &[Role], need: Need) -> Option<usize> {
    weakest(roles).filter(|_| need == Need::Required)
}

/// The weakest role, if every one of them has a rank.
fn weakest(roles: &[Role]) -> Option<usize> {
    let levels: Option<Vec<u8>> = roles.iter().map(|role| role.level).collect();
    let ranked = levels?.into_iter().enumerate();
    ranked
        .max_by_key(|(_, level)| *level)
        .map(|(number, _)| number)
}
