//! People: one record for a person, with an account on each service that knows them.

use jiff::Timestamp;

use super::{Key, Kind, Metadata, World, written};
use crate::sandbox::Service;

/// A person's number; it is also the user id on balena.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonKey(pub u64);

/// A person and their accounts.
#[derive(Clone, Debug)]
pub struct Person {
    /// The person's number.
    pub key: PersonKey,
    /// The name to sign in with; the only name that balena shows.
    pub username: Option<String>,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// Addresses, the primary one first.
    pub emails: Vec<String>,
    /// Date of birth, `YYYY-MM-DD`.
    pub birthdate: Option<String>,
    /// Locked out by the service.
    pub banned: bool,
    /// What programs attached to the user.
    pub metadata: Metadata,
    /// When the accounts were opened.
    pub created: Timestamp,
    /// When the person was last active.
    pub seen: Option<Timestamp>,
    accounts: [Option<String>; 3],
}

impl Person {
    /// The user id on `service`, if the person has an account there.
    pub fn id(&self, service: Service) -> Option<&str> {
        self.accounts[service.index()].as_deref()
    }

    /// The actor id on balena, which is not the user id.
    pub fn actor(&self) -> u64 {
        self.key.0 + 3_000_000
    }

    /// The primary e-mail address.
    pub fn email(&self) -> Option<&str> {
        self.emails.first().map(String::as_str)
    }

    /// Opens an account on `service`, with an id in its form.
    pub fn join(&mut self, service: Service) {
        let number = self.key.0;
        self.accounts[service.index()]
            .get_or_insert_with(|| written(service, Kind::Person, number));
    }

    /// Opens an account on `service` under an id of the caller's choice.
    pub fn join_as(&mut self, service: Service, id: &str) {
        self.accounts[service.index()] = Some(id.to_owned());
    }
}

impl World {
    /// Adds a person; `fill` writes names, addresses and accounts.
    pub fn add_person(&mut self, fill: impl FnOnce(&mut Person)) -> PersonKey {
        let number = self.numbers.take(Service::Balena, Kind::Person);
        self.add_person_at(PersonKey(number), fill)
    }

    /// Adds a person under a number of the caller's choice, which nobody may have yet.
    pub fn add_person_at(&mut self, key: PersonKey, fill: impl FnOnce(&mut Person)) -> PersonKey {
        self.numbers.claim(Service::Balena, Kind::Person, key.0);
        let created = self.tick();
        let person = Person {
            key,
            username: None,
            first_name: None,
            last_name: None,
            emails: Vec::new(),
            birthdate: None,
            banned: false,
            metadata: Metadata::default(),
            created,
            seen: None,
            accounts: [None, None, None],
        };
        self.people.insert(key, person);
        self.edit_person(key, fill);
        key
    }

    /// Changes a person; false when there is no such person.
    pub fn edit_person(&mut self, key: PersonKey, change: impl FnOnce(&mut Person)) -> bool {
        let Some(mut person) = self.people.remove(&key) else {
            return false;
        };
        for email in &person.emails {
            self.emails.remove(&email.to_lowercase());
        }
        if let Some(username) = &person.username {
            self.usernames.remove(username);
        }
        change(&mut person);
        self.keep_person(person);
        true
    }

    fn keep_person(&mut self, person: Person) {
        let key = person.key;
        for email in &person.emails {
            self.emails.insert(email.to_lowercase(), key);
        }
        if let Some(username) = &person.username {
            self.usernames.insert(username.clone(), key);
        }
        for service in Service::ALL {
            if let Some(id) = person.id(service) {
                self.choose(Kind::Person, Key::new(service, key.0), id);
            }
        }
        self.people.insert(key, person);
    }

    /// The person with this number.
    pub fn person(&self, key: PersonKey) -> Option<&Person> {
        self.people.get(&key)
    }

    /// Everyone with an account on `service`, in the order they came.
    pub fn people(&self, service: Service) -> impl DoubleEndedIterator<Item = &Person> {
        self.people
            .values()
            .filter(move |person| person.id(service).is_some())
    }

    /// The person with the user id `id` on `service`.
    pub fn find_person(&self, service: Service, id: &str) -> Option<&Person> {
        let number = self.number_of(service, Kind::Person, id)?;
        let person = self.people.get(&PersonKey(number))?;
        (person.id(service) == Some(id)).then_some(person)
    }

    /// The person with this e-mail address, in any case of its letters, on any service.
    pub fn person_by_email(&self, email: &str) -> Option<&Person> {
        self.people.get(self.emails.get(&email.to_lowercase())?)
    }

    /// The person with this user name, on any service.
    pub fn person_by_username(&self, username: &str) -> Option<&Person> {
        self.people.get(self.usernames.get(username)?)
    }
}
