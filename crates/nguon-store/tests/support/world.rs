//! A small deployment: an authority, a co-op with a GS1 prefix, a farm, its plot; and batches from it on demand.
//!
//! Everything is signed for real and admitted by an in-memory ledger, so what it hands out is what a store must take.
#![allow(dead_code, reason = "several test programs share it, each with its own needs")]

use nguon_core::admit::Statement;
use nguon_core::cbor::{self, Limits};
use nguon_core::envelope::SignedRecord;
use nguon_core::event::*;
use nguon_core::ids::*;
use nguon_core::ledger::{Ledger, Pen, begin_record};
use nguon_core::opening::{FieldValue, Opening, PersonalOpening};
use nguon_core::prelude::{Authority, RootPayload, SigningKey, TrustRoot};
use nguon_core::record::Attachment;
use nguon_core::trust::{LogPolicy, LogVerifier, SignedRoot};
use nguon_core::values::*;

pub const NOW: u64 = 1_780_000_000;
pub const GTIN: &str = "09521234543213";

#[derive(Clone)]
pub struct World {
    pub trust: TrustRoot,
    pub ledger: Ledger,
    /// Everything admitted so far, in order.
    pub records: Vec<SignedRecord>,
    pub openings: Vec<PersonalOpening>,
    pub office: SigningKey,
    pub coop_key: SigningKey,
    pub farm_key: SigningKey,
    pub authority: AuthorityId,
    pub coop: ChainId,
    pub farm: ChainId,
    pub area: ChainId,
    pub plot: ChainId,
    nonces: u64,
}

impl World {
    pub fn new() -> Self {
        Self::named(9)
    }

    /// Worlds of other numbers are other deployments.
    pub fn named(number: u8) -> Self {
        Self::under(number, None)
    }

    /// A deployment with a log, one witness and one map auditor, whose keys are [`log_keys`].
    pub fn logged() -> Self {
        Self::under(9, Some(log_policy()))
    }

    /// A deployment with this log.
    pub fn under(number: u8, log: Option<LogPolicy>) -> Self {
        let [root, office, coop_key, farm_key] = [1, 2, 3, 4].map(|n| SigningKey::from_bytes(&[n; 32]));
        let authority = Authority::new(AuthorityId::from_bytes([number; 32]), text("Sở mẫu"), (&office).into());
        let id = authority.id;
        let payload = RootPayload::of_one_authority(authority, (&root).into(), time(NOW), time(NOW + 100_000_000));
        let payload = RootPayload { log, ..payload };
        let trust = TrustRoot::verify_first(SignedRoot::sign(&payload, &[&root]).unwrap()).unwrap();
        let none = ChainId::from_bytes([0; 32]);
        let mut world = Self {
            ledger: Ledger::new(trust.clone()),
            trust,
            records: Vec::new(),
            openings: Vec::new(),
            office,
            coop_key,
            farm_key,
            authority: id,
            coop: none,
            farm: none,
            area: none,
            plot: none,
            nonces: 0,
        };
        world.found();
        world
    }

    fn found(&mut self) {
        let (office, coop_key) = (self.office.clone(), self.coop_key.clone());
        let by_office = Pen::new(self.authority, &office, time(NOW));
        let key = (&coop_key).into();
        self.coop = self.enrol(&by_office, Role::Registrar, "Hợp tác xã Vải thiều mẫu", Some(key));
        let by_coop = Pen::new(self.coop, &coop_key, time(NOW));
        let key = (&self.farm_key).into();
        self.farm = self.enrol(&by_coop, Role::Farm, "Nguyễn Thị Mẫu", Some(key));
        self.area = self.register_place(&by_office, "VN-MAU-0001");
        let plot = PlotRegistered::new(self.area, self.farm, SquareMetres::new(5_000).unwrap(), text("vải thiều"));
        self.plot = self.begin(&by_coop, plot);
        let plenty = Grams::new(1_000_000_000_000).unwrap();
        let season = || SeasonOpened::new("2026".parse().unwrap(), time(NOW), time(NOW + 100_000_000), None);
        self.append(&by_office, self.area, SeasonOpened { ceiling: Some(plenty), ..season() }).unwrap();
        let allotments = List::of_one(Allotment { plot: self.plot, grams: plenty });
        self.append(&by_office, self.area, PlotsAllotted { season: season().season, allotments }).unwrap();
        self.append(&by_coop, self.plot, season()).unwrap();
    }

    pub fn enrol(&mut self, pen: &Pen<'_>, role: Role, name: &str, key: Option<PublicKeyBytes>) -> ChainId {
        let mut scope = Scope::of_events(EventName::ALL).unwrap();
        scope.gs1_prefixes = Some(List::of_one("9521234".parse().unwrap()));
        let salt = self.salt();
        let value = FieldValue::Text(name.to_owned());
        let actor = self.begin(pen, Enrolled::new(role, value.seal(&salt, "enrolled/name"), scope, key));
        let record = StatementId::from_bytes(*actor.as_bytes());
        let value = Some(nguon_core::bytes::ByteString(value.to_bytes()));
        let opening = Opening { record, path: "enrolled/name".to_owned(), salt, value };
        self.openings.push(PersonalOpening { opening, about: actor });
        actor
    }

    pub fn register_place(&mut self, pen: &Pen<'_>, code: &str) -> ChainId {
        self.begin(pen, self.place(code))
    }

    pub fn place(&self, code: &str) -> PlaceRegistered {
        let (issuer, commune) = ("VN".parse().unwrap(), "07525".parse().unwrap());
        let market = "VN".parse().unwrap();
        let code = code.parse().unwrap();
        let mut place =
            PlaceRegistered::new(PlaceKind::GrowingArea, code, issuer, market, self.coop, commune, time(NOW));
        place.area_m2 = Some(SquareMetres::new(100_000).unwrap());
        place
    }

    /// A batch with fruit from the plot, labelled with this lot: three records.
    pub fn batch(&mut self, lot: Option<&str>) -> ChainId {
        let farm_key = self.farm_key.clone();
        let pen = Pen::new(self.farm, &farm_key, time(NOW));
        let batch = self.begin(&pen, self.opened(lot));
        let grams = Grams::new(850_000).unwrap();
        self.append(&pen, self.plot, HarvestDrawn::new("2026".parse().unwrap(), batch, grams)).unwrap();
        self.append(&pen, batch, Harvested::new(Inputs::one(self.plot, grams))).unwrap();
        batch
    }

    pub fn opened(&self, lot: Option<&str>) -> Opened {
        let mut opened = Opened::new(self.farm, text("vải thiều"));
        opened.label = lot.map(label);
        opened
    }

    /// An offer on a marketplace: an event of which a batch may have any number.
    pub fn listed(&self, number: usize) -> Listed {
        let (marketplace, listing) = ("cho.example".parse().unwrap(), number.to_string().parse().unwrap());
        Listed { marketplace, listing, until: None }
    }

    pub fn begin(&mut self, pen: &Pen<'_>, event: impl Into<Event>) -> ChainId {
        let nonce = self.nonce();
        let chain = self.ledger.begin(pen, event, nonce).unwrap();
        self.records.push(self.ledger.records(&chain)[0].clone());
        chain
    }

    pub fn append(
        &mut self,
        pen: &Pen<'_>,
        chain: ChainId,
        event: impl Into<Event>,
    ) -> Result<StatementId, nguon_core::ledger::LedgerError> {
        let id = self.ledger.append(pen, chain, event)?;
        self.records.extend(self.ledger.records(&chain).last().cloned());
        Ok(id)
    }

    /// The farm appends to a batch of its own.
    pub fn list(&mut self, batch: ChainId, number: usize) -> StatementId {
        let farm_key = self.farm_key.clone();
        let event = self.listed(number);
        self.append(&Pen::new(self.farm, &farm_key, time(NOW)), batch, event).unwrap()
    }

    /// A batch opened with a photo: the record is admitted, its opening and bytes are handed back.
    pub fn batch_with_photo(&mut self, bytes: &[u8]) -> (ChainId, PersonalOpening, FieldDigest) {
        self.batch_with_file(bytes, "image/jpeg")
    }

    /// The same with a file that the record calls by another type.
    pub fn batch_with_file(&mut self, bytes: &[u8], media_type: &str) -> (ChainId, PersonalOpening, FieldDigest) {
        let (farm_key, salt, nonce) = (self.farm_key.clone(), self.salt(), self.nonce());
        let pen = Pen::new(self.farm, &farm_key, time(NOW));
        let digest = nguon_core::opening::digest(&salt, "attachments/0", bytes);
        let length = Count::new(bytes.len() as u64).unwrap();
        let attachment = Attachment { digest, length, media_type: media_type.parse().unwrap() };
        let mut record = begin_record(&pen, self.opened(None).into(), nonce);
        record.attachments = Some(List::of_one(attachment));
        let signed = SignedRecord::sign(&record, &farm_key, self.trust.deployment()).unwrap();
        let id = self.ledger.admit(signed.clone()).unwrap();
        self.records.push(signed);
        let opening = Opening { record: id, path: "attachments/0".to_owned(), salt, value: None };
        (ChainId::of_first(id), PersonalOpening { opening, about: self.farm }, digest)
    }

    pub fn statements(&self) -> Vec<Statement> {
        self.records.iter().map(|record| self.statement(record)).collect()
    }

    pub fn statement(&self, record: &SignedRecord) -> Statement {
        Statement::decode(record.clone(), self.trust.deployment()).unwrap()
    }

    /// All so far as a CBOR sequence, as it is posted.
    pub fn sequence(&self) -> Vec<u8> {
        self.records.iter().flat_map(|record| record.as_bytes().to_vec()).collect()
    }

    pub fn openings_body(&self) -> Vec<u8> {
        encode_openings(&self.openings)
    }

    pub fn nonce(&mut self) -> Nonce {
        let mut bytes = [0; 16];
        self.nonces += 1;
        bytes[..8].copy_from_slice(&self.nonces.to_be_bytes());
        Nonce::from_bytes(bytes)
    }

    fn salt(&mut self) -> Salt {
        Salt::from_bytes(*self.nonce().as_bytes())
    }
}

/// The keys of the log, the witness and the map auditor of [`log_policy`].
pub fn log_keys() -> [SigningKey; 3] {
    [11, 12, 13].map(|n| SigningKey::from_bytes(&[n; 32]))
}

/// The key that signs trust roots.
pub fn root_key() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

/// Who must have seen a checkpoint: one witness and one map auditor.
pub fn log_policy() -> LogPolicy {
    let [log, witness, auditor] = log_keys();
    let cosigner =
        |name: &str, key: &SigningKey| LogVerifier { name: name.parse().unwrap(), key: key.into(), url: None };
    LogPolicy {
        origin: "log.example/mau".parse().unwrap(),
        key: (&log).into(),
        witnesses: List::of_one(cosigner("witness.example", &witness)),
        witness_threshold: 1,
        auditors: List::of_one(cosigner("auditor.example", &auditor)),
        fresh_online: 3_600,
        fresh_offline: 86_400,
    }
}

/// The same statement under other signature bytes, as browsers that randomise signatures make them.
pub fn signed_otherwise(record: &SignedRecord) -> SignedRecord {
    let mut signature = *record.signature().as_bytes();
    signature[0] ^= 1;
    SignedRecord::assemble(record.key_id(), record.payload(), &SignatureBytes::from_bytes(signature)).unwrap()
}

pub fn encode_openings(openings: &[PersonalOpening]) -> Vec<u8> {
    cbor::to_canonical(&openings, Limits { length: 4 * 1024 * 1024, depth: 4 }).unwrap()
}

pub fn label(lot: &str) -> Label {
    Label { gtin: GTIN.parse().unwrap(), lot: lot.parse().unwrap() }
}

pub fn time(seconds: u64) -> Time {
    Time::new(seconds).unwrap()
}

pub fn text(text: &str) -> Text {
    text.parse().unwrap()
}
