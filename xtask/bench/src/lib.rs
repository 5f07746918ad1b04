//! What the benches share: a bundle with one long chain, and the line that reports a figure.

use nguon_core::ledger::LedgerError;
use nguon_core::prelude::*;
use nguon_core::verify::Bundle;

/// How many records the long chain has.
pub const RECORDS: u64 = 1000;

/// How often each side is timed; the best time counts.
pub const ROUNDS: usize = 25;

/// A trust root and a bundle under it.
pub struct Sample {
    /// As bytes.
    pub root: Vec<u8>,
    /// As bytes.
    pub bundle: Vec<u8>,
}

fn time(seconds: u64) -> Time {
    Time::new(seconds).expect("a time")
}

/// A household's batch that was drawn from, shipped and listed until its chain had [`RECORDS`] records.
///
/// # Errors
/// A record of it would not be accepted.
///
/// # Panics
/// A literal is not what it should be.
pub fn sample() -> Result<Sample, LedgerError> {
    let [root_key, office, coop, farm, carrier] = [1, 2, 3, 4, 5].map(|n| SigningKey::from_bytes(&[n; 32]));
    let authority = Authority::new(AuthorityId::from_bytes([9; 32]), "Sở mẫu".parse().expect("text"), (&office).into());
    let by_office = Pen::new(authority.id, &office, time(1_780_000_000));
    let payload =
        RootPayload::of_one_authority(authority, (&root_key).into(), time(1_780_000_000), time(1_790_000_000));
    let signed = SignedRoot::sign(&payload, &[&root_key]).expect("a root");
    let root = signed.to_bytes().expect("a root");
    let mut ledger = Ledger::new(TrustRoot::verify_first(signed).expect("a root"));

    let mut nonces = (1..=u8::MAX).map(|n| Nonce::from_bytes([n; 16]));
    let mut nonce = || nonces.next().expect("a nonce");
    let name = FieldValue::Text("mẫu".into()).seal(&Salt::from_bytes([7; 16]), "enrolled/name");
    let scope = || Scope::of_events(EventName::ALL).expect("a scope");
    let enrolled = |role, key: &SigningKey| Enrolled::new(role, name, scope(), Some(key.into()));
    let registrar = ledger.begin(&by_office, enrolled(Role::Registrar, &coop), nonce())?;
    let by_coop = Pen::new(registrar, &coop, time(1_780_000_000));
    let household = ledger.begin(&by_coop, enrolled(Role::Farm, &farm), nonce())?;
    let haulier = ledger.begin(&by_coop, enrolled(Role::Carrier, &carrier), nonce())?;
    let by_farm = Pen::new(household, &farm, time(1_780_000_000));

    let [code, issuer] = ["VN-MAU-0001", "VN"].map(|code| code.parse().expect("a code"));
    let (market, commune) = ("CN".parse().expect("a market"), "07525".parse().expect("a commune"));
    let mut area =
        PlaceRegistered::new(PlaceKind::GrowingArea, code, issuer, market, registrar, commune, time(1_780_000_000));
    area.area_m2 = Some(SquareMetres::new(100_000).expect("an area"));
    let area = ledger.begin(&by_office, area, nonce())?;
    let variety = "vải thiều Thanh Hà".parse().expect("text");
    let plot = PlotRegistered::new(area, household, SquareMetres::new(5_000).expect("an area"), variety);
    let plot = ledger.begin(&by_coop, plot, nonce())?;
    let season = || "2026".parse().expect("a code");
    ledger.append(&by_farm, plot, SeasonOpened::new(season(), time(1_780_000_000), time(1_789_000_000), None))?;
    let grams = |grams| Grams::new(grams).expect("grams");
    let batch = ledger.begin(&by_farm, Opened::new(household, "vải thiều".parse().expect("text")), nonce())?;
    ledger.append(&by_farm, plot, HarvestDrawn::new(season(), batch, grams(850_000)))?;
    ledger.append(&by_farm, batch, Harvested::new(Inputs::one(plot, grams(850_000))))?;
    for sequence in 2..RECORDS {
        let event: Event = match sequence % 3 {
            2 => Drawn { to: plot, grams: grams(500), why: DrawReason::Handover }.into(),
            0 => Shipped::new(sequence - 1, haulier).into(),
            _ => {
                let listing = format!("VT-{sequence:05}").parse().expect("a code");
                Listed { marketplace: "cho-mau.example".parse().expect("a code"), listing, until: None }.into()
            }
        };
        ledger.append(&by_farm, batch, event)?;
    }
    let bundle: Bundle = ledger.bundle(batch)?;
    assert_eq!(u64::try_from(bundle.chains[0].len()), Ok(RECORDS));
    Ok(Sample { root, bundle: bundle.to_bytes().expect("a bundle") })
}

/// Prints a figure as `cargo xtask bench` reads it.
pub fn report(name: &str, value: f64, unit: &str, limit: f64, at_most: f64) {
    let figure = serde_json::json!({
        "name": name, "value": value, "unit": unit, "limit": limit, "bound": {"at_most": at_most},
    });
    println!("{figure}");
}
