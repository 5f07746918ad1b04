//! `GET /v1/registrars/{id}/households`, read. It is the server's word; the chains prove it.

use std::str::FromStr;

use nguon_core::event::Role;
use nguon_core::ids::ChainId;
use nguon_core::values::{Code, Time};
use nguon_draft::json::{self, Json};

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
#[derive(Clone, Debug, PartialEq)]
pub struct Household {
    /// Its chain
    pub actor: ChainId,
    /// What it is
    pub role: Role,
    /// Its name, where the server's policy opens it
    pub name: Option<String>,
    /// The registrar who enrolled it; none if an authority did
    pub enrolled_by: Option<ChainId>,
    /// Keys that can sign for it now
    pub active_keys: u64,
    /// Whether it acts no more
    pub retired: bool,
    /// When it last recorded anything, Unix seconds
    pub last_record: Option<u64>,
    /// Its plots
    pub plots: Vec<Plot>,
}

/// A plot.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// Its chain
    pub plot: ChainId,
    /// The growing area it is part of
    pub area: ChainId,
    /// What grows there
    pub variety: Option<String>,
    /// Square metres
    pub area_m2: u64,
    /// Its seasons
    pub seasons: Vec<PlotSeason>,
}

/// A season of a plot, in grams.
#[derive(Clone, Debug, PartialEq)]
pub struct PlotSeason {
    /// Its name
    pub season: Code,
    /// Allotted by the growing area
    pub allotted_g: u64,
    /// Harvested
    pub drawn_g: u64,
}

/// A growing area.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// Its chain
    pub area: ChainId,
    /// Mã số vùng trồng, unless it was released
    pub code: Option<Code>,
    /// Square metres under the code
    pub area_m2: Option<u64>,
    /// Its seasons
    pub seasons: Vec<AreaSeason>,
}

/// A season of a growing area, in grams.
#[derive(Clone, Debug, PartialEq)]
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

/// What a role is called in an answer.
const ROLES: [(&str, Role); 8] = [
    ("registrar", Role::Registrar),
    ("farm", Role::Farm),
    ("collector", Role::Collector),
    ("packing_house", Role::PackingHouse),
    ("carrier", Role::Carrier),
    ("seller", Role::Seller),
    ("lab", Role::Lab),
    ("inspector", Role::Inspector),
];

/// Text under a name, as what it stands for.
fn word<T: FromStr>(of: &Json, name: &str) -> Option<T> {
    of.get(name)?.as_str()?.parse().ok()
}

#[inline(never)]
fn chain(of: &Json, name: &str) -> Option<ChainId> {
    word(of, name)
}

#[inline(never)]
fn number(of: &Json, name: &str) -> Option<u64> {
    of.get(name)?.as_u64()
}

/// Each of a list; `None` if one of them is something else. A list that is not there is empty.
fn each<T>(of: &Json, name: &str, read: fn(&Json) -> Option<T>) -> Option<Vec<T>> {
    of.get(name).and_then(Json::as_array).unwrap_or_default().iter().map(read).collect()
}

impl Household {
    fn of(told: &Json) -> Option<Self> {
        let role = told.get("role")?.as_str()?;
        Some(Self {
            actor: chain(told, "actor")?,
            role: ROLES.iter().find(|(name, _)| *name == role)?.1,
            name: told.get("name").and_then(Json::as_str).map(str::to_owned),
            enrolled_by: told.get("enrolled_by").and_then(|by| chain(by, "actor")),
            active_keys: number(told, "active_keys")?,
            retired: told.get("retired").and_then(Json::as_bool) == Some(true),
            last_record: number(told, "last_record"),
            plots: each(told, "plots", Plot::of)?,
        })
    }
}

impl Plot {
    fn of(told: &Json) -> Option<Self> {
        Some(Self {
            plot: chain(told, "plot")?,
            area: chain(told, "area")?,
            variety: told.get("variety").and_then(Json::as_str).map(str::to_owned),
            area_m2: number(told, "area_m2")?,
            seasons: each(told, "seasons", PlotSeason::of)?,
        })
    }
}

impl PlotSeason {
    fn of(told: &Json) -> Option<Self> {
        let (allotted_g, drawn_g) = (number(told, "allotted_g")?, number(told, "drawn_g")?);
        Some(Self { season: word(told, "season")?, allotted_g, drawn_g })
    }
}

impl Area {
    fn of(told: &Json) -> Option<Self> {
        Some(Self {
            area: chain(told, "area")?,
            // A place's code comes with who issued it, which is of no use here.
            code: told.get("code").and_then(|code| word(code, "code")),
            area_m2: number(told, "area_m2"),
            seasons: each(told, "seasons", AreaSeason::of)?,
        })
    }
}

impl AreaSeason {
    fn of(told: &Json) -> Option<Self> {
        let time = |name: &str| Time::new(number(told, name)?).ok();
        Some(Self {
            season: word(told, "season")?,
            from: time("from")?,
            until: time("until")?,
            ceiling_g: number(told, "ceiling_g")?,
            allotted_g: number(told, "allotted_g")?,
            drawn_g: number(told, "drawn_g")?,
        })
    }
}

/// Reads the answer. Lines that cannot be read leave it incomplete, which is told and not passed over.
#[must_use]
pub fn read(answer: &[u8]) -> Listing {
    let mut listing = Listing::default();
    let (mut ended, mut odd) = (false, false);
    for text in answer.split(|byte| *byte == b'\n').filter(|text| !text.is_empty()) {
        let line = json::read(text).unwrap_or(Json::Null);
        odd |= !line.is_object();
        if let Some(told) = line.get("household") {
            let household = Household::of(told);
            odd |= household.is_none();
            listing.households.extend(household);
        }
        if let Some(told) = line.get("area") {
            let area = Area::of(told);
            odd |= area.is_none();
            listing.areas.extend(area);
        }
        ended |= line.get("end").is_some();
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
    fn every_role_is_read_by_the_name_that_records_have_for_it() {
        for (name, role) in ROLES {
            assert_eq!(serde_json::to_value(role).unwrap(), name);
        }
        let odd = answer(2).iter().map(|byte| *byte as char).collect::<String>().replacen("\"farm\"", "\"fram\"", 1);
        let read = read(odd.as_bytes());
        assert!(!read.whole && read.households.len() == 1, "what cannot be read is told");
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
