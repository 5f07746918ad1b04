//! A small season, signed with keys that everybody knows, for this package's tests and its gallery. Never in the page.

use nguon_core::event::*;
use nguon_core::ids::{AuthorityId, ChainId, Nonce, Salt, StatementId};
use nguon_core::ledger::{Ledger, Pen};
use nguon_core::opening::{FieldValue, Opening};
use nguon_core::prelude::{Authority, RootPayload, SignedRoot, SigningKey, TrustRoot};
use nguon_core::values::{Grams, Label, List, SquareMetres, Text, Time, UtcOffset};
use nguon_gs1::LabelCode;

/// Why a sample could not be made: an error in the sample itself.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// 1 June 2026, 00:00 in Vietnam.
const JUNE: u64 = 1_780_246_800;
const DAY: u64 = 86_400;
const HOUR: u64 = 3_600;

/// What the season is made to contain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// The authority recalls the lot
    pub recalled: bool,
    /// The packing house's key is reported stolen
    pub key_stolen: bool,
    /// The farmers' names are erased
    pub erased: bool,
    /// The lot was cooled, irradiated and tested; a loss was corrected, and the correction of a spraying waits
    pub handled: bool,
    /// The authority recalls what the first household's plot bore
    pub plot_recalled: bool,
}

/// A signed season.
#[derive(Debug)]
pub struct Sample {
    /// Trust root, version 1
    pub root: Vec<u8>,
    /// Bundle of the lot
    pub bundle: Vec<u8>,
    /// What the label says, with the commitment
    pub code: LabelCode,
    /// When the shopper looks
    pub now: u64,
}

/// Name, commune's area (index), grams, and whether it has a phone.
const HOUSEHOLDS: [(&str, usize, u64, bool); 8] = [
    ("Nguyễn Văn Bảy", 0, 1_850_000, true),
    ("Trần Thị Hoa", 0, 1_620_000, true),
    ("Giáp Văn Tính", 1, 1_740_000, true),
    ("Vi Thị Mến", 1, 1_480_500, false),
    ("Lý Văn Sơn", 2, 1_390_000, true),
    ("Hoàng Thị Lụa", 2, 1_560_000, true),
    ("Ngô Quang Vinh", 3, 1_405_000, true),
    ("Dương Thị Nhàn", 4, 1_354_500, true),
];
/// Code and commune of each growing area.
const AREAS: [(&str, &str); 5] = [
    ("MAU-VN-BNOR-0101", "07525"),
    ("MAU-VN-BNOR-0102", "07582"),
    ("MAU-VN-BNOR-0103", "07552"),
    ("MAU-VN-BNOR-0104", "07603"),
    ("MAU-VN-BNOR-0105", "07330"),
];

struct Season {
    ledger: Ledger,
    nonces: u8,
    salts: u8,
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn time(seconds: u64) -> Result<Time> {
    Ok(Time::new(seconds)?)
}

fn text(words: &str) -> Result<Text> {
    Ok(words.parse()?)
}

impl Season {
    fn nonce(&mut self) -> Nonce {
        self.nonces += 1;
        Nonce::from_bytes([self.nonces; 16])
    }

    fn salt(&mut self) -> Salt {
        self.salts += 1;
        Salt::from_bytes([self.salts; 16])
    }

    fn reveal(&mut self, record: StatementId, path: &str, salt: Salt, value: &FieldValue) -> Result<()> {
        let opening =
            Opening { record, path: path.into(), salt, value: Some(nguon_core::bytes::ByteString(value.to_bytes())) };
        Ok(self.ledger.open(opening)?)
    }

    #[allow(clippy::too_many_arguments)]
    fn enrol(
        &mut self,
        pen: &Pen<'_>,
        role: Role,
        name: &str,
        commune: &str,
        phone: Option<&str>,
        key: Option<&SigningKey>,
        shown: bool,
    ) -> Result<ChainId> {
        let (name, salt) = (FieldValue::Text(name.into()), self.salt());
        let mut scope = Scope::of_events(EventName::ALL)?;
        scope.gs1_prefixes = Some(List::new(vec!["9521234".parse()?])?);
        let mut enrolled = Enrolled::new(role, name.seal(&salt, "enrolled/name"), scope, key.map(Into::into));
        enrolled.commune = Some(commune.parse()?);
        let phone = phone.map(|phone| (FieldValue::Text(phone.into()), self.salt()));
        enrolled.phone = phone.as_ref().map(|(value, salt)| value.seal(salt, "enrolled/phone"));
        let nonce = self.nonce();
        let actor = self.ledger.begin(pen, enrolled, nonce)?;
        let record = StatementId::from_bytes(*actor.as_bytes());
        if shown {
            self.reveal(record, "enrolled/name", salt, &name)?;
            if let Some((value, salt)) = phone {
                self.reveal(record, "enrolled/phone", salt, &value)?;
            }
        }
        Ok(actor)
    }
}

/// Signs a season and bundles its lot.
pub fn sample(wish: Wish) -> Result<Sample> {
    let (root_key, office, coop_key, packer_key, carrier_key) = (key(1), key(2), key(3), key(4), key(5));
    let authority =
        Authority::new(AuthorityId::from_bytes([9; 32]), text("Sở Nông nghiệp và Môi trường (mẫu)")?, (&office).into());
    let office_pen = Pen::new(authority.id, &office, time(JUNE - 120 * DAY)?).east(UtcOffset::new(420)?);
    let payload =
        RootPayload::of_one_authority(authority, (&root_key).into(), time(JUNE - 150 * DAY)?, time(JUNE + 600 * DAY)?);
    let signed = SignedRoot::sign(&payload, &[&root_key])?;
    let root = signed.to_bytes()?;
    let mut season = Season { ledger: Ledger::new(TrustRoot::verify_first(signed)?), nonces: 0, salts: 0 };
    let s = &mut season;

    let coop = s.enrol(
        &office_pen,
        Role::Registrar,
        "Hợp tác xã Vải thiều Chũ (mẫu)",
        "07525",
        Some("+84 204 000 0001"),
        Some(&coop_key),
        true,
    )?;
    let coop_pen = Pen { signer: coop.into(), key: &coop_key, ..office_pen };
    let packer = s.enrol(
        &coop_pen,
        Role::PackingHouse,
        "Cơ sở đóng gói Lục Ngạn Xanh (mẫu)",
        "07582",
        Some("+84 204 000 0002"),
        Some(&packer_key),
        true,
    )?;
    let packer_pen = Pen { signer: packer.into(), key: &packer_key, ..office_pen };
    let carrier =
        s.enrol(&coop_pen, Role::Carrier, "Vận tải lạnh Bắc Giang (mẫu)", "07210", None, Some(&carrier_key), true)?;

    let mut areas = Vec::new();
    for (code, commune) in AREAS {
        let mut area = PlaceRegistered::new(
            PlaceKind::GrowingArea,
            code.parse()?,
            "PPD".parse()?,
            "CN".parse()?,
            coop,
            commune.parse()?,
            time(JUNE - 400 * DAY)?,
        );
        area.area_m2 = Some(SquareMetres::new(124_000)?);
        area.variety = Some(text("vải thiều Thanh Hà chính vụ")?);
        let nonce = s.nonce();
        let chain = s.ledger.begin(&office_pen, area, nonce)?;
        let opened =
            SeasonOpened::new("2026".parse()?, time(JUNE)?, time(JUNE + 45 * DAY)?, Some(Grams::new(180_000_000)?));
        s.ledger.append(&office_pen.at(time(JUNE - 90 * DAY)?), chain, opened)?;
        areas.push(chain);
    }
    let house = PlaceRegistered::new(
        PlaceKind::PackingHouse,
        "MAU-VN-BNPH-0007".parse()?,
        "PPD".parse()?,
        "CN".parse()?,
        packer,
        "07582".parse()?,
        time(JUNE - 400 * DAY)?,
    );
    let nonce = s.nonce();
    let house = s.ledger.begin(&office_pen, house, nonce)?;
    let certificate = Certified {
        scheme: text("VietGAP")?,
        number: "MAU-VG-2026-0042".parse()?,
        from: time(JUNE - 200 * DAY)?,
        until: time(JUNE + 165 * DAY)?,
    };
    s.ledger.append(&office_pen.at(time(JUNE - 60 * DAY)?), areas[0], certificate)?;

    // The lot is opened before picking, so that its labels can be printed.
    let label = Label { gtin: "09521234543213".parse()?, lot: "VT-0605".parse()? };
    let mut opened = Opened::new(packer, text("vải thiều Lục Ngạn")?);
    opened.variety = Some(text("Thanh Hà chính vụ")?);
    opened.label = Some(label.clone());
    let nonce = s.nonce();
    let lot = s.ledger.begin(&packer_pen.at(time(JUNE + 4 * DAY + 5 * HOUR)?), opened, nonce)?;

    let mut inputs = Vec::new();
    for (n, (name, area, grams, phone)) in (0_u8..).zip(HOUSEHOLDS) {
        let farmer_key = key(20 + n);
        let household =
            s.enrol(&coop_pen, Role::Farm, name, AREAS[area].1, None, phone.then_some(&farmer_key), !wish.erased)?;
        let pen = if phone {
            Pen { signer: household.into(), key: &farmer_key, ..office_pen }
        } else {
            coop_pen.on_behalf_of(household)
        };
        let mut plot = PlotRegistered::new(
            areas[area],
            household,
            SquareMetres::new(3_200 + u64::from(n) * 310)?,
            text("vải thiều Thanh Hà chính vụ")?,
        );
        plot.trees = Some(nguon_core::values::Count::new(96 + u64::from(n) * 7)?);
        let nonce = s.nonce();
        let plot = s.ledger.begin(&coop_pen.at(time(JUNE - 88 * DAY)?), plot, nonce)?;
        s.ledger.append(
            &pen.at(time(JUNE - 80 * DAY)?),
            plot,
            SeasonOpened::new("2026".parse()?, time(JUNE)?, time(JUNE + 45 * DAY)?, None),
        )?;
        let share = Allotment { plot, grams: Grams::new(grams + 150_000)? };
        let share = PlotsAllotted { season: "2026".parse()?, allotments: List::new(vec![share])? };
        s.ledger.append(&coop_pen.at(time(JUNE - 79 * DAY)?), areas[area], share)?;
        let spray = InputApplied {
            kind: InputKind::PlantProtection,
            product: text("Amistar Top 325SC")?,
            active_ingredients: List::new(vec![text("azoxystrobin")?, text("difenoconazole")?])?,
            product_lot: Some("AT-25-118".parse()?),
            dose: Dose::Microlitres(nguon_core::values::Count::new(160_000)?),
            water_ml: Some(nguon_core::values::Count::new(200_000)?),
            area_m2: SquareMetres::new(3_000)?,
            phi_days: nguon_core::values::Days::new(7)?,
            operator: None,
            notes: None,
            at: None,
        };
        s.ledger.append(&pen.at(time(JUNE - 14 * DAY + 7 * HOUR)?), plot, spray.clone())?;
        if wish.handled && n == 0 {
            let spray = InputApplied { phi_days: nguon_core::values::Days::new(5)?, ..spray };
            let typed = Corrected {
                sequence: 2,
                reason: CorrectionReason::Typing,
                event: std::sync::Arc::new(spray.into()),
                details: None,
            };
            s.ledger.append(&pen.at(time(JUNE - 13 * DAY)?), plot, typed)?;
        }
        let picking = JUNE + 4 * DAY + 5 * HOUR + u64::from(n) * 600;
        let nonce = s.nonce();
        let batch = s.ledger.begin(&pen.at(time(picking)?), Opened::new(household, text("vải thiều")?), nonce)?;
        s.ledger.append(
            &pen.at(time(picking + HOUR)?),
            plot,
            HarvestDrawn::new("2026".parse()?, batch, Grams::new(grams)?),
        )?;
        let mut harvested = Harvested::new(Inputs::one(plot, Grams::new(grams)?));
        harvested.crates = Some(nguon_core::values::Count::new(grams / 25_000 + 1)?);
        s.ledger.append(&pen.at(time(picking + HOUR + 300)?), batch, harvested)?;
        s.ledger.append(
            &pen.at(time(picking + 2 * HOUR)?),
            batch,
            Drawn { to: lot, grams: Grams::new(grams)?, why: DrawReason::Handover },
        )?;
        if wish.plot_recalled && n == 0 {
            let recall = Recalled::new(RecallReason::PesticideResidue);
            s.ledger.append(&office_pen.at(time(JUNE + 6 * DAY)?), plot, recall)?;
        }
        inputs.push(Input { from: batch, grams: Grams::new(grams)? });
    }
    let mut packed = Packed::new(List::new(inputs)?, nguon_core::values::Count::new(2_460)?, Grams::new(5_000)?);
    packed.grade = Some(text("Loại 1")?);
    packed.place = Some(house);
    s.ledger.append(&packer_pen.at(time(JUNE + 4 * DAY + 14 * HOUR + 1_800)?), lot, packed)?;
    let shop = s.enrol(&coop_pen, Role::Seller, "Cửa hàng Trái cây Sạch (mẫu)", "07210", None, Some(&key(6)), true)?;
    let shop_pen = Pen { signer: shop.into(), key: &key(6), ..office_pen };
    let mut consignment = Opened::new(shop, text("vải thiều Lục Ngạn")?);
    consignment.label_of = Some(lot);
    let nonce = s.nonce();
    let consignment = s.ledger.begin(&shop_pen.at(time(JUNE + 4 * DAY + 15 * HOUR)?), consignment, nonce)?;
    let drawn = Drawn { to: consignment, grams: Grams::new(3_000_000)?, why: DrawReason::Consignment };
    s.ledger.append(&packer_pen.at(time(JUNE + 4 * DAY + 16 * HOUR)?), lot, drawn)?;
    let mut shipped = Shipped::new(2, carrier);
    shipped.set_point_mc = Some(4_000);
    let (plate, salt) = (FieldValue::Text("98C-000.00".into()), s.salt());
    shipped.vehicle = Some(plate.seal(&salt, "shipped/vehicle"));
    s.ledger.append(&packer_pen.at(time(JUNE + 4 * DAY + 17 * HOUR)?), lot, shipped)?;
    s.ledger.append(
        &packer_pen.at(time(JUNE + 5 * DAY + 8 * HOUR)?),
        lot,
        Listed { marketplace: "cho-mau.example".parse()?, listing: "VT-88121".parse()?, until: None },
    )?;
    if wish.handled {
        handle(s, lot, &packer_pen, &office_pen)?;
    }
    if wish.recalled {
        let mut recall = Recalled::new(RecallReason::PesticideResidue);
        recall.product_lot = Some("AT-25-118".parse()?);
        s.ledger.append(&office_pen.at(time(JUNE + 6 * DAY + 9 * HOUR)?), lot, recall)?;
    }
    if wish.key_stolen {
        let revoked = KeyRevoked {
            key: packer_pen_key(&packer_key),
            reason: RevocationReason::Stolen,
            suspect_since: None,
            details: None,
        };
        s.ledger.append(&coop_pen.at(time(JUNE + 6 * DAY)?), packer, revoked)?;
    }
    let code = LabelCode::new(*label.gtin.get(), label.lot.get().clone()).with_commitment(lot.commitment());
    Ok(Sample { root, bundle: season.ledger.bundle(lot)?.to_bytes()?, code, now: JUNE + 7 * DAY })
}

/// What happens to a lot after packing.
fn handle(s: &mut Season, lot: ChainId, packer: &Pen<'_>, office: &Pen<'_>) -> Result<()> {
    let count = nguon_core::values::Count::new;
    let cooled = Cooled {
        method: CoolingMethod::Hydrocooling,
        measured_mc: 4_500,
        set_point_mc: Some(4_000),
        place: None,
        at: None,
    };
    let treated = Treated {
        treatment: Treatment::IrradiationMgy(count(400_000)?),
        facility: "MAU-CX-01".parse()?,
        certificate: "MAU-KD-2026-0605".parse()?,
        at: None,
    };
    let lost = |grams| -> Result<Lost> {
        Ok(Lost { grams: Grams::new(grams)?, reason: LossReason::Sorting, details: None, at: None })
    };
    let mut hour = 9;
    let mut append = |pen: &Pen<'_>, event: Event| -> Result<u64> {
        hour += 1;
        let pen = pen.at(time(JUNE + 5 * DAY + hour * HOUR)?);
        s.ledger.append(&pen, lot, event)?;
        // Opened, packed, drawn, shipped and listed stand before.
        Ok(hour - 5)
    };
    append(packer, cooled.into())?;
    append(packer, treated.into())?;
    let sequence = append(packer, lost(40_000)?.into())?;
    let event = std::sync::Arc::new(lost(60_000)?.into());
    append(packer, Corrected { sequence, reason: CorrectionReason::Weighing, event, details: None }.into())?;
    let inspected = Inspected::new(InspectionResult::Conforms, InspectionPurpose::Export);
    append(office, inspected.into())?;
    Ok(())
}

fn packer_pen_key(key: &SigningKey) -> nguon_core::ids::KeyId {
    nguon_core::ids::KeyId::of(&key.into())
}
