//! A measured number beside the limit that was measured in the same run, or by itself where nothing is promised.

use std::fmt;

use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Serialize, Serializer};

/// What the ratio of value to limit must be.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// For what costs: time, bytes.
    AtMost(f64),
    /// For what is gained: rates, shares.
    AtLeast(f64),
}

/// What a value is held to.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Held {
    /// The limit or peer, in the value's unit.
    limit: f64,
    /// What the value divided by it must be.
    bound: Bound,
}

/// A public number.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    name: String,
    value: f64,
    unit: String,
    /// Absent where a number is only reported.
    held: Option<Held>,
}

impl Held {
    fn ratio(self, value: f64) -> f64 {
        value / self.limit
    }

    fn target(self) -> f64 {
        match self.bound {
            Bound::AtMost(target) | Bound::AtLeast(target) => target,
        }
    }

    /// Whether the ratio is what it must be; one that is no number is not.
    fn met(self, value: f64) -> bool {
        match self.bound {
            Bound::AtMost(target) => self.ratio(value) <= target,
            Bound::AtLeast(target) => self.ratio(value) >= target,
        }
    }
}

impl Figure {
    /// A value, the limit or peer it is held against in the same unit, and what their ratio must be.
    pub fn new(name: &str, value: f64, unit: &str, limit: f64, bound: Bound) -> Self {
        Self { name: name.to_owned(), value, unit: unit.to_owned(), held: Some(Held { limit, bound }) }
    }

    /// A value that is held to nothing.
    pub fn reported(name: &str, value: f64, unit: &str) -> Self {
        Self { name: name.to_owned(), value, unit: unit.to_owned(), held: None }
    }

    /// Begins with its group: `verify.native`.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<32} {:>12} {:<10} ", self.name, rounded(self.value), self.unit)?;
        let Some(held) = self.held else { return write!(f, "reported") };
        let sign = if matches!(held.bound, Bound::AtMost(_)) { '≤' } else { '≥' };
        write!(
            f,
            "limit {:>12}  ratio {:.3}  target {sign} {}  {}",
            rounded(held.limit),
            held.ratio(self.value),
            held.target(),
            if held.met(self.value) { "met" } else { "short" }
        )
    }
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut figure = serializer.serialize_struct("Figure", 7)?;
        figure.serialize_field("name", &self.name)?;
        figure.serialize_field("value", &self.value)?;
        figure.serialize_field("unit", &self.unit)?;
        figure.serialize_field("limit", &self.held.map(|held| held.limit))?;
        figure.serialize_field("ratio", &self.held.map(|held| held.ratio(self.value)))?;
        figure.serialize_field("target", &self.held.map(Held::target))?;
        figure.serialize_field("met", &self.held.map(|held| held.met(self.value)))?;
        figure.end()
    }
}

/// Whole numbers as they are, others with as many places as say something.
fn rounded(value: f64) -> String {
    if value.fract() == 0.0 || value.abs() >= 1000.0 { format!("{value:.0}") } else { format!("{value:.2}") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_says_it_all() {
        let line = Figure::new("web.first_load", 98_304.0, "bytes", 153_600.0, Bound::AtMost(1.0)).to_string();
        let words: Vec<_> = line.split_whitespace().collect();
        let expected =
            ["web.first_load", "98304", "bytes", "limit", "153600", "ratio", "0.640", "target", "≤", "1", "met"];
        assert_eq!(words, expected);
    }

    #[test]
    fn the_list_has_the_promised_fields() {
        let figure = Figure::new("ingest.single", 800.0, "records/s", 1000.0, Bound::AtLeast(0.9));
        let json = serde_json::to_value(&figure).unwrap();
        assert_eq!(
            json,
            serde_json::json!({"name": "ingest.single", "value": 800.0, "unit": "records/s", "limit": 1000.0,
                "ratio": 0.8, "target": 0.9, "met": false})
        );
    }

    #[test]
    fn what_nothing_is_promised_of_is_reported() {
        let figure = Figure { name: "log.start".into(), value: 0.5, unit: "s".into(), held: None };
        let words: Vec<_> = figure.to_string().split_whitespace().map(str::to_owned).collect();
        assert_eq!(words, ["log.start", "0.50", "s", "reported"]);
        assert_eq!(
            serde_json::to_value(&figure).unwrap(),
            serde_json::json!({"name": "log.start", "value": 0.5, "unit": "s",
                "limit": null, "ratio": null, "target": null, "met": null})
        );
    }

    proptest! {
        #[test]
        fn the_bound_itself_is_met_and_beyond_it_is_short(limit in 1.0..1e9_f64, target in 0.01..100.0_f64) {
            let at = |factor: f64, bound| Held { limit, bound }.met(limit * target * factor);
            prop_assert!(at(0.999, Bound::AtMost(target)) && !at(1.001, Bound::AtMost(target)));
            prop_assert!(at(1.001, Bound::AtLeast(target)) && !at(0.999, Bound::AtLeast(target)));
        }

        #[test]
        fn no_limit_is_never_met(value in 0.0..1e9_f64) {
            let (nothing, no_number) =
                (Held { limit: 0.0, bound: Bound::AtMost(1.0) }, Held { limit: f64::NAN, bound: Bound::AtLeast(0.0) });
            prop_assert!(!nothing.met(0.0) && !no_number.met(value));
        }
    }
}
