//! `nguon import FILE.jsonld`: a packing house's EPCIS events become records that a person signs, all of them or none.

use std::path::Path;

use nguon_core::event::Event;
use nguon_core::ids::ChainId;
use nguon_core::judge::Chains as _;
use nguon_core::record::ChainKind;
use nguon_export::epcis::import::{Imported, PassedOver, Proposal, Register, import};
use nguon_export::epcis::read::{Faults, Limits};
use nguon_gs1::{Gln, Gtin, Lot};
use serde_json::json;

use super::Args;
use crate::book::Book;
use crate::compose::Composed;
use crate::desk::Desk;
use crate::error::Error;
use crate::home::Names;
use crate::lang::Lang;
use crate::report::Report;
use crate::session::Session;

/// How many faults or records people are shown; machines are told all.
const SHOWN: usize = 50;

/// Whether a file is a document of events, by its name.
pub fn is_document(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "json" || ending == "jsonld")
}

/// Previews or imports a document.
pub fn run(session: &Session, args: &Args, path: &Path, document: &[u8]) -> Result<Report, Error> {
    if args.preview {
        let book = Book::load(&session.home)?;
        let known = Known::new(&book, &session.home.names()?, args)?;
        let imported = read(session, path, document, &known)?;
        return Ok(told(session, &imported, None, imported.proposals.len()));
    }
    let mut desk = Desk::open(session, &args.signing)?;
    let known = Known::new(&desk.book, &desk.names, args)?;
    let imported = read(session, path, document, &known)?;
    if imported.proposals.is_empty() {
        return Ok(told(session, &imported, None, 0));
    }
    let mut signed = 0;
    let mut sequences = Vec::with_capacity(imported.proposals.len());
    let signer = desk.acting_actor()?;
    for proposal in &imported.proposals {
        let event = carried(proposal, &sequences);
        // What leaves somebody else's batch is theirs to draw. Where they did, the packing stands; where they did not, it is
        // refused below.
        let owner = desk.book.need(&proposal.chain)?.custodian();
        if matches!(event, Event::Drawn(_)) && owner != Some(signer) {
            sequences.push(0);
            continue;
        }
        let composed = Composed { event, sealed: Vec::new(), attached: Vec::new() };
        desk.append(proposal.chain, composed, None).map_err(|error| error.at(&proposal.path))?;
        sequences.push(desk.book.need(&proposal.chain)?.sequence);
        signed += 1;
    }
    let number = desk.finish()?;
    Ok(told(session, &imported, Some(json!(number)), signed))
}

/// A shipping names the record of its draw, which has a sequence now.
fn carried(proposal: &Proposal, sequences: &[u64]) -> Event {
    let mut event = proposal.event.clone();
    if let (Event::Shipped(shipped), Some(draw)) = (&mut event, proposal.carries.and_then(|draw| sequences.get(draw))) {
        shipped.draw = *draw;
    }
    event
}

fn read(session: &Session, path: &Path, document: &[u8], known: &Known<'_>) -> Result<Imported, Error> {
    import(document, &Limits::default(), known).map_err(|faults| refused(session, path, &faults))
}

fn refused(session: &Session, path: &Path, faults: &Faults) -> Error {
    let line = |fault: &nguon_export::epcis::read::Fault| match session.lang {
        Lang::Vi => fault.in_vietnamese(),
        Lang::En => fault.to_string(),
    };
    let mut lines: Vec<String> = faults.listed().iter().take(SHOWN).map(line).collect();
    let more = faults.total() - lines.len();
    if more > 0 {
        lines.push(match session.lang {
            Lang::Vi => format!("… và {more} lỗi nữa"),
            Lang::En => format!("… and {more} more"),
        });
    }
    let what =
        format!("{}: nothing was taken, for {} faults:\n  {}", path.display(), faults.total(), lines.join("\n  "));
    Error::caller(what).next("mend the document where the paths say, and import it again").code("epcis_faults")
}

fn told(session: &Session, imported: &Imported, outbox: Option<serde_json::Value>, count: usize) -> Report {
    let passed = imported.passed_over.len();
    let mut text = match (session.lang, &outbox) {
        (Lang::Vi, None) => format!("Sẽ ghi {count} bản ghi; bỏ qua {passed} sự kiện. Chưa ký gì."),
        (Lang::Vi, Some(_)) => format!("Đã ký {count} bản ghi; bỏ qua {passed} sự kiện."),
        (Lang::En, None) => {
            format!("{count} records would be signed; {passed} events are passed over. Nothing is signed yet.")
        }
        (Lang::En, Some(_)) => format!("{count} records signed; {passed} events passed over."),
    };
    for proposal in imported.proposals.iter().take(SHOWN) {
        let chain: String = proposal.chain.to_string().chars().take(12).collect();
        text.push_str(&format!("\n  {}: {} → {chain}…", proposal.path, proposal.event.name()));
    }
    for (path, why) in imported.passed_over.iter().take(SHOWN) {
        let why = match why {
            PassedOver::DeclaredWrong => "declared wrong",
            PassedOver::NotTaken => "not a packing house's to say",
        };
        text.push_str(&format!("\n  {path}: passed over, {why}"));
    }
    if outbox.is_some() {
        text.push_str("\nNext: nguon push");
    }
    let proposals: Vec<_> = imported
        .proposals
        .iter()
        .map(|proposal| json!({ "path": proposal.path, "chain": proposal.chain, "event": proposal.event }))
        .collect();
    let passed: Vec<_> = imported.passed_over.iter().map(|(path, _)| path).collect();
    Report::new(text, json!({ "outbox": outbox, "proposals": proposals, "passed_over": passed }))
}

/// What this home knows, and what the command line adds.
struct Known<'a> {
    book: &'a Book,
    glns: Vec<(String, ChainId)>,
    receivers: Vec<(ChainId, ChainId)>,
    intake: Option<ChainId>,
}

impl<'a> Known<'a> {
    fn new(book: &'a Book, names: &Names, args: &Args) -> Result<Self, Error> {
        let pair = |option: &str, text: &String| {
            let split = text.split_once('=').map(|(one, other)| (one.to_owned(), other.to_owned()));
            split.ok_or_else(|| Error::caller(format_args!("{option} {text}: '=' is missing")))
        };
        let mut glns = Vec::new();
        for text in &args.glns {
            let (gln, chain) = pair("--gln", text)?;
            let gln: Gln = gln.parse().map_err(|error| Error::caller(format_args!("--gln {gln}: {error}")))?;
            glns.push((gln.as_str().to_owned(), book.find(&chain, names)?));
        }
        let mut receivers = Vec::new();
        for text in &args.receivers {
            let (actor, batch) = pair("--to", text)?;
            receivers.push((book.find(&actor, names)?, book.find(&batch, names)?));
        }
        let intake = args.intake.as_deref().map(|batch| book.find(batch, names)).transpose()?;
        Ok(Self { book, glns, receivers, intake })
    }

    fn of_kind(&self, gln: &Gln, kind: ChainKind) -> Option<ChainId> {
        let of_gln = self.glns.iter().filter(|(known, _)| known == gln.as_str()).map(|(_, chain)| *chain);
        of_gln.into_iter().find(|chain| self.kind(chain) == Some(kind))
    }
}

impl Register for Known<'_> {
    fn lots(&self, gtin: &Gtin, lot: &Lot) -> Vec<ChainId> {
        let is = |label: &nguon_core::values::Label| label.gtin.get() == gtin && label.lot.get() == lot;
        let batches = || self.book.chains().filter_map(|chain| Some((chain.id, chain.batch()?)));
        let labelled: Vec<ChainId> =
            batches().filter(|(_, batch)| batch.label.as_ref().is_some_and(is)).map(|(id, _)| id).collect();
        let parts = batches().filter(|(_, batch)| batch.label_of.is_some_and(|of| labelled.contains(&of)));
        labelled.iter().copied().chain(parts.map(|(id, _)| id)).collect()
    }

    fn place(&self, gln: &Gln) -> Option<ChainId> {
        self.of_kind(gln, ChainKind::Place)
    }

    fn party(&self, gln: &Gln) -> Option<ChainId> {
        self.of_kind(gln, ChainKind::Actor)
    }

    fn kind(&self, chain: &ChainId) -> Option<ChainKind> {
        self.book.chain(chain).map(|state| state.sort().kind())
    }

    fn intake(&self) -> Option<ChainId> {
        self.intake
    }

    fn destination(&self, receiver: &ChainId) -> Option<ChainId> {
        self.receivers.iter().find(|(actor, _)| actor == receiver).map(|(_, batch)| *batch)
    }
}
