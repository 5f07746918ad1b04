//! Asking those who watch a log what they have seen last: C2SP tlog-witness keeps it at `{url}/{hex of SHA-256(origin)}`.

use std::thread;
use std::time::Duration;

use nguon_core::bytes::to_hex;
use nguon_core::trust::{LogVerifier, Roots};
use nguon_core::verify::{Seen, seen_by};
use sha2::{Digest as _, Sha256};
use ureq::Agent;

use super::USER_AGENT;
use crate::error::Error;
use crate::random;

/// How many are asked: more would tell little more, and every reader asks.
const MOST: usize = 3;

/// How long one may take. They are asked at the same time.
const PATIENCE: Duration = Duration::from_secs(5);

/// Longer notes are none.
const LONGEST: u64 = 64 * 1024;

/// What came of asking a few.
#[derive(Debug, Default, Clone)]
pub struct Answers {
    /// How many were asked.
    pub asked: usize,
    /// What those showed whose answers hold.
    pub seen: Vec<Seen>,
}

/// What one of them answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Its newest checkpoint, signed by the log and cosigned by the one that was asked.
    Shown(Seen),
    /// It knows of no checkpoint.
    Nothing,
    /// None, or none that holds.
    Silence,
}

/// Asks up to three cosigners that have an address, chosen anew each time.
pub fn ask(cosigners: &[LogVerifier], origin: &str, roots: &Roots) -> Result<Answers, Error> {
    let mut reachable: Vec<&LogVerifier> = cosigners.iter().filter(|one| one.url.is_some()).collect();
    if !reachable.is_empty() {
        let turn = random::below(reachable.len())?;
        reachable.rotate_left(turn);
    }
    reachable.truncate(MOST);
    let shown = |answer| match answer {
        Answer::Shown(seen) => Some(seen),
        Answer::Nothing | Answer::Silence => None,
    };
    let seen = ask_each(&reachable, origin, roots).into_iter().filter_map(shown).collect();
    Ok(Answers { asked: reachable.len(), seen })
}

/// Asks them all at the same time; the answers in their order.
pub fn ask_each(cosigners: &[&LogVerifier], origin: &str, roots: &Roots) -> Vec<Answer> {
    let agent = agent();
    let one = |cosigner: &LogVerifier| match newest(&agent, cosigner.url.as_ref()?.as_str(), origin)? {
        None => Some(Answer::Nothing),
        Some(note) => seen_by(cosigner, &note, roots).map(Answer::Shown),
    };
    let one = &one;
    thread::scope(|scope| {
        let asking: Vec<_> = cosigners.iter().map(|cosigner| scope.spawn(move || one(cosigner))).collect();
        asking.into_iter().map(|thread| thread.join().ok().flatten().unwrap_or(Answer::Silence)).collect()
    })
}

/// The note at an address, `Some(None)` if there is none; `None` whatever else happens.
fn newest(agent: &Agent, url: &str, origin: &str) -> Option<Option<String>> {
    let log = to_hex(&Sha256::digest(origin.as_bytes()));
    let mut response = agent.get(format!("{}/{log}/checkpoint", url.trim_end_matches('/'))).call().ok()?;
    match response.status().as_u16() {
        200 => response.body_mut().with_config().limit(LONGEST).read_to_string().ok().map(Some),
        404 => Some(None),
        _ => None,
    }
}

fn agent() -> Agent {
    let config =
        Agent::config_builder().http_status_as_error(false).timeout_global(Some(PATIENCE)).user_agent(USER_AGENT);
    config.build().new_agent()
}
