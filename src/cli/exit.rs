//! Exit codes: what a script learns without reading a word. The table is INTERFACE's.

use crate::domain::{ApiError, Fault};

/// What the codes mean.
pub(super) const TABLE: &[(&str, &str)] = &[
    ("0", "done; also when nobody reads the output any more"),
    ("1", "any other failure"),
    (
        "2",
        "wrong words or configuration, or a needed confirmation is missing",
    ),
    ("3", "signed out, or no access"),
    ("4", "not found"),
    (
        "5",
        "refused by a rule or the service, read-only, not offered, ambiguous",
    ),
    ("6", "rate limited"),
    (
        "7",
        "service or network unavailable, or its answer unreadable",
    ),
    ("8", "partly done, or only some profiles answered"),
    ("9", "outcome unknown"),
    ("10", "differs"),
    ("128+n", "ended by signal n; 130 by Ctrl-C"),
];

/// The codes as a table in Markdown, as README holds it.
pub fn table() -> String {
    let row = |(code, meaning): &(&str, &str)| format!("| {code} | {meaning} |\n");
    let rows: String = TABLE.iter().map(row).collect();
    format!("| code | meaning |\n| --- | --- |\n{rows}")
}

/// Done.
pub(super) const DONE: u8 = 0;
/// Something else failed.
pub(super) const OTHER: u8 = 1;
/// The arguments or the configuration are wrong, or a needed confirmation is missing.
pub(super) const USAGE: u8 = 2;
/// There is no such thing.
pub(super) const NOT_FOUND: u8 = 4;
/// Refused by a rule or the service.
pub(super) const REFUSED: u8 = 5;
/// Partly done, or some profiles answered and some did not.
pub(super) const PARTLY: u8 = 8;
/// It may have been applied.
pub(super) const UNKNOWN: u8 = 9;

/// The code of one fault.
pub(super) fn of(fault: &Fault) -> u8 {
    match fault {
        Fault::SignedOut
        | Fault::Renewed
        | Fault::SecondFactor
        | Fault::Forbidden
        | Fault::Unseen
        | Fault::NoSecret(_) => 3,
        Fault::Missing => NOT_FOUND,
        Fault::Conflict
        | Fault::Refused
        | Fault::Invalid(_)
        | Fault::NotOffered(_)
        | Fault::ReadOnly(_)
        | Fault::Unrecorded(_)
        | Fault::UnderWay
        | Fault::NoConsent
        | Fault::Foreign => REFUSED,
        Fault::Slowed { .. } => 6,
        Fault::Offline(_)
        | Fault::Insecure(_)
        | Fault::TimedOut
        | Fault::Unavailable
        | Fault::Garbled(_)
        | Fault::NotTheApi(_)
        | Fault::Cut
        | Fault::TooLarge
        | Fault::Redirected(_)
        | Fault::NotApplied(_) => 7,
        Fault::Cancelled => OTHER,
    }
}

/// The code of what a signal ended.
pub(super) fn by_signal(signal: i32) -> u8 {
    u8::try_from(128 + signal).unwrap_or(u8::MAX)
}

/// What one of the profiles that were asked came to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Asked {
    /// Whether its answer came to an end.
    pub(super) answered: bool,
    /// What went wrong, with it or with some of its rows.
    pub(super) errors: Vec<ApiError>,
}

/// The code of a read on these profiles.
pub(super) fn of_read(asked: &[Asked]) -> u8 {
    let code = |asked: &Asked| asked.errors.first().map_or(DONE, |error| of(&error.fault));
    if let [one] = asked {
        return match (one.answered, one.errors.is_empty()) {
            (true, false) => PARTLY,
            (true | false, _) => code(one),
        };
    }
    let counts = |error: &&ApiError| !matches!(error.fault, Fault::NotOffered(_));
    let errors = || asked.iter().flat_map(|asked| &asked.errors);
    if asked.iter().any(|asked| asked.answered) {
        return match errors().find(counts) {
            Some(_) => PARTLY,
            None => DONE,
        };
    }
    asked
        .iter()
        .map(code)
        .find(|code| *code != DONE)
        .unwrap_or(DONE)
}

/// How one target of a write ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// It is so now.
    Done,
    /// It may have been applied.
    Unknown,
    /// It was refused or not sent, with this code.
    Failed(u8),
    /// Nothing had to be sent for it.
    Skipped,
}

/// The code of a write on these targets that nothing interrupted.
pub(super) fn of_write(ended: &[Ended]) -> u8 {
    let first = ended.iter().find_map(|one| match one {
        Ended::Failed(code) => Some(*code),
        Ended::Done | Ended::Unknown | Ended::Skipped => None,
    });
    match first {
        _ if ended.contains(&Ended::Unknown) => UNKNOWN,
        None => DONE,
        Some(_) if ended.contains(&Ended::Done) => PARTLY,
        Some(code) => code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Verb;

    fn failed(fault: Fault) -> Asked {
        Asked {
            answered: false,
            errors: vec![ApiError::new(Verb::OrgList, fault)],
        }
    }

    fn answered() -> Asked {
        Asked {
            answered: true,
            errors: Vec::new(),
        }
    }

    #[test]
    fn one_profile_has_its_own_code() {
        assert_eq!(of_read(&[answered()]), 0);
        assert_eq!(of_read(&[failed(Fault::SignedOut)]), 3);
        assert_eq!(of_read(&[failed(Fault::NotOffered("no"))]), 5);
    }

    #[test]
    fn several_profiles_share_one() {
        let slow = failed(Fault::Slowed { after: None });
        assert_eq!(of_read(&[answered(), slow.clone()]), 8);
        assert_eq!(of_read(&[answered(), failed(Fault::NotOffered("no"))]), 0);
        assert_eq!(of_read(&[slow, failed(Fault::Missing)]), 6);
    }

    #[test]
    fn a_list_that_lacks_rows_is_partly_there() {
        let partly = Asked {
            answered: true,
            ..failed(Fault::TimedOut)
        };
        assert_eq!(of_read(&[partly]), 8);
    }

    #[test]
    fn unknown_comes_before_partly() {
        use Ended::{Done, Failed, Skipped, Unknown};
        assert_eq!(of_write(&[Done, Unknown, Failed(5)]), 9);
        assert_eq!(of_write(&[Done, Failed(5)]), 8);
        assert_eq!(of_write(&[Failed(4), Failed(5)]), 4);
        assert_eq!(of_write(&[Done, Skipped]), 0);
        assert_eq!(of_write(&[]), 0);
    }

    #[test]
    fn a_signal_has_its_number() {
        assert_eq!((by_signal(2), by_signal(15)), (130, 143));
    }
}
