//! Who must have seen a checkpoint, by the version of the trust root that judges it.

use std::collections::BTreeMap;

use nguon_core::trust::{LogVerifier, Roots, TrustRoot};
use nguon_tlog::checkpoint::Checkpoint;
use nguon_tlog::note::{MAX_SIGNATURES, Note, NoteKey, SignatureType, assemble};

use super::error::LogError;

/// A cosignature dated further ahead of this clock is not counted, as readers will not count it either.
const AHEAD: u64 = 600;

/// What a cosigner vouches for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// That the log only grows.
    Witness,
    /// That the map says what the records say.
    Auditor,
}

/// Somebody who cosigns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cosigner {
    pub kind: Kind,
    pub key: NoteKey,
    /// Without a slash at its end; `None`: nobody knows where to ask.
    pub address: Option<String>,
}

impl Cosigner {
    pub(super) fn name(&self) -> &str {
        self.key.name()
    }
}

/// Whose cosignatures count, and how many are needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Policy {
    /// Version of the trust root.
    pub version: u64,
    /// The log's own key.
    pub log: NoteKey,
    pub threshold: usize,
    pub cosigners: Vec<Cosigner>,
    /// Seconds.
    pub fresh_online: u64,
}

impl Policy {
    /// What a version of the trust root says; addresses given for this server go before those it names.
    pub(super) fn of(root: &TrustRoot, addresses: &BTreeMap<String, String>) -> Result<Self, LogError> {
        let log = root.payload().log.as_ref().ok_or(LogError::NoLog)?;
        let sound = |key: Result<NoteKey, _>| {
            key.map_err(|error: nguon_tlog::note::NoteError| {
                LogError::Damaged(format!("a key of the trust root: {error}"))
            })
        };
        let mut cosigners = Vec::new();
        let kinds = [(Kind::Witness, &log.witnesses), (Kind::Auditor, &log.auditors)];
        for (kind, listed) in kinds {
            for LogVerifier { name, key, url } in listed {
                let key = sound(NoteKey::new(name.as_str(), key.as_bytes()))?;
                let address = addresses.get(name.as_str()).map(String::as_str);
                let address = address.or_else(|| url.as_ref().map(|url| url.as_str()));
                let address = address.map(|address| address.trim_end_matches('/').to_owned());
                cosigners.push(Cosigner { kind, key, address });
            }
        }
        Ok(Self {
            version: root.payload().version,
            log: sound(NoteKey::new(log.origin.as_str(), log.key.as_bytes()))?,
            threshold: usize::try_from(log.witness_threshold).unwrap_or(usize::MAX),
            cosigners,
            fresh_online: log.fresh_online,
        })
    }

    /// Refuses a policy that can never be fulfilled because nobody knows where to ask.
    pub(super) fn check_addresses(&self) -> Result<(), LogError> {
        let known = |kind| self.of_kind(kind).filter(|cosigner| cosigner.address.is_some()).count();
        for (kind, word, needed, option) in [
            (Kind::Witness, "witnesses", self.threshold, "--witness-url"),
            (Kind::Auditor, "auditors", 1, "--auditor-url"),
        ] {
            let known = known(kind);
            if known < needed {
                return Err(LogError::NoAddress { kind: word, needed, known, option });
            }
        }
        Ok(())
    }

    pub(super) fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Cosigner> {
        self.cosigners.iter().filter(move |cosigner| cosigner.kind == kind)
    }
}

/// Cosignatures that were gathered for one checkpoint, one a key.
#[derive(Debug, Clone, Default)]
pub(super) struct Cosignatures(Vec<(Kind, String, Cosignature)>);

/// A cosignature that was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cosignature {
    /// Unix seconds.
    pub time: u64,
    /// As it stands in a note.
    pub line: String,
}

impl Cosignature {
    /// A cosigner's own newest line in a note, if it holds and is not dated ahead. All other lines are left where they
    /// are: one that does not hold would spoil the note for its key.
    pub(super) fn find(note: &Note, key: &NoteKey, now: u64) -> Option<Self> {
        let time = note.cosigned_by(key).filter(|time| *time <= now.saturating_add(AHEAD))?;
        let id = key.id(SignatureType::Cosignature);
        let mut own = note.signatures().iter().filter(|line| line.name() == key.name() && line.id() == id);
        let line = own.find(|line| line.body().starts_with(&time.to_be_bytes()))?.to_line();
        Some(Self { time, line })
    }
}

impl Cosignatures {
    /// Keeps the newest of each key.
    pub(super) fn add(&mut self, kind: Kind, name: &str, new: Cosignature) {
        match self.0.iter_mut().find(|(_, known, _)| known == name) {
            Some((_, _, old)) if old.time < new.time => *old = new,
            Some(_) => {}
            None => self.0.push((kind, name.to_owned(), new)),
        }
    }

    /// The time of the k-th newest witness's cosignature, no later than the newest auditor's: from when on somebody
    /// honest has seen nothing newer. `None` if too few cosigned.
    pub(super) fn as_of(&self, threshold: usize) -> Option<u64> {
        let times = |wanted| {
            let mut times: Vec<u64> =
                self.0.iter().filter(|(kind, ..)| *kind == wanted).map(|(.., cosignature)| cosignature.time).collect();
            times.sort_unstable_by(|one, other| other.cmp(one));
            times
        };
        let witnessed = *times(Kind::Witness).get(threshold.checked_sub(1)?)?;
        let audited = *times(Kind::Auditor).first()?;
        Some(witnessed.min(audited))
    }

    /// How many of a kind have cosigned.
    pub(super) fn count(&self, wanted: Kind) -> usize {
        self.0.iter().filter(|(kind, ..)| *kind == wanted).count()
    }

    /// The log's signed note with these lines after its own: the newest of each kind, for a note has 64 lines at most.
    pub(super) fn note(&self, signed: &Note) -> String {
        let mut lines: Vec<String> =
            signed.signatures().iter().take(1).map(nguon_tlog::note::NoteSignature::to_line).collect();
        for (wanted, most) in [(Kind::Witness, MAX_SIGNATURES - 9), (Kind::Auditor, 8)] {
            let mut own: Vec<&Cosignature> =
                self.0.iter().filter(|(kind, ..)| *kind == wanted).map(|(.., cosignature)| cosignature).collect();
            own.sort_by_key(|cosignature| std::cmp::Reverse(cosignature.time));
            lines.extend(own.into_iter().take(most).map(|cosignature| cosignature.line.clone()));
        }
        assemble(signed.text(), &lines)
    }
}

/// The checkpoint of a note, if it is this log's: signed by the key that counts at its size.
pub(super) fn signed_checkpoint(note: &Note, roots: &Roots) -> Option<Checkpoint> {
    let checkpoint = Checkpoint::parse(note.text()).ok()?;
    let log = roots.for_checkpoint(checkpoint.size).payload().log.as_ref()?;
    let key = NoteKey::new(log.origin.as_str(), log.key.as_bytes()).ok()?;
    (checkpoint.origin == log.origin.as_str() && note.signed_by(&key)).then_some(checkpoint)
}

#[cfg(test)]
mod tests {
    use nguon_core::SigningKey;
    use nguon_tlog::note::{cosign, sign};

    use super::*;

    const TEXT: &str = "log.example\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

    fn key(number: u8, name: &str) -> (SigningKey, NoteKey) {
        let key = SigningKey::from_bytes(&[number; 32]);
        let public = NoteKey::new(name, key.verifying_key().as_bytes()).unwrap();
        (key, public)
    }

    fn at(time: u64) -> Cosignature {
        Cosignature { time, line: String::new() }
    }

    #[test]
    fn as_of_is_the_kth_newest_witness_but_no_later_than_an_auditor() {
        let mut gathered = Cosignatures::default();
        for (name, time) in [("a", 10), ("b", 30), ("c", 20), ("d", 40), ("a", 5)] {
            gathered.add(Kind::Witness, name, at(time));
        }
        assert_eq!(gathered.as_of(3), None);
        gathered.add(Kind::Auditor, "x", at(15));
        assert_eq!((gathered.as_of(3), gathered.as_of(1)), (Some(15), Some(15)));
        gathered.add(Kind::Auditor, "y", at(35));
        let expected = [Some(35), Some(30), Some(20), Some(10), None];
        assert_eq!([1, 2, 3, 4, 5].map(|threshold| gathered.as_of(threshold)), expected);
        assert_eq!(gathered.as_of(0), None);
    }

    #[test]
    fn only_a_cosigners_own_sound_line_is_taken_and_none_from_the_future() {
        let (log, _) = key(1, "log.example");
        let (secret, witness) = key(2, "w");
        let (other, stranger) = key(3, "s");
        let own = sign(TEXT, "log.example", &log);
        let lines = [
            own.clone(),
            cosign(TEXT, "w", &secret, 100),
            cosign(TEXT, "w", &secret, 90),
            cosign(TEXT, "s", &other, 5),
        ];
        let note = Note::parse(&assemble(TEXT, &lines)).unwrap();
        let found = Cosignature::find(&note, &witness, 100).unwrap();
        assert_eq!((found.time, &found.line), (100, &lines[1]));
        assert_eq!(Cosignature::find(&note, &stranger, 100).map(|found| found.time), Some(5));
        let ahead = Note::parse(&assemble(TEXT, &[cosign(TEXT, "w", &secret, 701)])).unwrap();
        assert_eq!(Cosignature::find(&ahead, &witness, 100), None);
        let forged = Note::parse(&assemble(TEXT, &[cosign(TEXT, "w", &other, 100)])).unwrap();
        assert_eq!(Cosignature::find(&forged, &witness, 100), None);

        let mut gathered = Cosignatures::default();
        gathered.add(Kind::Witness, "w", found);
        let signed = Note::parse(&assemble(TEXT, &[own])).unwrap();
        let whole = Note::parse(&gathered.note(&signed)).unwrap();
        assert_eq!(whole.cosigned_by(&witness), Some(100));
        assert_eq!(whole.signatures().len(), 2);
    }
}
