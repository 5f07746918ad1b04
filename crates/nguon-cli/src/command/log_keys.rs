//! Options about a deployment's log: its cosigners and for how long its checkpoints are fresh.

use std::str::FromStr;

use nguon_core::ids::PublicKeyBytes;
use nguon_core::trust::{LogPolicy, LogVerifier};
use nguon_core::values::{Code, List};

use super::key::public_key;
use crate::error::Error;
use crate::session::Session;

/// A cosigner as it is typed: `NAME=KEY` or `NAME=KEY@URL`.
#[derive(Debug, Clone)]
pub struct Cosigner {
    name: Code,
    key: String,
    url: Option<String>,
}

impl FromStr for Cosigner {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let (name, rest) = text.split_once('=').ok_or_else(|| format!("{text:?}: write it like NAME=KEY@URL"))?;
        let (key, url) = rest.split_once('@').map_or((rest, None), |(key, url)| (key, Some(url.to_owned())));
        let name = name.parse().map_err(|error| format!("{name:?}: {error}"))?;
        Ok(Self { name, key: key.to_owned(), url })
    }
}

impl Cosigner {
    /// With its key looked up here, where a name was typed for it.
    pub fn resolve(&self, session: &Session) -> Result<LogVerifier, Error> {
        let url = self.url.as_deref().map(str::parse).transpose();
        let url = url.map_err(|error| Error::caller(format_args!("address of {}: {error}", self.name)))?;
        Ok(LogVerifier { name: self.name.clone(), key: public_key(session, &self.key)?, url })
    }
}

/// Reads `1h`, `24h`, `90m`, `7d`, `600s`, or seconds.
pub fn seconds(text: &str) -> Result<u64, String> {
    let wrong = || format!("{text:?} is not a length of time: write it like 10m, 1h or 2d");
    let digits = text.trim_end_matches(|unit: char| unit.is_ascii_alphabetic());
    let unit = match &text[digits.len()..] {
        "" | "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return Err(wrong()),
    };
    let number: u64 = digits.parse().map_err(|_| wrong())?;
    number.checked_mul(unit).filter(|seconds| (1..=u64::from(u32::MAX)).contains(seconds)).ok_or_else(wrong)
}

/// A length of time as it is typed: `1h`, `90m`.
pub fn show_seconds(seconds: u64) -> String {
    let units = [(86_400, "d"), (3600, "h"), (60, "m")];
    match units.iter().find(|(unit, _)| seconds >= 2 * unit && seconds.is_multiple_of(*unit) || seconds == *unit) {
        Some((unit, name)) => format!("{}{name}", seconds / unit),
        None => format!("{seconds}s"),
    }
}

/// Options of `nguon init` about the log.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "The log (a deployment that begins without one never gains one)")]
pub struct LogArgs {
    /// Name of the log in its checkpoints, such as log.nguon.example; makes its key, keys/log.key
    #[arg(long = "log", value_name = "ORIGIN", requires_all = ["witness", "auditor"])]
    origin: Option<Code>,
    /// A witness: its key name, public key (64 digits, from its `nguon key show`) and address; may be repeated
    #[arg(long, value_name = "NAME=KEY[@URL]", requires = "origin")]
    witness: Vec<Cosigner>,
    /// How many witnesses must have cosigned a checkpoint [default: more than two thirds]
    #[arg(long, value_name = "K", requires = "origin")]
    witness_threshold: Option<u64>,
    /// A map auditor, of whom one must have cosigned: who holds every record and rebuilds the map; may be repeated
    #[arg(long, value_name = "NAME=KEY[@URL]", requires = "origin")]
    auditor: Vec<Cosigner>,
    /// For how long a checkpoint is fresh to readers who are online
    #[arg(long, value_name = "TIME", default_value = "1h", value_parser = seconds)]
    fresh_online: u64,
    /// For how long it is fresh to readers who are offline
    #[arg(long, value_name = "TIME", default_value = "24h", value_parser = seconds)]
    fresh_offline: u64,
}

impl LogArgs {
    /// Whether there is to be a log.
    pub fn is_wanted(&self) -> bool {
        self.origin.is_some()
    }

    /// The policy, for a log with this key.
    pub fn policy(&self, session: &Session, key: PublicKeyBytes) -> Result<Option<LogPolicy>, Error> {
        let Some(origin) = self.origin.clone() else { return Ok(None) };
        let (witnesses, auditors) = (cosigners(session, &self.witness)?, cosigners(session, &self.auditor)?);
        let most = u64::try_from(witnesses.len()).map_err(Error::system)?;
        Ok(Some(LogPolicy {
            origin,
            key,
            witness_threshold: self.witness_threshold.unwrap_or(most * 2 / 3 + 1),
            witnesses,
            auditors,
            fresh_online: self.fresh_online,
            fresh_offline: self.fresh_offline,
        }))
    }
}

fn cosigners(session: &Session, typed: &[Cosigner]) -> Result<List<LogVerifier, 1, 64>, Error> {
    let all = typed.iter().map(|cosigner| cosigner.resolve(session)).collect::<Result<_, _>>()?;
    List::new(all).map_err(|error| Error::caller(format_args!("witnesses or auditors: {error}")))
}

#[cfg(test)]
mod tests {
    use super::{seconds, show_seconds};

    #[test]
    fn lengths_of_time_are_read_as_people_write_them() {
        let read = |text| seconds(text).ok();
        assert_eq!(
            ["1h", "24h", "90m", "2d", "45s", "600"].map(read),
            [3600, 86_400, 5400, 172_800, 45, 600].map(Some)
        );
        for wrong in ["", "h", "0", "0h", "1 h", "1.5h", "-1h", "1w", "99999999999d", "1é"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_shown_is_read_back(length in 1_u64..10_000_000) {
            proptest::prop_assert_eq!(seconds(&show_seconds(length)), Ok(length));
        }
    }
}
