//! The trace graph as a server walks it: NDJSON, one line at a time.

use std::io::{BufRead as _, BufReader, Read as _};

use nguon_core::ids::ChainId;
use nguon_core::trace::{Direction, Line};
use nguon_core::values::{Code, Label, SsccCode, Text};
use ureq::BodyReader;

use super::Server;
use crate::error::Error;

/// Longer lines are none: a node with every field has a few kilobytes.
const LONGEST_LINE: u64 = 1024 * 1024;

/// Where a walk begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A batch.
    Batch(ChainId),
    /// A growing area, plot or packing house.
    Place(ChainId),
    /// The batch behind a label.
    Label(Label),
    /// All that an actor owns, keeps and holds.
    Actor(ChainId),
    /// All plots that used this lot of a product.
    ProductLot {
        /// The lot on its package.
        lot: Code,
        /// Its trade name; `None`: any.
        product: Option<Text>,
    },
    /// The batches whose shipments name this document.
    Shipment {
        /// Its kind.
        kind: Code,
        /// Its number.
        number: Code,
    },
    /// The batches with boxes on this pallet.
    Pallet(SsccCode),
}

impl Origin {
    /// Its address at a server.
    fn path(&self, direction: Direction, most: u64) -> String {
        let (rest, query) = match self {
            Self::Batch(chain) => (format!("{direction}/batch/{chain}"), None),
            Self::Place(chain) => (format!("{direction}/place/{chain}"), None),
            Self::Label(label) => {
                (format!("{direction}/label/{}/{}", label.gtin, encoded(&label.lot.to_string())), None)
            }
            Self::Actor(chain) => (format!("{direction}/actor/{chain}"), None),
            Self::ProductLot { lot, product } => {
                (format!("forward/product-lot/{}", encoded(lot.as_str())), product.as_ref())
            }
            Self::Shipment { kind, number } => {
                (format!("{direction}/shipment/{}/{}", encoded(kind.as_str()), encoded(number.as_str())), None)
            }
            Self::Pallet(sscc) => (format!("{direction}/pallet/{sscc}"), None),
        };
        let product = query.map(|product| format!("&product={}", encoded(&product.to_string()))).unwrap_or_default();
        format!("/v1/trace/{rest}?most={most}{product}")
    }
}

/// Percent-encoded (RFC 3986): all but its unreserved characters.
fn encoded(text: &str) -> String {
    let one = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(one).collect()
}

/// The lines of an answer as they come. The last one is [`Line::End`], or an error: an answer that breaks off is none.
pub struct Lines<'a> {
    server: &'a Server,
    url: String,
    reader: BufReader<BodyReader<'static>>,
    over: bool,
}

impl Server {
    /// Walks; `None` if there is nothing of this name.
    pub fn trace(&self, origin: &Origin, direction: Direction, most: u64) -> Result<Option<Lines<'_>>, Error> {
        self.lines(self.url(&origin.path(direction, most)))
    }

    /// What an actor holds now; `None` if there is no such actor.
    pub fn holdings(&self, actor: &ChainId) -> Result<Option<Lines<'_>>, Error> {
        self.lines(self.url(&format!("/v1/holdings/actor/{actor}")))
    }

    fn lines(&self, url: String) -> Result<Option<Lines<'_>>, Error> {
        let mut response = self.asked(&url, "application/x-ndjson")?;
        match response.status().as_u16() {
            200 => {
                let reader = BufReader::new(response.into_body().into_reader());
                Ok(Some(Lines { server: self, url, reader, over: false }))
            }
            404 => {
                let problem = self.problem(&mut response)?;
                if problem.code() == "no_such_path" {
                    return Err(Error::server(format_args!("{} traces nothing: it is too old", self.origin))
                        .next("ask whoever runs the server for a newer one, or trace a bundle file with --bundle"));
                }
                Ok(None)
            }
            400 => Err(Error::server(format_args!("{} answered: {}", self.origin, self.problem(&mut response)?))
                .next("compare what the walk begins at; `nguon trace --help` shows examples")),
            _ => Err(self.failed(&mut response)?),
        }
    }
}

impl Lines<'_> {
    fn line(&mut self) -> Result<Line, Error> {
        let mut bytes = Vec::new();
        let read = self.reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut bytes);
        let cut = |why: &dyn std::fmt::Display| {
            Error::server(format_args!("{} broke off: {why}", self.server.origin))
                .next("what was shown is not all; ask again, with --most if it was long")
                .code("cut")
        };
        match read {
            Err(error) => Err(cut(&error)),
            Ok(0) => Err(cut(&"its last line is missing")),
            Ok(_) => serde_json::from_slice(&bytes).map_err(|error| self.server.strange(&self.url, &error.to_string())),
        }
    }
}

impl Iterator for Lines<'_> {
    type Item = Result<Line, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        let line = self.line();
        self.over = matches!(line, Err(_) | Ok(Line::End(_)));
        Some(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_was_asked_and_nothing_else() {
        let lot =
            Origin::ProductLot { lot: "RG/24 1?".parse().unwrap(), product: Some("Ridomil Gold".parse().unwrap()) };
        let path = lot.path(Direction::Back, 7);
        assert_eq!(path, "/v1/trace/forward/product-lot/RG%2F24%201%3F?most=7&product=Ridomil%20Gold");
        let shipment = Origin::Shipment { kind: "bill-of-lading".parse().unwrap(), number: "VD#77".parse().unwrap() };
        assert_eq!(shipment.path(Direction::Both, 1), "/v1/trace/both/shipment/bill-of-lading/VD%2377?most=1");
    }
}
