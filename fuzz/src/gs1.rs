//! The parsers of what people scan and type.

use nguon_gs1::{DigitalLink, Gtin, TypedCode};

fn text(data: &[u8]) -> Option<&str> {
    std::str::from_utf8(data).ok()
}

/// A link that is read is written as one that reads the same.
pub fn link(data: &[u8]) {
    let Some(Ok(link)) = text(data).map(str::parse::<DigitalLink>) else { return };
    assert_eq!(link.to_string().parse::<DigitalLink>().as_ref(), Ok(&link));
}

/// What was typed is a code that, as a link, reads the same.
pub fn typed(data: &[u8]) {
    let Some(Ok(typed)) = text(data).map(str::parse::<TypedCode>) else { return };
    let stem = "https://nguon.example".parse().expect("a stem");
    let link = DigitalLink::new(stem, typed.code().clone());
    assert_eq!(link.to_string().parse::<DigitalLink>().map(DigitalLink::into_code).as_ref(), Ok(typed.code()));
}

/// A GTIN is its fourteen digits.
pub fn gtin(data: &[u8]) {
    let Some(Ok(gtin)) = text(data).map(str::parse::<Gtin>) else { return };
    assert_eq!(gtin.as_str().len(), 14);
    assert_eq!(gtin.as_str().parse::<Gtin>().as_ref(), Ok(&gtin));
    assert_eq!(gtin.unpadded().parse::<Gtin>().as_ref(), Ok(&gtin));
}
