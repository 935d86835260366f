//! What a form on the screen asks a service for: users, and the halves of the metadata.

use crate::app::effect::{Effect, Effects};
use crate::app::form::Entry;
use crate::app::form::PRIVATE;
use crate::app::layer::Overlay;
use crate::app::model::Model;
use crate::app::msg::RequestId;
use crate::app::pending::Purpose;
use crate::app::screen::orgs::ask;
use crate::app::store::Loaded;
use crate::domain::query::{Privacy, Reply};
use crate::domain::{Answer, Cursor, Query, Text};

use super::form::{change, top};

/// Reads the private metadata when it is asked for, and forgets it when it is not wanted any more.
pub(super) fn show_private(model: &mut Model) -> Effects {
    let Some(form) = top(model).filter(|form| form.field(PRIVATE).is_some()) else {
        return Effects::new();
    };
    let is_private = |(privacy, _): &(Privacy, Loaded<Text>)| *privacy == Privacy::Private;
    let is_here = form.shown.iter().any(is_private);
    match (form.shows_private(), is_here, form.goal.org().cloned()) {
        (true, false, Some(org)) => {
            change(model, |form| {
                form.shown.push((Privacy::Private, Loaded::Asked));
            });
            let query = Query::Metadata {
                org: org.clone(),
                privacy: Privacy::Private,
            };
            let purpose = Purpose::Metadata(org.clone(), Privacy::Private);
            vec![ask(model, org.profile(), (purpose, query))]
        }
        (false, true, _) => {
            change(model, |form| form.shown.retain(|shown| !is_private(shown)));
            model
                .pending
                .cancel(|purpose| matches!(purpose, Purpose::Metadata(_, Privacy::Private)))
        }
        (true | false, ..) => Effects::new(),
    }
}

/// Looks for the user that is typed.
pub(super) fn search(model: &mut Model) -> Effects {
    let mut effects = model.pending.cancel(|purpose| *purpose == Purpose::Users);
    let id = model.pending.ask(Purpose::Users);
    let Some(Overlay::Form(form)) = model.overlays.last_mut() else {
        return effects;
    };
    let (to, beside) = (form.goal.profile().clone(), form.goal.org().cloned());
    let Some(field) = form.focused() else {
        return effects;
    };
    field.error = None;
    if let Entry::User(finder) = &mut field.entry {
        let text = Text::from(finder.ask(id));
        let query = Query::Users {
            text,
            beside,
            page: Cursor::FIRST,
        };
        effects.push(Effect::Query { id, to, query });
    }
    effects
}

/// An answer for the form on top: users that were found, or a half of the metadata.
pub fn answered(model: &mut Model, (id, purpose): (RequestId, &Purpose), reply: Reply) {
    let Some(Overlay::Form(form)) = model.overlays.last_mut() else {
        return;
    };
    match (purpose, reply) {
        (Purpose::Metadata(_, privacy), reply) => {
            let slot = form.shown.iter_mut().find(|(known, _)| known == privacy);
            if let Some((_, content)) = slot {
                *content = match reply {
                    Ok(Answer::Json(text)) => Loaded::Yes(text),
                    Ok(_) => Loaded::No,
                    Err(error) => Loaded::Failed(error),
                };
            }
        }
        (_, reply) => form.found(id, reply),
    }
}
