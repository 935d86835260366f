//! Organizations and their attributes.

use jiff::Timestamp;

use super::image::digest;
use super::rows::Keyed;
use super::{Image, MemberId, OrgId, Text, Told, Value};

/// An organization as its service describes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Org {
    /// Its id.
    pub id: OrgId,
    /// Its name.
    pub name: Told<Text>,
    /// The short name in addresses (handle, slug).
    pub slug: Told<Text>,
    /// When it was made.
    pub created: Told<Timestamp>,
    /// When it last changed.
    pub updated: Told<Timestamp>,
    /// Its logo.
    pub logo: Told<Logo>,
    /// How many members it has.
    pub members: Told<u64>,
    /// How many invites are pending.
    pub invites: Told<u64>,
    /// The caller's own membership, where the list of organizations tells it.
    pub own: Told<MemberId>,
    /// Everything else the service tells, in the order to show it in.
    pub attributes: Vec<Attribute>,
}

/// A logo that was set by somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// Its address. It may be on another host and may be signed: fetched without our credential.
    pub url: Told<Text>,
    /// The image itself, where it was fetched to be kept.
    pub image: Option<Image>,
    /// What it is known again by where no address is kept: [`Logo::mark`] as it was.
    pub kept: Option<Text>,
}

impl Logo {
    /// A logo of which no more than the address is known.
    pub fn at(url: Told<Text>) -> Self {
        Self {
            url,
            image: None,
            kept: None,
        }
    }

    /// What it is known again by, if anything: a digest of its address, without the machine that serves it and
    /// without what signs it.
    pub fn mark(&self) -> Option<Text> {
        let path = |url: &Text| {
            let place = place(url);
            let rest = place.split_once("://").map_or(place, |(_, rest)| rest);
            let path = rest.split_once('/').map_or(rest, |(_, path)| path);
            Text::from(digest(path.as_bytes()))
        };
        self.url.known().map(path).or_else(|| self.kept.clone())
    }

    /// The last part of its address, if there is one to call it by.
    pub fn name(&self) -> Option<Text> {
        let last = place(self.url.known()?).rsplit('/').next()?;
        (!last.is_empty()).then(|| Text::from(last))
    }

    /// Whether it certainly is another logo than this one.
    pub fn is_another(&self, other: &Self) -> bool {
        let marks = (self.mark(), other.mark());
        matches!(marks, (Some(own), Some(other)) if own != other)
    }

    /// Whether another address is this one, but for what signs it, which is another at each reading.
    pub fn is_at(&self, other: &Told<Text>) -> bool {
        let known = |url: &Told<Text>| url.clone().map(|url| place(&url).to_owned());
        known(&self.url) == known(other)
    }
}

/// An address without what may sign it.
fn place(url: &Text) -> &str {
    url.raw().split(['?', '#']).next().unwrap_or_default()
}

/// One more fact about an organization. `key` is the name of `--field` and of the `attributes` object.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// The name in `snake_case`.
    pub key: &'static str,
    /// The value as told.
    pub value: Told<Value>,
}

impl Attribute {
    /// A fact under its key.
    pub fn new(key: &'static str, value: Told<Value>) -> Self {
        Self { key, value }
    }

    /// A text that may be empty or absent: absent or null is `Empty`, since the service has the field.
    pub fn text(key: &'static str, value: Option<Text>) -> Self {
        let value = value.filter(|text| !text.is_empty()).map(Value::Text);
        Self::new(key, Told::or_empty(value))
    }
}

impl Org {
    /// An organization of which only the id is known yet.
    pub fn reference(id: OrgId) -> Self {
        Self {
            id,
            name: Told::Unknown,
            slug: Told::Unknown,
            created: Told::Unknown,
            updated: Told::Unknown,
            logo: Told::Unknown,
            members: Told::Unknown,
            invites: Told::Unknown,
            own: Told::Unknown,
            attributes: Vec::new(),
        }
    }

    /// What it is called: its name, else its slug, else its id.
    pub fn display_name(&self) -> &Text {
        self.name
            .known()
            .or(self.slug.known())
            .unwrap_or(self.id.text())
    }

    /// Whether both have the same logo or none, as far as that can be told.
    pub fn agrees_on_logo(&self, other: &Self) -> bool {
        match (self.logo.known(), other.logo.known()) {
            (Some(own), Some(other)) => !own.is_another(other),
            (own, other) => own.is_some() == other.is_some(),
        }
    }

    /// The attribute with this key.
    pub fn attribute(&self, key: &str) -> Option<&Told<Value>> {
        self.attributes
            .iter()
            .find(|attribute| attribute.key == key)
            .map(|attribute| &attribute.value)
    }
}

impl Keyed for Org {
    type Key = OrgId;

    fn key(&self) -> &OrgId {
        &self.id
    }

    fn texts(&self) -> Vec<&Text> {
        let attributes = self.attributes.iter().filter_map(|one| one.value.known());
        let told = [&self.name, &self.slug].into_iter().filter_map(Told::known);
        let told = told.chain(attributes.filter_map(Value::text));
        told.chain([self.id.text()]).collect()
    }
}
