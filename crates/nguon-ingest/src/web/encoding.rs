//! Choosing a precompressed form by `Accept-Encoding` (RFC 9110 §12.5.3).

use axum::http::{HeaderMap, header};

/// How a file may be stored beside itself, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Brotli,
    Gzip,
}

impl Encoding {
    pub(super) const BEST_FIRST: [Self; 2] = [Self::Brotli, Self::Gzip];

    /// The content coding's name.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// What a file in this form is called more than the file itself.
    pub(super) const fn suffix(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
        }
    }

    /// Whether the client takes it.
    pub(super) fn is_accepted(self, headers: &HeaderMap) -> bool {
        let values = headers.get_all(header::ACCEPT_ENCODING).into_iter().filter_map(|value| value.to_str().ok());
        let mut any = None;
        for item in values.flat_map(|value| value.split(',')) {
            let (name, quality) = item.split_once(';').unwrap_or((item, "q=1"));
            let taken = quality.trim().trim_start_matches("q=").parse::<f32>().is_ok_and(|quality| quality > 0.0);
            match name.trim() {
                name if name.eq_ignore_ascii_case(self.name()) => return taken,
                "*" => any = Some(taken),
                _ => {}
            }
        }
        any.unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(value: &str) -> [bool; 2] {
        let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, value.parse().unwrap())]);
        Encoding::BEST_FIRST.map(|encoding| encoding.is_accepted(&headers))
    }

    #[test]
    fn only_what_is_asked_for_is_sent() {
        assert_eq!(accepts("gzip, deflate, br, zstd"), [true, true]);
        assert_eq!(accepts("gzip;q=0.5, br;q=0"), [false, true]);
        assert_eq!(accepts("*, gzip;q=0"), [true, false]);
        assert_eq!(accepts("identity"), [false, false]);
        assert_eq!(accepts("br;q=nonsense"), [false, false]);
    }
}
