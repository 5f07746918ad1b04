//! What the URIs of an event name: GS1 keys, as EPC URNs (EPC Tag Data Standard 2.0 §6) or Digital Link URIs, and the names of
//! what has no such key.
//!
//! A batch, plot, actor or place without a GS1 key goes by the id of its chain, which is the SHA-256 of its first statement,
//! as a name of RFC 6920: `ni:///sha-256;` and the 32 bytes in base64url.

mod link;
mod urn;

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use nguon_core::ids::ChainId;
use nguon_gs1::{Gln, Gtin, Lot, Sscc};

use super::uri::Uri;

/// Where canonical Digital Link URIs stand.
const CANONICAL: &str = "https://id.gs1.org";

/// What a URI names, as far as this trade has to know.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Key {
    /// A lot of a trade item.
    Lot(Gtin, Lot),
    /// A trade item, whatever its lot.
    Item(Gtin),
    /// A logistic unit.
    Unit(Sscc),
    /// A place.
    Place(Gln),
    /// A party.
    Party(Gln),
    /// A chain, by its id.
    Chain(ChainId),
    /// Something else.
    Other,
}

/// Why a URI that has the shape of a GS1 key is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// A key's own rule is broken, its check digit above all.
    #[error(transparent)]
    Gs1(#[from] nguon_gs1::Error),
    /// An EPC URN or Digital Link URI that does not follow its scheme.
    #[error("not as its scheme has it: {0}")]
    Scheme(&'static str),
    /// A name of RFC 6920 that is not 32 bytes of SHA-256.
    #[error("not 43 letters and digits of base64url after ni:///sha-256;")]
    Name,
}

/// The canonical form of a URI that names a GS1 key (CBV 2.0 §8.9, rules 17 and 18): EPC URNs as Digital Link URIs, these at
/// `id.gs1.org`, without a query, with the finest key only. Any other text stays as it is.
#[must_use]
pub fn canonical(uri: &str) -> Cow<'_, str> {
    let found = if uri.starts_with("urn:epc:") { urn::canonical(uri) } else { link::canonical(uri) };
    found.map_or(Cow::Borrowed(uri), Cow::Owned)
}

impl Key {
    /// What a URI names.
    pub fn of(uri: &Uri) -> Result<Self, KeyError> {
        if let Some(name) = uri.as_str().strip_prefix(NAME) {
            return chain_of(name).map(Self::Chain).ok_or(KeyError::Name);
        }
        let canonical = canonical(uri.as_str());
        let Some(path) = canonical.strip_prefix(CANONICAL).and_then(|path| path.strip_prefix('/')) else {
            let scheme = uri.as_str().starts_with("urn:epc:") && !uri.as_str().starts_with("urn:epc:raw:");
            return if scheme { Err(KeyError::Scheme("an EPC URN")) } else { Ok(Self::Other) };
        };
        let mut parts = path.split('/');
        let (ai, value) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let qualifier = parts.next().zip(parts.next());
        match (ai, qualifier) {
            ("01", Some(("10", lot))) => {
                let lot = link::decoded(lot).ok_or(KeyError::Scheme("an escape"))?;
                Ok(Self::Lot(value.parse()?, lot.parse()?))
            }
            ("01", None) => Ok(Self::Item(value.parse()?)),
            ("01", _) => value.parse::<Gtin>().map(|_| Self::Other).map_err(Into::into),
            ("00", _) => Ok(Self::Unit(value.parse()?)),
            ("414", _) => Ok(Self::Place(value.parse()?)),
            ("417", _) => Ok(Self::Party(value.parse()?)),
            _ => link::check_digit(ai, value).map(|()| Self::Other),
        }
    }
}

const NAME: &str = "ni:///sha-256;";

fn chain_of(name: &str) -> Option<ChainId> {
    let name = name.split_once('?').map_or(name, |(name, _)| name);
    let bytes = URL_SAFE_NO_PAD.decode(name).ok()?;
    ChainId::try_from(bytes.as_slice()).ok()
}

/// The name of a chain.
#[must_use]
pub fn chain_uri(chain: &ChainId) -> Uri {
    Uri::made([NAME, &URL_SAFE_NO_PAD.encode(chain.as_bytes())].concat())
}

/// The class of a lot.
#[must_use]
pub fn lot_uri(gtin: &Gtin, lot: &Lot) -> Uri {
    Uri::made([CANONICAL, "/01/", gtin.as_str(), "/10/", &link::encoded(lot.as_str())].concat())
}

/// A pallet.
#[must_use]
pub fn sscc_uri(sscc: &Sscc) -> Uri {
    Uri::made([CANONICAL, "/00/", sscc.as_str()].concat())
}

pub(crate) use link::{decoded, encoded};

/// A party.
#[must_use]
pub fn party_uri(gln: &Gln) -> Uri {
    Uri::made([CANONICAL, "/417/", gln.as_str()].concat())
}

/// A place.
#[must_use]
pub fn gln_uri(gln: &Gln) -> Uri {
    Uri::made([CANONICAL, "/414/", gln.as_str()].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keys_are_told_in_either_form() {
        let key = |text: &str| Key::of(&text.parse().unwrap());
        let lot = key("https://id.gs1.org/01/09521234543213/10/VT%2F26-06").unwrap();
        assert_eq!(lot, Key::Lot("09521234543213".parse().unwrap(), "VT/26-06".parse().unwrap()));
        assert_eq!(key("urn:epc:class:lgtin:9521234.054321.VT%2F26-06").unwrap(), lot);
        assert_eq!(key("https://nguon.example/x/01/9521234543213/10/VT%2F26-06?17=261231").unwrap(), lot);
        let place = key("urn:epc:id:sgln:9521234.00000.0").unwrap();
        assert_eq!(place, Key::Place("9521234000006".parse().unwrap()));
        assert!(matches!(key("https://id.gs1.org/414/9521234000007"), Err(KeyError::Gs1(_))));
        assert!(matches!(key("https://id.gs1.org/00/095212340000000014"), Err(KeyError::Gs1(_))));
        assert!(matches!(key("urn:epc:id:sgtin:95.1"), Err(KeyError::Scheme(_))));
        assert_eq!(key("https://example.org/2026/01/orders"), Ok(Key::Other));
        assert!(matches!(key("ni:///sha-256;abc"), Err(KeyError::Name)));
    }

    proptest! {
        #[test]
        fn chains_have_names(bytes: [u8; 32]) {
            let chain = ChainId::from_bytes(bytes);
            prop_assert_eq!(Key::of(&chain_uri(&chain)), Ok(Key::Chain(chain)));
        }

        #[test]
        fn lots_have_classes(lot in "[!%&'()*+,./0-9:;<=>?A-Z_a-z\"-]{3,20}") {
            let (gtin, lot): (Gtin, Lot) = ("09521234543213".parse().unwrap(), lot.parse().unwrap());
            let uri = lot_uri(&gtin, &lot);
            prop_assert_eq!(canonical(uri.as_str()), uri.as_str());
            prop_assert_eq!(Key::of(&uri), Ok(Key::Lot(gtin, lot)));
        }

        #[test]
        fn canonical_forms_stay(text in "(urn:epc:(id|class|idpat):[a-z]{3,5}:|https?://[a-z.]{1,9}/)[0-9./%A-F*?#]{0,40}") {
            let once = canonical(&text).into_owned();
            prop_assert_eq!(canonical(&once), once.as_str());
            if let Ok(uri) = text.parse() {
                let _ = Key::of(&uri);
            }
        }
    }
}
