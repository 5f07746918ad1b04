//! `POST /v1/chains/read`: what the server has more of many chains, in one request.

use nguon_core::cbor::{self, Decode, Decoder, Limits};
use nguon_core::envelope::SignedRecord;
use nguon_core::ids::ChainId;
use nguon_core::log::Position;
use nguon_core::values::Time;
use nguon_draft::Positions;

/// The most that one chain may take.
const LIMITS: Limits = Limits { length: 16 * 1024 * 1024, depth: 5 };

/// What came of a chain.
#[derive(Clone, Debug)]
pub struct Part {
    /// The chain
    pub chain: ChainId,
    /// Sequence of the first record
    pub from: u64,
    /// The records from there on
    pub records: Vec<SignedRecord>,
    /// Where the log has them; empty without a log
    pub positions: Positions,
}

/// The request's body: from which sequence on each chain is wanted.
#[must_use]
pub fn question(wanted: &[(ChainId, u64)]) -> Vec<u8> {
    let mut text = String::from("{");
    for (n, (chain, from)) in wanted.iter().enumerate() {
        for piece in [if n == 0 { "\"" } else { ",\"" }, &chain.to_string(), "\":", &from.to_string()] {
            text.push_str(piece);
        }
    }
    text.push('}');
    text.into_bytes()
}

/// Reads the answer: as much of it as arrived whole, each chain for itself, since each says all that was asked of it.
#[must_use]
pub fn parts(answer: &[u8]) -> Vec<Part> {
    let (mut all, mut rest) = (Vec::new(), answer);
    while let Some((item, after)) = cbor::first_item(rest) {
        // The last item is a number: how many there were.
        all.extend(cbor::from_canonical::<Raw>(item, LIMITS).ok().and_then(Raw::checked));
        rest = after;
    }
    all
}

/// A chain as it stands in the answer.
struct Raw {
    chain: Vec<u8>,
    from: u64,
    records: Vec<Vec<u8>>,
    positions: Vec<Vec<u64>>,
}

impl Decode for Raw {
    fn decode(from: &mut Decoder<'_>) -> Self {
        if from.array() != 4 {
            from.fail("a chain");
        }
        let chain = from.byte_string().to_vec();
        let first = u64::decode(from);
        let mut records = Vec::new();
        for _ in 0..from.array() {
            if !from.is_sound() {
                break;
            }
            records.push(from.byte_string().to_vec());
        }
        Self { chain, from: first, records, positions: Vec::decode(from) }
    }
}

impl Raw {
    fn checked(self) -> Option<Part> {
        let chain = ChainId::try_from(self.chain.as_slice()).ok()?;
        let records: Option<Vec<SignedRecord>> =
            self.records.into_iter().map(|bytes| SignedRecord::from_bytes(bytes).ok()).collect();
        let position = |row: &Vec<u64>| {
            let [index, log_time, anchor_time] = row.as_slice() else { return None };
            let time = |seconds: &u64| Time::new(*seconds).ok();
            Some(Position { index: *index, log_time: time(log_time)?, anchor_time: time(anchor_time)? })
        };
        let positions: Option<Vec<Position>> = self.positions.iter().map(position).collect();
        Some(Part { chain, from: self.from, records: records?, positions: (self.from..).zip(positions?).collect() })
    }
}

#[cfg(test)]
mod tests {
    use nguon_core::SigningKey;
    use nguon_core::bytes::ByteString;

    use super::*;
    use crate::practice::{Seed, World};

    const ANY: Limits = Limits { length: 1 << 20, depth: 5 };

    fn sample() -> (ChainId, Vec<SignedRecord>) {
        let mut world = World::again(Seed { bytes: [1; 32], began: 1_780_000_000 }, &[]).unwrap();
        let key = SigningKey::from_bytes(&[5; 32]);
        let now = Time::new(1_780_000_100).unwrap();
        world.enrol((&key).into(), None, now).unwrap();
        let id = world.ids()[0];
        (id, world.ledger().records(&id).to_vec())
    }

    #[test]
    fn a_chain_is_read_as_the_server_writes_it_and_half_of_one_is_none() {
        let (id, records) = sample();
        let raw: Vec<ByteString> = records.iter().map(|record| ByteString(record.as_bytes().to_vec())).collect();
        let item = (ByteString(id.as_bytes().to_vec()), 0_u64, raw, vec![[7_u64, 1_780_000_000, 1_779_999_000]]);
        let mut answer = cbor::to_canonical(&item, ANY).unwrap();
        let whole = answer.len();
        answer.push(1);
        let read = parts(&answer);
        assert_eq!((read.len(), read[0].chain, read[0].from), (1, id, 0));
        assert_eq!(read[0].records.len(), records.len());
        assert_eq!(read[0].positions.get(&0).unwrap().index, 7);
        assert!(parts(&answer[..whole - 1]).is_empty());
        assert!(parts(b"<html>").is_empty());
    }

    #[test]
    fn the_question_is_an_object_of_ids_and_sequences() {
        let (id, _) = sample();
        let asked: serde_json::Value = serde_json::from_slice(&question(&[(id, 3)])).unwrap();
        assert_eq!(asked, serde_json::json!({ id.to_string(): 3 }));
        assert_eq!(question(&[]), b"{}");
    }
}
