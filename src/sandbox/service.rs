//! The three services whose protocols the emulator speaks.

use serde::Deserialize;

/// One of the three services; each has a face of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Service {
    /// balenaCloud, or an openBalena server.
    Balena,
    /// Clerk's Backend API.
    Clerk,
    /// Vulos Identity.
    Vulos,
}

impl Service {
    /// Every service, in the order of their listeners' ports.
    pub const ALL: [Self; 3] = [Self::Balena, Self::Clerk, Self::Vulos];

    /// The service's name as it is written in token files and configurations.
    pub fn name(self) -> &'static str {
        match self {
            Self::Balena => "balena",
            Self::Clerk => "clerk",
            Self::Vulos => "vulos",
        }
    }

    pub(super) fn index(self) -> usize {
        match self {
            Self::Balena => 0,
            Self::Clerk => 1,
            Self::Vulos => 2,
        }
    }
}
