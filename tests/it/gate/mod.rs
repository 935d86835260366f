//! Tests of the gate: what may pass, what is asked before, and what is said afterwards.

mod back;
mod carry;
mod disk;
mod guard;
mod heirs;
mod left;
mod prepare;
mod settle;

use std::sync::Arc;

use orgdeck::domain::plan::TaskId;
use orgdeck::domain::{Actor, Outcome, Plan, Wish};
use orgdeck::gate::{Crossing, Gate};
use orgdeck::journal::memory::Memory;
use orgdeck::provider::link::Link;

use crate::support::fake;

/// A gate, the journal behind it, and a connection.
struct House {
    gate: Arc<Gate>,
    journal: Arc<Memory>,
    link: Arc<Link>,
}

impl House {
    fn over(link: Arc<Link>) -> Self {
        let journal = Arc::new(Memory::default());
        Self {
            gate: Arc::new(Gate::new(journal.clone(), fake::wall)),
            journal,
            link,
        }
    }

    async fn plan(&self, wish: Wish) -> Plan {
        self.gate.prepare(&self.link, wish).await.unwrap()
    }

    /// The crossing of a step that somebody agreed to as part of this task.
    fn crossing(&self, plan: &Plan, (task, number): (u64, usize)) -> Crossing {
        Crossing {
            link: self.link.clone(),
            actor: Actor::new("ana", "test"),
            number,
            step: plan.steps[number].clone(),
            consent: plan.agree(TaskId(task), None).unwrap(),
        }
    }

    async fn carry(&self, plan: &Plan, place: (u64, usize)) -> Outcome {
        self.gate.carry(self.crossing(plan, place)).await.unwrap()
    }
}
