//! Whose plot it is, where, and under which code and certificate.

use nguon_core::event::Event;
use nguon_core::ids::ChainId;
use nguon_core::state::Season;

use super::Value;
use crate::facts::{Facts, Missing, Personal, Remedy, When};

/// Names and values, in the order of the page.
pub(super) fn of(
    facts: &Facts<'_>,
    plot: &ChainId,
    season: &Season,
    missing: &mut Vec<Missing>,
) -> Vec<(&'static str, &'static str, Value)> {
    let place = facts.place(plot);
    let first = facts.chain(plot).and_then(|chain| chain.records().first());
    let trees = first.and_then(|record| match &record.record().event {
        Event::PlotRegistered(event) => event.trees,
        _ => None,
    });
    let area = place.as_ref().and_then(|place| place.area);
    let of_place = |field: fn(crate::facts::Place) -> Option<String>| Value::text(place.clone().and_then(field));
    let holder = place.as_ref().map(|place| place.holder);
    let household = holder.map(|holder| facts.party(&holder));
    if household.as_ref().is_some_and(|household| household.name.is_none()) {
        let remedy = if facts.personal() == Personal::Opened { Remedy::Open } else { Remedy::Personal };
        let (element, chain) = ("VietGAP: Tên nông hộ / Name of the household", holder.unwrap_or(*plot));
        missing.push(Missing::of_first(element, chain, "enrolled/name", remedy));
    }
    let certificates: Vec<String> =
        area.into_iter().chain([*plot]).flat_map(|site| certificates(facts, &site)).collect();
    if certificates.is_empty() {
        let element = "VietGAP: Giấy chứng nhận VietGAP / VietGAP certificate";
        missing.push(Missing::of_first(element, area.unwrap_or(*plot), "certified", Remedy::Append));
    }
    let day = |time| When::vietnam(time).day_first();
    let iso = |time| When::vietnam(time).date();
    let allotted = area.and_then(|area| allotted(facts, &area, plot, season));
    let harvested = u64::try_from(season.harvested.total()).unwrap_or(0);
    vec![
        ("Nông hộ", "Household", name(household)),
        ("Thửa", "Plot", Value::Text(plot.to_string())),
        ("Mã số vùng trồng", "Growing area code", of_place(|place| place.code)),
        ("Nơi cấp, thị trường", "Issuer, market", {
            let both = place.as_ref().and_then(|place| place.issuer.clone().zip(place.market.clone()));
            Value::text(both.map(|(issuer, market)| format!("{issuer}, {market}")))
        }),
        ("Xã, phường", "Commune", {
            let code = place.as_ref().and_then(|place| place.commune.clone());
            Value::text(code.map(|code| facts.commune(&code)))
        }),
        ("Diện tích (m²)", "Area (m²)", {
            place.as_ref().and_then(|place| place.area_m2).map_or(Value::Empty, Value::Whole)
        }),
        ("Số cây", "Trees", trees.map_or(Value::Empty, |trees| Value::Whole(trees.get()))),
        ("Giống", "Variety", of_place(|place| place.variety)),
        ("Mùa vụ", "Season", Value::Text(season.name.to_string())),
        ("Khung thu hoạch", "Harvest window", {
            let (from, until) = (season.from, season.until);
            Value::words(format!("{} – {}", day(from), day(until)), format!("{} – {}", iso(from), iso(until)))
        }),
        ("Sản lượng được chia (kg)", "Allotted (kg)", allotted.map_or(Value::Empty, Value::Thousandths)),
        ("Đã thu hoạch (kg)", "Harvested (kg)", Value::Thousandths(harvested)),
        ("Chứng nhận", "Certificates", Value::text(Some(certificates.join("; ")).filter(|all| !all.is_empty()))),
    ]
}

fn name(party: Option<crate::facts::Party>) -> Value {
    match party {
        Some(party) => party.name.map_or(Value::Withheld, Value::Text),
        None => Value::Empty,
    }
}

fn certificates(facts: &Facts<'_>, site: &ChainId) -> Vec<String> {
    let certified = facts.entries_of(site).filter_map(|entry| match entry.event {
        Event::Certified(event) => {
            let until = When::vietnam(event.until).day_first();
            Some(format!("{}, {}, {until}", event.scheme.as_str(), event.number))
        }
        _ => None,
    });
    certified.collect()
}

fn allotted(facts: &Facts<'_>, area: &ChainId, plot: &ChainId, season: &Season) -> Option<u64> {
    let state = facts.chain(area)?.state().place()?;
    let of_area = state.season(&season.name)?;
    u64::try_from(of_area.allotted.with(plot, |_| true)).ok()
}
