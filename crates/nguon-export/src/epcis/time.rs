//! Times and offsets as EPCIS writes them (EPCIS 2.0 §7.2.2: `xsd:dateTimeStamp`, and `±hh:mm`).

use std::fmt;
use std::str::FromStr;

use jiff::civil::DateTime;
use jiff::tz::Offset as Zone;
use nguon_core::values::{Time, UtcOffset};
use serde::{Serialize, Serializer};

/// Milliseconds since 1970-01-01T00:00:00Z, within the years 1 to 9999 by any clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// Why a text is no time or offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TimeError {
    /// Not of the form `2026-06-01T08:30:00+07:00`.
    #[error("expected a form like 2026-06-01T08:30:00+07:00")]
    Form,
    /// There is no such day, hour, minute or second.
    #[error("there is no such day or time of day")]
    Calendar,
    /// `xsd:dateTimeStamp` has `Z` or an offset at its end.
    #[error("the time names no offset: add Z or one like +07:00")]
    NoOffset,
    /// Not of the form `+07:00`, or more than 14 hours.
    #[error("expected an offset like +07:00, of at most 14 hours")]
    Offset,
}

/// 0001-01-02T00:00:00Z to 9999-12-30T22:00:00Z: at no offset another year than these.
const RANGE: std::ops::RangeInclusive<i64> = -62_135_510_400_000..=253_402_207_200_000;

impl Timestamp {
    /// So many milliseconds since 1970, if the year has four digits.
    pub fn from_millis(millis: i64) -> Result<Self, TimeError> {
        if RANGE.contains(&millis) { Ok(Self(millis)) } else { Err(TimeError::Calendar) }
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The second it lies in, if that is not before 1970.
    #[must_use]
    pub fn second(self) -> Option<Time> {
        Time::new(u64::try_from(self.0.div_euclid(1000)).ok()?).ok()
    }

    /// Reads a time; its own offset, which the instant does not keep, comes with it.
    pub fn parse(text: &str) -> Result<(Self, UtcOffset), TimeError> {
        let bytes = text.as_bytes();
        if bytes.len() < 19 || bytes[4] != b'-' || bytes[7] != b'-' || !matches!(bytes[10], b'T' | b't') {
            return Err(TimeError::Form);
        }
        if bytes[13] != b':' || bytes[16] != b':' {
            return Err(TimeError::Form);
        }
        let part = |from: usize, until: usize| number(&bytes[from..until]).ok_or(TimeError::Form);
        let year = i16::try_from(part(0, 4)?).map_err(|_| TimeError::Form)?;
        let (month, day) = (small(part(5, 7)?), small(part(8, 10)?));
        let (hour, minute, second) = (small(part(11, 13)?), small(part(14, 16)?), small(part(17, 19)?));
        // A leap second is read as the one after it, for nothing here counts them.
        let (second, leap) = if second == 60 { (59, 1000) } else { (second, 0) };
        let clock = DateTime::new(year, month, day, hour, minute, second, 0).map_err(|_| TimeError::Calendar)?;
        let (fraction, rest) = fraction(&bytes[19..])?;
        let offset = match rest {
            [] => return Err(TimeError::NoOffset),
            [b'Z' | b'z'] => UtcOffset::UTC,
            _ => parse_offset(std::str::from_utf8(rest).map_err(|_| TimeError::Form)?)?,
        };
        let moment = zone(offset).to_timestamp(clock).map_err(|_| TimeError::Calendar)?;
        Self::from_millis(moment.as_millisecond() + fraction + leap).map(|time| (time, offset))
    }

    /// The time as it is read off a clock at this offset; with milliseconds where there are any.
    #[must_use]
    pub const fn at(self, offset: UtcOffset) -> Local {
        Local(self, offset)
    }
}

impl From<Time> for Timestamp {
    fn from(time: Time) -> Self {
        let millis = i64::try_from(time.get()).unwrap_or(i64::MAX).saturating_mul(1000);
        Self(millis.min(*RANGE.end()))
    }
}

/// Digits after the point as milliseconds, half a millisecond rounded up, and what follows them.
fn fraction(bytes: &[u8]) -> Result<(i64, &[u8]), TimeError> {
    let Some(digits) = bytes.strip_prefix(b".") else { return Ok((0, bytes)) };
    let count = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if count == 0 {
        return Err(TimeError::Form);
    }
    let digit = |at: usize| if at < count { i64::from(digits[at] - b'0') } else { 0 };
    Ok((digit(0) * 100 + digit(1) * 10 + digit(2) + i64::from(digit(3) >= 5), &digits[count..]))
}

fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + i64::from(byte - b'0')))
}

/// Two digits, which every part of a date and a time fits in.
fn small(number: i64) -> i8 {
    i8::try_from(number).unwrap_or(i8::MAX)
}

fn zone(offset: UtcOffset) -> Zone {
    Zone::from_seconds(i32::from(offset.get()) * 60).unwrap_or(Zone::UTC)
}

/// Reads `±hh:mm`.
pub(super) fn parse_offset(text: &str) -> Result<UtcOffset, TimeError> {
    let [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] = text.as_bytes() else { return Err(TimeError::Offset) };
    let (hours, minutes) = (number(&[*h1, *h2]), number(&[*m1, *m2]));
    let (Some(hours), Some(minutes @ 0..=59)) = (hours, minutes) else { return Err(TimeError::Offset) };
    let total = if *sign == b'-' { -(hours * 60 + minutes) } else { hours * 60 + minutes };
    UtcOffset::try_from(total).map_err(|_| TimeError::Offset)
}

/// `±hh:mm`.
pub(super) struct Offset(pub(super) UtcOffset);

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, minutes) = (if self.0.get() < 0 { '-' } else { '+' }, self.0.get().unsigned_abs());
        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

/// A time on a clock at some offset, `2026-06-01T08:30:00+07:00`.
#[derive(Debug, Clone, Copy)]
pub struct Local(Timestamp, UtcOffset);

impl Local {
    fn clock(self) -> DateTime {
        let moment = jiff::Timestamp::from_millisecond(self.0.0).unwrap_or_default();
        zone(self.1).to_datetime(moment)
    }

    fn write(self, f: &mut fmt::Formatter<'_>, millis: bool) -> fmt::Result {
        let clock = self.clock();
        write!(f, "{:04}-{:02}-{:02}", clock.year(), clock.month(), clock.day())?;
        write!(f, "T{:02}:{:02}:{:02}", clock.hour(), clock.minute(), clock.second())?;
        if millis || clock.millisecond() != 0 { write!(f, ".{:03}", clock.millisecond()) } else { Ok(()) }
    }
}

impl fmt::Display for Local {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, false)?;
        Offset(self.1).fmt(f)
    }
}

impl Serialize for Local {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// In UTC with three digits of milliseconds: the form of the event hash (CBV 2.0 §8.9).
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Local(*self, UtcOffset::UTC).write(f, true)?;
        f.write_str("Z")
    }
}

impl FromStr for Timestamp {
    type Err = TimeError;
    fn from_str(text: &str) -> Result<Self, TimeError> {
        Self::parse(text).map(|(time, _)| time)
    }
}

#[cfg(test)]
mod tests {
    use super::{RANGE, TimeError, Timestamp};
    use nguon_core::values::UtcOffset;
    use proptest::prelude::*;

    #[test]
    fn half_a_millisecond_is_rounded_up() {
        let time: Timestamp = "2023-01-18T11:04:03.1415Z".parse().unwrap();
        assert_eq!(time.to_string(), "2023-01-18T11:04:03.142Z");
        let carried: Timestamp = "2023-12-31T23:59:59.9995Z".parse().unwrap();
        assert_eq!(carried.to_string(), "2024-01-01T00:00:00.000Z");
    }

    #[test]
    fn what_is_wrong_is_said() {
        let fault = |text: &str| text.parse::<Timestamp>().unwrap_err();
        assert_eq!(fault("2026-02-29T00:00:00Z"), TimeError::Calendar);
        assert_eq!(fault("2026-02-28T00:00:00"), TimeError::NoOffset);
        assert_eq!(fault("2026-02-28T00:00:00+15:00"), TimeError::Offset);
        assert_eq!(fault("28/02/2026"), TimeError::Form);
        assert_eq!(fault("2026-02-28T24:00:00Z"), TimeError::Calendar);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(millis in RANGE, offset in -840_i64..=840) {
            let (time, offset) = (Timestamp(millis), UtcOffset::try_from(offset).unwrap());
            prop_assert_eq!(time.at(offset).to_string().parse(), Ok(time));
            prop_assert_eq!(time.to_string().parse(), Ok(time));
        }

        #[test]
        fn no_text_panics(text in "[0-9TZ:+.-]{0,30}|\\PC{0,30}") {
            let _ = text.parse::<Timestamp>();
        }
    }
}
