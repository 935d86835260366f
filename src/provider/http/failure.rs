//! Failures: the client's errors as faults of ours, in words that hold no address and no secret.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the enums of errors are other crates' and grow"
)]

use std::error::Error;
use std::io::{self, ErrorKind};

use rustls::CertificateError;

use super::Response;
use super::attempt::Broken;
use crate::domain::{ApiError, Fault, Text, Verb};

/// Characters of foreign words that are kept.
const KEPT: usize = 200;

/// The fault of an answer that did not come from the API: an HTML page of a proxy, say. `None` when
/// there is no body to judge.
pub fn not_the_api(response: &Response) -> Option<Fault> {
    let kind = response.content_type.as_str();
    let body = response.body.strip_prefix(b"\xef\xbb\xbf");
    let body = body.unwrap_or(&response.body).trim_ascii_start();
    let page = matches!(kind, "text/html" | "application/xhtml+xml") || body.starts_with(b"<");
    (page && !body.is_empty()).then(|| Fault::NotTheApi(Text::from(kind)))
}

/// What is to be said beside a fault that the status alone told, when a page came in the place of words.
pub fn page_beside(fault: &Fault, response: &Response) -> Option<Text> {
    let is_told = matches!(fault, Fault::NotTheApi(_));
    let page = not_the_api(response).filter(|_| !is_told);
    page.map(|_| {
        let kind = Text::from(response.content_type.as_str());
        let kind = kind.excerpt(KEPT);
        Text::from(format!("a proxy or sign-in page answered, of type {kind}"))
    })
}

/// What came in place of an answer that proves what became of a change: its status and type are told, and
/// nothing of what it holds.
pub fn unproven(verb: Verb, response: &Response) -> ApiError {
    let fault = not_the_api(response).unwrap_or_else(|| {
        if response.is_success() {
            let kind = &response.content_type;
            Fault::Garbled(Text::from(format!(
                "it tells nothing of the change, of type {kind}"
            )))
        } else {
            Fault::Unavailable
        }
    });
    response.error(verb, fault)
}

/// Why no client could be made: the certificates are the only thing that can be missing.
pub(super) fn of_build(error: &reqwest::Error) -> Fault {
    Fault::Insecure(cause(error))
}

/// Why there is no head of an answer, and whether the request can have left.
pub(super) fn of_sending(error: &reqwest::Error) -> Broken {
    let fault = tls(error).or_else(|| garbage(error)).unwrap_or_else(|| {
        if error.is_timeout() {
            Fault::TimedOut
        } else if error.is_dns() {
            Fault::Offline(Text::from("the host's name is not known"))
        } else {
            Fault::Offline(cause(error))
        }
    });
    if error.is_connect() {
        Broken::Unsent(fault)
    } else {
        Broken::Unanswered(fault)
    }
}

/// Why a body ended early: it broke off, or what came could not be taken apart.
pub(super) fn of_body(error: &reqwest::Error) -> Fault {
    match io_kind(error) {
        Some(ErrorKind::InvalidData | ErrorKind::InvalidInput | ErrorKind::Other) => {
            Fault::Garbled(Text::from("the body cannot be decoded"))
        }
        Some(ErrorKind::TimedOut) => Fault::TimedOut,
        Some(_) | None => Fault::Cut,
    }
}

/// The fault of a connection that could not be made safe.
fn tls(error: &reqwest::Error) -> Option<Fault> {
    let cause = causes(error).find_map(|cause| cause.downcast_ref::<rustls::Error>())?;
    let words = match cause {
        rustls::Error::InvalidCertificate(reason) => certificate(reason),
        other => cut(&format!("no encrypted connection: {other}")),
    };
    Some(Fault::Insecure(words))
}

fn certificate(reason: &CertificateError) -> Text {
    use CertificateError as Bad;
    let words = match reason {
        Bad::UnknownIssuer => "the certificate's issuer is not trusted",
        Bad::Expired | Bad::ExpiredContext { .. } => "the certificate has expired",
        Bad::NotValidYet | Bad::NotValidYetContext { .. } => "the certificate is not valid yet",
        Bad::NotValidForName | Bad::NotValidForNameContext { .. } => {
            "the certificate is for another host"
        }
        Bad::Revoked => "the certificate was revoked",
        Bad::BadEncoding => "the certificate cannot be read",
        Bad::BadSignature => "the certificate's signature does not fit",
        Bad::InvalidPurpose | Bad::InvalidPurposeContext { .. } => {
            "the certificate is not meant for a server"
        }
        other => return Text::from(rule(other)),
    };
    Text::from(words)
}

/// A rule that a certificate breaks. Which one is told by a name in the library's code alone.
fn rule(broken: &CertificateError) -> String {
    let told = format!("{broken:?}");
    if told.contains("CaUsedAsEndEntity") {
        let words = "the certificate is an authority's own (it says CA) and must not be a server's";
        return words.to_owned();
    }
    let name = told.rsplit('(').next().unwrap_or_default();
    let mut words = String::from("the certificate breaks a rule:");
    for letter in name.chars().filter(char::is_ascii_alphanumeric) {
        if letter.is_ascii_uppercase() {
            words.push(' ');
        }
        words.push(letter.to_ascii_lowercase());
    }
    words
}

/// The fault of an answer that is no HTTP. That is told in words only, not in a type.
fn garbage(error: &reqwest::Error) -> Option<Fault> {
    let said = ["invalid HTTP", "message head is too large"];
    causes(error)
        .map(ToString::to_string)
        .find(|words| said.iter().any(|start| words.starts_with(start)))
        .map(|words| Fault::Garbled(cut(&words)))
}

/// What is behind an error, in few words.
fn cause(error: &reqwest::Error) -> Text {
    let words = match io_kind(error) {
        Some(ErrorKind::ConnectionRefused) => "connection refused",
        Some(ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe) => {
            "the connection was broken off"
        }
        Some(ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable) => {
            "the host cannot be reached"
        }
        _ => {
            let innermost = causes(error).last().map(ToString::to_string);
            return cut(innermost.as_deref().unwrap_or("no connection"));
        }
    };
    Text::from(words)
}

fn io_kind(error: &reqwest::Error) -> Option<ErrorKind> {
    causes(error)
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .last()
        .map(io::Error::kind)
}

fn cut(words: &str) -> Text {
    Text::from(words.chars().take(KEPT).collect::<String>())
}

/// The causes of an error, outermost first. The error itself is left out: it names the address.
fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    std::iter::successors(error.source(), |cause| cause_of(*cause))
}

/// An I/O error passes its content's cause off as its own, but the content is what tells most.
fn cause_of<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref)
    {
        Some(content) => Some(content),
        None => error.source(),
    }
}
