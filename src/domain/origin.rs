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
    /// The origin that a text names: `https`, or `http` on a loopback address. A trailing slash or `/v1` is removed.
    ///
    /// # Errors
    /// When it is no such address.
    pub fn parse(text: &str) -> Result<Self, NotAnOrigin> {
        let text = text.trim().trim_end_matches('/');
        let text = text.strip_suffix("/v1").unwrap_or(text);
        let url = Url::parse(text).map_err(|_| NotAnOrigin::Unreadable)?;
        let bare = url.path() == "/" && url.query().is_none() && url.username().is_empty();
        match url.scheme() {
            _ if !bare || url.password().is_some() || url.fragment().is_some() => {
                Err(NotAnOrigin::More)
            }
            "https" if url.has_host() => Ok(Self(url)),
            "http" if is_loopback(&url) => Ok(Self(url)),
            "http" => Err(NotAnOrigin::Plain),
            _ => Err(NotAnOrigin::Unreadable),
        }
    }

    /// The address without a trailing slash.
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// Whether the connection is encrypted.
    pub fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    }
}
