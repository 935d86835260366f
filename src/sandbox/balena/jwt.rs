//! Session tokens: text in three parts whose middle says whose it is and how long it lasts.
//!
//! Nobody verifies them: a session is valid because the world knows its token.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::sandbox::dice::Dice;
use crate::sandbox::world::{PersonKey, SecondFactor};

/// How long a session lasts.
pub(super) const LIFE: SignedDuration = SignedDuration::from_hours(7 * 24);

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Whether `token` has the form of a session's, not of an API key.
pub(super) fn is_session(token: &str) -> bool {
    token.split('.').count() == 3
}

/// A new session token of `person`, from `now` to the end of its life.
pub(super) fn issue(person: PersonKey, factor: SecondFactor, now: Timestamp) -> String {
    let mut dice = Dice::fresh();
    let mut claims = json!({
        "id": person.0,
        "jwt_secret": dice.letters(32),
        "authTime": now.as_millisecond(),
        "iat": now.as_second(),
        "exp": (now + LIFE).as_second(),
    });
    match factor {
        SecondFactor::NotNeeded => {}
        SecondFactor::Missing => claims["twoFactorRequired"] = json!(true),
        SecondFactor::Passed => claims["twoFactorRequired"] = json!(false),
    }
    let head = json!({"alg": "HS256", "typ": "JWT"});
    let [head, claims] = [head, claims].map(|part| base64url(part.to_string().as_bytes()));
    format!("{head}.{claims}.{}", dice.letters(43))
}

/// What a token says of its second factor; a key and a text that is no session say nothing.
pub(in crate::sandbox) fn factor(token: &str) -> SecondFactor {
    let claims = token.split('.').nth(1).and_then(decoded);
    let claims = claims.and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    match claims.and_then(|claims| claims["twoFactorRequired"].as_bool()) {
        Some(true) => SecondFactor::Missing,
        Some(false) => SecondFactor::Passed,
        None => SecondFactor::NotNeeded,
    }
}

fn decoded(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| ALPHABET.iter().position(|digit| *digit == byte);
    let digits: Option<Vec<usize>> = text.bytes().map(digit).collect();
    let of_four = |digits: &[usize]| {
        let bits = (0..4).fold(0, |bits, index| {
            bits << 6 | digits.get(index).copied().unwrap_or(0)
        });
        let bytes = [16, 8, 0].map(|shift| u8::try_from(bits >> shift & 255).unwrap_or(0));
        bytes.into_iter().take(digits.len() * 6 / 8)
    };
    Some(digits?.chunks(4).flat_map(of_four).collect())
}

fn base64url(bytes: &[u8]) -> String {
    let chunks = bytes.chunks(3).flat_map(|chunk| {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        let digits = [18, 12, 6, 0].map(|shift| ALPHABET[(bits >> shift & 63) as usize]);
        digits.into_iter().take(chunk.len() + 1).map(char::from)
    });
    chunks.collect()
}

#[cfg(test)]
mod tests {
    use super::{base64url, decoded, factor};
    use crate::sandbox::world::SecondFactor;

    #[test]
    fn bytes_are_written_without_padding() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg"),
            ("fo", "Zm8"),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
            ("\u{fb}\u{ff}?", "w7vDvz8"),
        ] {
            assert_eq!(base64url(bytes.as_bytes()), text);
            assert_eq!(decoded(text).unwrap(), bytes.as_bytes());
        }
    }

    #[test]
    fn a_token_says_whether_its_second_factor_is_due() {
        let token = |claims: &str| format!("e30.{}.x", base64url(claims.as_bytes()));
        let missing = token(r#"{"twoFactorRequired":true}"#);
        assert_eq!(factor(&missing), SecondFactor::Missing);
        let passed = token(r#"{"twoFactorRequired":false}"#);
        assert_eq!(factor(&passed), SecondFactor::Passed);
        for other in ["key", "a.!.c", "e30.e30.x", "e30.MQ.x"] {
            assert_eq!(factor(other), SecondFactor::NotNeeded, "{other}");
        }
    }
}
