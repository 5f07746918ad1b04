//! From a bundle's bytes to what the page shows. The verdict is the core's; nothing here judges a record.

mod answer;
mod details;
mod lines;
mod order;
mod people;
mod product;
mod way;

#[cfg(test)]
mod tests;

use std::rc::Rc;

use nguon_core::bytes::ByteString;
use nguon_core::cbor;
use nguon_core::event::Event;
use nguon_core::ids::ChainId;
use nguon_core::recalls::RecallList;
use nguon_core::record::Record;
use nguon_core::serial::issued;
use nguon_core::trust::{Roots, TrustRoot};
use nguon_core::values::Time;
use nguon_core::verify::{
    At, Bundle, History, Options, Part, ScannedLabel, Seen, Stage, Subject, Verdict, Verification, Verifier, hashes,
    verify_absence,
};
use nguon_gs1::LabelCode;

use crate::codec::Bytes;
use crate::model::{LabelBinding, Labels, Lot, Proven, Report, Stamp, StepRef};
use people::People;
use way::Way;

/// What a lot is checked against: the trust root of this page and what was scanned.
#[derive(Debug)]
pub struct Checker {
    trust: TrustRoot,
    options: Options,
}

/// A check under way.
#[derive(Debug)]
pub struct Run<'a> {
    checker: &'a Checker,
    verifier: Verifier<'a>,
    /// As it came, its stages one after the other.
    bundle: Vec<u8>,
}

impl Checker {
    /// A checker for what a label says (for a file without one: for whatever the file is about), as of `now` in Unix
    /// seconds, for a reader who could have had something newer or not. `None` if the trust root does not hold.
    #[must_use]
    pub fn new(root: &[u8], code: Option<&LabelCode>, now: u64, online: bool) -> Option<Self> {
        let trust = TrustRoot::from_bytes(root).ok()?;
        let label = code.map(ScannedLabel::from);
        let options = Options { label, online, ..Options::at(Time::new(now).ok()?) };
        Some(Self { trust, options })
    }

    /// Whether completeness can be proven at all.
    #[must_use]
    pub fn is_logged(&self) -> bool {
        self.trust.payload().log.is_some()
    }

    /// Whether these bytes prove that nobody has a label.
    #[must_use]
    pub fn proves_absence(&self, bytes: &[u8], code: &LabelCode) -> bool {
        verify_absence(bytes, &self.trust, code.gtin(), code.lot(), self.options.now).is_ok_and(|absent| !absent.stale)
    }

    /// Begins to check a bundle.
    #[must_use]
    pub fn run(&self, bundle: Vec<u8>) -> Run<'_> {
        let verifier = Verifier::new(&bundle, &self.trust, &self.options);
        Run { checker: self, verifier, bundle }
    }

    /// Begins to check a bundle that comes in stages, with the first of them.
    #[must_use]
    pub fn staged(&self, first: Vec<u8>) -> Run<'_> {
        let verifier = Verifier::staged(&first, &self.trust, &self.options);
        Run { checker: self, verifier, bundle: first }
    }
}

/// What came of a check.
#[derive(Debug)]
pub struct Checked {
    /// What there is to say
    pub report: Report,
    /// The checkpoint to remember
    pub checkpoint: Option<Seen>,
    /// The proof itself, as it came
    pub bundle: Vec<u8>,
}

impl Run<'_> {
    /// What the log proves of a staged bundle before its records have come.
    #[must_use]
    pub fn proven(&self) -> Option<Proven> {
        let staged = self.verifier.stage()?;
        Some(Proven { chains: staged.chains, recalled: staged.recalled, forked: staged.forked })
    }

    /// Takes the next stage; gives how many records are done of how many.
    pub fn feed(&mut self, item: &[u8]) -> (usize, usize) {
        let progress = self.verifier.feed(item);
        self.bundle.extend_from_slice(item);
        (progress.done, progress.total)
    }

    /// Verifies up to `most` further records; gives how many are done of how many, or `None` when all are.
    pub fn step(&mut self, most: usize) -> Option<(usize, usize)> {
        self.verifier.step(most).map(|progress| (progress.done, progress.total))
    }

    /// The checkpoint that the bundle is proven against.
    #[must_use]
    pub fn checkpoint(&self) -> Option<Seen> {
        self.verifier.checkpoint()
    }

    /// The trust roots that the bundle carries.
    #[must_use]
    pub const fn roots(&self) -> &Roots {
        self.verifier.roots()
    }

    /// Holds the bundle against a checkpoint that somebody has seen.
    pub fn hold_against(&mut self, seen: &Seen, consistency: Option<&[u8]>) {
        let hashes = consistency.and_then(hashes);
        self.verifier.hold_against(seen, hashes.as_deref());
    }

    /// Takes up an authority's list of recalls, if it is one; when it was issued.
    pub fn list_recalls(&mut self, signed: Vec<u8>) -> Option<u64> {
        let list = RecallList::verify(signed, self.verifier.roots());
        list.ok().map(|list| {
            let issued = list.issued.get();
            self.verifier.list_recalls(list);
            issued
        })
    }

    /// Finishes, and tells all that was found.
    #[must_use]
    pub fn report(self) -> Checked {
        let Verification { verdict, history, checkpoint } = self.verifier.finish();
        let bundle = self.bundle;
        let found = Found { checker: self.checker, bundle: &bundle, verdict: &verdict, history: history.as_ref() };
        Checked { report: found.report(), checkpoint, bundle }
    }
}

/// The label that a bundle's own batch claims, to be told before anything is checked.
#[must_use]
pub fn claimed_lot(bundle: &[u8]) -> Option<Lot> {
    let Event::Opened(event) = decode(&chains_of(bundle)?.first()?.first()?.0)?.event else { return None };
    let label = event.label?;
    Some(Lot { gtin: label.gtin.to_string(), lot: label.lot.to_string(), serial: None })
}

/// The records of a bundle, chain by chain, whether it came in stages or not.
fn chains_of(bundle: &[u8]) -> Option<Vec<Vec<ByteString>>> {
    let (first, mut rest) = cbor::first_item(bundle)?;
    if rest.is_empty() {
        return Bundle::from_bytes(bundle).ok().map(|bundle| bundle.chains);
    }
    let mut chains = vec![Stage::from_bytes(first).ok()?.own.records];
    while let Some((item, after)) = cbor::first_item(rest) {
        chains.push(Part::from_bytes(item).ok()?.records);
        rest = after;
    }
    Some(chains)
}

/// What the verifier found, on its way to a report.
#[derive(Clone, Copy)]
struct Found<'a> {
    checker: &'a Checker,
    bundle: &'a [u8],
    verdict: &'a Verdict,
    history: Option<&'a History>,
}

impl Found<'_> {
    fn report(self) -> Report {
        // A label that belongs elsewhere says nothing of this lot, and this lot nothing of what is in the hand.
        let history = self
            .history
            .filter(|history| history.chain(&history.batch()).is_some() && !answer::is_wrong_label(self.verdict));
        let people = history.map(|history| People { trust: &self.checker.trust, history });
        let way = people.map(Way::of).unwrap_or_default();
        let refer = |at: &At| self.refer(&way, at);
        Report {
            answer: answer::answer(self.verdict, self.history, &refer),
            as_of: history.and_then(|_| self.as_of()),
            logged: self.verdict.as_of.is_some(),
            binding: self.binding(),
            notes: answer::notes(self.verdict, self.history, &refer),
            path: answer::path(self.verdict, people),
            product: people.and_then(product::product),
            checks: lines::lines(self),
            contact: people.and_then(product::contact),
            journey: people.is_some().then(|| Rc::new(way.journey)),
            labels: history.and_then(labels),
        }
    }

    /// Until when the log confirms completeness, or else the moment of the newest signature.
    fn as_of(self) -> Option<Stamp> {
        let confirmed = self.verdict.as_of.map(|time| Stamp::vietnam(details::seconds(time)));
        let records = self.history.into_iter().flat_map(History::chains).flat_map(|chain| chain.records());
        let newest = || records.map(|record| details::signed(record.record())).max_by_key(|stamp| stamp.unix);
        confirmed.or_else(newest)
    }

    fn binding(self) -> LabelBinding {
        use nguon_core::verify::Note;
        let says = |wanted: &Note| {
            self.verdict
                .findings
                .iter()
                .any(|finding| matches!(&finding.subject, Subject::Note(note) if note == wanted))
        };
        if says(&Note::LabelNotBound) {
            LabelBinding::Unbound
        } else if says(&Note::LotOnly) {
            LabelBinding::Lot
        } else {
            LabelBinding::Silent
        }
    }

    /// A record as sentences name it: by its number on the page if it is there, else by its place in its chain.
    fn refer(self, way: &Way, at: &At) -> StepRef {
        let number = way.number(at);
        let event = match self.history.and_then(|history| history.chain(&at.chain)) {
            Some(chain) => chain
                .state()
                .place_of(at.sequence)
                .and_then(|n| chain.records().get(n))
                .map(|record| record.record().event.name()),
            None => self.raw(at).and_then(|raw| decode(&raw)).map(|record| record.event.name()),
        };
        let short = || {
            let id = at.chain.to_string();
            (at.sequence, id.chars().take(8).collect())
        };
        StepRef { number, event, record: number.is_none().then(short) }
    }

    /// The bytes of a record that did not hold, as they came.
    fn raw(self, at: &At) -> Option<Vec<u8>> {
        let belongs = |chain: &&Vec<ByteString>| {
            // The same rule as the verifier's: a chain is called what its later records call it, or what its first makes it.
            let records = || chain.iter().filter_map(|raw| self.statement(&raw.0));
            let claimed = records().find_map(|(_, record)| record.chain);
            claimed.or_else(|| records().next().map(|(id, _)| id)) == Some(at.chain)
        };
        let chains = chains_of(self.bundle)?;
        let chain = chains.iter().find(belongs)?;
        Some(chain.get(usize::try_from(at.sequence).ok()?)?.0.clone())
    }

    fn statement(self, raw: &[u8]) -> Option<(ChainId, Record)> {
        let statement = nguon_core::admit::Statement::from_bytes(raw.to_vec(), self.checker.trust.deployment()).ok()?;
        Some((statement.chain(), statement.record))
    }
}

/// The labels that a lot's own records commit to. That any were issued is nothing to say of a lot without a serial number.
fn labels(history: &History) -> Option<Labels> {
    let lists: Vec<_> = issued(history)
        .into_iter()
        .map(|labels| (labels.count.get(), Bytes(labels.root.as_bytes().to_vec())))
        .collect();
    (!lists.is_empty()).then(|| Labels { batch: Bytes(history.batch().as_bytes().to_vec()), lists })
}

fn decode(raw: &[u8]) -> Option<Record> {
    let signed = nguon_core::envelope::SignedRecord::from_bytes(raw.to_vec()).ok()?;
    Record::from_payload(signed.payload()).ok()
}
