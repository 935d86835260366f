//! Failures: the client's errors as faults of ours, in words that hold no address and no secret.

use std::error::Error;
use std::io;

use rustls::CertificateError;

use super::Response;
use super::attempt::Broken;
use crate::domain::{Fault, Text};

/// Characters of foreign words that are kept.
const KEPT: usize = 200;

/// The fault of an answer that did not come from the API: an HTML page of a proxy, say. `None` when
/// the content type is JSON or there is no body to judge.
pub fn not_the_api(response: &Response) -> Option<Fault> {
    let html = response.content_type == "text/html" || response.body.starts_with(b"<");
    html.then(|| Fault::NotTheApi(Text::from(response.content_type.as_str())))
}

/// Why no client could be made: the certificates are the only thing that can be missing.
pub(super) fn of_build(error: &reqwest::Error) -> Fault {
    Fault::Insecure(root(error))
}

/// Why there is no head of an answer, and whether the request can have left.
pub(super) fn of_sending(error: &reqwest::Error) -> Broken {
    let fault = tls(error).unwrap_or_else(|| {
        if error.is_timeout() {
            Fault::TimedOut
        } else if error.is_dns() {
            Fault::Offline(Text::from("the host's name is not known"))
        } else if causes(error).any(|cause| cause.to_string().starts_with("invalid HTTP")) {
            Fault::Garbled(Text::from("the answer is not HTTP"))
        } else {
            Fault::Offline(root(error))
        }
    });
    if error.is_connect() {
        Broken::Unsent(fault)
    } else {
        Broken::Unanswered(fault)
    }
}

/// Why a body ended early.
pub(super) fn of_body(error: &reqwest::Error) -> Fault {
    for c in causes(error) {
        eprintln!("CAUSE {c:?}");
    }
    Fault::Cut
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
        other => return cut(&format!("the certificate cannot be accepted: {other}")),
    };
    Text::from(words)
}

/// The words of the innermost cause.
fn root(error: &reqwest::Error) -> Text {
    causes(error).last().map_or_else(
        || Text::from("no connection"),
        |cause| cut(&cause.to_string()),
    )
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
