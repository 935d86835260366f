//! Logos: what may be uploaded, and what happens to it.

use orgdeck::sandbox::Service::Clerk;
use serde_json::json;

use super::{Answer, Desk, refusal};

/// A part of a multipart body, with what follows its `form-data;`.
fn part(disposition: &str, kind: &str, content: &str) -> String {
    let kind = if kind.is_empty() {
        String::new()
    } else {
        format!("Content-Type: {kind}\r\n")
    };
    format!("--X\r\nContent-Disposition: form-data; {disposition}\r\n{kind}\r\n{content}\r\n")
}

fn file(kind: &str, content: &str) -> String {
    part("name=\"file\"; filename=\"new.gif\"", kind, content)
}

async fn upload(desk: &Desk, slug: &str, parts: &[String]) -> Answer {
    let line = format!("PUT /v1/organizations/{}/logo", desk.org(slug));
    let body = parts.concat() + "--X--\r\n";
    let headers = [("Content-Type", "multipart/form-data; boundary=X")];
    desk.send(&line, &headers, &body).await
}

#[tokio::test]
async fn a_logo_is_set_and_removed_once() {
    let desk = Desk::open();
    let slug = "partner-portal";
    let set = upload(&desk, slug, &[file("image/gif", "GIF89a")])
        .await
        .done();
    assert_eq!(set["has_image"], true);
    assert_eq!(set["logo_url"], set["image_url"]);
    desk.world(|world| {
        let org = world.org_by_slug(Clerk, slug).unwrap();
        let logo = org.logo.as_ref().unwrap();
        assert_eq!(
            (logo.filename.as_str(), &logo.bytes[..]),
            ("new.gif", &b"GIF89a"[..])
        );
        assert_eq!(logo.content_type, "image/gif");
    });
    let line = format!("DELETE /v1/organizations/{}/logo", desk.org(slug));
    let removed = desk.ask(&line).await.done();
    assert_eq!(removed["has_image"], false);
    assert_ne!(removed["image_url"], set["image_url"]);
    assert!(
        removed["image_url"]
            .as_str()
            .unwrap()
            .starts_with("https://")
    );
    assert_eq!(
        desk.ask(&line).await.refused(),
        refusal(404, "resource_not_found")
    );
}

#[tokio::test]
async fn only_pictures_of_four_types_are_taken() {
    let desk = Desk::open();
    for kind in ["image/jpeg", "image/png", "image/gif", "image/webp"] {
        upload(&desk, "acme-shop", &[file(kind, "x")]).await.done();
    }
    for kind in ["image/svg+xml", "text/html", ""] {
        let answer = upload(&desk, "acme-shop", &[file(kind, "x")]).await;
        assert_eq!(
            answer.refused(),
            refusal(422, "form_param_value_invalid file"),
            "{kind}"
        );
    }
}

#[tokio::test]
async fn ten_megabytes_are_the_most() {
    let desk = Desk::open();
    let largest = "x".repeat(10_485_760);
    upload(&desk, "acme-shop", &[file("image/png", &largest)])
        .await
        .done();
    let answer = upload(&desk, "acme-shop", &[file("image/png", &(largest + "x"))]).await;
    assert_eq!(answer.refused(), refusal(413, "request_body_too_large"));
}

#[tokio::test]
async fn an_upload_is_multipart_and_has_a_file() {
    let desk = Desk::open();
    let missing = refusal(400, "form_param_missing file");
    let no_file = part("name=\"uploader_user_id\"", "", "user_1");
    assert_eq!(
        upload(&desk, "acme-shop", &[no_file]).await.refused(),
        missing
    );
    let no_name = part("name=\"file\"", "image/png", "x");
    assert_eq!(
        upload(&desk, "acme-shop", &[no_name]).await.refused(),
        missing
    );
    let other = part("name=\"logo\"; filename=\"a.png\"", "image/png", "x");
    assert_eq!(
        upload(&desk, "acme-shop", &[other]).await.refused(),
        missing
    );
    assert_eq!(upload(&desk, "acme-shop", &[]).await.refused(), missing);
    let line = format!("PUT /v1/organizations/{}/logo", desk.org("acme-shop"));
    let plain = desk.tell(&line, json!({"file": "x"})).await;
    assert_eq!(plain.refused(), refusal(415, "unsupported_content_type"));
}

#[tokio::test]
async fn the_uploader_is_a_user() {
    let desk = Desk::open();
    let by = |user: &str| {
        [
            file("image/png", "x"),
            part("name=\"uploader_user_id\"", "", user),
        ]
    };
    let ana = desk.user("ana@acme.example");
    upload(&desk, "acme-shop", &by(&ana)).await.done();
    let nobody = upload(&desk, "acme-shop", &by("user_nobody")).await;
    assert_eq!(nobody.refused(), refusal(404, "resource_not_found"));
}
