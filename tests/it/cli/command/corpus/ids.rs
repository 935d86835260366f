//! Ids that strangers chose: scripts take rows by them, so they come out as they came in.

use std::collections::BTreeSet;

use orgdeck::sandbox::Service;
use serde_json::Value as Json;

use super::super::stage::{Stage, column};
use super::{corpus, lists_of};

/// A stage on which every id that a service writes as text is one of the corpus, and no two are the same.
fn stage_of_ids() -> (Stage, Vec<String>) {
    let stage = Stage::new();
    let ids: BTreeSet<String> = corpus().into_iter().collect();
    let ids: Vec<String> = ids.into_iter().collect();
    stage.sandbox.world(|world| {
        let shop = world.org_by_slug(Service::Clerk, "acme-shop").unwrap().key;
        let portal = world.orgs(Service::Vulos).next().unwrap().key;
        for (number, raw) in ids.iter().enumerate() {
            let org = world.add_org(Service::Clerk, |org| org.name = format!("Org {number}"));
            world.edit_org(org, |org| org.id.clone_from(raw));
            let address = format!("{number}@x.example");
            let invite = world.add_invite(shop, &address, |_| {}).unwrap();
            world.edit_invite(invite, |invite| invite.id.clone_from(raw));
            for (org, role) in [(shop, "org:member"), (portal, "Moderator")] {
                let person = world.add_person(|person| {
                    person.first_name = Some(format!("Person {number}"));
                    person.join(Service::Clerk);
                    person.join(Service::Vulos);
                });
                let member = world.add_member(org, person, &[role]).unwrap();
                world.edit_member(member, |member| member.id.clone_from(raw));
            }
        }
    });
    (stage, ids)
}

/// Ids are what scripts take rows by: they come out as they came in, where the format can hold that.
#[test]
fn r44_ids_of_every_list_in_every_format() {
    let (stage, ids) = stage_of_ids();
    lists_of(&stage, "org list --profile clerk --fields id", &ids);
    lists_of(&stage, "invite list clerk/acme-shop --fields id", &ids);
    lists_of(&stage, "member list clerk/acme-shop --fields id", &ids);
}

/// Vulos has an id for a path, in which some texts of the corpus cannot stand: their rows say so.
#[test]
fn r44_ids_of_members_whose_details_are_asked_for_one_by_one() {
    let (stage, ids) = stage_of_ids();
    let portal = stage.sandbox.world(|world| {
        let portal = world.orgs(Service::Vulos).next();
        portal.map(|org| org.id.clone()).unwrap()
    });
    let ran = stage.run(&format!("member list vulos/{portal} --fields id -o json"));
    let document: Json = serde_json::from_str(&ran.stdout).unwrap();
    let shown: BTreeSet<&str> = column(&document, "members", "id").into_iter().collect();
    let lost = ids.iter().find(|id| !shown.contains(id.as_str()));
    assert_eq!(lost, None);
}
