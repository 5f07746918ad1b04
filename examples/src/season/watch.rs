//! The log of the season's deployment, and who watches it: four witnesses and a map auditor that have nothing to do with
//! each other.

use nguon_core::SigningKey;
use nguon_core::ids::PublicKeyBytes;
use nguon_core::ledger::{Cosigner, Ledger};
use nguon_core::trust::{LogPolicy, LogVerifier};
use nguon_core::values::{List, Time};

use super::calendar::END;
use super::error::{Result, SeasonError};
use super::seed::Seed;

/// Checkpoint origin of the sample log.
pub const ORIGIN: &str = "nguon.example/vai-2026";
/// Name of the log's key among the season's.
pub const LOG_KEY: &str = "log";
/// Key names of the witnesses, of whom three must have cosigned: the trade office, a university, consumers, the border.
pub const WITNESSES: [&str; 4] = [
    "witness.example/so-cong-thuong",
    "witness.example/dai-hoc",
    "witness.example/nguoi-tieu-dung",
    "witness.example/hai-quan",
];
/// Key name of the map auditor.
pub const AUDITOR: &str = "auditor.example/doc-lap";

const HOUR: u64 = 3_600;

/// Where those who watch the log answer, as the trust root tells readers (empty: it does not), and when all of it happens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Watch {
    /// Of each witness, in the order of [`WITNESSES`].
    pub witnesses: Vec<String>,
    /// Of the map auditor.
    pub auditor: Option<String>,
    /// How many days later than written everything happens but the trust root. A log that runs keeps real time, and takes
    /// no harvest weeks after its season.
    pub days_later: u64,
}

impl Watch {
    /// The same with a season that has ended by this time, by less than a day if that can be.
    #[must_use]
    pub fn ending_by(self, now: Time) -> Self {
        const DAY: u64 = 86_400;
        let written = END.time().map_or(0, Time::get);
        Self { days_later: now.get().saturating_sub(written) / DAY, ..self }
    }

    /// What the trust root says of the log.
    pub(super) fn policy(&self, seed: &Seed) -> Result<LogPolicy> {
        let verifier = |name: &str, url: Option<&String>| -> Result<LogVerifier> {
            let url = url.map(|url| url.parse()).transpose()?;
            Ok(LogVerifier { name: name.parse()?, key: PublicKeyBytes::from(&seed.key(name)), url })
        };
        let witnesses = WITNESSES.iter().enumerate().map(|(n, name)| verifier(name, self.witnesses.get(n)));
        Ok(LogPolicy {
            origin: ORIGIN.parse()?,
            key: PublicKeyBytes::from(&seed.key(LOG_KEY)),
            witnesses: List::new(witnesses.collect::<Result<_>>()?)?,
            witness_threshold: 3,
            auditors: List::of_one(verifier(AUDITOR, self.auditor.as_ref())?),
            fresh_online: HOUR,
            fresh_offline: 24 * HOUR,
        })
    }
}

/// Closes a checkpoint of the season's log in memory, cosigned by all who watch it.
pub(super) fn close(ledger: &mut Ledger, seed: &Seed, at: Time) -> Result<()> {
    let keys: Vec<(&str, SigningKey)> =
        WITNESSES.iter().chain([&AUDITOR]).map(|name| (*name, seed.key(name))).collect();
    let cosigners: Vec<Cosigner<'_>> = keys.iter().map(|(name, key)| Cosigner { name, key, at }).collect();
    let refused = |source| SeasonError::Refused { what: "a checkpoint".to_owned(), source };
    ledger.close(at, &seed.key(LOG_KEY), &cosigners).map_err(refused)?;
    Ok(())
}
