//! Who else has seen the log: this home before, and its witnesses now. What they have seen must be one log.

use std::time::Duration;

use nguon_core::trust::Roots;
use nguon_core::verify::{Seen, Verifier};

use crate::error::Error;
use crate::log::{Standing, proof_between, stands};
use crate::net::Server;
use crate::net::witness::{self, Answers};
use crate::session::Session;

/// How long a server is given to publish what its witnesses have seen already.
pub const AGAIN: Duration = Duration::from_millis(1500);

/// What they have seen.
#[derive(Debug)]
pub struct Others {
    /// The newest checkpoint that was verified here before.
    pub remembered: Option<Seen>,
    /// What witnesses show; nobody is asked offline.
    pub witnesses: Answers,
    /// Whether anybody was to be asked.
    pub online: bool,
}

impl Others {
    /// Asks once, also where a bundle is fetched twice.
    pub fn once<'a>(
        others: &'a mut Option<Self>,
        session: &Session,
        roots: &Roots,
        online: bool,
    ) -> Result<&'a Self, Error> {
        if others.is_none() {
            let policy = roots.newest().payload().log.as_ref().filter(|_| online);
            let asked = policy.map(|policy| witness::ask(&policy.witnesses, policy.origin.as_str(), roots));
            let remembered = session.home.seen().newest(roots.deployment())?;
            *others = Some(Self { remembered, witnesses: asked.transpose()?.unwrap_or_default(), online });
        }
        others.as_ref().ok_or_else(|| Error::system("nobody was asked"))
    }

    /// Whether somebody has seen a larger log.
    pub fn have_seen_more_than(&self, ours: &Seen) -> bool {
        self.all().iter().any(|seen| seen.size > ours.size)
    }

    /// Holds a bundle's checkpoint against all of them; whether it is proven to go on from what this home remembers, so
    /// that it may be remembered itself.
    pub fn hold(&self, verifier: &mut Verifier<'_>, ours: &Seen, server: Option<&Server>) -> bool {
        let mut continues = self.remembered.is_none();
        for seen in self.all() {
            let proof = server.and_then(|server| proof_between(server, seen, ours));
            let standing = stands(seen, ours, proof.as_deref());
            if self.remembered == Some(*seen) {
                continues = standing == Standing::Continues;
            }
            // Without network nobody can give the proof that a newer file goes on from what was seen.
            if server.is_some() || standing != Standing::Unproven {
                verifier.hold_against(seen, proof.as_deref());
            }
        }
        continues
    }

    /// The first of them that speaks against a checkpoint, other than by being behind or ahead.
    pub fn objection(&self, ours: &Seen, server: Option<&Server>) -> Option<(Standing, Seen)> {
        let standing = |seen: &Seen| {
            let proof = server.and_then(|server| proof_between(server, seen, ours));
            (stands(seen, ours, proof.as_deref()), *seen)
        };
        let mut all = self.all().into_iter().map(standing);
        all.find(|(standing, _)| matches!(standing, Standing::Contradicts | Standing::Unproven))
    }

    fn all(&self) -> Vec<&Seen> {
        let mut all: Vec<&Seen> = Vec::new();
        for seen in self.remembered.iter().chain(&self.witnesses.seen) {
            if !all.contains(&seen) {
                all.push(seen);
            }
        }
        all
    }
}
