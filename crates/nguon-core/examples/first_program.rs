//! Build, sign and verify a batch: a co-op's harvest, from its plot to a verdict.
use nguon_core::prelude::*;
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let [root, office, coop] = [1, 2, 3].map(|n| SigningKey::from_bytes(&[n; 32])); // yours: random bytes
    let [now, later] = [Time::new(1_780_000_000)?, Time::new(1_790_000_000)?];
    let authority = Authority::new(AuthorityId::from_bytes([9; 32]), "Sở mẫu".parse()?, (&office).into());
    let by_office = Pen::new(authority.id, &office, now);
    let root_v1 = RootPayload::of_one_authority(authority, (&root).into(), now, later);
    let trust = TrustRoot::verify_first(SignedRoot::sign(&root_v1, &[&root])?)?;
    let mut ledger = Ledger::new(trust.clone());
    let name = FieldValue::Text("Hợp tác xã mẫu".into()).seal(&Salt::from_bytes([7; 16]), "enrolled/name");
    let enrolled = Enrolled::new(Role::Registrar, name, Scope::of_events(EventName::ALL)?, Some((&coop).into()));
    let actor = ledger.begin(&by_office, enrolled, Nonce::from_bytes([1; 16]))?;
    let by_coop = Pen::new(actor, &coop, now);
    let (code, issuer, commune) = ("VN-MAU-0001".parse()?, "VN".parse()?, "07525".parse()?);
    let mut area = PlaceRegistered::new(PlaceKind::GrowingArea, code, issuer, "VN".parse()?, actor, commune, now);
    area.area_m2 = Some(SquareMetres::new(100_000)?);
    let area = ledger.begin(&by_office, area, Nonce::from_bytes([2; 16]))?;
    let plot = PlotRegistered::new(area, actor, SquareMetres::new(5_000)?, "vải thiều Thanh Hà".parse()?);
    let plot = ledger.begin(&by_coop, plot, Nonce::from_bytes([3; 16]))?;
    ledger.append(&by_coop, plot, SeasonOpened::new("2026".parse()?, now, later, None))?;
    let batch = ledger.begin(&by_coop, Opened::new(actor, "vải thiều".parse()?), Nonce::from_bytes([4; 16]))?;
    ledger.append(&by_coop, plot, HarvestDrawn::new("2026".parse()?, batch, Grams::new(850_000)?))?;
    ledger.append(&by_coop, batch, Harvested::new(Inputs::one(plot, Grams::new(850_000)?)))?;
    assert_eq!(
        verify(&ledger.bundle(batch)?.to_bytes()?, &trust, &Options::at(now)).verdict.outcome,
        Outcome::Unlogged
    );
    Ok(())
}
