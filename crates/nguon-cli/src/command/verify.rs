//! `nguon verify`: a verdict, here, trusting no server.

mod absent;
mod corrected;
mod machine;
mod others;
mod serial;
mod signatures;
mod tell;
mod words;

use std::io::Read as _;
use std::path::{Path, PathBuf};

use nguon_core::ids::ChainId;
use nguon_core::recalls::RecallList;
use nguon_core::trust::{Roots, TrustRoot};
use nguon_core::values::Time;
use nguon_core::verify::{Options, OutcomeKind, ScannedLabel, Verification, Verifier};
use nguon_export::attached;
use nguon_gs1::TypedCode;

use self::others::Others;
use self::signatures::check_signatures;
use super::{fetch, recalls, root};
use crate::error::Error;
use crate::files;
use crate::moment;
use crate::net::{Found, Server};
use crate::report::{Report, remark};
use crate::session::Session;

const EXAMPLE: &str = "\
Examples:
  nguon verify 'https://nguon.example/01/09521234543213/10/VT-0612#AAECAwQFBgcICQoLDA0ODw'
  nguon verify nguon-09521234543213-VT-0612.cbor --root root.nguon
  nguon verify saved.cbor --label 'https://nguon.example/01/09521234543213/10/VT-0612' --json
  nguon verify saved.cbor --online --server https://nguon.example
  nguon verify dossier.pdf          the bundle inside, as nguon export dossier attaches it

Where the deployment has a log, the answer says as of when it is known that nothing is missing.
From a link, up to three witnesses are asked for their newest checkpoint, and the log must be
proven to go on from what they and this home have seen. A file is judged by the limits for readers
without network, unless a server is named and answers; --online asks for no less.

Exit codes: 0 valid; 2 unlogged or stale (what there is holds; completeness or freshness is not
proven); 1 anything worse, also when no such lot is in the register; 3 no verdict (usage, file
or network).";

/// Options of `nguon verify`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// A bundle file (- for standard input), a PDF with a bundle attached, the link on a label (fetches the bundle from that
    /// host), the code under it, or a batch
    #[arg(value_name = "FILE|LINK|CODE|BATCH")]
    subject: String,
    /// Trust root to verify against [default: the home's root.nguon]
    #[arg(long, value_name = "FILE")]
    root: Option<PathBuf>,
    /// With a file: what the label says, to check that the file belongs to it
    #[arg(long, value_name = "LINK|CODE")]
    label: Option<String>,
    /// With a file: ask the server and the witnesses too, and judge how fresh it is as somebody online does
    #[arg(long)]
    online: bool,
    /// Verify as a reader at this time would [default: now]
    #[arg(long, value_name = "TIME")]
    now: Option<String>,
}

pub use words::{recall as recall_word, role as role_word};

/// What is to be verified.
struct Case {
    found: Found,
    label: Option<TypedCode>,
    batch: Option<ChainId>,
    /// Where it came from, for people.
    from: String,
    /// Who can be asked about the log; `None`: nobody, offline.
    server: Option<Server>,
    /// Whether it can be fetched once more.
    fetched: bool,
}

/// What the reader has beside the case.
pub struct Reader<'a> {
    session: &'a Session,
    /// Version 1, where all trust begins.
    trust: TrustRoot,
    /// All versions known here.
    known: Roots,
    recalls: Option<RecallList>,
    now: Time,
}

impl<'a> Reader<'a> {
    /// A reader with this trust root, else the home's, at this time, else now.
    pub fn new(session: &'a Session, root: Option<&PathBuf>, now: Option<&str>) -> Result<Self, Error> {
        let trust = root::load(session, root)?;
        let now = match now {
            Some(text) => moment::parse(text, session.offset).map_err(Error::caller)?,
            None => moment::now()?,
        };
        let known = match root {
            Some(_) => Roots::new(trust.clone()),
            None => root::of_home(&session.home)?,
        };
        let recalls = recalls::kept(&session.home, &known)?;
        Ok(Self { session, trust, known, recalls, now })
    }

    /// When it judges.
    pub const fn now(&self) -> Time {
        self.now
    }
}

/// A verification with all that telling it needs.
pub struct Told<'a> {
    /// The session.
    pub session: &'a Session,
    /// The trust root verified against.
    pub trust: &'a TrustRoot,
    /// What was found.
    pub verification: &'a Verification,
    /// Where the bundle came from.
    pub from: &'a str,
    /// Who else was asked, where the deployment has a log.
    pub others: Option<&'a Others>,
    /// Whether the bundle's checkpoint could not be compared with the one seen before, for want of somebody to ask.
    pub uncompared: bool,
    /// Of a label with a serial: whether that was issued.
    pub serial: Option<serial::Asked>,
}

/// Verifies it.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let reader = Reader::new(session, args.root.as_ref(), args.now.as_deref())?;
    let mut case = case(session, args, &reader.trust)?;
    let mut others = None;
    loop {
        let judged = match &case.found {
            Found::Bundle(bytes) => bundle(&reader, &case, bytes, &mut others)?,
            Found::Absence(bytes) => absent::proven(&reader, &case, bytes, &mut others)?,
            Found::Nothing => Some(absent::unproven(&reader, &case)?),
        };
        if let Some(report) = judged {
            return Ok(report);
        }
        // Somebody has seen more than this server shows. It may be about to publish it.
        std::thread::sleep(others::AGAIN);
        let newer = fetch::fetch(session, &args.subject)?;
        case = Case { found: newer.found, fetched: false, ..case };
    }
}

/// The answer about a bundle; `None` if somebody has seen more, so that it should be fetched once more.
fn bundle(
    reader: &Reader<'_>,
    case: &Case,
    bytes: &[u8],
    others: &mut Option<Others>,
) -> Result<Option<Report>, Error> {
    let Reader { session, trust, .. } = reader;
    let options = Options {
        now: reader.now,
        label: case.label.as_ref().map(|code| ScannedLabel::from(code.code())),
        batch: case.batch,
        online: case.server.is_some(),
        recalls: reader.recalls.clone(),
    };
    let mut verifier = Verifier::new(bytes, trust, &options);
    let mut continues = false;
    if let Some(ours) = verifier.checkpoint() {
        let roots = newer(&reader.known, verifier.roots());
        let others = Others::once(others, session, roots, case.server.is_some())?;
        if case.fetched && others.have_seen_more_than(&ours) {
            return Ok(None);
        }
        continues = others.hold(&mut verifier, &ours, case.server.as_ref());
    }
    check_signatures(&mut verifier);
    let verification = verifier.finish();
    if let Some(seen) = verification.checkpoint.filter(|_| continues)
        && let Err(error) = session.home.seen().keep(trust.deployment(), seen)
    {
        remark(format_args!("Note: this checkpoint cannot be remembered: {error}"));
    }
    let uncompared = verification.checkpoint.is_some() && !continues && case.server.is_none();
    let others = others.as_ref();
    let serial = serial::ask(case.label.as_ref(), case.server.as_ref(), &verification);
    let told = Told { session, trust, verification: &verification, from: &case.from, others, uncompared, serial };
    let exit = exit_code(verification.verdict.outcome.kind());
    Ok(Some(Report::new(tell::tell(&told), machine::view(&told)).exit(exit)))
}

/// A bundle file judged as somebody without network does, for commands that show more than the verdict.
pub struct Judged {
    /// What was found.
    pub verification: Verification,
    /// The verdict for machines.
    pub view: serde_json::Value,
    /// The verdict in one sentence, behind a sign that says the same without colour.
    pub sentence: String,
    /// Exit code.
    pub exit: u8,
}

/// Judges a bundle file without network, against the home's trust root.
pub fn judge_file(session: &Session, path: &Path) -> Result<Judged, Error> {
    let bytes = files::read(path)?.ok_or_else(|| {
        Error::caller(format_args!("{} is not there", path.display())).next("fetch it with `nguon fetch`")
    })?;
    let bytes = bundle_in(bytes, &path.display().to_string())?;
    Reader::new(session, None, None)?.judge(&bytes, &path.display().to_string(), &Given::default())
}

/// The bundle in a file: the file itself, or what a PDF has attached.
pub fn bundle_in(bytes: Vec<u8>, name: &str) -> Result<Vec<u8>, Error> {
    if !attached::is_pdf(&bytes) {
        return Ok(bytes);
    }
    // Its pages are anybody's drawing: what counts is the bundle inside.
    remark(format_args!("{name} is a PDF: what is judged is the bundle inside, not what its pages say."));
    attached::bundle(&bytes).map_err(|error| Error::caller(format_args!("{name}: {error}")).code("no_bundle"))
}

/// What is known of a bundle besides its bytes.
#[derive(Default)]
pub struct Given {
    /// What the label says.
    pub label: Option<TypedCode>,
    /// The batch it was asked for by.
    pub batch: Option<ChainId>,
    /// Who can be asked about the log; `None`: nobody, offline.
    pub server: Option<Server>,
}

impl Reader<'_> {
    /// Judges a bundle: with witnesses, where a server can be asked; else as somebody without network does.
    pub fn judge(&self, bytes: &[u8], from: &str, given: &Given) -> Result<Judged, Error> {
        let Self { session, trust, known, .. } = self;
        let label = given.label.as_ref().map(|code| ScannedLabel::from(code.code()));
        let online = given.server.is_some();
        let options = Options { now: self.now, label, batch: given.batch, online, recalls: self.recalls.clone() };
        let mut verifier = Verifier::new(bytes, trust, &options);
        let (mut others, mut continues) = (None, false);
        if let Some(ours) = verifier.checkpoint() {
            let roots = newer(known, verifier.roots());
            let others = Others::once(&mut others, session, roots, online)?;
            continues = others.hold(&mut verifier, &ours, given.server.as_ref());
        }
        check_signatures(&mut verifier);
        let verification = verifier.finish();
        let uncompared = verification.checkpoint.is_some() && !continues && !online;
        let told = Told {
            session,
            trust,
            verification: &verification,
            from,
            others: others.as_ref(),
            uncompared,
            serial: None,
        };
        let kind = verification.verdict.outcome.kind();
        let sentence = format!("{} {}", tell::mark(kind), tell::sentence(&told));
        let (view, exit) = (machine::view(&told), exit_code(kind));
        Ok(Judged { verification, view, sentence, exit })
    }
}

/// Of two rows of versions the longer one.
fn newer<'a>(known: &'a Roots, carried: &'a Roots) -> &'a Roots {
    if known.versions().len() > carried.versions().len() { known } else { carried }
}

/// 0 valid, 2 unlogged or stale, 1 anything worse.
const fn exit_code(outcome: OutcomeKind) -> u8 {
    match outcome {
        OutcomeKind::Valid => 0,
        OutcomeKind::Unlogged | OutcomeKind::Stale => 2,
        _ => 1,
    }
}

fn case(session: &Session, args: &Args, trust: &TrustRoot) -> Result<Case, Error> {
    let path = Path::new(&args.subject);
    // A pipe is a file as well; a folder is none.
    let piped = args.subject == "-";
    if !piped && (!path.exists() || path.is_dir()) {
        if args.label.is_some() {
            return Err(Error::caller("--label goes with a bundle file").next("a link is its own label"));
        }
        let fetched = fetch::fetch(session, &args.subject).map_err(|error| explain_missing(error, &args.subject))?;
        return Ok(Case {
            found: fetched.found,
            label: fetched.code,
            batch: fetched.batch,
            from: fetched.server.origin().to_owned(),
            server: Some(fetched.server),
            fetched: true,
        });
    }
    let bytes = if piped {
        let mut bytes = Vec::new();
        std::io::stdin()
            .read_to_end(&mut bytes)
            .map_err(|error| Error::caller(format_args!("standard input: {error}")))?;
        bytes
    } else {
        files::read(path)?.ok_or_else(|| Error::caller(format_args!("{} is gone", path.display())))?
    };
    let bytes = bundle_in(bytes, &args.subject)?;
    let label = args.label.as_deref().map(|text| {
        text.parse::<TypedCode>()
            .map_err(|error| Error::caller(format_args!("--label: {error}")).next("compare it with the label"))
    });
    let label = label.transpose()?;
    let server = server_of_file(session, args, label.as_ref(), trust)?;
    Ok(Case { found: Found::Bundle(bytes), label, batch: None, from: args.subject.clone(), server, fetched: false })
}

/// Who is asked about a file: the server that is named, if it answers; with `--online` in any case.
fn server_of_file(
    session: &Session,
    args: &Args,
    label: Option<&TypedCode>,
    trust: &TrustRoot,
) -> Result<Option<Server>, Error> {
    let named = session.server_if_named()?;
    if args.online {
        let server = named.or_else(|| label.and_then(|code| code.stem()).map(Server::of));
        return server.map(Some).ok_or_else(|| {
            Error::caller("--online needs somebody to ask")
                .next("add --server URL, or --label with the link on the label")
        });
    }
    let Some(server) = named.filter(|_| trust.payload().log.is_some()) else { return Ok(None) };
    match server.checkpoint() {
        Ok(_) => Ok(Some(server)),
        Err(error) => {
            remark(format_args!("Note: {error}. The file is judged as somebody without network would."));
            Ok(None)
        }
    }
}

/// Somebody who meant a file should hear about files.
pub fn explain_missing(error: Error, subject: &str) -> Error {
    match error.code {
        "unknown_name" | "no_root" => {
            Error::caller(format_args!("{subject:?} is no file here, no link, and no batch known here"))
                .next("give a bundle file, the link on a label, or a batch's 64 digits with --server")
        }
        _ => error,
    }
}
