//! Tests of the schema: it names what the parser takes, and nothing else.

use orgdeck::config::file;
use serde_json::Value;

use super::KNOWN;

fn keys(object: &Value) -> Vec<&str> {
    let fields = object["properties"].as_object().unwrap();
    fields.keys().map(String::as_str).collect()
}

#[test]
fn the_schema_names_every_key_and_every_service() {
    let schema = file::schema(KNOWN);
    let mut top = keys(&schema);
    top.sort_unstable();
    assert_eq!(top, ["journal_keep", "profiles", "refresh", "removal_cap"]);
    let profile = &schema["$defs"]["ProfileFile"];
    let names = [
        "body",
        "ca_file",
        "production",
        "provider",
        "read_only",
        "token",
        "url",
    ];
    let mut found = keys(profile);
    found.sort_unstable();
    assert_eq!(found, names);
    assert_eq!(
        profile["required"],
        serde_json::json!(["provider", "token"])
    );
    let services = serde_json::json!(["balena", "clerk", "vulos"]);
    assert_eq!(profile["properties"]["provider"]["enum"], services);
    let mut places = keys(&schema["$defs"]["TokenFile"]);
    places.sort_unstable();
    assert_eq!(places, ["command", "env", "file", "keyring", "oauth"]);
    for name in ["ProfileFile", "TokenFile", "OauthFile"] {
        assert_eq!(
            schema["$defs"][name]["additionalProperties"], false,
            "{name}"
        );
    }
}

#[test]
fn every_key_of_the_schema_is_one_that_the_parser_takes() {
    let schema = file::schema(KNOWN);
    for key in keys(&schema["$defs"]["ProfileFile"]) {
        let text = format!("[profiles.x]\n{key} = []\n");
        let wrong = file::parse(text.as_bytes(), "c", KNOWN).unwrap_err();
        assert!(!wrong.message.contains("unknown"), "{key}: {wrong}");
    }
}
