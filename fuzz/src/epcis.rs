//! EPCIS documents and queries that others send.

use nguon_core::ids::ChainId;
use nguon_core::record::ChainKind;
use nguon_export::epcis::document::{DocumentWriter, Head};
use nguon_export::epcis::hash::{Version, agrees, event_id};
use nguon_export::epcis::import::{Register, import};
use nguon_export::epcis::model::Event;
use nguon_export::epcis::query::Query;
use nguon_export::epcis::read::{Limits, read_all};
use nguon_export::epcis::time::Timestamp;
use nguon_gs1::{Gln, Gtin, Lot};

const LIMITS: Limits = Limits { bytes: 1 << 20, depth: 16, events: 100, faults: 50 };

/// What is read is written, read again, and then written the same; every fault can be told; what is imported is a record.
pub fn document(data: &[u8]) {
    match read_all(data, &LIMITS) {
        Ok(events) => {
            let Some(text) = written(&events) else { return };
            let again = read_all(text.as_bytes(), &LIMITS).unwrap_or_else(|faults| panic!("{faults}: {text}"));
            assert_eq!(written(&again).as_deref(), Some(text.as_str()));
            assert!(again.iter().all(|event| event.event_id.is_none() || agrees(event)));
        }
        Err(faults) => {
            assert!(!faults.listed().is_empty() && faults.total() >= faults.listed().len());
            for fault in faults.listed() {
                assert!(!fault.to_string().is_empty() && !fault.in_vietnamese().is_empty());
            }
        }
    }
    if let Ok(imported) = import(data, &LIMITS, &Everything) {
        assert!(
            imported.proposals.iter().all(|proposal| proposal.carries.is_none_or(|of| of < imported.proposals.len()))
        );
    }
}

/// `None`: a number with more digits than JSON's readers keep.
fn written(events: &[Event]) -> Option<String> {
    let head = Head { creation_date: Timestamp::from_millis(0).expect("1970"), extensions: Vec::new() };
    let mut writer = DocumentWriter::begin(Vec::new(), &head).expect("written");
    for event in events {
        let _ = event_id(event, Version::Cbv21);
        let mut event = event.clone();
        // Names of fields may be split elsewhere when they are read again, so a hash may differ.
        event.event_id = None;
        writer.event(&event).ok()?;
    }
    String::from_utf8(writer.finish(&[]).expect("written")).ok()
}

/// A register that knows all there is.
struct Everything;

impl Register for Everything {
    fn lots(&self, _: &Gtin, _: &Lot) -> Vec<ChainId> {
        vec![ChainId::from_bytes([1; 32])]
    }
    fn place(&self, _: &Gln) -> Option<ChainId> {
        Some(ChainId::from_bytes([2; 32]))
    }
    fn party(&self, _: &Gln) -> Option<ChainId> {
        Some(ChainId::from_bytes([3; 32]))
    }
    fn kind(&self, chain: &ChainId) -> Option<ChainKind> {
        Some([ChainKind::Batch, ChainKind::Place, ChainKind::Actor][usize::from(chain.as_bytes()[0] % 3)])
    }
    fn intake(&self) -> Option<ChainId> {
        Some(ChainId::from_bytes([4; 32]))
    }
    fn destination(&self, _: &ChainId) -> Option<ChainId> {
        Some(ChainId::from_bytes([5; 32]))
    }
}

/// Lines of `name=value`: a query, or what is wrong with it in two languages.
pub fn query(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    match Query::parse(text.lines().filter_map(|line| line.split_once('='))) {
        Ok(query) => {
            let _ = query.per_page;
        }
        Err(error) => assert!(!error.to_string().is_empty() && !error.in_vietnamese().is_empty()),
    }
}
