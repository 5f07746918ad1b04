//! What is shown, and under which address.

use nguon_core::ids::ChainId;

/// A page of the desk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// Households and their plots
    #[default]
    Households,
    /// One of them
    Household(ChainId),
    /// A list is taken in
    Import,
    /// A lot is packed
    Pack,
    /// What was ordered, and what is on its way
    Orders,
    /// What came in and went out
    Lots,
    /// Who signs for the co-op
    Officers,
}

/// All but this begins an address of the desk.
pub const DESK: &str = "#desk";

impl Page {
    /// The parts of the desk, in the order of the bar.
    pub const PARTS: [Self; 6] = [Self::Import, Self::Households, Self::Pack, Self::Orders, Self::Lots, Self::Officers];

    /// Its address.
    #[must_use]
    pub fn fragment(&self) -> String {
        let rest = match self {
            Self::Households => "/ho",
            Self::Household(chain) => return format!("{DESK}/ho/{chain}"),
            Self::Import => "/nhap",
            Self::Pack => "/dong-goi",
            Self::Orders => "/don-hang",
            Self::Lots => "/can-doi",
            Self::Officers => "/can-bo",
        };
        format!("{DESK}{rest}")
    }

    /// The page at an address; the first one if there is no such page.
    #[must_use]
    pub fn of_fragment(fragment: &str) -> Self {
        let rest = fragment.strip_prefix(DESK).unwrap_or_default();
        if let Some(chain) = rest.strip_prefix("/ho/").and_then(|chain| chain.parse().ok()) {
            return Self::Household(chain);
        }
        let named = Self::PARTS.into_iter().find(|page| page.fragment() == fragment);
        named.unwrap_or_default()
    }

    /// The part of the bar that it belongs to.
    #[must_use]
    pub const fn part(self) -> Self {
        match self {
            Self::Household(_) => Self::Households,
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_again_under_its_address() {
        let one = Page::Household(ChainId::from_bytes([7; 32]));
        for page in Page::PARTS.into_iter().chain([one]) {
            assert_eq!(Page::of_fragment(&page.fragment()), page);
            assert!(page.fragment().starts_with(DESK));
        }
        for other in ["", "#desk", "#desk/", "#desk/ho/xyz", "#today"] {
            assert_eq!(Page::of_fragment(other), Page::Households, "{other}");
        }
    }
}
