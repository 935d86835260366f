//! A server's certificate, as far as people want to know: who made it, and until when it holds. It was
//! verified before; nothing here decides whether it is trusted.
//!
//! The few fields are read from DER (X.690) by hand; what is not as expected is not told.

use jiff::Timestamp;

use crate::domain::Text;

/// What a certificate says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The name of who made it.
    pub issuer: Text,
    /// Until when it holds.
    pub ends: Timestamp,
}

const INTEGER: u8 = 0x02;
const OBJECT: u8 = 0x06;
const UTC_TIME: u8 = 0x17;
const TIME: u8 = 0x18;
const SEQUENCE: u8 = 0x30;
const VERSION: u8 = 0xa0;

/// `commonName` and `organizationName` (X.520), the better one last.
const NAMES: [&[u8]; 2] = [&[0x55, 4, 10], &[0x55, 4, 3]];

/// Characters of a name that are kept.
const KEPT: usize = 200;

impl Certificate {
    /// Reads a certificate in DER.
    pub(super) fn read(der: &[u8]) -> Option<Self> {
        let (certificate, _) = take(der, SEQUENCE)?;
        let (mut body, _) = take(certificate, SEQUENCE)?;
        if let Some((_, rest)) = take(body, VERSION) {
            body = rest;
        }
        let (_, body) = take(body, INTEGER)?;
        let (_, body) = take(body, SEQUENCE)?;
        let (issuer, body) = take(body, SEQUENCE)?;
        let (validity, _) = take(body, SEQUENCE)?;
        let (_, _, rest) = next(validity)?;
        let (tag, ends, _) = next(rest)?;
        Some(Self {
            issuer: name(issuer)?,
            ends: time(tag, ends)?,
        })
    }
}

/// The best name in a list of sets of attributes.
fn name(mut sets: &[u8]) -> Option<Text> {
    let mut best = None;
    while let Some((_, set, rest)) = next(sets) {
        sets = rest;
        let (attribute, _) = take(set, SEQUENCE)?;
        let (kind, value) = take(attribute, OBJECT)?;
        let (_, value, _) = next(value)?;
        let rank = NAMES.iter().position(|name| *name == kind);
        let better = best.as_ref().is_none_or(|(before, _)| rank >= *before);
        if rank.is_some() && better {
            best = Some((rank, value));
        }
    }
    let (_, value) = best?;
    let text = String::from_utf8_lossy(value);
    Some(Text::from(text.chars().take(KEPT).collect::<String>()))
}

/// `YYMMDDhhmmssZ` of these fifty years, or `YYYYMMDDhhmmssZ`.
fn time(tag: u8, bytes: &[u8]) -> Option<Timestamp> {
    let text = std::str::from_utf8(bytes).ok().filter(|it| it.is_ascii())?;
    let century = match tag {
        UTC_TIME if text.get(..2)? < "50" => "20",
        UTC_TIME => "19",
        TIME => "",
        _ => return None,
    };
    let digits = format!("{century}{}", text.strip_suffix('Z')?);
    let part = |from: usize, to: usize| digits.get(from..to);
    let (year, month, day) = (part(0, 4)?, part(4, 6)?, part(6, 8)?);
    let (hour, minute, second) = (part(8, 10)?, part(10, 12)?, part(12, 14)?);
    let written = format!("{year}-{month}-{day}T{hour}:{minute}:{second}Z");
    (digits.len() == 14).then(|| written.parse().ok()).flatten()
}

/// The content of the next value, if it has this tag, and what is behind it.
fn take(bytes: &[u8], wanted: u8) -> Option<(&[u8], &[u8])> {
    let (tag, content, rest) = next(bytes)?;
    (tag == wanted).then_some((content, rest))
}

/// The tag and content of the next value, and what is behind it.
fn next(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = if first < 0x80 {
        (usize::from(first), rest)
    } else {
        let count = usize::from(first & 0x7f);
        if !(1..=4).contains(&count) {
            return None;
        }
        let (long, rest) = rest.split_at_checked(count)?;
        let length = long
            .iter()
            .fold(0, |length, byte| length << 8 | usize::from(*byte));
        (length, rest)
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((tag, content, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_to_write_a_time_are_read() {
        for (tag, text, wanted) in [
            (UTC_TIME, "260102030405Z", Some("2026-01-02T03:04:05Z")),
            (UTC_TIME, "500102030405Z", Some("1950-01-02T03:04:05Z")),
            (TIME, "20560102030405Z", Some("2056-01-02T03:04:05Z")),
            // The standard's way to say "never"; no clock goes that far.
            (TIME, "99991231235959Z", None),
            (UTC_TIME, "260102030405", None),
            (UTC_TIME, "2601020304Z", None),
            (UTC_TIME, "261302030405Z", None),
            (OBJECT, "260102030405Z", None),
            (UTC_TIME, "é60102030405Z", None),
        ] {
            let wanted = wanted.map(|it| it.parse().unwrap());
            assert_eq!(time(tag, text.as_bytes()), wanted, "{text}");
        }
    }

    /// Cut anywhere, or with any byte turned, it is read or not, and nothing breaks.
    #[test]
    fn what_is_no_certificate_is_not_told() {
        let attribute = |kind: u8, text: &str| {
            let mut value = vec![
                OBJECT,
                3,
                0x55,
                4,
                kind,
                0x0c,
                u8::try_from(text.len()).unwrap(),
            ];
            value.extend(text.bytes());
            wrapped(0x31, &wrapped(SEQUENCE, &value))
        };
        let issuer = [
            attribute(10, "Harbour"),
            attribute(3, "Harbour R1"),
            attribute(6, "PT"),
        ];
        let mut times = wrapped(UTC_TIME, b"250102030405Z");
        times.extend(wrapped(UTC_TIME, b"270102030405Z"));
        let body = [
            wrapped(VERSION, &[INTEGER, 1, 2]),
            wrapped(INTEGER, &[7]),
            wrapped(SEQUENCE, &[]),
            wrapped(SEQUENCE, &issuer.concat()),
            wrapped(SEQUENCE, &times),
        ];
        let der = wrapped(SEQUENCE, &wrapped(SEQUENCE, &body.concat()));
        let read = Certificate::read(&der).unwrap();
        assert_eq!(read.issuer.raw(), "Harbour R1");
        assert_eq!(read.ends.to_string(), "2027-01-02T03:04:05Z");
        for cut in 0..der.len() {
            assert_eq!(Certificate::read(&der[..cut]), None);
        }
        for at in 0..der.len() {
            for turned in [0x00, 0x7f, 0x80, 0x84, 0xff] {
                let mut bad = der.clone();
                bad[at] = turned;
                let _ = Certificate::read(&bad);
            }
        }
    }

    fn wrapped(tag: u8, content: &[u8]) -> Vec<u8> {
        let mut value = vec![tag, 0x81, u8::try_from(content.len()).unwrap()];
        value.extend(content);
        value
    }
}
