//! Signed records, made before the clock starts.

use nguon_core::prelude::*;
use xtask_bench::root::{ISSUED, authority, key, office_key, time};

/// Records of a batch: it is opened, and then listed on a marketplace again and again.
const CHAIN: usize = 10;

pub struct Records {
    ledger: Ledger,
    household: Option<ChainId>,
    nonces: u64,
}

impl Records {
    pub fn new(trust: TrustRoot) -> Self {
        Self { ledger: Ledger::new(trust), household: None, nonces: 0 }
    }

    /// A registrar and a household.
    pub fn people(&mut self) -> Vec<Vec<u8>> {
        let (office, coop, farm) = (office_key(), key(3), key(4));
        let name = FieldValue::Text("mẫu".into()).seal(&Salt::from_bytes([7; 16]), "enrolled/name");
        let scope = || Scope::of_events(EventName::ALL).expect("a scope");
        let enrolled = |role, key: &SigningKey| Enrolled::new(role, name, scope(), Some(key.into()));
        let by_office = Pen::new(authority().id, &office, time(ISSUED));
        let registrar = self.begin(&by_office, enrolled(Role::Registrar, &coop));
        let by_coop = Pen::new(registrar, &coop, time(ISSUED));
        let household = self.begin(&by_coop, enrolled(Role::Farm, &farm));
        self.household = Some(household);
        [registrar, household].iter().flat_map(|chain| self.bytes(chain)).collect()
    }

    /// So many requests, each with whole batches of the household.
    pub fn batches(&mut self, requests: usize) -> Vec<Vec<Vec<u8>>> {
        (0..requests).map(|_| (0..super::REQUEST / CHAIN).flat_map(|_| self.batch()).collect()).collect()
    }

    fn batch(&mut self) -> Vec<Vec<u8>> {
        let farm = key(4);
        let household = self.household.expect("a household");
        let pen = Pen::new(household, &farm, time(ISSUED));
        let batch = self.begin(&pen, Opened::new(household, "vải thiều".parse().expect("text")));
        for listing in 1..CHAIN {
            let (marketplace, listing) = ("cho-mau.example".parse(), format!("VT-{listing:05}").parse());
            let (marketplace, listing) = (marketplace.expect("a code"), listing.expect("a code"));
            self.ledger.append(&pen, batch, Listed { marketplace, listing, until: None }).expect("a record");
        }
        self.bytes(&batch)
    }

    fn begin(&mut self, pen: &Pen<'_>, event: impl Into<Event>) -> ChainId {
        self.nonces += 1;
        let mut nonce = [0; 16];
        nonce[..8].copy_from_slice(&self.nonces.to_be_bytes());
        self.ledger.begin(pen, event, Nonce::from_bytes(nonce)).expect("a record")
    }

    fn bytes(&self, chain: &ChainId) -> Vec<Vec<u8>> {
        self.ledger.records(chain).iter().map(|record| record.as_bytes().to_vec()).collect()
    }
}
