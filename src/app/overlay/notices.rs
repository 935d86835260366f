//! All messages that wait, in full: Esc on the panes takes them away one by one, here they can be read and
//! copied together.

use crate::app::effect::Effects;
use crate::app::layer::Overlay;
use crate::app::model::Model;
use crate::domain::Text;

use super::details::{fact, new};

/// Shows them, the newest first.
pub fn open(model: &mut Model) -> Effects {
    let zone = &model.settings.zone;
    let notices = model.notices.all().iter().rev();
    let facts = notices.flat_map(|notice| {
        [
            fact(notice.kind(), notice.words()),
            fact("", notice.consequence(zone)),
        ]
    });
    let facts: Vec<_> = facts.collect();
    if facts.is_empty() {
        model.say("no message waits");
        return Effects::new();
    }
    let details = new(Text::from("Messages"), None, facts);
    model.overlays.push(Overlay::Details(Box::new(details)));
    Effects::new()
}
