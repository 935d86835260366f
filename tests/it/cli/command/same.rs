//! Key and command are two ways to the same plan: every write of every service is done once by keys and once by
//! the command, each in a world of its own, and what the service was sent is compared. So is what the command
//! that the keys leave to be copied would send.

use std::sync::Arc;

use orgdeck::app::around::{Clipboard, Wrap};
use orgdeck::app::place::Size;
use orgdeck::app::store::{Account, Store};
use orgdeck::app::{Effect, Model};
use orgdeck::config::words;
use orgdeck::domain::connection::Access;
use orgdeck::domain::{News, Profile, Verb};
use orgdeck::gate::Gate;
use orgdeck::journal::memory::Memory;
use orgdeck::provider::registry;
use orgdeck::rig::{Rig, World, keys};
use orgdeck::runtime::Shared;
use orgdeck::sandbox::{Recorded, Service};
use tokio::sync::mpsc::unbounded_channel;

use super::every::invited;
use super::stage::Stage;
use crate::sandbox::origin;
use crate::support::link::{limits, link, services};
use crate::support::rig::settings;

/// A write: the keys that do it from the list of organizations, and what the command says besides its own words
/// and the consent.
struct Way {
    service: Service,
    verb: Verb,
    keys: &'static str,
    words: &'static str,
}

const fn way(service: Service, verb: Verb, (keys, words): (&'static str, &'static str)) -> Way {
    Way {
        service,
        verb,
        keys,
        words,
    }
}

/// From the last field of a form over its first button to the second, which shows the requests; then to the one
/// that sends them.
macro_rules! send {
    () => {
        "<s-tab><s-tab><enter><tab><enter>"
    };
}

use Service::{Balena, Clerk, Vulos};

#[rustfmt::skip]
const WAYS: &[Way] = &[
    way(Balena, Verb::OrgCreate, (concat!("c1Night Boats<tab>night_boats<s-tab>", send!()), "balena --name 'Night Boats' --slug night_boats")),
    way(Balena, Verb::OrgEdit, (concat!("1/Acme Labs<enter>e Ltd", send!()), "balena/acme_labs --field 'name=Acme Labs Ltd'")),
    way(Balena, Verb::OrgDelete, ("1/Acme Labs<enter>Dacme_labs<tab><tab><enter>", "balena/acme_labs --confirm acme_labs")),
    way(Balena, Verb::LogoSet, (concat!("1/Acme Labs<enter>OLOGO", send!()), "balena/acme_labs LOGO")),
    way(Balena, Verb::LogoRemove, ("1/Acme Fleet<enter><c-p>logo.remove<enter>y", "balena/acme_fleet")),
    way(Balena, Verb::MemberRole, ("1/Acme Fleet<enter>3/pia<enter>r<enter>y", "balena/acme_fleet pia --set administrator")),
    way(Balena, Verb::MemberRemove, ("1/Acme Fleet<enter>3/quinn<enter>Dy", "balena/acme_fleet quinn")),
    way(Balena, Verb::MemberLeave, ("1/Acme Fleet<enter>Xacme_fleet<tab><tab><enter>", "balena/acme_fleet --confirm acme_fleet")),
    way(Balena, Verb::InviteCreate, (concat!("1/Acme Fleet<enter>inew@quay.example<tab><down><tab>Come aboard<s-tab><s-tab>", send!()), "balena/acme_fleet new@quay.example --role administrator --message 'Come aboard'")),
    way(Balena, Verb::InviteRevoke, ("1/Acme Fleet<enter>4/hal<enter>Dy", "balena/acme_fleet hal@acme.example")),
    way(Balena, Verb::InviteResend, ("1/Acme Fleet<enter>4/hal<enter>ty", "balena/acme_fleet hal@acme.example")),
    way(Balena, Verb::InviteAccept, (concat!("1/Acme Fleet<enter><c-p>accept an<enter>TOKEN", send!()), "balena")),
    way(Clerk, Verb::OrgCreate, (concat!("c2Night Boats", send!()), "clerk --name 'Night Boats'")),
    way(Clerk, Verb::OrgEdit, (concat!("1/Acme Shop<enter>e Ltd", send!()), "clerk/acme-shop --field 'name=Acme Shop Ltd'")),
    way(Clerk, Verb::OrgDelete, ("1/Acme Shop<enter>Dacme-shop<tab><tab><enter>", "clerk/acme-shop --confirm acme-shop")),
    way(Clerk, Verb::LogoSet, (concat!("1/Acme Shop<enter>OLOGO", send!()), "clerk/acme-shop LOGO")),
    way(Clerk, Verb::LogoRemove, ("1/Acme Shop<enter><c-p>logo.remove<enter>y", "clerk/acme-shop")),
    way(Clerk, Verb::MetadataSet, (concat!("1/Acme Shop<enter>M{\"tier\":\"gold\",\"plan\":null}", send!()), "clerk/acme-shop METADATA")),
    way(Clerk, Verb::MemberAdd, ("1/Acme Shop<enter>akim@acme.example<enter><tab><down><down><tab><tab><enter><tab><enter>", "clerk/acme-shop kim@acme.example --role org:member")),
    way(Clerk, Verb::MemberRole, ("1/Acme Shop<enter>3/bo@<enter>r<enter>y", "clerk/acme-shop bo --set org:admin")),
    way(Clerk, Verb::MemberRemove, ("1/Acme Shop<enter>3/bo@<enter>Dy", "clerk/acme-shop bo")),
    way(Clerk, Verb::InviteCreate, (concat!("1/Acme Shop<enter>inew@quay.example<tab><down><down><s-tab>", send!()), "clerk/acme-shop new@quay.example --role org:member")),
    way(Clerk, Verb::InviteRevoke, ("1/Acme Shop<enter>4/hal<enter>Dy", "clerk/acme-shop hal@acme.example")),
    way(Clerk, Verb::InviteResend, ("1/Acme Shop<enter>4/hal<enter>ty", "clerk/acme-shop hal@acme.example")),
    way(Vulos, Verb::OrgCreate, ("c3Night Boats<tab><tab>Kai 1<tab>Hamburg<tab>20457<tab><tab>germ<tab>HRB 1<tab>DE1<tab><tab><enter><tab><enter>", "vulos --name 'Night Boats' --field 'address=Kai 1' --field city=Hamburg --field zip_code=20457 --field country_code=DE --field 'unique_id=HRB 1' --field tax_number=DE1")),
    way(Vulos, Verb::OrgEdit, (concat!("1/Harbour<enter>e Ltd", send!()), "vulos/41 --field 'name=Harbour Pilots Ltd'")),
    way(Vulos, Verb::OrgDelete, ("1/Harbour<enter>D41<tab><tab><enter>", "vulos/41 --confirm 41")),
    way(Vulos, Verb::MemberRole, ("1/Harbour<enter>3/ines<enter>r<down><down><down> <down> <down>night watch<enter><tab><tab><enter><tab><enter>", "vulos/41 ines@pilots.example --give Api --give 'night watch' --take dispatch")),
    way(Vulos, Verb::MemberRemove, ("1/Harbour<enter>3/max<enter>Dy", "vulos/41 max@acme.example")),
    way(Vulos, Verb::MemberLeave, ("1/Quay<enter>X4294967338<tab><tab><enter>", "vulos/4294967338 --confirm 4294967338")),
    way(Vulos, Verb::InviteCreate, (concat!("1/Harbour<enter>inew@quay.example", send!()), "vulos/41 new@quay.example")),
];

/// What a service was sent: method, target and body, in order.
type Sent = Vec<(String, String, String)>;

/// The requests that change something.
fn sent(stage: &Stage, service: Service) -> Sent {
    let requests = stage.sandbox.requests(service).into_iter();
    let writes = requests.filter(|request| request.method != "GET");
    let shown = |request: Recorded| {
        (
            request.method.clone(),
            request.target.clone(),
            body(&request),
        )
    };
    writes.map(shown).collect()
}

/// A body as it would be in any other request: the line between its parts is drawn by lot.
fn body(request: &Recorded) -> String {
    let text = String::from_utf8_lossy(&request.body).into_owned();
    let kind = request.headers.get("content-type");
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    match kind.split_once("boundary=") {
        Some((_, line)) => text.replace(line, "LINE"),
        None => format!("{kind} {text}"),
    }
}

/// A stage whose files, and the token of whose invite, the words of a way name.
fn prepared(way: &Way) -> (Stage, impl Fn(&str) -> String + use<>) {
    let stage = Stage::new();
    let logo = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sandbox/logo.png");
    let metadata = stage.file("metadata.json", "{\"tier\":\"gold\",\"plan\":null}");
    let token = (way.verb == Verb::InviteAccept).then(|| invited(&stage));
    let named = move |text: &str| {
        let text = text.replace("LOGO", logo).replace("METADATA", &metadata);
        text.replace("TOKEN", token.as_deref().unwrap_or_default())
    };
    (stage, named)
}

/// The console after these keys.
async fn by_keys(script: &str, stage: &Stage) -> Rig {
    let (ear, news) = unbounded_channel::<News>();
    let links = services().into_iter().map(|(service, kind)| {
        let face = stage.sandbox.face(kind);
        let ear = ear.clone();
        let hears = move |news| drop(ear.send(news));
        let at = (face.url.as_str(), face.token.as_str());
        let mut link = link(&Profile::new(service.name), &service, at, (limits(), hears));
        link.connection.access = Access::Full;
        link
    });
    let links: Vec<_> = links.collect();
    let accounts = links.iter();
    let accounts = accounts.map(|link| Account::new(link.connection.clone(), link.capabilities()));
    let size = Size {
        width: 120,
        height: 36,
    };
    let mut settings = settings();
    settings.around.clipboard = Clipboard::Takes(Wrap::Bare);
    settings.around.program = vec![env!("CARGO_BIN_EXE_orgdeck").to_owned()];
    let model = Model::new(size, settings, Store::new(accounts.collect()));
    let gate = Gate::new(Arc::new(Memory::default()), origin);
    let mut rig = Rig::start(model, origin());
    let mut world = World::new(
        Shared::new(links, gate),
        orgdeck::domain::Actor::new("player", "player"),
        news,
    );
    world.settle(&mut rig).await;
    for key in keys(script).unwrap() {
        world.press(&mut rig, key).await;
    }
    rig
}

/// What these keys give the terminal for the clipboard.
fn copied(rig: &mut Rig, script: &str) -> String {
    while !rig.model.overlays.is_empty() {
        rig.press(keys("<esc>").unwrap()[0]);
    }
    let pressed = keys(script).unwrap().into_iter();
    let effects: Vec<Effect> = pressed.flat_map(|key| rig.press(key)).collect();
    match effects.as_slice() {
        [Effect::Copy { text, .. }] => text.raw().to_owned(),
        other => panic!("a text is copied, not {other:?}: {}", rig.frame().text()),
    }
}

fn by_command(way: &Way) -> Sent {
    let (stage, named) = prepared(way);
    let line = format!("{} {} --yes", way.verb.name(), named(way.words));
    let words = words::split(&line).unwrap();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut command = stage.command(&words);
    command.env("ORGDECK_INVITE_TOKEN", named("TOKEN"));
    let ran = crate::support::program::run(&mut command);
    assert_eq!(ran.code, Some(0), "{line}: {ran}");
    sent(&stage, way.service)
}

/// The copied command, pasted into a shell before anything was done, says that the same would be sent, and
/// sends nothing.
fn rehearse(way: &Way, (copied, sent_by_keys): (&str, &Sent), named: impl Fn(&str) -> String) {
    let (stage, own) = prepared(way);
    let mut shell = stage.shell(copied);
    shell.env("ORGDECK_INVITE_TOKEN", own("TOKEN"));
    let ran = crate::support::program::run(&mut shell);
    assert_eq!(ran.code, Some(0), "{copied}: {ran}");
    let heads = ran.stdout.lines().filter(|line| !line.starts_with('{'));
    let told: Vec<&str> = heads.collect();
    let token = named("TOKEN");
    let without_token = |(method, target, _): &(String, String, String)| {
        let target = match token.as_str() {
            "" => target.clone(),
            token => target.replace(token, "{token}"),
        };
        format!("{method} {target}")
    };
    let sent: Vec<String> = sent_by_keys.iter().map(without_token).collect();
    assert_eq!(told, sent, "{copied}");
    assert_eq!(stage.writes(way.service), [""; 0], "{copied}");
}

fn compare(service: Service) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for way in WAYS.iter().filter(|way| way.service == service) {
        let (stage, named) = prepared(way);
        let mut rig = runtime.block_on(by_keys(&named(way.keys), &stage));
        let keys = sent(&stage, service);
        assert!(!keys.is_empty(), "{}\n{}", way.keys, rig.frame().text());
        let copied = copied(&mut rig, "yc");
        rehearse(way, (&copied, &keys), &named);
        let command = by_command(way);
        assert_eq!(keys, command, "{} on {}", way.verb.name(), service.name());
    }
}

#[test]
fn on_balena() {
    compare(Balena);
}

#[test]
fn on_clerk() {
    compare(Clerk);
}

#[test]
fn on_vulos() {
    compare(Vulos);
}

/// A write that a service offers and that is missing above would be compared by nobody.
#[test]
fn every_write_of_every_service_is_compared() {
    for service in Service::ALL {
        let capabilities = (registry::find(service.name()).unwrap().capabilities)();
        let writes = Verb::ALL.iter().filter(|verb| !verb.is_read());
        for verb in writes.filter(|verb| capabilities.refusal(**verb).is_none()) {
            let is_it = |way: &Way| way.service == service && way.verb == *verb;
            // What Vulos keeps no list of is sent again from the console's own memory alone.
            let is_left_out = service == Vulos && *verb == Verb::InviteResend;
            let found = WAYS.iter().any(is_it);
            assert!(
                found != is_left_out,
                "{} on {}",
                verb.name(),
                service.name()
            );
        }
    }
}

#[test]
fn a_record_is_copied_as_the_command_prints_it() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let stage = Stage::new();
    for (script, line) in [
        (
            "1/Acme Shop<enter>3/bo@<enter>",
            "member show clerk/acme-shop bo",
        ),
        (
            "1/Acme Fleet<enter>3/pia<enter>",
            "member show balena/acme_fleet pia",
        ),
        (
            "1/Harbour<enter>3/ines<enter>",
            "member show vulos/41 ines@pilots.example",
        ),
        ("1/Acme Shop<enter>1", "org show clerk/acme-shop"),
        ("1/Acme Fleet<enter>1", "org show balena/acme_fleet"),
        ("1/Harbour<enter>1", "org show vulos/41"),
        (
            "1/Acme Shop<enter>4/hal<enter>",
            "invite list clerk/acme-shop --filter email:hal",
        ),
        (
            "1/Acme Fleet<enter>4/hal<enter>",
            "invite list balena/acme_fleet --filter email:hal",
        ),
    ] {
        let mut rig = runtime.block_on(by_keys(script, &stage));
        let copied = copied(&mut rig, "yj");
        let ran = stage.run(&format!("{line} -o json"));
        let row = ran.stdout.lines().nth(1).unwrap_or_default();
        // The console's clock stands still, so that what has an end may have ended for the command.
        let timeless = |row: &str| row.replace("\"expired\"", "\"pending\"");
        assert_eq!(timeless(row), timeless(&copied), "{line}: {ran}");
    }
}
