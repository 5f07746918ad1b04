//! The list as it is shown: sorted once, searched without diacritics, filtered. Quick at 5,000 households.

use nguon_core::event::Role;
use nguon_core::ids::ChainId;
use nguon_import::text::fold;

use super::listing::{Household, Listing};
use super::people::People;

/// Seconds.
pub const WEEK: u64 = 7 * 86_400;
/// From which share of the allotment on it is said to be near: percent.
const NEAR: u64 = 90;

/// A household in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its chain
    pub actor: ChainId,
    /// What it is
    pub role: Role,
    /// Its name; the beginning of its chain's id where no name is known
    pub name: String,
    /// Whether the name is known
    pub named: bool,
    /// Its telephone number, if this desk knows one
    pub phone: Option<String>,
    /// Its village, if this desk knows it
    pub village: Option<String>,
    /// Keys that can sign for it
    pub keys: u64,
    /// When it last recorded anything
    pub last: Option<u64>,
    /// Plots
    pub plots: usize,
    /// Square metres of its plots
    pub square_metres: u64,
    /// Grams allotted in the newest season
    pub allotted: u64,
    /// Grams harvested in it
    pub drawn: u64,
    /// Whether it acts no more
    pub retired: bool,
    sought: String,
}

/// Which households are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// All of them
    #[default]
    All,
    /// Nobody can sign but the co-op
    NoKey,
    /// No telephone number is known here
    NoPhone,
    /// Nothing recorded for a week
    Quiet,
    /// Nearly all of the allotment is harvested
    NearCeiling,
}

impl Filter {
    /// In the order of the choice.
    pub const ALL: [Self; 5] = [Self::All, Self::NoKey, Self::NoPhone, Self::Quiet, Self::NearCeiling];

    /// Whether a household is shown.
    #[must_use]
    pub fn takes(self, row: &Row, now: u64) -> bool {
        match self {
            Self::All => true,
            Self::NoKey => row.keys == 0 && !row.retired,
            Self::NoPhone => row.phone.is_none() && !row.retired,
            Self::Quiet => row.plots > 0 && !row.retired && row.last.is_none_or(|last| last.saturating_add(WEEK) < now),
            Self::NearCeiling => row.allotted > 0 && row.drawn.saturating_mul(100) >= row.allotted.saturating_mul(NEAR),
        }
    }
}

/// What is sought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Words, as they were typed
    pub words: String,
    /// Which of them
    pub filter: Filter,
}

/// How many of each there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// By [`Filter::ALL`]
    pub of: [usize; 5],
}

/// The list, sorted by given name as such lists are in Việt Nam, then by the rest.
#[must_use]
pub fn rows(listing: &Listing, people: &People) -> Vec<Row> {
    let newest = listing.seasons().into_iter().next().map(|season| season.season);
    let row = |household: &Household| {
        let known = people.of(&household.actor);
        let name = known.map(|known| known.name.clone()).or_else(|| household.name.clone());
        let id = household.actor.to_string();
        let seasons = household.plots.iter().flat_map(|plot| &plot.seasons);
        let current = seasons.filter(|one| newest.as_ref().is_none_or(|newest| one.season == *newest));
        let (allotted, drawn) = current.fold((0_u64, 0_u64), |(allotted, drawn), one| {
            (allotted.saturating_add(one.allotted_g), drawn.saturating_add(one.drawn_g))
        });
        let phone = known.and_then(|known| known.phone.clone());
        let village = known.and_then(|known| known.village.clone());
        let digits: String = phone.iter().flat_map(|phone| phone.chars()).filter(char::is_ascii_digit).collect();
        let words = [name.as_deref().unwrap_or_default(), village.as_deref().unwrap_or_default()].join(" ");
        Row {
            actor: household.actor,
            role: household.role,
            named: name.is_some(),
            sought: format!("{} {digits} {id}", fold(&words)),
            name: name.unwrap_or_else(|| id.get(..8).unwrap_or_default().to_owned()),
            phone,
            village,
            keys: household.active_keys,
            last: household.last_record,
            plots: household.plots.len(),
            square_metres: household.plots.iter().map(|plot| plot.area_m2).sum(),
            allotted,
            drawn,
            retired: household.retired,
        }
    };
    let mut all: Vec<Row> = listing.households.iter().map(row).collect();
    all.sort_by_cached_key(|row| {
        let folded = fold(&row.name);
        let given = folded.rsplit(' ').next().unwrap_or_default().to_owned();
        (!row.named, given, folded, row.actor)
    });
    all
}

/// How many households each filter takes.
#[must_use]
pub fn counts(rows: &[Row], now: u64) -> Counts {
    Counts { of: Filter::ALL.map(|filter| rows.iter().filter(|row| filter.takes(row, now)).count()) }
}

/// The places of those that are sought, in the order of the list: every word has to be found, in any order, without its marks;
/// of a telephone number any part.
#[must_use]
pub fn select(rows: &[Row], query: &Query, now: u64) -> Vec<usize> {
    let folded = fold(&query.words);
    let digits: String = query.words.chars().filter(|one| !one.is_whitespace() && !matches!(one, '.' | '-')).collect();
    let number = digits.len() > 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let words: Vec<&str> =
        if number { vec![digits.as_str()] } else { folded.split(' ').filter(|word| !word.is_empty()).collect() };
    let found = |row: &Row| words.iter().all(|word| row.sought.contains(word));
    let taken = rows.iter().enumerate().filter(|(_, row)| query.filter.takes(row, now) && found(row));
    taken.map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::super::listing::tests::answer;
    use super::super::people::Known;
    use super::super::read;
    use super::*;

    const NOW: u64 = 1_780_000_000;

    fn some() -> Vec<Row> {
        let listing = read(&answer(12));
        let names = ["Nguyễn Văn Bảy", "Trần Thị Ánh", "Đỗ Đình Đức", "Lê Văn Bảy"];
        let known = names.into_iter().zip(&listing.households).enumerate().map(|(n, (name, household))| {
            let phone = (n > 0).then(|| format!("0912 345 67{n}"));
            (household.actor, Known { name: name.into(), phone, village: Some("Thôn Kép".into()) })
        });
        rows(&listing, &People(known.collect()))
    }

    fn found(rows: &[Row], words: &str, filter: Filter) -> Vec<String> {
        let query = Query { words: words.to_owned(), filter };
        select(rows, &query, NOW).into_iter().map(|at| rows[at].name.clone()).collect()
    }

    #[test]
    fn names_stand_by_given_name_and_those_without_one_last() {
        let rows = some();
        let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).take(4).collect();
        assert_eq!(names, ["Trần Thị Ánh", "Lê Văn Bảy", "Nguyễn Văn Bảy", "Đỗ Đình Đức"]);
        assert!(!rows[4].named);
    }

    #[test]
    fn a_search_needs_no_marks_and_no_order() {
        let rows = some();
        assert_eq!(found(&rows, "bay", Filter::All), ["Lê Văn Bảy", "Nguyễn Văn Bảy"]);
        assert_eq!(found(&rows, "bảy nguyen", Filter::All), ["Nguyễn Văn Bảy"]);
        assert_eq!(found(&rows, "dinh DUC", Filter::All), ["Đỗ Đình Đức"]);
        assert_eq!(found(&rows, "kep anh", Filter::All), ["Trần Thị Ánh"]);
        assert_eq!(found(&rows, "345 671", Filter::All), ["Trần Thị Ánh"]);
        assert!(found(&rows, "zzz", Filter::All).is_empty());
        assert_eq!(found(&rows, "  ", Filter::All).len(), 12);
    }

    #[test]
    fn filters_find_who_needs_a_call() {
        let rows = some();
        let counts = counts(&rows, NOW);
        assert_eq!(counts.of, [12, 4, 9, 3, 2], "all, no key, no phone, quiet for a week, near their ceiling");
        assert!(found(&rows, "", Filter::NoKey).contains(&"Nguyễn Văn Bảy".to_owned()));
    }

    #[test]
    fn a_household_a_week_silent_to_the_second_is_not_yet_quiet() {
        let mut row = some().remove(0);
        (row.last, row.plots) = (Some(NOW - WEEK), 1);
        assert!(!Filter::Quiet.takes(&row, NOW));
        assert!(Filter::Quiet.takes(&row, NOW + 1));
    }

    #[test]
    fn every_sought_row_holds_every_word_whatever_the_list() {
        let listing = read(&answer(5_000));
        let rows = rows(&listing, &People::default());
        let all = select(&rows, &Query::default(), NOW);
        assert_eq!(all.len(), 5_000);
        let one = rows[1234].actor.to_string();
        let query = Query { words: one[40..].to_owned(), filter: Filter::All };
        assert!(select(&rows, &query, NOW).iter().all(|at| rows[*at].actor.to_string().contains(&one[40..])));
    }
}
