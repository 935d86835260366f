//! The nine fields of an organization that can be written: which are required, where they are kept.
//!
//! An empty text clears a field that is not required; null changes nothing.

use celes::Country;

use super::body::Body;
use super::refusal::Refusal;
use crate::sandbox::world::Org;

/// One writable field.
struct Field {
    name: &'static str,
    required: bool,
    write: fn(&mut Org, String),
}

static FIELDS: [Field; 9] = [
    required("name", |org, text| org.name = text),
    optional("website", |org, text| org.website = Some(text)),
    required("address", |org, text| org.postal.address = text),
    required("uniqueId", |org, text| org.postal.unique_id = text),
    required("taxNumber", |org, text| org.postal.tax_number = text),
    required("city", |org, text| org.postal.city = text),
    required(COUNTRY, |org, text| org.postal.country_code = text),
    required("zipCode", |org, text| org.postal.zip_code = text),
    optional("state", |org, text| org.postal.state = text),
];

const COUNTRY: &str = "countryCode";

const fn required(name: &'static str, write: fn(&mut Org, String)) -> Field {
    Field {
        name,
        required: true,
        write,
    }
}

const fn optional(name: &'static str, write: fn(&mut Org, String)) -> Field {
    Field {
        name,
        required: false,
        write,
    }
}

/// What a body wants written; valid as a whole.
pub(super) struct Changes(Vec<(&'static Field, String)>);

impl Changes {
    /// The fields of a new organization: those required are there.
    pub(super) fn complete(body: &Body) -> Result<Self, Refusal> {
        for field in FIELDS.iter().filter(|field| field.required) {
            body.required(field.name)?;
        }
        Self::partial(body)
    }

    /// The fields that are there, none of them wrong.
    pub(super) fn partial(body: &Body) -> Result<Self, Refusal> {
        let mut changes = Vec::new();
        for field in &FIELDS {
            if body.text(field.name)?.is_some() {
                changes.push((field, field.read(body)?));
            }
        }
        Ok(Self(changes))
    }

    pub(super) fn write(self, org: &mut Org) {
        for (field, text) in self.0 {
            (field.write)(org, text);
        }
    }
}

impl Field {
    fn read(&self, body: &Body) -> Result<String, Refusal> {
        let text = if self.required {
            body.required(self.name)?
        } else {
            body.text(self.name)?.unwrap_or_default()
        };
        if self.name == COUNTRY {
            let country = country(text).ok_or_else(|| unknown_country(text))?;
            return Ok(country.alpha2.to_owned());
        }
        Ok(text.to_owned())
    }
}

/// The country with this two-letter code.
pub(super) fn country(code: &str) -> Option<Country> {
    // celes folds letters beyond ASCII onto these: the Kelvin sign would pass for a K.
    let ascii = Some(code).filter(|code| code.is_ascii())?;
    Country::from_alpha2(ascii).ok()
}

fn unknown_country(code: &str) -> Refusal {
    Refusal::new("E_COUNTRY", format!("There is no country {code:?}"))
}
