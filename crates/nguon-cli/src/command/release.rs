//! `nguon release`: a recall ends, by two authority keys.

use nguon_core::admit::Statement;
use nguon_core::event::{Event, ReleaseApproved, Released};
use nguon_core::ids::ChainId;
use nguon_core::record::Signer;
use nguon_core::state::{ChainState, Recall};
use serde_json::json;

use super::show::records;
use super::verify::recall_word;
use crate::args::Signing;
use crate::compose::Sealer;
use crate::desk::Desk;
use crate::error::Error;
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
Examples:
  nguon release approve thua-bay --as authority --details \"kết quả thử nghiệm đạt\"
  nguon push
  nguon release thua-bay --as authority-2
  nguon push

A recall acts on one signature, because every hour counts. It ends only by two: one authority key
approves, and another one, on another computer of another person, releases and cites that
approval. One key alone can end no recall, and the same key does not count twice. Fetch the chain
before each step: nguon pull CHAIN. Once released, what came from it is called back no more.";

/// Options of `nguon release`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE, args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Args {
    #[command(subcommand)]
    approve: Option<Approve>,
    #[command(flatten)]
    of: Of,
}

/// The first step.
#[derive(Debug, clap::Subcommand)]
pub enum Approve {
    /// Approve, with a first authority key, that a recall ends
    #[command(after_help = EXAMPLE)]
    Approve(Of),
}

/// Which recall.
#[derive(Debug, clap::Args)]
pub struct Of {
    /// The chain that was recalled
    #[arg(required = true)]
    chain: Option<String>,
    /// Sequence of the recall on it [default: the only one that stands]
    #[arg(long, value_name = "SEQUENCE")]
    recall: Option<u64>,
    /// Further words (sealed)
    #[arg(long, value_name = "WORDS")]
    details: Option<String>,
    #[command(flatten)]
    signing: Signing,
}

/// Does it.
pub fn run(session: &Session, args: Args) -> Result<Report, Error> {
    match args.approve {
        Some(Approve::Approve(of)) => approve(session, &of),
        None => release(session, &args.of),
    }
}

fn approve(session: &Session, args: &Of) -> Result<Report, Error> {
    let (mut desk, chain, recall) = open(session, args)?;
    let mut sealer = Sealer::default();
    let details = args.details.as_deref().map(|words| sealer.text("release_approved/details", words)).transpose()?;
    desk.append(chain, sealer.with(ReleaseApproved { recall, details }), None)?;
    let sequence = desk.book.need(&chain)?.sequence;
    let number = desk.finish()?;
    let text = format!(
        "Signed: record {sequence} approves that the recall by record {recall} ends. The recall still stands.\n\
         Next: nguon push; then somebody with another authority key runs nguon pull {chain} and nguon release {chain}"
    );
    Ok(Report::new(text, json!({ "outbox": number, "chain": chain, "recall": recall, "approval": sequence })))
}

fn release(session: &Session, args: &Of) -> Result<Report, Error> {
    let (mut desk, chain, recall) = open(session, args)?;
    let records = records(session, &desk.book, &chain)?;
    let approvals: Vec<&Statement> = records
        .iter()
        .map(|(statement, _)| statement)
        .filter(|one| matches!(&one.record.event, Event::ReleaseApproved(event) if event.recall == recall))
        .collect();
    let by_another = approvals.iter().find(|approval| approval.key_id() != desk.key_id());
    let approval = by_another.map(|approval| approval.record.sequence).ok_or_else(|| match approvals.first() {
        None => Error::caller(format_args!("nobody has approved yet that the recall by record {recall} ends"))
            .next("with a first authority key: nguon release approve; if that was done elsewhere, nguon pull the chain")
            .code("not_approved"),
        Some(approval) => Error::caller(format_args!(
            "the approval, record {}, is by this very key: a release takes two",
            approval.record.sequence
        ))
        .next("release with another authority key (--as), best by another person on another computer")
        .code("same_key"),
    })?;
    let mut sealer = Sealer::default();
    let details = args.details.as_deref().map(|words| sealer.text("released/details", words)).transpose()?;
    desk.append(chain, sealer.with(Released { recall, approval, details }), None)?;
    let number = desk.finish()?;
    let text = format!(
        "Signed: the recall by record {recall} ends, approved by record {approval}.\n\
         Next: nguon push; then nguon recalls sign, so that readers of saved bundles hear of it"
    );
    Ok(Report::new(text, json!({ "outbox": number, "chain": chain, "recall": recall, "approval": approval })))
}

/// The desk, the chain, and the recall that stands on it.
fn open<'a>(session: &'a Session, args: &Of) -> Result<(Desk<'a>, ChainId, u64), Error> {
    let desk = Desk::open(session, &args.signing)?;
    if !matches!(desk.signer, Signer::Authority(_)) {
        return Err(Error::caller("only authorities end a recall, two of their keys together")
            .next("name an authority's key with --as")
            .code("not_permitted"));
    }
    let chain = desk.find(args.chain.as_deref().unwrap_or_default())?;
    let recall = standing(session, desk.book.need(&chain)?.as_ref(), args.recall)?;
    Ok((desk, chain, recall))
}

fn standing(session: &Session, state: &ChainState, wanted: Option<u64>) -> Result<u64, Error> {
    let standing: Vec<&Recall> = state.recalls().iter().filter(|recall| recall.stands()).collect();
    let list = || {
        let words = session.lang.words();
        let one = |recall: &&Recall| format!("record {}: {}", recall.sequence, recall_word(words, recall.reason));
        standing.iter().map(one).collect::<Vec<_>>().join("; ")
    };
    match (wanted, standing.as_slice()) {
        (_, []) => Err(Error::caller("no recall stands on this chain, as far as is known here")
            .next("fetch it with `nguon pull`; a recalled batch may be so by what it came from: `nguon verify` says")
            .code("no_recall")),
        (Some(wanted), _) if standing.iter().any(|recall| recall.sequence == wanted) => Ok(wanted),
        (None, [one]) => Ok(one.sequence),
        (Some(wanted), _) => {
            Err(Error::caller(format_args!("record {wanted} is no recall that stands here")).next(list()))
        }
        (None, _) => Err(Error::caller("more than one recall stands here").next(format_args!("--recall: {}", list()))),
    }
}
