//! A walk: keys, pastes, sizes, time and answers in an order that only the dice know, judged after
//! every step.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use orgdeck::app::action;
use orgdeck::app::layer::{Layer, Overlay};
use orgdeck::app::place::Size;
use orgdeck::app::{self, Effect, Key, Model, Msg, keymap};
use orgdeck::domain::{Image, Moment, Now, Text};
use orgdeck::job::Task;
use orgdeck::job::task::State;
use orgdeck::view;

use super::answers::{self, Mood};
use super::dice::Dice;
use super::keys::{answering, filling, openings};
use super::oracle::{Before, Oracle};
use super::stage::{self, STARTS, Start};
use crate::support::past::{self, ENTRY};
use crate::support::rig::{parse, present};
use crate::support::world;

/// What all walks together have seen.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) keys: usize,
    pub(super) states: BTreeSet<String>,
    pub(super) kinds: BTreeSet<String>,
    pub(super) begun: BTreeMap<&'static str, usize>,
}

/// Somebody who presses anything.
pub(super) struct Walker<'a> {
    model: Model,
    now: Now,
    dice: Dice,
    mood: Mood,
    unanswered: Vec<Effect>,
    oracle: Oracle,
    seen: &'a mut Seen,
    chords: Vec<(Layer, Vec<Key>)>,
    trail: Vec<String>,
    is_over: bool,
}

const SIZES: [(u16, u16); 5] = [(120, 36), (80, 24), (60, 20), (40, 10), (39, 9)];
const MOODS: [Mood; 6] = [
    Mood::Fine,
    Mood::Fine,
    Mood::Reversed,
    Mood::Edited,
    Mood::Partial,
    Mood::Failing,
];

impl<'a> Walker<'a> {
    pub(super) fn of(number: u64, seen: &'a mut Seen) -> Self {
        let start = STARTS[usize::try_from(number).unwrap() % STARTS.len()];
        let mut model = start.model();
        let made_by_hand = matches!(start, Start::Seven | Start::Harbour);
        let now = Now {
            moment: Moment(Duration::from_secs(100)),
            wall: present(),
        };
        let unanswered = if made_by_hand {
            world::arrange(&mut model);
            Vec::new()
        } else {
            app::start(&mut model, now)
        };
        let chords = keymap::chords().map(|(action, keys)| (action.layer, keys));
        let mut walker = Self {
            model,
            now,
            dice: Dice::of(number),
            mood: start.mood(),
            unanswered,
            oracle: Oracle::default(),
            seen,
            chords: chords.collect(),
            trail: vec![format!("{start:?}")],
            is_over: false,
        };
        while start.is_read() && !walker.unanswered.is_empty() {
            walker.answer(0);
        }
        walker
    }

    /// Walks until so many keys were pressed, or the program has ended.
    pub(super) fn walk(&mut self, keys: usize) {
        let end = self.seen.keys + keys;
        while self.seen.keys < end && !self.is_over {
            self.step();
        }
        for (how, times) in &self.oracle.begun {
            *self.seen.begun.entry(how).or_default() += times;
        }
    }

    /// Where it began and the last that happened, for whoever looks for what went wrong.
    pub(super) fn told(&self) -> String {
        let last = self.trail.len().saturating_sub(60);
        format!("{} .. {}", self.trail[0], self.trail[last..].join(" "))
    }

    fn step(&mut self) {
        let of_a_write = |effect: &Effect| !matches!(effect, Effect::Query { .. });
        let urgent = self.unanswered.iter().position(of_a_write);
        match (self.dice.below(20), urgent) {
            (0..11, Some(which)) => self.answer(which),
            (11..13, _) => self.wait(),
            (13, _) => self.resize_or_paste(),
            (14..16, _) if !self.unanswered.is_empty() => {
                self.mood = *self.dice.pick(&MOODS);
                let which = self.dice.below(self.unanswered.len());
                self.answer(which);
            }
            _ => self.press_something(),
        }
    }

    fn press_something(&mut self) {
        let keys = self.keys();
        for key in keys {
            if self.dice.once_in(12) {
                self.wait();
            }
            self.seen.keys += 1;
            self.send(&Msg::Pressed(key));
        }
    }

    /// Keys as somebody would press them here, or as nobody would.
    fn keys(&mut self) -> Vec<Key> {
        if self.dice.once_in(6) {
            return self.any_keys();
        }
        let top = self.model.overlays.last();
        let ways: Vec<String> = match top {
            Some(Overlay::Confirm(confirm)) => answering(confirm),
            Some(Overlay::Form(form)) => filling(form),
            Some(Overlay::Prompt(_)) => ["tok<enter>", "123456<enter>", "<tab><enter>", "<esc>"]
                .map(str::to_owned)
                .into(),
            Some(Overlay::Menu(_)) => ["<enter>", "<down><enter>", "2", "R"]
                .map(str::to_owned)
                .into(),
            None if self.has_more() && self.dice.once_in(3) => vec!["q".to_owned()],
            None if self.dice.once_in(3) => action::all().flat_map(openings).collect(),
            Some(_) | None => return self.any_keys(),
        };
        if self.dice.once_in(2) {
            self.wait();
        }
        parse(self.dice.pick::<String>(&ways))
    }

    /// Whether a task has more to send.
    fn has_more(&self) -> bool {
        let waits = |task: &Task| task.steps().any(|(_, state)| *state == State::Waiting);
        self.model.tasks.values().any(waits)
    }

    fn any_keys(&mut self) -> Vec<Key> {
        let layers = self.model.layers();
        let is_here = |it: &&(Layer, Vec<Key>)| layers.contains(&it.0);
        match self.dice.below(8) {
            0..5 => {
                let here: Vec<_> = self.chords.iter().filter(is_here).collect();
                self.dice.pick(&here).1.clone()
            }
            5 => self.dice.pick(&self.chords).1.clone(),
            6 => parse(
                self.dice
                    .pick::<&str>(&["a", "x", "Q", "é", "1", "%", " ", "g"]),
            ),
            _ => parse(
                self.dice
                    .pick::<&str>(&["<enter>", "y", "<enter><enter>", "yy"]),
            ),
        }
    }

    fn wait(&mut self) {
        let milliseconds = *self.dice.pick(&[5, 120, 290, 300, 450, 1_500]);
        let end = self.now.moment.after(Duration::from_millis(milliseconds));
        while let Some(wake) = app::wake_at(&self.model).filter(|wake| *wake <= end) {
            assert!(wake > self.now.moment, "a timer in the past");
            self.now.moment = wake;
            self.send(&Msg::Woke);
        }
        self.now.moment = self.now.moment.max(end);
    }

    fn resize_or_paste(&mut self) {
        let (width, height) = *self.dice.pick(&SIZES);
        let text = *self
            .dice
            .pick(&["y", "a@b.example", "y\nyes\n", "{\"a\": 1}"]);
        let msg = if self.dice.once_in(2) {
            Msg::Resized(Size { width, height })
        } else {
            Msg::Pasted(Text::from(text))
        };
        self.send(&msg);
    }

    /// What was ordered in this place is done.
    fn answer(&mut self, which: usize) {
        let msg = match self.unanswered.remove(which) {
            Effect::Query { id, to, query } => {
                let known = self.model.store.account(&to).unwrap().capabilities.clone();
                let mood = (self.mood, &mut self.dice);
                Msg::Answered(id, answers::answer((&to, &query), known, mood))
            }
            Effect::Admit { id, to, .. } => {
                Msg::Admitted(id, answers::admitted(&to, &mut self.dice))
            }
            Effect::Prepare { id, wish } => {
                Msg::Prepared(id, answers::planned(&wish, &mut self.dice))
            }
            Effect::ReadList { id, .. } if self.dice.once_in(4) => {
                Msg::ListRead(id, Err(Text::from("no such file")))
            }
            Effect::ReadList { id, .. } => {
                Msg::ListRead(id, Ok(Text::from("email\nkim@acme.example\nno@@x\n")))
            }
            Effect::ReadImage { id, .. } if self.dice.once_in(4) => {
                Msg::ImageRead(id, Err(Text::from("no such file")))
            }
            Effect::ReadImage { id, .. } => {
                let png = b"\x89PNG\r\n\x1a\nnothing".to_vec();
                Msg::ImageRead(id, Ok(Image::new("logo.png", png).unwrap()))
            }
            Effect::Record { task, .. } if self.dice.once_in(8) => {
                Msg::Recorded(task, Err(answers::unrecorded()))
            }
            Effect::Record { task, .. } => Msg::Recorded(task, Ok(ENTRY)),
            Effect::Carry { task, go } => {
                let outcome = answers::outcome(&go.step, &mut self.dice);
                Msg::Carried(task, go.number, outcome)
            }
            Effect::Seek { id, way, .. } => {
                let accounts = &self.model.store.accounts;
                let to = self.dice.pick(accounts).connection.profile.clone();
                Msg::Found(id, answers::found(&to, way, &mut self.dice))
            }
            Effect::History { id } => Msg::History(id, Ok(Box::new(past::history()))),
            Effect::Export { id, over, .. } => {
                Msg::Exported(id, answers::exported(over, &mut self.dice))
            }
            other => panic!("{other:?} has no answer"),
        };
        self.send(&msg);
    }

    fn send(&mut self, msg: &Msg) {
        self.now.moment = self.now.moment.after(Duration::from_millis(1));
        let before = Before::of(&self.model);
        self.trail.push(told(msg));
        let effects = app::update(&mut self.model, self.now, msg.clone());
        let at = (msg, self.now.moment);
        self.oracle.judge(&before, at, &effects);
        self.oracle.saw(&before, at, &self.model);
        self.note(effects);
        // Several messages may come before a frame.
        if !self.dice.once_in(6) {
            let seen = view::measure(&self.model);
            app::shown(&mut self.model, seen);
            self.oracle.drew(&self.model, self.now.moment);
        }
    }

    fn note(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Quit(_) => self.is_over = true,
                Effect::Redraw
                | Effect::Suspend
                | Effect::Close { .. }
                | Effect::Recover
                | Effect::Keep { .. }
                | Effect::Forget(_)
                | Effect::ReadDrafts { .. } => {}
                Effect::Cancel(id) => self.unanswered.retain(|waits| {
                    !matches!(waits, Effect::Query { id: asked, .. }
                        | Effect::Admit { id: asked, .. }
                        | Effect::Prepare { id: asked, .. }
                        | Effect::ReadList { id: asked, .. }
                        | Effect::ReadImage { id: asked, .. } if *asked == id)
                }),
                effect => self.unanswered.push(effect),
            }
        }
        self.seen.states.insert(stage::fingerprint(&self.model));
        let kinds = self.model.overlays.iter().map(stage::kind);
        self.seen.kinds.extend(kinds);
    }
}

/// A message in a trail.
fn told(msg: &Msg) -> String {
    let whole = format!("{msg:?}");
    match msg {
        Msg::Pressed(key) => key.to_string(),
        _ => whole.chars().take(60).collect(),
    }
}
