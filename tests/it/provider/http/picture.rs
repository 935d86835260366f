//! R100: an image is fetched from wherever a record says it is, with nothing of ours but the question, from
//! machines that everybody reaches, and not one byte more than a logo may have.

use orgdeck::domain::image::LARGEST;
use orgdeck::domain::{Fault, Text};

use super::{CANARY, account, transport};
use crate::support::wire::{Step, Wire, answer, say};
use orgdeck::provider::http::Transport;

const GIF: &[u8] = b"GIF89a small";

#[tokio::test]
async fn r100_an_image_is_fetched_without_a_token_and_told_without_its_signature() {
    let wire = Wire::serve([say(answer(200, &["content-type: image/gif"], GIF))]);
    let (transport, heard) = transport(&wire);
    let place = format!("http://{}/logos/shop.gif", wire.address());
    let address = Text::from(format!("{place}?signature=secret#part"));
    let image = transport.picture(&address).await.unwrap();
    assert_eq!((&image.bytes()[..], image.name().raw()), (GIF, "shop.gif"));
    let [told] = &heard.sent()[..] else {
        panic!("one request is told");
    };
    assert_eq!(told.target.raw(), place);
    drop(transport);
    let log = wire.finish().await;
    let [taken] = &log.requests[..] else {
        panic!("one request: {log:?}");
    };
    assert_eq!(taken.line, "GET /logos/shop.gif?signature=secret HTTP/1.1");
    for header in ["authorization", "cookie", "referer"] {
        assert_eq!(taken.header(header), None);
    }
    assert!(!String::from_utf8_lossy(&taken.bytes).contains(CANARY));
}

#[tokio::test]
async fn r100_a_redirect_is_not_followed() {
    let elsewhere = Wire::serve([say(answer(200, &[], GIF))]);
    let location = format!("location: http://{}/logo.gif", elsewhere.address());
    let wire = Wire::serve([say(answer(302, &[&location], b""))]);
    let (transport, _) = transport(&wire);
    let address = Text::from(format!("http://{}/logo.gif", wire.address()));
    let error = transport.picture(&address).await.unwrap_err();
    assert!(matches!(error.fault, Fault::Redirected(_)), "{error:?}");
    assert_eq!(elsewhere.finish().await.connections, 0);
}

#[tokio::test]
async fn r100_what_is_too_large_cut_or_no_image_is_not_taken() {
    let huge = format!("HTTP/1.1 200 .\r\ncontent-length: {}\r\n\r\n", LARGEST + 1);
    let flood = vec![Step::Take, Step::Send(huge.into_bytes()), Step::Flood(GIF)];
    for (script, is_it) in [
        (
            flood,
            (|fault| *fault == Fault::TooLarge) as fn(&Fault) -> bool,
        ),
        (say(answer(200, &[], b"<html>")), |fault| {
            matches!(fault, Fault::Garbled(_))
        }),
        (say(answer(404, &[], GIF)), |fault| *fault == Fault::Missing),
        (
            say(&b"HTTP/1.1 200 .\r\ncontent-length: 99\r\n\r\nGIF89a"[..]),
            |fault| *fault == Fault::Cut,
        ),
    ] {
        let wire = Wire::serve([script]);
        let (transport, _) = transport(&wire);
        let address = Text::from(format!("http://{}/logo.gif", wire.address()));
        let error = transport.picture(&address).await.unwrap_err();
        assert!(is_it(&error.fault), "{error:?}");
    }
}

#[tokio::test]
async fn r100_no_machine_of_a_private_network_is_asked() {
    let wire = Wire::serve([say(answer(200, &[], GIF))]);
    // Of a service out there nothing leads to this machine, whatever its records say.
    let (account, _) = account("https://api.example");
    let transport = Transport::new(account, &[]);
    for address in [
        format!("http://{}/logo.gif", wire.address()),
        format!("https://{}/logo.gif", wire.address()),
        "https://10.0.0.1/logo.gif".to_owned(),
        "https://169.254.169.254/latest/meta-data".to_owned(),
        "https://[::1]/logo.gif".to_owned(),
        "https://[fd00::1]/logo.gif".to_owned(),
        "https://localhost/logo.gif".to_owned(),
        "http://93.184.216.34/logo.gif".to_owned(),
        "https://user:word@93.184.216.34/logo.gif".to_owned(),
        "file:///etc/passwd".to_owned(),
        "ftp://93.184.216.34/logo.gif".to_owned(),
        "no address".to_owned(),
    ] {
        let error = transport
            .picture(&Text::from(address.as_str()))
            .await
            .unwrap_err();
        assert!(
            matches!(error.fault, Fault::Insecure(_)),
            "{address}: {error:?}"
        );
    }
    assert_eq!(wire.finish().await.connections, 0);
}
