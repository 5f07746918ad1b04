//! `nguon append`: any event on a chain.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use nguon_core::event::EventName;
use nguon_core::values::MediaType;
use serde_json::json;

use super::explain;
use crate::args::Signing;
use crate::compose;
use crate::desk::Desk;
use crate::error::Error;
use crate::files;
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
Example: a spray, by a person whose name is sealed, recorded the evening after:

  nguon append thua-bay --as coop --for bay --event '{\"input_applied\": {
      \"kind\": \"plant_protection\", \"product\": \"Ridomil Gold 68WG\",
      \"active_ingredients\": [\"mancozeb\", \"metalaxyl-M\"],
      \"dose\": {\"milligrams\": 1500000}, \"area_m2\": 5000, \"phi_days\": 14,
      \"operator\": {\"seal\": \"Nguyễn Văn Bảy\"}, \"at\": {\"time\": \"2026-05-12 06:30\"}}}'

The event is an object of one key, its name. Three helpers may stand where a value is wanted:

  {\"seal\": \"words\"}              a personal field: the record gets a salted digest,
                                 the server the words that open it
  {\"time\": \"2026-05-12 06:30\"}   Unix seconds
  {\"chain\": \"lo-1\"}              a chain by its local name or first digits

The same by option: --seal input_applied/operator=\"Nguyễn Văn Bảy\"

Fields, units and an example of each event:  nguon append --explain input_applied
All events:                                  nguon append --explain all";

/// Options of `nguon append`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// The actor, place or batch
    #[arg(value_name = "CHAIN", required_unless_present = "explain")]
    chain: Option<String>,
    /// The event: JSON, a file with it, or - for standard input
    #[arg(long, value_name = "JSON|FILE|-", required_unless_present = "explain")]
    event: Option<String>,
    /// Seal a personal field; may be repeated
    #[arg(long = "seal", value_name = "EVENT/FIELD=VALUE")]
    seals: Vec<String>,
    /// The person that sealed fields are about, by whom they are erased [default: the chain's owner; of a vehicle, the carrier]
    #[arg(long, value_name = "ACTOR")]
    about: Option<String>,
    /// Attach a photo or document; may be repeated
    #[arg(long = "attach", value_name = "FILE")]
    attachments: Vec<PathBuf>,
    /// Explain an event's fields instead
    #[arg(long, value_name = "EVENT|all")]
    explain: Option<String>,
    #[command(flatten)]
    signing: Signing,
}

/// Records it.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    if let Some(name) = &args.explain {
        return explain::explain(name);
    }
    let (Some(chain), Some(event)) = (&args.chain, &args.event) else {
        return Err(Error::caller("a chain and an event are wanted"));
    };
    let text = read(event)?;
    let seal = |seal: &String| {
        let split = seal.split_once('=').map(|(path, words)| (path.to_owned(), words.to_owned()));
        split.ok_or_else(|| {
            Error::caller(format_args!("--seal {seal}: '=' is missing")).next("write --seal EVENT/FIELD=VALUE")
        })
    };
    let seals = args.seals.iter().map(seal).collect::<Result<Vec<_>, _>>()?;
    let mut desk = Desk::open(session, &args.signing)?;
    let chain = desk.find(chain)?;
    let about = args.about.as_deref().map(|about| desk.find(about)).transpose()?;
    let mut composed = compose::event(&text, &seals, session.offset, |name| desk.find(name))?;
    if composed.event.begins().is_some() {
        let next = match composed.event.name() {
            EventName::Enrolled => "nguon enrol",
            EventName::Opened => "nguon register",
            _ => "nguon place",
        };
        return Err(Error::caller(format_args!("{} begins a chain of its own", composed.event.name()))
            .next(format_args!("use `{next}`")));
    }
    for path in &args.attachments {
        let bytes = files::read(path)?.ok_or_else(|| Error::caller(format_args!("{} is not there", path.display())))?;
        let media_type = media_type(path, &bytes)?;
        composed.attach(bytes, media_type)?;
    }
    let name = composed.event.name();
    let added = desk.append(chain, composed, about)?;
    let sequence = desk.book.need(&chain)?.sequence;
    let number = desk.finish()?;
    let text = format!("Signed: {name} as record {sequence} of chain {chain}.\nNext: nguon push");
    Ok(Report::new(
        text,
        json!({ "outbox": number, "chain": chain, "sequence": sequence, "statement_id": added.statement }),
    ))
}

/// JSON as it stands, standard input, or a file's content.
pub fn read(event: &str) -> Result<String, Error> {
    if event == "-" {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .map_err(|error| Error::caller(format_args!("standard input: {error}")))?;
        return Ok(text);
    }
    if event.trim_start().starts_with('{') {
        return Ok(event.to_owned());
    }
    let bytes = files::read(Path::new(event))?.ok_or_else(|| {
        Error::caller(format_args!("{event:?} is neither JSON nor a file"))
            .next("write the event like {\"certified\": {…}}")
    })?;
    String::from_utf8(bytes).map_err(|_| Error::caller(format_args!("{event} is not UTF-8 text")))
}

/// What kind of file it is, by its content: the server takes photos and documents, and nothing that only calls itself so.
fn media_type(path: &Path, bytes: &[u8]) -> Result<MediaType, Error> {
    let wrong = |why: &str, next: &str| Err(Error::caller(format_args!("{}: {why}", path.display())).next(next));
    let (name, most) = match bytes {
        [0xff, 0xd8, 0xff, ..] => ("image/jpeg", PHOTO),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => ("image/png", PHOTO),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => ("image/webp", PHOTO),
        [b'%', b'P', b'D', b'F', b'-', ..] => ("application/pdf", DOCUMENT),
        _ => return wrong("this is no photo or document that is taken", "save it as JPEG, PNG, WebP or PDF"),
    };
    if bytes.len() > most {
        let next = "make it smaller: a photo has at most 2 MiB, a PDF at most 10 MiB";
        return wrong("it is too large", next);
    }
    name.parse().map_err(Error::system)
}

/// Bytes of a photo, at most.
const PHOTO: usize = 2 * 1024 * 1024;
/// Bytes of a PDF, at most.
const DOCUMENT: usize = 10 * 1024 * 1024;
