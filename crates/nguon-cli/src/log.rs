//! The deployment's log from this side: which checkpoint to believe, and that it goes on from the one seen before.

use nguon_core::trust::{Roots, SignedRoot};
use nguon_core::verify::{Seen, check_checkpoint};
use nguon_tlog::hash::Hash;
use nguon_tlog::tree;

use crate::command::root::{file_of, of_home};
use crate::error::Error;
use crate::files::{self, Mode};
use crate::home::Home;
use crate::moment;
use crate::net::Server;
use crate::report::remark;

/// How a checkpoint stands to one that was seen before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The same, or proven to go on from it.
    Continues,
    /// Smaller.
    Behind,
    /// Larger, and nothing proves that it goes on from it.
    Unproven,
    /// It cannot go on from it.
    Contradicts,
}

/// The checkpoint of a note, if the log signed it and as many have cosigned it as the newest trust root asks for.
pub fn confirmed(note: &str, roots: &Roots) -> Result<Seen, Error> {
    let confirmed = check_checkpoint(note, roots, moment::now()?);
    confirmed.map(|(seen, _)| seen).map_err(|fault| Error::server(&fault).code(fault.code()))
}

/// Compares a checkpoint with one that was seen before; `proof` leads from the smaller to the larger.
pub fn stands(seen: &Seen, now: &Seen, proof: Option<&[Hash]>) -> Standing {
    if now.size == seen.size {
        return if now.root == seen.root { Standing::Continues } else { Standing::Contradicts };
    }
    let (old, new) = if seen.size < now.size { (seen, now) } else { (now, seen) };
    let proven = proof
        .map(|proof| tree::verify_consistency(old.size, new.size, &old.root.into(), &new.root.into(), proof).is_ok());
    match proven {
        Some(false) => Standing::Contradicts,
        _ if now.size < seen.size => Standing::Behind,
        Some(true) => Standing::Continues,
        None => Standing::Unproven,
    }
}

/// The consistency proof between two checkpoints; `None` where none is needed or the server gives none.
pub fn proof_between(server: &Server, one: &Seen, other: &Seen) -> Option<Vec<Hash>> {
    let (old, new) = (one.size.min(other.size), one.size.max(other.size));
    if old == new || old == 0 { None } else { server.consistency(old, new).ok().flatten() }
}

/// Takes over the trust root's newer versions and the newest checkpoint from a server: what is signed next names it. A
/// server whose log contradicts what this home has seen is an error. The home must be locked.
pub fn follow(home: &Home, server: &Server) -> Result<Option<Seen>, Error> {
    let roots = of_home(home)?;
    if roots.newest().payload().log.is_none() {
        return Ok(None);
    }
    let roots = take_roots(home, server, roots)?;
    let Some(note) = server.checkpoint()? else { return Ok(None) };
    let now = match confirmed(&note, &roots) {
        Ok(now) => now,
        Err(error) => {
            remark(format_args!("Note: the checkpoint at {} is not taken up: {error}.", server.origin()));
            return Ok(None);
        }
    };
    if let Some(seen) = home.seen().newest(roots.deployment())? {
        let proof = proof_between(server, &seen, &now);
        match stands(&seen, &now, proof.as_deref()) {
            Standing::Continues => {}
            other => return Err(refused(other, server, &seen, &now)),
        }
    }
    home.seen().keep(roots.deployment(), now)?;
    Ok(Some(now))
}

/// Why a log is not followed.
pub fn refused(standing: Standing, server: &Server, seen: &Seen, now: &Seen) -> Error {
    let origin = server.origin();
    let error = match standing {
        Standing::Contradicts => Error::server(format_args!(
            "the log that {origin} shows contradicts the checkpoint of {} leaves that this home has seen",
            seen.size
        ))
        .code("split_log"),
        Standing::Behind => Error::server(format_args!(
            "{origin} shows an older log, of {} leaves, than the {} this home has seen",
            now.size, seen.size
        ))
        .code("log_rollback"),
        Standing::Unproven | Standing::Continues => Error::server(format_args!(
            "{origin} does not prove that its log of {} leaves goes on from the {} this home has seen",
            now.size, seen.size
        ))
        .code("no_consistency"),
    };
    error.next("sign nothing on what it shows; keep the home folder as evidence, and tell the authority")
}

/// The versions of the trust root that this home lacks, each checked against the one before.
fn take_roots(home: &Home, server: &Server, mut roots: Roots) -> Result<Roots, Error> {
    for offered in server.later_roots()? {
        let version = offered.read_unverified().map(|payload| payload.version);
        let known = |version: u64| roots.versions().iter().find(|root| root.payload().version == version);
        if let Some(known) = version.as_ref().ok().and_then(|version| known(*version)) {
            if known.signed().payload != offered.payload {
                return Err(bad_root(
                    server,
                    format_args!("another version {} than this home has", known.payload().version),
                ));
            }
            continue;
        }
        take_root(home, server, &mut roots, offered)?;
    }
    Ok(roots)
}

fn take_root(home: &Home, server: &Server, roots: &mut Roots, offered: SignedRoot) -> Result<(), Error> {
    roots.add(offered, None).map_err(|error| bad_root(server, error))?;
    let newest = roots.newest();
    let version = newest.payload().version;
    files::write(&file_of(home, version), &newest.signed().to_bytes().map_err(Error::system)?, Mode::Public)?;
    remark(format_args!("The trust root is at version {version} now; `nguon root show` says what is in it."));
    Ok(())
}

fn bad_root(server: &Server, why: impl std::fmt::Display) -> Error {
    Error::server(format_args!("{} offers a trust root that cannot follow this home's: {why}", server.origin()))
        .next("use a newer nguon if it says so; else sign nothing, and ask whoever runs the deployment")
        .code("bad_root")
}
