//! Tests of settings, mirroring `src/config`.

mod edit;
mod environment;
mod file;
mod found;
mod layers;
mod profiles;
mod schema;
mod words;

use orgdeck::config::Known;

/// The services as these tests know them.
const KNOWN: &[Known] = &[
    Known {
        name: "balena",
        default_url: "https://api.balena-cloud.com",
    },
    Known {
        name: "clerk",
        default_url: "https://api.clerk.com",
    },
    Known {
        name: "vulos",
        default_url: "https://id.vulos.example",
    },
];
