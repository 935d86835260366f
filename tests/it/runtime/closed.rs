//! What Escape stops waiting for is over for the service too: its connection closes.

use futures_util::stream;
use orgdeck::app::Input;
use orgdeck::app::model::Model;
use orgdeck::app::place::Size;
use orgdeck::app::store::{Account, Store};
use orgdeck::domain::{Actor, Profile};
use orgdeck::gate::Gate;
use orgdeck::journal::memory::Memory;
use orgdeck::runtime::clock::Clock;
use orgdeck::runtime::{self, Front, Session, Shared};
use tokio::io::AsyncReadExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::sandbox::origin;
use crate::support::link::{limits, link, services};
use crate::support::rig::{parse, settings};

/// A front that nobody looks at.
struct Dark;

impl Front for Dark {
    fn show(&mut self, _: &Model) {}

    async fn ready(&self) {}
}

/// Reads a request to the end of its head.
async fn head(stream: &mut TcpStream) {
    let mut read = Vec::new();
    while !read.ends_with(b"\r\n\r\n") {
        read.push(stream.read_u8().await.unwrap());
    }
}

#[tokio::test]
async fn escape_closes_the_connection_it_waited_on() {
    for (service, _) in services() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (ear, news) = unbounded_channel();
        let hears = move |news| drop(ear.send(news));
        let at = (url.as_str(), "sk_test_0123456789");
        let link = link(&Profile::new("shop"), &service, at, (limits(), hears));
        let account = Account::new(link.connection.clone(), link.capabilities());
        let size = Size {
            width: 80,
            height: 24,
        };
        let model = Model::new(size, settings(), Store::new(vec![account]));
        let gate = Gate::new(std::sync::Arc::new(Memory::default()), origin);
        let session = Session {
            readings: orgdeck::runtime::reload::unwatched(),
            clock: Clock::starting(origin),
            actor: Actor::new("ana", "test"),
            news,
            drafts: None,
        };
        let (keys, inputs) = unbounded_channel();
        let input = stream::unfold(inputs, async |mut inputs: UnboundedReceiver<Input>| {
            let input = inputs.recv().await?;
            Some((input, inputs))
        });
        let input = std::pin::pin!(input);
        let mut front = Dark;
        let program = runtime::run(
            &mut front,
            input,
            (Shared::new([link], gate), session),
            model,
        );
        let server = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            head(&mut stream).await;
            for key in parse("<esc>") {
                keys.send(Input::Key(key)).unwrap();
            }
            let mut rest = [0; 1];
            // Nothing is answered: only the other end can end this.
            let ended = stream.read(&mut rest).await;
            assert!(
                matches!(ended, Ok(0) | Err(_)),
                "{}: {ended:?}",
                service.name
            );
            drop(keys);
        };
        tokio::join!(program, server);
    }
}
