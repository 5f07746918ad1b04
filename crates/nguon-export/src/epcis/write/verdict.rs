//! The verdict of a history, in a document's own fields.

use nguon_core::values::{Time, UtcOffset};

use super::batch::count;
use crate::epcis::key;
use crate::epcis::model::{Extension, Value};
use crate::epcis::time::Timestamp;
use crate::facts::{Language, Stamp};

pub(super) fn of(stamp: &Stamp) -> Value {
    let time = |time: Time| Value::from(Timestamp::from(time).at(UtcOffset::UTC).to_string());
    let number = |number: usize| count(u64::try_from(number).unwrap_or(u64::MAX));
    let mut fields = vec![
        Extension::nguon("batch", key::chain_uri(&stamp.batch).as_str().into()),
        Extension::nguon("outcome", stamp.outcome.as_str().into()),
        Extension::nguon("judgedAt", time(stamp.judged_at)),
        Extension::nguon("signatures", number(stamp.signatures)),
        Extension::nguon("parties", number(stamp.parties)),
        Extension::nguon("sentence", stamp.sentence(Language::En).into()),
        Extension::nguon("sentenceVi", stamp.sentence(Language::Vi).into()),
    ];
    fields.extend(stamp.as_of.map(|at| Extension::nguon("asOf", time(at))));
    if let Some(at) = &stamp.at {
        fields.push(Extension::nguon("atChain", key::chain_uri(&at.chain).as_str().into()));
        fields.push(Extension::nguon("atSequence", count(at.sequence)));
    }
    if !stamp.findings.is_empty() {
        let codes = stamp.findings.iter().copied().map(Value::from);
        fields.push(Extension::nguon("findings", Value::List(codes.collect())));
    }
    Value::Map(fields)
}
