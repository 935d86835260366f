//! Calls: methods, queries and bodies on the wire.

use orgdeck::domain::request::{Part, PartContent};
use orgdeck::domain::{Body, Image, Method, Request, Verb};
use orgdeck::provider::http::Sent;
use serde_json::json;

use super::transport;
use crate::support::permit::permit;
use crate::support::wire::{Taken, Wire, answer, say};

async fn taken(request: &Request) -> Taken {
    let wire = Wire::serve([say(answer(200, &[], b"{}"))]);
    let (transport, _) = transport(&wire);
    let sent = transport
        .write(Verb::OrgEdit, request, permit().await)
        .await;
    assert!(matches!(sent, Sent::Answered(_)), "{sent:?}");
    drop(transport);
    let mut log = wire.finish().await;
    assert_eq!((log.connections, log.requests.len()), (1, 1));
    log.requests.remove(0)
}

#[tokio::test]
async fn methods_and_bodies_go_out_as_they_are() {
    for method in [Method::Post, Method::Put, Method::Patch, Method::Delete] {
        let taken = taken(&Request::new(method, "/v1/x").query("a=1")).await;
        assert_eq!(
            taken.line,
            format!("{} /v1/x?a=1 HTTP/1.1", method.as_str())
        );
        assert_eq!(
            (taken.header("content-type"), taken.body()),
            (None, String::new())
        );
    }
    let json = Request::new(Method::Post, "/v1/x").json(json!({"email": "a@b.example"}));
    let json = taken(&json).await;
    assert_eq!(json.header("content-type").unwrap(), "application/json");
    assert_eq!(json.body(), r#"{"email":"a@b.example"}"#);

    let fields = [("a", "1 2"), ("b", "ü&="), ("a", "3")];
    let fields = fields.map(|(key, value)| (key.to_owned(), value.to_owned()));
    let mut form = Request::new(Method::Post, "/v1/x");
    form.body = Body::Form(fields.to_vec());
    let form = taken(&form).await;
    assert_eq!(
        form.header("content-type").unwrap(),
        "application/x-www-form-urlencoded"
    );
    assert_eq!(form.body(), "a=1+2&b=%C3%BC%26%3D&a=3");
}

#[tokio::test]
async fn files_go_out_as_parts_in_order() {
    let image = Image::new("a \"b\"\r\n.gif", b"GIF89a\x01".to_vec()).unwrap();
    let part = |name: &str, content| Part {
        name: name.to_owned(),
        content,
    };
    let mut request = Request::new(Method::Put, "/v1/organizations/1/logo");
    request.body = Body::Multipart(vec![
        part("uploader", PartContent::Text("user_1".to_owned())),
        part("file", PartContent::File(image)),
    ]);
    let taken = taken(&request).await;
    let kind = taken.header("content-type").unwrap();
    let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
    let body = taken.body().replace(boundary, "B");
    assert_eq!(
        body,
        "--B\r\nContent-Disposition: form-data; name=\"uploader\"\r\n\r\nuser_1\r\n\
         --B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a \\\"b\\\"__.gif\"\r\n\
         Content-Type: image/gif\r\n\r\nGIF89a\u{1}\r\n--B--\r\n"
    );
}
