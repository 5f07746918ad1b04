//! The register of imported lists, [`nguon_import`]'s, as this computer keeps it.

use nguon_core::ids::ChainId;
use nguon_draft::kept::{self, Decoder, Kept, begin, put_array};
use nguon_import::household::HouseholdKey;
use nguon_import::register::{Known, KnownPlot, Register};

use super::people::{put_map, take_map};
use crate::kept::Form;

/// Under which name it is kept.
#[must_use]
pub fn kept_as(registrar: &ChainId) -> String {
    format!("desk/register/{registrar}")
}

impl Form for Register {
    fn to_bytes(&self) -> Vec<u8> {
        kept::to_bytes(&Whole(self.clone()))
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        kept::from_bytes::<Whole>(bytes).map(|whole| whole.0)
    }
}

struct Whole(Register);
struct Household(Known);
struct Plot(KnownPlot);

impl Kept for Whole {
    fn put(&self, to: &mut Vec<u8>) {
        put_array(2 * self.0.households.len(), to);
        for (chain, known) in &self.0.households {
            chain.put(to);
            Household(known.clone()).put(to);
        }
    }

    fn take(from: &mut Decoder<'_>) -> Self {
        let households = take_map::<ChainId, Household>(from);
        Self(Register { households: households.into_iter().map(|(chain, known)| (chain, known.0)).collect() })
    }
}

impl Kept for Household {
    fn put(&self, to: &mut Vec<u8>) {
        put_array(5, to);
        self.0.phone.map(HouseholdKey::to_bytes).put(to);
        self.0.name.map(HouseholdKey::to_bytes).put(to);
        self.0.village.put(to);
        self.0.signs.put(to);
        put_array(2 * self.0.plots.len(), to);
        for (chain, plot) in &self.0.plots {
            chain.put(to);
            Plot(plot.clone()).put(to);
        }
    }

    fn take(from: &mut Decoder<'_>) -> Self {
        begin(from, 5);
        let key = |from: &mut Decoder<'_>| <Option<[u8; 16]> as Kept>::take(from).map(HouseholdKey::from_bytes);
        let (phone, name) = (key(from), key(from));
        let (village, signs) = (Kept::take(from), Kept::take(from));
        let plots = take_map::<ChainId, Plot>(from).into_iter().map(|(chain, plot)| (chain, plot.0)).collect();
        Self(Known { phone, name, village, signs, plots })
    }
}

impl Kept for Plot {
    fn put(&self, to: &mut Vec<u8>) {
        put_array(5, to);
        self.0.label.put(to);
        self.0.area.put(to);
        self.0.size.put(to);
        self.0.variety.put(to);
        put_map(&self.0.seasons, to);
    }

    fn take(from: &mut Decoder<'_>) -> Self {
        begin(from, 5);
        Self(KnownPlot {
            label: Kept::take(from),
            area: Kept::take(from),
            size: Kept::take(from),
            variety: Kept::take(from),
            seasons: take_map(from),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use nguon_core::values::{Grams, SquareMetres};

    use super::*;

    #[test]
    fn a_register_is_read_again_as_it_was_kept() {
        let plot = KnownPlot {
            label: "Vườn trên".into(),
            area: ChainId::from_bytes([4; 32]),
            size: SquareMetres::new(2_500).unwrap(),
            variety: Some("vải thiều".parse().unwrap()),
            seasons: [("2026".parse().unwrap(), Some(Grams::new(1_200_000).unwrap())), ("2027".parse().unwrap(), None)]
                .into(),
        };
        let known = |phone, plots| Known { phone, name: None, village: Some("Kép 1".into()), signs: true, plots };
        let key = Some(HouseholdKey::from_bytes([9; 16]));
        let households = [
            (ChainId::from_bytes([1; 32]), known(key, [(ChainId::from_bytes([2; 32]), plot)].into())),
            (ChainId::from_bytes([3; 32]), known(None, BTreeMap::new())),
        ];
        let register = Register { households: households.into() };
        let bytes = register.to_bytes();
        assert_eq!(Register::from_bytes(&bytes), Some(register));
        assert_eq!(Register::from_bytes(&bytes[..bytes.len() - 1]), None);
    }
}
