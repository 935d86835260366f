//! The forms of a secret: as it is, quoted, in digits, and in base64, wherever in a longer text it stands.

use secrecy::zeroize::Zeroizing;

const LOWER: &[u8; 16] = b"0123456789abcdef";
const UPPER: &[u8; 16] = b"0123456789ABCDEF";

/// The digits of base64 that both alphabets share, and the two in which they differ.
const SIXTY_TWO: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const LAST_TWO: [&[u8; 2]; 2] = [b"+/", b"-_"];

/// Bits of a first digit of base64 that belong to what stands before, by the three places in a group.
const SKIPPED: [usize; 3] = [0, 4, 2];

/// A secret as a text may carry it.
pub(super) type Form = Zeroizing<Vec<u8>>;

/// The ways in which a text may carry a secret.
pub(super) fn forms(secret: &[u8]) -> Vec<Form> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let mut forms = vec![Zeroizing::new(secret.to_vec()), quoted(secret)];
    for digits in [LOWER, UPPER] {
        forms.push(written(secret, |_| false, (b"", digits)));
        forms.push(written(secret, |_| false, (b"%", digits)));
        forms.push(written(secret, is_plain, (b"%", digits)));
    }
    for last in LAST_TWO {
        forms.extend(SKIPPED.map(|skipped| base64(secret, skipped, *last)));
    }
    forms
}

/// As it stands in a string of JSON.
fn quoted(secret: &[u8]) -> Form {
    let mut out = Zeroizing::new(Vec::with_capacity(secret.len() * 2));
    for byte in secret {
        if b"\"\\".contains(byte) {
            out.push(b'\\');
        }
        out.push(*byte);
    }
    out
}

/// Each byte in two digits behind a mark, but for those that are kept.
fn written(
    secret: &[u8],
    is_kept: impl Fn(u8) -> bool,
    (mark, digits): (&[u8], &[u8; 16]),
) -> Form {
    let mut out = Zeroizing::new(Vec::with_capacity(secret.len() * 3));
    for byte in secret {
        if is_kept(*byte) {
            out.push(*byte);
        } else {
            let [high, low] = [byte >> 4, byte & 15].map(usize::from);
            out.extend_from_slice(mark);
            out.extend([digits[high], digits[low]]);
        }
    }
    out
}

/// The digits that the secret alone decides, wherever in a longer text it stood.
fn base64(secret: &[u8], skipped: usize, last: [u8; 2]) -> Form {
    let bits = secret.len() * 8;
    let mut out = Zeroizing::new(Vec::with_capacity(bits / 6));
    for bit in (skipped..).step_by(6).take_while(|bit| bit + 6 <= bits) {
        let next = secret.get(bit / 8 + 1).copied().unwrap_or_default();
        let pair = u16::from_be_bytes([secret[bit / 8], next]);
        let digit = usize::from(pair >> (10 - bit % 8) & 63);
        let common = SIXTY_TWO.get(digit).copied();
        out.push(common.unwrap_or_else(|| last[digit - SIXTY_TWO.len()]));
    }
    out
}
