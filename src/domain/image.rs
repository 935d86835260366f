//! Images for logos: checked by what they are, before anything is sent.

use std::fmt::{self, Write as _};
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::Text;

/// The largest image that the services take, in bytes.
pub const LARGEST: usize = 10_485_760;

/// The kinds of image that the services take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageKind {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// GIF.
    Gif,
    /// WebP.
    Webp,
}

impl ImageKind {
    /// The content type on the wire.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
        }
    }

    /// The kind that the first bytes of a file tell, whatever its name says.
    fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            [
                b'R',
                b'I',
                b'F',
                b'F',
                _,
                _,
                _,
                _,
                b'W',
                b'E',
                b'B',
                b'P',
                ..,
            ] => Some(Self::Webp),
            _ => None,
        }
    }
}

/// Why a file cannot be a logo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnImage {
    /// Its first bytes are of no kind that the services take.
    #[error("not a JPEG, PNG, GIF or WebP image")]
    Kind,
    /// It is larger than [`LARGEST`].
    #[error("larger than 10 MiB")]
    Size,
}

/// An image that has passed the checks.
#[derive(Clone, PartialEq, Eq)]
pub struct Image {
    name: Text,
    path: Option<Text>,
    kind: ImageKind,
    bytes: Arc<[u8]>,
}

impl Image {
    /// An image from the bytes of a file called `name`.
    ///
    /// # Errors
    /// When it is too large or of no kind that the services take.
    pub fn new(name: impl Into<Text>, bytes: Vec<u8>) -> Result<Self, NotAnImage> {
        if bytes.len() > LARGEST {
            return Err(NotAnImage::Size);
        }
        let kind = ImageKind::of(&bytes).ok_or(NotAnImage::Kind)?;
        Ok(Self {
            name: name.into(),
            path: None,
            kind,
            bytes: bytes.into(),
        })
    }

    /// The same image, which can be read again from there.
    #[must_use]
    pub fn from_path(self, path: impl Into<Text>) -> Self {
        Self {
            path: Some(path.into()),
            ..self
        }
    }

    /// Where it was read from, if that is known.
    pub fn path(&self) -> Option<&Text> {
        self.path.as_ref()
    }

    /// The name of its file, without folders.
    pub fn name(&self) -> &Text {
        &self.name
    }

    /// What its bytes are.
    pub fn kind(&self) -> ImageKind {
        self.kind
    }

    /// The bytes.
    pub fn bytes(&self) -> &Arc<[u8]> {
        &self.bytes
    }
}

/// The hash of some bytes, by which they are known again.
pub fn digest(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter().fold(String::new(), |mut hex, byte| {
        // Text grows without failing.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

impl fmt::Debug for Image {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Image({:?}, {:?}, {} bytes)",
            self.name,
            self.kind,
            self.bytes.len()
        )
    }
}
