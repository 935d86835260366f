//! Each connection is bound to its own origin: no service ever hears the token of another one.

use std::collections::BTreeSet;

use orgdeck::sandbox::Service;

use super::stage::{Stage, TOKENS};

/// Lines that ask everybody, or write somewhere.
const LINES: &[&str] = &[
    "org list",
    "whoami",
    "doctor",
    "profile test",
    "member list balena/acme_fleet",
    "member list clerk/acme-shop",
    "member list vulos/41",
    "invite list",
    "invite create balena/acme_fleet a@new.example --role member --yes",
    "invite create clerk/acme-shop a@new.example --role org:member --yes",
    "invite create vulos/41 a@new.example --yes",
    "org show vulos/4294967338",
];

#[test]
fn r72_each_service_hears_its_own_token_and_no_other() {
    let stage = Stage::new();
    for line in LINES {
        let ran = stage.run(line);
        assert_eq!(ran.code, Some(0), "{line}: {ran}");
    }
    for (service, token) in Service::ALL.into_iter().zip(TOKENS) {
        let requests = stage.sandbox.requests(service);
        assert!(requests.len() >= 5, "{service:?}");
        let heard: BTreeSet<_> = requests
            .iter()
            .flat_map(|request| request.headers.get_all("authorization"))
            .map(|value| value.to_str().unwrap().to_owned())
            .collect();
        assert_eq!(heard, BTreeSet::from([format!("Bearer {token}")]));
        for request in requests {
            let cookies = request.headers.contains_key("cookie");
            assert!(!cookies, "{}", request.target);
            let body = String::from_utf8_lossy(&request.body).into_owned();
            let all = format!("{} {body}", request.target);
            assert!(!TOKENS.iter().any(|token| all.contains(token)), "{all}");
        }
    }
}
