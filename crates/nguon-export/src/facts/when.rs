//! Moments, as a person there would have written them down.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use nguon_core::values::{Time, UtcOffset};

/// A moment and the offset of the place where it was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct When {
    /// The moment.
    pub time: Time,
    /// Minutes east of UTC.
    pub offset: UtcOffset,
}

impl When {
    /// A moment as it reads at an offset.
    #[must_use]
    pub const fn new(time: Time, offset: UtcOffset) -> Self {
        Self { time, offset }
    }

    /// A moment in Việt Nam.
    #[must_use]
    pub const fn vietnam(time: Time) -> Self {
        Self::new(time, UtcOffset::VIETNAM)
    }

    /// `2026-06-12`, there.
    #[must_use]
    pub fn date(&self) -> String {
        self.civil().date().to_string()
    }

    /// `12/06/2026`, there.
    #[must_use]
    pub fn day_first(&self) -> String {
        let date = self.civil().date();
        format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
    }

    /// `07:30`, there.
    #[must_use]
    pub fn clock(&self) -> String {
        let civil = self.civil();
        format!("{:02}:{:02}", civil.hour(), civil.minute())
    }

    /// The offset as ISO 8601 has it: `+07:00`. *EPCIS*: `eventTimeZoneOffset`.
    #[must_use]
    pub fn zone(&self) -> String {
        let minutes = self.offset.get();
        let sign = if minutes < 0 { '-' } else { '+' };
        format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
    }

    /// The date and time there, without offset.
    #[must_use]
    pub fn civil(&self) -> DateTime {
        let offset = Offset::from_seconds(i32::from(self.offset.get()) * 60).unwrap_or(Offset::UTC);
        // Beyond the year 9999, which no sound record reaches, the last moment that can be written stands for all.
        let seconds = i64::try_from(self.time.get()).unwrap_or(i64::MAX);
        let moment = Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX - jiff::SignedDuration::from_hours(26));
        offset.to_datetime(moment)
    }
}

/// ISO 8601 with the offset: `2026-06-12T07:30:00+07:00`.
impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let civil = self.civil();
        write!(f, "{}T{:02}:{:02}:{:02}{}", civil.date(), civil.hour(), civil.minute(), civil.second(), self.zone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_reads_as_it_did_there() {
        let time = Time::new(1_781_224_200).unwrap(); // 2026-06-12 00:30 UTC
        assert_eq!(When::vietnam(time).to_string(), "2026-06-12T07:30:00+07:00");
        assert_eq!(When::new(time, UtcOffset::new(-210).unwrap()).to_string(), "2026-06-11T21:00:00-03:30");
        assert_eq!(When::vietnam(time).day_first(), "12/06/2026");
        assert_eq!(When::vietnam(Time::new((1 << 53) - 1).unwrap()).civil().year(), 9999);
    }
}
