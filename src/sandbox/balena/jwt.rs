//! Session tokens: text in three parts whose middle says whose it is and how long it lasts.
//!
//! Nobody verifies them: a session is valid because the world knows its token.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

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
    use super::base64url;

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
        }
    }
}
