//! The table of what each service offers, printed from the code, to be compared with the documents.

use std::fmt::Write as _;

use orgdeck::domain::{Offer, Verb};
use orgdeck::provider::registry;

#[test]
fn what_each_service_offers() {
    let mut table = String::new();
    for verb in Verb::ALL.iter().copied() {
        writeln!(table, "{}", verb.name()).unwrap();
        for service in registry::all() {
            let offer = match (service.capabilities)().offer(verb) {
                Offer::Native => "native".to_owned(),
                Offer::Composed(of) => {
                    let names: Vec<_> = of.iter().map(|verb| verb.name()).collect();
                    format!("composed of {}", names.join(", "))
                }
                Offer::No(why) => format!("no: {why}"),
            };
            writeln!(table, "  {:<6} {offer}", service.name).unwrap();
        }
    }
    insta::assert_snapshot!(table);
}
