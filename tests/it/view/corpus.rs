//! Every string of the corpus in every place where a stranger can put one, at the three sizes: it steers
//! nothing, it is really shown, and what stands beside it stays in its column.

use std::collections::BTreeMap;

use orgdeck::app::Model;
use orgdeck::app::key::Key;
use orgdeck::app::notice::{Notice, Word};
use orgdeck::app::place::{Pane, Size};
use orgdeck::app::{Msg, update};
use orgdeck::domain::text::width;
use orgdeck::domain::{ApiError, Attribute, Fault, Org, Role, RoleKey, Row, Text, Told, Verb};
use unicode_segmentation::UnicodeSegmentation as _;

use super::hostile::{hostile, nothing_steers};
use super::{MEDIUM, NARROW, WIDE};
use crate::support::screen::{buffer, plain};
use crate::support::world;

/// Columns of a string that are looked for: as many as the narrowest place shows of it.
const LOOKED_FOR: usize = 5;

/// What of a string is to be seen wherever it stands.
fn sign(raw: &str) -> String {
    // Of a long one only its beginning is shown, and how it goes on is told by a mark.
    let beginning: String = raw.chars().take(60).collect();
    let clean = Text::from(beginning).clean().to_string();
    let most = if raw.chars().count() > 60 {
        1
    } else {
        LOOKED_FOR
    };
    let mut sign = String::new();
    for cluster in clean.trim().graphemes(true) {
        if width(&sign) + width(cluster) > most || cluster.trim().is_empty() {
            break;
        }
        sign += cluster;
    }
    sign
}

/// A text without what only joins.
fn bare(text: &str) -> String {
    let joins = |c: char| matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}');
    text.chars().filter(|c| !joins(*c)).collect()
}

fn is_shown(shown: &str, raw: &str) -> bool {
    bare(shown).contains(&bare(&sign(raw)))
}

/// One string in every field of an organization, a member and an invite.
fn of(raw: &str) -> Model {
    let text = || Text::from(raw);
    let mut model = world::names(&[]);
    let shop = world::shop();
    let mut org = world::org(&world::org_id("shop", raw), raw, (1, 1));
    org.slug = Told::Is(text());
    org.attributes = vec![Attribute::text("public_metadata", Some(text()))];
    model.store.accounts[1].orgs = world::whole(vec![open(&model), Row::whole(org)]);
    let role = Role {
        key: RoleKey(text()),
        name: text(),
        id: None,
        level: None,
    };
    let mut member = world::member(1, (raw, raw), "member");
    member.username = Told::Is(text());
    member.roles = Told::Is(
        [orgdeck::domain::Assignment {
            role: role.clone(),
            id: None,
        }]
        .into(),
    );
    let mut invite = world::invite(1, raw, (2, 30));
    invite.role = Told::Is(role);
    invite.message = Told::Is(text());
    invite.inviter = Told::Is(text());
    let visit = model.store.visit_mut(&shop).unwrap();
    visit.members = world::whole(vec![Row::whole(member)]);
    visit.invites = vec![world::whole(vec![Row::whole(invite)])];
    model
}

/// The details of what is under the cursor of a pane, leafed through until this is whole.
fn details(
    model: &Model,
    (pane, is_whole): (Pane, impl Fn(&str) -> bool),
    (width, height): (u16, u16),
) -> (Model, String) {
    let mut model = model.clone();
    model.size = Size { width, height };
    model.panes.focus = pane;
    world::arrange(&mut model);
    let now = model.now;
    let keys: &[&str] = if pane == Pane::Orgs {
        &["j", "d"]
    } else {
        &["d"]
    };
    for key in keys {
        update(&mut model, now, Msg::Pressed(Key::parse(key).unwrap()));
    }
    let mut text = plain(&model, (width, height));
    for _ in 0..20 {
        if is_whole(&text) {
            break;
        }
        update(&mut model, now, Msg::Pressed(Key::parse("j").unwrap()));
        text += &plain(&model, (width, height));
    }
    (model, text)
}

/// Which labels of details a string is looked for behind.
fn labels(pane: Pane) -> &'static [&'static str] {
    match pane {
        Pane::Orgs => &["id", "name", "short name"],
        Pane::Members => &["name", "user name", "e-mail", "role"],
        Pane::Invites => &["e-mail", "role", "message", "invited by"],
        Pane::Org | Pane::Activity => &[],
    }
}

fn in_details(size: (u16, u16)) {
    for raw in hostile() {
        let model = of(&raw);
        for pane in [Pane::Orgs, Pane::Members, Pane::Invites] {
            let behind = |shown: &str, label: &str| {
                let label = format!("  {label} ");
                let mut lines = shown.lines().filter(|line| line.contains(&label));
                lines.any(|line| is_shown(line, &raw))
            };
            let all = |shown: &str| labels(pane).iter().all(|label| behind(shown, label));
            let (model, shown) = details(&model, (pane, all), size);
            nothing_steers(&model, size);
            assert!(
                all(&shown),
                "{pane:?} {:?} at {size:?}:\n{shown}",
                sign(&raw)
            );
        }
    }
}

#[test]
fn every_field_of_every_record_is_shown_on_a_wide_screen() {
    in_details(WIDE);
}

#[test]
fn every_field_of_every_record_is_shown_on_a_usual_screen() {
    in_details(MEDIUM);
}

#[test]
fn every_field_of_every_record_is_shown_on_a_narrow_screen() {
    in_details(NARROW);
}

/// The errors of a service, with a string in each of their parts.
fn refused(raw: &str) -> ApiError {
    let mut error = ApiError::new(Verb::OrgList, Fault::Refused);
    error.words = Some(Text::from(raw));
    error.trace = Some(Text::from(raw));
    error
}

#[test]
fn what_a_server_says_is_shown_and_steers_nothing() {
    for size in [WIDE, MEDIUM, NARROW] {
        for raw in hostile() {
            let mut model = world::seven_orgs();
            let at = model.now.wall;
            model.notices.add(Notice {
                at,
                profile: None,
                word: Word::Failed(refused(&raw), None),
            });
            nothing_steers(&model, size);
            let shown = plain(&model, size);
            assert!(is_shown(&shown, &raw), "{raw:?} at {size:?}:\n{shown}");
        }
    }
}

/// The columns at which a mark of ours stands in the rows of a screen.
fn columns(model: &Model, mark: &str, size: (u16, u16)) -> Vec<u16> {
    let drawn = buffer(model, size);
    let at = |x: u16, y: u16| {
        drawn
            .cell((x, y))
            .map_or(" ", ratatui::buffer::Cell::symbol)
    };
    let stands = |(x, y): &(u16, u16)| {
        (*x..)
            .zip(mark.chars())
            .all(|(x, c)| at(x, *y) == c.to_string())
    };
    let cells = drawn.area.positions().map(|at| (at.x, at.y));
    cells.filter(stands).map(|(x, _)| x).collect()
}

/// The organization that is open.
fn open(model: &Model) -> Row<Org> {
    let orgs = &model.store.accounts[1].orgs.rows;
    Row::whole(orgs.shelf().row(0).item.clone())
}

/// These names in a pane, each in a row that ends with a mark of ours.
fn beside(mark: &str, names: &[String], pane: Pane) -> Model {
    let mut model = world::seven_orgs();
    let shop = world::shop();
    let numbered = || names.iter().enumerate();
    match pane {
        Pane::Orgs => {
            let counts = (mark.parse().unwrap(), 1);
            let org = |(number, name): (usize, &String)| {
                Row::whole(world::org(
                    &world::org_id("shop", &format!("id{number}")),
                    name,
                    counts,
                ))
            };
            let open = open(&model);
            let orgs = std::iter::once(open).chain(numbered().map(org));
            model.store.accounts[1].orgs = world::whole(orgs.collect());
        }
        Pane::Members => {
            let member = |(number, name): (usize, &String)| {
                Row::whole(world::member(number, (name, name), mark))
            };
            let members = world::whole(numbered().map(member).collect());
            model.store.visit_mut(&shop).unwrap().members = members;
        }
        Pane::Invites => {
            let invite = |(number, name): (usize, &String)| {
                let mut invite = world::invite(number, name, (2, 30));
                invite.role = Told::Is(Role::named(mark));
                Row::whole(invite)
            };
            let invites = world::whole(numbered().map(invite).collect());
            model.store.visit_mut(&shop).unwrap().invites = vec![invites];
        }
        Pane::Org | Pane::Activity => panic!("there is no list"),
    }
    model.panes.focus = pane;
    model
}

#[test]
fn r55_r58_what_stands_to_the_right_of_a_name_stays_in_its_column() {
    let panes = [
        (Pane::Orgs, "4711"),
        (Pane::Members, "zzrole"),
        (Pane::Invites, "zzrole"),
    ];
    for (size, (pane, mark)) in [WIDE, MEDIUM, NARROW]
        .into_iter()
        .flat_map(|size| panes.map(|pane| (size, pane)))
    {
        let tame: Vec<String> = vec!["name".to_owned(); 5];
        let straight = columns(&beside(mark, &tame, pane), mark, size);
        // Where there is little room, nothing stands beside the name.
        assert!(!straight.is_empty() || size != WIDE, "{pane:?} at {size:?}");
        for names in hostile().chunks(straight.len().max(1)) {
            let found = columns(&beside(mark, names, pane), mark, size);
            let wanted = &straight[..names.len().min(straight.len())];
            assert_eq!(found, wanted, "{names:?} in {pane:?} at {size:?}");
        }
    }
}

/// The strings of one kind of the corpus.
fn kind(name: &str) -> Vec<String> {
    let text = include_str!("../domain/hostile.json");
    let mut kinds: BTreeMap<String, Vec<String>> = serde_json::from_str(text).unwrap();
    kinds.remove(name).unwrap()
}

#[test]
fn a_name_that_looks_like_nothing_has_its_id_beside_it() {
    for size in [WIDE, MEDIUM, NARROW] {
        for raw in kind("blank") {
            let mut model = world::seven_orgs();
            let org = world::org(&world::org_id("shop", "id7"), &raw, (1, 1));
            model.store.accounts[1].orgs = world::whole(vec![Row::whole(org)]);
            model.panes.focus = Pane::Orgs;
            let shown = plain(&model, size);
            let says = shown.contains("(blank) id7");
            let marked = shown.contains('⟦') || is_shown(&shown, &raw);
            let is_blank = Text::from(raw.as_str()).clean().as_str() == "(blank)";
            assert!(
                if is_blank { says } else { marked || says },
                "{raw:?}:\n{shown}"
            );
        }
    }
}

#[test]
fn names_of_a_megabyte_are_cut_with_a_mark() {
    for name in [
        "x".repeat(1 << 16),
        "é".repeat(1 << 20),
        "a\u{301}".repeat(1 << 19),
    ] {
        for size in [WIDE, MEDIUM, NARROW] {
            let mut model = world::names(&[]);
            let shop = world::shop();
            let person = world::member(1, (&name, &name), "zzrole");
            model.store.visit_mut(&shop).unwrap().members = world::whole(vec![Row::whole(person)]);
            model.panes.focus = Pane::Members;
            let shown = plain(&model, size);
            let row = shown.lines().find(|line| line.contains("zzrole"));
            assert!(row.is_some_and(|row| row.contains('…')), "{shown}");
        }
    }
}
