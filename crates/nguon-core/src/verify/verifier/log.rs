//! The log's side: that the bundle is what the heads map holds, where it can be, and how old that is.

use super::super::history::VerifiedRecord;
use super::super::places::{self, Claims, Place};
use super::super::verdict::{At, Finding, Note};
use super::Verifier;
use crate::admit::Statement;
use crate::fault::Fault;
use crate::log::Position;
use crate::state::{CLOCK, EARLIER};

impl Verifier<'_> {
    /// That the bundle is what the map holds, that its positions can be, and how old the proof is.
    pub(super) fn check_log(&mut self) {
        let (Some(proof), Some(head)) = (&self.proof, self.head) else { return };
        let own = self.slots.first().and_then(|slot| slot.name);
        let mut claims = Claims::default();
        let roots = places::root_positions(&proof.roots).unwrap_or_default();
        claims.roots(&self.roots, &roots);
        let (mut all, mut at) = (Vec::with_capacity(self.progress.total), Vec::with_capacity(self.progress.total));
        for position in roots {
            all.push(Place { position, anchor: None });
            at.push(None);
        }
        let mut found = Vec::new();
        for (slot, chain) in self.slots.iter().zip(&proof.chains) {
            let (Some(state), Some(own)) = (&slot.state, &own) else { continue };
            let ids = slot.records.iter().map(|record| &record.statement.id);
            let mut entry = places::entry(chain, ids.zip(&*slot.positions));
            entry.recalled = state.is_recalled();
            claims.chain(own, state, &entry);
            let mut last = None;
            for (VerifiedRecord { statement, .. }, position) in slot.records.iter().zip(&*slot.positions) {
                let here = Some(At { chain: state.id, sequence: statement.record.sequence });
                if last.is_some_and(|last| last >= position.index) {
                    found.push(Finding::fault(Fault::BadPosition(crate::said("a chain's records out of order")), here));
                }
                last = Some(position.index);
                all.push(Place { position: *position, anchor: statement.record.anchor });
                at.push(here);
                if claims_another_time(statement, position) {
                    found.push(Finding::note(Note::ClaimedTime, here));
                }
            }
            if chain.forked.is_some() {
                found.push(Finding::fault(Fault::ForkedChain, Some(At { chain: state.id, sequence: state.sequence })));
            }
        }
        if let Err((place, fault)) = places::check_all(&all, head.seen.size, head.time) {
            found.push(Finding::fault(fault, at[place]));
        }
        // A chain that breaks has been told where it breaks; what the map holds of it nobody can say then.
        let whole = self.slots.iter().all(|slot| slot.state.is_some());
        let held = if whole { claims.check(&head.map, &proof.map.0) } else { Ok(()) };
        if let Err(fault) = held {
            found.push(Finding::fault(fault, None));
        }
        let policy = self.roots.newest().payload().log.as_ref();
        let fresh =
            policy.map_or(0, |policy| if self.options.online { policy.fresh_online } else { policy.fresh_offline });
        if self.as_of.is_some_and(|as_of| self.options.now.get() > as_of.get().saturating_add(fresh)) {
            found.push(Finding::stale(Note::Old));
        }
        self.findings.append(&mut found);
    }
}

/// Whether the signer's clock, or the time it says something happened, lies outside of what the log can vouch for.
fn claims_another_time(statement: &Statement, position: &Position) -> bool {
    let record = &statement.record;
    let (from, until) = (position.anchor_time.get(), position.log_time.get() + CLOCK);
    let signed = record.signed_at.get();
    let happened = record.happened_at().get();
    signed > until || happened > until || signed + CLOCK < from || happened + EARLIER < from
}
