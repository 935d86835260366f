//! Ids are opaque, and belong to one profile.

use orgdeck::domain::{OrgId, UserId};

use super::hostile;
use super::sample::{other_profile, profile};

#[test]
fn ids_go_back_as_they_came() {
    for key in hostile().into_values().flatten() {
        let id = UserId::new(&profile(), key.as_str());
        assert_eq!(id.raw(), key);
        assert_eq!(id.text().raw(), key);
        assert!(!format!("{id:?}").contains(char::is_control));
    }
}

#[test]
fn the_same_number_in_two_profiles_is_two_ids() {
    let (here, there) = (
        OrgId::new(&profile(), "41"),
        OrgId::new(&other_profile(), "41"),
    );
    assert_ne!(here, there);
    assert_eq!(here, OrgId::new(&profile(), "41"));
    assert_ne!(here, OrgId::new(&profile(), "041"));
    assert_eq!(here.profile(), &profile());
    assert_eq!(format!("{here:?}"), r#"work:"41""#);
}
