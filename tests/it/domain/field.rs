//! Fields and their specs.

use orgdeck::domain::field::Need;
use orgdeck::domain::{FieldKind, FieldSpec, Fields, Text, Value};

#[test]
fn fields_are_told_in_the_order_of_their_keys_and_the_last_value_counts() {
    let text = |text: &str| Value::Text(Text::from(text));
    let mut fields = Fields::default()
        .with("website", text("a"))
        .with("name", text("b"));
    assert!(Fields::default().is_empty() && !fields.is_empty());
    fields.set("website", Value::Flag(true));
    let keys: Vec<&str> = fields.iter().map(|(key, _)| key).collect();
    assert_eq!(keys, ["name", "website"]);
    assert_eq!(fields.text("name"), Some(&Text::from("b")));
    assert_eq!(fields.text("website"), None);
    assert_eq!(fields.get("website"), Some(&Value::Flag(true)));
    assert_eq!(fields.get("city"), None);
}

#[test]
fn a_field_that_is_not_offered_says_why() {
    let required = FieldSpec::required("name", "Name", FieldKind::Email).hint("yours");
    assert_eq!((required.need, required.hint), (Need::Required, "yours"));
    let optional = FieldSpec::optional("city", "City", FieldKind::Country);
    assert_eq!(optional.need, Need::Optional);
    assert_eq!(optional.kind, FieldKind::Country);
    let absent = FieldSpec::absent("role", "Role", "none can be given");
    assert_eq!(absent.need, Need::NotOffered("none can be given"));
    let offered = [required, optional, absent].map(|spec| spec.is_offered());
    assert_eq!(offered, [true, true, false]);
}
