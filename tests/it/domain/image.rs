//! Logos are checked by their bytes, before anything is sent.

use orgdeck::domain::Image;
use orgdeck::domain::image::{ImageKind, LARGEST, NotAnImage};

const JPEG: &[u8] = b"\xff\xd8\xff\xe0";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const GIF: &[u8] = b"GIF89a";
const WEBP: &[u8] = b"RIFF\x01\x02\x03\x04WEBPVP8 ";

#[test]
fn the_bytes_tell_the_kind_whatever_the_name() {
    for (bytes, kind, content_type) in [
        (JPEG, ImageKind::Jpeg, "image/jpeg"),
        (PNG, ImageKind::Png, "image/png"),
        (GIF, ImageKind::Gif, "image/gif"),
        (b"GIF87a", ImageKind::Gif, "image/gif"),
        (WEBP, ImageKind::Webp, "image/webp"),
    ] {
        let image = Image::new("logo.txt", bytes.to_vec()).unwrap();
        assert_eq!(image.kind(), kind);
        assert_eq!(kind.content_type(), content_type);
        assert_eq!(&**image.bytes(), bytes);
        assert_eq!(image.name().raw(), "logo.txt");
    }
}

#[test]
fn r74_what_is_no_image_is_refused() {
    let cut = [&JPEG[..2], &PNG[..7], &GIF[..5], &WEBP[..11]];
    let others: [&[u8]; 5] = [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"BM6\x00",
        b"GIF88a",
        b"RIFF\x01\x02\x03\x04WAVE",
    ];
    for bytes in cut.into_iter().chain(others) {
        let refused = Image::new("logo.png", bytes.to_vec());
        assert_eq!(refused, Err(NotAnImage::Kind), "{bytes:?}");
    }
}

#[test]
fn the_largest_image_is_as_large_as_the_services_take() {
    let sized = |size| {
        let mut bytes = PNG.to_vec();
        bytes.resize(size, 0);
        Image::new("logo.png", bytes)
    };
    assert_eq!(LARGEST, 10_485_760);
    assert_eq!(sized(LARGEST).unwrap().bytes().len(), LARGEST);
    assert_eq!(sized(LARGEST + 1), Err(NotAnImage::Size));
}

#[test]
fn debug_output_leaves_the_bytes_out() {
    let image = Image::new("a\u{1b}.png", PNG.to_vec()).unwrap();
    let shown = format!("{image:?}");
    assert_eq!(shown, r#"Image("a\u{1b}.png", Png, 8 bytes)"#);
}
