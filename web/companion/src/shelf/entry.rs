//! What is remembered of a lot that was looked at: what kind of verdict it was and as of when, not its sentence.

use js_sys::{Object, Reflect};
use nguon_core::event::RecallReason;
use nguon_verify_app::model::{Answer, Cause, Lot, Report, Stamp, StepRef};
use wasm_bindgen::JsValue;

/// A kind of verdict under the name by which it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind(&'static str);

/// Every verdict worth remembering. That nothing came is none.
const KINDS: [&str; 13] = [
    "valid",
    "unlogged",
    "stale",
    "recalled",
    "incomplete",
    "forked",
    "invalid",
    "untrusted-key",
    "suspect",
    "over-allocated",
    "needs-newer-app",
    "wrong-label",
    "no-such-lot",
];

impl Kind {
    /// The kind of what the page says; `None` if it says nothing of the lot.
    #[must_use]
    pub const fn of(answer: &Answer) -> Option<Self> {
        Some(Self(match answer {
            Answer::Loading | Answer::Checking { .. } | Answer::NotReachable => return None,
            Answer::Valid { .. } => "valid",
            Answer::Unlogged => "unlogged",
            Answer::Stale { .. } => "stale",
            Answer::Recalled { .. } => "recalled",
            Answer::Incomplete => "incomplete",
            Answer::Forked => "forked",
            Answer::Invalid { .. } => "invalid",
            Answer::UntrustedKey { .. } => "untrusted-key",
            Answer::Suspect { .. } => "suspect",
            Answer::OverAllocated { .. } => "over-allocated",
            Answer::NeedsNewerApp => "needs-newer-app",
            Answer::WrongLabel => "wrong-label",
            Answer::NoSuchLot => "no-such-lot",
        }))
    }

    /// Of a stored name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        KINDS.into_iter().find(|kind| *kind == name).map(Self)
    }

    /// Its stored name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.0
    }

    /// A verdict of this kind, for its colour, sign and short words: those are the page's own, and tell no more than the kind.
    #[must_use]
    pub fn answer(self) -> Answer {
        let step = StepRef { number: None, event: None, record: None };
        match self.0 {
            "valid" => Answer::Valid { signatures: 0, parties: 0 },
            "unlogged" => Answer::Unlogged,
            "stale" => Answer::Stale { as_of: None },
            "recalled" => Answer::Recalled { reason: RecallReason::Other },
            "forked" => Answer::Forked,
            "invalid" => Answer::Invalid { step: None, cause: Cause::Format },
            "untrusted-key" => Answer::UntrustedKey { step },
            "suspect" => Answer::Suspect { step },
            "over-allocated" => Answer::OverAllocated { excess: None },
            "needs-newer-app" => Answer::NeedsNewerApp,
            "wrong-label" => Answer::WrongLabel,
            "no-such-lot" => Answer::NoSuchLot,
            _ => Answer::Incomplete,
        }
    }
}

/// A lot that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Path and fragment of its page: what its label says
    pub address: String,
    /// What the label names
    pub lot: Lot,
    /// What the fruit is, if the records said so
    pub product: Option<String>,
    /// What the verdict was
    pub kind: Kind,
    /// As of when
    pub as_of: Option<Stamp>,
    /// When it was looked at
    pub looked: Stamp,
}

impl Entry {
    /// Of what stands on a page; `None` if that is no verdict.
    #[must_use]
    pub fn of(address: String, lot: &Lot, answer: &Answer, report: Option<&Report>, now: u64) -> Option<Self> {
        Some(Self {
            address,
            lot: lot.clone(),
            product: report.and_then(|report| report.product.as_ref()?.name.clone()),
            kind: Kind::of(answer)?,
            as_of: report.and_then(|report| report.as_of),
            looked: Stamp::vietnam(i64::try_from(now).unwrap_or(0)),
        })
    }

    /// As the browser stores it: named fields, which another version of this program can read.
    #[must_use]
    pub fn to_value(&self) -> JsValue {
        let value = Object::new();
        let text = |text: &Option<String>| text.as_ref().map_or(JsValue::UNDEFINED, JsValue::from);
        // Seconds since 1970 are far below what a number holds exactly.
        #[allow(clippy::cast_precision_loss)]
        let seconds = |at: Stamp| JsValue::from(at.unix as f64);
        for (name, field) in [
            ("address", JsValue::from(&self.address)),
            ("gtin", JsValue::from(&self.lot.gtin)),
            ("lot", JsValue::from(&self.lot.lot)),
            ("serial", text(&self.lot.serial)),
            ("product", text(&self.product)),
            ("kind", JsValue::from(self.kind.name())),
            ("asOf", self.as_of.map_or(JsValue::UNDEFINED, seconds)),
            ("looked", seconds(self.looked)),
        ] {
            // A field of a new object can be set.
            let _ = Reflect::set(&value, &name.into(), &field);
        }
        value.into()
    }

    /// What the browser stored; `None` if another version of this program would have to read it.
    #[must_use]
    pub fn from_value(value: &JsValue) -> Option<Self> {
        let field = |name: &str| Reflect::get(value, &name.into()).ok();
        let text = |name| field(name)?.as_string();
        #[allow(clippy::cast_possible_truncation)]
        let time = |name| field(name)?.as_f64().map(|seconds| Stamp::vietnam(seconds as i64));
        Some(Self {
            address: text("address").filter(|address| address.starts_with("/01/"))?,
            lot: Lot { gtin: text("gtin")?, lot: text("lot")?, serial: text("serial") },
            product: text("product"),
            kind: Kind::named(&text("kind")?)?,
            as_of: time("asOf"),
            looked: time("looked")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_name_and_looks_as_its_verdict_did() {
        for name in KINDS {
            let kind = Kind::named(name).unwrap();
            assert_eq!(Kind::of(&kind.answer()), Some(kind), "{name}");
        }
        assert_eq!(Kind::named("loading"), None);
    }

    #[test]
    fn what_is_no_verdict_is_not_remembered() {
        for answer in [Answer::Loading, Answer::NotReachable, Answer::Checking { done: 1, total: 2, proven: None }] {
            assert_eq!(Kind::of(&answer), None, "{answer:?}");
        }
    }
}
