//! Plant protection products, as the server lists them (`GET /v1/products`): what can be picked instead of typed.

/// A product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// What stands on the package
    pub name: String,
    /// What works in it
    pub active_ingredient: String,
    /// Days between spraying and picking
    pub phi_days: u16,
    /// Its number in the register of permitted products
    pub registration: Option<String>,
}

/// Reads a server's list; an entry that cannot be read is left out, the others are not.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<Vec<Product>> {
    let all = nguon_draft::json::read(bytes)?;
    Some(all.as_array()?.iter().filter_map(Product::of).collect())
}

impl Product {
    fn of(told: &nguon_draft::json::Json) -> Option<Self> {
        let text = |name: &str| told.get(name).and_then(|text| text.as_str()).map(str::to_owned);
        let phi_days = u16::try_from(told.get("phi_days")?.as_u64()?).ok()?;
        let active_ingredient = text("active_ingredient").unwrap_or_default();
        Some(Self { name: text("name")?, active_ingredient, phi_days, registration: text("registration") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_bad_entry_does_not_take_the_list_with_it() {
        let list = br#"[{"name":"Abamectin 1.8EC","active_ingredient":"Abamectin","phi_days":7},{"name":"x"},5]"#;
        let read = read(list).unwrap();
        assert_eq!(read.len(), 1);
        assert_eq!((read[0].name.as_str(), read[0].phi_days), ("Abamectin 1.8EC", 7));
        assert_eq!(super::read(b"{"), None);
    }
}
