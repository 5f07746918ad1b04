//! What an attached file is, by its content: JPEG (ITU-T T.81), PNG (W3C, 3rd edition), WebP (RFC 9649) or PDF (ISO 32000).
//!
//! First bytes and the least structure are looked at, so that nothing that a browser would take for a page or a program goes
//! by the name of a photo. Pictures are not decoded; what follows the end of a picture is not looked at.

mod jpeg;
mod pdf;
mod png;
mod webp;

use std::fmt;

/// A sort of file that may be attached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `image/jpeg`.
    Jpeg,
    /// `image/png`.
    Png,
    /// `image/webp`.
    WebP,
    /// `application/pdf`.
    Pdf,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Jpeg, Self::Png, Self::WebP, Self::Pdf];

    /// The sort of this media type, if it may be attached.
    #[must_use]
    pub fn of_media_type(media_type: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.media_type() == media_type)
    }

    /// The sort of a file, if its content is of any.
    ///
    /// ```
    /// use nguon_ingest::media::Kind;
    /// assert_eq!(Kind::of_content(b"%PDF-1.7\n...\nstartxref\n9\n%%EOF\n"), Some(Kind::Pdf));
    /// assert_eq!(Kind::of_content(b"<script>"), None);
    /// ```
    #[must_use]
    pub fn of_content(bytes: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.is_sound(bytes))
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
            Self::Pdf => "application/pdf",
        }
    }

    /// The most bytes that such a file may have.
    #[must_use]
    pub const fn most(self) -> u64 {
        match self {
            Self::Jpeg | Self::Png | Self::WebP => 2 * 1024 * 1024,
            Self::Pdf => 10 * 1024 * 1024,
        }
    }

    /// Whether a file that begins so may be one; `true` as long as too little of it is there.
    #[must_use]
    pub fn may_begin(self, start: &[u8]) -> bool {
        let begins = |magic: &[u8]| start.iter().zip(magic).all(|(found, wanted)| found == wanted);
        match self {
            Self::Jpeg => begins(jpeg::MAGIC),
            Self::Png => begins(png::MAGIC),
            Self::WebP => {
                begins(webp::RIFF)
                    && start.get(8..).is_none_or(|name| name.starts_with(&webp::WEBP[..name.len().min(4)]))
            }
            Self::Pdf => begins(pdf::MAGIC),
        }
    }

    /// Whether a whole file is one.
    fn is_sound(self, bytes: &[u8]) -> bool {
        match self {
            Self::Jpeg => jpeg::is_sound(bytes),
            Self::Png => png::is_sound(bytes),
            Self::WebP => webp::is_sound(bytes),
            Self::Pdf => pdf::is_sound(bytes),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.media_type())
    }
}
