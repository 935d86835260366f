//! The place that the console was started at: as soon as a list holds it, it is gone to. Whoever moves before
//! that has changed their mind.

use crate::app::address::{Address, Fit};
use crate::app::cursor::Hold;
use crate::app::effect::Effects;
use crate::app::model::Model;
use crate::app::notice::{Notice, Word};
use crate::app::place::Pane;
use crate::app::store::Account;
use crate::domain::{Detail, OrgId, Text};
use crate::job::feed::Stage;

use super::{lists, orgs};

/// What the lists say of a place.
enum Found {
    /// It is there.
    There(OrgId),
    /// It is not there.
    Nowhere(String),
    /// It may still come.
    NotYet,
}

/// Goes to the place that is sought, if it is there by now; says so if there is none.
pub fn look(model: &mut Model) -> Effects {
    let Some(address) = model.sought.take() else {
        return Effects::new();
    };
    if model.panes.orgs.hold != Hold::First {
        return Effects::new();
    }
    match found(model, &address) {
        Found::There(org) => go_to(model, &org, &address),
        Found::NotYet => {
            model.sought = Some(address);
            Effects::new()
        }
        Found::Nowhere(why) => {
            model.notices.add(Notice {
                at: model.now.wall,
                profile: None,
                word: Word::Note(Text::from(why)),
            });
            Effects::new()
        }
    }
}

fn go_to(model: &mut Model, org: &OrgId, address: &Address) -> Effects {
    let effects = orgs::go_to(model, org);
    model.panes.focus = address.pane;
    if address.pane != Pane::Orgs {
        lists::set_filter(model, &address.filter);
    }
    effects
}

fn found(model: &Model, address: &Address) -> Found {
    let Some(account) = model.store.account(&address.profile) else {
        let profile = address.profile.as_str();
        return Found::Nowhere(format!("there is no profile `{profile}`"));
    };
    let rows = account.orgs.rows.shelf().iter();
    let fitting = rows.filter_map(|row| Some((address.fit(row)?, &row.item.id)));
    let mut fitting: Vec<(Fit, &OrgId)> = fitting.collect();
    fitting.sort_by_key(|(fit, _)| std::cmp::Reverse(*fit));
    if let [(Fit::Id | Fit::Slug, org), ..] = fitting.as_slice() {
        return Found::There(OrgId::clone(org));
    }
    match (fitting.as_slice(), is_read(account)) {
        (_, false) => Found::NotYet,
        ([(_, only)], true) => Found::There(OrgId::clone(only)),
        ([], true) => Found::Nowhere(format!(
            "there is no organization `{}` on {}",
            address.org,
            address.profile.as_str()
        )),
        (several, true) => Found::Nowhere(format!(
            "`{}` fits {} organizations on {}: name it by its id",
            address.org,
            several.len(),
            address.profile.as_str()
        )),
    }
}

/// Whether everything is known of every row: names may be what is asked for row by row.
fn is_read(account: &Account) -> bool {
    let mut rows = account.orgs.rows.shelf().iter();
    let stage = account.orgs.stage();
    matches!(stage, Stage::Whole | Stage::Partial(_))
        && rows.all(|row| !matches!(row.detail, Detail::Wanted | Detail::Asked))
}
