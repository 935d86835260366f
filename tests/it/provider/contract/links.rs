//! Addresses that stand in answers, of logos and of anything else: reading asks nothing of them.

use std::io::ErrorKind;
use std::net::TcpListener;

use orgdeck::domain::Verb;
use orgdeck::sandbox::Options;

use super::cast::Cast;
use super::{Stand, services};
use crate::sandbox::origin;

#[tokio::test]
async fn r100_reading_asks_nothing_of_the_addresses_in_its_answers() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    let host = elsewhere.local_addr().unwrap().to_string();
    let options = Options {
        host: Some(host.clone().leak()),
        ..Options::demo(origin())
    };
    let mut named = 0;
    for service in services() {
        for verb in Verb::ALL.iter().copied() {
            let stand = Stand::sized(service, &options);
            let pictures = format!("http://{host}/img");
            stand
                .sandbox
                .world(|world| world.settings.pictures = pictures);
            let cast = Cast::of(&stand);
            if stand.link.check(verb).is_err() {
                continue;
            }
            if let Some(query) = cast.query(verb) {
                let answer = stand.link.query(query).await.unwrap();
                named += usize::from(format!("{answer:?}").contains(&host));
            }
        }
    }
    assert!(named > 0, "no answer names an address there");
    let heard = elsewhere.accept().unwrap_err().kind();
    assert_eq!(heard, ErrorKind::WouldBlock, "somebody asked there");
}
