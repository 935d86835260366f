//! Which addresses may be sent a token.

use orgdeck::domain::Origin;

fn parsed(text: &str) -> Result<String, String> {
    let origin = Origin::parse(text).map_err(|error| error.to_string())?;
    Ok(origin.as_str().to_owned())
}

#[test]
fn https_goes_anywhere_and_is_cut_to_its_origin() {
    for (text, origin) in [
        ("https://api.clerk.com", "https://api.clerk.com"),
        (" https://api.clerk.com/ ", "https://api.clerk.com"),
        ("https://api.clerk.com/v1", "https://api.clerk.com"),
        ("https://api.clerk.com/v1/", "https://api.clerk.com"),
        ("HTTPS://API.Example:443", "https://api.example"),
        ("https://api.example:8443", "https://api.example:8443"),
        ("https://v1", "https://v1"),
        (
            "https://[2001:db8::1]:8443/v1",
            "https://[2001:db8::1]:8443",
        ),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
    ] {
        assert_eq!(parsed(text), Ok(origin.to_owned()), "{text}");
    }
}

#[test]
fn r11_plain_http_stays_on_this_machine() {
    for text in [
        "http://127.0.0.1",
        "http://127.0.0.1:8080/v1",
        "http://127.8.8.8",
        "http://localhost:8080",
        "http://LOCALHOST",
        "http://[::1]:8080",
    ] {
        let origin = Origin::parse(text).unwrap();
        assert!(origin.is_loopback() && !origin.is_https(), "{text}");
    }
    for text in [
        "http://api.clerk.com",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil",
        "http://localhost.",
        "http://notlocalhost",
        "http://128.0.0.1",
        "http://0.0.0.0",
        "http://[::ffff:127.0.0.1]",
        "http://[2001:db8::1]",
        "http://localhost@evil.example",
        "http://127.0.0.1:8080@evil.example",
        "http://evil.example#127.0.0.1",
        "http://evil.example\\@127.0.0.1",
    ] {
        let plain = "plain http is used to this machine's own loopback addresses only";
        assert_eq!(parsed(text), Err(plain.to_owned()), "{text}");
    }
}

#[test]
fn an_origin_has_no_user_path_or_query() {
    for text in [
        "https://api.clerk.com@evil.example",
        "https://user@api.example",
        "https://user:secret@api.example",
        "https://:secret@api.example",
        "https://api.example/v2",
        "https://api.example/v1/organizations",
        "https://api.example/v1/..//v1/x",
        "https://api.example?key=secret",
        "https://api.example#top",
        "http://user@127.0.0.1",
    ] {
        let more = "an address without path, query and user is needed";
        assert_eq!(parsed(text), Err(more.to_owned()), "{text}");
    }
}

#[test]
fn anything_else_is_no_address() {
    for text in [
        "",
        "api.clerk.com",
        "localhost:8080",
        "127.0.0.1:8080",
        "//api.clerk.com",
        "ftp://api.example",
        "ws://127.0.0.1",
        "file:///etc/passwd",
        "https://",
        "https://api.example:99999",
        "https://a b.example",
    ] {
        assert_eq!(parsed(text), Err("not a web address".to_owned()), "{text}");
    }
}
