//! A list to tick: any number of roles, and room for a name that nobody has suggested.

use tui_input::Input;

use crate::domain::{Assignment, Role, RoleKey};

/// Roles to tick, and a place to type the name of another one.
#[derive(Clone, Debug, Default)]
pub struct Checklist {
    /// The roles that are known, each ticked or not.
    pub items: Vec<(Role, Tick)>,
    /// The name of another one.
    pub other: Input,
    /// The line with the cursor; behind the last item it is the place to type in.
    pub index: usize,
    /// The roles that are held.
    pub held: Vec<RoleKey>,
}

/// Whether a line is ticked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tick {
    /// It is.
    On,
    /// It is not.
    Off,
}

impl Checklist {
    /// The roles that are suggested and those that are held, these ticked.
    pub fn new(suggested: &[Role], held: &[Assignment]) -> Self {
        let mut items: Vec<(Role, Tick)> = Vec::new();
        let own = held.iter().map(|assignment| &assignment.role);
        for role in suggested.iter().chain(own.clone()) {
            if items.iter().all(|(known, _)| known.key != role.key) {
                let is_held = own.clone().any(|held| held.key == role.key);
                let tick = if is_held { Tick::On } else { Tick::Off };
                items.push((role.clone(), tick));
            }
        }
        Self {
            items,
            held: own.map(|role| role.key.clone()).collect(),
            ..Self::default()
        }
    }

    /// Whether the ticks are others than what is held.
    pub fn is_turned(&self) -> bool {
        self.items
            .iter()
            .any(|(role, tick)| self.held.contains(&role.key) != (*tick == Tick::On))
    }

    /// The roles that are wanted: those ticked, and the one that is being typed.
    pub fn wanted(&self) -> Vec<Role> {
        let ticked = self.items.iter().filter(|(_, tick)| *tick == Tick::On);
        let mut wanted: Vec<Role> = ticked.map(|(role, _)| role.clone()).collect();
        let other = self.other.value().trim();
        if !other.is_empty() && wanted.iter().all(|role| role.key.raw() != other) {
            wanted.push(Role::named(other));
        }
        wanted
    }

    /// As it was at first.
    pub fn reset(&mut self) {
        let held = std::mem::take(&mut self.held);
        for (role, tick) in &mut self.items {
            let is_held = held.contains(&role.key);
            *tick = if is_held { Tick::On } else { Tick::Off };
        }
        self.held = held;
        self.other.reset();
    }

    /// Whether the cursor stands where names are typed.
    pub fn is_typing(&self) -> bool {
        self.index >= self.items.len()
    }

    /// Turns the tick of the line with the cursor.
    pub fn turn(&mut self) {
        if let Some((_, tick)) = self.items.get_mut(self.index) {
            *tick = match tick {
                Tick::On => Tick::Off,
                Tick::Off => Tick::On,
            };
        }
    }

    /// Makes a ticked line of the name that was typed; whether there was one.
    pub fn add(&mut self) -> bool {
        let name = self.other.value_and_reset().trim().to_owned();
        if name.is_empty() {
            return false;
        }
        let known = self
            .items
            .iter_mut()
            .find(|(role, _)| role.key.raw() == name);
        match known {
            Some((_, tick)) => *tick = Tick::On,
            None => self.items.push((Role::named(name), Tick::On)),
        }
        self.index = self.items.len();
        true
    }
}
