//! People made up from lists of names.

use serde::Deserialize;

use crate::sandbox::Service;
use crate::sandbox::dice::Dice;
use crate::sandbox::world::{PersonKey, World};

/// The lists: what is shown, and how it is spelled in addresses.
#[derive(Deserialize)]
pub(super) struct Names {
    first: Vec<(String, String)>,
    last: Vec<(String, String)>,
    pub(super) orgs: Vec<(String, String)>,
    pub(super) trades: Vec<(String, String)>,
    pub(super) labels: Vec<String>,
    /// City, country, postal code.
    pub(super) cities: Vec<(String, String, String)>,
}

impl Names {
    pub(super) fn read() -> Self {
        serde_json::from_str(include_str!("../../../assets/sandbox/names.json"))
            .expect("the file was checked by the tests")
    }
}

/// Makes up one person with accounts on `services`.
pub(super) fn somebody(
    world: &mut World,
    (names, dice): (&Names, &mut Dice),
    services: &[Service],
    domain: &str,
) -> PersonKey {
    let (first, first_spelled) = dice.pick(&names.first);
    let (last, last_spelled) = dice.pick(&names.last);
    world.add_person(|person| {
        let number = person.key.0;
        let spelled = format!("{first_spelled}.{last_spelled}{number}");
        person.first_name = Some(first.clone());
        person.last_name = Some(last.clone());
        person.emails = vec![format!("{spelled}@{domain}")];
        person.username = Some(spelled.replace('.', "_"));
        for service in services {
            person.join(*service);
        }
    })
}
