//! A lot that many households' fruit was merged into: the dossier stays a document that is read, and it adds up.

mod poppler;

use nguon_core::prelude::*;
use nguon_core::verify::OutcomeKind;
use nguon_export::attached;
use nguon_export::dossier::Dossier;
use nguon_export::facts::{Facts, Personal, Source};
use poppler::Pdf;

const SPRAYED: u64 = 1_780_000_000;
const PICKED: u64 = SPRAYED + 10 * 86_400;

fn time(seconds: u64) -> Time {
    Time::new(seconds).unwrap()
}

fn kg(kilograms: u64) -> Grams {
    Grams::new(kilograms * 1_000).unwrap()
}

fn nonce(kind: u8, number: u64) -> Nonce {
    let mut bytes = [kind; 16];
    bytes[8..].copy_from_slice(&number.to_be_bytes());
    Nonce::from_bytes(bytes)
}

fn coop_key() -> SigningKey {
    SigningKey::from_bytes(&[3; 32])
}

/// A co-op that signs for all its households, and one packed batch of them all: 100 kg of each.
struct Coop {
    ledger: Ledger,
    actor: ChainId,
    area: ChainId,
}

impl Coop {
    fn begin(households: u64) -> Self {
        let [root, office] = [1, 2].map(|n| SigningKey::from_bytes(&[n; 32]));
        let (now, later) = (time(SPRAYED), time(SPRAYED + 100_000_000));
        let authority = Authority::new(AuthorityId::from_bytes([9; 32]), "Sở mẫu".parse().unwrap(), (&office).into());
        let by_office = Pen::new(authority.id, &office, now);
        let payload = RootPayload::of_one_authority(authority, (&root).into(), now, later);
        let trust = TrustRoot::verify_first(SignedRoot::sign(&payload, &[&root]).unwrap()).unwrap();
        let mut ledger = Ledger::new(trust);
        let scope = Scope::of_events(EventName::ALL).unwrap();
        let coop = Enrolled::new(Role::Registrar, name(0), scope, Some((&coop_key()).into()));
        let actor = ledger.begin(&by_office, coop, nonce(1, 0)).unwrap();
        let [code, issuer] = ["VN-MAU-0041", "GACC"].map(|code| code.parse().unwrap());
        let (market, commune) = ("CN".parse().unwrap(), "07525".parse().unwrap());
        let mut area = PlaceRegistered::new(PlaceKind::GrowingArea, code, issuer, market, actor, commune, now);
        area.area_m2 = Some(SquareMetres::new(10_000_000).unwrap());
        let area = ledger.begin(&by_office, area, nonce(2, 0)).unwrap();
        let ceiling = Some(kg(200 * households));
        let season = SeasonOpened::new(season(), time(PICKED - 86_400), time(PICKED + 86_400), ceiling);
        ledger.append(&by_office, area, season).unwrap();
        Self { ledger, actor, area }
    }

    fn write(&mut self, household: Option<ChainId>, at: u64, chain: ChainId, event: impl Into<Event>) {
        let key = coop_key();
        self.ledger.append(&self.pen(&key, household, at), chain, event).unwrap();
    }

    /// Signs at a time, for a household if for one.
    fn pen<'k>(&self, key: &'k SigningKey, household: Option<ChainId>, at: u64) -> Pen<'k> {
        let pen = Pen::new(self.actor, key, time(at)).east(UtcOffset::VIETNAM);
        household.map_or(pen, |household| pen.on_behalf_of(household))
    }

    fn open(&mut self, household: Option<ChainId>, at: u64, event: impl Into<Event>, nonce: Nonce) -> ChainId {
        let key = coop_key();
        self.ledger.begin(&self.pen(&key, household, at), event, nonce).unwrap()
    }

    /// A household with a plot that was sprayed and picked, and its batch.
    fn harvest(&mut self, number: u64, merged: ChainId) -> ChainId {
        let scope = Scope::of_events(EventName::ALL).unwrap();
        let farm = Enrolled::new(Role::Farm, name(number), scope, None);
        let farm = self.open(None, SPRAYED, farm, nonce(3, number));
        let plot =
            PlotRegistered::new(self.area, farm, SquareMetres::new(5_000).unwrap(), "vải thiều".parse().unwrap());
        let plot = self.open(None, SPRAYED, plot, nonce(4, number));
        let allotments = List::of_one(Allotment { plot, grams: kg(200) });
        self.write(None, SPRAYED, self.area, PlotsAllotted { season: season(), allotments });
        let (from, until) = (time(PICKED - 86_400), time(PICKED + 86_400));
        self.write(None, SPRAYED, plot, SeasonOpened::new(season(), from, until, None));
        let spray = InputApplied {
            kind: InputKind::PlantProtection,
            product: "Abamectin 3.6EC (mẫu)".parse().unwrap(),
            active_ingredients: List::new(vec!["abamectin".parse().unwrap()]).unwrap(),
            product_lot: Some("MAU-1".parse().unwrap()),
            dose: Dose::Microlitres(Count::new(350_000).unwrap()),
            water_ml: Some(Count::new(600_000).unwrap()),
            area_m2: SquareMetres::new(5_000).unwrap(),
            phi_days: Days::new(7).unwrap(),
            operator: None,
            notes: None,
            at: None,
        };
        self.write(Some(farm), SPRAYED, plot, spray);
        let opened = Opened::new(farm, "vải thiều tươi".parse().unwrap());
        let batch = self.open(Some(farm), PICKED, opened, nonce(5, number));
        self.write(Some(farm), PICKED, plot, HarvestDrawn::new(season(), batch, kg(100)));
        self.write(Some(farm), PICKED, batch, Harvested::new(Inputs::one(plot, kg(100))));
        let draw = Drawn { to: merged, grams: kg(100), why: DrawReason::Merging };
        self.write(Some(farm), PICKED, batch, draw);
        batch
    }
}

fn name(number: u64) -> nguon_core::ids::FieldDigest {
    let mut salt = [5; 16];
    salt[8..].copy_from_slice(&number.to_be_bytes());
    FieldValue::Text(format!("Hộ mẫu {number}")).seal(&Salt::from_bytes(salt), "enrolled/name")
}

fn season() -> Code {
    "2026".parse().unwrap()
}

/// Bundle and trust root of the lot.
fn lot(households: u64) -> (Vec<u8>, TrustRoot) {
    let mut coop = Coop::begin(households);
    let opened = || Opened::new(coop.actor, "vải thiều tươi".parse().unwrap());
    let (merged, packed) = (opened(), opened());
    let merged = coop.open(None, PICKED, merged, nonce(6, 0));
    let packed = coop.open(None, PICKED, packed, nonce(6, 1));
    let batches: Vec<ChainId> = (1..=households).map(|number| coop.harvest(number, merged)).collect();
    for some in batches.chunks(200) {
        let inputs = some.iter().map(|from| Input { from: *from, grams: kg(100) }).collect();
        coop.write(None, PICKED + 3_600, merged, Received::new(List::new(inputs).unwrap()));
    }
    let all = kg(100 * households);
    coop.write(None, PICKED + 7_200, merged, Drawn { to: packed, grams: all, why: DrawReason::Packing });
    let boxes = Packed::new(Inputs::one(merged, all), Count::new(10 * households).unwrap(), kg(10));
    coop.write(None, PICKED + 7_200, packed, boxes);
    let bundle = coop.ledger.bundle(packed).unwrap().to_bytes().unwrap();
    (bundle, coop.ledger.trust().clone())
}

fn flowing(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn forty_one_households() {
    let (bundle, trust) = lot(41);
    let options = Options::at(time(PICKED + 10_000));
    let source = Source::new(verify(&bundle, &trust, &options), options.now).unwrap();
    let facts = Facts::new(&source, Personal::Withheld);
    assert_eq!(facts.stamp().outcome, OutcomeKind::Unlogged);
    let bytes = Dossier::new(&facts, &bundle, None).unwrap().to_pdf().unwrap();
    if let Ok(folder) = std::env::var("NGUON_KEEP_PDF") {
        std::fs::write(format!("{folder}/dossier-41.pdf"), &bytes).unwrap();
    }
    let pdf = Pdf::of(&bytes);
    let text = flowing(&pdf.text());
    for words in ["41 hộ, tên không công bố", "41 households", "Đạt: 10 ngày, cần 7", "4.100 kg", "4,100 kg"]
    {
        assert!(text.contains(words), "{words}");
    }
    // Every harvest, and one stage of them all.
    assert_eq!(text.matches("Kept: 10 days, 7 needed").count(), 41);
    assert_eq!(text.matches("Harvesting").count(), 1);
    assert!((8..16).contains(&pdf.pages()), "{} pages", pdf.pages());
    assert_eq!(verify(&attached::bundle(&bytes).unwrap(), &trust, &options).verdict.outcome, Outcome::Unlogged);
}

#[test]
fn five_hundred_households() {
    let (bundle, trust) = lot(500);
    let options = Options::at(time(PICKED + 10_000));
    let source = Source::new(verify(&bundle, &trust, &options), options.now).unwrap();
    let dossier = Dossier::new(&Facts::new(&source, Personal::Withheld), &bundle, None).unwrap();
    // Households lack their names in the file, once.
    assert!(dossier.missing().len() > 500);
    let bytes = dossier.to_pdf().unwrap();
    let pdf = Pdf::of(&bytes);
    let text = flowing(&pdf.text());
    assert_eq!(text.matches("Kept: 10 days, 7 needed").count(), 500);
    assert!(text.contains("50.000 kg") && text.contains("500 hộ, tên không công bố"));
    assert!((30..60).contains(&pdf.pages()), "{} pages", pdf.pages());
    println!("500 households: {} pages, {} bytes with a bundle of {}", pdf.pages(), bytes.len(), bundle.len());
    assert_eq!(verify(&attached::bundle(&bytes).unwrap(), &trust, &options).verdict.outcome, Outcome::Unlogged);
}
