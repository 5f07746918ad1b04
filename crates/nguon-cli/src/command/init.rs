//! `nguon init`: a deployment's trust root, its authority, their keys.

use nguon_core::SigningKey;
use nguon_core::ids::PublicKeyBytes;
use nguon_core::trust::{Authority, RootPayload, SignedRoot, TrustRoot};
use nguon_core::values::{List, Text, Time};
use serde_json::json;

use super::log_keys::LogArgs;
use super::root::{deployment_id, describe};
use crate::compose::normalised;
use crate::error::Error;
use crate::files::{self, Mode};
use crate::home::{KeyFile, KeyName};
use crate::report::Report;
use crate::session::Session;
use crate::{moment, random};

const EXAMPLE: &str = "\
Examples:
  nguon init --name \"Sở Nông nghiệp và Môi trường (mẫu)\" --root-keys 3 --threshold 2 \\
      --authority-keys 2
  nguon init --name \"Sở Nông nghiệp và Môi trường (mẫu)\" --log log.nguon.example \\
      --witness uni.example=5d0e…@https://witness.uni.example \\
      --witness press.example=8f21… --witness ngo.example=77ab… --witness-threshold 2 \\
      --auditor lab.example=c4d9…@https://audit.lab.example

Root keys sign trust roots and nothing else: move keys/root-*.key to media that are kept apart.
Give root.nguon to everybody who verifies, and its id by another way than the file.
Witnesses and auditors make their keys themselves (`nguon key new witness`) and tell you what
`nguon key show witness` prints. keys/log.key belongs on the server that runs the log, only there.
What is in the root now is changed later by `nguon root propose`; only the log's name stays.";

/// Options of `nguon init`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// Name of the deployment, shown to whoever verifies
    #[arg(long)]
    name: String,
    /// Name of its authority [default: that of the deployment]
    #[arg(long, value_name = "NAME")]
    authority: Option<String>,
    /// Number of root keys
    #[arg(long, default_value_t = 1, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=32))]
    root_keys: u8,
    /// Number of the authority's keys: a recall ends only by two of them, best of two persons
    #[arg(long, default_value_t = 1, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=16))]
    authority_keys: u8,
    /// How many of them must sign a trust root [default: more than half]
    #[arg(long, value_name = "K")]
    threshold: Option<u8>,
    /// Day or time at which the trust root expires [default: in one year]
    #[arg(long, value_name = "TIME")]
    expires: Option<String>,
    #[command(flatten)]
    log: LogArgs,
}

/// Makes the deployment.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let _lock = session.home.lock()?;
    let path = session.home.root_file();
    if path.exists() {
        return Err(Error::caller(format_args!("{} is there already", path.display()))
            .next("look at it with `nguon root show`, or choose another folder with --home"));
    }
    let issued = moment::now()?;
    let expires = match &args.expires {
        Some(text) => moment::parse(text, session.offset).map_err(Error::caller)?,
        None => Time::new(issued.get() + 365 * 86_400).map_err(Error::system)?,
    };
    let threshold = args.threshold.unwrap_or(args.root_keys / 2 + 1);
    let name = text("--name", &args.name)?;
    let authority_name =
        args.authority.as_deref().map_or_else(|| Ok(name.clone()), |given| text("--authority", given))?;

    let root_names = (1..=args.root_keys).map(|n| format!("root-{n}"));
    let further = (2..=args.authority_keys).map(|n| format!("authority-{n}"));
    let log_name = args.log.is_wanted().then(|| "log".to_owned());
    let names: Vec<String> = root_names.chain(["authority".to_owned()]).chain(further).chain(log_name).collect();
    let names: Vec<KeyName> = names.iter().map(|name| name.parse().map_err(Error::system)).collect::<Result<_, _>>()?;
    let mut keys = names.iter().map(|_| random::signing_key()).collect::<Result<Vec<SigningKey>, _>>()?;

    // All that can be refused is refused before anything is written.
    let (root_keys, others) = keys.split_at(usize::from(args.root_keys));
    let (authority_keys, log_key) = others.split_at(usize::from(args.authority_keys));
    let mut authority =
        Authority::new(random::authority_id()?, authority_name, PublicKeyBytes::from(&authority_keys[0]));
    authority.keys = List::new(authority_keys.iter().map(PublicKeyBytes::from).collect()).map_err(Error::caller)?;
    let mut payload = RootPayload::of_one_authority(authority, PublicKeyBytes::from(&root_keys[0]), issued, expires);
    payload.name = name;
    payload.root_keys = List::new(root_keys.iter().map(PublicKeyBytes::from).collect()).map_err(Error::caller)?;
    payload.threshold = threshold.into();
    if let Some(log_key) = log_key.first() {
        payload.log = args.log.policy(session, log_key.into())?;
    }
    let signers: Vec<&SigningKey> = root_keys.iter().collect();
    let trust = SignedRoot::sign(&payload, &signers)
        .and_then(TrustRoot::verify_first)
        .map_err(|error| Error::caller(error).next("correct the options"))?;

    let taken = KeyFile::names(&session.home.keys())?;
    if let Some(name) = names.iter().find(|name| taken.contains(name)) {
        return Err(Error::caller(format_args!("there is a key named {name} already"))
            .next("begin a deployment in a folder of its own: --home DIR"));
    }

    let passphrase = session.passphrases.for_new_keys()?;
    for (name, key) in names.iter().zip(keys.drain(..)) {
        KeyFile::create(&session.home.keys(), name.clone(), &key, passphrase.as_ref())?;
    }
    let bytes = trust.signed().to_bytes().map_err(Error::system)?;
    files::create(&path, &bytes, Mode::Public)?;

    let listed: Vec<String> = names.iter().map(ToString::to_string).collect();
    let log_key = if args.log.is_wanted() { ", give keys/log.key to the server that runs the log" } else { "" };
    let text = format!(
        "{}\nWritten: {} and the keys {} in {}.\nNext: move the root keys to media that are kept apart{log_key}, publish the id \
         above, and enrol a registrar:\n  nguon key new coop\n  nguon enrol --as authority --role registrar --name \"…\" \
         --key coop --alias coop",
        describe(&trust, session.offset),
        path.display(),
        listed.join(", "),
        session.home.keys().display()
    );
    let json = json!({
        "root": path, "deployment": deployment_id(&trust), "keys": listed,
        "authority": trust.payload().authorities[0].id, "expires": expires,
    });
    Ok(Report::new(text, json))
}

/// A name in public: composed characters, within its bounds.
pub fn text(option: &str, given: &str) -> Result<Text, Error> {
    normalised(given).parse().map_err(|error| Error::caller(format_args!("{option}: {error}")))
}
