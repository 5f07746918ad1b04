//! Times as people write them, and this computer's clock and place.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use nguon_core::values::{Time, UtcOffset};

use crate::error::Error;
use crate::session::Session;

/// The time by this computer's clock.
pub fn now() -> Result<Time, Error> {
    from_timestamp(Timestamp::now()).map_err(|error| Error::system(error).next("set this computer's clock"))
}

/// Reads `+07:00`, `-03:30`, or minutes such as `420`.
pub fn utc_offset(text: &str) -> Result<UtcOffset, String> {
    let wrong = || format!("{text:?} is not an offset from UTC: write it like +07:00");
    let minutes = match text.split_once(':') {
        None => text.parse().map_err(|_| wrong())?,
        Some((hours, minutes)) => {
            let sign: i16 = if hours.starts_with('-') { -1 } else { 1 };
            let hours: i16 = hours.parse().map_err(|_| wrong())?;
            let minutes: i16 = minutes.parse().ok().filter(|minutes| (0..60).contains(minutes)).ok_or_else(wrong)?;
            hours.checked_mul(60).and_then(|hours| hours.checked_add(sign * minutes)).ok_or_else(wrong)?
        }
    };
    UtcOffset::new(minutes).map_err(|error| error.to_string())
}

/// Where this computer says it is; Việt Nam where it does not say.
pub fn local_offset() -> UtcOffset {
    let zone = TimeZone::try_system().ok();
    let seconds = zone.map(|zone| zone.to_offset(Timestamp::now()).seconds());
    let minutes = seconds.and_then(|seconds| i16::try_from(seconds / 60).ok());
    minutes.and_then(|minutes| UtcOffset::new(minutes).ok()).unwrap_or(UtcOffset::VIETNAM)
}

/// Reads Unix seconds, `2026-06-05`, `2026-06-05 06:10`, or RFC 3339 with an offset of its own. A date alone is its first
/// second. Without an offset the time is the local one.
pub fn parse(text: &str, offset: UtcOffset) -> Result<Time, String> {
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text
            .parse()
            .map_err(|_| wrong(text))
            .and_then(|seconds| Time::new(seconds).map_err(|error| error.to_string()));
    }
    if let Ok(timestamp) = text.parse::<Timestamp>() {
        return from_timestamp(timestamp);
    }
    let local: DateTime = text.parse().map_err(|_| wrong(text))?;
    let at = fixed(offset).to_zoned(local).map_err(|_| wrong(text))?.timestamp();
    from_timestamp(at)
}

/// The time given with `--at`, if one is.
pub fn option(session: &Session, given: Option<&str>) -> Result<Option<Time>, Error> {
    let time = given.map(|text| parse(text, session.offset)).transpose();
    time.map_err(|error| Error::caller(format_args!("--at: {error}")))
}

/// A time as it is read at an offset: `2026-06-05 06:10`.
pub fn show(time: Time, offset: UtcOffset) -> String {
    match i64::try_from(time.get()).ok().and_then(|seconds| Timestamp::from_second(seconds).ok()) {
        Some(timestamp) => fixed(offset).to_datetime(timestamp).strftime("%Y-%m-%d %H:%M").to_string(),
        None => format!("{time} s"),
    }
}

/// The day of a time as it is read at an offset: `2026-06-05`.
pub fn day(time: Time, offset: UtcOffset) -> String {
    let text = show(time, offset);
    text.split(' ').next().unwrap_or(&text).to_owned()
}

fn fixed(offset: UtcOffset) -> TimeZone {
    TimeZone::fixed(Offset::from_seconds(i32::from(offset.get()) * 60).unwrap_or(Offset::UTC))
}

fn from_timestamp(timestamp: Timestamp) -> Result<Time, String> {
    let before = || format!("{timestamp} lies before 1970");
    let seconds = u64::try_from(timestamp.as_second()).map_err(|_| before())?;
    Time::new(seconds).map_err(|error| error.to_string())
}

fn wrong(text: &str) -> String {
    format!("{text:?} is not a time: write it like 2026-06-05, \"2026-06-05 06:10\" or 2026-06-05T06:10+07:00")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_where_they_are_written() {
        let at = |text: &str| parse(text, UtcOffset::VIETNAM).map(Time::get);
        assert_eq!(at("1780000000"), Ok(1_780_000_000));
        assert_eq!(at("2026-06-05"), Ok(1_780_592_400));
        assert_eq!(at("2026-06-05 06:10"), Ok(1_780_592_400 + 6 * 3600 + 600));
        assert_eq!(at("2026-06-05T06:10:00+07:00"), at("2026-06-05 06:10"));
        assert_eq!(at("2026-06-04T23:10:00Z"), at("2026-06-05 06:10"));
        for text in ["", "tomorrow", "2026-13-01", "1969-01-01", "05/06/2026"] {
            assert!(at(text).is_err(), "{text}");
        }
        let time = parse("2026-06-05 06:10", UtcOffset::VIETNAM).unwrap();
        assert_eq!(show(time, UtcOffset::VIETNAM), "2026-06-05 06:10");
        assert_eq!(day(time, UtcOffset::UTC), "2026-06-04");
    }

    #[test]
    fn offsets_are_read_as_people_write_them() {
        let minutes = |text: &str| utc_offset(text).map(UtcOffset::get);
        assert_eq!(minutes("+07:00"), Ok(420));
        assert_eq!(minutes("-03:30"), Ok(-210));
        assert_eq!(minutes("-00:30"), Ok(-30));
        assert_eq!(minutes("420"), Ok(420));
        assert!(minutes("25:00").is_err() && minutes("+07:75").is_err() && minutes("Hanoi").is_err());
    }

    proptest::proptest! {
        #[test]
        fn what_is_shown_is_read_back(minutes in 0_u64..60_000_000, offset in -840_i16..=840) {
            let (time, offset) = (Time::new(minutes * 60).unwrap(), UtcOffset::new(offset).unwrap());
            // Before 1970 where it is read there is no time to read back.
            proptest::prop_assume!(minutes > 840);
            proptest::prop_assert_eq!(parse(&show(time, offset), offset), Ok(time));
        }
    }
}
