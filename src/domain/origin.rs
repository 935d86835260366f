//! Origins: scheme, host and port, the only place that a profile's requests go to.

use url::Url;

/// Where the requests of a profile go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(Url);

/// Why a text is no origin that requests may go to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnOrigin {
    /// It is no web address.
    #[error("not a web address")]
    Unreadable,
    /// It is plain http to another machine.
    #[error("plain http is used to this machine's own loopback addresses only")]
    Plain,
    /// It has more than scheme, host and port.
    #[error("an address without path, query and user is needed")]
    More,
}

impl Origin {
    /// The origin that a text names: `https`, or `http` on a loopback address. A trailing slash or
    /// `/v1` is removed.
    ///
    /// # Errors
    /// When it is no such address.
    pub fn parse(text: &str) -> Result<Self, NotAnOrigin> {
        let mut url = Url::parse(text.trim()).map_err(|_| NotAnOrigin::Unreadable)?;
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&url) => {}
            "http" => return Err(NotAnOrigin::Plain),
            _ => return Err(NotAnOrigin::Unreadable),
        }
        if !is_bare(&url) {
            return Err(NotAnOrigin::More);
        }
        url.set_path("");
        Ok(Self(url))
    }

    /// The address without a trailing slash.
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// Whether the connection is encrypted.
    pub fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Whether it is on this machine.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.0)
    }
}

fn is_bare(url: &Url) -> bool {
    matches!(url.path().trim_end_matches('/'), "" | "/v1")
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none()
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    }
}
