//! Countries, found by what is typed: a code or a part of a name.

use celes::{Country, LookupTable as _};

/// The countries that fit, the best first; none where nothing is typed.
pub fn found(typed: &str) -> Vec<Country> {
    let wanted = typed.trim().to_lowercase();
    if wanted.is_empty() {
        return Vec::new();
    }
    let rank = |country: &Country| rank(country, &wanted);
    let mut found: Vec<(u8, Country)> = Country::get_countries()
        .into_iter()
        .filter_map(|country| Some((rank(&country)?, country)))
        .collect();
    found.sort_by_key(|(rank, country)| (*rank, name(country)));
    found.into_iter().map(|(_, country)| country).collect()
}

/// How well a country fits; `None` is not at all.
fn rank(country: &Country, wanted: &str) -> Option<u8> {
    let name = name(country).to_lowercase();
    let is = |code: &str| code.to_lowercase() == wanted;
    if is(country.alpha2) || name == wanted || shown(country).to_lowercase() == wanted {
        return Some(0);
    }
    if is(country.alpha3) || country.aliases.iter().any(|alias| is(alias)) {
        return Some(1);
    }
    let starts = |word: &str| word.starts_with(wanted);
    if name.starts_with(wanted) {
        Some(2)
    } else if name.split([' ', '(', '-']).any(starts) {
        Some(3)
    } else {
        name.contains(wanted).then_some(4)
    }
}

/// A country as it is written in a field: its code and its name.
pub fn shown(country: &Country) -> String {
    format!("{} {}", country.alpha2, name(country))
}

/// What it is called, without the article.
fn name(country: &Country) -> &'static str {
    let name = country.long_name;
    name.strip_prefix("The ").unwrap_or(name)
}

/// The field's text for a code; the code alone where there is no such country.
pub fn written(code: &str) -> String {
    let known = Some(code).filter(|code| code.is_ascii());
    let country = known.and_then(|code| Country::from_alpha2(code).ok());
    country.map_or_else(|| code.to_owned(), |country| shown(&country))
}
