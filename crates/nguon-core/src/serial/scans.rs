//! How often a serial was scanned: the word of the server that counts, never part of a verdict.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::cbor::decode_map;
use crate::values::Time;

/// How many days a count is kept; older ones are deleted by whoever keeps them.
pub const KEPT_DAYS: u64 = 400;

/// From here on a day's count stands still: more would say nothing, and cost whoever counts.
pub const MOST_A_DAY: u64 = 1_000;

/// More scans than this are more than one box usually gets from a packing house to a kitchen.
pub const MANY_SCANS: u64 = 20;
/// So are scans on more days than this.
pub const MANY_DAYS: usize = 10;

/// Days change at midnight in Vietnam, which keeps no summer time.
const EAST: u64 = 7 * 3_600;
const DAY: u64 = 86_400;

/// A day in Vietnam (UTC+7), counted from 1970-01-01. As text and in the JSON view `2026-06-14`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(u32);

impl Day {
    /// The day of a moment. Those beyond any calendar are the last one that can be written.
    #[must_use]
    pub fn of(time: Time) -> Self {
        Self::from_number(time.get().saturating_add(EAST) / DAY)
    }

    /// The day of this number.
    #[must_use]
    pub fn from_number(days: u64) -> Self {
        Self(u32::try_from(days).unwrap_or(u32::MAX).min(LAST))
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0 as u64
    }

    /// So many days earlier.
    #[must_use]
    pub fn before(self, days: u64) -> Self {
        Self::from_number(self.number().saturating_sub(days))
    }

    /// Year, month and day of the month.
    #[must_use]
    pub const fn date(self) -> (u32, u32, u32) {
        // Days and eras of 400 years counted from 0000-03-01, so that a leap day ends its year.
        let days = self.0 + 719_468;
        let (era, day) = (days / 146_097, days % 146_097);
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        let day = day - (365 * year + year / 4 - year / 100);
        let month = (5 * day + 2) / 153;
        let (of_month, month) = (day - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 });
        let year = era * 400 + year + if month <= 2 { 1 } else { 0 };
        (year, month, of_month)
    }
}

/// 9999-12-31.
const LAST: u32 = 2_932_896;

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.date();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// Text that is not a day as [`Day`] writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a day like 2026-06-14, from 1970 to 9999")]
pub struct DayError;

impl FromStr for Day {
    type Err = DayError;

    fn from_str(text: &str) -> Result<Self, DayError> {
        let number = |part: Option<&str>| part.and_then(|part| part.parse::<u64>().ok()).ok_or(DayError);
        let (year, month, day) = (number(text.get(0..4))?, number(text.get(5..7))?, number(text.get(8..10))?);
        // As in `date`: years begin in March.
        let (year, month) = if month > 2 { (year, month - 3) } else { (year.saturating_sub(1), month + 9) };
        let days = year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day;
        let found = Self::from_number(days.saturating_sub(719_469));
        // What is no such day, or before 1970, is written otherwise.
        if found.to_string() == text { Ok(found) } else { Err(DayError) }
    }
}

impl crate::cbor::Encode for Day {
    fn encode(&self, to: &mut Vec<u8>) {
        crate::cbor::put_number(i64::from(self.0), to);
    }
}

impl crate::cbor::Decode for Day {
    fn decode(from: &mut crate::cbor::Decoder<'_>) -> Self {
        Self::from_number(u64::decode(from))
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { serializer.collect_str(self) } else { serializer.serialize_u32(self.0) }
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
        } else {
            u32::deserialize(deserializer).map(|days| Self::from_number(days.into()))
        }
    }
}

/// Scans of one serial on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayCount {
    /// Which day.
    pub day: Day,
    /// How many: at least one.
    pub scans: u64,
}

/// Scans of one serial, as a server counted them in the last [`KEPT_DAYS`] days.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScanCounts {
    /// Days on which there were any, the earliest first.
    pub days: Vec<DayCount>,
    /// The earliest of them; none if it was not scanned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<Day>,
    /// All scans together.
    pub total: u64,
    /// How many days counts are kept.
    pub kept_days: u64,
}

decode_map!(DayCount { required day, required scans });
decode_map!(ScanCounts { required days, optional first, required total, required kept_days });

impl ScanCounts {
    /// The longest a reader takes in CBOR: a count on each day that is kept.
    pub const LIMITS: crate::cbor::Limits = crate::cbor::Limits { length: 32 * 1024, depth: 4 };

    /// These days, the earliest first.
    #[must_use]
    pub fn new(days: Vec<DayCount>) -> Self {
        let total = days.iter().fold(0_u64, |sum, count| sum.saturating_add(count.scans));
        Self { first: days.first().map(|count| count.day), total, days, kept_days: KEPT_DAYS }
    }

    /// Reads deterministic CBOR.
    ///
    /// # Errors
    /// It is something else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, crate::cbor::CborError> {
        crate::cbor::from_canonical(bytes, Self::LIMITS)
    }

    /// Deterministic CBOR.
    ///
    /// # Errors
    /// There are more days than are kept.
    pub fn to_bytes(&self) -> Result<Vec<u8>, crate::cbor::CborError> {
        crate::cbor::to_canonical(self, Self::LIMITS)
    }

    /// What a reader may make of it, whose own scan is among those counted.
    #[must_use]
    pub fn advice(&self) -> Advice {
        match self.total {
            0 | 1 => Advice::First,
            total if total > MANY_SCANS || self.days.len() > MANY_DAYS => Advice::Many,
            _ => Advice::Usual,
        }
    }
}

/// What to say beside a count. Never that a box is genuine or a copy: a count shows neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// Nobody else was counted. A copy that is scanned before the true box would say so too.
    First,
    /// As many as one box gets on its way: buyers, a shop, a family.
    Usual,
    /// More than that. The label may have been copied, or many people looked at one box: compare seal and place, and ask
    /// the seller.
    Many,
}
