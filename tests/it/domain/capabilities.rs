//! What a connection can do.

use orgdeck::domain::{Capabilities, Fidelity, Offer, Verb};

#[test]
fn a_verb_that_is_left_out_is_not_offered() {
    let mut table = Capabilities::offering(&[
        (Verb::OrgList, Offer::Native),
        (
            Verb::InviteResend,
            Offer::Composed(&[Verb::InviteRevoke, Verb::InviteCreate]),
        ),
    ]);
    assert_eq!(table.refusal(Verb::OrgList), None);
    assert_eq!(table.refusal(Verb::InviteResend), None);
    assert!(table.refusal(Verb::InviteAccept).is_some());
    table.set_offer(Verb::OrgList, Offer::No("organizations are switched off"));
    let why = Some("organizations are switched off");
    assert_eq!(table.refusal(Verb::OrgList), why);
    table.set_offer(Verb::InviteAccept, Offer::Native);
    assert_eq!(table.offer(Verb::InviteAccept), Offer::Native);
}

#[test]
fn what_no_table_names_cannot_be_undone_and_is_labelled_by_its_key() {
    let mut table = Capabilities::offering(&[]);
    table.undo = &[(Verb::OrgEdit, Fidelity::Exact)];
    table.attributes = &[("zip_code", "Zip code")];
    assert_eq!(table.fidelity(Verb::OrgEdit), Fidelity::Exact);
    let none = table.fidelity(Verb::OrgDelete);
    assert!(matches!(none, Fidelity::Impossible(_)), "{none:?}");
    assert_eq!(table.label("zip_code"), "Zip code");
    assert_eq!(table.label("tax_number"), "tax_number");
}
