//! `GET /v1/registrars/{id}/households`, read. It is the server's word; the chains prove it.

use nguon_core::event::Role;
use nguon_core::ids::ChainId;
use nguon_core::record::Signer;
use nguon_core::values::{Code, Time};
use serde::Deserialize;

/// All that the server told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// Actors that this registrar or one below it enrolled
    pub households: Vec<Household>,
    /// Growing areas in which they have plots, or whose code this registrar holds
    pub areas: Vec<Area>,
    /// Whether the answer came to its end
    pub whole: bool,
}

/// An actor below this registrar.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Household {
    /// Its chain
    pub actor: ChainId,
    /// What it is
    pub role: Role,
    /// Its name, where the server's policy opens it
    #[serde(default)]
    pub name: Option<String>,
    /// Who enrolled it
    pub enrolled_by: Signer,
    /// Keys that can sign for it now
    pub active_keys: u64,
    /// Whether it acts no more
    #[serde(default)]
    pub retired: bool,
    /// When it last recorded anything, Unix seconds
    #[serde(default)]
    pub last_record: Option<u64>,
    /// When something was applied last on its plots
    #[serde(default)]
    pub last_applied: Option<u64>,
    /// When it harvested last
    #[serde(default)]
    pub last_harvested: Option<u64>,
    /// Its plots
    #[serde(default)]
    pub plots: Vec<Plot>,
}

/// A plot.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Plot {
    /// Its chain
    pub plot: ChainId,
    /// The growing area it is part of
    pub area: ChainId,
    /// What grows there
    #[serde(default)]
    pub variety: Option<String>,
    /// Square metres
    pub area_m2: u64,
    /// Its seasons
    #[serde(default)]
    pub seasons: Vec<PlotSeason>,
}

/// A season of a plot, in grams.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct PlotSeason {
    /// Its name
    pub season: Code,
    /// Allotted by the growing area
    pub allotted_g: u64,
    /// Harvested
    pub drawn_g: u64,
}

/// A growing area.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Area {
    /// Its chain
    pub area: ChainId,
    /// Mã số vùng trồng, unless it was released
    #[serde(default, deserialize_with = "code")]
    pub code: Option<Code>,
    /// Square metres under the code
    #[serde(default)]
    pub area_m2: Option<u64>,
    /// Its seasons
    #[serde(default)]
    pub seasons: Vec<AreaSeason>,
}

/// A season of a growing area, in grams.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct AreaSeason {
    /// Its name
    pub season: Code,
    /// When harvesting begins
    pub from: Time,
    /// When it ends
    pub until: Time,
    /// What the area can yield
    pub ceiling_g: u64,
    /// Shared out to plots
    pub allotted_g: u64,
    /// Harvested
    pub drawn_g: u64,
}

/// A place's code comes with who issued it, which is of no use here.
fn code<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Code>, D::Error> {
    #[derive(Deserialize)]
    struct PlaceCode {
        code: Code,
    }
    Ok(Option::<PlaceCode>::deserialize(from)?.map(|place| place.code))
}

#[derive(Deserialize)]
struct Line {
    household: Option<Household>,
    area: Option<Area>,
    end: Option<serde::de::IgnoredAny>,
}

/// Reads the answer. Lines that cannot be read leave it incomplete, which is told and not passed over.
#[must_use]
pub fn read(answer: &[u8]) -> Listing {
    let mut listing = Listing::default();
    let (mut ended, mut odd) = (false, false);
    for text in answer.split(|byte| *byte == b'\n').filter(|text| !text.is_empty()) {
        match serde_json::from_slice::<Line>(text) {
            Ok(line) => {
                listing.households.extend(line.household);
                listing.areas.extend(line.area);
                ended |= line.end.is_some();
            }
            Err(_) => odd = true,
        }
    }
    listing.whole = ended && !odd;
    listing
}

impl Listing {
    /// A household.
    #[must_use]
    pub fn household(&self, actor: &ChainId) -> Option<&Household> {
        self.households.iter().find(|household| household.actor == *actor)
    }

    /// A growing area.
    #[must_use]
    pub fn area(&self, area: &ChainId) -> Option<&Area> {
        self.areas.iter().find(|one| one.area == *area)
    }

    /// The seasons of all growing areas, newest first, each name once.
    #[must_use]
    pub fn seasons(&self) -> Vec<AreaSeason> {
        let mut all: Vec<AreaSeason> = self.areas.iter().flat_map(|area| area.seasons.clone()).collect();
        all.sort_by(|one, other| (other.from, &other.season).cmp(&(one.from, &one.season)));
        let mut named: Vec<AreaSeason> = Vec::new();
        for season in all {
            if !named.iter().any(|known| known.season == season.season) {
                named.push(season);
            }
        }
        named
    }

    /// The growing areas as an import has to know them, with what this season leaves of each.
    #[must_use]
    pub fn areas_for(&self, season: Option<&Code>) -> Vec<nguon_import::preview::Area> {
        let area = |area: &Area| {
            let of_season = season.and_then(|name| area.seasons.iter().find(|one| one.season == *name));
            let taken = |name: &Code| -> u64 {
                let plots = self.households.iter().flat_map(|household| &household.plots);
                let shared = plots.filter(|plot| {
                    plot.area == area.area && plot.seasons.iter().any(|one| one.season == *name && one.allotted_g > 0)
                });
                shared.map(|plot| plot.area_m2).sum()
            };
            Some(nguon_import::preview::Area {
                code: area.code.clone()?,
                chain: area.area,
                grams_left: of_season.map(|one| one.ceiling_g.saturating_sub(one.allotted_g)),
                square_metres_left: season.and_then(|name| Some(area.area_m2?.saturating_sub(taken(name)))),
            })
        };
        self.areas.iter().filter_map(area).collect()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A list of `count` households with a plot each; every third has no key, every fourth recorded nothing.
    pub(crate) fn answer(count: usize) -> Vec<u8> {
        let id = |n: usize, kind: u8| format!("{kind:02x}{n:062x}");
        let mut text = format!("{{\"start\":{{\"registrar\":\"{}\",\"as_of\":null}}}}\n", id(0, 1));
        for n in 0..count {
            let last = if n % 4 == 0 { String::new() } else { format!("\"last_record\":{},", 1_780_000_000 - n * 60) };
            text.push_str(&format!(
                "{{\"household\":{{\"actor\":\"{}\",\"role\":\"farm\",\"enrolled_by\":{{\"actor\":\"{}\"}},\"active_keys\":{},\"retired\":false,{last}\
                 \"plots\":[{{\"plot\":\"{}\",\"area\":\"{}\",\"variety\":\"vải thiều\",\"area_m2\":2500,\"seasons\":[{{\"season\":\"2026\",\
                 \"allotted_g\":1000000,\"drawn_g\":{}}}]}}]}}}}\n",
                id(n, 2), id(0, 1), usize::from(n % 3 != 0), id(n, 3), id(0, 4), (n % 11) * 100_000
            ));
        }
        text.push_str(&format!(
            "{{\"area\":{{\"area\":\"{}\",\"code\":{{\"issuer\":\"GACC\",\"code\":\"VN-BGOR-0127\"}},\"area_m2\":20000000,\"seasons\":[{{\"season\":\"2026\",\"from\":1779000000,\"until\":1785000000,\
             \"ceiling_g\":9000000000,\"allotted_g\":{},\"drawn_g\":5}}]}}}}\n{{\"end\":{{\"households\":{count},\"areas\":1}}}}\n",
            id(0, 4), count * 1_000_000
        ));
        text.into_bytes()
    }

    #[test]
    fn a_list_is_read_whole_or_said_not_to_be() {
        let whole = read(&answer(9));
        assert!(whole.whole);
        assert_eq!((whole.households.len(), whole.areas.len()), (9, 1));
        assert_eq!(whole.areas[0].code.as_ref().map(ToString::to_string).as_deref(), Some("VN-BGOR-0127"));
        let bytes = answer(9);
        let cut = read(&bytes[..bytes.len() / 2]);
        assert!(!cut.whole && cut.households.len() < 9 && !cut.households.is_empty());
        assert!(!read(b"<html>").whole);
    }

    #[test]
    fn a_list_of_an_import_knows_what_the_season_leaves() {
        let listing = read(&answer(9));
        let season = listing.seasons().remove(0);
        let areas = listing.areas_for(Some(&season.season));
        assert_eq!(areas[0].grams_left, Some(9_000_000_000 - 9_000_000));
        assert_eq!(areas[0].square_metres_left, Some(20_000_000 - 9 * 2_500));
        assert_eq!(listing.areas_for(None)[0].grams_left, None);
    }
}
