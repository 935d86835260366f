//! Every string of the corpus as whatever a stranger can type, through every format of the lists and through
//! the words of errors: nothing of it commands a terminal, and each is really there.

use orgdeck::domain::Text;
use orgdeck::domain::text::width;
use orgdeck::sandbox::Service;
use orgdeck::sandbox::faults::{Fault, Rule};
use serde_json::{Value as Json, json};
use unicode_segmentation::UnicodeSegmentation as _;

use super::hostile::is_plain;
use super::stage::Stage;
use crate::domain::hostile;

mod ids;
mod kept;
mod sheets;

const FORMATS: [&str; 5] = ["table", "json", "ndjson", "csv", "md"];

/// Columns of a string that are looked for.
const LOOKED_FOR: usize = 12;

fn corpus() -> Vec<String> {
    hostile().into_values().flatten().collect()
}

/// The mark of a wide blank at an end, which a cell for programs holds as it is.
const WIDE_BLANK: &str = "⟦3000⟧";

/// Without what only joins, what a table of Markdown or CSV puts before a sign, and blanks.
fn bare(text: &str) -> String {
    let joins = |c: char| matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}');
    let quotes = |c: char| {
        matches!(
            c,
            '\\' | '\'' | '"' | '|' | '`' | '<' | '>' | '*' | '_' | '&' | ';'
        )
    };
    let text = text
        .replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace(WIDE_BLANK, "");
    text.chars()
        .filter(|c| !joins(*c) && !quotes(*c) && !c.is_whitespace() && !"␉␊␍␣".contains(*c))
        .collect()
}

/// What of a string is to be seen wherever it stands.
fn sign(raw: &str) -> String {
    let clean = Text::from(raw).clean().to_string().replace(WIDE_BLANK, "");
    let mut sign = String::new();
    for cluster in clean.trim().graphemes(true) {
        if width(&sign) + width(cluster) > LOOKED_FOR {
            break;
        }
        sign += cluster;
    }
    bare(&sign)
}

/// Everything that stands in a document as text.
fn texts(document: &Json, into: &mut Vec<String>) {
    match document {
        Json::String(text) => into.push(text.clone()),
        Json::Array(items) => items.iter().for_each(|item| texts(item, into)),
        Json::Object(fields) => fields.values().for_each(|value| texts(value, into)),
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

fn stage() -> Stage {
    let stage = Stage::new();
    stage.sandbox.world(|world| {
        let fleet = world
            .org_by_slug(Service::Balena, "acme_fleet")
            .unwrap()
            .key;
        let shop = world.org_by_slug(Service::Clerk, "acme-shop").unwrap().key;
        let portal = world.orgs(Service::Vulos).next().unwrap().key;
        for (number, raw) in corpus().iter().enumerate() {
            let text = || raw.clone();
            world.add_org(Service::Clerk, |org| {
                org.name = text();
                org.slug = Some(text());
            });
            let address = format!("{number}@x.example");
            world.add_invite(fleet, &address, |invite| invite.message = Some(text()));
            world.add_invite(shop, raw, |invite| invite.role = Some(text()));
            let person = world.add_person(|person| {
                person.first_name = Some(text());
                person.join(Service::Vulos);
            });
            world.add_member(portal, person, &[raw]);
        }
    });
    stage
}

/// A list in every format: nothing steers, and the whole corpus is there.
fn lists(stage: &Stage, line: &str) {
    lists_of(stage, line, &corpus());
}

/// Nothing of a document commands a terminal.
fn is_inert(document: &str, (line, format): (&str, &str)) {
    let allowed = |c: char| {
        matches!(
            (c, format),
            ('\n', _) | ('\t', "table" | "csv") | ('\r', "csv")
        )
    };
    let odd = |c: &char| {
        let joins = matches!(*c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}');
        !is_plain(*c) && !allowed(*c) && !joins
    };
    assert_eq!(document.chars().find(odd), None, "{line} as {format}");
}

fn lists_of(stage: &Stage, line: &str, corpus: &[String]) {
    for format in FORMATS {
        let ran = stage.run(&format!("{line} -o {format}"));
        assert_eq!(ran.code, Some(0), "{line} as {format}: {}", ran.stderr);
        is_inert(&ran.stdout, (line, format));
        if matches!(format, "json" | "ndjson") {
            let mut known = Vec::new();
            for document in serde_json::Deserializer::from_str(&ran.stdout).into_iter::<Json>() {
                texts(&document.unwrap(), &mut known);
            }
            let lost = corpus
                .iter()
                .find(|raw| !known.iter().any(|known| known.contains(*raw)));
            assert_eq!(lost, None, "{line} as {format}");
        } else {
            let shown = bare(&ran.stdout);
            let lost = corpus.iter().find(|raw| !shown.contains(&sign(raw)));
            assert_eq!(lost, None, "{line} as {format}");
        }
    }
}

#[test]
fn names_and_short_names_of_organizations() {
    lists(&stage(), "org list --profile clerk");
}

#[test]
fn messages_of_invites() {
    lists(
        &stage(),
        "invite list balena/acme_fleet --fields email,message",
    );
}

#[test]
fn addresses_and_roles_of_invites() {
    lists(&stage(), "invite list clerk/acme-shop");
}

#[test]
fn names_and_roles_of_members() {
    let stage = stage();
    let portal = stage.sandbox.world(|world| {
        let portal = world.orgs(Service::Vulos).next();
        portal.map(|org| org.id.clone()).unwrap()
    });
    lists(&stage, &format!("member list vulos/{portal}"));
}

#[test]
fn words_of_errors() {
    let stage = Stage::new();
    for strings in corpus().chunks(4) {
        let errors = strings.iter().map(|raw| {
            json!({"code": raw, "message": raw, "long_message": raw, "meta": {"param_name": raw}})
        });
        let body = json!({"errors": errors.collect::<Vec<Json>>(), "clerk_trace_id": strings[0]});
        let refusal = Fault::Status(422, Vec::new(), body.to_string());
        stage.sandbox.fail(Service::Clerk, Rule::always(refusal));
        for format in ["table", "json"] {
            let ran = stage.run(&format!("org show clerk/acme-shop -o {format}"));
            assert_ne!(ran.code, Some(0));
            let joins = |c: char| matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}');
            let all = format!("{}{}", ran.stdout, ran.stderr);
            let odd = all
                .chars()
                .find(|c| !is_plain(*c) && *c != '\n' && !joins(*c));
            assert_eq!(odd, None, "{strings:?} as {format}: {ran}");
        }
        stage.sandbox.heal(Service::Clerk);
    }
}
