//! Images of records, from wherever their addresses lead: without a token, never to a machine that only we can
//! reach, and no further than the address itself says.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use reqwest::header::ACCEPT;
use tokio::net::lookup_host;
use tokio::time::{Instant, timeout_at};
use url::{Host, Url};

use super::client::{self, End, Purpose};
use super::mask::Masks;
use super::{Limits, Response, Transport, answer, failure};
use crate::domain::image::LARGEST;
use crate::domain::news::Sent;
use crate::domain::{ApiError, Fault, Image, Method, News, Origin, Text, Verb};

/// The longest that an image is waited for: a question stands behind it.
const PATIENCE: Duration = Duration::from_secs(10);

/// A place that may be asked for an image.
struct Place {
    url: Url,
    host: String,
    origin: Origin,
    addresses: Vec<SocketAddr>,
}

impl Transport {
    /// Fetches an image. It may be on a machine of somebody else: neither our token nor anything else of ours
    /// goes there, and a redirect is not followed.
    ///
    /// # Errors
    /// When the address is none that may be asked, or there is no image of a size and kind that the services
    /// take.
    pub async fn picture(&self, address: &Text) -> Result<Image, ApiError> {
        let started = Instant::now();
        let _room = self.room.one().await;
        let deadline = started + self.account.limits.read.min(PATIENCE);
        let fetched = timeout_at(deadline, self.fetched(address, deadline)).await;
        let fetched = fetched.unwrap_or(Err(Fault::TimedOut));
        let error = |fault: &Fault| ApiError::new(Verb::OrgShow, fault.clone());
        let ended = fetched.as_ref().map(|response| response.status);
        (self.account.ear)(News::Sent(Box::new(Sent {
            profile: self.account.profile.clone(),
            verb: Verb::OrgShow,
            method: Method::Get,
            target: unsigned(address),
            ended: ended.map_err(|fault| Box::new(error(fault))),
            // It may be somebody else's machine.
            served_at: None,
            took: started.elapsed(),
            trace: None,
        })));
        image(address, fetched).map_err(|fault| error(&fault))
    }

    async fn fetched(&self, address: &Text, deadline: Instant) -> Result<Response, Fault> {
        let place = place(address, &self.account.origin).await?;
        let end = End {
            origin: &place.origin,
            roots: self.account.roots.as_deref(),
            connect: self.account.limits.connect,
            known: Some((&place.host, &place.addresses)),
        };
        let client = client::build(end, &[], Purpose::Reads).await?;
        let asked = client.get(place.url.clone()).header(ACCEPT, "image/*");
        let asked = asked.send().await;
        let mut answer = asked.map_err(|error| failure::of_sending(&error).fault().clone())?;
        // Nobody there was told a secret.
        let masks = Masks::default();
        if let Some(fault) = answer::redirect(&answer, &masks) {
            return Err(fault);
        }
        let mut response = Response::head(&answer, self.account.wall, &masks);
        let limits = Limits {
            largest: LARGEST,
            ..self.account.limits.clone()
        };
        response.fill(&mut answer, &limits, deadline).await?;
        Ok(response)
    }
}

fn image(address: &Text, fetched: Result<Response, Fault>) -> Result<Image, Fault> {
    let response = fetched?;
    if !response.is_success() {
        return Err(Fault::Missing);
    }
    let words = |why: &dyn std::fmt::Display| Fault::Garbled(Text::from(why.to_string()));
    Image::new(name(address), response.body.to_vec()).map_err(|why| words(&why))
}

/// The last part of the path, without what signs it.
fn name(address: &Text) -> Text {
    let place = unsigned(address);
    let last = place.raw().rsplit('/').next().unwrap_or_default();
    Text::from(if last.is_empty() { "logo" } else { last })
}

/// An address without its query: that may be what opens it.
fn unsigned(address: &Text) -> Text {
    let end = address.raw().find(['?', '#']);
    Text::from(&address.raw()[..end.unwrap_or(address.raw().len())])
}

/// Where an address leads, if it may be asked: encrypted, on a machine that everybody can reach. What is asked
/// for on this machine itself comes from this machine, which is how a sandbox serves it.
async fn place(address: &Text, own: &Origin) -> Result<Place, Fault> {
    let refused = |why: &str| Fault::Insecure(Text::from(why));
    let mut url = Url::parse(address.raw()).map_err(|_| refused("it is no web address"))?;
    url.set_fragment(None);
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refused("the address of an image names a user"));
    }
    let origin = Origin::parse(&url.origin().ascii_serialization());
    let origin = origin.map_err(|why| Fault::Insecure(Text::from(why.to_string())))?;
    let port = url.port_or_known_default().unwrap_or(443);
    let addresses: Vec<SocketAddr> = match url.host() {
        Some(Host::Ipv4(ip)) => vec![SocketAddr::new(ip.into(), port)],
        Some(Host::Ipv6(ip)) => vec![SocketAddr::new(ip.into(), port)],
        Some(Host::Domain(name)) => {
            let found = lookup_host((name, port)).await;
            let found = found.map_err(|error| Fault::Offline(Text::from(error.to_string())))?;
            found.collect()
        }
        None => Vec::new(),
    };
    let may_be_asked = |ip: IpAddr| is_public(ip) || (own.is_loopback() && ip.is_loopback());
    if addresses.is_empty() || !addresses.iter().all(|at| may_be_asked(at.ip())) {
        return Err(refused("the image is on a machine of a private network"));
    }
    Ok(Place {
        host: url.host_str().unwrap_or_default().to_owned(),
        url,
        origin,
        addresses,
    })
}

/// Whether an address is one that everybody reaches the same machine by.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let is_kept = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation()
        || ip.is_multicast();
    // "This network", shared by providers, of protocols, of measurements, of the future.
    let is_special = a == 0
        || (a == 100 && (64..128).contains(&b))
        || (a, b, c) == (192, 0, 0)
        || (a == 198 && (b == 18 || b == 19))
        || a >= 240;
    !is_kept && !is_special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [first, second, third, ..] = ip.segments();
    let last = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        Ipv4Addr::new(a, b, c, d)
    };
    let [.., high, low] = ip.segments();
    // Addresses of the older kind in the dress of the newer one.
    if let Some(ip) = ip.to_ipv4_mapped() {
        return is_public_v4(ip);
    }
    match (first, second) {
        (0x64, 0xff9b) => is_public_v4(last(high, low)),
        (0x2002, _) => is_public_v4(last(second, third)),
        (0x2001, 0xdb8 | 0) => false,
        _ => (0x2000..0x4000).contains(&first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r100_only_machines_that_everybody_reaches_are_asked() {
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "198.18.0.1",
            "192.0.2.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::1",
            "2001:db8::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }
}
