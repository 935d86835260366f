//! Errors as they are printed: one line, without what a server could smuggle in.

use std::collections::BTreeSet;

use orgdeck::domain::{ApiError, Fault, Text, Verb};

use super::hostile;

fn faults() -> Vec<Fault> {
    let text = || Text::from("x");
    vec![
        Fault::Offline(text()),
        Fault::Insecure(text()),
        Fault::TimedOut,
        Fault::Unavailable,
        Fault::SignedOut,
        Fault::Renewed,
        Fault::Forbidden,
        Fault::Missing,
        Fault::Unseen,
        Fault::Conflict,
        Fault::Refused,
        Fault::Invalid(Vec::new()),
        Fault::Slowed { after: None },
        Fault::NotOffered("x"),
        Fault::ReadOnly("x"),
        Fault::Unrecorded(text()),
        Fault::Garbled(text()),
        Fault::NotTheApi(text()),
        Fault::Cut,
        Fault::TooLarge,
        Fault::Redirected(text()),
        Fault::Cancelled,
        Fault::UnderWay,
        Fault::NoConsent,
        Fault::NotApplied(None),
        Fault::NoSecret(text()),
        Fault::Foreign,
    ]
}

#[test]
fn every_fault_has_a_name_of_its_own_for_scripts() {
    let kinds: BTreeSet<&str> = faults().iter().map(Fault::kind).collect();
    assert_eq!(kinds.len(), faults().len());
    let fits = |kind: &&str| kind.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    assert!(kinds.iter().all(fits));
}

#[test]
fn an_error_names_its_verb_its_fault_and_the_services_words() {
    let error = ApiError::new(Verb::OrgDelete, Fault::Forbidden);
    assert_eq!(error.to_string(), "org delete: forbidden");
    let error = error.words("Only\nadministrators");
    let shown = "org delete: forbidden: Only␊administrators";
    assert_eq!(error.to_string(), shown);
}

#[test]
fn r7_a_servers_words_are_cleaned_and_short() {
    for words in hostile().into_values().flatten() {
        let error = ApiError::new(Verb::OrgShow, Fault::Refused).words(words.as_str());
        let shown = error.to_string();
        assert!(!shown.contains(char::is_control), "{shown:?}");
    }
    let long = ApiError::new(Verb::OrgShow, Fault::Refused).words("a".repeat(5_000));
    assert_eq!(
        long.to_string().chars().count(),
        "org show: refused: ".len() + 200
    );
}
