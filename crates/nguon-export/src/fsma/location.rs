//! Location descriptions (§1.1310): business name, phone number, physical address or coordinates, country.

use nguon_core::event::Role;
use nguon_core::ids::ChainId;
use nguon_core::permission::ChainSort;

use super::row::Maker;
use crate::facts::{Missing, Party, Personal, Remedy};
use crate::table::Cell;

/// A place or a party's seat.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Site {
    /// The chain that it stands for.
    pub chain: ChainId,
    id: String,
    name: Option<String>,
    phone: Option<String>,
    address: Option<String>,
    coordinates: Option<(i64, i64)>,
    code: Option<String>,
    issuer: Option<String>,
    gln: Option<String>,
}

impl Site {
    /// In one cell: what identifies it first, so that it is found among the locations.
    fn words(&self) -> String {
        let mut words = vec![self.id.clone()];
        words.extend(self.name.clone());
        words.extend(self.phone.as_ref().map(|phone| format!("tel. {phone}")));
        words.extend(self.address.clone());
        words.extend(self.coordinates.map(coordinates));
        words.push("VN".to_owned());
        words.join("; ")
    }

    /// Its row among the locations.
    pub fn row(self) -> [Cell; 10] {
        [
            self.id.into(),
            Cell::words(self.name),
            Cell::words(self.phone),
            Cell::words(self.address),
            Cell::words(self.coordinates.map(coordinates)),
            "VN".into(),
            Cell::words(self.code),
            Cell::words(self.issuer),
            Cell::words(self.gln),
            self.chain.to_string().into(),
        ]
    }
}

/// Degrees with seven decimals.
fn coordinates((latitude, longitude): (i64, i64)) -> String {
    let degrees = |value: i64| {
        let (sign, size) = (if value < 0 { "-" } else { "" }, value.unsigned_abs());
        format!("{sign}{}.{:07}", size / 10_000_000, size % 10_000_000)
    };
    format!("{}, {}", degrees(latitude), degrees(longitude))
}

impl Maker<'_, '_> {
    /// Where a party has its seat.
    pub fn seat(&mut self, cite: &'static str, what: &'static str, actor: &ChainId) -> Cell {
        let fresh = self.looked_at.insert((*actor, cite, what));
        if !fresh && let Some((_, words)) = self.locations.get(actor) {
            return words.clone().into();
        }
        let party = self.facts.party(actor);
        if fresh {
            self.lacking(cite, what, &party);
        }
        self.told(Site {
            chain: *actor,
            id: party.gln.clone().unwrap_or_else(|| party.short()),
            address: party.commune.as_deref().map(|code| self.facts.commune(code)),
            name: party.name,
            phone: party.phone,
            coordinates: None,
            code: None,
            issuer: None,
            gln: party.gln,
        })
    }

    /// A place; without one, the seat of who answers for it.
    pub fn site(&mut self, cite: &'static str, what: &'static str, place: Option<ChainId>, actor: &ChainId) -> Cell {
        let Some(id) = place else { return self.seat(cite, what, actor) };
        let fresh = self.looked_at.insert((id, cite, what));
        if !fresh && let Some((_, words)) = self.locations.get(&id) {
            return words.clone().into();
        }
        let Some(place) = self.facts.place(&id) else { return self.seat(cite, what, actor) };
        // A packing house is known by who holds its code, a plot by who works it.
        let party = self.facts.party(&place.holder);
        let short: String = place.chain.to_string().chars().take(8).collect();
        let code = place.code.clone().filter(|_| place.sort != ChainSort::Plot);
        if fresh {
            self.lacking(cite, what, &party);
            if place.sort == ChainSort::Plot && place.coordinates.is_none() && place.has_coordinates {
                let remedy = if self.facts.personal() == Personal::Opened { Remedy::Open } else { Remedy::Personal };
                let element = format!("21 CFR {cite}: {what}, geographic coordinates");
                self.missing.insert(Missing::of_first(element, place.chain, "plot_registered/location", remedy));
            }
        }
        self.told(Site {
            chain: place.chain,
            id: place.gln.clone().or(code).unwrap_or(short),
            name: party.name,
            phone: party.phone,
            address: place.commune.as_deref().map(|code| self.facts.commune(code)),
            coordinates: place.coordinates,
            code: place.code,
            issuer: place.issuer,
            gln: place.gln,
        })
    }

    /// Business name and phone number of a harvester.
    pub fn harvester(&mut self, cite: &'static str, actor: &ChainId) -> [Cell; 2] {
        let party = self.facts.party(actor);
        if self.looked_at.insert((*actor, cite, "harvester")) {
            self.lacking(cite, "harvester", &party);
        }
        [Cell::words(party.name), Cell::words(party.phone)]
    }

    fn told(&mut self, site: Site) -> Cell {
        let words = site.words();
        self.locations.insert(site.chain, (site, words.clone()));
        words.into()
    }

    fn lacking(&mut self, cite: &str, what: &str, party: &Party) {
        let mut note = |part: &str, field: &str, remedy| {
            let element = format!("21 CFR {cite}: {what}, {part}");
            self.missing.insert(Missing::of_first(element, party.actor, field, remedy));
        };
        let asked = self.facts.personal() == Personal::Opened;
        // A name is recorded of everybody.
        if party.name.is_none() && party.role.is_some() {
            let withheld = party.role == Some(Role::Farm) && !asked;
            note("business name", "enrolled/name", if withheld { Remedy::Personal } else { Remedy::Open });
        }
        if party.phone.is_none() {
            let remedy = match (party.has_phone, asked) {
                (false, _) => Remedy::Enrol,
                (true, false) => Remedy::Personal,
                (true, true) => Remedy::Open,
            };
            note("phone number", "enrolled/phone", remedy);
        }
        if party.commune.is_none() && party.role.is_some() {
            note("physical address", "enrolled/commune", Remedy::Enrol);
        }
    }
}
