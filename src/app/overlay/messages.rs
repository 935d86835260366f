//! The messages of the session in one list: also those that were dismissed.

use crate::app::effect::Effects;
use crate::app::layer::Overlay;
use crate::app::model::Model;
use crate::app::notice::Notice;
use crate::domain::Text;

use super::details::{Facts, fact, new};

/// Opens the list.
pub fn open(model: &mut Model) -> Effects {
    let line = |notice: &Notice| {
        let words = format!("{}. {}", notice.happened(), notice.consequence(model));
        fact(
            notice
                .at
                .strftime("%Y-%m-%d %H:%M:%SZ")
                .to_string()
                .as_str(),
            words,
        )
    };
    let lines: Facts = model.notices.said().map(line).collect();
    if lines.is_empty() {
        model.say("no message was said yet");
        return Effects::new();
    }
    let details = new(Text::from("Messages, the newest first"), None, lines);
    model.overlays.push(Overlay::Details(Box::new(details)));
    Effects::new()
}
