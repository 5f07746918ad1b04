//! Dates of the season, by the clock in Việt Nam (UTC+7, no summer time).

use nguon_core::values::{NumberError, Time, UtcOffset};

/// The clock on the wall where the season happens.
pub const OFFSET: UtcOffset = UtcOffset::VIETNAM;

const DAY: u64 = 86_400;
/// Days from 1970-01-01 to 2026-01-01.
const TO_2026: u64 = 20_454;
/// Days of 2026 before each month.
const BEFORE_MONTH: [u64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/// After the season's last record.
pub(super) const END: Moment = moment(7, 1, 12, 0);

/// A minute of 2026 in Việt Nam.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// Minutes since the year began there.
    minutes: u64,
}

/// `moment(6, 14, 5, 40)` is 05:40 on the morning of 14 June.
pub const fn moment(month: usize, day: u64, hour: u64, minute: u64) -> Moment {
    Moment { minutes: ((BEFORE_MONTH[month - 1] + day - 1) * 24 + hour) * 60 + minute }
}

impl Moment {
    /// The same clock time some days on.
    pub const fn plus_days(self, days: u64) -> Self {
        Self { minutes: self.minutes + days * 24 * 60 }
    }

    /// The same clock time some days before.
    pub const fn days_before(self, days: u64) -> Self {
        Self { minutes: self.minutes - days * 24 * 60 }
    }

    /// Some minutes on.
    pub const fn plus_minutes(self, minutes: u64) -> Self {
        Self { minutes: self.minutes + minutes }
    }

    /// Unix seconds.
    pub fn time(self) -> Result<Time, NumberError> {
        Time::new(TO_2026 * DAY + self.minutes * 60 - 7 * 3_600)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_time_in_viet_nam_is_seven_hours_ahead() {
        // `date -u -d '2026-06-13T22:40:00Z' +%s`
        assert_eq!(moment(6, 14, 5, 40).time().unwrap().get(), 1_781_390_400);
        assert_eq!(moment(5, 31, 23, 50).plus_minutes(15).time(), moment(6, 1, 0, 5).time());
        assert_eq!(moment(1, 31, 8, 0).plus_days(1).time(), moment(2, 1, 8, 0).time());
    }
}
