//! Which lots a file is made of: found, fetched and verified one after another.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use nguon_core::ids::ChainId;
use nguon_core::trace::{Direction, Line, MOST};
use nguon_core::values::Time;
use nguon_core::verify::OutcomeKind;
use nguon_export::{Facts, Personal, Source};
use nguon_import::commune;

use super::super::fetch;
use super::super::verify::{Given, Reader, bundle_in, explain_missing};
use crate::book::Book;
use crate::error::Error;
use crate::files;
use crate::net::Found;
use crate::net::trace::Origin;
use crate::report::remark;
use crate::session::Session;

/// Lots, and how they are judged and shown: options of every file.
#[derive(Debug, clap::Args)]
pub struct Lots {
    /// Bundle files, folders of them, links, codes or batches
    #[arg(value_name = "FILE|FOLDER|LINK|CODE|BATCH")]
    subjects: Vec<String>,
    /// Trust root to verify against [default: the home's root.nguon]
    #[arg(long, value_name = "FILE")]
    root: Option<PathBuf>,
    /// Verify as a reader at this time would [default: now]
    #[arg(long, value_name = "TIME")]
    now: Option<String>,
    /// Write a lot whatever its verdict; the file says so
    #[arg(long)]
    despite: bool,
    /// Write names of households, telephone numbers, operators and coordinates, where the bundle opens them
    #[arg(long)]
    personal: bool,
}

/// A lot that was verified.
pub struct Lot {
    /// What was judged.
    pub source: Source,
    /// The bundle.
    pub bundle: Vec<u8>,
    /// What the label says, if it was asked for by one.
    pub label: Option<nguon_gs1::TypedCode>,
}

impl Lot {
    /// The lot, asked for what files need.
    pub fn facts(&self, lots: &Lots) -> Facts<'_> {
        Facts::new(&self.source, lots.personal()).with_communes(commune::in_province)
    }
}

/// The worst that was found.
#[derive(Debug, Default)]
pub struct Worst {
    exit: u8,
    bad: Vec<String>,
    count: u64,
}

impl Lots {
    /// Whether personal data may be written.
    pub const fn personal(&self) -> Personal {
        if self.personal { Personal::Opened } else { Personal::Withheld }
    }

    /// The one lot that is named.
    pub fn one(&self, session: &Session) -> Result<(Lot, Time, u8), Error> {
        if self.subjects.len() != 1 || Path::new(&self.subjects[0]).is_dir() {
            return Err(Error::caller("this file is made of one lot").next("name one bundle file, link, code or batch"));
        }
        let mut only = None;
        let (worst, now) = self.each(session, None, |lot| {
            only = Some(lot);
            Ok(())
        })?;
        let exit = worst.end()?;
        only.map(|lot| (lot, now, exit)).ok_or_else(|| Error::caller("no lot is named"))
    }

    /// Verifies lot after lot, and hands each over that may be written. Without lots named, `place` says where they come
    /// from, and the server which they are.
    pub fn each(
        &self,
        session: &Session,
        place: Option<&str>,
        mut take: impl FnMut(Lot) -> Result<(), Error>,
    ) -> Result<(Worst, Time), Error> {
        let reader = Reader::new(session, self.root.as_ref(), self.now.as_deref())?;
        let subjects = match (self.subjects.as_slice(), place) {
            ([], Some(place)) => of_place(session, place)?,
            ([], None) => {
                return Err(Error::caller("no lot is named").next("name bundle files, links, codes or batches"));
            }
            (named, _) => files_of(named)?,
        };
        let (total, mut worst) = (subjects.len(), Worst::default());
        for (done, subject) in subjects.iter().enumerate() {
            // Every few lots, so that a long way is seen to be gone.
            if done > 0 && done % 100 == 0 {
                remark(format_args!("{done} of {total} lots"));
            }
            let (bundle, given) = self.found(session, subject)?;
            let judged = reader.judge(&bundle, subject, &given)?;
            let outcome = judged.verification.verdict.outcome.kind();
            worst.note(subject, outcome, self.despite);
            if outcome < OutcomeKind::Stale && !self.despite {
                continue;
            }
            let source = Source::despite(judged.verification, reader.now())
                .map_err(|error| Error::caller(format_args!("{subject}: {error}")).next("see `nguon verify`"))?;
            take(Lot { source, bundle, label: given.label })?;
        }
        Ok((worst, reader.now()))
    }

    fn found(&self, session: &Session, subject: &str) -> Result<(Vec<u8>, Given), Error> {
        let path = Path::new(subject);
        if path.is_file() {
            let bytes = files::read(path)?.ok_or_else(|| Error::caller(format_args!("{subject} is gone")))?;
            return Ok((bundle_in(bytes, subject)?, Given::default()));
        }
        let fetched = fetch::fetch(session, subject).map_err(|error| explain_missing(error, subject))?;
        let Found::Bundle(bytes) = fetched.found else { return Err(fetch::no_such_lot(subject)) };
        Ok((bytes, Given { label: fetched.code, batch: fetched.batch, server: Some(fetched.server) }))
    }
}

impl Worst {
    fn note(&mut self, subject: &str, outcome: OutcomeKind, despite: bool) {
        self.count += 1;
        let exit = match outcome {
            OutcomeKind::Valid => 0,
            OutcomeKind::Unlogged | OutcomeKind::Stale => 2,
            _ => 1,
        };
        // 1 is worse than 2.
        self.exit = if self.exit == 1 || exit == 1 { 1 } else { self.exit.max(exit) };
        if exit == 1 && !despite {
            self.bad.push(format!("{subject}: {outcome}"));
        }
    }

    /// The exit code; an error if a lot may not be written.
    pub fn end(&self) -> Result<u8, Error> {
        if self.bad.is_empty() {
            return Ok(self.exit);
        }
        let (bad, count) = (self.bad.len(), self.count);
        let named = self.bad.iter().take(20).cloned().collect::<Vec<_>>().join("; ");
        let what = format!("nothing was written: the verdict of {bad} of {count} lots is bad ({named})");
        Err(Error::caller(what)
            .next("see why with `nguon verify`; --despite writes them all the same, stamped")
            .code("bad_verdict"))
    }
}

/// Folders stand for the bundles in them.
fn files_of(named: &[String]) -> Result<Vec<String>, Error> {
    let mut subjects = Vec::new();
    for subject in named {
        let path = Path::new(subject);
        if !path.is_dir() {
            subjects.push(subject.clone());
            continue;
        }
        let bundles = files::list(path, ".cbor")?;
        if bundles.is_empty() {
            return Err(
                Error::caller(format_args!("there is no bundle (*.cbor) in {subject}")).next("see `nguon fetch`")
            );
        }
        subjects.extend(bundles.iter().map(|name| path.join(name).display().to_string()));
    }
    Ok(subjects)
}

/// The lots that come from a place, by the server's word; each proves itself what it comes from. Labelled batches, and those
/// from which nothing went on.
fn of_place(session: &Session, place: &str) -> Result<Vec<String>, Error> {
    let chain: ChainId = match place.parse() {
        Ok(chain) => chain,
        Err(_) => Book::load(&session.home)?.find(place, &session.home.names()?)?,
    };
    let server = session.server()?;
    let lines = server.trace(&Origin::Place(chain), Direction::Forward, MOST)?.ok_or_else(|| {
        Error::caller(format_args!("the server knows no place {place}")).next("give its id or its local name")
    })?;
    let (mut batches, mut sources, mut labelled) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    for line in lines {
        match line? {
            Line::Node(node) => {
                if node.label.is_some() {
                    labelled.insert(node.chain);
                }
                if node.product.is_some() {
                    batches.push((node.depth, node.chain));
                }
            }
            Line::Edge(edge) => {
                sources.insert(edge.from);
            }
            Line::End(end) if end.cut => {
                return Err(
                    Error::server("too much comes from there for one walk").next("ask for a plot, or name the lots")
                );
            }
            _ => {}
        }
    }
    batches.retain(|(_, batch)| labelled.contains(batch) || !sources.contains(batch));
    // What came last first: its history knows to whom what came before it was shipped.
    batches.sort_unstable_by(|one, other| other.cmp(one));
    Ok(batches.iter().map(|(_, batch)| batch.to_string()).collect())
}
