//! What a file is, by its first bytes: its name and what a program says of it count for nothing.

/// A file that may go with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// JPEG
    Jpeg,
    /// PNG
    Png,
    /// WebP
    Webp,
    /// HEIC, as some phones write it: drawn anew where the browser can read it
    Heic,
    /// A document
    Pdf,
}

impl Kind {
    /// Of a file's bytes; `None` for what may not go along.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        const HEIC: [&[u8]; 5] = [b"heic", b"heix", b"mif1", b"heim", b"avif"];
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            [_, _, _, _, b'f', b't', b'y', b'p', a, b, c, d, ..] if HEIC.contains(&&[*a, *b, *c, *d][..]) => {
                Some(Self::Heic)
            }
            _ => None,
        }
    }

    /// As records say it.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Heic => "image/heic",
            Self::Pdf => "application/pdf",
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_file_is_stands_in_it() {
        for (bytes, kind) in [
            (&b"\xff\xd8\xff\xe0"[..], Some(Kind::Jpeg)),
            (b"\x89PNG\r\n\x1a\n....", Some(Kind::Png)),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Some(Kind::Webp)),
            (b"\0\0\0\x18ftypheic", Some(Kind::Heic)),
            (b"%PDF-1.7", Some(Kind::Pdf)),
            (b"<svg xmlns=", None),
            (b"<html>", None),
            (b"GIF89a", None),
            (b"MZ", None),
            (b"", None),
        ] {
            assert_eq!(Kind::of(bytes), kind, "{bytes:?}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_judged(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _ = Kind::of(&bytes);
        }
    }
}
