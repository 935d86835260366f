//! One organization: every attribute that was told, what can be done with it, and what cannot and why.

use jiff::Timestamp;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::counts;
use super::list::behind_mark;
use super::pane::{self, Face, Sentence};
use crate::app::Model;
use crate::app::fault::{self, Retries};
use crate::app::place::Pane;
use crate::app::store::{Account, Visit};
use crate::domain::connection::Access;
use crate::domain::{Attribute, Detail, Invite, Member, Offer, Org, Row, Text, Told, Verb};
use crate::job::Feed;
use crate::job::feed::Stage;
use crate::view::layout;
use crate::view::theme::Theme;
use crate::view::value;
use crate::view::widget::canvas::Canvas;
use crate::view::widget::flow::{Fact, flow};
use crate::view::widget::wrap::window;

/// Administrators that are named; more are a number.
const NAMED: usize = 4;

/// Draws the pane.
pub(crate) fn draw(canvas: &mut Canvas<'_>, area: Rect, model: &Model) {
    let Some((account, row)) = open(model) else {
        let face = Face::new(Pane::Org, "Organization");
        pane::nothing_open(canvas, area, (model, &face));
        return;
    };
    let theme = canvas.theme;
    let name = value::foreign(row.item.display_name(), area.width);
    let mut face = Face::new(Pane::Org, name);
    face.stage = account.stage();
    let room = room(area);
    let lines = lines(model, (account, row), (room.width, theme));
    let height = usize::from(room.height);
    let (lines, shown) = window(lines.into_iter(), model.panes.org_top, height);
    face.counter = shown.words().unwrap_or_default();
    pane::frame(canvas, area, (model, &face));
    for (line, area) in lines.iter().zip(room.rows()) {
        canvas.line(area, line);
    }
}

/// The furthest that its lines can be scrolled: until the last one is in sight.
pub(crate) fn last_top(model: &Model) -> usize {
    let screen = Rect::new(0, 0, model.size.width, model.size.height);
    let area = layout::rect(model.layout().panes[Pane::Org.index()], screen);
    let Some(open) = open(model).filter(|_| !area.is_empty()) else {
        return 0;
    };
    let room = room(area);
    let theme = Theme::of(model.settings.color);
    let lines = lines(model, open, (room.width, theme));
    lines.len().saturating_sub(usize::from(room.height))
}

fn room(area: Rect) -> Rect {
    behind_mark(pane::inside(area))
}

fn open(model: &Model) -> Option<(&Account, &Row<Org>)> {
    let id = model.panes.open.as_ref()?;
    Some((model.store.account(id.profile())?, model.store.org(id)?))
}

fn lines(
    model: &Model,
    (account, row): (&Account, &Row<Org>),
    (width, theme): (u16, &Theme),
) -> Vec<Line<'static>> {
    let org = &row.item;
    let mut facts = first_facts(model, (account, org), theme);
    let mut rest = attributes(account, org);
    if matches!(row.detail, Detail::Wanted | Detail::Asked) {
        facts.iter_mut().chain(&mut rest).for_each(not_yet);
    }
    [
        unfinished(&row.detail, (width, theme)),
        flow(&facts, width, theme),
        each(&possible(model, account, theme), (width, theme)),
        flow(&rest, width, theme),
        each(&impossible(account), (width, theme)),
    ]
    .concat()
}

/// Facts below each other.
fn each(facts: &[Fact], (width, theme): (u16, &Theme)) -> Vec<Line<'static>> {
    let rows = facts.chunks(1).flat_map(|fact| flow(fact, width, theme));
    rows.collect()
}

/// What is still being read is not what the service cannot tell.
fn not_yet(fact: &mut Fact) {
    if fact.value == "?" {
        "..".clone_into(&mut fact.value);
    }
}

/// What stands first as long as not everything was read.
fn unfinished(detail: &Detail, (width, theme): (u16, &Theme)) -> Vec<Line<'static>> {
    let said = match detail {
        Detail::Whole => return Vec::new(),
        Detail::Wanted | Detail::Asked => vec![Sentence::new("Reading the rest ..", theme.busy)],
        Detail::Failed(error) => {
            let mut said = pane::failure((error, Retries::Person), theme);
            // What the list of organizations told stands below.
            said[1] = Sentence::new("The rest of it was not read", Style::new());
            said
        }
        Detail::Unreadable(why) => {
            let words = format!("Unreadable: {}", why.excerpt(200));
            vec![Sentence::new(words, theme.failure)]
        }
    };
    said.iter()
        .flat_map(|sentence| sentence.rows(width))
        .collect()
}

/// A fact as it was told; what is empty or unknown has its mark.
fn fact<T>(label: &str, told: &Told<T>, word: impl Fn(&T) -> String) -> Fact {
    match told {
        Told::Is(value) => Fact::new(label, word(value)),
        Told::Empty => Fact::new(label, "-"),
        Told::Unknown => Fact::new(label, "?"),
    }
}

/// What is looked for first, the short ones before the long.
fn first_facts(model: &Model, (account, org): (&Account, &Org), theme: &Theme) -> Vec<Fact> {
    let text = |text: &Text| text.excerpt(2_000).to_string();
    let day = |at: &Timestamp| value::date(*at, &model.settings.zone);
    let visit = model.store.visit(&org.id);
    let mut facts = vec![Fact::new("id", text(org.id.text()))];
    let slug_word = account.capabilities.slug_word;
    if !slug_word.is_empty() {
        facts.push(fact(slug_word, &org.slug, text));
    }
    facts.push(Fact::new("members", members(org, visit)));
    facts.push(fact("created", &org.created, day));
    facts.push(fact("updated", &org.updated, day));
    facts.push(match account.capabilities.refusal(Verb::InviteList) {
        Some(_) => Fact::new("invites", "?"),
        None => invites(model, (org, visit), theme),
    });
    facts.extend(visit.and_then(|visit| admins(&visit.members)));
    let principal = account.principal.known();
    facts.extend(principal.map(|principal| Fact::new("as", text(&principal.label))));
    facts
}

fn members(org: &Org, visit: Option<&Visit>) -> String {
    match (&org.members, visit) {
        (Told::Is(count), _) => count.to_string(),
        (_, Some(visit)) if *visit.members.stage() == Stage::Whole => {
            visit.members.rows.len().to_string()
        }
        (Told::Empty, _) => "-".to_owned(),
        (Told::Unknown, _) => "?".to_owned(),
    }
}

/// Who holds the strongest role, as far as that is known.
fn admins(feed: &Feed<Member>) -> Option<Fact> {
    let admins = counts::admins(feed)?;
    let called = |member: &&Member| member.display_name().excerpt(40).cut(20).to_string();
    let names: Vec<String> = admins.iter().take(NAMED).map(called).collect();
    let more = if admins.len() > NAMED { ", .." } else { "" };
    let words = match admins.len() {
        0 => "none".to_owned(),
        count => format!("{count} ({}{more})", names.join(", ")),
    };
    Some(Fact::new("admins", words))
}

fn invites(model: &Model, (org, visit): (&Org, Option<&Visit>), theme: &Theme) -> Fact {
    let feeds: Vec<&Feed<Invite>> =
        visit.map_or(Vec::new(), |visit| visit.invites.iter().collect());
    let whole = !feeds.is_empty() && feeds.iter().all(|feed| *feed.stage() == Stage::Whole);
    match counts::by_status(model, &feeds).filter(|_| whole) {
        Some((pending, 0)) => Fact::new("invites", pending.to_string()),
        Some((pending, expired)) => {
            Fact::new("invites", format!("{pending} (+{expired} EXPIRED)")).styled(theme.warning)
        }
        None => fact("invites", &org.invites, u64::to_string),
    }
}

/// The logo, and everything else that the service tells.
fn attributes(account: &Account, org: &Org) -> Vec<Fact> {
    let logo = fact("logo", &org.logo, |logo| match &logo.url {
        Told::Is(url) => url.excerpt(2_000).to_string(),
        Told::Empty | Told::Unknown => "set, its address is not told".to_owned(),
    });
    let one = |attribute: &Attribute| {
        let label = lower_first(account.capabilities.label(attribute.key));
        fact(&label, &attribute.value, |value| {
            value::attribute(value).to_string()
        })
    };
    let others = org.attributes.iter().map(one);
    std::iter::once(logo).chain(others).collect()
}

/// Labels stand in the middle of a line; abbreviations stay as they are.
fn lower_first(label: &str) -> String {
    let mut rest = label.chars();
    match (rest.next(), label.chars().nth(1)) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(rest).collect()
        }
        _ => label.to_owned(),
    }
}

/// What can be done here.
fn possible(model: &Model, account: &Account, theme: &Theme) -> Vec<Fact> {
    let mut facts = Vec::new();
    if let Some(switch) = read_only(model, account) {
        let words = format!("nothing is sent: writing is off ({switch})");
        facts.push(Fact::new("read-only", words).styled(theme.warning));
    }
    facts.push(Fact::new("can:", can(account)));
    facts.extend(composed(account).map(|words| Fact::new("", words).styled(theme.faint)));
    facts
}

/// What cannot be done, with the reasons; and what else is to be known.
fn impossible(account: &Account) -> Vec<Fact> {
    let labels = std::iter::once("cannot:").chain(std::iter::repeat(""));
    let reasons = labels.zip(cannot(account));
    let mut facts: Vec<Fact> = reasons
        .map(|(label, (why, what))| Fact::new(label, format!("{}: {why}", what.join(", "))))
        .collect();
    let notes = account.capabilities.notes.iter();
    facts.extend(notes.map(|note| Fact::new("note", note.excerpt(400).to_string())));
    facts
}

fn read_only(model: &Model, account: &Account) -> Option<&'static str> {
    match account.connection.access {
        Access::ReadOnly(switch) => Some(switch),
        Access::Full => model.settings.read_only,
    }
}

/// What a person would look for in this pane: writes to one organization, and reads that may be missing.
fn is_of_org(verb: Verb) -> bool {
    let elsewhere = matches!(verb, Verb::OrgCreate | Verb::InviteAccept);
    let missed = matches!(verb, Verb::InviteList | Verb::MetadataShow | Verb::RoleList);
    missed || (!verb.is_read() && !elsewhere)
}

fn verbs() -> impl Iterator<Item = Verb> {
    Verb::ALL.iter().copied().filter(|verb| is_of_org(*verb))
}

fn can(account: &Account) -> String {
    let word = |verb: Verb| match account.capabilities.offer(verb) {
        Offer::No(_) => None,
        Offer::Native if verb.is_read() => None,
        Offer::Native => Some(fault::can(verb).to_owned()),
        Offer::Composed(_) => Some(format!("{}*", fault::can(verb))),
    };
    let words: Vec<String> = verbs().filter_map(word).collect();
    if words.is_empty() {
        "nothing".to_owned()
    } else {
        words.join(", ")
    }
}

/// How what takes several calls is done.
fn composed(account: &Account) -> impl Iterator<Item = String> {
    verbs().filter_map(|verb| match account.capabilities.offer(verb) {
        Offer::Composed(parts) if !verb.is_read() => {
            let parts: Vec<&str> = parts.iter().map(|part| fault::can(*part)).collect();
            Some(format!(
                "* {} = {}",
                fault::can(verb),
                parts.join(", then ")
            ))
        }
        Offer::Composed(_) | Offer::Native | Offer::No(_) => None,
    })
}

/// What is not offered, gathered by its reason.
fn cannot(account: &Account) -> Vec<(&'static str, Vec<&'static str>)> {
    let mut reasons: Vec<(&'static str, Vec<&'static str>)> = Vec::new();
    for verb in verbs() {
        let Some(why) = account.capabilities.refusal(verb) else {
            continue;
        };
        match reasons.iter_mut().find(|(known, _)| *known == why) {
            Some((_, what)) => what.push(fault::can(verb)),
            None => reasons.push((why, vec![fault::can(verb)])),
        }
    }
    reasons
}
