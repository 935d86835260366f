//! The tables: every verb is decided, with a reason where it is not offered.

use orgdeck::domain::capabilities::Reach;
use orgdeck::domain::{Class, Fidelity, Offer, Verb};
use orgdeck::provider::balena::SERVICE;
use orgdeck::provider::registry;

use super::stage::Stage;

fn missing(capabilities: &orgdeck::domain::Capabilities) -> Vec<&'static str> {
    let missing = Verb::ALL
        .iter()
        .filter(|verb| capabilities.refusal(**verb).is_some());
    missing.map(|verb| verb.name()).collect()
}

#[test]
fn every_verb_is_decided() {
    let capabilities = (SERVICE.capabilities)();
    let default = "this service has no such call";
    for verb in Verb::ALL {
        assert_ne!(
            capabilities.offer(*verb),
            Offer::No(default),
            "{}",
            verb.name()
        );
        let offered = capabilities.refusal(*verb).is_none();
        if offered && verb.class() != Class::Read {
            let unknown = Fidelity::Impossible("no call takes it back");
            assert_ne!(capabilities.fidelity(*verb), unknown, "{}", verb.name());
        }
    }
    assert_eq!(
        missing(&capabilities),
        [
            "org metadata show",
            "org metadata set",
            "member add",
            "user find"
        ]
    );
}

#[test]
fn the_registry_knows_the_service() {
    assert_eq!(
        registry::find("balena").unwrap().default_url,
        "https://api.balena-cloud.com"
    );
}

#[tokio::test]
async fn the_cloud_has_everything() {
    let found = Stage::cloud().await.capabilities().await;
    assert_eq!(found, (SERVICE.capabilities)());
    assert_eq!(found.reach, Reach::Own);
    let resend = Offer::Composed(&[Verb::InviteRevoke, Verb::InviteCreate]);
    assert_eq!(found.offer(Verb::InviteResend), resend);
}

#[tokio::test]
async fn openbalena_has_no_roles_invites_and_logos_and_shows_everybody() {
    let found = Stage::open().await.capabilities().await;
    assert_eq!(
        missing(&found),
        [
            "org logo set",
            "org logo remove",
            "org metadata show",
            "org metadata set",
            "member roles",
            "member add",
            "member role",
            "invite list",
            "invite create",
            "invite revoke",
            "invite resend",
            "invite accept",
            "role list",
            "user find",
        ]
    );
    assert_eq!(found.reach, Reach::Everyone);
    assert!(found.untold.contains(&"roles"));
    assert_eq!(found.notes.len(), 1);
    let needed = found.create.iter().filter(|spec| spec.is_offered());
    let needed: Vec<_> = needed.map(|spec| spec.key).collect();
    assert_eq!(needed, ["name", "slug"]);
}

#[tokio::test]
async fn a_server_without_the_clouds_fields_keeps_roles_and_invites() {
    let found = Stage::lean().await.capabilities().await;
    assert_eq!(found.refusal(Verb::InviteCreate), None);
    assert_eq!(found.refusal(Verb::MemberRole), None);
    assert!(found.refusal(Verb::LogoSet).is_some());
    let offered = found.edit.iter().filter(|spec| spec.is_offered());
    assert_eq!(offered.map(|spec| spec.key).collect::<Vec<_>>(), ["name"]);
}
