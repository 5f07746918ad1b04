//! `nguon recalls`: the list of recalls that an authority signs, for readers whose bundles are older than it.

use nguon_core::ids::{AuthorityId, ChainId};
use nguon_core::judge::Chains as _;
use nguon_core::recalls::{ListedRecall, RecallList, VERSION};
use nguon_core::record::Signer;
use nguon_core::state::{ChainState, Recall};
use nguon_core::trust::Roots;
use serde_json::{Value, json};

use super::root::of_home;
use super::verify::recall_word;
use crate::args::Signing;
use crate::book::Book;
use crate::desk::choose;
use crate::error::{Error, short};
use crate::files::{self, Mode};
use crate::home::{Home, KeyName};
use crate::moment;
use crate::report::{Report, remark};
use crate::session::Session;

const EXAMPLE: &str = "\
Examples:
  nguon pull                          the chains that may be recalled, as the server has them now
  nguon recalls sign --as authority   lists every recall that stands on a chain known here
  nguon recalls push --server https://nguon.example
  nguon recalls pull                  anybody: takes the newest lists, for verifying old bundles

A saved bundle does not know of a recall that came later. `nguon verify` holds it against the lists
kept here, as long as they are newer than the bundle: \"Recalled\" then needs no network.";

/// Subcommands of `nguon recalls`.
#[derive(Debug, clap::Subcommand)]
#[command(after_help = EXAMPLE)]
pub enum Command {
    /// Show the lists kept here
    List,
    /// Sign a list of every recall that stands on a chain known here
    Sign {
        /// Name of an authority's key; may be left out where only one key here can sign
        #[arg(long = "as", env = "NGUON_AS", value_name = "KEY")]
        signing_key: Option<KeyName>,
    },
    /// Hand the lists kept here to the server
    Push,
    /// Take the server's newest lists
    Pull,
}

/// Does it.
pub fn run(session: &Session, command: Command) -> Result<Report, Error> {
    match command {
        Command::List => list(session),
        Command::Sign { signing_key } => sign(session, signing_key),
        Command::Push => push(session),
        Command::Pull => pull(session),
    }
}

/// The recalls of all lists kept here, as one list of the newest one's time; `None` if there is none.
///
/// A recall of an earlier list is not found in a bundle that has its record, so that joining them claims nothing more.
pub fn kept(home: &Home, roots: &Roots) -> Result<Option<RecallList>, Error> {
    let mut joined: Option<RecallList> = None;
    for (name, bytes) in stored(home)? {
        let list = match RecallList::verify(bytes, roots) {
            Ok(list) => list,
            Err(fault) => {
                remark(format_args!(
                    "Note: the list of recalls {name} is not used: {fault}. `nguon recalls pull` takes a new one."
                ));
                continue;
            }
        };
        match &mut joined {
            None => joined = Some(list),
            Some(joined) => {
                joined.issued = joined.issued.max(list.issued);
                joined.recalls.extend(list.recalls);
            }
        }
    }
    Ok(joined)
}

fn list(session: &Session) -> Result<Report, Error> {
    let roots = of_home(&session.home)?;
    let words = session.lang.words();
    let (mut text, mut json) = (String::new(), Vec::<Value>::new());
    for (name, bytes) in stored(&session.home)? {
        let list = RecallList::verify(bytes, &roots).map_err(|fault| {
            Error::home(format_args!("the list {name}: {fault}"))
                .next("take a new one with `nguon recalls pull`")
                .code(fault.code())
        })?;
        let time = moment::show(list.issued, session.offset);
        text.push_str(&format!(
            "Authority {}, complete as of {time}: {} recalls\n",
            short_authority(&list.authority),
            list.recalls.len()
        ));
        for one in &list.recalls {
            text.push_str(&format!("  {}  record {}: {}\n", one.chain, one.sequence, recall_word(words, one.reason)));
        }
        json.push(serde_json::to_value(&list).map_err(Error::system)?);
    }
    if text.is_empty() {
        text.push_str("No list of recalls is kept here.\nNext: nguon recalls pull");
    }
    Ok(Report::new(text, Value::Array(json)))
}

fn sign(session: &Session, signing_key: Option<KeyName>) -> Result<Report, Error> {
    let _lock = session.home.lock()?;
    let book = Book::accepted(&session.home)?;
    let (file, signer) = choose(&session.home, &book, &Signing { signing_key, on_behalf_of: None })?;
    let Signer::Authority(authority) = signer else {
        return Err(Error::caller(format_args!("key {} is not an authority's", file.name))
            .next("only an authority signs the list of recalls: name its key with --as"));
    };
    let mut recalls = Vec::new();
    for state in book.chains() {
        for recall in state.recalls().iter().filter(|recall| recall.stands()) {
            recalls.extend(listed(&book, state, recall)?);
        }
    }
    let list = RecallList { version: VERSION, issued: moment::now()?, recalls, authority };
    let key = file.unlock(&session.passphrases)?;
    let bytes = list.sign(&key, book.trust().deployment()).map_err(Error::system)?;
    keep(&session.home, &authority, &bytes)?;
    let text = format!(
        "Signed: {} recalls on {} chains known here.\nNext: nguon recalls push",
        list.recalls.len(),
        book.chains().count()
    );
    let json = json!({ "authority": authority, "issued": list.issued, "recalls": list.recalls });
    Ok(Report::new(text, json))
}

/// The highest sequence there can be.
const LAST: u64 = (1 << 53) - 1;

/// What a recall is listed as: so that whatever came from what it names is found by it, and nothing else is.
fn listed(book: &Book, state: &ChainState, recall: &Recall) -> Result<Vec<ListedRecall>, Error> {
    let one = |chain: ChainId, sequence: u64| ListedRecall { chain, reason: recall.reason, sequence };
    if recall.consignment.is_some() {
        // The consignment's own chain has a recall of its own.
        return Ok(Vec::new());
    }
    if recall.harvests.is_empty() {
        return Ok(vec![one(state.id, recall.sequence)]);
    }
    // Of a place's harvests only some: then the list names those batches, as if a record that is still to come recalled
    // them.
    let batch = |chain: &ChainId| {
        let state = book.chain(chain).ok_or_else(|| {
            Error::home(format_args!("batch {chain}, which a recall names, is not known here"))
                .next(format_args!("run `nguon pull {chain}`"))
                .code("missing_chain")
        })?;
        // Their own chains never say it, however long they grow.
        Ok(one(state.id, LAST))
    };
    recall.harvests.iter().map(batch).collect()
}

fn push(session: &Session) -> Result<Report, Error> {
    let server = session.server()?;
    let lists = stored(&session.home)?;
    if lists.is_empty() {
        return Err(
            Error::home("no list of recalls is kept here").next("sign one with `nguon recalls sign`, as an authority")
        );
    }
    let count = lists.len();
    for (name, bytes) in lists {
        if let Err(problem) = server.put_recalls(&bytes)? {
            // Somebody else's newer list is no failure of this one.
            if problem.http_status == 409 {
                remark(format_args!("Note: the server has a newer list of {name}: `nguon recalls pull` takes it."));
                continue;
            }
            return Err(Error::server(format_args!("{} refuses the list {name}: {problem}", server.origin()))
                .next("sign it again with a key of an authority of the newest trust root")
                .code("refused"));
        }
    }
    let text = format!("Sent {count}: {} serves them to whoever verifies old bundles.", server.origin());
    Ok(Report::new(text, json!({ "sent": count })))
}

fn pull(session: &Session) -> Result<Report, Error> {
    let server = session.server()?;
    let _lock = session.home.lock()?;
    let roots = of_home(&session.home)?;
    let mut taken = Vec::new();
    for authority in roots.newest().payload().authorities.iter().map(|one| one.id) {
        let Some(bytes) = server.recalls(&authority)? else { continue };
        let list = RecallList::verify(bytes.clone(), &roots).ok().filter(|list| list.authority == authority);
        let list = list.ok_or_else(|| {
            Error::server(format_args!(
                "{} gave a list of recalls that authority {authority} did not sign",
                server.origin()
            ))
            .next("do not use it; tell whoever runs the server")
            .code("bad_recalls")
        })?;
        let here =
            files::read(&path(&session.home, &authority))?.and_then(|here| RecallList::verify(here, &roots).ok());
        if here.is_some_and(|here| here.issued > list.issued) {
            remark(format_args!(
                "Note: {} shows an older list of recalls than this home has; the newer one stays.",
                server.origin()
            ));
            continue;
        }
        keep(&session.home, &authority, &bytes)?;
        taken.push(json!({ "authority": authority, "issued": list.issued, "recalls": list.recalls.len() }));
    }
    let text = match taken.len() {
        0 => "The server has no list of recalls that is newer than what is here.".to_owned(),
        count => format!("Taken: {count}. `nguon verify` uses them for bundles that are older."),
    };
    Ok(Report::new(text, Value::Array(taken)))
}

const ENDING: &str = ".cose";

fn path(home: &Home, authority: &AuthorityId) -> std::path::PathBuf {
    home.recalls().join(format!("{authority}{ENDING}"))
}

fn keep(home: &Home, authority: &AuthorityId, bytes: &[u8]) -> Result<(), Error> {
    files::make_private_folder(&home.recalls())?;
    files::write(&path(home, authority), bytes, Mode::Public)
}

fn stored(home: &Home) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let mut lists = Vec::new();
    for name in files::list(&home.recalls(), ENDING)? {
        if let Some(bytes) = files::read(&home.recalls().join(&name))? {
            lists.push((name, bytes));
        }
    }
    Ok(lists)
}

fn short_authority(id: &AuthorityId) -> String {
    short(&ChainId::from_bytes(*id.as_bytes()))
}
