//! What an organization is called, and its attributes.

use orgdeck::domain::{Attribute, Text, Told, Value};

use super::sample::{named_org, org};

#[test]
fn an_organization_is_called_by_name_else_slug_else_id() {
    let mut org = org("41");
    assert_eq!(org.display_name().raw(), "41");
    org.slug = Told::Is(Text::from("harbour"));
    assert_eq!(org.display_name().raw(), "harbour");
    org.name = Told::Empty;
    assert_eq!(org.display_name().raw(), "harbour");
    assert_eq!(named_org("41", "Harbour").display_name().raw(), "Harbour");
}

#[test]
fn absent_null_and_empty_attributes_are_empty() {
    let mut org = org("41");
    org.attributes = vec![
        Attribute::text("city", Some(Text::from("Porto"))),
        Attribute::text("state", Some(Text::from(""))),
        Attribute::text("website", None),
    ];
    let porto = Told::Is(Value::Text(Text::from("Porto")));
    assert_eq!(org.attribute("city"), Some(&porto));
    assert_eq!(org.attribute("state"), Some(&Told::Empty));
    assert_eq!(org.attribute("website"), Some(&Told::Empty));
    assert_eq!(org.attribute("country"), None);
}
