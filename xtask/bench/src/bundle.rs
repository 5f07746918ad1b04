//! A bundle with one long chain, with and without a log.

use nguon_core::ledger::{Cosigner, LedgerError};
use nguon_core::prelude::*;
use nguon_core::record::Anchor;
use nguon_core::verify::Bundle;

use crate::root::{COSIGNERS, ISSUED, authority, cosigner_keys, key, log_key, office_key, policy, time, trust};

/// How many records the long chain has.
pub const RECORDS: u64 = 1000;

/// Records between two checkpoints; the later ones name the earlier checkpoint as their anchor.
const CHECKPOINT: u64 = 100;

/// A trust root and a bundle under it.
pub struct Sample {
    /// As bytes.
    pub root: Vec<u8>,
    /// As bytes.
    pub bundle: Vec<u8>,
}

/// Closes a checkpoint that everybody cosigns at once.
fn close(ledger: &mut Ledger) -> Result<Anchor, LedgerError> {
    let (keys, at) = (cosigner_keys(), time(ISSUED));
    let cosigners: Vec<Cosigner<'_>> =
        COSIGNERS.into_iter().zip(&keys).map(|(name, key)| Cosigner { name, key, at }).collect();
    Ok(ledger.close(at, &log_key(), &cosigners)?.anchor())
}

/// A household's batch that was drawn from, shipped and listed until its chain had [`RECORDS`] records; `logged`: with
/// the log's proof of it.
///
/// # Errors
/// A record of it would not be accepted.
///
/// # Panics
/// A literal is not what it should be.
pub fn sample(logged: bool) -> Result<Sample, LedgerError> {
    let [coop, farm, carrier] = [3, 4, 5].map(key);
    let (office, now) = (office_key(), time(ISSUED));
    let trust = trust(logged.then(|| policy(&[])));
    let root = trust.signed().to_bytes().expect("a root");
    let mut ledger = if logged { Ledger::logged(trust, now)? } else { Ledger::new(trust) };
    let by_office = Pen::new(authority().id, &office, now);

    let mut nonces = (1..=u8::MAX).map(|n| Nonce::from_bytes([n; 16]));
    let mut nonce = || nonces.next().expect("a nonce");
    let name = FieldValue::Text("mẫu".into()).seal(&Salt::from_bytes([7; 16]), "enrolled/name");
    let scope = || Scope::of_events(EventName::ALL).expect("a scope");
    let enrolled = |role, key: &SigningKey| Enrolled::new(role, name, scope(), Some(key.into()));
    let registrar = ledger.begin(&by_office, enrolled(Role::Registrar, &coop), nonce())?;
    let by_coop = Pen::new(registrar, &coop, now);
    let household = ledger.begin(&by_coop, enrolled(Role::Farm, &farm), nonce())?;
    let haulier = ledger.begin(&by_coop, enrolled(Role::Carrier, &carrier), nonce())?;
    let mut by_farm = Pen::new(household, &farm, now);

    let [code, issuer] = ["VN-MAU-0001", "VN"].map(|code| code.parse().expect("a code"));
    let (market, commune) = ("CN".parse().expect("a market"), "07525".parse().expect("a commune"));
    let mut area = PlaceRegistered::new(PlaceKind::GrowingArea, code, issuer, market, registrar, commune, now);
    area.area_m2 = Some(SquareMetres::new(100_000).expect("an area"));
    let area = ledger.begin(&by_office, area, nonce())?;
    let variety = "vải thiều Thanh Hà".parse().expect("text");
    let plot = PlotRegistered::new(area, household, SquareMetres::new(5_000).expect("an area"), variety);
    let plot = ledger.begin(&by_coop, plot, nonce())?;
    let season = || "2026".parse().expect("a code");
    let grams = |grams| Grams::new(grams).expect("grams");
    let opened = |ceiling| SeasonOpened::new(season(), now, time(1_789_000_000), ceiling);
    ledger.append(&by_office, area, opened(Some(grams(850_000))))?;
    let allotments = List::of_one(Allotment { plot, grams: grams(850_000) });
    ledger.append(&by_office, area, PlotsAllotted { season: season(), allotments })?;
    ledger.append(&by_farm, plot, opened(None))?;
    let opened = || Opened::new(household, "vải thiều".parse().expect("text"));
    let (batch, other) = (ledger.begin(&by_farm, opened(), nonce())?, ledger.begin(&by_farm, opened(), nonce())?);
    ledger.append(&by_farm, plot, HarvestDrawn::new(season(), batch, grams(850_000)))?;
    ledger.append(&by_farm, batch, Harvested::new(Inputs::one(plot, grams(850_000))))?;
    for sequence in 2..RECORDS {
        if logged && sequence.is_multiple_of(CHECKPOINT) {
            by_farm = by_farm.anchored(close(&mut ledger)?);
        }
        let event: Event = match sequence % 3 {
            2 => Drawn { to: other, grams: grams(500), why: DrawReason::Handover }.into(),
            0 => Shipped::new(sequence - 1, haulier).into(),
            _ => {
                let listing = format!("VT-{sequence:05}").parse().expect("a code");
                Listed { marketplace: "cho-mau.example".parse().expect("a code"), listing, until: None }.into()
            }
        };
        ledger.append(&by_farm, batch, event)?;
    }
    if logged {
        close(&mut ledger)?;
    }
    let bundle: Bundle = ledger.bundle(batch)?;
    assert_eq!(u64::try_from(bundle.chains[0].len()), Ok(RECORDS));
    Ok(Sample { root, bundle: bundle.to_bytes().expect("a bundle") })
}
